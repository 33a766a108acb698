package com.ventros.crm.realtime;

import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Hands each tenant's new events to that tenant's open screens on this node. Events are read once for all screens of a
 * tenant, woken by NOTIFY and looked for every few seconds to be sure.
 */
@Component
public class LiveFeeds {

    private static final Logger log = LoggerFactory.getLogger(LiveFeeds.class);
    /** Events read at once while catching up. */
    private static final int PAGE = 500;
    /** A screen that lags by more is cut off; it resumes from its position when it comes back. */
    private static final int LAG_LIMIT = 2_000;
    /** A wake-up may be lost with its connection; a screen is never later than this. */
    private static final long LOOK_EVERY_MILLIS = 2_000;
    private static final long PRUNE_EVERY_MILLIS = 10 * 60 * 1_000;
    /** Ends the wait of a screen that is let go. */
    private static final LiveEvent NOTHING = new LiveEvent(0, "", Instant.EPOCH, "", new UUID(0, 0), "", Optional.empty());

    private final LiveEvents events;
    private final Map<TenantId, Feed> feeds = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    LiveFeeds(LiveEvents events) {
        this.events = events;
    }

    /** One open screen. */
    public final class Screen implements AutoCloseable {

        private final TenantId tenant;
        private final UUID viewer;
        private final BlockingQueue<LiveEvent> waiting = new ArrayBlockingQueue<>(LAG_LIMIT);
        private volatile boolean cutOff;

        private Screen(TenantId tenant, UUID viewer) {
            this.tenant = tenant;
            this.viewer = viewer;
        }

        /** The next event, or null after the wait; check {@link #isCutOff()} then. */
        public LiveEvent next(long waitMillis) throws InterruptedException {
            var event = waiting.poll(waitMillis, TimeUnit.MILLISECONDS);
            return event == NOTHING ? null : event;
        }

        /** Whether this screen has to connect again: it lagged too far, or the program stops. */
        public boolean isCutOff() {
            return cutOff;
        }

        private void offer(LiveEvent event) {
            if (event.isFor(viewer) && !cutOff && !waiting.offer(event)) cutOff = true;
        }

        private void letGo() {
            cutOff = true;
            waiting.offer(NOTHING);
        }

        @Override
        public void close() {
            feeds.computeIfPresent(tenant, (_, feed) -> feed.without(this) ? feed : null);
        }
    }

    /**
     * Opens a screen for the bound tenant that hears everything after the given position but what is for other people.
     *
     * @param viewer who looks at it
     * @return empty when that position is no longer kept: the screen has to load everything anew
     */
    public Optional<Screen> open(UUID viewer, long after) {
        var tenant = Tenancy.current();
        var newest = events.position();
        if (after > newest) return Optional.empty();
        var missed = events.after(after, LAG_LIMIT + 1);
        if (missed.size() > LAG_LIMIT) return Optional.empty();
        var gap = missed.isEmpty() ? after < newest : missed.getFirst().position() != after + 1;
        if (gap) return Optional.empty();
        var screen = new Screen(tenant, viewer);
        feeds.compute(tenant, (_, feed) -> (feed == null ? new Feed(newest) : feed)).with(screen, after, missed);
        if (stopping) screen.letGo();
        wake(tenant);
        return Optional.of(screen);
    }

    /** The bound tenant's newest position, from which a screen starts that has just loaded everything. */
    public long position() {
        return events.position();
    }

    void start() {
        stopping = false;
    }

    /**
     * Lets all screens go, and those that still come: they find another node, or this one when it is back. Otherwise a program that
     * stops would wait for each open screen as for a request that is about to be answered.
     */
    void stop() {
        stopping = true;
        feeds.values().forEach(Feed::letGo);
    }

    /** Shows something once, to whoever looks now, and keeps it nowhere. */
    void show(TenantId tenant, LiveEvent event) {
        var feed = feeds.get(tenant);
        if (feed != null) feed.show(event);
    }

    /** Reads what is new for a tenant if a screen of it is open here. */
    void wake(TenantId tenant) {
        var feed = feeds.get(tenant);
        if (feed != null) Thread.startVirtualThread(() -> Tenancy.run(tenant, feed::readOn));
    }

    Set<TenantId> watched() {
        return feeds.keySet();
    }

    @Scheduled(fixedDelay = LOOK_EVERY_MILLIS)
    void look() {
        feeds.keySet().forEach(this::wake);
    }

    @Scheduled(fixedDelay = PRUNE_EVERY_MILLIS, initialDelay = PRUNE_EVERY_MILLIS)
    void prune() {
        events.prune();
    }

    /** What all screens of one tenant share: how far it has been read. */
    private final class Feed {

        private final Set<Screen> screens = ConcurrentHashMap.newKeySet();
        private long readTo;

        Feed(long readTo) {
            this.readTo = readTo;
        }

        /** A screen joins: what it missed up to here first, everything after that with the others. */
        synchronized void with(Screen screen, long after, List<LiveEvent> missed) {
            var seen = after;
            for (var event : missed) {
                if (event.position() > readTo) break; // the next reading brings it, to all
                screen.offer(event);
                seen = event.position();
            }
            while (seen < readTo) { // the feed has read on while this screen was asking
                var page = events.after(seen, PAGE);
                if (page.isEmpty()) break;
                for (var event : page) {
                    if (event.position() <= readTo) screen.offer(event);
                    seen = event.position();
                }
            }
            screens.add(screen);
        }

        synchronized boolean without(Screen screen) {
            screens.remove(screen);
            return !screens.isEmpty();
        }

        void letGo() {
            screens.forEach(Screen::letGo);
        }

        void show(LiveEvent event) {
            screens.forEach(screen -> screen.offer(event));
        }

        synchronized void readOn() {
            try {
                List<LiveEvent> page;
                do {
                    page = events.after(readTo, PAGE);
                    for (var event : page) {
                        screens.forEach(screen -> screen.offer(event));
                        readTo = event.position();
                    }
                } while (page.size() == PAGE);
            } catch (RuntimeException later) {
                log.warn("Live events could not be read; screens wait: {}", later.toString());
            }
        }
    }
}
