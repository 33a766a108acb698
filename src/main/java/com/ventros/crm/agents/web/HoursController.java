package com.ventros.crm.agents.web;

import com.ventros.crm.agents.HoursEvent;
import com.ventros.crm.agents.HoursId;
import com.ventros.crm.agents.KeepHours;
import com.ventros.crm.http.IfMatch;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Requires;
import com.ventros.crm.kernel.Refusal;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** When agents and teams work. */
@RestController
@RequestMapping("/api/v1/business-hours")
class HoursController {

    /** Times of which time zones know something. */
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    record NewHours(String name, String timeZone, List<HoursEvent.Open> week, List<HoursEvent.Holiday> holidays) {}

    /** What to change; what is missing stays. */
    record Change(String name, String timeZone, List<HoursEvent.Open> week, List<HoursEvent.Holiday> holidays) {}

    private final KeepHours hours;

    HoursController(KeepHours hours) {
        this.hours = hours;
    }

    /** Lists the business hours. */
    @Requires(Permission.TEAM_READ)
    @GetMapping
    Page<KeepHours.Shown> list() {
        return Page.whole(hours.list());
    }

    /** Makes business hours: a week, and holidays. */
    @Requires(Permission.TEAM_MANAGE)
    @PostMapping
    ResponseEntity<KeepHours.Shown> create(@RequestBody NewHours request) {
        var made = hours.create(new KeepHours.New(request.name(), request.timeZone(),
                week(request.week()).orElse(List.of()), holidays(request.holidays()).orElse(List.of())));
        return ResponseEntity.created(URI.create("/api/v1/business-hours/" + made.id())).eTag(IfMatch.etag(made.version()))
                .body(made);
    }

    /** Shows business hours. */
    @Requires(Permission.TEAM_READ)
    @GetMapping("/{id}")
    ResponseEntity<KeepHours.Shown> get(@PathVariable UUID id) {
        var shown = hours.get(new HoursId(id));
        return IfMatch.ok(shown.version(), shown);
    }

    /** Says whether somebody works at {@code at}, or now, and when that changes. */
    @Requires(Permission.TEAM_READ)
    @GetMapping("/{id}/open")
    KeepHours.Moment open(@PathVariable UUID id, @RequestParam Optional<String> at) {
        return hours.at(new HoursId(id), at.map(HoursController::time).orElseGet(() -> Clock.systemUTC().instant()));
    }

    /** Changes business hours. */
    @Requires(Permission.TEAM_MANAGE)
    @PatchMapping("/{id}")
    ResponseEntity<KeepHours.Shown> change(@PathVariable UUID id, IfMatch seen, @RequestBody Change request) {
        var changed = hours.change(new KeepHours.Change(new HoursId(id), Optional.ofNullable(request.name()),
                Optional.ofNullable(request.timeZone()), week(request.week()), holidays(request.holidays())), seen::mustBe);
        return IfMatch.ok(changed.version(), changed);
    }

    /** Deletes business hours at which nobody works. */
    @Requires(Permission.TEAM_MANAGE)
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id) {
        hours.delete(new HoursId(id));
    }

    private static Optional<List<HoursEvent.Open>> week(List<HoursEvent.Open> given) {
        return some("week", given);
    }

    private static Optional<List<HoursEvent.Holiday>> holidays(List<HoursEvent.Holiday> given) {
        if (given != null) given.stream().filter(Objects::nonNull).forEach(holiday -> some("holidays", holiday.open()));
        return some("holidays", given);
    }

    private static <T> Optional<List<T>> some(String field, List<T> given) {
        if (given != null && given.stream().anyMatch(Objects::isNull)) {
            throw Refusal.invalid(field, "required", "None of them is null.");
        }
        return Optional.ofNullable(given);
    }

    private static Instant time(String text) {
        try {
            var at = Instant.parse(text);
            if (!at.isBefore(EARLIEST) && at.isBefore(LATEST)) return at;
        } catch (DateTimeException noTime) {
            // refused as any other text that is no time
        }
        throw Refusal.invalid("at", "invalid", "A time is written 2026-03-01T12:00:00Z.");
    }
}
