package com.ventros.crm.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ventros.crm.kernel.Refusal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WorkingTimesTests {

    private static final ZoneId SAO_PAULO = ZoneId.of("America/Sao_Paulo");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    /** A Monday. */
    private static final LocalDate DAY = LocalDate.parse("2026-03-02");

    @Test
    void theClockIsThatOfThePlace() {
        var times = new WorkingTimes(SAO_PAULO, List.of(day(DayOfWeek.MONDAY, "09:00", "18:00")), List.of());
        assertThat(times.open(Instant.parse("2026-03-02T11:59:59Z"))).isFalse();
        assertThat(times.open(Instant.parse("2026-03-02T12:00:00Z"))).isTrue();
        assertThat(times.open(Instant.parse("2026-03-02T21:00:00Z"))).as("the end is outside").isFalse();
        assertThat(times.nextChange(Instant.parse("2026-03-02T21:00:00Z"))).contains(Instant.parse("2026-03-09T12:00:00Z"));
    }

    @Test
    void aNightShiftGoesOnAfterMidnight() {
        var times = new WorkingTimes(SAO_PAULO, List.of(day(DayOfWeek.MONDAY, "22:00", "24:00"),
                day(DayOfWeek.TUESDAY, "00:00", "02:00")), List.of());
        assertThat(times.nextChange(Instant.parse("2026-03-03T02:00:00Z"))).contains(Instant.parse("2026-03-03T05:00:00Z"));
    }

    @Test
    void aHolidayTakesThePlaceOfItsDay() {
        var times = new WorkingTimes(SAO_PAULO, List.of(day(DayOfWeek.MONDAY, "09:00", "18:00")), List.of(
                new WorkingTimes.Holiday(DAY, "Feriado", List.of()),
                new WorkingTimes.Holiday(DAY.plusDays(1), "Mutirão", List.of(span("10:00", "12:00")))));
        assertThat(times.open(Instant.parse("2026-03-02T15:00:00Z"))).isFalse();
        assertThat(times.open(Instant.parse("2026-03-03T13:30:00Z"))).isTrue();
    }

    @Test
    void anHourThatDoesNotExistIsNotWaitedFor() {
        // Clocks in Berlin go from 02:00 to 03:00.
        var times = new WorkingTimes(BERLIN, List.of(day(DayOfWeek.SUNDAY, "02:15", "03:30")), List.of());
        var before = Instant.parse("2026-03-29T00:30:00Z");
        assertThat(times.open(before)).isFalse();
        assertThat(times.nextChange(before)).contains(Instant.parse("2026-03-29T01:00:00Z"));
        assertThat(times.nextChange(Instant.parse("2026-03-29T01:00:00Z"))).contains(Instant.parse("2026-03-29T01:30:00Z"));
    }

    @Test
    void whoNeverWorksHasNoNextChange() {
        assertThat(new WorkingTimes(SAO_PAULO, List.of(), List.of()).nextChange(Instant.parse("2026-03-02T11:00:00Z"))).isEmpty();
    }

    @Test
    void nonsenseIsRefused() {
        for (var wrong : List.of("9:00", "25:00", "09:00:30", "")) {
            assertThatThrownBy(() -> span(wrong, "18:00")).isInstanceOf(Refusal.class);
        }
        assertThatThrownBy(() -> span("18:00", "09:00")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> new WorkingTimes(BERLIN, List.of(day(DayOfWeek.MONDAY, "09:00", "12:00"),
                day(DayOfWeek.MONDAY, "11:00", "13:00")), List.of())).isInstanceOf(Refusal.class);
    }

    /** Looked at minute by minute, through both days on which the clock is set. */
    @Test
    void theNextChangeIsTheFirstMinuteThatIsOtherwise() {
        for (long seed = 0; seed < 60; seed++) {
            var random = new Random(seed);
            var week = new ArrayList<WorkingTimes.Day>();
            for (var day : DayOfWeek.values()) {
                int from = random.nextInt(20) * 60 + random.nextInt(2) * 30;
                if (random.nextInt(4) > 0) week.add(new WorkingTimes.Day(day, new WorkingTimes.Span(from, from + 60 + random.nextInt(180))));
            }
            var times = new WorkingTimes(BERLIN, week, List.of());
            var at = Instant.parse(random.nextBoolean() ? "2026-03-27T00:00:00Z" : "2026-10-23T00:00:00Z")
                    .plus(Duration.ofMinutes(random.nextInt(3 * 24 * 60)));
            var next = at;
            while (next.isBefore(at.plus(Duration.ofDays(8))) && times.open(next) == times.open(at)) next = next.plusSeconds(60);
            if (next.isBefore(at.plus(Duration.ofDays(8)))) {
                assertThat(times.nextChange(at)).as("seed %d", seed).contains(next);
            }
        }
    }

    private static WorkingTimes.Day day(DayOfWeek day, String from, String to) {
        return new WorkingTimes.Day(day, span(from, to));
    }

    private static WorkingTimes.Span span(String from, String to) {
        return WorkingTimes.Span.typed("week", from, to);
    }
}
