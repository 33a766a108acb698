package com.ventros.crm.conversations.flow;

import com.ventros.crm.conversations.SessionDeadlines;
import com.ventros.crm.conversations.flow.SessionLifecycleWorkflow.Watched;
import com.ventros.crm.workflows.OpenWork;
import com.ventros.crm.workflows.Workflows;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Sees to it that every session near its deadline is watched, whatever Temporal forgot: a crash of the embedded one, a
 * lost event, a workflow that hangs. PostgreSQL knows which sessions are open; a workflow is only its alarm clock.
 */
@Component
class SessionReconciler implements OpenWork {

    private static final Logger log = LoggerFactory.getLogger(SessionReconciler.class);
    private static final long LOOK_EVERY_MILLIS = 15_000;
    /** Twice the interval ahead, so that no deadline falls between two looks. */
    private static final Duration AHEAD = Duration.ofMillis(2 * LOOK_EVERY_MILLIS);
    /** A workflow that is this late makes no progress and is begun anew. */
    private static final Duration OVERDUE = Duration.ofMinutes(1);
    /** Sessions taken up at one look; the rest follows at the next. */
    private static final int AT_ONCE = 500;

    private final SessionDeadlines deadlines;
    private final Workflows workflows;
    private volatile boolean temporalAnswers;

    SessionReconciler(SessionDeadlines deadlines, Workflows workflows) {
        this.deadlines = deadlines;
        this.workflows = workflows;
    }

    @Override
    public void restore() {
        temporalAnswers = true;
        look();
    }

    @Scheduled(fixedDelay = LOOK_EVERY_MILLIS)
    void look() {
        if (!temporalAnswers) return;
        var now = Clock.systemUTC().instant();
        for (var open : deadlines.open(now.plus(AHEAD), AT_ONCE)) {
            var watched = new Watched(open.tenant().value(), open.session().value(), open.deadline());
            if (open.deadline().plus(OVERDUE).isBefore(now)) {
                log.warn("Session {} is overdue since {}; its workflow is begun anew", open.session(), open.deadline());
                workflows.restart(SessionLifecycleWorkflow.class, watched.workflowId(), w -> w.watch(watched));
            } else {
                workflows.ensure(SessionLifecycleWorkflow.class, watched.workflowId(), w -> w.watch(watched));
            }
        }
    }
}
