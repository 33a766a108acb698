package com.ventros.crm.events;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Wakes whoever waits for work: at once in this program, and within milliseconds in the others by NOTIFY.
 *
 * <p>The NOTIFY is sent after the commit on a connection of its own and gathers all that was rung meanwhile, because
 * PostgreSQL puts transactions that notify in one line. A ring may get lost; whoever waits also looks once a second.
 */
@Component
final class Bell implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Bell.class);
    private static final String CHANNEL = "crm_bell";
    /** A NOTIFY's text must stay below 8,000 bytes; topics are short. */
    private static final int TOPICS_PER_NOTIFY = 200;
    /** How long the listener blocks before it looks whether it should stop. */
    private static final Duration LISTEN = Duration.ofSeconds(1);

    /** Somebody waiting for topics; rings while nobody waits are kept as one. */
    static final class Waiter {
        private final Semaphore rung = new Semaphore(0);

        void wake() {
            if (rung.availablePermits() == 0) rung.release();
        }

        void await(Duration longest) {
            try {
                if (rung.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) rung.drainPermits();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private final DataSource source;
    private final JdbcClient system;
    private final Nodes nodes;
    private final Map<String, List<Waiter>> waiters = new ConcurrentHashMap<>();
    private final Set<String> outgoing = ConcurrentHashMap.newKeySet();
    private volatile Thread sender;
    private volatile Thread listener;
    private volatile boolean running;

    Bell(@Qualifier("system") DataSource source, @Qualifier("system") JdbcClient system, Nodes nodes) {
        this.source = source;
        this.system = system;
        this.nodes = nodes;
    }

    /** Registers somebody; {@link #leave} ends it. */
    Waiter listen(Collection<String> topics) {
        var waiter = new Waiter();
        topics.forEach(topic -> waiters.computeIfAbsent(topic, _ -> new CopyOnWriteArrayList<>()).add(waiter));
        return waiter;
    }

    void leave(Waiter waiter) {
        waiters.values().forEach(list -> list.remove(waiter));
    }

    /** Wakes whoever waits for these topics, here and elsewhere. */
    void ring(Collection<String> topics) {
        ringHere(topics);
        if (nodes.alone() || sender == null) return;
        outgoing.addAll(topics);
        LockSupport.unpark(sender);
    }

    void ringHere(Collection<String> topics) {
        for (var topic : topics) {
            var waiting = waiters.get(topic);
            if (waiting != null) waiting.forEach(Waiter::wake);
        }
    }

    @Override
    public void start() {
        running = true;
        sender = Thread.ofVirtual().name("event-bell-sender").start(this::send);
        listener = Thread.ofVirtual().name("event-bell-listener").start(this::hear);
    }

    private void send() {
        while (running) {
            if (outgoing.isEmpty()) {
                LockSupport.park();
                continue;
            }
            var batch = outgoing.stream().limit(TOPICS_PER_NOTIFY).toList();
            batch.forEach(outgoing::remove);
            try {
                system.sql("select pg_notify(:channel, :text)").param("channel", CHANNEL)
                        .param("text", nodes.number() + "|" + String.join(",", batch)).query().listOfRows();
            } catch (RuntimeException failed) {
                log.debug("Could not notify; the others look within a second", failed);
            }
        }
    }

    private void hear() {
        while (running) {
            try (var connection = source.getConnection(); var statement = connection.createStatement()) {
                statement.execute("listen " + CHANNEL);
                var postgres = connection.unwrap(PGConnection.class);
                try {
                    while (running) {
                        var heard = postgres.getNotifications((int) LISTEN.toMillis());
                        if (heard == null) continue;
                        for (var notification : heard) {
                            var parts = notification.getParameter().split("\\|", 2);
                            if (Long.parseLong(parts[0]) != nodes.number()) ringHere(List.of(parts[1].split(",")));
                        }
                    }
                } finally {
                    if (!connection.isClosed()) statement.execute("unlisten " + CHANNEL);
                }
            } catch (SQLException | RuntimeException failed) {
                if (!running) return;
                log.debug("Cannot listen; looking once a second meanwhile", failed);
                LockSupport.parkNanos(LISTEN.toNanos());
            }
        }
    }

    @Override
    public void stop() {
        running = false;
        LockSupport.unpark(sender);
        try {
            sender.join();
            listener.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        sender = null;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return EnginePhase.NODES;
    }
}
