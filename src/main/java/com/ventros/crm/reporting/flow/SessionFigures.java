package com.ventros.crm.reporting.flow;

import com.ventros.crm.events.Envelope;
import com.ventros.crm.events.EventConsumer;
import com.ventros.crm.events.OnReplay;
import com.ventros.crm.events.ReadModels;
import com.ventros.crm.tenancy.Tenancy;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Keeps how each session went, as the newest of its events tells, in whatever order they arrive. Of two that came with one
 * change the end is the newer.
 */
@Component
class SessionFigures implements EventConsumer {

    private static final String STARTED = "session.started";
    private static final String ENDED = "session.ended";

    /** @param startedStand 0 when {@code startedAt} is not told */
    private record Row(UUID session, UUID project, UUID channel, long stand, long startedStand, String startedAt, boolean gone,
            String endedAt, boolean resolved, UUID agent, Long firstResponse) {

        /** What both tell together. */
        Row and(Row other) {
            var newer = other.stand > stand ? other : this;
            var began = other.startedStand > startedStand ? other : this;
            return new Row(session, project, channel, newer.stand, began.startedStand, began.startedAt, newer.gone, newer.endedAt,
                    newer.resolved, newer.agent, newer.firstResponse);
        }
    }

    private final JdbcClient db;
    private final ReadModels models;

    SessionFigures(JdbcClient db, ReadModels models) {
        this.db = db;
        this.models = models;
    }

    @Override
    public String name() {
        return "session-figures";
    }

    @Override
    public Set<String> patterns() {
        return Set.of(STARTED, "session.reopened", ENDED);
    }

    @Override
    public OnReplay onReplay() {
        return new OnReplay.Rebuild("report_session");
    }

    @Override
    public void handle(List<Envelope> events) {
        var rows = new TreeMap<UUID, Row>();
        events.stream().filter(event -> event.projectId().isPresent()).map(SessionFigures::row)
                .forEach(row -> rows.merge(row.session(), row, Row::and));
        if (!rows.isEmpty()) save(models.generations(name()), rows.values());
    }

    private void save(Integer[] generations, Collection<Row> rows) {
        db.sql("""
                insert into report_session as r (tenant_id, generation, session_id, project_id, channel_id, stand, started_stand,
                                                 started_at, gone, ended_at, resolved, agent_id, first_response_millis)
                select :tenant, g, s.*
                  from unnest(:generations::int[]) g
                 cross join unnest(:sessions::uuid[], :projects::uuid[], :channels::uuid[], :stands::bigint[], :startedStands::bigint[],
                                   :started::timestamptz[], :gone::boolean[], :ended::timestamptz[], :resolved::boolean[],
                                   :agents::uuid[], :responses::bigint[]) s (session_id, project_id, channel_id, stand, started_stand,
                                   started_at, gone, ended_at, resolved, agent_id, first_response_millis)
                 order by g, s.session_id
                    on conflict (tenant_id, generation, session_id) do update
                   set started_at = case when excluded.started_stand > r.started_stand then excluded.started_at else r.started_at end,
                       started_stand = greatest(r.started_stand, excluded.started_stand),
                       gone = case when excluded.stand > r.stand then excluded.gone else r.gone end,
                       ended_at = case when excluded.stand > r.stand then excluded.ended_at else r.ended_at end,
                       resolved = case when excluded.stand > r.stand then excluded.resolved else r.resolved end,
                       agent_id = case when excluded.stand > r.stand then excluded.agent_id else r.agent_id end,
                       first_response_millis = case when excluded.stand > r.stand then excluded.first_response_millis
                                                    else r.first_response_millis end,
                       stand = greatest(r.stand, excluded.stand)
                """)
                .param("tenant", Tenancy.current().value()).param("generations", generations)
                .param("sessions", uuids(rows, Row::session)).param("projects", uuids(rows, Row::project))
                .param("channels", uuids(rows, Row::channel))
                .param("stands", rows.stream().map(Row::stand).toArray(Long[]::new))
                .param("startedStands", rows.stream().map(Row::startedStand).toArray(Long[]::new))
                .param("started", rows.stream().map(Row::startedAt).toArray(String[]::new))
                .param("gone", rows.stream().map(Row::gone).toArray(Boolean[]::new))
                .param("ended", rows.stream().map(Row::endedAt).toArray(String[]::new))
                .param("resolved", rows.stream().map(Row::resolved).toArray(Boolean[]::new))
                .param("agents", uuids(rows, Row::agent))
                .param("responses", rows.stream().map(Row::firstResponse).toArray(Long[]::new)).update();
    }

    private static UUID[] uuids(Collection<Row> rows, Function<Row, UUID> column) {
        return rows.stream().map(column).toArray(UUID[]::new);
    }

    private static Row row(Envelope event) {
        var data = event.data();
        var ended = event.type().equals(ENDED);
        var stand = event.aggregateVersion() * 2 + (ended ? 1 : 0);
        var figures = data.path("figures");
        var startedAt = text(event.type().equals(STARTED) ? data.path("startedAt") : figures.path("startedAt"));
        var reason = ended ? data.path("reason").asString() : "";
        var agent = text(figures.path("agentId"));
        var response = text(figures.path("firstResponseMillis"));
        return new Row(event.aggregateId(), event.projectId().orElseThrow().value(), UUID.fromString(data.path("channelId").asString()),
                stand, startedAt == null ? 0 : stand, startedAt, reason.equals("MERGED"), ended ? text(data.path("endedAt")) : null,
                reason.equals("RESOLVED"), agent == null ? null : UUID.fromString(agent), response == null ? null : Long.valueOf(response));
    }

    private static String text(JsonNode value) {
        return value.isNull() || value.isMissingNode() ? null : value.asString();
    }
}
