package com.ventros.crm.specifications;

import com.ventros.crm.kernel.Text;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

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

    /** A whole JSON value: neither the order in which an object names its parts nor the spelling of a number makes a difference. */
    record Document(JsonNode json) implements Value {

        public static final String WANTED = "A document has at most 10,000 characters, none of them U+0000, and each number of it"
                + " at most 400 digits before and after the point.";

        private static final int LONGEST = 10_000;
        /** More than other programs' numbers have; written with an exponent it may mean millions. */
        private static final int MOST_DIGITS = 400;
        private static final JsonMapper JSON = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

        public Document {
            json = canonical(json);
        }

        /** Empty for one that cannot be kept. */
        public static Optional<Document> of(JsonNode json) {
            if (json.toString().length() > LONGEST || !isStorable(json)) return Optional.empty();
            return Optional.of(new Document(json)).filter(kept -> kept.json.toString().length() <= LONGEST);
        }

        /** As the database has it. */
        public static Document kept(String json) {
            return new Document(JSON.readTree(json));
        }

        /** Whether all that the part says is said here, as PostgreSQL's {@code @>} has it: a list holds the part's elements in any order. */
        boolean includes(Document part) {
            // Only the outermost list may hold what is no list.
            if (json.isArray() && !part.json.isContainer()) return json.values().contains(part.json);
            return includes(json, part.json);
        }

        private static boolean includes(JsonNode whole, JsonNode part) {
            if (whole.isObject() && part.isObject()) {
                return part.properties().stream().allMatch(one -> whole.has(one.getKey()) && includes(whole.get(one.getKey()), one.getValue()));
            }
            if (whole.isArray() && part.isArray()) {
                return part.values().stream().allMatch(one -> whole.values().stream().anyMatch(other -> includes(other, one)));
            }
            return whole.equals(part);
        }

        private static boolean isStorable(JsonNode json) {
            if (json.isObject() && !json.propertyNames().stream().allMatch(Text::isStorable)) return false;
            if (json.isContainer()) return json.values().stream().allMatch(Document::isStorable);
            if (json.isString()) return Text.isStorable(json.asString());
            if (!json.isNumber() || json.isIntegralNumber()) return true;
            var number = json.decimalValue();
            return (long) number.precision() - number.scale() <= MOST_DIGITS && number.scale() <= MOST_DIGITS;
        }

        private static JsonNode canonical(JsonNode json) {
            var nodes = JsonNodeFactory.instance;
            if (json.isObject()) {
                var object = nodes.objectNode();
                json.properties().forEach(entry -> object.set(entry.getKey(), canonical(entry.getValue())));
                return object;
            }
            if (json.isArray()) {
                var array = nodes.arrayNode();
                json.forEach(one -> array.add(canonical(one)));
                return array;
            }
            if (!json.isNumber()) return json;
            var number = json.decimalValue().stripTrailingZeros();
            return number.scale() <= 0 ? nodes.numberNode(number.toBigInteger()) : nodes.numberNode(number);
        }
    }

    /** As SQL is given it. */
    default Object sql() {
        return switch (this) {
            case Words(var text) -> text;
            case Amount(var millionths) -> millionths;
            case Moment(var at) -> at.atOffset(ZoneOffset.UTC);
            case Day(var date) -> date.toString();
            case Truth(var is) -> is;
            case Document(var json) -> json.toString();
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
            case Document _ -> throw new IllegalArgumentException("Documents have no order.");
        };
    }
}
