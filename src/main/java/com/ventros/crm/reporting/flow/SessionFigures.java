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
    private static final String ANSWERED = "session.first_answered";

    /**
     * @param stand         0 when neither beginning nor end are told
     * @param startedStand  0 when {@code startedAt} is not told
     * @param answeredStand 0 when the first answer is not told
     */
    private record Row(UUID session, UUID project, UUID channel, long stand, long startedStand, String startedAt, boolean gone,
            String endedAt, boolean resolved, UUID agent, Long firstResponse, long answeredStand, UUID answeredBy, String answeredAt,
            Long answeredMillis) {

        /** What both tell together. */
        Row and(Row other) {
            var newer = other.stand > stand ? other : this;
            var began = other.startedStand > startedStand ? other : this;
            var answered = other.answeredStand > answeredStand ? other : this;
            return new Row(session, project, channel, newer.stand, began.startedStand, began.startedAt, newer.gone, newer.endedAt,
                    newer.resolved, newer.agent, newer.firstResponse, answered.answeredStand, answered.answeredBy, answered.answeredAt,
                    answered.answeredMillis);
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
        return Set.of(STARTED, "session.reopened", ENDED, ANSWERED);
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
                                                 started_at, gone, ended_at, resolved, agent_id, first_response_millis,
                                                 answered_stand, answered_by, answered_at, answered_millis)
                select :tenant, g, s.*
                  from unnest(:generations::int[]) g
                 cross join unnest(:sessions::uuid[], :projects::uuid[], :channels::uuid[], :stands::bigint[], :startedStands::bigint[],
                                   :started::timestamptz[], :gone::boolean[], :ended::timestamptz[], :resolved::boolean[],
                                   :agents::uuid[], :responses::bigint[], :answeredStands::bigint[], :answerers::uuid[],
                                   :answered::timestamptz[], :answeredMillis::bigint[])
                            s (session_id, project_id, channel_id, stand, started_stand, started_at, gone, ended_at, resolved, agent_id,
                               first_response_millis, answered_stand, answered_by, answered_at, answered_millis)
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
                       stand = greatest(r.stand, excluded.stand),
                       answered_by = case when excluded.answered_stand > r.answered_stand then excluded.answered_by else r.answered_by end,
                       answered_at = case when excluded.answered_stand > r.answered_stand then excluded.answered_at else r.answered_at end,
                       answered_millis = case when excluded.answered_stand > r.answered_stand then excluded.answered_millis
                                              else r.answered_millis end,
                       answered_stand = greatest(r.answered_stand, excluded.answered_stand)
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
                .param("responses", rows.stream().map(Row::firstResponse).toArray(Long[]::new))
                .param("answeredStands", rows.stream().map(Row::answeredStand).toArray(Long[]::new))
                .param("answerers", uuids(rows, Row::answeredBy))
                .param("answered", rows.stream().map(Row::answeredAt).toArray(String[]::new))
                .param("answeredMillis", rows.stream().map(Row::answeredMillis).toArray(Long[]::new)).update();
    }

    private static UUID[] uuids(Collection<Row> rows, Function<Row, UUID> column) {
        return rows.stream().map(column).toArray(UUID[]::new);
    }

    private static Row row(Envelope event) {
        var data = event.data();
        var project = event.projectId().orElseThrow().value();
        var channel = UUID.fromString(data.path("channelId").asString());
        if (event.type().equals(ANSWERED)) {
            return new Row(event.aggregateId(), project, channel, 0, 0, null, false, null, false, null, null, event.aggregateVersion(),
                    uuid(data.path("userId")), text(data.path("answeredAt")), number(data.path("waitedMillis")));
        }
        var ended = event.type().equals(ENDED);
        var stand = event.aggregateVersion() * 2 + (ended ? 1 : 0);
        var figures = data.path("figures");
        var startedAt = text(event.type().equals(STARTED) ? data.path("startedAt") : figures.path("startedAt"));
        var reason = ended ? data.path("reason").asString() : "";
        return new Row(event.aggregateId(), project, channel, stand, startedAt == null ? 0 : stand, startedAt, reason.equals("MERGED"),
                ended ? text(data.path("endedAt")) : null, reason.equals("RESOLVED"), uuid(figures.path("agentId")),
                number(figures.path("firstResponseMillis")), 0, null, null, null);
    }

    private static UUID uuid(JsonNode value) {
        var text = text(value);
        return text == null ? null : UUID.fromString(text);
    }

    private static Long number(JsonNode value) {
        var text = text(value);
        return text == null ? null : Long.valueOf(text);
    }

    private static String text(JsonNode value) {
        return value.isNull() || value.isMissingNode() ? null : value.asString();
    }
}
