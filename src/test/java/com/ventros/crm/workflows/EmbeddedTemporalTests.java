package com.ventros.crm.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.DatabaseTest;
import com.ventros.crm.embedded.EmbeddedTemporal;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.spring.boot.WorkflowImpl;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Import;

@DatabaseTest
@Import(EmbeddedTemporalTests.Waiting.class)
class EmbeddedTemporalTests {

    @WorkflowInterface
    public interface Echo {
        @WorkflowMethod
        String echo(String words);
    }

    @WorkflowImpl(taskQueues = Workflows.TASK_QUEUE)
    public static class EchoWorkflow implements Echo {
        @Override
        public String echo(String words) {
            Workflow.sleep(Duration.ofMillis(10));
            return words;
        }
    }

    @TestConfiguration
    static class Waiting {
        static final AtomicInteger RESTORED = new AtomicInteger();

        @Bean
        OpenWork countedWork() {
            return RESTORED::incrementAndGet;
        }
    }

    @Autowired
    WorkflowClient client;

    @Autowired
    EmbeddedTemporal temporal;

    @Test
    void aWorkflowRunsOnTheWallClock() {
        assertThat(echo("oi")).isEqualTo("oi");
    }

    @Test
    void finishedRunsAreCounted() {
        var before = temporal.finishedRuns();
        echo("um");
        echo("dois");
        assertThat(temporal.finishedRuns()).isGreaterThanOrEqualTo(before + 2);
    }

    @Test
    void afterRecyclingItForgetsServesOnAndOpenWorkIsPutBackIn() {
        echo("antes");
        Awaitility.await().until(() -> Waiting.RESTORED.get() > 0);
        var restored = Waiting.RESTORED.get();
        temporal.recycle();
        assertThat(temporal.finishedRuns()).isZero();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> Waiting.RESTORED.get() > restored);
        assertThat(echo("depois")).isEqualTo("depois");
    }

    private String echo(String words) {
        return client.newWorkflowStub(Echo.class, WorkflowOptions.newBuilder()
                .setTaskQueue(Workflows.TASK_QUEUE).setWorkflowId("echo-" + UUID.randomUUID()).build()).echo(words);
    }
}
