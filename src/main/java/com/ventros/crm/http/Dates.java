package com.ventros.crm.http;

import com.ventros.crm.kernel.Refusal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.function.Function;

/** Days and months as callers write them. */
public final class Dates {

    private static final int EARLIEST_YEAR = 2000;
    private static final int LATEST_YEAR = 2100;

    private Dates() {}

    public static LocalDate day(String field, String text) {
        return typed(field, text, LocalDate::parse, LocalDate::getYear, "A day is written 2026-03-01.");
    }

    public static YearMonth month(String field, String text) {
        return typed(field, text, YearMonth::parse, YearMonth::getYear, "A month is written 2026-03.");
    }

    private static <T> T typed(String field, String text, Function<String, T> parse, Function<T, Integer> year, String how) {
        try {
            var read = parse.apply(text);
            if (year.apply(read) >= EARLIEST_YEAR && year.apply(read) < LATEST_YEAR) return read;
        } catch (DateTimeException noTime) {
            // refused as any other text that is no time
        }
        throw Refusal.invalid(field, "invalid", how);
    }
}
