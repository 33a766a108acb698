package com.ventros.crm.events;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Makes the event log's coming months, tidies dead letters, and forgets what no delivery can ask for any more. Every program may do it. */
@Component
final class EventMaintenance implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(EventMaintenance.class);
    /** Nothing here is urgent: months are made long ahead, and an hour more of rows is nothing. */
    private static final Duration EVERY = Duration.ofHours(1);
    /** A program that was off for two months still finds its partition. */
    private static final int MONTHS_AHEAD = 2;

    private final JdbcClient system;
    private final Inbox inbox;
    private final Failures failures;
    private final Broker broker;
    private final Roles roles;
    private volatile Thread thread;

    EventMaintenance(@Qualifier("system") JdbcClient system, Inbox inbox, Failures failures, Broker broker,
            Roles roles) {
        this.system = system;
        this.inbox = inbox;
        this.failures = failures;
        this.broker = broker;
        this.roles = roles;
    }

    /** One round. */
    void runOnce() {
        for (int month = 0; month <= MONTHS_AHEAD; month++) {
            system.sql("select ensure_event_log_month(:day)")
                    .param("day", LocalDate.now(ZoneOffset.UTC).plusMonths(month)).query(Boolean.class).single();
        }
        inbox.prune();
        failures.prune();
        system.sql("delete from broker_dead_letters where died_at < now() - make_interval(secs => :kept)")
                .param("kept", Topology.DEAD_LETTERS_KEPT.toSeconds()).update();
        tidy();
    }

    /** Dead letters follow their failures: what was repeated or discarded is none any more. */
    void tidy() {
        var open = failures.open();
        broker.describe().stream()
                .collect(Collectors.groupingBy(Broker.QueueState::name, Collectors.summingLong(Broker.QueueState::deadLetters)))
                .forEach((queue, dead) -> {
                    if (dead > open.getOrDefault(queue, 0L)) broker.tidy(queue);
                });
    }

    /** There is something to tidy; soon is early enough. */
    void soon() {
        LockSupport.unpark(thread);
    }

    @Override
    public void start() {
        if (!roles.worker()) return;
        thread = Thread.ofVirtual().name("event-maintenance").unstarted(() -> {
            while (Thread.currentThread() == thread) {
                try {
                    runOnce();
                } catch (RuntimeException failed) {
                    log.warn("Maintenance of events comes again in an hour: {}", failed.getMessage());
                }
                LockSupport.parkNanos(EVERY.toNanos());
            }
        });
        thread.start();
    }

    @Override
    public void stop() {
        var stopped = thread;
        thread = null;
        LockSupport.unpark(stopped);
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    @Override
    public int getPhase() {
        return EnginePhase.RELAY;
    }
}
