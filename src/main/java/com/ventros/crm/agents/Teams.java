package com.ventros.crm.agents;

import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps teams and who is in them. */
@Repository
class Teams {

    private final JdbcClient db;
    private final Outbox outbox;

    Teams(JdbcClient db, Outbox outbox) {
        this.db = db;
        this.outbox = outbox;
    }

    /** Locked until the transaction ends; a row that only refers to it does not wait for that. */
    Optional<Team> findForUpdate(TeamId id) {
        return db.sql("select * from team where id = :id for no key update").param("id", id.value())
                .query((row, _) -> new Team(id, row.getString("name"),
                        Optional.ofNullable(row.getObject("hours_id", UUID.class)).map(HoursId::new),
                        db.sql("select agent_id from team_agent where team_id = :id order by added_at, agent_id")
                                .param("id", id.value()).query(UUID.class).list().stream().map(AgentId::new).toList(),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(row.getObject("archived_at", OffsetDateTime.class)).map(OffsetDateTime::toInstant),
                        row.getLong("version")))
                .optional();
    }

    void add(Team team) {
        db.sql("""
                insert into team (tenant_id, id, name, hours_id, created_at, version)
                values (:tenant, :id, :name, :hours, :createdAt, 1)
                """)
                .param("tenant", Tenancy.current().value()).param("id", team.id.value()).param("name", team.name())
                .param("hours", team.hours().map(HoursId::value).orElse(null))
                .param("createdAt", team.createdAt.atOffset(ZoneOffset.UTC)).update();
        tell(team, 1, team.createdAt);
    }

    void save(Team team, Instant now) {
        if (!team.changed()) return;
        db.sql("""
                update team set name = :name, hours_id = :hours, archived_at = :archivedAt, version = version + 1
                 where id = :id
                """)
                .param("name", team.name()).param("hours", team.hours().map(HoursId::value).orElse(null))
                .param("archivedAt", team.archivedAt().map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null))
                .param("id", team.id.value()).update();
        var agents = team.agents().stream().map(AgentId::value).toArray(UUID[]::new);
        db.sql("delete from team_agent where team_id = :id and agent_id <> all (:agents)")
                .param("id", team.id.value()).param("agents", agents).update();
        db.sql("""
                insert into team_agent (tenant_id, team_id, agent_id, added_at)
                select :tenant, :id, unnest(:agents::uuid[]), :now on conflict do nothing
                """)
                .param("tenant", Tenancy.current().value()).param("id", team.id.value()).param("agents", agents)
                .param("now", now.atOffset(ZoneOffset.UTC)).update();
        tell(team, team.storedVersion + 1, now);
    }

    private void tell(Team team, long version, Instant now) {
        outbox.append(team.takeEvents().stream().map(event -> new NewEvent(event, "team", team.id.value(), version,
                Optional.empty(), now, Cause.current())).toList());
    }
}
