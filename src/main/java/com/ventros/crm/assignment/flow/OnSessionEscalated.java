package com.ventros.crm.assignment.flow;

import com.ventros.crm.accounts.AccountView;
import com.ventros.crm.agents.AgentView;
import com.ventros.crm.agents.AgentsAtWork;
import com.ventros.crm.agents.TeamId;
import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.contacts.TellOfEscalation;
import com.ventros.crm.conversations.SessionEvent.SessionEscalated;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Envelope;
import com.ventros.crm.events.EventConsumer;
import com.ventros.crm.events.OnReplay;
import com.ventros.crm.http.Permission;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** A session was escalated to a team: where nobody of it is there, those who supervise are told that it waits. */
@Component
final class OnSessionEscalated implements EventConsumer {

    /** Who answers for everybody's work, and may see what they are told of. */
    private static final Set<Permission> SUPERVISES = Set.of(Permission.AUTOMATION_WRITE, Permission.CONTACT_READ);

    private final AgentsAtWork atWork;
    private final AgentView agents;
    private final AccountView accounts;
    private final TellOfEscalation tell;

    OnSessionEscalated(AgentsAtWork atWork, AgentView agents, AccountView accounts, TellOfEscalation tell) {
        this.atWork = atWork;
        this.agents = agents;
        this.accounts = accounts;
        this.tell = tell;
    }

    @Override
    public String name() {
        return "escalations";
    }

    @Override
    public Set<String> patterns() {
        return Set.of("session.escalated");
    }

    @Override
    public OnReplay onReplay() {
        return new OnReplay.Refuse("members were told long ago that nobody was there.");
    }

    @Override
    public void handle(List<Envelope> events) {
        for (var event : events) {
            var told = event.dataAs(SessionEscalated.class);
            told.toTeamId().map(TeamId::new).filter(this::isAway).flatMap(agents::team).ifPresent(team ->
                    event.asCause(Actor.system(name())).run(() -> tell.handle(accounts.whoMay(SUPERVISES), new ContactId(told.contactId()),
                            told.chatId(), told.sessionId(), team.name())));
        }
    }

    private boolean isAway(TeamId team) {
        return atWork.now(Clock.systemUTC().instant()).stream().noneMatch(agent -> agent.teams().contains(team));
    }
}
