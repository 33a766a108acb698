package com.ventros.crm.webhooks;

import com.ventros.crm.events.Envelope;
import com.ventros.crm.events.EventCopies;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is to be told to whom, and every try of it. */
@Repository
public class Deliveries implements EventCopies {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** The schedule of Standard Webhooks, two days and three hours in all; then the delivery has failed. */
    static final List<Duration> SCHEDULE = List.of(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofMinutes(30),
            Duration.ofHours(2), Duration.ofHours(5), Duration.ofHours(10), Duration.ofHours(14), Duration.ofHours(20));
    /** Longer than a try may take: whoever holds it then is gone, and it is tried again. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    /** What a try came to. */
    public sealed interface Outcome {
        /** It was taken. */
        record Taken(int status) implements Outcome {}

        /** Worth another try, later. */
        record Later(Optional<Integer> status, String reason) implements Outcome {}

        /** No use in trying again. */
        record Never(Optional<Integer> status, String reason) implements Outcome {}
    }

    /** A delivery in hand. */
    public record Claimed(TenantId tenant, UUID id, UUID endpoint, URI url, byte[] secret, byte[] body, int attempt,
            Optional<String> traceparent) {}

    private record Due(UUID tenant, UUID id) {}

    private record Wanting(UUID id, List<String> types) {}

    private final JdbcClient db;
    private final JdbcClient system;
    private final Endpoints endpoints;

    Deliveries(JdbcClient db, @Qualifier("system") JdbcClient system, Endpoints endpoints) {
        this.db = db;
        this.system = system;
        this.endpoints = endpoints;
    }

    /** One delivery for each event and active endpoint that wants it; an event that comes again adds nothing. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void add(List<Envelope> events) {
        var wanting = db.sql("select id, event_types from webhook_endpoint where active")
                .query((row, _) -> new Wanting(row.getObject(1, UUID.class), List.of((String[]) row.getArray(2).getArray())))
                .list();
        if (wanting.isEmpty()) return;
        var ids = new ArrayList<UUID>();
        var to = new ArrayList<UUID>();
        var of = new ArrayList<UUID>();
        var types = new ArrayList<String>();
        var bodies = new ArrayList<String>();
        var traceparents = new ArrayList<String>();
        for (var event : events) {
            var name = PublicEvents.name(event);
            if (name.isEmpty()) continue;
            for (var endpoint : wanting) {
                if (!endpoint.types().contains(name.get())) continue;
                ids.add(Uuids.v5(endpoint.id(), event.id().toString()));
                to.add(endpoint.id());
                of.add(event.id());
                types.add(name.get());
                bodies.add(payload(name.get(), event));
                traceparents.add(event.traceparent().orElse(null));
            }
        }
        if (ids.isEmpty()) return;
        db.sql("""
                insert into webhook_delivery (tenant_id, id, endpoint_id, event_id, type, body, traceparent)
                select :tenant, d.* from unnest(:ids::uuid[], :to::uuid[], :of::uuid[], :types::text[], :bodies::text[],
                                                :traceparents::text[]) d
                on conflict do nothing
                """)
                .param("tenant", Tenancy.current().value()).param("ids", ids.toArray(UUID[]::new))
                .param("to", to.toArray(UUID[]::new)).param("of", of.toArray(UUID[]::new))
                .param("types", types.toArray(String[]::new)).param("bodies", bodies.toArray(String[]::new))
                .param("traceparents", traceparents.toArray(String[]::new)).update();
    }

    /** A delivery that still waits says no more than the log does; what receivers answered may quote what they were told. */
    @Override
    public Map<String, Long> replace(Map<UUID, JsonNode> data) {
        var events = data.keySet().toArray(UUID[]::new);
        long attempts = db.sql("""
                update webhook_attempt set reason = null where reason is not null and delivery_id in (
                       select id from webhook_delivery where event_id = any (:events))
                """).param("events", events).update();
        long bodies = db.sql("""
                update webhook_delivery d set body = jsonb_set(d.body::jsonb, '{data}', w.data)::text
                  from unnest(:events::uuid[], :data::jsonb[]) w (event, data)
                 where d.event_id = w.event and d.body::jsonb -> 'data' <> w.data
                """).param("events", events).param("data", data.values().stream().map(JsonNode::toString).toArray(String[]::new)).update();
        return Map.of("webhook_delivery", bodies, "webhook_attempt", attempts);
    }

    private static String payload(String name, Envelope event) {
        var payload = JSON.createObjectNode();
        payload.put("type", name);
        payload.put("timestamp", event.occurredAt().toString());
        payload.set("data", event.data());
        return JSON.writeValueAsString(payload);
    }

    /** Across tenants: takes deliveries that are due for whoever asks; nobody else gets them for a while. */
    public List<Claimed> claim(int limit) {
        var due = system.sql("""
                update webhook_delivery d
                   set attempts = attempts + 1, next_attempt_at = now() + make_interval(secs => :lease)
                  from (select tenant_id, id from webhook_delivery where state = 'PENDING' and next_attempt_at <= now()
                         order by next_attempt_at limit :limit for update skip locked) due
                 where d.tenant_id = due.tenant_id and d.id = due.id
                returning d.tenant_id, d.id
                """)
                .param("lease", LEASE.toSeconds()).param("limit", limit)
                .query((row, _) -> new Due(row.getObject(1, UUID.class), row.getObject(2, UUID.class))).list();
        return due.stream().flatMap(one -> read(one).stream()).toList();
    }

    private Optional<Claimed> read(Due due) {
        return system.sql("""
                select d.endpoint_id, e.url, e.secret, d.body, d.attempts, d.traceparent
                  from webhook_delivery d join webhook_endpoint e on e.tenant_id = d.tenant_id and e.id = d.endpoint_id
                 where d.tenant_id = :tenant and d.id = :id
                """)
                .param("tenant", due.tenant()).param("id", due.id())
                .query((row, _) -> {
                    var endpoint = row.getObject(1, UUID.class);
                    return new Claimed(new TenantId(due.tenant()), due.id(), endpoint, URI.create(row.getString(2)),
                            endpoints.secret(endpoint, row.getBytes(3)),
                            row.getString(4).getBytes(java.nio.charset.StandardCharsets.UTF_8), row.getInt(5),
                            Optional.ofNullable(row.getString(6)));
                }).optional();
    }

    /** Writes the try down, and when the next one is due. */
    @Transactional
    public void record(Claimed claimed, Instant at, Duration took, Outcome outcome) {
        var last = claimed.attempt() > SCHEDULE.size();
        var state = switch (outcome) {
            case Outcome.Taken _ -> "DELIVERED";
            case Outcome.Never _ -> "FAILED";
            case Outcome.Later _ -> last ? "FAILED" : "PENDING";
        };
        var status = switch (outcome) {
            case Outcome.Taken(var answered) -> Optional.of(answered);
            case Outcome.Later(var answered, _) -> answered;
            case Outcome.Never(var answered, _) -> answered;
        };
        var reason = switch (outcome) {
            case Outcome.Taken _ -> null;
            case Outcome.Later(_, var why) -> why;
            case Outcome.Never(_, var why) -> why;
        };
        var next = at.plus(last ? Duration.ZERO : SCHEDULE.get(claimed.attempt() - 1));
        var updated = db.sql("""
                update webhook_delivery set state = :state, next_attempt_at = :next
                 where id = :id and state = 'PENDING' and attempts = :attempt
                """)
                .param("state", state).param("next", next.atOffset(ZoneOffset.UTC)).param("id", claimed.id())
                .param("attempt", claimed.attempt()).update();
        if (updated == 0) return; // the endpoint was deleted, or the lease ran out and somebody else tells
        db.sql("""
                insert into webhook_attempt (tenant_id, delivery_id, attempt, at, took_millis, status, reason)
                values (:tenant, :delivery, :attempt, :at, :took, :status, :reason)
                """)
                .param("tenant", Tenancy.current().value()).param("delivery", claimed.id()).param("attempt", claimed.attempt())
                .param("at", at.atOffset(ZoneOffset.UTC)).param("took", took.toMillis()).param("status", status.orElse(null))
                .param("reason", reason).update();
    }
}
