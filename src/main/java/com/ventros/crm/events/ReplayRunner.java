package com.ventros.crm.events;

import com.ventros.crm.events.Broker.Lane;
import com.ventros.crm.events.Broker.Publication;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Publishes the events of replays to the queues of their consumers, or has rows counted anew, in small steps that their rows remember.
 *
 * <pre>
 *            counted        all published and applied
 *  RUNNING ──────────▶ RUNNING ──────────▶ DONE ──┐
 *   │  ▲   in steps                               ├──▶ swept: the rows of the old generation are gone
 *   │  └── PAUSED ──────────▶ CANCELLED ──────────┘
 *   └─────────────────────────────▲
 * </pre>
 *
 * <p>A row belongs to one program, and with {@link Nodes} to another one when that is dead. A stop between publishing
 * and remembering publishes again, which the inbox makes harmless.
 */
@Component
final class ReplayRunner implements SmartLifecycle {

    /** One step of a replay; a full consumer's batch several times over. */
    static final int STEP = 500;
    /**
     * Published and not yet applied, at most. It keeps the queue short, so that a cancelled replay is over at once; and
     * a replay whose events all die stops by itself before it has filled the failures.
     */
    static final int WINDOW = 2_000;
    /** Where a recount ends, which walks along rows and not along positions. */
    private static final long COUNTED = 1;
    /** Often enough for an even flow, seldom enough to be no load. */
    private static final Duration TICK = Duration.ofMillis(100);
    /** Deleting so many rows is one short transaction. */
    private static final int SWEPT_AT_ONCE = 5_000;
    /** So few are taken at a look that programs which look at the same time share what there is. */
    private static final int TAKEN_AT_ONCE = 4;

    private static final Logger log = LoggerFactory.getLogger(ReplayRunner.class);

    private record Replay(TenantId tenant, UUID id, String consumer, EventLog.Selection selection, Optional<Integer> rate,
            Optional<Integer> generation, boolean running, Optional<Long> until, long position, long published, long applied,
            UUID correlation, Optional<String> table, boolean recounts, UUID countedTo) {}

    /** What a limited replay may still publish, refilled as time goes by. */
    private record Credit(double events, long at) {}

    private final JdbcClient db;
    private final JdbcClient system;
    private final TransactionTemplate transaction;
    private final Broker broker;
    private final Nodes nodes;
    private final Outbox outbox;
    private final EventLog eventLog;
    private final ReadModels models;
    private final Replays replays;
    private final Map<String, RecountedModel> recounted;
    private final BulkPace pace;
    private final Roles roles;
    private final Map<UUID, Credit> credits = new HashMap<>();
    private volatile Thread thread;

    ReplayRunner(JdbcClient db, @Qualifier("system") JdbcClient system, PlatformTransactionManager transactions, Broker broker,
            Nodes nodes, Outbox outbox, EventLog eventLog, ReadModels models, Replays replays,
            List<RecountedModel> recounted, BulkPace pace, Roles roles) {
        this.db = db;
        this.system = system;
        this.transaction = new TransactionTemplate(transactions);
        this.broker = broker;
        this.nodes = nodes;
        this.outbox = outbox;
        this.eventLog = eventLog;
        this.models = models;
        this.replays = replays;
        this.recounted = recounted.stream().collect(Collectors.toMap(RecountedModel::name, Function.identity()));
        this.pace = pace;
        this.roles = roles;
        nodes.whenDead(this::release);
        nodes.onLeave(() -> release(nodes.number()));
    }

    private void release(long node) {
        system.sql("update event_replay set runner = null where runner = :node").param("node", node).update();
    }

    /**
     * Takes what nobody works on, and one step of each.
     *
     * @return whether there is any replay to work on
     */
    boolean runOnce() {
        if (!nodes.sure()) return false;
        var mine = mine();
        credits.keySet().retainAll(mine.stream().map(Replay::id).toList());
        for (var replay : mine) {
            try {
                Tenancy.run(replay.tenant(), () -> step(replay));
            } catch (RuntimeException failed) {
                log.warn("Replay {} to {} waits a moment: {}", replay.id(), replay.consumer(), failed.toString());
            }
        }
        return !mine.isEmpty();
    }

    private List<Replay> mine() {
        var free = system.sql("select exists (select from event_replay where state = 'RUNNING' or not swept)")
                .query(Boolean.class).single();
        if (!free) return List.of();
        system.sql("""
                update event_replay set runner = :me
                 where (tenant_id, id) in (
                       select tenant_id, id from event_replay
                        where (state = 'RUNNING' or (state <> 'PAUSED' and not swept)) and runner is null
                        order by id limit :most for update skip locked)
                """).param("me", nodes.number()).param("most", TAKEN_AT_ONCE).update();
        return system.sql("""
                select r.*, c.read_model from event_replay r left join event_consumers c on c.name = r.consumer
                 where r.runner = :me and (r.state = 'RUNNING' or (r.state <> 'PAUSED' and not r.swept)) order by r.id
                """).param("me", nodes.number())
                .query((row, _) -> new Replay(new TenantId(row.getObject("tenant_id", UUID.class)), row.getObject("id", UUID.class),
                        row.getString("consumer"),
                        new EventLog.Selection(List.of((String[]) row.getArray("types").getArray()),
                                Optional.ofNullable(row.getObject("aggregate_id", UUID.class)),
                                Optional.ofNullable(row.getObject("recorded_from", OffsetDateTime.class)).map(OffsetDateTime::toInstant),
                                Optional.ofNullable(row.getObject("recorded_to", OffsetDateTime.class)).map(OffsetDateTime::toInstant)),
                        Optional.ofNullable(row.getObject("rate", Integer.class)),
                        Optional.ofNullable(row.getObject("generation", Integer.class)),
                        row.getString("state").equals("RUNNING"),
                        Optional.ofNullable(row.getObject("until_position", Long.class)), row.getLong("position"),
                        row.getLong("published"), row.getLong("applied"), row.getObject("correlation_id", UUID.class),
                        Optional.ofNullable(row.getString("read_model")), row.getObject("mended") != null,
                        row.getObject("counted_to", UUID.class)))
                .list();
    }

    private void step(Replay replay) {
        if (!replay.running()) sweep(replay);
        else if (replay.recounts() && !recounted.containsKey(replay.consumer())) return; // a newer program has it, and goes on when this one is gone
        else if (replay.until().isEmpty()) begin(replay);
        else if (replay.position() >= replay.until().get()) complete(replay);
        else if (replay.recounts()) recount(replay);
        else publish(replay);
    }

    /**
     * The end is taken after the replay's row, and with it the new generation, was committed: an event is either in
     * the log by then, or is committed later and delivered to its consumers, who write it to the new generation too.
     */
    private void begin(Replay replay) {
        transaction.executeWithoutResult(_ -> {
            long until = replay.recounts() ? COUNTED : eventLog.lastPosition();
            long total = replay.recounts() ? recounted.get(replay.consumer()).rows()
                    : eventLog.count(replay.selection()).values().stream().mapToLong(Long::longValue).sum();
            db.sql("""
                    update event_replay set until_position = :until, total = :total
                     where id = :id and runner = :me and until_position is null
                    """).param("until", until).param("total", total).param("id", replay.id()).param("me", nodes.number()).update();
        });
        log.info("Replay {} to {} begins", replay.id(), replay.consumer());
    }

    /** A stop between counting and remembering counts a page once more, and finds it as it should be. */
    private void recount(Replay replay) {
        int room = (int) Math.min(STEP, credit(replay));
        if (room <= 0) return;
        var page = because(replay).call(() -> pace.bulk(() -> recounted.get(replay.consumer()).recount(replay.countedTo(), room)));
        transaction.executeWithoutResult(_ -> db.sql("""
                update event_replay set position = :position, counted_to = :last, published = published + :counted,
                                        applied = applied + :counted, mended = mended + :mended
                 where id = :id and runner = :me and counted_to = :before
                """).param("position", page.last().isPresent() ? 0 : COUNTED).param("last", page.last().orElse(replay.countedTo()))
                .param("counted", page.counted()).param("mended", page.mended()).param("id", replay.id()).param("me", nodes.number())
                .param("before", replay.countedTo()).update());
        spend(replay, page.counted());
    }

    private void publish(Replay replay) {
        int room = (int) Math.min(Math.min(STEP, WINDOW - (replay.published() - replay.applied())), credit(replay));
        if (room <= 0) return;
        var events = transaction.<List<Envelope>>execute(_ ->
                eventLog.read(replay.selection(), replay.position(), replay.until().orElseThrow(), room));
        var refused = new HashSet<UUID>();
        // Each by itself: whatever is refused comes again, with all that is after it.
        broker.publishInOrder(events.stream().map(event -> publication(replay, event)).toList(), Publication::id, Relay.CONFIRM_WAIT)
                .forEach(no -> refused.add(no.publication().id()));
        int kept = 0;
        while (kept < events.size() && !refused.contains(id(replay, events.get(kept)))) kept++;
        if (kept < events.size()) log.warn("The broker refused an event of replay {}; it comes again", replay.id());
        long position = kept < events.size() || events.size() == room
                ? kept == 0 ? replay.position() : events.get(kept - 1).sequence()
                : replay.until().orElseThrow();
        var published = kept;
        transaction.executeWithoutResult(_ -> db.sql("""
                update event_replay set position = :position, published = published + :published
                 where id = :id and runner = :me and position = :before
                """).param("position", position).param("published", published).param("id", replay.id())
                .param("me", nodes.number()).param("before", replay.position()).update());
        spend(replay, published);
    }

    private static Publication publication(Replay replay, Envelope event) {
        return new Publication(id(replay, event), Topology.CONSUMER_PREFIX + replay.consumer(), Lane.BULK,
                Map.of(Headers.TENANT, event.tenantId().toString(), Headers.TYPE, event.type(),
                        Headers.REPLAY, replay.id().toString()),
                EventJson.write(event));
    }

    /** One of its own, so that a failure of the replay is not taken for one of the first delivery. */
    private static UUID id(Replay replay, Envelope event) {
        return Uuids.v5(replay.id(), event.id().toString());
    }

    private long credit(Replay replay) {
        if (replay.rate().isEmpty()) return Long.MAX_VALUE;
        var now = System.nanoTime();
        double rate = replay.rate().get();
        var before = credits.getOrDefault(replay.id(), new Credit(0, now - TICK.toNanos()));
        // What was not used for a second is gone: a slow consumer is not flooded afterwards.
        var events = Math.min(Math.max(1, rate), before.events() + rate * (now - before.at()) / 1e9);
        credits.put(replay.id(), new Credit(events, now));
        return (long) events;
    }

    private void spend(Replay replay, int published) {
        credits.computeIfPresent(replay.id(), (_, credit) -> new Credit(credit.events() - published, credit.at()));
    }

    /**
     * Through when each event was applied. A repetition does not wait for those that ended among the failures; a
     * rebuilt table is not read before each of them was repeated, or discarded by somebody who knows what that means.
     */
    private void complete(Replay replay) {
        long missing = replay.published() - replay.applied();
        if (missing > 0) {
            missing -= replays.failed(replay.id(), replay.consumer(),
                    replay.generation().isPresent() ? List.of("discarded") : List.of("open", "discarded"));
        }
        if (missing > 0) return;
        because(replay).run(() -> transaction.executeWithoutResult(_ -> {
            record Done(long version, long published, long applied, Long mended) {}
            var done = db.sql("""
                    update event_replay set state = 'DONE', finished_at = now(), version = version + 1
                     where id = :id and state = 'RUNNING' and runner = :me returning version, published, applied, mended
                    """).param("id", replay.id()).param("me", nodes.number()).query(Done.class).optional();
            if (done.isEmpty()) return;
            replay.generation().ifPresent(generation -> models.swap(replay.consumer(), generation));
            outbox.append(List.of(new NewEvent(
                    new ReplayEvent.Completed(replay.id(), replay.consumer(), done.get().published(), done.get().applied(),
                            Optional.ofNullable(done.get().mended())),
                    "replay", replay.id(), done.get().version(), Optional.empty(), Instant.now(), Cause.current())));
            log.info("Replay {} to {} is through: {} {}", replay.id(), replay.consumer(), done.get().applied(), replay.recounts() ? "rows" : "events");
        }));
    }

    private static Cause because(Replay replay) {
        var outside = new Cause.Outside(Cause.Outside.Kind.PROGRAM, Uuids.v7(), Instant.now(), "replay");
        return Cause.outside(replay.correlation(), outside, Actor.system("replay"), Optional.empty());
    }

    private void sweep(Replay replay) {
        transaction.executeWithoutResult(_ -> {
            var swept = replay.table().isEmpty() ? 0 : models.sweep(replay.consumer(), replay.table().get(), SWEPT_AT_ONCE);
            if (swept == 0) db.sql("update event_replay set swept = true where id = :id").param("id", replay.id()).update();
        });
    }

    @Override
    public void start() {
        if (!roles.worker()) return;
        thread = Thread.ofVirtual().name("replay-runner").unstarted(() -> {
            while (Thread.currentThread() == thread) {
                var pause = Nodes.BEAT;
                try {
                    if (runOnce()) pause = TICK;
                } catch (RuntimeException failed) {
                    log.warn("Replays wait a moment: {}", failed.toString());
                }
                LockSupport.parkNanos(pause.toNanos());
            }
        });
        thread.start();
    }

    @Override
    public void stop() {
        var stopped = thread;
        thread = null;
        if (stopped == null) return;
        LockSupport.unpark(stopped);
        try {
            stopped.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** After the consumers, whose queues it fills. */
    @Override
    public int getPhase() {
        return EnginePhase.RELAY;
    }
}
