package com.ventros.crm.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The lab in short: a few hundred deliveries and three faults. {@code lab/run} runs it at length. */
@Execution(ExecutionMode.CONCURRENT)
class ConsistencyLabTests {

    private static final int DELIVERIES = 400;
    private static final int FAULTS = 3;

    @Test
    void nothingIsLostNorDoubledWithThePartsThatComeAlong() throws Exception {
        run(3, false, true);
    }

    @Test
    void norWithRabbitMqAndPostgres() throws Exception {
        assumeServers();
        run(2, true, false);
    }

    /** The lab starts servers of its own, since it kills them; where tests have servers, theirs can be started too. */
    private static void assumeServers() {
        var rabbit = System.getenv("CRM_TEST_RABBITMQ_URL");
        assertThat(rabbit != null || !"true".equals(System.getenv("CRM_TEST_REQUIRE_SERVICES")))
                .as("CRM_TEST_RABBITMQ_URL names a RabbitMQ").isTrue();
        assumeTrue(rabbit != null, "CRM_TEST_RABBITMQ_URL names no RabbitMQ");
    }

    private static void run(long seed, boolean rabbit, boolean embedded) throws Exception {
        var folder = Path.of("target", "lab", "test-" + seed + "-" + ProcessHandle.current().pid()).toAbsolutePath();
        var result = new LabRun(new LabRun.Plan(seed, rabbit, embedded, DELIVERIES, FAULTS, Duration.ZERO, Optional.empty(), folder),
                line -> System.out.println("seed " + seed + " " + line)).run();
        assertThat(result.findings().complaints()).as("data and logs are in " + folder).isEmpty();
    }
}
