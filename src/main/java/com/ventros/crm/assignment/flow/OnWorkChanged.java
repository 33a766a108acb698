package com.ventros.crm.assignment.flow;

import com.ventros.crm.assignment.AssignSessions;
import com.ventros.crm.conversations.SessionId;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.Envelope;
import com.ventros.crm.events.EventConsumer;
import com.ventros.crm.events.OnReplay;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** A session waits for somebody, or somebody may have room: another round. */
@Component
class OnWorkChanged implements EventConsumer {

    /** After these somebody may have a session who is gone, and without a rule no round finds it. */
    private static final Set<String> LEAVES_SESSIONS = Set.of("agent.archived", "agent.left", "session.reopened");

    private final AssignSessions assign;

    OnWorkChanged(AssignSessions assign) {
        this.assign = assign;
    }

    @Override
    public String name() {
        return "assignment";
    }

    @Override
    public Set<String> patterns() {
        return Set.of("session.started", "session.reopened", "session.ended", "session.unassigned", "session.transferred",
                "session.agent_assigned", "agent.#", "team.#", "business_hours.#", "assignment_rule.#");
    }

    /** A round looks at what is, whatever led to it. */
    @Override
    public OnReplay onReplay() {
        return new OnReplay.Repeat();
    }

    @Override
    public void handle(List<Envelope> events) {
        if (events.stream().noneMatch(OnWorkChanged::matters)) return;
        Map<SessionId, Cause> own = new HashMap<>();
        var actor = Actor.system(name());
        for (var event : events) {
            if (event.aggregateType().equals("session")) own.put(new SessionId(event.aggregateId()), event.asCause(actor));
        }
        var otherwise = events.getLast().asCause(actor);
        Function<SessionId, Cause> cause = session -> own.getOrDefault(session, otherwise);
        if (events.stream().map(Envelope::type).anyMatch(LEAVES_SESSIONS::contains)) assign.takeBack(cause);
        assign.run(Clock.systemUTC().instant(), cause);
    }

    /** What somebody is given makes room only where somebody had it. */
    private static boolean matters(Envelope event) {
        return !event.type().equals("session.agent_assigned") || event.data().path("previousAgentId").isString();
    }
}
