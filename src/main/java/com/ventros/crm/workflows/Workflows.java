package com.ventros.crm.workflows;

import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Starts workflows by their business ids, so that starting twice is starting once. */
@Component
public class Workflows {

    /** The one task queue: every node with workers does every kind of work. */
    public static final String TASK_QUEUE = "crm";

    private final WorkflowClient client;

    Workflows(WorkflowClient client) {
        this.client = client;
    }

    /**
     * Sees to it that a workflow of this id runs; does nothing when it does.
     *
     * @param begin calls the workflow method on the stub it is given
     */
    public <T> void ensure(Class<T> type, String id, Consumer<T> begin) {
        start(type, id, WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING, begin);
    }

    /** Ends the workflow of this id if it runs, and starts it anew: for one that makes no progress, or waits for too long. */
    public <T> void restart(Class<T> type, String id, Consumer<T> begin) {
        start(type, id, WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING, begin);
    }

    private <T> void start(Class<T> type, String id, WorkflowIdConflictPolicy onConflict, Consumer<T> begin) {
        var stub = client.newWorkflowStub(type, WorkflowOptions.newBuilder()
                .setWorkflowId(id)
                .setTaskQueue(TASK_QUEUE)
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .setWorkflowIdConflictPolicy(onConflict)
                .build());
        WorkflowClient.start(() -> begin.accept(stub));
    }
}
