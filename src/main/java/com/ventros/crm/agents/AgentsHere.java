package com.ventros.crm.agents;

import com.ventros.crm.accounts.AccountView;
import com.ventros.crm.accounts.UserId;
import com.ventros.crm.kernel.Refusal;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who can have sessions at all, at work or not: whoever is neither archived nor a member who was deactivated. */
@Component
public class AgentsHere {

    private record Row(AgentId id, Optional<UUID> user, boolean archived) {}

    private final JdbcClient db;
    private final AccountView accounts;

    AgentsHere(JdbcClient db, AccountView accounts) {
        this.db = db;
        this.accounts = accounts;
    }

    /** Refused when it is not here; until the transaction ends it does not go. */
    @Transactional
    public void mustBeHere(AgentId id) {
        var agent = locked("id", id.value()).orElseThrow(() -> Refusal.invalid("agentId", "unknown", "There is no such agent."));
        if (agent.archived()) throw Refusal.conflict("agent_archived", "This agent takes no sessions any more.");
        if (!mayComeIn(agent)) throw Agent.memberInactive();
    }

    /** The agent that a member is, if it is here; until the transaction ends it does not go. */
    @Transactional
    public Optional<AgentId> ofUser(UUID user) {
        return locked("user_id", user).filter(agent -> !agent.archived() && mayComeIn(agent)).map(Row::id);
    }

    /** Whether anybody who is here works in this team. */
    @Transactional(readOnly = true)
    public boolean workIn(TeamId team) {
        return db.sql("""
                select exists (select from team_agent t join agent a on a.id = t.agent_id left join membership m on m.user_id = a.user_id
                                where t.team_id = :team and a.archived_at is null and m.deactivated_at is null)
                """)
                .param("team", team.value()).query(Boolean.class).single();
    }

    /** All who are not here any more. */
    @Transactional(readOnly = true)
    public Set<AgentId> gone() {
        return db.sql("""
                select a.id from agent a left join membership m on m.user_id = a.user_id
                 where a.archived_at is not null or m.deactivated_at is not null
                """)
                .query(UUID.class).list().stream().map(AgentId::new).collect(Collectors.toSet());
    }

    private Optional<Row> locked(String column, UUID value) {
        return db.sql("select id, user_id, archived_at is not null as archived from agent where " + column + " = :value for share")
                .param("value", value)
                .query((row, _) -> new Row(new AgentId(row.getObject("id", UUID.class)),
                        Optional.ofNullable(row.getObject("user_id", UUID.class)), row.getBoolean("archived"))).optional();
    }

    /** Read after the lock: whoever waited for it would otherwise see the member as they were before. */
    private boolean mayComeIn(Row agent) {
        return agent.user().isEmpty() || accounts.member(new UserId(agent.user().get())).filter(AccountView.Member::active).isPresent();
    }
}
