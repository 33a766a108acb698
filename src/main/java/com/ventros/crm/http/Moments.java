package com.ventros.crm.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Points in time as callers write them, within what both Java and PostgreSQL can hold. */
final class Moments {

    static final String HOW = "A time is written 2026-03-01T12:00:00Z, in a year from 1 to 9999.";
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private Moments() {}

    /** Empty for what is no time, or too far away. */
    static Optional<Instant> read(String text) {
        try {
            return Optional.of(Instant.parse(text)).filter(at -> !at.isBefore(EARLIEST) && !at.isAfter(LATEST));
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }

    /** Of a parameter, of which nothing at all is as good as none. */
    static Instant ofParameter(String text) {
        return text.isEmpty() ? null : read(text).orElseThrow(() -> new IllegalArgumentException(HOW));
    }
}
