package com.ventros.bench.peers;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.modulith.events.EventExternalizationConfiguration;
import org.springframework.modulith.events.support.EventExternalizerModuleListener;
import org.springframework.scheduling.annotation.EnableAsync;

/**
 * Spring Modulith's event publication registry (JDBC) with externalisation to RabbitMQ.
 *
 * <p>Its own AMQP module is not in Maven Central for the version at hand; this is its listener with its transport that
 * waits for confirms. The module itself waits for none in this mode, which would not be the same durability.
 */
public final class Modulith extends SpringContestant {

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    static class Registry {

        @Bean
        EventExternalizationConfiguration externalization() {
            return EventExternalizationConfiguration.externalizing().select(Event.class::isInstance).build();
        }

        @Bean
        EventExternalizerModuleListener toRabbit(EventExternalizationConfiguration configuration, ConfirmingPublisher publisher, Gate gate) {
            return new EventExternalizerModuleListener(configuration, (event, _) -> {
                gate.pass();
                // Not handing on the future: its completion, with a commit each, would all be done by the connection's one thread.
                publisher.send(event);
                return CompletableFuture.completedFuture(null);
            });
        }
    }

    public Modulith() {
        super(Registry.class, Map.of(
                "spring.modulith.events.jdbc.schema-initialization.enabled", "true",
                "spring.modulith.events.completion-mode", "delete",
                "spring.task.execution.pool.core-size", "24",
                "namastack.outbox.enabled", "false"));
    }

    @Override
    void append(Event event) {
        program.publishEvent(event);
    }
}
