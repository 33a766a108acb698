package com.ventros.crm.specifications;

import java.time.Duration;
import java.util.List;

/** What one value must be. */
public sealed interface Condition {

    /** Any value will do. */
    record Present() implements Condition {}

    record OneOf(List<Value> values) implements Condition {
        public OneOf {
            values = List.copyOf(values);
        }
    }

    /** Text that holds this, whatever its capitals and accents. */
    record Contains(String folded) implements Condition {}

    /** A document that holds this one, as PostgreSQL's {@code @>} has it. */
    record Includes(Value.Document part) implements Condition {}

    record StartsWith(String folded) implements Condition {}

    record Compare(Order order, Bound bound) implements Condition {}

    /** On which side of a bound. */
    enum Order {
        BELOW("<"), AT_MOST("<="), ABOVE(">"), AT_LEAST(">=");

        final String sql;

        Order(String sql) {
            this.sql = sql;
        }

        boolean holds(int comparison) {
            return switch (this) {
                case BELOW -> comparison < 0;
                case AT_MOST -> comparison <= 0;
                case ABOVE -> comparison > 0;
                case AT_LEAST -> comparison >= 0;
            };
        }
    }

    /** What is compared with. */
    sealed interface Bound {

        record Fixed(Value value) implements Bound {}

        /** So long after now, or before if it is negative: what it means moves with the clock. */
        record FromNow(Duration distance) implements Bound {}
    }

    /** Whether the value is what it must be. */
    default boolean holds(Value value, Now now) {
        return switch (this) {
            case Present() -> true;
            case OneOf(var values) -> values.contains(value);
            case Contains(var folded) -> Folding.fold(((Value.Words) value).text()).contains(folded);
            case Includes(var part) -> ((Value.Document) value).includes(part);
            case StartsWith(var folded) -> Folding.fold(((Value.Words) value).text()).startsWith(folded);
            case Compare(var order, var bound) -> {
                var kind = value instanceof Value.Day ? Field.Kind.DATE : Field.Kind.TIME;
                yield order.holds(Value.compare(value, now.resolve(bound, kind)));
            }
        };
    }
}
