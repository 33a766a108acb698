package com.ventros.crm.events;

import java.util.Optional;
import java.util.UUID;

/**
 * A read model whose rows are kept in the transactions of the events that change them, so that no event is to be delivered for it
 * once more. What a replay is for others, a recount is for it: a page of rows after the other is counted from what the events left, beside
 * the live ones, and those that are not what was counted are set right, each in a short transaction, while people read and write them.
 */
public interface RecountedModel {

    /** What a replay asks for, in the place of a consumer: {@code inbox}. */
    String name();

    /** How many rows the bound tenant has. */
    long rows();

    /**
     * Counts the next rows anew. A page that comes again finds nothing to do.
     *
     * @param after the last row of the page before; the least of all ids for the first
     * @param most  of rows, at least one
     */
    Page recount(UUID after, int most);

    /**
     * What became of a page.
     *
     * @param last    the last row that was looked at; empty when no row is left
     * @param counted how many rows there were
     * @param mended  how many of them, and of the counts over all, were not what they should be
     */
    record Page(Optional<UUID> last, int counted, int mended) {}
}
