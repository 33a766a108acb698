package com.ventros.crm.events;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The programs that run on this database, each counting a heartbeat in its row.
 *
 * <p>Dead is who was seen not to count while we ourselves did: no clocks are compared, and an outage of the database,
 * in which nobody counts, kills nobody.
 */
@Component
final class Nodes implements SmartLifecycle {

    /** One statement a second for each program is no load, and bounds how late anything is noticed. */
    static final Duration BEAT = Duration.ofSeconds(1);
    /** Longer than a bad garbage collection; with the beat by which the last count was seen late, a takeover within five seconds. */
    static final Duration DEAD_AFTER = Duration.ofMillis(3_500);
    /** A program that could not count for so long stops publishing by itself, before others take over. */
    static final Duration SURE_FOR = Duration.ofMillis(2_500);

    /** So that a burial that does not succeed is not tried without a pause. */
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(50);

    private static final Logger log = LoggerFactory.getLogger(Nodes.class);

    private record Seen(long beat, long since) {}

    private final JdbcClient system;
    private final boolean relays;
    private final List<LongConsumer> whenDead = new CopyOnWriteArrayList<>();
    private final List<Runnable> onBeat = new CopyOnWriteArrayList<>();
    private final List<Runnable> onLeave = new CopyOnWriteArrayList<>();
    private final Map<Long, Seen> others = new HashMap<>();
    private volatile long number;
    /** The number under which the others took this program for dead; what it still did as such is given up a beat later. */
    private long former;
    private volatile long lastBeat;
    private volatile int relaying = 1;
    private volatile boolean alone = true;
    private volatile Thread heart;

    @Autowired
    Nodes(@Qualifier("system") JdbcClient system, Roles roles) {
        this(system, roles.relay());
    }

    Nodes(JdbcClient system, boolean relays) {
        this.system = system;
        this.relays = relays;
    }

    /** This program's number. It changes when the others took it for dead, so that nothing of old is confused. */
    long number() {
        return number;
    }

    boolean alone() {
        return alone;
    }

    /** How many programs relay, this one included if it does. */
    int relaying() {
        return relaying;
    }

    /** Whether nobody can have taken this program for dead. */
    boolean sure() {
        return heart != null && number != 0 && System.nanoTime() - lastBeat < SURE_FOR.toNanos();
    }

    void whenDead(LongConsumer action) {
        whenDead.add(action);
    }

    void onBeat(Runnable action) {
        onBeat.add(action);
    }

    void onLeave(Runnable action) {
        onLeave.add(action);
    }

    @Override
    public void start() {
        if (isRunning()) return;
        heart = Thread.ofVirtual().name("event-nodes").unstarted(this::run);
        beatOrLog();
        heart.start();
    }

    private void run() {
        while (Thread.currentThread() == heart) {
            beatOrLog();
            LockSupport.parkNanos(untilNextBeat());
        }
    }

    /** A beat; less if somebody silent is dead before, unless the database does not answer us either. */
    private synchronized long untilNextBeat() {
        var now = System.nanoTime();
        if (now - lastBeat >= BEAT.toNanos()) return BEAT.toNanos();
        return others.values().stream().mapToLong(seen -> DEAD_AFTER.toNanos() - (now - seen.since()))
                .map(left -> Math.max(left, SHORTEST_WAIT.toNanos())).reduce(BEAT.toNanos(), Math::min);
    }

    private void beatOrLog() {
        try {
            beat();
        } catch (RuntimeException failed) {
            log.warn("No heartbeat: {}", failed.getMessage());
        }
    }

    private synchronized void beat() {
        var started = System.nanoTime();
        if (number == 0) join();
        if (former != 0) {
            whenDead.forEach(action -> action.accept(former));
            former = 0;
        }
        record Row(long node, boolean relays, long beat) {}
        var rows = system.sql("""
                with mine as (update event_nodes set beat = beat + 1, seen_at = now() where node = :me returning node)
                select n.node, n.relays, n.beat from event_nodes n where n.node <> :me
                union all select node, :relays, 0 from mine
                """).param("me", number).param("relays", relays).query(Row.class).list();
        if (rows.stream().noneMatch(row -> row.node() == number)) {
            log.warn("The others took this program for dead; it joins again");
            former = number;
            join();
        }
        lastBeat = started;
        // From here on, not from before the question: a count may have come while the answer was on its way.
        var answered = System.nanoTime();
        others.keySet().retainAll(rows.stream().map(Row::node).toList());
        int relayingNow = 0;
        for (var row : rows) {
            if (row.node() != number) {
                var seen = others.get(row.node());
                if (seen == null || seen.beat() != row.beat()) {
                    others.put(row.node(), new Seen(row.beat(), answered));
                } else if (started - seen.since() >= DEAD_AFTER.toNanos()) {
                    bury(row.node());
                    continue; // no share is kept for it
                }
            }
            if (row.relays()) relayingNow++;
        }
        relaying = Math.max(1, relayingNow);
        alone = others.isEmpty();
        for (var action : onBeat) {
            try {
                action.run();
            } catch (RuntimeException failed) {
                log.warn("Could not do the work of each second: {}", failed.toString());
            }
        }
    }

    private void join() {
        number = system.sql("insert into event_nodes (relays) values (:relays) returning node")
                .param("relays", relays).query(Long.class).single();
    }

    private void bury(long node) {
        log.warn("Program {} has died; taking over what it held", node);
        whenDead.forEach(action -> action.accept(node));
        system.sql("delete from event_nodes where node = :node").param("node", node).update();
        others.remove(node);
    }

    /** Stops counting without a word, as a killed program does. */
    void die() {
        var stopped = heart;
        heart = null;
        join(stopped);
    }

    private static void join(Thread stopped) {
        if (stopped == null || stopped == Thread.currentThread()) return;
        LockSupport.unpark(stopped);
        try {
            stopped.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        die();
        try {
            onLeave.forEach(Runnable::run);
            system.sql("delete from event_nodes where node = :me").param("me", number).update();
        } catch (RuntimeException failed) {
            log.warn("Could not take leave, the others will notice: {}", failed.getMessage());
        }
        number = 0;
    }

    @Override
    public boolean isRunning() {
        return heart != null;
    }

    /** First to start and last to stop: all engines lean on it. */
    @Override
    public int getPhase() {
        return EnginePhase.NODES;
    }
}
