package com.ventros.crm.channels.flow;

import com.ventros.crm.channels.ChannelConnections;
import com.ventros.crm.channels.ChannelConnections.Underway;
import com.ventros.crm.channels.Providers;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.Roles;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Asks after channels that start or wait for their phone: the report that they got further may be lost, and no other one
 * would follow it. On however many nodes a look is one small request.
 */
@Component
class LookAfterUnderway {

    private static final Logger log = LoggerFactory.getLogger(LookAfterUnderway.class);
    private static final long LOOK_EVERY_MILLIS = 15_000;
    /** By then a report that comes has come. */
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    /** A session that nobody pairs stays so for weeks. */
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    /** A server that does not answer takes half a minute; the others do not wait for all such. */
    private static final int AT_ONCE = 8;

    /** When a channel is asked after, and how long it is left alone then. */
    private record Next(Instant at, Duration pause) {}

    private final ChannelConnections channels;
    private final Providers providers;
    private final Roles roles;
    private final Map<ChannelId, Next> next = new ConcurrentHashMap<>();
    private final Semaphore free = new Semaphore(AT_ONCE);

    LookAfterUnderway(ChannelConnections channels, Providers providers, Roles roles) {
        this.channels = channels;
        this.providers = providers;
        this.roles = roles;
    }

    @Scheduled(fixedDelay = LOOK_EVERY_MILLIS)
    void look() {
        if (!roles.worker()) return;
        try {
            runOnce(Clock.systemUTC().instant());
        } catch (RuntimeException away) {
            log.warn("The channels cannot be read now: {}", away.toString());
        }
    }

    void runOnce(Instant now) {
        var underway = channels.underway();
        next.keySet().retainAll(underway.stream().map(Underway::channel).collect(Collectors.toSet()));
        for (var one : underway) {
            var due = next.computeIfAbsent(one.channel(), _ -> new Next(now.plus(FIRST_PAUSE), FIRST_PAUSE));
            if (due.at().isAfter(now) || !free.tryAcquire()) continue;
            var doubled = due.pause().multipliedBy(2);
            var pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
            next.put(one.channel(), new Next(now.plus(pause), pause));
            Thread.ofVirtual().name("channel-look").start(() -> look(one));
        }
    }

    private void look(Underway one) {
        try {
            Tenancy.run(one.tenant(), () -> Cause.outside(Actor.system("channel-look")).run(() ->
                    providers.of(one.channel()).ifPresent(provider -> provider.look(one.channel()))));
        } catch (RuntimeException away) {
            log.warn("How channel {} is cannot be found out now: {}", one.channel(), away.toString());
        } finally {
            free.release();
        }
    }
}
