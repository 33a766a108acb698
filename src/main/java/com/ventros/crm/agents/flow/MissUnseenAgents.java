package com.ventros.crm.agents.flow;

import com.ventros.crm.agents.KeepAgents;
import com.ventros.crm.agents.UnseenAgents;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Clock;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Whose screen went dark is offline, so that no customer waits for them. Any number of nodes may look. */
@Component
class MissUnseenAgents {

    /** A tenth of the time after which somebody is missed. */
    private static final long LOOK_EVERY_MILLIS = 30_000;
    /** Agents taken up at one look; the rest follows at the next. */
    private static final int AT_ONCE = 500;

    private final UnseenAgents unseen;
    private final KeepAgents agents;

    MissUnseenAgents(UnseenAgents unseen, KeepAgents agents) {
        this.unseen = unseen;
        this.agents = agents;
    }

    @Scheduled(fixedDelay = LOOK_EVERY_MILLIS)
    void runOnce() {
        var now = Clock.systemUTC().instant();
        for (var one : unseen.since(now.minus(KeepAgents.UNSEEN), AT_ONCE)) {
            Cause.outside(Actor.system("agent-presence")).run(() ->
                    Tenancy.run(one.tenant(), () -> agents.miss(one.agent(), now)));
        }
    }
}
