package com.ventros.crm.events;

import com.ventros.crm.events.Broker.Lane;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** What this program published and settled lately, for each queue and lane. */
final class Rates {

    /** Long enough to be steady, short enough to follow what happens. */
    static final Duration OVER = Duration.ofSeconds(10);

    private record Key(String queue, Lane lane) {}

    /** Whole seconds only: a second that has just begun would pull the rate down. */
    private static final class Window {
        private final long[] seconds = new long[(int) OVER.toSeconds() + 1];
        private final long[] counts = new long[seconds.length];

        synchronized void add(long now, long count) {
            int slot = (int) (now % seconds.length);
            if (seconds[slot] != now) {
                seconds[slot] = now;
                counts[slot] = 0;
            }
            counts[slot] += count;
        }

        synchronized double rate(long now) {
            long sum = 0;
            for (int i = 0; i < seconds.length; i++) {
                if (seconds[i] < now && seconds[i] >= now - OVER.toSeconds()) sum += counts[i];
            }
            return (double) sum / OVER.toSeconds();
        }
    }

    private final Map<Key, Window> published = new ConcurrentHashMap<>();
    private final Map<Key, Window> settled = new ConcurrentHashMap<>();
    private final LongSupplier seconds;

    Rates() {
        this(() -> System.nanoTime() / 1_000_000_000L);
    }

    Rates(LongSupplier seconds) {
        this.seconds = seconds;
    }

    void published(String queue, Lane lane, long count) {
        published.computeIfAbsent(new Key(queue, lane), _ -> new Window()).add(seconds.getAsLong(), count);
    }

    void settled(String queue, Lane lane, long count) {
        settled.computeIfAbsent(new Key(queue, lane), _ -> new Window()).add(seconds.getAsLong(), count);
    }

    double publishedPerSecond(String queue, Lane lane) {
        return rate(published.get(new Key(queue, lane)));
    }

    double settledPerSecond(String queue, Lane lane) {
        return rate(settled.get(new Key(queue, lane)));
    }

    private double rate(Window window) {
        return window == null ? 0 : window.rate(seconds.getAsLong());
    }
}
