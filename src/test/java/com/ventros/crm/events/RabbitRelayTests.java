package com.ventros.crm.events;

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

    @BeforeAll
    static void needsRabbit() {
        TestRabbit.isNeeded();
    }

    @DynamicPropertySource
    static void onRabbit(DynamicPropertyRegistry properties) {
        properties.add("spring.rabbitmq.addresses", () -> TestRabbit.URL);
    }
}
