package com.ventros.crm.events;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The RabbitMQ that CRM_TEST_RABBITMQ_URL names. */
final class TestRabbit {

    static final String URL = System.getenv("CRM_TEST_RABBITMQ_URL");

    private TestRabbit() {}

    /** Tests that need it are left out without one, and fail where services are required. */
    static void isNeeded() {
        if (URL == null && "true".equals(System.getenv("CRM_TEST_REQUIRE_SERVICES"))) {
            fail("CRM_TEST_RABBITMQ_URL names no RabbitMQ");
        }
        assumeTrue(URL != null, "CRM_TEST_RABBITMQ_URL names no RabbitMQ");
    }
}
