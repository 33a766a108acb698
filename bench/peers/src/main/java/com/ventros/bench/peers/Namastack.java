package com.ventros.bench.peers;

import io.namastack.outbox.Outbox;
import io.namastack.outbox.annotation.OutboxHandler;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Namastack Outbox (JDBC) with a handler that publishes to RabbitMQ and waits for the confirm, as its own RabbitMQ module
 * does; the settings are those of its performance guide, the profile with the lowest latency.
 */
public final class Namastack extends SpringContestant {

    static final class Handler {
        private final ConfirmingPublisher publisher;
        private final Gate gate;

        Handler(ConfirmingPublisher publisher, Gate gate) {
            this.publisher = publisher;
            this.gate = gate;
        }

        @OutboxHandler
        public void handle(Event event) {
            gate.pass();
            publisher.send(event);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Outboxes {
        @Bean
        Handler handler(ConfirmingPublisher publisher, Gate gate) {
            return new Handler(publisher, gate);
        }
    }

    private final Outbox outbox;

    public Namastack() {
        super(Outboxes.class, Map.of(
                "spring.threads.virtual.enabled", "true",
                "namastack.outbox.polling.trigger", "fixed",
                "namastack.outbox.polling.batch-size", "800",
                "namastack.outbox.polling.fixed.interval", "25ms",
                "namastack.outbox.processing.delete-completed-records", "false",
                "namastack.outbox.processing.stop-on-first-failure", "true",
                "namastack.outbox.processing.executor-concurrency-limit", "30",
                "namastack.outbox.multicaster.enabled", "false",
                "spring.modulith.events.externalization.enabled", "false",
                "spring.modulith.events.jdbc.schema-initialization.enabled", "true"));
        outbox = program.getBean(Outbox.class);
    }

    @Override
    void append(Event event) {
        outbox.schedule(event, event.key());
    }
}
