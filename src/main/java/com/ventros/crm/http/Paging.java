package com.ventros.crm.http;

import java.util.Optional;

/**
 * Which part of a list the caller wants: the query parameters {@code limit} and {@code cursor}. A controller method
 * takes it as a parameter.
 */
public record Paging(int limit, Optional<Cursor> after) {

    /** What a screen shows without scrolling, twice. */
    public static final int DEFAULT_LIMIT = 50;
    /** Keeps an answer small enough to be made and read at once. */
    public static final int MAX_LIMIT = 100;

    /** How many rows to read: one more than shown, which tells whether there is a next page. */
    public int fetch() {
        return limit + 1;
    }

    /**
     * SQL that reads as many rows. Of a parameter in its place PostgreSQL thinks that it might ask for a tenth of the table, and
     * plans the question anew each time it is asked, which takes longer than to answer it.
     */
    public String rows() {
        return " limit " + fetch();
    }
}
