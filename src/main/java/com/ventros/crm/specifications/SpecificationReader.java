package com.ventros.crm.specifications;

import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Text;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Reads a specification as callers write it:
 *
 * <pre>{@code {"and": [{"field": "tag", "equals": "vip"},
 *          {"not": {"field": "language", "present": true}},
 *          {"field": "createdAt", "atLeast": {"ago": "P30D"}}]}}</pre>
 *
 * What is wrong is told with the place where it is wrong.
 */
public final class SpecificationReader {

    /** Deeper than anybody thinks; the SQL nests as deep. */
    private static final int DEEPEST = 8;
    /** Conditions in all: enough for any screen, few enough to plan and run. */
    private static final int MOST_CONDITIONS = 50;
    private static final int MOST_CHOICES = 100;
    private static final int LONGEST_TEXT = 500;
    /** A century: what lies further away is no date that anybody means. */
    private static final Duration FURTHEST = Duration.ofDays(36_525);
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private static final Map<String, Condition.Order> ORDERS = Map.of("lessThan", Condition.Order.BELOW,
            "atMost", Condition.Order.AT_MOST, "greaterThan", Condition.Order.ABOVE, "atLeast", Condition.Order.AT_LEAST);

    private static final String OR_A_DISTANCE = "; lessThan, atMost, greaterThan and atLeast take a distance like {\"ago\": \"P30D\"} as well.";

    private static final Set<Field.Kind> ORDERED = EnumSet.of(Field.Kind.NUMBER, Field.Kind.TIME, Field.Kind.DATE);

    private final Function<String, Optional<Field>> fields;
    private int conditions;

    private SpecificationReader(Function<String, Optional<Field>> fields) {
        this.fields = fields;
    }

    /**
     * @param at     where in the request the JSON is, for the refusal
     * @param fields what can be asked, by name
     */
    public static Specification read(JsonNode json, String at, Function<String, Optional<Field>> fields) {
        return new SpecificationReader(fields).read(json, at, 1);
    }

    private Specification read(JsonNode json, String at, int depth) {
        if (depth > DEEPEST) throw refused(at, "too_deep", "A filter nests at most " + DEEPEST + " deep.");
        if (!json.isObject()) throw refused(at, "invalid", "A filter is an object.");
        if (json.has("field")) return condition(json, at);
        if (json.size() != 1) throw refused(at, "invalid", "A filter is one of and, or, not, or a field with one test.");
        var word = json.propertyNames().iterator().next();
        return switch (word) {
            case "and" -> new Specification.All(parts(json.get(word), at + ".and", depth));
            case "or" -> new Specification.Any(parts(json.get(word), at + ".or", depth));
            case "not" -> new Specification.Not(read(json.get(word), at + ".not", depth + 1));
            default -> throw refused(at, "invalid", "A filter is one of and, or, not, or a field with one test.");
        };
    }

    private List<Specification> parts(JsonNode json, String at, int depth) {
        if (!json.isArray() || json.isEmpty()) throw refused(at, "invalid", "Say at least one part, in a list.");
        if (json.size() > MOST_CONDITIONS) throw tooMany(at);
        var parts = new ArrayList<Specification>();
        for (int i = 0; i < json.size(); i++) parts.add(read(json.get(i), at + "[" + i + "]", depth + 1));
        return parts;
    }

    private Specification condition(JsonNode json, String at) {
        if (++conditions > MOST_CONDITIONS) throw tooMany(at);
        var name = json.get("field");
        var field = (name.isString() ? fields.apply(name.asString()) : Optional.<Field>empty())
                .orElseThrow(() -> refused(at + ".field", "field_unknown", "There is no such field."));
        var tests = json.propertyNames().stream().filter(word -> !word.equals("field")).toList();
        if (tests.size() != 1) throw refused(at, "invalid", "A field is asked one thing at a time.");
        var test = tests.getFirst();
        return test(field, test, json.get(test), at + "." + test);
    }

    private static Specification test(Field field, String test, JsonNode json, String at) {
        boolean ordered = ORDERED.contains(field.kind());
        if (test.equals("present")) {
            if (!json.isBoolean()) throw refused(at, "invalid", "Say true or false.");
            var present = new Specification.Has(field, new Condition.Present());
            return json.booleanValue() ? present : new Specification.Not(present);
        }
        if (test.equals("equals")) return has(field, new Condition.OneOf(List.of(value(field, json, at))));
        if (test.equals("oneOf")) return has(field, new Condition.OneOf(choices(field, json, at)));
        if (field.kind() == Field.Kind.TEXT && test.equals("contains")) {
            return has(field, new Condition.Contains(Folding.fold(Text.oneForm(text(json, at)))));
        }
        if (field.kind() == Field.Kind.DOCUMENT && test.equals("contains")) {
            return has(field, new Condition.Includes((Value.Document) value(field, json, at)));
        }
        if (field.kind() == Field.Kind.TEXT && test.equals("startsWith")) {
            return has(field, new Condition.StartsWith(Folding.fold(Text.oneForm(text(json, at)))));
        }
        if (ordered && ORDERS.containsKey(test)) {
            return has(field, new Condition.Compare(ORDERS.get(test), bound(field, json, at)));
        }
        throw refused(at, "test_unknown", "This cannot be asked of " + field.name() + ".");
    }

    private static Specification has(Field field, Condition condition) {
        return new Specification.Has(field, condition);
    }

    private static List<Value> choices(Field field, JsonNode json, String at) {
        if (!json.isArray() || json.isEmpty() || json.size() > MOST_CHOICES) {
            throw refused(at, "invalid", "Say 1 to " + MOST_CHOICES + " values, in a list.");
        }
        var values = new ArrayList<Value>();
        for (int i = 0; i < json.size(); i++) values.add(value(field, json.get(i), at + "[" + i + "]"));
        return values;
    }

    private static Condition.Bound bound(Field field, JsonNode json, String at) {
        if (!json.isObject()) return new Condition.Bound.Fixed(value(field, json, at));
        if (field.kind() == Field.Kind.NUMBER || json.size() != 1) throw refused(at, "invalid", wanted(field.kind()));
        var word = json.propertyNames().iterator().next();
        if (!word.equals("ago") && !word.equals("ahead")) throw refused(at, "invalid", wanted(field.kind()));
        try {
            var distance = Duration.parse(text(json.get(word), at + "." + word));
            if (distance.isNegative() || distance.compareTo(FURTHEST) > 0) throw refused(at, "invalid", "At most a century.");
            return new Condition.Bound.FromNow(word.equals("ago") ? distance.negated() : distance);
        } catch (DateTimeException noDuration) {
            throw refused(at, "invalid", "A distance is written like P30D or PT12H.");
        }
    }

    private static Value value(Field field, JsonNode json, String at) {
        return read(field.kind(), json).map(value -> value instanceof Value.Words(var text) ? new Value.Words(field.kept().apply(text)) : value)
                .orElseThrow(() -> refused(at, "invalid", wanted(field.kind())));
    }

    /** The JSON as a value of this kind; empty when it is none. */
    public static Optional<Value> read(Field.Kind kind, JsonNode json) {
        try {
            return switch (kind) {
                case TEXT -> words(json).map(Value.Words::new);
                // A text holds digits that a JSON number would lose.
                case NUMBER -> json.isNumber() || json.isString() && json.asString().length() <= LONGEST_TEXT
                        ? Value.Amount.of(new BigDecimal(json.asString())).map(Value.class::cast) : Optional.empty();
                case TIME -> json.isString() ? moment(json.asString()) : Optional.empty();
                case DATE -> json.isString() ? day(json.asString()) : Optional.empty();
                case TRUTH -> json.isBoolean() ? Optional.of(new Value.Truth(json.booleanValue())) : Optional.empty();
                case DOCUMENT -> Value.Document.of(json).map(Value.class::cast);
            };
        } catch (DateTimeException | NumberFormatException otherwise) {
            return Optional.empty();
        }
    }

    private static Optional<Value> moment(String text) {
        var at = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
        return at.isBefore(EARLIEST) || at.isAfter(LATEST) ? Optional.empty() : Optional.of(new Value.Moment(at));
    }

    private static Optional<Value> day(String text) {
        var day = LocalDate.parse(text);
        return day.getYear() < 1 || day.getYear() > 9999 ? Optional.empty() : Optional.of(new Value.Day(day));
    }

    private static String text(JsonNode json, String at) {
        return words(json).orElseThrow(() -> refused(at, "invalid", wanted(Field.Kind.TEXT)));
    }

    /** Of what cannot be kept, no row holds anything. */
    private static Optional<String> words(JsonNode json) {
        return Optional.of(json).filter(JsonNode::isString).map(JsonNode::asString).filter(Text::isStorable)
                .filter(text -> !text.isEmpty() && text.codePointCount(0, text.length()) <= LONGEST_TEXT);
    }

    private static String wanted(Field.Kind kind) {
        return switch (kind) {
            case TEXT -> "Say a text of 1 to " + LONGEST_TEXT + " characters, without U+0000.";
            case NUMBER -> "Say a number with at most twelve digits and six decimals.";
            case TIME -> "Say a time like 2026-03-01T12:00:00Z" + OR_A_DISTANCE;
            case DATE -> "Say a date like 2026-03-01" + OR_A_DISTANCE;
            case TRUTH -> "Say true or false.";
            case DOCUMENT -> Value.Document.WANTED;
        };
    }

    private static Refusal tooMany(String at) {
        return refused(at, "too_many", "A filter has at most " + MOST_CONDITIONS + " conditions.");
    }

    private static Refusal refused(String at, String code, String detail) {
        return Refusal.invalid(at, code, detail);
    }
}
