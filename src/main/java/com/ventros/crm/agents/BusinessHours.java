package com.ventros.crm.agents;

import com.ventros.crm.kernel.Aggregate;
import com.ventros.crm.kernel.Codes;
import java.time.Instant;
import java.util.List;

/** Hours at which agents or teams work, under a name. */
final class BusinessHours extends Aggregate<HoursEvent> {

    final HoursId id;
    final Instant createdAt;
    /** Version of the row as it was read; 0 for hours that have none yet. */
    final long storedVersion;
    private String name;
    private WorkingTimes times;
    private boolean changed;

    BusinessHours(HoursId id, String name, WorkingTimes times, Instant createdAt, long storedVersion) {
        this.id = id;
        this.name = name;
        this.times = times;
        this.createdAt = createdAt;
        this.storedVersion = storedVersion;
    }

    static BusinessHours create(String name, WorkingTimes times, Instant now) {
        var hours = new BusinessHours(HoursId.create(), name, times, now, 0);
        hours.raise(new HoursEvent.HoursCreated(hours.id.value(), name, times.zone().getId(), week(times), holidays(times)));
        return hours;
    }

    void change(String name, WorkingTimes times) {
        if (this.name.equals(name) && this.times.equals(times)) return;
        this.name = name;
        this.times = times;
        changed = true;
        raise(new HoursEvent.HoursUpdated(id.value(), name, times.zone().getId(), week(times), holidays(times)));
    }

    void delete() {
        raise(new HoursEvent.HoursDeleted(id.value()));
    }

    static List<HoursEvent.Open> week(WorkingTimes times) {
        return times.week().stream().map(day -> new HoursEvent.Open(Codes.of(day.day()), day.span().fromText(),
                day.span().toText())).toList();
    }

    static List<HoursEvent.Holiday> holidays(WorkingTimes times) {
        return times.holidays().stream().map(holiday -> new HoursEvent.Holiday(holiday.date().toString(), holiday.name(),
                holiday.open().stream().map(span -> new HoursEvent.Between(span.fromText(), span.toText())).toList())).toList();
    }

    String name() {
        return name;
    }

    WorkingTimes times() {
        return times;
    }

    boolean changed() {
        return changed;
    }
}
