package com.ventros.crm.events;

import com.ventros.crm.events.catalog.Catalogue;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Delivers the bound tenant's events of the past to one consumer once more, or has a read model counted anew that is kept without deliveries.
 * A replay is a row: whoever has the worker's
 * role works on it, and a program that dies leaves it to the others.
 */
@Component
public class Replays {

    /** Faster than any consumer of ours; whoever wants no limit gives none. */
    public static final int MAX_RATE = 10_000;

    /**
     * Which events, and for whom.
     *
     * @param types event types, with {@code *} for one word and {@code #} for any number; empty for all that it hears
     * @param from  recorded at this time or later
     * @param to    recorded before this time
     * @param rate  most events in a second; as fast as the consumer works when empty
     */
    public record Request(String consumer, Set<String> types, Optional<UUID> aggregateId, Optional<Instant> from,
            Optional<Instant> to, Optional<Integer> rate) {}

    /**
     * A replay as an operator sees it.
     *
     * @param kind      {@code repeat}, {@code rebuild} or {@code recount}
     * @param total     events to deliver, or rows to count anew, as counted when it began
     * @param published events given to the consumer's queue; rows counted anew
     * @param applied   events that the consumer has worked on; rows counted anew
     * @param failed    events that it gave up, to be repeated or discarded among the failures
     * @param mended    of a recount, the rows that were not what they were counted to be
     */
    public record Shown(UUID id, String consumer, String kind, List<String> types, Optional<UUID> aggregateId,
            Optional<Instant> from, Optional<Instant> to, Optional<Integer> rate, String state, long total, long published,
            long applied, long failed, Optional<Long> mended, Instant createdAt, Optional<Instant> finishedAt) {}

    /** How many events of a type a consumer would get. */
    public record Count(String consumer, String type, long events) {}

    /** A consumer and what a replay means for it, as it declared; or a read model that is counted anew, which hears nothing. */
    private record Known(String name, List<String> patterns, String onReplay, Optional<String> reason, boolean gone) {

        boolean recounts() {
            return onReplay.equals("RECOUNT");
        }
    }

    private final JdbcClient db;
    private final JdbcClient system;
    private final TransactionTemplate transaction;
    private final Outbox outbox;
    private final Catalogue catalogue;
    private final EventLog log;
    private final ReadModels models;

    Replays(JdbcClient db, @Qualifier("system") JdbcClient system, PlatformTransactionManager transactions, Outbox outbox,
            Catalogue catalogue, EventLog log, ReadModels models) {
        this.db = db;
        this.system = system;
        this.transaction = new TransactionTemplate(transactions);
        this.outbox = outbox;
        this.catalogue = catalogue;
        this.log = log;
        this.models = models;
    }

    /** What a replay would deliver, without delivering it; with no consumer named, to each that accepts one. A recount delivers nothing. */
    public List<Count> dryRun(Request request) {
        check(request);
        var consumers = request.consumer().isBlank()
                ? known().stream().filter(one -> !one.onReplay().equals("REFUSE") && !one.gone()).toList()
                : List.of(accepting(request.consumer()));
        var counts = new ArrayList<Count>();
        for (var consumer : consumers) {
            var types = types(consumer, request);
            if (types.isEmpty()) continue;
            transaction.<Map<String, Long>>execute(_ -> log.count(selection(types, request)))
                    .forEach((type, events) -> counts.add(new Count(consumer.name(), type, events)));
        }
        return counts;
    }

    /** Begins a replay, or the recount of a {@link RecountedModel}; refused when its consumer refuses, hears nothing of it, or has one already. */
    public Shown start(Request request) {
        check(request);
        var consumer = accepting(request.consumer());
        var types = types(consumer, request);
        if (consumer.recounts()) checkWhole(request);
        var whole = request.types().isEmpty() && request.aggregateId().isEmpty() && request.from().isEmpty()
                && request.to().isEmpty();
        // A part of the past cannot stand for the whole table: it is applied to what is there.
        var rebuilds = whole && consumer.onReplay().equals("REBUILD");
        var id = Uuids.v7();
        var now = Instant.now();
        try {
            transaction.executeWithoutResult(_ -> {
                var cause = Cause.current();
                var generation = rebuilds ? models.begin(consumer.name()) : null;
                db.sql("""
                        insert into event_replay (tenant_id, id, consumer, types, aggregate_id, recorded_from, recorded_to,
                                                  rate, generation, mended, state, swept, actor_kind, actor_id, correlation_id,
                                                  created_at, version)
                        values (:tenant, :id, :consumer, :types, :aggregate, :from, :to, :rate, :generation, :mended, 'RUNNING',
                                :swept, :actorKind, :actorId, :correlation, :now, 1)
                        """)
                        .param("tenant", Tenancy.current().value()).param("id", id).param("consumer", consumer.name())
                        .param("types", types.toArray(String[]::new)).param("aggregate", request.aggregateId().orElse(null))
                        .param("from", request.from().map(Replays::utc).orElse(null))
                        .param("to", request.to().map(Replays::utc).orElse(null))
                        .param("rate", request.rate().orElse(null)).param("generation", generation)
                        .param("mended", consumer.recounts() ? 0L : null)
                        .param("swept", !rebuilds).param("actorKind", cause.actor().kind().name())
                        .param("actorId", cause.actor().id()).param("correlation", cause.correlationId())
                        .param("now", utc(now)).update();
                raise(id, 1, now, new ReplayEvent.Started(id, consumer.name(), consumer.recounts() ? "recount" : rebuilds ? "rebuild" : "repeat", types,
                        request.aggregateId(), request.from(), request.to(), request.rate()));
            });
        } catch (DuplicateKeyException another) {
            throw Refusal.conflict("replay_in_progress", "A replay to " + consumer.name() + " is not over yet.");
        }
        return find(id);
    }

    /** The newest first; {@code after} is the id of the last one seen. */
    public List<Shown> list(Optional<UUID> after, int limit) {
        return transaction.execute(_ -> db.sql("""
                select * from event_replay where (:after::uuid is null or id < :after::uuid) order by id desc limit :limit
                """).param("after", after.orElse(null)).param("limit", limit).query((row, _) -> shown(row)).list());
    }

    /** One replay, as it is now. */
    public Shown find(UUID id) {
        return transaction.execute(_ -> db.sql("select * from event_replay where id = :id").param("id", id)
                .query((row, _) -> shown(row)).optional()).orElseThrow(() -> Refusal.notFound("replay"));
    }

    /** Nothing more is published until it is resumed; what is in the queue is still worked off. */
    public Shown pause(UUID id) {
        return change(id, Set.of("RUNNING"), "PAUSED",
                state -> Refusal.conflict("replay_not_running", "The replay is " + state + "."), consumer -> new ReplayEvent.Paused(id, consumer));
    }

    /** Goes on where it was. */
    public Shown resume(UUID id) {
        return change(id, Set.of("PAUSED"), "RUNNING",
                state -> Refusal.conflict("replay_not_paused", "The replay is " + state + "."), consumer -> new ReplayEvent.Resumed(id, consumer));
    }

    /** Ends it: what is in the queue is dropped, and what was built anew is thrown away. */
    public Shown cancel(UUID id) {
        return change(id, Set.of("RUNNING", "PAUSED"), "CANCELLED",
                state -> Refusal.conflict("replay_over", "The replay is " + state + "."), consumer -> new ReplayEvent.Cancelled(id, consumer));
    }

    private Shown change(UUID id, Set<String> from, String to, Function<String, Refusal> refusal,
            Function<String, ReplayEvent> event) {
        record Changed(String consumer, Integer generation, long version) {}
        transaction.executeWithoutResult(_ -> {
            var changed = db.sql("""
                    update event_replay set state = :to, version = version + 1,
                           finished_at = case when :to = 'CANCELLED' then now() end
                     where id = :id and state = any(:from) returning consumer, generation, version
                    """)
                    .param("to", to).param("id", id).param("from", from.toArray(String[]::new))
                    .query(Changed.class).optional().orElseThrow(() -> refusal.apply(find(id).state()));
            if (to.equals("CANCELLED") && changed.generation() != null) models.abandon(changed.consumer(), changed.generation());
            raise(id, changed.version(), Instant.now(), event.apply(changed.consumer()));
        });
        return find(id);
    }

    /**
     * Counts events that the consumer works on in this transaction.
     *
     * @return the mark under which it does; empty when the replay was cancelled meanwhile
     */
    Optional<Replayed> applying(UUID replay, int events) {
        return db.sql("""
                update event_replay set applied = applied + :events where id = :id and state <> 'CANCELLED'
                returning generation
                """).param("events", events).param("id", replay)
                .query((row, _) -> new Replayed(replay, Optional.ofNullable(row.getObject(1, Integer.class)))).optional();
    }

    private void raise(UUID id, long version, Instant at, ReplayEvent event) {
        outbox.append(List.of(new NewEvent(event, "replay", id, version, Optional.empty(), at, Cause.current())));
    }

    private static void check(Request request) {
        if (request.rate().filter(rate -> rate < 1 || rate > MAX_RATE).isPresent()) {
            throw Refusal.invalid("rate", "out_of_bounds", "The rate is from 1 to " + MAX_RATE + " events in a second.");
        }
        if (request.from().isPresent() && request.to().isPresent() && !request.from().get().isBefore(request.to().get())) {
            throw Refusal.invalid("to", "not_after_from", "The window ends before it begins.");
        }
    }

    private static void checkWhole(Request request) {
        if (request.aggregateId().isEmpty() && request.from().isEmpty() && request.to().isEmpty()) return;
        throw Refusal.invalid(request.aggregateId().isPresent() ? "aggregateId" : request.from().isPresent() ? "from" : "to", "recounts_all",
                request.consumer() + " is counted anew as a whole, from what there is and not from events.");
    }

    private List<Known> known() {
        return system.sql("""
                select name, patterns, on_replay, reason, declared_at < now() - make_interval(secs => :gone) from event_consumers
                union all
                select name, '{}', 'RECOUNT', null, declared_at < now() - make_interval(secs => :gone) from event_recounts
                 order by name
                """).param("gone", Listeners.GONE_AFTER.toSeconds())
                .query((row, _) -> new Known(row.getString(1), List.of((String[]) row.getArray(2).getArray()),
                        row.getString(3), Optional.ofNullable(row.getString(4)), row.getBoolean(5))).list();
    }

    private Known accepting(String name) {
        var consumer = known().stream().filter(one -> one.name().equals(name)).findFirst()
                .orElseThrow(() -> Refusal.invalid("consumer", "consumer_unknown", "There is no consumer " + name + "."));
        // Nobody would take what is published to it, and the replay would never be over.
        if (consumer.gone()) throw Refusal.conflict("consumer_gone", "No running program has the consumer " + name + ".");
        if (consumer.onReplay().equals("REFUSE")) {
            throw Refusal.conflict("replay_refused", name + " takes no replay: " + consumer.reason().orElseThrow());
        }
        return consumer;
    }

    /** The event types that the request means and the consumer hears. */
    private List<String> types(Known consumer, Request request) {
        var heard = matching(consumer.patterns());
        if (request.types().isEmpty()) return heard;
        var meant = matching(List.copyOf(request.types()));
        for (var pattern : request.types()) {
            if (matching(List.of(pattern)).stream().noneMatch(heard::contains) && !request.consumer().isBlank()) {
                throw Refusal.invalid("types", "type_not_heard", consumer.name() + " hears no event " + pattern + ".");
            }
        }
        return heard.stream().filter(meant::contains).toList();
    }

    private List<String> matching(List<String> patterns) {
        var regexes = patterns.stream().map(Topology::regex).toList();
        return catalogue.entries().stream().map(Catalogue.Entry::type)
                .filter(type -> regexes.stream().anyMatch(regex -> regex.matcher(type).matches())).toList();
    }

    private static EventLog.Selection selection(List<String> types, Request request) {
        return new EventLog.Selection(types, request.aggregateId(), request.from(), request.to());
    }

    private Shown shown(ResultSet row) throws SQLException {
        var id = row.getObject("id", UUID.class);
        var unsettled = row.getLong("published") > row.getLong("applied");
        var mended = Optional.ofNullable(row.getObject("mended", Long.class));
        return new Shown(id, row.getString("consumer"), mended.isPresent() ? "recount" : row.getObject("generation") == null ? "repeat" : "rebuild",
                List.of((String[]) row.getArray("types").getArray()), Optional.ofNullable(row.getObject("aggregate_id", UUID.class)),
                instant(row, "recorded_from"), instant(row, "recorded_to"),
                Optional.ofNullable(row.getObject("rate", Integer.class)),
                row.getString("state").toLowerCase(Locale.ROOT), row.getLong("total"), row.getLong("published"),
                row.getLong("applied"), unsettled ? failed(id, row.getString("consumer"), List.of("open")) : 0,
                mended, instant(row, "created_at").orElseThrow(), instant(row, "finished_at"));
    }

    /** Deliveries of the replay that ended among the failures and are in one of these states there. */
    long failed(UUID replay, String consumer, List<String> states) {
        return system.sql("""
                select count(*) from failures where source = :queue and headers ->> :mark = :replay and state = any(:states)
                """).param("queue", Topology.CONSUMER_PREFIX + consumer).param("mark", Headers.REPLAY)
                .param("replay", replay.toString()).param("states", states.toArray(String[]::new)).query(Long.class).single();
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
