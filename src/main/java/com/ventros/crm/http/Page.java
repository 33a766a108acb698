package com.ventros.crm.http;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param nextCursor where the next part begins; null on the last one (the JSON field is always there)
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    /**
     * A page from rows that were read with {@link Paging#fetch()}, one more than asked for: the surplus tells whether
     * there is a next page and is not shown.
     */
    public static <T> Page<T> of(List<T> fetched, Paging paging, Function<? super T, Cursor> position) {
        if (fetched.size() <= paging.limit()) return new Page<>(List.copyOf(fetched), null);
        var items = List.copyOf(fetched.subList(0, paging.limit()));
        return new Page<>(items, position.apply(items.getLast()).encoded());
    }

    /** A list that is always whole. */
    public static <T> Page<T> whole(List<T> items) {
        return new Page<>(List.copyOf(items), null);
    }
}
