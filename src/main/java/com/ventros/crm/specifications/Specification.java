package com.ventros.crm.specifications;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What somebody looks for. It is true or false of everything, never unknown: {@code not} is everything else, so that
 * "not tagged vip" finds those with no tag at all.
 */
public sealed interface Specification {

    record All(List<Specification> parts) implements Specification {
        public All {
            parts = List.copyOf(parts);
        }
    }

    record Any(List<Specification> parts) implements Specification {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    record Not(Specification part) implements Specification {}

    /** One of the field's values meets the condition. */
    record Has(Field field, Condition condition) implements Specification {}

    /** The values of something's fields. */
    interface Facts {
        Set<Value> of(Field field);
    }

    /** Whether this is true of something. */
    default boolean accepts(Facts facts, Now now) {
        return switch (this) {
            case All(var parts) -> parts.stream().allMatch(part -> part.accepts(facts, now));
            case Any(var parts) -> parts.stream().anyMatch(part -> part.accepts(facts, now));
            case Not(var part) -> !part.accepts(facts, now);
            case Has(var field, var condition) ->
                    facts.of(field).stream().anyMatch(value -> condition.holds(value, now));
        };
    }

    /** Whether it may be true of something else later, though nothing has changed but the time. */
    default boolean movesWithTime() {
        return switch (this) {
            case All(var parts) -> parts.stream().anyMatch(Specification::movesWithTime);
            case Any(var parts) -> parts.stream().anyMatch(Specification::movesWithTime);
            case Not(var part) -> part.movesWithTime();
            case Has(_, Condition.Compare(_, Condition.Bound.FromNow _)) -> true;
            case Has _ -> false;
        };
    }

    /** The fields that must be known to tell. */
    default Set<Field> fields() {
        var fields = new LinkedHashSet<Field>();
        switch (this) {
            case All(var parts) -> parts.forEach(part -> fields.addAll(part.fields()));
            case Any(var parts) -> parts.forEach(part -> fields.addAll(part.fields()));
            case Not(var part) -> fields.addAll(part.fields());
            case Has(var field, _) -> fields.add(field);
        }
        return fields;
    }
}
