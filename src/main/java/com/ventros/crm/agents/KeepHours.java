package com.ventros.crm.agents;

import com.ventros.crm.kernel.Refusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Says when somebody works. */
@Component
public class KeepHours {

    public record New(String name, String timeZone, List<HoursEvent.Open> week, List<HoursEvent.Holiday> holidays) {}

    /** What to change; what is empty stays. */
    public record Change(HoursId hours, Optional<String> name, Optional<String> timeZone,
            Optional<List<HoursEvent.Open>> week, Optional<List<HoursEvent.Holiday>> holidays) {}

    /** Business hours as a screen shows them. */
    public record Shown(UUID id, String name, String timeZone, List<HoursEvent.Open> week,
            List<HoursEvent.Holiday> holidays, long version) {}

    /** Whether somebody works at a time, and when that changes; empty when it does not for more than a year. */
    public record Moment(Instant at, boolean open, Optional<Instant> nextChange) {}

    /** More than a company has places and shifts; all are shown at once. */
    private static final int MOST = 200;

    private final HoursBook book;

    KeepHours(HoursBook book) {
        this.book = book;
    }

    @Transactional(readOnly = true)
    public List<Shown> list() {
        return book.all().stream().map(KeepHours::shown).toList();
    }

    @Transactional(readOnly = true)
    public Shown get(HoursId id) {
        return shown(find(id));
    }

    @Transactional(readOnly = true)
    public Moment at(HoursId id, Instant at) {
        var times = find(id).times();
        return new Moment(at, times.open(at), times.nextChange(at));
    }

    @Transactional
    public Shown create(New wanted) {
        if (book.count() >= MOST) {
            throw Refusal.conflict("hours_too_many", "A company has at most " + MOST + " business hours.");
        }
        var hours = BusinessHours.create(Typed.name(wanted.name()),
                HoursBook.times(wanted.timeZone(), wanted.week(), wanted.holidays()), now());
        book.add(hours);
        return shown(find(hours.id));
    }

    /** {@code version} refuses unless it is the one that the person had before their eyes. */
    @Transactional
    public Shown change(Change wanted, LongConsumer version) {
        var hours = locked(wanted.hours());
        version.accept(hours.storedVersion);
        var old = hours.times();
        hours.change(wanted.name().map(Typed::name).orElse(hours.name()),
                HoursBook.times(wanted.timeZone().orElse(old.zone().getId()), wanted.week().orElse(BusinessHours.week(old)),
                        wanted.holidays().orElse(BusinessHours.holidays(old))));
        book.save(hours, now());
        return shown(find(hours.id));
    }

    @Transactional
    public void delete(HoursId id) {
        var hours = locked(id);
        hours.delete();
        book.delete(hours, now());
    }

    private BusinessHours locked(HoursId id) {
        return book.findForUpdate(id).orElseThrow(() -> Refusal.notFound("business_hours"));
    }

    private BusinessHours find(HoursId id) {
        return book.find(id).orElseThrow(() -> Refusal.notFound("business_hours"));
    }

    private static Shown shown(BusinessHours hours) {
        return new Shown(hours.id.value(), hours.name(), hours.times().zone().getId(), BusinessHours.week(hours.times()),
                BusinessHours.holidays(hours.times()), hours.storedVersion);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
