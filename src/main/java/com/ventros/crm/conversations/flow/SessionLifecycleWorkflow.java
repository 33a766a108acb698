package com.ventros.crm.conversations.flow;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Instant;
import java.util.UUID;

/**
 * Watches one open session until silence has ended it. The deadline lives in the session's row and moves with each
 * message; the workflow sleeps until the one it knows, looks again, and sleeps on if it moved: its cost is per
 * session, not per message.
 */
@WorkflowInterface
public interface SessionLifecycleWorkflow {

    /** Returns when the session is over, whoever ended it. */
    @WorkflowMethod
    void watch(Watched session);

    /** A session to watch, and the deadline known so far. */
    record Watched(UUID tenant, UUID session, Instant deadline) {

        /** The business id under which exactly one workflow watches this session. */
        public String workflowId() {
            return "session-" + session;
        }
    }
}
