package com.ventros.crm.events;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The same on the RabbitMQ that CRM_TEST_RABBITMQ_URL names, which keeps what it was told until it is told otherwise. */
@DirtiesContext
@Isolated
class RabbitListenersTests extends ListenersTests {

    @BeforeAll
    static void needsRabbit() {
        TestRabbit.isNeeded();
    }

    @DynamicPropertySource
    static void onRabbit(DynamicPropertyRegistry properties) {
        properties.add("spring.rabbitmq.addresses", () -> TestRabbit.URL);
    }

    @Override
    void declareElsewhere(String... whats) {
        var consumer = consumer(whats);
        listeners().declare(consumer);
        var elsewhere = RabbitBrokerTests.connectTo(TestRabbit.URL, _ -> {});
        elsewhere.declare(List.of(Topology.Queue.of(consumer)));
        elsewhere.stop();
    }
}
