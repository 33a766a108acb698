package com.ventros.crm.events;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** The broker's part of the health page. A broker that is away delays events and loses none: the outbox keeps them. */
@Component("brokerHealthIndicator")
final class BrokerHealth implements HealthIndicator {

    private final Broker broker;

    BrokerHealth(Broker broker) {
        this.broker = broker;
    }

    @Override
    public Health health() {
        var status = broker.status();
        return (status.up() ? Health.up() : Health.down())
                .withDetail("kind", status.kind()).withDetail("detail", status.detail()).build();
    }
}
