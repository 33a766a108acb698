package com.ventros.crm.channels.waha;

import com.ventros.crm.events.Broker;
import com.ventros.crm.events.Broker.BrokerUnavailable;
import com.ventros.crm.events.Broker.Lane;
import com.ventros.crm.events.Broker.Publication;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Sets aside deliveries that nobody can read: they go to a queue of their own, whose consumer tries once more and finds
 * them dead, so an operator sees them among the failures with their raw bytes, and repeats them when they can be read.
 */
@Component
public class UnreadableDeliveries {

    /** Where they wait. */
    public static final String QUEUE = "waha.events.parse_errors";

    private static final String CODE = "code";
    private static final String DETAIL = "detail";
    private static final Duration PUBLISH_TIMEOUT = Duration.ofSeconds(10);
    /** A header is a short text, on RabbitMQ too. */
    private static final int LONGEST_DETAIL = 500;

    private final Broker broker;

    UnreadableDeliveries(Broker broker) {
        this.broker = broker;
    }

    /** Under the delivery's own id: set aside twice, it is still one failure. */
    public void setAside(RawDelivery delivery, String code, String detail) {
        var headers = new HashMap<>(delivery.headers());
        headers.put(CODE, code);
        headers.put(DETAIL, detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL));
        var refused = broker.publish(
                List.of(new Publication(delivery.id(), QUEUE, Lane.INTERACTIVE, headers, delivery.body())), PUBLISH_TIMEOUT);
        if (!refused.isEmpty()) throw new BrokerUnavailable(refused.getFirst().reason(), null);
    }
}
