package com.ventros.crm.specifications;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Something that can be asked of a thing. It has any number of values, so that a tag and a name are one notion: a
 * condition on a field holds when one of its values meets it, and a field without value meets none.
 *
 * @param name     as callers write it
 * @param kind     what its values are
 * @param value    SQL of one value; of a field without {@code from} null means that there is none
 * @param folded   SQL of the value as {@link Folding} makes it, where that is kept; a text without is folded when it is asked
 * @param hash     SQL of what {@code jsonb_hash_extended} makes of a document, where that is kept, so that an index finds what is equal
 * @param from     the rows that have the values, as {@code table t where t.owner = c.id}; empty where the value is part
 *                 of the thing's own row
 * @param argument bound where {@code from} says {@code :argument}
 * @param kept     a text as it is kept, of what a person may write for it: what is equal to it is looked for in that form
 * @param copies   columns of the thing that {@code from} has as well, equal in each row, and what they are called there
 */
public record Field(String name, Kind kind, String value, Optional<String> folded, Optional<String> hash,
        Optional<String> from, Optional<UUID> argument, UnaryOperator<String> kept, Map<String, String> copies) {

    /** What the values of a field are, and so what can be asked of them. */
    public enum Kind { TEXT, NUMBER, TIME, DATE, TRUTH, DOCUMENT }

    /** A field that is part of the thing's own row: one value or none. */
    public static Field own(String name, Kind kind, String value) {
        return new Field(name, kind, value, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), UnaryOperator.identity(), Map.of());
    }

    /** A text of the thing's own row that is kept folded as well. */
    public static Field folded(String name, String value, String folded) {
        return new Field(name, Kind.TEXT, value, Optional.of(folded), Optional.empty(), Optional.empty(), Optional.empty(), UnaryOperator.identity(),
                Map.of());
    }

    /** A field whose values are rows of their own. */
    public static Field many(String name, Kind kind, String value, String from) {
        return many(name, kind, value, from, Map.of());
    }

    /** A field whose values are rows of their own, which have copies of some columns of the thing. */
    public static Field many(String name, Kind kind, String value, String from, Map<String, String> copies) {
        return new Field(name, kind, value, Optional.empty(), Optional.empty(), Optional.of(from), Optional.empty(), UnaryOperator.identity(), copies);
    }

    /** The same field, whose texts are kept in one spelling of several. */
    public Field keptAs(UnaryOperator<String> form) {
        return new Field(name, kind, value, folded, hash, from, argument, form, copies);
    }
}
