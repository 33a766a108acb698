package com.ventros.crm.agents.flow;

import com.ventros.crm.accounts.AccountEvent.MemberDeactivated;
import com.ventros.crm.accounts.UserId;
import com.ventros.crm.agents.KeepAgents;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Envelope;
import com.ventros.crm.events.EventConsumer;
import com.ventros.crm.events.OnReplay;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Who may not sign in any more takes no sessions. What counts is how the member is now. */
@Component
class OnMemberDeactivated implements EventConsumer {

    private final KeepAgents agents;

    OnMemberDeactivated(KeepAgents agents) {
        this.agents = agents;
    }

    @Override
    public String name() {
        return "agents-of-members";
    }

    @Override
    public Set<String> patterns() {
        return Set.of("member.deactivated");
    }

    @Override
    public OnReplay onReplay() {
        return new OnReplay.Repeat();
    }

    @Override
    public void handle(List<Envelope> events) {
        events.forEach(event -> event.asCause(Actor.system(name())).run(() -> agents.leaveDeactivated(new UserId(event.dataAs(MemberDeactivated.class).userId()))));
    }
}
