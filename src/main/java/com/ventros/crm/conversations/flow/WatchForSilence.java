package com.ventros.crm.conversations.flow;

import com.ventros.crm.workflows.Workflows;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.spring.boot.WorkflowImpl;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;

/** Sleeps until the deadline, looks, and sleeps on or is done. */
@WorkflowImpl(taskQueues = Workflows.TASK_QUEUE)
public class WatchForSilence implements SessionLifecycleWorkflow {

    /** A customer who writes for hours moves the deadline again and again; a run's history stays short all the same. */
    private static final int LOOKS_PER_RUN = 100;
    /** The look is one indexed statement; slower means that the database is in trouble, and another try is due. */
    private static final Duration LOOK_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE_BETWEEN_TRIES = Duration.ofMinutes(1);

    private final SessionActivities sessions = Workflow.newActivityStub(SessionActivities.class,
            ActivityOptions.newBuilder()
                    .setStartToCloseTimeout(LOOK_TIMEOUT)
                    .setRetryOptions(RetryOptions.newBuilder().setMaximumInterval(LONGEST_PAUSE_BETWEEN_TRIES).build())
                    .build());

    @Override
    public void watch(Watched session) {
        var deadline = session.deadline();
        for (int looks = 0; looks < LOOKS_PER_RUN; looks++) {
            sleepUntil(deadline);
            var next = sessions.endIfSilent(new Watched(session.tenant(), session.session(), deadline));
            if (next == null) return;
            deadline = next;
        }
        Workflow.continueAsNew(new Watched(session.tenant(), session.session(), deadline));
    }

    /** A wait that nothing cancels: a timer that is cancelled as it fires can hang the embedded Temporal. */
    private static void sleepUntil(Instant deadline) {
        var wait = Duration.between(Instant.ofEpochMilli(Workflow.currentTimeMillis()), deadline);
        if (wait.isPositive()) Workflow.sleep(wait);
    }
}
