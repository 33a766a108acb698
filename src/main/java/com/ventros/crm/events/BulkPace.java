package com.ventros.crm.events;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Keeps the bulk lane from taking the processors and the disk from what people wait for.
 *
 * <p>While nobody does anything, bulk work runs side by side as fast as it goes. While people are at work, one batch of this
 * program is under way at a time, and a rest of twice the work follows it: bulk then takes a third of one processor, of the
 * program and the database together, so that an event that a person raises finds one free.
 */
@Component
final class BulkPace {

    /** Who did something so lately is likely to do the next thing now. */
    private static final Duration LATELY = Duration.ofSeconds(1);
    /** With a rest of once the work, a person's p99 was 1.9 to 2.7 times that of an idle program on two cores; with twice, 1.6 to 1.9. */
    private static final int REST = 2;
    /** A batch that took longer than half of this waited for somebody, and not for a processor. */
    private static final Duration LONGEST_REST = Duration.ofMillis(200);

    private final ReentrantLock turn = new ReentrantLock(true);
    private final Duration lately;
    private volatile long peopleUntil = System.nanoTime();

    BulkPace() {
        this(LATELY);
    }

    BulkPace(Duration lately) {
        this.lately = lately;
    }

    /** Notes that something that people wait for came by. */
    void people() {
        peopleUntil = System.nanoTime() + lately.toNanos();
    }

    /** Does one batch of bulk work, at the pace that people leave it. */
    <T> T bulk(Supplier<T> batch) {
        if (!busy()) return batch.get();
        turn.lock();
        try {
            var start = System.nanoTime();
            var done = batch.get();
            if (busy()) LockSupport.parkNanos(Math.min(REST * (System.nanoTime() - start), LONGEST_REST.toNanos()));
            return done;
        } finally {
            turn.unlock();
        }
    }

    private boolean busy() {
        return peopleUntil - System.nanoTime() > 0;
    }
}
