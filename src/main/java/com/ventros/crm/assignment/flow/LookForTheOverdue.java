package com.ventros.crm.assignment.flow;

import com.ventros.crm.assignment.AssignSessions;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Time passes without an event: hours begin, a customer waits too long. Any number of nodes may look. */
@Component
class LookForTheOverdue {

    private static final Logger log = LoggerFactory.getLogger(LookForTheOverdue.class);
    /** A small part of the minute in which people count such waits. */
    private static final long LOOK_EVERY_MILLIS = 15_000;

    private final AssignSessions assign;

    LookForTheOverdue(AssignSessions assign) {
        this.assign = assign;
    }

    @Scheduled(fixedDelay = LOOK_EVERY_MILLIS)
    void runOnce() {
        for (var tenant : assign.tenants()) {
            var cause = Cause.outside(Actor.system("assignment"));
            try {
                Tenancy.run(tenant, () -> assign.run(Clock.systemUTC().instant(), _ -> cause));
            } catch (RuntimeException failed) {
                log.warn("The sessions of tenant {} could not be given to agents; the next look tries again", tenant, failed);
            }
        }
    }
}
