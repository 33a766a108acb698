package com.ventros.crm.conversations.flow;

import com.ventros.crm.conversations.flow.SessionLifecycleWorkflow.Watched;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Instant;

/** What the watching workflow asks of the database. */
@ActivityInterface
public interface SessionActivities {

    /** Ends the session if its silence is long enough; else the deadline to wait for, or null when it is over. */
    @ActivityMethod
    Instant endIfSilent(Watched session);
}
