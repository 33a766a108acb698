package com.ventros.crm.agents;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.util.List;
import java.util.UUID;

/** Everything that can happen to business hours, as other modules see it. */
public sealed interface HoursEvent extends DomainEvent {

    /** On which day of the week somebody works from when to when, on the wall clock ({@code 09:00}). */
    record Open(String day, String from, String to) {}

    /** A day that is not as its day of the week; open at no time when {@code open} is empty. */
    record Holiday(String date, String name, List<Between> open) {}

    /** From when to when, on the wall clock. */
    record Between(String from, String to) {}

    @EventType(value = "business_hours.created", description = "Agents and teams can work at these hours from now on.")
    record HoursCreated(UUID hoursId, String name, String timeZone, List<Open> week, List<Holiday> holidays)
            implements HoursEvent {}

    @EventType(value = "business_hours.updated", description = "Business hours are otherwise from now on.")
    record HoursUpdated(UUID hoursId, String name, String timeZone, List<Open> week, List<Holiday> holidays)
            implements HoursEvent {}

    @EventType(value = "business_hours.deleted", description = "Business hours that nobody worked at are gone.")
    record HoursDeleted(UUID hoursId) implements HoursEvent {}
}
