package com.ventros.crm.events;

import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Up to which position of the outbox a reader has no event left and none can come in any more. A reader that begins behind it does not
 * pass over what it deleted before, which PostgreSQL would show it until the table is vacuumed.
 *
 * <p>Positions are given before their transactions commit, so the last one read may have lower ones behind it that nobody sees yet. Whoever
 * holds one of those has a transaction number lower than that of any transaction that began after the reading ({@link Outbox#append}): once the
 * oldest one running is not older than such a one, all of them have ended.
 *
 * <p>A crash of the server takes deletions back that did not wait for the disk, and ends all sessions. So the mark counts only in a session
 * that this reader has used before; in any other it begins at the beginning.
 */
final class LowWaterMark {

    private static final long NONE = Long.MAX_VALUE;

    /** Where a session keeps who has used it. */
    private final String setting;
    private final String reader = UUID.randomUUID().toString();
    private Set<Integer> partitions = Set.of();
    private long passed;
    private long next;
    /** A transaction that began after {@link #next} was read. */
    private long later = NONE;

    /** @param reader its name among the readers that share sessions: letters, digits and underscores */
    LowWaterMark(String reader) {
        this.setting = "crm.mark_" + reader;
    }

    /** Lets a statement on these partitions begin behind the mark ({@link Outbox#NOT_PASSED}, {@link Outbox#OLDEST_RUNNING}). */
    StatementSpec bind(StatementSpec statement, Collection<Integer> read) {
        if (!partitions.containsAll(read)) {
            passed = 0;
            later = NONE;
        }
        partitions = Set.copyOf(read);
        return statement.param("mark", setting).param("reader", reader).param("passed", passed);
    }

    /** Begins at the beginning again. */
    void forget() {
        partitions = Set.of();
    }

    /** Events from the first to the last have been read, while no transaction older than this one was running. */
    void read(long first, long last, long oldestRunning) {
        if (oldestRunning >= later) {
            passed = next;
            later = NONE;
        }
        passed = Math.min(passed, first - 1);
        if (later == NONE) next = last;
    }

    /** This transaction began after the events read last were read. */
    void followedBy(long transaction) {
        if (later == NONE) later = transaction;
    }
}
