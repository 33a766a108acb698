package com.ventros.crm.events;

import com.ventros.crm.tenancy.Tenancy;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A person is forgotten: what the events of what belonged to them say in words is taken out of the log, of the outbox and of every
 * copy; that something happened, and when, stays. Events that are on their way lose their words when they arrive ({@link Inbox}).
 */
@Component
public class ForgetEvents {

    /** Their events are some thousand rows. */
    private static final int AT_ONCE = 500;

    private record Row(UUID id, OffsetDateTime recordedAt, JsonNode data) {}

    private record Body(Object key, byte[] body) {}

    private final JdbcClient db;
    private final JdbcClient system;
    private final List<EventCopies> copies;

    ForgetEvents(JdbcClient db, @Qualifier("system") JdbcClient system, List<EventCopies> copies) {
        this.db = db;
        this.system = system;
        this.copies = copies;
    }

    /** From now on and for all that was told before; how many rows of which tables were changed. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Map<String, Long> of(UUID erasure, Collection<UUID> aggregates) {
        db.sql("""
                insert into erased_aggregate (tenant_id, aggregate_id, erasure_id)
                select :tenant, unnest(:aggregates::uuid[]), :erasure on conflict do nothing
                """).param("tenant", Tenancy.current().value()).param("aggregates", new TreeSet<>(aggregates).toArray(UUID[]::new))
                .param("erasure", erasure).update();
        return again(erasure, false);
    }

    /** Once more, for copies that were made meanwhile; in the queues of this database, too. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Map<String, Long> again(UUID erasure) {
        return again(erasure, true);
    }

    private Map<String, Long> again(UUID erasure, boolean queuesToo) {
        var changed = new TreeMap<String, Long>();
        var after = new UUID(0, 0);
        List<UUID> some;
        do {
            some = db.sql("""
                    select aggregate_id from erased_aggregate where erasure_id = :erasure and aggregate_id > :after
                     order by aggregate_id limit :limit
                    """).param("erasure", erasure).param("after", after).param("limit", AT_ONCE).query(UUID.class).list();
            if (some.isEmpty()) break;
            after = some.getLast();
            forget(some.toArray(UUID[]::new), queuesToo, changed);
        } while (some.size() == AT_ONCE);
        return changed;
    }

    private void forget(UUID[] aggregates, boolean queuesToo, Map<String, Long> changed) {
        var known = db.sql("select id, recorded_at, data from domain_event_logs where aggregate_id = any (:aggregates)")
                .param("aggregates", aggregates)
                .query((row, _) -> new Row(row.getObject("id", UUID.class), row.getObject("recorded_at", OffsetDateTime.class),
                        EventJson.MAPPER.readTree(row.getString("data")))).list();
        var data = new LinkedHashMap<UUID, JsonNode>();
        var telling = new ArrayList<Row>();
        for (var row : known) {
            var without = PersonalWords.without(row.data());
            data.put(row.id(), without);
            if (!without.equals(row.data())) telling.add(row);
        }
        if (!telling.isEmpty()) {
            count(changed, "domain_event_logs", db.sql("""
                    update domain_event_logs l set data = w.data
                      from unnest(:ids::uuid[], :times::timestamptz[], :data::jsonb[]) w (id, at, data)
                     where l.id = w.id and l.recorded_at = w.at
                    """)
                    .param("ids", telling.stream().map(Row::id).toArray(UUID[]::new))
                    .param("times", telling.stream().map(row -> row.recordedAt().toString()).toArray(String[]::new))
                    .param("data", telling.stream().map(row -> data.get(row.id()).toString()).toArray(String[]::new)).update());
        }
        outbox(aggregates, changed);
        if (data.isEmpty()) return;
        copies.forEach(copy -> copy.replace(data).forEach((table, rows) -> count(changed, table, rows)));
        failures(data.keySet(), changed);
        if (queuesToo) queues(data.keySet(), changed);
    }

    private void outbox(UUID[] aggregates, Map<String, Long> changed) {
        var pending = db.sql("select position, body from outbox_events where aggregate_id = any (:aggregates) for update")
                .param("aggregates", aggregates).query((row, _) -> new Body(row.getLong(1), row.getBytes(2))).list();
        for (var one : telling(pending)) {
            count(changed, "outbox_events", db.sql("""
                    update outbox_events set body = :body where lane in ('INTERACTIVE', 'BULK') and position = :key
                    """).param("body", one.body()).param("key", one.key()).update());
        }
    }

    private void failures(Collection<UUID> events, Map<String, Long> changed) {
        for (var column : List.of("body", "original_body")) {
            var kept = db.sql("select id, %1$s from failures where message_id = any (:events) and %1$s is not null".formatted(column))
                    .param("events", events.toArray(UUID[]::new)).query((row, _) -> new Body(row.getObject(1, UUID.class), row.getBytes(2))).list();
            for (var one : telling(kept)) {
                count(changed, "failures", db.sql("""
                        update failures set %s = :body, reason = :erased, cause = '', stack_head = null where id = :key
                        """.formatted(column)).param("body", one.body()).param("erased", PersonalWords.ERASED).param("key", one.key()).update());
            }
        }
    }

    /** Each once in the hands of one program: a body that is replaced while it is worked on was read before. */
    private void queues(Collection<UUID> events, Map<String, Long> changed) {
        record Part(UUID parcel, int number) {}
        var parts = system.sql("""
                select q.id, u.part, u.body from broker_parcels q,
                       unnest(q.message_ids, q.bodies) with ordinality as u(message_id, body, part)
                 where q.message_ids && :events and u.message_id = any (:events)
                """).param("events", events.toArray(UUID[]::new))
                .query((row, _) -> new Body(new Part(row.getObject(1, UUID.class), row.getInt(2)), row.getBytes(3))).list();
        for (var one : telling(parts)) {
            var part = (Part) one.key();
            count(changed, "broker_parcels", system.sql("update broker_parcels set bodies[:part] = :body where id = :parcel")
                    .param("body", one.body()).param("part", part.number()).param("parcel", part.parcel()).update());
        }
        var letters = system.sql("select message_id, body from broker_dead_letters where message_id = any (:events)")
                .param("events", events.toArray(UUID[]::new)).query((row, _) -> new Body(row.getObject(1, UUID.class), row.getBytes(2))).list();
        for (var one : telling(letters)) {
            count(changed, "broker_dead_letters", system.sql("update broker_dead_letters set body = :body where message_id = :key")
                    .param("body", one.body()).param("key", one.key()).update());
        }
    }

    /** Those that still say something, as they are without it. */
    private static List<Body> telling(List<Body> all) {
        var telling = new ArrayList<Body>();
        for (var one : all) {
            if (!(EventJson.MAPPER.readTree(one.body()) instanceof ObjectNode envelope) || !envelope.has("data")) continue;
            var without = PersonalWords.without(envelope.get("data"));
            if (without.equals(envelope.get("data"))) continue;
            envelope.set("data", without);
            telling.add(new Body(one.key(), EventJson.MAPPER.writeValueAsBytes(envelope)));
        }
        return telling;
    }

    /** What was told of these, the oldest first. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<JsonNode> told(Collection<UUID> aggregates) {
        return db.sql("""
                select jsonb_build_object('type', type, 'occurredAt', occurred_at, 'data', data)::text from domain_event_logs
                 where aggregate_id = any (:aggregates) order by position
                """).param("aggregates", aggregates.toArray(UUID[]::new)).query(String.class).list().stream()
                .map(EventJson.MAPPER::readTree).toList();
    }

    private static void count(Map<String, Long> changed, String table, long rows) {
        if (rows > 0) changed.merge(table, rows, Long::sum);
    }
}
