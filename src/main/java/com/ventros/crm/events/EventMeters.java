package com.ventros.crm.events;

import com.ventros.crm.kernel.Uuids;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Figures of the engine, taken where events pass: no queue of its own, so a figure costs no delivery. Their tags are the
 * names of events and consumers, which are few; never a tenant.
 */
@Component
class EventMeters {

    /** From what nobody notices to what somebody is woken for; the retry ladder's 1, 2 and 4 s lie in between. */
    private static final Duration[] BUCKETS = {Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofMillis(25),
            Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofMillis(500),
            Duration.ofSeconds(1), Duration.ofMillis(2_500), Duration.ofSeconds(5), Duration.ofSeconds(10),
            Duration.ofSeconds(60)};

    private final MeterRegistry meters;
    private final Map<String, Counter> raised = new ConcurrentHashMap<>();
    private final Map<String, Timer> latencies = new ConcurrentHashMap<>();

    EventMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    /** An event was committed. */
    void raised(String type) {
        raised.computeIfAbsent(type, name -> Counter.builder("crm.events.raised").tag("type", name)
                .description("Events committed").register(meters)).increment();
    }

    /** A consumer is done with an event: how long after it was raised. */
    void consumed(String consumer, Envelope event) {
        latencies.computeIfAbsent(consumer, name -> Timer.builder("crm.events.latency").tag("consumer", name)
                .description("From raising an event to the commit of its effect, interactive lane")
                .serviceLevelObjectives(BUCKETS).register(meters))
                .record(Duration.between(Uuids.bornAt(event.id()), Instant.now()));
    }
}
