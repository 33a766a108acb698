package com.ventros.crm.agents;

import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.tenancy.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps agents. */
@Repository
class Agents {

    private final JdbcClient db;
    private final Outbox outbox;

    Agents(JdbcClient db, Outbox outbox) {
        this.db = db;
        this.outbox = outbox;
    }

    /** Locked until the transaction ends; a row that only refers to it does not wait for that. */
    Optional<Agent> findForUpdate(AgentId id) {
        return db.sql("select * from agent where id = :id for no key update").param("id", id.value())
                .query((row, _) -> agent(row)).optional();
    }

    Optional<AgentId> ofUser(UUID user) {
        return db.sql("select id from agent where user_id = :user").param("user", user)
                .query(UUID.class).optional().map(AgentId::new);
    }

    /** Refused when the member is an agent already. */
    void add(Agent agent) {
        var added = db.sql("""
                insert into agent (tenant_id, id, kind, user_id, name, capacity, hours_id, availability,
                                   availability_since, created_at, version)
                values (:tenant, :id, :kind, :user, :name, :capacity, :hours, :availability, :since, :createdAt, 1)
                on conflict (tenant_id, user_id) do nothing
                """)
                .param("tenant", Tenancy.current().value()).param("id", agent.id.value())
                .param("kind", agent.kind.name()).param("user", agent.user.orElse(null))
                .param("name", agent.profile().name()).param("capacity", agent.profile().capacity())
                .param("hours", agent.profile().hours().map(HoursId::value).orElse(null))
                .param("availability", agent.availability().name()).param("since", utc(agent.since()))
                .param("createdAt", utc(agent.createdAt)).update();
        if (added == 0) throw Refusal.conflict("agent_exists", "This member is an agent already.");
        tell(agent, 1, agent.createdAt);
    }

    void save(Agent agent, Instant now) {
        db.sql("""
                update agent set name = :name, capacity = :capacity, hours_id = :hours, availability = :availability,
                       availability_since = :since, last_seen_at = :seen, archived_at = :archivedAt,
                       version = version + :step
                 where id = :id
                """)
                .param("name", agent.profile().name()).param("capacity", agent.profile().capacity())
                .param("hours", agent.profile().hours().map(HoursId::value).orElse(null))
                .param("availability", agent.availability().name()).param("since", utc(agent.since()))
                .param("seen", agent.lastSeenAt().map(Agents::utc).orElse(null))
                .param("archivedAt", agent.archivedAt().map(Agents::utc).orElse(null))
                .param("step", agent.changed() ? 1 : 0).param("id", agent.id.value()).update();
        tell(agent, agent.storedVersion + 1, now);
    }

    private void tell(Agent agent, long version, Instant now) {
        outbox.append(agent.takeEvents().stream().map(event -> new NewEvent(event, "agent", agent.id.value(), version,
                Optional.empty(), now, Cause.current())).toList());
    }

    private static Agent agent(ResultSet row) throws SQLException {
        return new Agent(new AgentId(row.getObject("id", UUID.class)), Agent.Kind.valueOf(row.getString("kind")),
                Optional.ofNullable(row.getObject("user_id", UUID.class)),
                new Agent.Profile(row.getString("name"), row.getInt("capacity"),
                        Optional.ofNullable(row.getObject("hours_id", UUID.class)).map(HoursId::new)),
                Agent.Availability.valueOf(row.getString("availability")), instant(row, "availability_since").orElseThrow(),
                instant(row, "last_seen_at"), instant(row, "created_at").orElseThrow(), instant(row, "archived_at"),
                row.getLong("version"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
