package com.ventros.crm.events;

import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The bound tenant's events of the past, as they were written. */
@Component
final class EventLog {

    /** Which events are meant; the times are those of recording, since an import tells of old times but is written now. */
    record Selection(List<String> types, Optional<UUID> aggregateId, Optional<Instant> from, Optional<Instant> to) {}

    private static final String SELECTED = """
             where type = any(:types)
               and (:aggregate::uuid is null or aggregate_id = :aggregate::uuid)
               and (:from::timestamptz is null or recorded_at >= :from::timestamptz)
               and (:to::timestamptz is null or recorded_at < :to::timestamptz)
            """;

    private final JdbcClient db;

    EventLog(JdbcClient db) {
        this.db = db;
    }

    /** Events after a position and up to another one, in their order. */
    List<Envelope> read(Selection selection, long after, long until, int limit) {
        var tenant = Tenancy.current();
        return select("""
                select id, type, version, occurred_at, project_id, aggregate_type, aggregate_id, aggregate_version, position,
                       correlation_id, causation_id, actor_kind, actor_id, traceparent, data
                  from domain_event_logs
                """ + SELECTED + " and position > :after and position <= :until order by position limit :limit", selection)
                .param("after", after).param("until", until).param("limit", limit)
                .query((row, _) -> new Envelope(row.getObject("id", UUID.class), row.getString("type"),
                        row.getInt("version"), row.getObject("occurred_at", OffsetDateTime.class).toInstant(), tenant,
                        Optional.ofNullable(row.getObject("project_id", UUID.class)).map(ProjectId::new),
                        row.getString("aggregate_type"), row.getObject("aggregate_id", UUID.class),
                        row.getLong("aggregate_version"), row.getLong("position"), row.getObject("correlation_id", UUID.class),
                        Optional.ofNullable(row.getObject("causation_id", UUID.class)),
                        new Actor(Actor.Kind.valueOf(row.getString("actor_kind")), row.getString("actor_id")),
                        Optional.ofNullable(row.getString("traceparent")), EventJson.MAPPER.readTree(row.getString("data"))))
                .list();
    }

    /** How many there are of each type. */
    TreeMap<String, Long> count(Selection selection) {
        var counts = new TreeMap<String, Long>();
        select("select type, count(*) from domain_event_logs " + SELECTED + " group by type", selection)
                .query(row -> { counts.put(row.getString(1), row.getLong(2)); });
        return counts;
    }

    /** The last position given to an event so far, whether or not it is committed. */
    long lastPosition() {
        return db.sql("select last_value from event_position").query(Long.class).single();
    }

    private JdbcClient.StatementSpec select(String sql, Selection selection) {
        return db.sql(sql).param("types", selection.types().toArray(String[]::new))
                .param("aggregate", selection.aggregateId().orElse(null))
                .param("from", selection.from().map(Instant::toString).orElse(null))
                .param("to", selection.to().map(Instant::toString).orElse(null));
    }
}
