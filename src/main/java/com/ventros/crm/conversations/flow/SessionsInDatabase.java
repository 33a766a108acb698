package com.ventros.crm.conversations.flow;

import com.ventros.crm.conversations.SessionDeadlines;
import com.ventros.crm.conversations.SessionId;
import com.ventros.crm.conversations.flow.SessionLifecycleWorkflow.Watched;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.tenancy.Tenancy;
import com.ventros.crm.workflows.Workflows;
import io.temporal.spring.boot.ActivityImpl;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Binds the tenant and asks the session's own rules; may run twice. */
@Component
@ActivityImpl(taskQueues = Workflows.TASK_QUEUE)
class SessionsInDatabase implements SessionActivities {

    private final SessionDeadlines deadlines;

    SessionsInDatabase(SessionDeadlines deadlines) {
        this.deadlines = deadlines;
    }

    @Override
    public Instant endIfSilent(Watched session) {
        var cause = Cause.outside(Cause.Outside.Kind.WORKFLOW, session.workflowId(),
                new Actor(Actor.Kind.WORKFLOW, session.workflowId()));
        return cause.call(() -> Tenancy.call(new TenantId(session.tenant()), () ->
                deadlines.endIfSilent(new SessionId(session.session()), Clock.systemUTC().instant()).orElse(null)));
    }
}
