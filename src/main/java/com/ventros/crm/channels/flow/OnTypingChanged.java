package com.ventros.crm.channels.flow;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.ventros.crm.channels.Providers;
import com.ventros.crm.conversations.ChatId;
import com.ventros.crm.conversations.DirectChats.Place;
import com.ventros.crm.conversations.TypingChanged;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.tenancy.Tenancy;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Somebody here is writing in a chat: the customer is shown it, as long as it goes on. Whoever writes does not wait for that, and misses
 * nothing else when it fails.
 */
@Component
class OnTypingChanged {

    private static final Logger log = LoggerFactory.getLogger(OnTypingChanged.class);
    /** WhatsApp shows it some ten seconds; more often it need not hear of it. */
    private static final Duration TOLD_ANEW_AFTER = Duration.ofSeconds(4);
    /** Whoever has not said for so long that they still write does not: their screen was closed, or is out of reach. */
    static final Duration OVER_AFTER = Duration.ofSeconds(10);
    /** Some hundred bytes each. */
    private static final int MOST = 10_000;
    /** Servers that do not answer hold up no more than these. */
    private static final int AT_ONCE = 16;

    private record Key(TenantId tenant, ChatId chat) {}

    /** Whether somebody writes in a chat, and what its provider was told last by the one who is telling it. */
    private static final class Line {
        final Place place;
        final AtomicBoolean telling = new AtomicBoolean();
        volatile boolean typing;
        volatile boolean told;
        /** At first nothing is known: another node may have told something. */
        volatile Instant toldAt = Instant.EPOCH;

        Line(Place place) {
            this.place = place;
        }

        boolean isNews() {
            return toldAt.equals(Instant.EPOCH) || told != typing;
        }

        boolean goesOn(Instant now) {
            return typing && toldAt.plus(TOLD_ANEW_AFTER).isBefore(now);
        }
    }

    private final Providers providers;
    private final MeterRegistry meters;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final Cache<Key, Line> lines = Caffeine.newBuilder().expireAfterWrite(OVER_AFTER).maximumSize(MOST)
            .scheduler(Scheduler.systemScheduler()).executor(Runnable::run).evictionListener(this::gone).build();

    OnTypingChanged(Providers providers, MeterRegistry meters) {
        this.providers = providers;
        this.meters = meters;
    }

    @EventListener
    void on(TypingChanged changed) {
        if (changed.address().isEmpty()) return;
        var key = new Key(changed.tenant(), changed.chat());
        var line = lines.get(key, _ -> new Line(new Place(changed.channel(), changed.address().get())));
        line.typing = changed.typing();
        lines.put(key, line); // it lasts on from now
        if (line.isNews() || line.goesOn(Instant.now())) tell(key, line);
    }

    private void gone(Key key, Line line, RemovalCause why) {
        if (!line.told) return;
        line.typing = false;
        tell(key, line);
    }

    /** One at a time for a chat, so that a server that does not answer holds up no other chat. */
    private void tell(Key key, Line line) {
        if (!line.telling.compareAndSet(false, true)) return; // whoever is at it looks again
        if (!free.tryAcquire()) {
            line.telling.set(false);
            meters.counter("crm.waha.manners", "what", "typing", "outcome", "skipped").increment();
            return;
        }
        Thread.ofVirtual().name("typing").start(() -> {
            try {
                Tenancy.run(key.tenant(), () -> tellWhatIsNew(line));
            } catch (RuntimeException away) {
                log.debug("That somebody writes in chat {} cannot be shown: {}", key.chat(), away.toString());
            } finally {
                free.release();
                line.telling.set(false);
            }
            if (line.isNews()) tell(key, line);
        });
    }

    private void tellWhatIsNew(Line line) {
        do {
            var typing = line.typing;
            line.told = typing;
            line.toldAt = Instant.now();
            providers.of(line.place.channel()).ifPresent(provider -> provider.typing(line.place, typing));
        } while (line.isNews());
    }
}
