package com.ventros.crm.specifications;

import com.ventros.crm.specifications.Condition.Compare;
import com.ventros.crm.specifications.Condition.Contains;
import com.ventros.crm.specifications.Condition.Includes;
import com.ventros.crm.specifications.Condition.OneOf;
import com.ventros.crm.specifications.Condition.Present;
import com.ventros.crm.specifications.Condition.StartsWith;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A specification as a condition of SQL, with every value bound as a parameter. It is never null: a comparison with
 * nothing is false, as in Java.
 */
public final class SpecificationSql {

    private final Map<String, Object> params = new HashMap<>();
    private final Now now;
    private final Optional<String> order;
    private final String where;
    private final boolean walks;

    private SpecificationSql(Specification specification, Now now, Optional<String> order) {
        this.now = now;
        this.order = order;
        this.where = write(specification, false);
        this.walks = specification instanceof Specification.All(var parts) && parts.stream().allMatch(this::walks)
                && parts.stream().filter(this::leads).count() == 1;
    }

    public static SpecificationSql of(Specification specification, Now now) {
        return new SpecificationSql(specification, now, Optional.empty());
    }

    /** The same condition, written so that things can be read in the order of this column and no further than a page needs. */
    public static SpecificationSql inOrderOf(String column, Specification specification, Now now) {
        return new SpecificationSql(specification, now, Optional.of(column));
    }

    /** To stand behind {@code where}, in brackets where it must. */
    public String where() {
        return where;
    }

    /**
     * Whether rows that know the order (such as those of one tag) lead to all that is looked for, and the order's own column says the
     * rest. The best plan is the same then whatever the values, and a search need not be planned anew for each.
     */
    public boolean walksAlongRows() {
        return walks;
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

    /** What is asked of the column in whose order things are read is asked of its copies as well, so that fewer rows lead to a thing. */
    private String all(List<Specification> parts, boolean exact) {
        return parts.stream().map(part -> part instanceof Specification.Has(var field, var condition)
                ? has(field, condition, exact, ofCopy(field, parts)) : write(part, exact)).collect(Collectors.joining(" and ", "(", ")"));
    }

    private boolean walks(Specification part) {
        return leads(part) || part instanceof Specification.Has(var field, var condition) && field.from().isEmpty()
                && order.equals(condition instanceof Contains || condition instanceof StartsWith ? field.folded() : Optional.of(field.value()));
    }

    private boolean leads(Specification part) {
        return part instanceof Specification.Has(var field, OneOf(var values)) && values.size() == 1
                && order.filter(field.copies()::containsKey).isPresent();
    }

    private String ofCopy(Field rows, List<Specification> parts) {
        return order.filter(rows.copies()::containsKey).map(column -> parts.stream()
                .flatMap(part -> part instanceof Specification.Has(var field, var condition) && field.from().isEmpty()
                        ? Stream.of(test(field, condition)) : Stream.empty())
                .filter(test -> test.contains(column))
                .map(test -> " and " + test.replace(column, rows.copies().get(column))).collect(Collectors.joining())).orElse("");
    }

    private String joined(List<Specification> parts, String word, boolean exact) {
        return parts.stream().map(part -> write(part, exact)).collect(Collectors.joining(word, "(", ")"));
    }

    private String has(Field field, Condition condition, boolean exact, String more) {
        var test = test(field, condition);
        if (field.from().isEmpty()) return exact ? "coalesce(" + test + ", false)" : "(" + test + ")";
        var from = field.from().get();
        if (field.argument().isPresent()) from = from.replace(":argument", bind(field.argument().get()));
        // What is equal in each row lets things be read along an index of the rows.
        var same = order.filter(field.copies()::containsKey).map(column -> " and " + field.copies().get(column) + " = " + column).orElse("");
        return "exists (select from " + from + same + " and " + test + more + ")";
    }

    private String test(Field field, Condition condition) {
        return switch (condition) {
            case Present() -> "(" + field.value() + ") is not null";
            case OneOf(var values) when field.kind() == Field.Kind.DOCUMENT ->
                    values.stream().map(value -> same(field, value)).collect(Collectors.joining(" or ", "(", ")"));
            case OneOf(var values) when values.size() == 1 -> equal(field, values.getFirst());
            case OneOf(var values) -> field.value() + " = any (" + bind(array(field, values)) + type(field) + "[])";
            // Of a pattern the planner knows that few have it; of strpos() it thinks that every third does.
            case Contains(var folded) -> folded(field) + " like " + bind(Folding.within(folded));
            case Includes(var part) -> field.value() + " @> " + bind(part.sql()) + type(field);
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

    /** Under row security no index is asked for a document; for a number that equal ones share, it is. */
    private String same(Field field, Value document) {
        var bound = bind(document.sql()) + type(field);
        return "(" + field.hash().map(hash -> hash + " = jsonb_hash_extended(" + bound + ", 0) and ").orElse("")
                + field.value() + " = " + bound + ")";
    }

    private String folded(Field field) {
        return field.folded().orElseGet(() -> "folded(" + field.value() + ")");
    }

    private static String type(Field field) {
        return "::" + switch (field.kind()) {
            case TEXT, DATE -> "text";
            case NUMBER -> "bigint";
            case TIME -> "timestamptz";
            case TRUTH -> "boolean";
            case DOCUMENT -> "jsonb";
        };
    }

    private static Object array(Field field, List<Value> values) {
        var all = values.stream().map(Value::sql);
        return switch (field.kind()) {
            case TEXT, DATE, DOCUMENT -> all.toArray(String[]::new);
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
