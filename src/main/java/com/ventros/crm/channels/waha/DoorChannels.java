package com.ventros.crm.channels.waha;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.ventros.crm.channels.ChannelChanged;
import com.ventros.crm.channels.ChannelConnections;
import com.ventros.crm.channels.ChannelConnections.Door;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/** Finds the channel behind a webhook address, from memory for a few seconds. */
@Component
class DoorChannels {

    /** What makes a key; anything else needs no look into the database. */
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{43,64}");
    /** A change made on another node is known here after that long at the latest. */
    private static final Duration KEPT = Duration.ofSeconds(10);
    /** Some hundred bytes each. */
    private static final int MOST = 10_000;

    private final ChannelConnections connections;
    private final Cache<String, Door> known =
            Caffeine.newBuilder().expireAfterWrite(KEPT).maximumSize(MOST).build();

    DoorChannels(ChannelConnections connections) {
        this.connections = connections;
    }

    Optional<Door> find(String key) {
        if (!KEY.matcher(key).matches()) return Optional.empty();
        // Unknown keys are not remembered: trying many of them must not push out the real ones.
        return Optional.ofNullable(known.get(key, unknown -> connections.door(unknown).orElse(null)));
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void forget(ChannelChanged changed) {
        known.asMap().values().removeIf(door -> door.channel().equals(changed.channel()));
    }
}
