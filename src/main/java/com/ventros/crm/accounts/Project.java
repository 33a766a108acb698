package com.ventros.crm.accounts;

import com.ventros.crm.kernel.Aggregate;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A part of a company that has contacts, channels and figures of its own: what it is called, where it is, and how patient it is. */
final class Project extends Aggregate<AccountEvent> {

    private static final Set<String> COUNTRIES = Arrays.stream(Locale.getISOCountries()).collect(Collectors.toUnmodifiableSet());
    /** As long as that of a channel may be. */
    private static final int LONGEST_TIMEOUT_MINUTES = 30 * 24 * 60;

    final ProjectId id;
    final long storedVersion;
    private String name;
    private String country;
    private String timeZone;
    private int sessionTimeoutMinutes;

    /** @param sessionTimeoutMinutes the silence that ends a session on channels that have none of their own */
    Project(ProjectId id, long storedVersion, String name, String country, String timeZone, int sessionTimeoutMinutes) {
        this.id = id;
        this.storedVersion = storedVersion;
        this.name = name;
        this.country = country;
        this.timeZone = timeZone;
        this.sessionTimeoutMinutes = sessionTimeoutMinutes;
    }

    /** What is empty stays. */
    void change(Optional<String> newName, Optional<String> newCountry, Optional<String> newTimeZone, Optional<Integer> newTimeout) {
        var before = List.of(name, country, timeZone, sessionTimeoutMinutes);
        name = newName.map(given -> Named.checked("name", given)).orElse(name);
        newCountry.ifPresent(code -> {
            if (!COUNTRIES.contains(code)) throw Refusal.invalid("country", "unknown", "A country has two letters, for instance BR.");
            country = code;
        });
        newTimeZone.ifPresent(zone -> {
            if (!ZoneId.getAvailableZoneIds().contains(zone)) throw unknownZone();
            timeZone = zone;
        });
        newTimeout.ifPresent(minutes -> {
            if (minutes < 1 || minutes > LONGEST_TIMEOUT_MINUTES) {
                throw Refusal.invalid("sessionTimeoutMinutes", "out_of_range", "A conversation ends after 1 minute to 30 days of silence.");
            }
            sessionTimeoutMinutes = minutes;
        });
        if (before.equals(List.of(name, country, timeZone, sessionTimeoutMinutes))) return;
        raise(new AccountEvent.ProjectUpdated(id.value(), name, country, timeZone, sessionTimeoutMinutes));
    }

    String name() {
        return name;
    }

    String country() {
        return country;
    }

    String timeZone() {
        return timeZone;
    }

    int sessionTimeoutMinutes() {
        return sessionTimeoutMinutes;
    }

    static Refusal unknownZone() {
        return Refusal.invalid("timeZone", "unknown", "A time zone is written like America/Sao_Paulo.");
    }
}
