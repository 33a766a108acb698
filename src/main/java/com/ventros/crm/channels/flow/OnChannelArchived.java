package com.ventros.crm.channels.flow;

import com.ventros.crm.channels.waha.WahaPairing;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.events.Envelope;
import com.ventros.crm.events.EventConsumer;
import com.ventros.crm.events.OnReplay;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** A channel was given up: its session is stopped, so that WAHA no longer delivers to a door that is shut. */
@Component
final class OnChannelArchived implements EventConsumer {

    private final WahaPairing pairing;

    OnChannelArchived(WahaPairing pairing) {
        this.pairing = pairing;
    }

    @Override
    public String name() {
        return "channel-stop";
    }

    @Override
    public Set<String> patterns() {
        return Set.of("channel.archived");
    }

    /** Looks whether it is still given up. */
    @Override
    public OnReplay onReplay() {
        return new OnReplay.Repeat();
    }

    @Override
    public void handle(List<Envelope> events) {
        events.forEach(event -> pairing.stopArchived(new ChannelId(event.aggregateId())));
    }

    /** A call to WAHA takes up to half a minute; no transaction waits for it. */
    @Override
    public boolean transactional() {
        return false;
    }
}
