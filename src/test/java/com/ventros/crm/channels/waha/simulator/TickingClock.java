package com.ventros.crm.channels.waha.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** One second later at each look, always from the same beginning. */
final class TickingClock extends Clock {

    private final AtomicLong seconds = new AtomicLong(1_770_724_800L);

    void pass(Duration time) {
        seconds.addAndGet(time.toSeconds());
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochSecond(seconds.incrementAndGet());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
