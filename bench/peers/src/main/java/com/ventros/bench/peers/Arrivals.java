package com.ventros.bench.peers;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/** When each event of a run came to the consumer, for the first time. */
public final class Arrivals {

    private final AtomicLongArray at;
    private final CountDownLatch missing;
    private final AtomicInteger again = new AtomicInteger();

    public Arrivals(int events) {
        at = new AtomicLongArray(events);
        missing = new CountDownLatch(events);
    }

    public void arrived(int number) {
        if (at.compareAndSet(number, 0, System.nanoTime())) {
            missing.countDown();
        } else {
            again.incrementAndGet();
        }
    }

    /** Waits for all; an exception when nothing came for that long, because then something is lost. */
    public void await(Duration patience) throws InterruptedException {
        long before = -1;
        while (!missing.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            if (missing.getCount() == before) throw new IllegalStateException(before + " events never came");
            before = missing.getCount();
        }
    }

    public int again() {
        return again.get();
    }

    public long at(int number) {
        return at.get(number);
    }

    public long last() {
        long last = at.get(0);
        for (int i = 1; i < at.length(); i++) if (at.get(i) - last > 0) last = at.get(i);
        return last;
    }
}
