package com.ventros.crm.agents;

import com.ventros.crm.kernel.Refusal;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * When somebody works, on the wall clock of a place: times for each day of the week, and days that are otherwise.
 *
 * @param zone where the clock hangs
 */
record WorkingTimes(ZoneId zone, List<Day> week, List<Holiday> holidays) {

    /** A part of a day in minutes since midnight, the first in it and the last not; 1440 is the end of the day. */
    record Span(int from, int to) {

        static final int DAY = 24 * 60;

        static Span typed(String field, String from, String to) {
            var span = new Span(minute(field, from), minute(field, to));
            if (span.from >= span.to) throw Refusal.invalid(field, "range", "It begins before it ends, on one day.");
            return span;
        }

        private static int minute(String field, String text) {
            if (text == null) throw Refusal.invalid(field, "required", "Say from when to when.");
            if (text.equals("24:00")) return DAY;
            try {
                var time = LocalTime.parse(text);
                if (text.length() == "09:00".length()) return time.getHour() * 60 + time.getMinute();
            } catch (DateTimeException noTime) {
                // refused as any other text that is no time
            }
            throw Refusal.invalid(field, "invalid", "A time is written 09:00; the end of a day is 24:00.");
        }

        boolean holds(int minute) {
            return from <= minute && minute < to;
        }

        String fromText() {
            return text(from);
        }

        String toText() {
            return text(to);
        }

        private static String text(int minute) {
            return "%02d:%02d".formatted(minute / 60, minute % 60);
        }
    }

    /** Somebody works on this day of the week. */
    record Day(DayOfWeek day, Span span) {}

    /** A day that is not as its day of the week; nobody works on it unless it says when. */
    record Holiday(LocalDate date, String name, List<Span> open) {}

    /** Several shifts a day. */
    private static final int MOST_SPANS = 7 * 10;
    /** Those of a dozen years. */
    private static final int MOST_HOLIDAYS = 400;
    /** Further ahead nobody plans; a week with hours has its next change long before. */
    private static final Duration AHEAD = Duration.ofDays(400);

    WorkingTimes {
        week = week.stream().sorted(Comparator.comparing(Day::day).thenComparing(day -> day.span().from())).toList();
        holidays = holidays.stream().sorted(Comparator.comparing(Holiday::date)).toList();
        if (week.size() > MOST_SPANS) throw Refusal.invalid("week", "length", "At most " + MOST_SPANS + " entries.");
        if (holidays.size() > MOST_HOLIDAYS) {
            throw Refusal.invalid("holidays", "length", "At most " + MOST_HOLIDAYS + " days.");
        }
        for (var day : DayOfWeek.values()) {
            mustNotOverlap("week", week.stream().filter(one -> one.day() == day).map(Day::span).toList());
        }
        holidays.forEach(holiday -> mustNotOverlap("holidays", holiday.open()));
        if (new HashSet<>(holidays.stream().map(Holiday::date).toList()).size() < holidays.size()) {
            throw Refusal.invalid("holidays", "duplicate", "Each day once.");
        }
    }

    private static void mustNotOverlap(String field, List<Span> spans) {
        var sorted = spans.stream().sorted(Comparator.comparing(Span::from)).toList();
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).from() < sorted.get(i - 1).to()) {
                throw Refusal.invalid(field, "overlap", "The times of one day do not overlap.");
            }
        }
    }

    boolean open(Instant at) {
        var there = at.atZone(zone);
        int minute = there.getHour() * 60 + there.getMinute();
        return spans(there.toLocalDate()).stream().anyMatch(span -> span.holds(minute));
    }

    /** When it will be otherwise than at this time; empty when it stays so for more than a year. */
    Optional<Instant> nextChange(Instant at) {
        var open = open(at);
        var last = at.plus(AHEAD);
        for (var date = at.atZone(zone).toLocalDate(); date.atStartOfDay(zone).toInstant().isBefore(last); date = date.plusDays(1)) {
            for (var moment : turns(date)) {
                if (moment.isAfter(at) && open(moment) != open) return Optional.of(moment);
            }
        }
        return Optional.empty();
    }

    /** Moments of a day at which something may begin or end: its spans, midnight, and the clock being set. */
    private TreeSet<Instant> turns(LocalDate date) {
        var turns = new TreeSet<Instant>();
        var begin = date.atStartOfDay(zone);
        turns.add(begin.toInstant());
        for (var span : spans(date)) {
            for (int minute : new int[] {span.from(), span.to()}) {
                if (minute == Span.DAY) continue; // the next day's midnight
                var time = date.atTime(minute / 60, minute % 60);
                var offsets = zone.getRules().getValidOffsets(time);
                offsets.forEach(offset -> turns.add(time.toInstant(offset)));
            }
        }
        var clockSet = zone.getRules().nextTransition(begin.toInstant().minusNanos(1));
        if (clockSet != null && ZonedDateTime.ofInstant(clockSet.getInstant(), zone).toLocalDate().equals(date)) {
            turns.add(clockSet.getInstant());
        }
        return turns;
    }

    private List<Span> spans(LocalDate date) {
        for (var holiday : holidays) {
            if (holiday.date().equals(date)) return holiday.open();
        }
        var spans = new ArrayList<Span>();
        for (var day : week) {
            if (day.day() == date.getDayOfWeek()) spans.add(day.span());
        }
        return spans;
    }
}
