package com.ventros.crm.specifications;

import com.ventros.crm.kernel.Text;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** One value of a field. */
public sealed interface Value {

    record Words(String text) implements Value {}

    /** In millionths: whole numbers compare the same everywhere, and fast. */
    record Amount(long millionths) implements Value {

        private static final int DECIMALS = 6;
        /** Digits before the point that are left of a long. */
        private static final int DIGITS = 12;

        /** Empty for a number with more than six decimals or twelve digits before the point. */
        public static Optional<Amount> of(BigDecimal number) {
            if (number.precision() - (long) number.scale() > DIGITS || number.scale() > 1_000) return Optional.empty();
            var plain = number.stripTrailingZeros();
            if (plain.scale() > DECIMALS) return Optional.empty();
            return Optional.of(new Amount(plain.setScale(DECIMALS).unscaledValue().longValueExact()));
        }

        /** As a person writes it: no zeros after the last decimal. */
        public BigDecimal number() {
            var number = BigDecimal.valueOf(millionths, DECIMALS).stripTrailingZeros();
            return number.scale() < 0 ? number.setScale(0) : number;
        }
    }

    record Moment(Instant at) implements Value {}

    record Day(LocalDate date) implements Value {}

    record Truth(boolean is) implements Value {}

    /** As SQL is given it. */
    default Object sql() {
        return switch (this) {
            case Words(var text) -> text;
            case Amount(var millionths) -> millionths;
            case Moment(var at) -> at.atOffset(ZoneOffset.UTC);
            case Day(var date) -> date.toString();
            case Truth(var is) -> is;
        };
    }

    /** The order of two values of one kind, the same as PostgreSQL's. */
    static int compare(Value a, Value b) {
        return switch (a) {
            case Words(var text) -> Text.BY_CODE_POINTS.compare(text, ((Words) b).text());
            case Amount(var millionths) -> Long.compare(millionths, ((Amount) b).millionths());
            case Moment(var at) -> at.compareTo(((Moment) b).at());
            case Day(var date) -> date.compareTo(((Day) b).date());
            case Truth(var is) -> Boolean.compare(is, ((Truth) b).is());
        };
    }
}
