package com.ventros.crm.agents;

import com.ventros.crm.http.Paging;
import com.ventros.crm.kernel.Codes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Agents and teams as a screen shows them. */
@Component
@Transactional(readOnly = true)
public class AgentView {

    /** An agent, and the teams it works in. */
    public record Shown(UUID id, String kind, Optional<UUID> userId, String name, int capacity, Optional<UUID> hoursId,
            String availability, Instant availabilitySince, Optional<Instant> lastSeenAt, List<UUID> teamIds,
            boolean archived, Instant createdAt, long version) {}

    /** A team, and the agents who work in it. */
    public record ShownTeam(UUID id, String name, Optional<UUID> hoursId, List<UUID> agentIds, boolean archived,
            Instant createdAt, long version) {}

    /** What is asked for. */
    public record Query(Optional<String> kind, Optional<String> availability, Optional<TeamId> team, boolean archived) {}

    private static final String AGENT = """
            select a.*, array(select t.team_id from team_agent t where t.agent_id = a.id order by t.team_id) as teams
              from agent a
            """;
    private static final String TEAM = """
            select t.*, array(select a.agent_id from team_agent a where a.team_id = t.id order by a.agent_id) as agents
              from team t
            """;

    private final JdbcClient db;

    AgentView(JdbcClient db) {
        this.db = db;
    }

    /** In the order in which they were made. */
    public List<Shown> list(Query query, Paging paging) {
        var where = new StringBuilder(" where (a.archived_at is not null) = :archived");
        var params = new HashMap<String, Object>();
        params.put("archived", query.archived());
        query.kind().map(kind -> Codes.read("kind", kind, Agent.Kind.values())).ifPresent(kind -> {
            where.append(" and a.kind = :kind");
            params.put("kind", kind.name());
        });
        query.availability().map(one -> Codes.read("availability", one, Agent.Availability.values())).ifPresent(one -> {
            where.append(" and a.availability = :availability");
            params.put("availability", one.name());
        });
        query.team().ifPresent(team -> {
            where.append(" and exists (select from team_agent t where t.team_id = :team and t.agent_id = a.id)");
            params.put("team", team.value());
        });
        paging.after().ifPresent(after -> {
            where.append(" and a.id > :after");
            params.put("after", after.uuid(0));
        });
        return db.sql(AGENT + where + " order by a.id limit :limit").params(params).param("limit", paging.fetch())
                .query((row, _) -> shown(row)).list();
    }

    public Optional<Shown> find(AgentId id) {
        return db.sql(AGENT + " where a.id = :id").param("id", id.value()).query((row, _) -> shown(row)).optional();
    }

    /** The agent that a member is. */
    public Optional<Shown> ofUser(UUID user) {
        return db.sql(AGENT + " where a.user_id = :user").param("user", user).query((row, _) -> shown(row)).optional();
    }

    /** In the order in which they were made. */
    public List<ShownTeam> teams(boolean archived, Paging paging) {
        return db.sql(TEAM + """
                 where (t.archived_at is not null) = :archived and (:after::uuid is null or t.id > :after::uuid)
                 order by t.id limit :limit
                """)
                .param("archived", archived).param("after", paging.after().map(after -> after.uuid(0)).orElse(null))
                .param("limit", paging.fetch()).query((row, _) -> team(row)).list();
    }

    public Optional<ShownTeam> team(TeamId id) {
        return db.sql(TEAM + " where t.id = :id").param("id", id.value()).query((row, _) -> team(row)).optional();
    }

    private static Shown shown(ResultSet row) throws SQLException {
        return new Shown(row.getObject("id", UUID.class), lower(row, "kind"),
                Optional.ofNullable(row.getObject("user_id", UUID.class)), row.getString("name"), row.getInt("capacity"),
                Optional.ofNullable(row.getObject("hours_id", UUID.class)), lower(row, "availability"),
                instant(row, "availability_since").orElseThrow(), instant(row, "last_seen_at"),
                List.of((UUID[]) row.getArray("teams").getArray()), row.getObject("archived_at") != null,
                instant(row, "created_at").orElseThrow(), row.getLong("version"));
    }

    private static ShownTeam team(ResultSet row) throws SQLException {
        return new ShownTeam(row.getObject("id", UUID.class), row.getString("name"),
                Optional.ofNullable(row.getObject("hours_id", UUID.class)),
                List.of((UUID[]) row.getArray("agents").getArray()), row.getObject("archived_at") != null,
                instant(row, "created_at").orElseThrow(), row.getLong("version"));
    }

    private static String lower(ResultSet row, String column) throws SQLException {
        return row.getString(column).toLowerCase(Locale.ROOT);
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
