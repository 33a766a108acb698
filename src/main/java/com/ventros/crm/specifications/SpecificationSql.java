package com.ventros.crm.specifications;

import com.ventros.crm.specifications.Condition.Compare;
import com.ventros.crm.specifications.Condition.Contains;
import com.ventros.crm.specifications.Condition.OneOf;
import com.ventros.crm.specifications.Condition.Present;
import com.ventros.crm.specifications.Condition.StartsWith;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A specification as a condition of SQL, with every value bound as a parameter. It is never null: a comparison with
 * nothing is false, as in Java.
 */
public final class SpecificationSql {

    private final Map<String, Object> params = new HashMap<>();
    private final Now now;
    private final String where;

    private SpecificationSql(Specification specification, Now now) {
        this.now = now;
        this.where = write(specification, false);
    }

    public static SpecificationSql of(Specification specification, Now now) {
        return new SpecificationSql(specification, now);
    }

    /** To stand behind {@code where}, in brackets where it must. */
    public String where() {
        return where;
    }

    /** Values for the parameters of the condition. */
    public Map<String, Object> params() {
        return params;
    }

    /**
     * @param exact whether null must not stand for false. Where nothing is negated the two select the same rows, and a
     *              plain comparison can use an index
     */
    private String write(Specification specification, boolean exact) {
        return switch (specification) {
            case Specification.All(var parts) -> all(parts, exact);
            case Specification.Any(var parts) -> joined(parts, " or ", exact);
            case Specification.Not(var part) -> "not " + write(part, true);
            case Specification.Has(var field, var condition) -> has(field, condition, exact, "");
        };
    }

    /** What is asked of the thing itself is asked of the copies in its rows too, so that fewer rows lead to it. */
    private String all(List<Specification> parts, boolean exact) {
        return parts.stream().map(part -> part instanceof Specification.Has(var field, var condition)
                ? has(field, condition, exact, ofCopies(field, parts)) : write(part, exact)).collect(Collectors.joining(" and ", "(", ")"));
    }

    private String ofCopies(Field rows, List<Specification> parts) {
        var tests = new StringBuilder();
        for (var part : parts) {
            if (rows.copies().isEmpty() || !(part instanceof Specification.Has(var field, var condition)) || field.from().isPresent()) continue;
            var test = test(field, condition);
            for (var copy : rows.copies().entrySet()) {
                if (test.contains(copy.getKey())) tests.append(" and ").append(test.replace(copy.getKey(), copy.getValue()));
            }
        }
        return tests.toString();
    }

    private String joined(List<Specification> parts, String word, boolean exact) {
        return parts.stream().map(part -> write(part, exact)).collect(Collectors.joining(word, "(", ")"));
    }

    private String has(Field field, Condition condition, boolean exact, String more) {
        var test = test(field, condition);
        if (field.from().isEmpty()) return exact ? "coalesce(" + test + ", false)" : "(" + test + ")";
        var from = field.from().get();
        if (field.argument().isPresent()) from = from.replace(":argument", bind(field.argument().get()));
        return "exists (select from " + from + " and " + test + more + ")";
    }

    private String test(Field field, Condition condition) {
        return switch (condition) {
            case Present() -> "(" + field.value() + ") is not null";
            case OneOf(var values) when values.size() == 1 -> equal(field, values.getFirst());
            case OneOf(var values) -> field.value() + " = any (" + bind(array(field, values)) + type(field) + "[])";
            // Of a pattern the planner knows that few have it; of strpos() it thinks that every third does.
            case Contains(var folded) -> folded(field) + " like " + bind(Folding.within(folded));
            case StartsWith(var folded) -> folded(field) + " like " + bind(Folding.literal(folded) + "%");
            case Compare(var order, var bound) -> ordered(field) + " " + order.sql + " "
                    + bind(now.resolve(bound, field.kind()).sql()) + type(field);
        };
    }

    /** By its characters, as Java compares; what is equal does not depend on it, and would miss its index. */
    private static String ordered(Field field) {
        return field.kind() == Field.Kind.TEXT || field.kind() == Field.Kind.DATE ? field.value() + " collate \"C\"" : field.value();
    }

    private String equal(Field field, Value value) {
        return switch (value) {
            // As it stands, "exists" can become a join.
            case Value.Truth(var is) -> is ? field.value() : "not " + field.value();
            default -> field.value() + " = " + bind(value.sql()) + type(field);
        };
    }

    private String folded(Field field) {
        return field.folded().orElseGet(() -> "translate(" + field.value() + ", " + bind(Folding.FROM) + ", " + bind(Folding.TO) + ")");
    }

    private static String type(Field field) {
        return "::" + switch (field.kind()) {
            case TEXT, DATE -> "text";
            case NUMBER -> "bigint";
            case TIME -> "timestamptz";
            case TRUTH -> "boolean";
        };
    }

    private static Object array(Field field, List<Value> values) {
        var all = values.stream().map(Value::sql);
        return switch (field.kind()) {
            case TEXT, DATE -> all.toArray(String[]::new);
            case NUMBER -> all.toArray(Long[]::new);
            case TIME -> all.map(Object::toString).toArray(String[]::new);
            case TRUTH -> all.toArray(Boolean[]::new);
        };
    }

    private String bind(Object value) {
        var name = "specification" + params.size();
        params.put(name, value);
        return ":" + name;
    }
}
