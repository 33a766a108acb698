package com.ventros.crm.events;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The relay on the RabbitMQ that CRM_TEST_RABBITMQ_URL names: the same must hold. Its program ends with it, or else it would
 * bury what the broker gives up in later tests.
 */
@DirtiesContext
@Isolated
class RabbitRelayTests extends RelayTests {

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
}
