package com.ventros.crm.events;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** How the queues are, as figures. */
@Component
class QueueMeters {

    private static final Logger log = LoggerFactory.getLogger(QueueMeters.class);
    /** Prometheus asks every 15 s or so; asking the broker more often tells nobody more. */
    private static final long LOOK_EVERY_MILLIS = 15_000;

    private final Queues queues;
    private final MultiGauge ages;
    private final MultiGauge depths;
    private final MultiGauge dead;

    QueueMeters(MeterRegistry meters, Queues queues) {
        this.queues = queues;
        this.ages = MultiGauge.builder("crm.queue.oldest.age").baseUnit("seconds")
                .description("How long the oldest delivery has waited").register(meters);
        this.depths = MultiGauge.builder("crm.queue.depth").description("Deliveries that wait or are in hand").register(meters);
        this.dead = MultiGauge.builder("crm.queue.dead.letters").description("Deliveries that were given up").register(meters);
    }

    /** Asks the broker how its queues are; keeps the figures of the last time when it does not answer. */
    @Scheduled(fixedDelay = LOOK_EVERY_MILLIS)
    void look() {
        try {
            var states = queues.describe();
            depths.register(states.stream().map(state -> Row.of(tags(state), state.depth() + state.unacked())).toList(), true);
            dead.register(states.stream().map(state -> Row.of(tags(state), state.deadLetters())).toList(), true);
            ages.register(states.stream().filter(state -> state.oldestAgeSeconds().isPresent())
                    .map(state -> Row.of(tags(state), state.oldestAgeSeconds().get())).toList(), true);
        } catch (RuntimeException away) {
            log.warn("The queues' figures stay as they were: {}", away.getMessage());
        }
    }

    private static Tags tags(Broker.QueueState state) {
        return Tags.of("queue", state.name(), "lane", state.lane().name().toLowerCase(Locale.ROOT));
    }
}
