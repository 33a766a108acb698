package com.ventros.bench.load;

import com.ventros.bench.load.Posting.Result;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What the database says of a run: when each message was committed, when it could be seen, and whether any is missing
 * or there twice.
 *
 * <p>Times are PostgreSQL's own commit timestamps ({@code track_commit_timestamp}), which it takes just before it
 * flushes the commit: nobody polls while the run is measured, and each figure lacks the last flush of that commit.
 */
final class Books {

    private static final Duration DRAIN = Duration.ofSeconds(150);
    private static final long LOOK_MILLIS = 500;

    private final Database database;
    private final String run;

    Books(Database database, String run) {
        this.database = database;
        this.run = run;
    }

    /**
     * The end of a run.
     *
     * @param saved      from due until the message was committed
     * @param live       until its event was, in the stream that every screen follows
     * @param timeline   until the timeline's row was, of those messages that begin a session
     * @param savedBy    seconds from the first due time to the last commit of a message
     * @param doneBy     and to the last commit of any effect
     */
    record Balance(int accepted, int saved, int lost, int doubled, int events, int shown, int shownTwice, int timelineRows,
                   long failures, long booksAccepted, long booksApplied, Histogram savedAfter, Histogram liveAfter,
                   Histogram timelineAfter, double savedBy, double doneBy) {

        boolean clean() {
            return lost == 0 && doubled == 0 && shownTwice == 0 && events == saved && shown == saved && failures == 0;
        }
    }

    /** How many events all screens have been told of so far, whatever of. One row of each tenant says it. */
    static long told(Database database) throws SQLException {
        return database.number("select coalesce(sum(position), 0) from live_position");
    }

    /**
     * Waits until each accepted message is on the live stream and nothing is on its way, or until the time is up. What
     * has to be counted is counted only once as many events were told as messages were accepted: before that a look
     * reads one row, since the counting would take the processors from what it measures.
     *
     * @param toldBefore {@link #told} before the first delivery
     */
    void drain(int accepted, long toldBefore) throws SQLException, InterruptedException {
        var deadline = System.nanoTime() + DRAIN.toNanos();
        while (System.nanoTime() < deadline) {
            if (told(database) - toldBefore >= accepted
                    && database.number("select count(*) from outbox_events") == 0
                    && database.number("select count(*) from broker_messages") == 0
                    && database.number("""
                            select count(distinct l.data ->> 'messageId') from live_event l
                              join message m on m.id = (l.data ->> 'messageId')::uuid
                             where l.type = 'message.created' and m.external_id like '%s'
                            """.formatted(Deliveries.prefix(run) + "%")) >= accepted) {
                return;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        System.err.println("Not everything was seen within " + DRAIN.toSeconds() + " s");
    }

    Balance balance(Result result) throws SQLException {
        var saved = times("""
                select m.external_id, extract(epoch from pg_xact_commit_timestamp(m.xmin)) * 1e6
                  from message m where m.external_id like ?
                """);
        var events = times("""
                select m.external_id, 0
                  from message m join domain_event_logs e on e.tenant_id = m.tenant_id and e.aggregate_id = m.id
                   and e.type = 'message.created'
                 where m.external_id like ?
                """);
        var shown = times("""
                select m.external_id, extract(epoch from pg_xact_commit_timestamp(l.xmin)) * 1e6
                  from live_event l join message m on m.id = (l.data ->> 'messageId')::uuid
                 where l.type = 'message.created' and m.external_id like ?
                """);
        var timeline = times("""
                select m.external_id, extract(epoch from pg_xact_commit_timestamp(t.xmin)) * 1e6
                  from timeline_entry t
                  join domain_event_logs s on s.tenant_id = t.tenant_id and s.id = t.id
                  join domain_event_logs c on c.tenant_id = s.tenant_id and c.correlation_id = s.correlation_id
                   and c.type = 'message.created'
                  join message m on m.tenant_id = c.tenant_id and m.id = c.aggregate_id
                 where t.type = 'session.started' and m.external_id like ?
                """);
        int accepted = 0;
        int lost = 0;
        for (int i = 0; i < result.posted(); i++) {
            if (!Posting.good(result.status()[i])) continue;
            accepted++;
            if (!saved.containsKey(i)) lost++;
        }
        return new Balance(accepted, saved.size(), lost, twice(saved), events.size(), shown.size(), twice(shown),
                timeline.size(), database.number("select count(*) from failures"),
                database.number("select coalesce(sum(accepted), 0) from delivery_count"),
                database.number("select coalesce(sum(applied), 0) from delivery_count"),
                after(result, saved), after(result, shown), after(result, timeline),
                by(result, saved), Math.max(by(result, shown), by(result, timeline)));
    }

    /** By index of the delivery the times at which it had the effect: more than one when it had it more than once. */
    private Map<Integer, List<Long>> times(String sql) throws SQLException {
        var times = new HashMap<Integer, List<Long>>();
        try (var connection = database.connect(); var statement = connection.prepareStatement(sql)) {
            statement.setString(1, Deliveries.prefix(run) + "%");
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    times.computeIfAbsent(Deliveries.index(rows.getString(1)), _ -> new ArrayList<>(1)).add((long) rows.getDouble(2));
                }
            }
        }
        return times;
    }

    private static int twice(Map<Integer, List<Long>> times) {
        return (int) times.values().stream().filter(all -> all.size() > 1).count();
    }

    private static Histogram after(Result result, Map<Integer, List<Long>> times) {
        var histogram = new Histogram(3);
        times.forEach((i, all) -> histogram.recordValue(Math.max(0, all.getFirst() - result.due()[i])));
        return histogram;
    }

    private static double by(Result result, Map<Integer, List<Long>> times) {
        var last = times.values().stream().mapToLong(List::getFirst).max().orElse(result.due()[0]);
        return (last - result.due()[0]) / 1e6;
    }
}
