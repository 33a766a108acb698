package com.ventros.crm.realtime;

import com.ventros.crm.events.Envelope;
import com.ventros.crm.events.EventCopies;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;

/** The kept part of the live stream. */
@Component
public class LiveEvents implements EventCopies {

    /** A screen that was away for longer loads everything anew; laptops that sleep over lunch still resume. */
    static final Duration KEPT = Duration.ofHours(2);
    /** NOTIFY channel that wakes the feeds of every node; its payload is the tenant. */
    static final String WAKE = "crm_live";
    private static final Set<String> PERSONAL = Set.of("note.mentioned", "notification.escalation", "notification.seen");

    private final JdbcClient db;
    private final JdbcClient system;

    LiveEvents(JdbcClient db, @Qualifier("system") JdbcClient system) {
        this.db = db;
        this.system = system;
    }

    /**
     * Gives each event the tenant's next position. The row of the position stays locked until the commit, so positions
     * become visible in their order and without gaps: a reader that saw 7 will never find a 6 afterwards.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void append(List<Envelope> events) {
        var tenant = Tenancy.current().value();
        var n = events.size();
        var last = db.sql("""
                insert into live_position (tenant_id, position) values (:tenant, :n)
                on conflict (tenant_id) do update set position = live_position.position + :n
                returning position
                """).param("tenant", tenant).param("n", n).query(Long.class).single();
        var positions = new Long[n];
        for (int i = 0; i < n; i++) positions[i] = last - n + 1 + i;
        db.sql("""
                insert into live_event (tenant_id, position, event_id, type, occurred_at, aggregate_type, aggregate_id, data, user_id)
                select :tenant, e.* from unnest(:positions::bigint[], :ids::uuid[], :types::text[],
                                                :times::timestamptz[],
                                                :aggregateTypes::text[], :aggregateIds::uuid[], :data::jsonb[],
                                                :users::uuid[]) e
                """)
                .param("tenant", tenant)
                .param("positions", positions)
                .param("ids", events.stream().map(Envelope::id).toArray(UUID[]::new))
                .param("types", events.stream().map(Envelope::type).toArray(String[]::new))
                .param("times", events.stream().map(e -> e.occurredAt().toString()).toArray(String[]::new))
                .param("aggregateTypes", events.stream().map(Envelope::aggregateType).toArray(String[]::new))
                .param("aggregateIds", events.stream().map(Envelope::aggregateId).toArray(UUID[]::new))
                .param("data", events.stream().map(e -> e.data().toString()).toArray(String[]::new))
                .param("users", events.stream().map(LiveEvents::onlyFor).toArray(UUID[]::new))
                .update();
        db.sql("select pg_notify(:channel, :tenant)")
                .param("channel", WAKE).param("tenant", tenant.toString()).query().listOfRows();
    }

    /** What a member is told, and that it was seen, is told to that member and is nobody else's news; null for what all may see. */
    private static UUID onlyFor(Envelope event) {
        return PERSONAL.contains(event.type()) ? UUID.fromString(event.data().get("userId").asString()) : null;
    }

    @Override
    public Map<String, Long> replace(Map<UUID, JsonNode> data) {
        return Map.of("live_event", (long) db.sql("""
                update live_event l set data = w.data from unnest(:events::uuid[], :data::jsonb[]) w (event, data)
                 where l.event_id = w.event and l.data <> w.data
                """).param("events", data.keySet().toArray(UUID[]::new))
                .param("data", data.values().stream().map(JsonNode::toString).toArray(String[]::new)).update());
    }

    /** The bound tenant's newest position, 0 before the first event. */
    @Transactional(readOnly = true)
    public long position() {
        return db.sql("select position from live_position").query(Long.class).optional().orElse(0L);
    }

    /** The bound tenant's events after a position, oldest first. */
    @Transactional(readOnly = true)
    public List<LiveEvent> after(long position, int limit) {
        return db.sql("""
                select position, type, occurred_at, aggregate_type, aggregate_id, data, user_id from live_event
                 where position > :position order by position limit :limit
                """)
                .param("position", position).param("limit", limit)
                .query((row, _) -> new LiveEvent(row.getLong("position"), row.getString("type"),
                        row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                        row.getString("aggregate_type"), row.getObject("aggregate_id", UUID.class),
                        row.getString("data"), Optional.ofNullable(row.getObject("user_id", UUID.class))))
                .list();
    }

    /** Forgets what no screen will ask for any more, along the index by age, whose blocks this login does not use otherwise. */
    @Transactional("systemTransactionManager")
    int prune() {
        system.sql("set local enable_bitmapscan = on").update();
        return system.sql("delete from live_event where kept_at < now() - make_interval(secs => :seconds)")
                .param("seconds", KEPT.toSeconds()).update();
    }
}
