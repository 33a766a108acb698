package com.ventros.crm.channels.flow;

import com.ventros.crm.channels.waha.ChannelProbe;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.events.Envelope;
import com.ventros.crm.events.EventConsumer;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** A channel was set up or its server changed: look how its session is. */
@Component
final class OnChannelConfigured implements EventConsumer {

    private final ChannelProbe probe;

    OnChannelConfigured(ChannelProbe probe) {
        this.probe = probe;
    }

    @Override
    public String name() {
        return "channel-probe";
    }

    @Override
    public Set<String> patterns() {
        return Set.of("channel.created", "channel.updated");
    }

    @Override
    public void handle(List<Envelope> events) {
        events.stream().map(Envelope::aggregateId).distinct().forEach(channel -> probe.look(new ChannelId(channel)));
    }

    /** A call to WAHA takes up to half a minute; no transaction waits for it. */
    @Override
    public boolean transactional() {
        return false;
    }
}
