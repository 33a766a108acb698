package com.ventros.crm.channels.flow;

import com.ventros.crm.channels.Providers;
import com.ventros.crm.channels.ReadMarks;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Envelope;
import com.ventros.crm.events.EventConsumer;
import com.ventros.crm.events.OnReplay;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * A channel is connected, for the first time or again: what was done on its phone before, nobody has told, and what waits for it can be
 * shown. What does not work now is tried again on the ladder of delays, and is a failure then, which somebody may repeat.
 */
@Component
final class OnChannelConnected implements EventConsumer {

    private final Providers providers;
    private final ReadMarks marks;

    OnChannelConnected(Providers providers, ReadMarks marks) {
        this.marks = marks;
        this.providers = providers;
    }

    @Override
    public String name() {
        return "channel-catch-up";
    }

    @Override
    public Set<String> patterns() {
        return Set.of("channel.connected");
    }

    /** Asks once more. */
    @Override
    public OnReplay onReplay() {
        return new OnReplay.Repeat();
    }

    @Override
    public void handle(List<Envelope> events) {
        var latest = new LinkedHashMap<UUID, Envelope>();
        events.forEach(event -> latest.put(event.aggregateId(), event));
        latest.forEach((id, event) -> event.asCause(Actor.system(name())).run(() -> {
            var channel = new ChannelId(id);
            marks.wake(channel);
            providers.of(channel).ifPresent(provider -> provider.catchUp(channel));
        }));
    }

    /** A call to WAHA takes up to half a minute; no transaction waits for it. */
    @Override
    public boolean transactional() {
        return false;
    }
}
