package com.ventros.crm.channels.flow;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.ventros.crm.channels.Providers;
import com.ventros.crm.conversations.ChatOpened;
import com.ventros.crm.conversations.DirectChats;
import com.ventros.crm.tenancy.Tenancy;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Somebody has a conversation before their eyes: its provider is asked to tell whether the customer is typing. Whoever reads does not
 * wait for it, and misses nothing else when it fails.
 */
@Component
class OnChatOpened {

    private static final Logger log = LoggerFactory.getLogger(OnChatOpened.class);
    /** A subscription lasts while its session does; this often is soon enough after that began anew. */
    private static final Duration ASKED_ANEW_AFTER = Duration.ofMinutes(5);
    /** Some hundred bytes each. */
    private static final int MOST = 10_000;
    /** Servers that do not answer hold up no more than these. */
    private static final int AT_ONCE = 16;

    private final DirectChats chats;
    private final Providers providers;
    private final MeterRegistry meters;
    private final Cache<ChatOpened, Boolean> asked = Caffeine.newBuilder().expireAfterWrite(ASKED_ANEW_AFTER).maximumSize(MOST).build();
    private final Semaphore free = new Semaphore(AT_ONCE);

    OnChatOpened(DirectChats chats, Providers providers, MeterRegistry meters) {
        this.chats = chats;
        this.providers = providers;
        this.meters = meters;
    }

    @EventListener
    void on(ChatOpened opened) {
        if (asked.asMap().putIfAbsent(opened, true) != null) return;
        if (!free.tryAcquire()) {
            asked.invalidate(opened);
            meters.counter("crm.waha.manners", "what", "watch", "outcome", "skipped").increment();
            return;
        }
        Thread.ofVirtual().name("presence-subscription").start(() -> {
            try {
                Tenancy.run(opened.tenant(), () -> chats.place(opened.chat()).ifPresent(place ->
                        providers.of(place.channel()).ifPresent(provider -> provider.watch(place))));
            } catch (RuntimeException away) {
                log.debug("Whether somebody types in chat {} cannot be asked for: {}", opened.chat(), away.toString());
            } finally {
                free.release();
            }
        });
    }
}
