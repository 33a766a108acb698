package com.ventros.crm.assignment;

import com.ventros.crm.agents.AgentId;
import com.ventros.crm.agents.TeamId;
import com.ventros.crm.conversations.SessionId;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.tenancy.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps the rules of assignment. */
@Repository
class AssignmentRules {

    private final JdbcClient db;
    private final JdbcClient system;
    private final Outbox outbox;

    AssignmentRules(JdbcClient db, @Qualifier("system") JdbcClient system, Outbox outbox) {
        this.db = db;
        this.system = system;
        this.outbox = outbox;
    }

    /** In the order in which they were made. */
    List<AssignmentRule> all() {
        return db.sql("select * from assignment_rule order by id").query((row, _) -> rule(row)).list();
    }

    /** Locked until the transaction ends. */
    Optional<AssignmentRule> findForUpdate(UUID id) {
        return db.sql("select * from assignment_rule where id = :id for update").param("id", id)
                .query((row, _) -> rule(row)).optional();
    }

    /**
     * The team that a session is escalated to: by the rule of its team, else of its channel, else of its project, the first that names one
     * which takes sessions and does not have it yet.
     */
    Optional<TeamId> escalation(SessionId session) {
        return db.sql("""
                select r.escalate_to_team_id
                  from session s join chat c on c.id = s.chat_id
                  join assignment_rule r on r.team_id = s.team_id or r.channel_id = c.channel_id or r.project_id = c.project_id
                  join team t on t.id = r.escalate_to_team_id
                 where s.id = :session and t.archived_at is null and t.id is distinct from s.team_id
                 order by r.team_id is null, r.channel_id is null limit 1
                """)
                .param("session", session.value()).query(UUID.class).optional().map(TeamId::new);
    }

    /** Across tenants: who has any rule that gives sessions to agents, or sessions that wait for a team. */
    List<TenantId> tenants() {
        return system.sql("""
                select tenant_id from assignment_rule where strategy <> 'MANUAL'
                 union
                select tenant_id from session where status = 'OPEN' and agent_id is null and team_id is not null
                """)
                .query(UUID.class).list().stream().map(TenantId::new).toList();
    }

    /** Whether there is such a project, channel or team. */
    boolean isThere(AssignmentRule.Scope scope) {
        return db.sql("""
                select exists (select from project where id = :project)
                    or exists (select from channel_profile where channel_id = :channel)
                    or exists (select from team where id = :team)
                """)
                .param("project", scope.project().orElse(null)).param("channel", scope.channel().orElse(null))
                .param("team", scope.team().orElse(null)).query(Boolean.class).single();
    }

    /** Refused when there is one for the same already. */
    void add(AssignmentRule rule) {
        var terms = rule.terms();
        var added = db.sql("""
                insert into assignment_rule (tenant_id, id, project_id, channel_id, team_id, strategy, to_team_id,
                                             no_response_minutes, inactivity_minutes, escalate_to_team_id, created_at, version)
                values (:tenant, :id, :project, :channel, :team, :strategy, :toTeam, :noResponse, :inactivity, :escalateTo, :now, 1)
                on conflict (tenant_id, (coalesce(project_id, channel_id, team_id))) do nothing
                """)
                .param("tenant", Tenancy.current().value()).param("id", rule.id)
                .param("project", rule.scope.project().orElse(null)).param("channel", rule.scope.channel().orElse(null))
                .param("team", rule.scope.team().orElse(null)).param("strategy", terms.strategy().name())
                .param("toTeam", terms.toTeam().map(TeamId::value).orElse(null))
                .param("noResponse", terms.noResponseMinutes().orElse(null))
                .param("inactivity", terms.inactivityMinutes().orElse(null))
                .param("escalateTo", terms.escalateTo().map(TeamId::value).orElse(null))
                .param("now", rule.createdAt.atOffset(ZoneOffset.UTC)).update();
        if (added == 0) throw Refusal.conflict("assignment_rule_exists", "There is a rule for this already.");
        tell(rule, 1, rule.createdAt);
    }

    void save(AssignmentRule rule, Instant now) {
        if (!rule.changed()) return;
        var terms = rule.terms();
        db.sql("""
                update assignment_rule set strategy = :strategy, to_team_id = :toTeam, no_response_minutes = :noResponse,
                       inactivity_minutes = :inactivity, escalate_to_team_id = :escalateTo, version = version + 1
                 where id = :id
                """)
                .param("strategy", terms.strategy().name()).param("toTeam", terms.toTeam().map(TeamId::value).orElse(null))
                .param("noResponse", terms.noResponseMinutes().orElse(null))
                .param("inactivity", terms.inactivityMinutes().orElse(null))
                .param("escalateTo", terms.escalateTo().map(TeamId::value).orElse(null)).param("id", rule.id).update();
        tell(rule, rule.storedVersion + 1, now);
    }

    /** Whose turn it was, for rules in which that changed. */
    void remember(List<AssignmentRule> rules) {
        var turned = rules.stream().filter(AssignmentRule::turned).toList();
        if (turned.isEmpty()) return;
        db.sql("""
                update assignment_rule r set last_agent_id = t.agent from unnest(:ids::uuid[], :agents::uuid[]) t (id, agent)
                 where r.id = t.id
                """)
                .param("ids", turned.stream().map(rule -> rule.id).toArray(UUID[]::new))
                .param("agents", turned.stream().map(rule -> rule.lastAgent().orElseThrow().value()).toArray(UUID[]::new))
                .update();
    }

    void delete(AssignmentRule rule, Instant now) {
        db.sql("delete from assignment_rule where id = :id").param("id", rule.id).update();
        tell(rule, rule.storedVersion + 1, now);
    }

    private void tell(AssignmentRule rule, long version, Instant now) {
        outbox.append(rule.takeEvents().stream().map(event -> new NewEvent(event, "assignment_rule", rule.id, version,
                rule.scope.project().map(ProjectId::new), now, Cause.current())).toList());
    }

    private static AssignmentRule rule(ResultSet row) throws SQLException {
        return new AssignmentRule(row.getObject("id", UUID.class),
                new AssignmentRule.Scope(uuid(row, "project_id"), uuid(row, "channel_id"), uuid(row, "team_id")),
                new AssignmentRule.Terms(AssignmentRule.Strategy.valueOf(row.getString("strategy")),
                        uuid(row, "to_team_id").map(TeamId::new),
                        Optional.ofNullable(row.getObject("no_response_minutes", Integer.class)),
                        Optional.ofNullable(row.getObject("inactivity_minutes", Integer.class)),
                        uuid(row, "escalate_to_team_id").map(TeamId::new)),
                uuid(row, "last_agent_id").map(AgentId::new),
                row.getObject("created_at", OffsetDateTime.class).toInstant(), row.getLong("version"));
    }

    private static Optional<UUID> uuid(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, UUID.class));
    }
}
