package com.ventros.crm.operations;

import com.ventros.crm.events.Effects;
import com.ventros.crm.events.Effects.Effect;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.tenancy.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Why something happened and what came of it: from the outside cause (a delivery, a request, a schedule, a workflow, the program
 * itself) over its events to every effect of every listener. It names things and times, never contents.
 */
@Component
public class TraceView {

    /** What a person can still look through; a cause with more (an import) is shown in part and says so. */
    public static final int MOST_EVENTS = 500;
    /** A message has one cause for its creation and one for each tick, edit and reaction. */
    public static final int MOST_CORRELATIONS = 50;

    /** Each part asks an index. A message has a history: one cause for its creation, one for each tick. */
    static final String CORRELATIONS = """
                select correlation_id, min(position) as first from (
                    select correlation_id, position from domain_event_logs where id = :id
                    union all
                    (select correlation_id, position from domain_event_logs where correlation_id = :id limit 1)
                    union all
                    (select correlation_id, position from domain_event_logs
                      where aggregate_id = :id and aggregate_type = 'message' order by position limit :most)
                    union all
                    select correlation_id, 0 from send_intent where message_id = :id or id = :id
                    union all
                    (select correlation_id, 0 from send_intent where correlation_id = :id limit 1)) f
                 group by correlation_id order by first limit :most
                """;
    static final String EVENTS = """
                select id, correlation_id, causation_id, type, version, aggregate_type, aggregate_id, aggregate_version,
                       occurred_at, recorded_at, actor_kind, actor_id, traceparent, outside_kind, outside_at, outside_name,
                       data
                  from domain_event_logs where correlation_id = any(:correlations) order by position limit :limit
                """;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * What is known about an id.
     *
     * @param complete false when there is more than is shown
     */
    public record Found(UUID id, boolean complete, List<Tree> trees) {}

    /**
     * All that is known to follow from one correlation; most have a single cause, the requests of one
     * {@code traceparent} share one.
     *
     * @param tookMillis from the first cause to the last effect so far
     */
    public record Tree(UUID correlationId, Instant startedAt, long tookMillis, List<Node> causes) {}

    /**
     * One thing that happened.
     *
     * @param kind        {@code delivery}, {@code request}, {@code schedule}, {@code workflow}, {@code program};
     *                    {@code event}; {@code send}; {@code consumer} and what it made; {@code failure}; {@code unknown} for a cause
     *                    that is not kept
     * @param state       how far it is, if it is not simply done
     * @param at          when; null if that is not kept
     * @param afterMillis since what caused it
     * @param facts       more about it, by its kind
     */
    public record Node(String kind, String id, @Nullable String name, @Nullable String state, @Nullable Instant at, Long afterMillis,
            Map<String, Object> facts, List<Node> children) {}

    private record Event(UUID id, UUID correlation, Optional<UUID> causation, String type, Instant recordedAt,
            Optional<Growing> outside, Map<String, Object> facts) {}

    /** A node whose children are still being found. */
    private static final class Growing {
        private final String kind;
        private final String id;
        private final String name;
        private final Optional<String> state;
        private final Optional<Instant> at;
        private final Map<String, Object> facts;
        private final List<Growing> children = new ArrayList<>();

        Growing(String kind, String id, String name, Optional<String> state, Optional<Instant> at, Map<String, Object> facts) {
            this.kind = kind;
            this.id = id;
            this.name = name;
            this.state = state;
            this.at = at;
            this.facts = facts;
        }

        Node grown(Optional<Instant> before) {
            var since = at.flatMap(then -> before.map(earlier -> Duration.between(earlier, then).toMillis()));
            return new Node(kind, id, name, state.orElse(null), at.orElse(null), since.orElse(null), facts,
                    children.stream().sorted(Comparator.comparing(child -> child.at.orElse(Instant.MAX)))
                            .map(child -> child.grown(at.or(() -> before))).toList());
        }

        Instant last() {
            return children.stream().map(Growing::last).max(Comparator.naturalOrder())
                    .filter(latest -> at.isEmpty() || latest.isAfter(at.get())).orElse(at.orElse(Instant.MIN));
        }
    }

    private final JdbcClient db;
    private final JdbcClient system;
    private final List<Effects> effects;

    TraceView(JdbcClient db, @Qualifier("system") JdbcClient system, List<Effects> effects) {
        this.db = db;
        this.system = system;
        this.effects = effects;
    }

    /** The trees that a message, event, send, given up delivery or correlation of the bound tenant belongs to. */
    @Transactional(readOnly = true)
    public Found of(UUID id) {
        var correlations = correlations(id);
        if (correlations.isEmpty()) return givenUp(id).orElseThrow(() -> Refusal.notFound("trace"));
        var shown = correlations.subList(0, Math.min(correlations.size(), MOST_CORRELATIONS));
        var events = events(shown);
        var kept = events.subList(0, Math.min(events.size(), MOST_EVENTS));
        var complete = shown.size() == correlations.size() && kept.size() == events.size();
        return new Found(id, complete, trees(shown, kept));
    }

    private List<UUID> correlations(UUID id) {
        return db.sql(CORRELATIONS).param("id", id).param("most", MOST_CORRELATIONS + 1)
                .query((row, _) -> row.getObject(1, UUID.class)).list();
    }

    /** A delivery that nobody could apply led to no event; what is kept of it is its failure. */
    private Optional<Found> givenUp(UUID id) {
        return system.sql("""
                select message_id, source, code, reason, attempts, first_at, last_at, state,
                       headers ->> 'correlation-id' as correlation, headers ->> 'received-at' as received
                  from failures where message_id = :id and tenant_id = :tenant and headers ->> 'correlation-id' is not null
                   order by last_at limit 1
                """)
                .param("id", id).param("tenant", Tenancy.current().value())
                .query((row, _) -> {
                    var received = Optional.ofNullable(row.getString("received")).map(Instant::parse);
                    var delivery = new Growing("delivery", row.getString("correlation"), row.getString("message_id"),
                            Optional.empty(), received, Map.of());
                    delivery.children.add(new Growing("failure", row.getString("message_id"), "failure",
                            Optional.of(row.getString("state")), Optional.of(instant(row, "last_at")),
                            Map.of("source", row.getString("source"), "code", row.getString("code"), "reason",
                                    row.getString("reason"), "attempts", row.getInt("attempts"))));
                    return new Found(id, true, List.of(tree(UUID.fromString(row.getString("correlation")), List.of(delivery))));
                }).optional();
    }

    private List<Event> events(List<UUID> correlations) {
        return db.sql(EVENTS).param("correlations", correlations.toArray(UUID[]::new)).param("limit", MOST_EVENTS + 1)
                .query((row, _) -> event(row)).list();
    }

    private static Event event(ResultSet row) throws SQLException {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("version", row.getInt("version"));
        facts.put("aggregateType", row.getString("aggregate_type"));
        facts.put("aggregateId", row.getObject("aggregate_id", UUID.class));
        facts.put("aggregateVersion", row.getLong("aggregate_version"));
        facts.put("occurredAt", instant(row, "occurred_at"));
        facts.put("actor", Map.of("kind", row.getString("actor_kind").toLowerCase(Locale.ROOT), "id", row.getString("actor_id")));
        facts.put("refersTo", references(row.getString("data")));
        var causation = Optional.ofNullable(row.getObject("causation_id", UUID.class));
        Optional<Growing> outside = Optional.empty();
        if (row.getString("outside_kind") != null) {
            Map<String, Object> more = new LinkedHashMap<>();
            if (row.getString("traceparent") != null) more.put("traceparent", row.getString("traceparent"));
            more.put("actor", facts.get("actor"));
            outside = Optional.of(new Growing(row.getString("outside_kind").toLowerCase(Locale.ROOT), causation.orElseThrow().toString(),
                    row.getString("outside_name"), Optional.empty(), Optional.of(instant(row, "outside_at")), more));
        }
        return new Event(row.getObject("id", UUID.class), row.getObject("correlation_id", UUID.class), causation,
                row.getString("type"), instant(row, "recorded_at"), outside, facts);
    }

    /** The rows that an event tells of beside its own: the ids in its data, and nothing else of it. */
    private static Map<String, Object> references(String data) {
        Map<String, Object> ids = new LinkedHashMap<>();
        JSON.readTree(data).properties().forEach(field -> {
            if (field.getKey().endsWith("Id") && field.getValue().isString() && isUuid(field.getValue().asString())) {
                ids.put(field.getKey(), field.getValue().asString());
            }
        });
        return ids;
    }

    private static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().equals(text);
        } catch (IllegalArgumentException other) {
            return false;
        }
    }

    private List<Tree> trees(List<UUID> correlations, List<Event> events) {
        var ids = events.stream().map(Event::id).toList();
        var found = effects.stream().flatMap(one -> one.of(correlations, ids).stream()).toList();
        var nodes = new HashMap<UUID, Growing>();
        var home = new HashMap<UUID, UUID>();
        var roots = new LinkedHashMap<UUID, Map<String, Growing>>();
        correlations.forEach(correlation -> roots.put(correlation, new LinkedHashMap<>()));
        for (var event : events) {
            home.put(event.id(), event.correlation());
            event.outside().ifPresent(outside -> {
                nodes.putIfAbsent(event.causation().orElseThrow(), outside);
                roots.get(event.correlation()).putIfAbsent(outside.id, nodes.get(event.causation().orElseThrow()));
            });
            nodes.put(event.id(), new Growing("event", event.id().toString(), event.type(), Optional.empty(),
                    Optional.of(event.recordedAt()), event.facts()));
        }
        for (var effect : found) {
            if (effect.kind().equals("send")) nodes.put(UUID.fromString(effect.id()), node(effect));
        }
        for (var event : events) {
            event.causation().map(nodes::get)
                    .orElseGet(() -> unknown(roots.get(event.correlation()), event.correlation()))
                    .children.add(nodes.get(event.id()));
        }
        var listeners = new HashMap<List<Object>, Growing>();
        for (var effect : found) {
            if (!effect.kind().equals("consumer")) continue;
            var node = node(effect);
            listeners.put(List.of(effect.causedBy(), effect.id()), node);
            nodes.get(effect.causedBy()).children.add(node);
        }
        for (var effect : found) {
            switch (effect.kind()) {
                case "consumer" -> {}
                case "send" -> Optional.ofNullable(nodes.get(effect.causedBy()))
                        // The cause of a send is unknown if it is old, and not shown if there is too much of it.
                        .or(() -> Optional.ofNullable(roots.get(effect.causedBy()))
                                .map(causes -> unknown(causes, effect.causedBy())))
                        .ifPresent(cause -> cause.children.add(nodes.get(UUID.fromString(effect.id()))));
                default -> effect.consumer().map(name -> listeners.get(List.of(effect.causedBy(), name)))
                        .orElseGet(() -> nodes.get(effect.causedBy())).children.add(node(effect));
            }
        }
        return roots.entrySet().stream().map(root -> tree(root.getKey(), root.getValue().values())).toList();
    }

    private static Growing unknown(Map<String, Growing> causes, UUID correlation) {
        return causes.computeIfAbsent("unknown", _ -> new Growing("unknown", correlation.toString(), "unknown",
                Optional.empty(), Optional.empty(), Map.of()));
    }

    private static Growing node(Effect effect) {
        return new Growing(effect.kind(), effect.id(), effect.kind().equals("consumer") ? effect.id() : effect.kind(),
                effect.state(), effect.at(), effect.facts());
    }

    private static Tree tree(UUID correlation, Collection<Growing> causes) {
        var started = causes.stream().flatMap(cause -> Stream.concat(Stream.of(cause), cause.children.stream()))
                .flatMap(node -> node.at.stream()).min(Comparator.naturalOrder()).orElse(Instant.EPOCH);
        var ended = causes.stream().map(Growing::last).max(Comparator.naturalOrder()).orElse(started);
        return new Tree(correlation, started, Math.max(0, Duration.between(started, ended).toMillis()),
                causes.stream().map(cause -> cause.grown(Optional.empty())).toList());
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
