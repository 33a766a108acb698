package com.ventros.crm.conversations.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.ventros.crm.conversations.flow.SessionLifecycleWorkflow.Watched;
import com.ventros.crm.workflows.Workflows;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Half hours pass in milliseconds here: the server skips time. */
class SessionLifecycleWorkflowTests {

    private static final Duration SILENCE = Duration.ofMinutes(30);

    private TestWorkflowEnvironment environment;
    private SessionRow row;

    /** A session's row as the workflow sees it through its activity. */
    private final class SessionRow implements SessionActivities {

        private volatile Instant deadline;
        private volatile Instant endedAt;
        private volatile int failuresLeft;
        private final List<Instant> looks = new ArrayList<>();

        @Override
        public synchronized Instant endIfSilent(Watched session) {
            var now = Instant.ofEpochMilli(environment.currentTimeMillis());
            looks.add(now);
            if (failuresLeft-- > 0) throw new IllegalStateException("the database is away");
            if (endedAt != null) return null;
            if (now.isBefore(deadline)) return deadline;
            endedAt = now;
            return null;
        }
    }

    @BeforeEach
    void start() {
        environment = TestWorkflowEnvironment.newInstance();
        row = new SessionRow();
        var worker = environment.newWorker(Workflows.TASK_QUEUE);
        worker.registerWorkflowImplementationTypes(WatchForSilence.class);
        worker.registerActivitiesImplementations(row);
        environment.start();
    }

    @AfterEach
    void stop() {
        environment.close();
    }

    @Test
    void silenceEndsTheSession() {
        var begin = now();
        row.deadline = begin.plus(SILENCE);
        watch(row.deadline);
        assertThat(row.endedAt).isBetween(begin.plus(SILENCE), begin.plus(SILENCE).plusSeconds(5));
        assertThat(row.looks).hasSize(1);
    }

    @Test
    void messagesMoveTheDeadlineAndCostNoLookOfTheirOwn() {
        var begin = now();
        row.deadline = begin.plus(SILENCE);
        var watched = begin(row.deadline);
        for (int minutes : new int[] {8, 19, 27, 41, 52, 60}) {
            var moved = begin.plus(Duration.ofMinutes(minutes)).plus(SILENCE);
            environment.registerDelayedCallback(Duration.ofMinutes(minutes), () -> row.deadline = moved);
        }
        watched.getResult(Void.class);
        assertThat(row.endedAt).isBetween(begin.plus(Duration.ofMinutes(90)), begin.plus(Duration.ofMinutes(90)).plusSeconds(5));
        // after 30 minutes, and then at each deadline it was told: 27 + 30, 52 + 30, 60 + 30
        assertThat(row.looks).hasSize(4);
    }

    @Test
    void aSessionThatAPersonClosedIsLeftAlone() {
        var begin = now();
        row.deadline = begin.plus(SILENCE);
        row.endedAt = begin;
        watch(row.deadline);
        assertThat(row.endedAt).isEqualTo(begin);
    }

    @Test
    void aDeadlineThatPassedWhileNobodyWatchedIsActedOnAtOnce() {
        var begin = now();
        row.deadline = begin.minus(SILENCE);
        watch(row.deadline);
        assertThat(row.endedAt).isBetween(begin, begin.plusSeconds(5));
    }

    @Test
    void aDatabaseThatIsAwayDelaysTheEndAndDoesNotPreventIt() {
        row.deadline = now().plus(SILENCE);
        row.failuresLeft = 5;
        watch(row.deadline);
        assertThat(row.endedAt).isNotNull();
    }

    @Test
    void aCustomerWhoWritesForDaysDoesNotGrowTheHistory() {
        var begin = now();
        row.deadline = begin.plus(SILENCE);
        var watched = begin(row.deadline);
        for (int half = 1; half <= 150; half++) {
            var moved = begin.plus(SILENCE.multipliedBy(half + 1L));
            environment.registerDelayedCallback(SILENCE.multipliedBy(half).minusSeconds(1), () -> row.deadline = moved);
        }
        watched.getResult(Void.class);
        assertThat(row.endedAt).isAfter(begin.plus(SILENCE.multipliedBy(150)));
        var lastRun = environment.getWorkflowClient().fetchHistory(watched.getExecution().getWorkflowId());
        assertThat(lastRun.getEvents()).hasSizeLessThan(1_000);
    }

    @Test
    void historiesOfEarlierReleasesStillReplay() throws Exception {
        try (var kept = getClass().getResourceAsStream("/histories/session-lifecycle-v1.json")) {
            var history = new String(kept.readAllBytes(), StandardCharsets.UTF_8);
            assertThatCode(() -> WorkflowReplayer.replayWorkflowExecution(
                    WorkflowExecutionHistory.fromJson(history), WatchForSilence.class)).doesNotThrowAnyException();
        }
    }

    private Instant now() {
        return Instant.ofEpochMilli(environment.currentTimeMillis());
    }

    private void watch(Instant deadline) {
        begin(deadline).getResult(Void.class);
    }

    private io.temporal.client.WorkflowStub begin(Instant deadline) {
        var session = new Watched(UUID.randomUUID(), UUID.randomUUID(), deadline);
        var workflow = environment.getWorkflowClient().newWorkflowStub(SessionLifecycleWorkflow.class,
                WorkflowOptions.newBuilder().setTaskQueue(Workflows.TASK_QUEUE)
                        .setWorkflowId(session.workflowId()).build());
        WorkflowClient.start(workflow::watch, session);
        return io.temporal.client.WorkflowStub.fromTyped(workflow);
    }
}
