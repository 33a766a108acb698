package com.ventros.crm.webhooks.flow;

import com.ventros.crm.events.Envelope;
import com.ventros.crm.events.EventConsumer;
import com.ventros.crm.events.OnReplay;
import com.ventros.crm.webhooks.Deliveries;
import com.ventros.crm.webhooks.PublicEvents;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What is told to the outside becomes a delivery to each endpoint that wants it. */
@Component
class OnPublishedEvent implements EventConsumer {

    private final Deliveries deliveries;

    OnPublishedEvent(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    @Override
    public String name() {
        return "webhooks";
    }

    @Override
    public Set<String> patterns() {
        return PublicEvents.domainTypes();
    }

    @Override
    public OnReplay onReplay() {
        return new OnReplay.Refuse("customers' programs would take what is past for news.");
    }

    @Override
    public void handle(List<Envelope> events) {
        deliveries.add(events);
    }
}
