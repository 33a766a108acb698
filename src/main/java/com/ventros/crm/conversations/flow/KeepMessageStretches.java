package com.ventros.crm.conversations.flow;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Gathers the words of stretches of messages, so that a search walks only through those that have what is looked for
 * ({@code keep_message_stretches} says how).
 */
@Component
public class KeepMessageStretches {

    /** Walking through so many takes a millisecond, gathering their words twenty. */
    private static final int MESSAGES = 2_000;
    /** At some thousand messages a second a search walks through what came meanwhile in forty milliseconds. */
    private static final long LOOK_EVERY_SECONDS = 30;
    /** Of a backlog of millions, as after an upgrade, so much at a time: a quarter of one processor. */
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    private final JdbcClient system;
    private volatile boolean closing;

    KeepMessageStretches(@Qualifier("system") JdbcClient system) {
        this.system = system;
    }

    /** Each step is a transaction of its own: what it read is over before the next one begins. */
    @Scheduled(initialDelay = LOOK_EVERY_SECONDS, fixedDelay = LOOK_EVERY_SECONDS, timeUnit = TimeUnit.SECONDS)
    public void run() {
        var until = System.nanoTime() + AT_ONCE.toNanos();
        int done;
        do {
            done = step(MESSAGES);
        } while (done > 0 && !closing && System.nanoTime() < until);
    }

    /** How much was changed for stretches of so many messages; none when nothing is left to do for now. */
    public int step(int messages) {
        return system.sql("select keep_message_stretches(:messages)").param("messages", messages).query(Integer.class).single();
    }

    @EventListener(ContextClosedEvent.class)
    void close() {
        closing = true;
    }
}
