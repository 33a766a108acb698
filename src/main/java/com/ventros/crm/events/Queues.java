package com.ventros.crm.events;

import java.util.List;
import org.springframework.stereotype.Component;

/** How the queues are, for whoever looks after them. */
@Component
public class Queues {

    private final Broker broker;

    Queues(Broker broker) {
        this.broker = broker;
    }

    /** One line for each queue and lane; {@link Broker.BrokerUnavailable} when nobody can tell. */
    public List<Broker.QueueState> describe() {
        return broker.describe();
    }
}
