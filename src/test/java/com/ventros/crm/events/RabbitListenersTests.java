package com.ventros.crm.events;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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

    private static final String URL = System.getenv("CRM_TEST_RABBITMQ_URL");

    @BeforeAll
    static void needsRabbit() {
        if (URL == null && "true".equals(System.getenv("CRM_TEST_REQUIRE_SERVICES"))) {
            fail("CRM_TEST_RABBITMQ_URL names no RabbitMQ");
        }
        assumeTrue(URL != null, "CRM_TEST_RABBITMQ_URL names no RabbitMQ");
    }

    @DynamicPropertySource
    static void onRabbit(DynamicPropertyRegistry properties) {
        properties.add("spring.rabbitmq.addresses", () -> URL);
    }

    @Override
    void declareElsewhere(String... whats) {
        var consumer = consumer(whats);
        listeners().declare(consumer);
        var elsewhere = RabbitBrokerTests.connectTo(URL, _ -> {});
        elsewhere.declare(List.of(Topology.Queue.of(consumer)));
        elsewhere.stop();
    }
}
