package com.ventros.crm.conversations.flow;

import com.ventros.crm.conversations.SessionDeadlines;
import com.ventros.crm.conversations.SessionId;
import com.ventros.crm.conversations.flow.SessionLifecycleWorkflow.Watched;
import com.ventros.crm.events.Envelope;
import com.ventros.crm.events.EventConsumer;
import com.ventros.crm.events.OnReplay;
import com.ventros.crm.tenancy.Tenancy;
import com.ventros.crm.workflows.Workflows;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Somebody has to watch the session for silence. Whoever does sleeps until the deadline that they know of, which a later one need not
 * disturb; where it became an earlier one, another watches in their place.
 */
@Component
class OnSessionStarted implements EventConsumer {

    private static final String SHORTENED = "session.shortened";

    private final SessionDeadlines deadlines;
    private final Workflows workflows;

    OnSessionStarted(SessionDeadlines deadlines, Workflows workflows) {
        this.deadlines = deadlines;
        this.workflows = workflows;
    }

    @Override
    public String name() {
        return "session-workflow";
    }

    @Override
    public Set<String> patterns() {
        return Set.of("session.started", "session.reopened", SHORTENED);
    }

    /** Starting a workflow twice is starting it once, so no transaction is needed around it. */
    @Override
    public boolean transactional() {
        return false;
    }

    /** Watches again what is still open. */
    @Override
    public OnReplay onReplay() {
        return new OnReplay.Repeat();
    }

    @Override
    public void handle(List<Envelope> events) {
        for (var event : events) {
            var session = new SessionId(event.aggregateId());
            deadlines.deadline(session).ifPresent(deadline -> {
                var watched = new Watched(Tenancy.current().value(), session.value(), deadline);
                if (event.type().equals(SHORTENED)) {
                    workflows.restart(SessionLifecycleWorkflow.class, watched.workflowId(), workflow -> workflow.watch(watched));
                } else {
                    workflows.ensure(SessionLifecycleWorkflow.class, watched.workflowId(), workflow -> workflow.watch(watched));
                }
            });
        }
    }
}
