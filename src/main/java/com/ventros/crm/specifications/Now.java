package com.ventros.crm.specifications;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** The time at which something is asked, and where: a day begins elsewhere earlier. */
public record Now(Instant at, ZoneId zone) {

    public Now {
        // What PostgreSQL keeps of a time; a finer bound would mean something else there.
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    Value resolve(Condition.Bound bound, Field.Kind kind) {
        return switch (bound) {
            case Condition.Bound.Fixed(var value) -> value;
            case Condition.Bound.FromNow(var distance) -> kind == Field.Kind.DATE
                    ? new Value.Day(at.plus(distance).atZone(zone).toLocalDate())
                    : new Value.Moment(at.plus(distance));
        };
    }
}
