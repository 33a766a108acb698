package com.ventros.crm.channels.waha;

import com.ventros.crm.events.Broker;
import com.ventros.crm.events.Broker.BrokerUnavailable;
import com.ventros.crm.events.Broker.Delivery;
import com.ventros.crm.events.Broker.Lane;
import com.ventros.crm.events.Broker.Publication;
import com.ventros.crm.events.Broker.Verdict;
import com.ventros.crm.events.Roles;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Sets aside deliveries that nobody can read: they go to a queue of their own, whose every message is dead on arrival,
 * so an operator finds them among the failures with their raw bytes, and they are kept as long as all dead letters.
 */
@Component
public class UnreadableDeliveries implements SmartLifecycle {

    static final String QUEUE = "waha.events.parse_errors";

    private static final String CODE = "code";
    private static final String DETAIL = "detail";
    private static final Duration PUBLISH_TIMEOUT = Duration.ofSeconds(10);
    private static final int BATCH = 50;
    /** A header is a short text, on RabbitMQ too. */
    private static final int LONGEST_DETAIL = 500;

    private final Broker broker;
    private final Roles roles;
    private Optional<Broker.Subscription> subscription = Optional.empty();

    UnreadableDeliveries(Broker broker, Roles roles) {
        this.broker = broker;
        this.roles = roles;
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

    private static List<Verdict> giveUp(List<Delivery> deliveries) {
        return deliveries.stream()
                .<Verdict>map(one -> new Verdict.Dead(one.headers().get(CODE), one.headers().get(DETAIL)))
                .toList();
    }

    @Override
    public void start() {
        if (roles.worker()) {
            subscription = Optional.of(broker.subscribe(QUEUE, BATCH, 1, UnreadableDeliveries::giveUp));
        }
    }

    @Override
    public void stop() {
        subscription.ifPresent(Broker.Subscription::close);
        subscription = Optional.empty();
    }

    @Override
    public boolean isRunning() {
        return subscription.isPresent();
    }
}
