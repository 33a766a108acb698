package com.ventros.crm.conversations.web;

import com.ventros.crm.kernel.Refusal;
import java.time.DateTimeException;
import java.time.Instant;

/** Times that somebody types: those of which the database knows something. */
final class Times {

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    private Times() {}

    static Instant typed(String field, String text) {
        try {
            var at = Instant.parse(text);
            if (!at.isBefore(EARLIEST) && at.isBefore(LATEST)) return at;
        } catch (DateTimeException noTime) {
            // refused as any other text that is no time
        }
        throw Refusal.invalid(field, "invalid", "A time is written 2026-03-01T12:00:00Z.");
    }
}
