package com.ventros.crm.events;

import com.ventros.crm.events.Broker.Lane;
import com.ventros.crm.events.Broker.Publication;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Publishes what the outbox holds, in order for each aggregate, and deletes what the broker confirmed; queues beside the outbox
 * take it from there themselves ({@link TakesFromOutbox}).
 *
 * <p>Each partition of the outbox belongs to one program; the partitions of a dead one go to the others with
 * {@link Nodes}. A stop between publishing and deleting publishes again, which the consumers' inbox makes harmless.
 */
@Component
final class Relay implements SmartLifecycle {

    /** Enough to fill a group commit or a window of confirms, little enough that the newest event waits briefly. */
    static final int BATCH = 1_000;
    /** Of a bulk backlog so many go at once: each goes to several queues, and RabbitMQ keeps what a person does behind 100 waiting for 20 ms. */
    static final int BULK_BATCH = 50;
    /** They share the partitions: while one waits for its confirms, the other reads, publishes and deletes. */
    static final int COURIERS = 2;
    /** A confirm takes milliseconds; whoever needs ten seconds is ill, and the outbox keeps the events. */
    static final Duration CONFIRM_WAIT = Duration.ofSeconds(10);
    /** Five tries half a minute apart outlast the restart of any broker. */
    static final int TRIES = 5;
    static final Duration BACKOFF = Duration.ofSeconds(30);
    /** A courier without work is woken by rings and by the look of each second; its own look comes in case that fails. */
    private static final Duration IDLE_LOOK = Duration.ofSeconds(30);
    private static final Logger log = LoggerFactory.getLogger(Relay.class);

    private record Pending(long position, UUID tenant, UUID id, Lane lane, String type, UUID aggregate, byte[] body,
            int attempts, Instant createdAt, long oldestRunning) {}

    private final JdbcClient system;
    private final Broker broker;
    /** The broker's queues, where they lie beside the outbox. */
    private final Optional<TakesFromOutbox> queues;
    private final Nodes nodes;
    private final Bell bell;
    private final Broker.DeadLetters deadLetters;
    private final BulkPace pace;
    private final boolean enabled;
    private final Counter published;
    private final Counter refusals;
    private final List<Courier> couriers;
    private volatile Set<Integer> mine = Set.of();
    private long sharedAs;
    private volatile boolean running;
    private volatile boolean stopped;

    Relay(@Qualifier("system") JdbcClient system, Broker broker, Nodes nodes, Bell bell, Broker.DeadLetters deadLetters,
            BulkPace pace, Roles roles, MeterRegistry meters) {
        this.system = system;
        this.broker = broker;
        this.queues = broker instanceof TakesFromOutbox beside ? Optional.of(beside) : Optional.empty();
        this.nodes = nodes;
        this.bell = bell;
        this.deadLetters = deadLetters;
        this.pace = pace;
        this.enabled = roles.relay();
        this.couriers = Stream.concat(
                IntStream.range(0, COURIERS).mapToObj(number -> new Courier("relay-" + number, Lane.INTERACTIVE, BATCH,
                        partition -> partition % COURIERS == number)),
                Stream.of(new Courier("relay-bulk", Lane.BULK, BULK_BATCH, _ -> true))).toList();
        this.published = meters.counter("crm.outbox.published");
        this.refusals = meters.counter("crm.outbox.refused");
        Gauge.builder("crm.outbox.lag", () -> couriers.stream().mapToDouble(courier -> courier.lagSeconds).max().orElse(0)).baseUnit("seconds")
                .description("age of the oldest event of the batch published last").register(meters);
        Gauge.builder("crm.outbox.pending", this::pending).description("events waiting to be published").register(meters);
        nodes.whenDead(node -> system.sql("update relay_leases set owner = null where owner = :node")
                .param("node", node).update());
        nodes.onBeat(this::share);
        nodes.onBeat(this::look);
        nodes.onLeave(this::leave);
    }

    private double pending() {
        return system.sql("select count(*) from outbox_events where state = 'pending'").query(Double.class).single();
    }

    @Override
    public void start() {
        if (!enabled) return;
        stopped = false;
        running = true;
        couriers.forEach(Courier::start);
        share();
    }

    /**
     * Takes one lane of some of the partitions that this program holds; an aggregate is in one, so its order within the lane
     * needs no other courier. A long line of bulk events has a courier of its own, and nobody else waits for it.
     */
    private final class Courier {
        private final String name;
        private final Lane lane;
        private final int most;
        private final IntPredicate takes;
        private final LowWaterMark mark;
        /** Held while a batch is under way, so that a partition is given up only between batches. */
        private final ReentrantLock turn = new ReentrantLock();
        private final Bell.Waiter waiter;
        private volatile Thread thread;
        private volatile double lagSeconds;
        /** Whether the last batch left something behind that may go at once. */
        private volatile boolean more;
        /** Whether it found nothing to do and waits until somebody wakes it. */
        private volatile boolean idle;
        /** Whether there was something for it while it waited, which may lie behind its mark. */
        private volatile boolean overlooks;

        Courier(String name, Lane lane, int most, IntPredicate takes) {
            this.name = name;
            this.lane = lane;
            this.most = most;
            this.takes = takes;
            this.mark = new LowWaterMark(name.replace('-', '_'));
            this.waiter = bell.listen(IntStream.range(0, Outbox.PARTITIONS).filter(takes)
                    .mapToObj(partition -> Outbox.topic(partition, lane)).toList());
        }

        void start() {
            thread = Thread.ofVirtual().name(name).unstarted(this::run);
            thread.start();
        }

        private void run() {
            while (Thread.currentThread() == thread) {
                try {
                    if (lane == Lane.BULK) pace.bulk(this::runOnce);
                    else if (runOnce() > 0) pace.people();
                    if (more) continue;
                    idle = true;
                    waiter.await(IDLE_LOOK);
                    idle = false;
                } catch (RuntimeException failed) {
                    log.warn("The relay waits, the outbox keeps everything: {}", failed.getMessage());
                    LockSupport.parkNanos(Nodes.BEAT.toNanos());
                }
            }
        }

        void lookAgain() {
            overlooks = true;
            waiter.wake();
        }

        private Integer[] partitions() {
            return mine.stream().filter(takes::test).toArray(Integer[]::new);
        }

        int runOnce() {
            turn.lock();
            try {
                more = false;
                if (overlooks) {
                    overlooks = false;
                    mark.forget();
                }
                var partitions = partitions();
                if (partitions.length == 0 || !nodes.sure()) return 0;
                int carried = queues.isPresent() ? take(queues.get(), partitions) : publishNext(partitions);
                more |= carried >= most;
                return carried;
            } finally {
                turn.unlock();
            }
        }

        private int take(TakesFromOutbox queues, Integer[] partitions) {
            try {
                var taken = queues.take(lane, List.of(partitions), most, mark);
                lag(taken.oldest());
                published.increment(taken.events());
                return taken.events();
            } catch (RuntimeException failed) {
                if (Judge.isOutage(failed)) throw failed;
                log.warn("A batch of events is not taken as a whole, and published", failed);
                return publishNext(partitions);
            }
        }

        private int publishNext(Integer[] partitions) {
            var batch = next(partitions, lane, most, mark);
            lag(batch.stream().map(Pending::createdAt).min(Comparator.naturalOrder()));
            int carried = publish(batch, mark);
            more = carried > 0 && batch.size() == most;
            return carried;
        }

        private void lag(Optional<Instant> oldest) {
            lagSeconds = oldest.map(then -> Duration.between(then, Instant.now()).toMillis() / 1_000.0).orElse(0.0);
        }

        void stop() {
            var worker = thread;
            thread = null;
            if (worker == null) return;
            waiter.wake();
            LockSupport.unpark(worker);
            try {
                worker.join();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Takes its share of the partitions, and gives up what is more than that. */
    synchronized void share() {
        if (!enabled || stopped) return;
        int fair = Math.ceilDiv(Outbox.PARTITIONS, nodes.relaying());
        // Nobody else changes what it holds, unless they took it for dead, and then it has another number.
        if (mine.size() == fair && sharedAs == nodes.number()) return;
        sharedAs = nodes.number();
        var held = new TreeSet<>(system.sql("select partition from relay_leases where owner = :me")
                .param("me", nodes.number()).query(Integer.class).list());
        if (held.size() > fair) {
            var surplus = Set.copyOf(held.stream().skip(fair).toList());
            held.removeAll(surplus);
            hold(held);
            system.sql("update relay_leases set owner = null where owner = :me and partition = any(:surplus::int[])")
                    .param("me", nodes.number()).param("surplus", surplus.toArray(Integer[]::new)).update();
        } else if (held.size() < fair) {
            held.addAll(system.sql("""
                    update relay_leases set owner = :me
                     where partition in (select partition from relay_leases where owner is null
                                          order by partition limit :missing for update skip locked)
                    returning partition
                    """)
                    .param("me", nodes.number()).param("missing", fair - held.size()).query(Integer.class).list());
        }
        if (!held.equals(mine)) {
            hold(held);
            couriers.forEach(courier -> courier.waiter.wake());
        }
    }

    /**
     * Once a second one statement finds which of the couriers that wait have work that nobody rang for: a ring that got lost, an
     * event whose next try has come, one that lies behind a mark against all reason. A courier without partitions is not asked for, and
     * one that works looks by itself.
     */
    private void look() {
        if (!running) return;
        var waiting = couriers.stream().filter(courier -> courier.idle && courier.partitions().length > 0).toList();
        if (waiting.isEmpty()) return;
        system.sql(Outbox.WAITING + """
                select c.number from unnest(:lanes::text[], :partitions::text[]) with ordinality as c(lane, partitions, number)
                 where (select e.position from outbox_events e
                         where e.lane = c.lane and e.partition = any(c.partitions::int[]) and %s
                         order by e.lane, e.position limit 1) is not null
                """.formatted(Outbox.MAY_GO))
                .param("lanes", waiting.stream().map(courier -> courier.lane.name()).toArray(String[]::new))
                .param("partitions", waiting.stream().map(courier -> Arrays.stream(courier.partitions()).map(String::valueOf)
                        .collect(Collectors.joining(",", "{", "}"))).toArray(String[]::new))
                .query(Integer.class).list().forEach(number -> waiting.get(number - 1).lookAgain());
    }

    /** Returns once no batch of a partition that was given up is under way any more. */
    private void hold(Set<Integer> partitions) {
        mine = Set.copyOf(partitions);
        for (var courier : couriers) {
            courier.turn.lock();
            courier.turn.unlock();
        }
        log.info("Relaying {} of {} partitions", partitions.size(), Outbox.PARTITIONS);
    }

    /**
     * Publishes one batch of each courier.
     *
     * @return how many events left the outbox
     */
    int runOnce() {
        return couriers.stream().mapToInt(Courier::runOnce).sum();
    }

    private int publish(List<Pending> batch, LowWaterMark mark) {
        if (batch.isEmpty()) return 0;
        mark.read(batch.getFirst().position(), batch.getLast().position(), batch.getFirst().oldestRunning());
        var aggregates = new HashMap<UUID, UUID>();
        batch.forEach(event -> aggregates.put(event.id(), event.aggregate()));
        var refused = broker.publishInOrder(batch.stream().map(Relay::publication).toList(),
                publication -> aggregates.get(publication.id()), CONFIRM_WAIT);
        var kept = new HashSet<UUID>();
        refused.forEach(no -> kept.add(no.publication().id()));
        var gone = batch.stream().filter(event -> !kept.contains(event.id())).mapToLong(Pending::position).toArray();
        if (gone.length > 0) mark.followedBy(delete(batch.getFirst().lane(), gone));
        if (!refused.isEmpty()) postpone(batch, refused);
        published.increment(batch.size() - kept.size());
        return batch.size() - kept.size();
    }

    /**
     * Order is promised for an aggregate within a lane: the lanes part at the broker in any case. An aggregate with a refused
     * event waits as a whole; the others go on.
     */
    private List<Pending> next(Integer[] partitions, Lane lane, int most, LowWaterMark mark) {
        return mark.bind(system.sql(Outbox.WAITING + """
                select position, tenant_id, id, type, aggregate_id, body, attempts, created_at, %s from outbox_events e
                 where lane = :lane and partition = any(:mine::int[]) and %s and %s
                 order by position limit :most
                """.formatted(Outbox.OLDEST_RUNNING, Outbox.NOT_PASSED, Outbox.MAY_GO)), List.of(partitions))
                .param("mine", partitions).param("lane", lane.name()).param("most", most)
                .query((row, _) -> new Pending(row.getLong(1), row.getObject(2, UUID.class), row.getObject(3, UUID.class),
                        lane, row.getString(4), row.getObject(5, UUID.class), row.getBytes(6),
                        row.getInt(7), row.getTimestamp(8).toInstant(), row.getLong(9)))
                .list();
    }

    private static Publication publication(Pending event) {
        return new Publication(event.id(), Topology.DOMAIN_EVENTS + event.type(), event.lane(),
                Map.of(Headers.TENANT, event.tenant().toString(), Headers.TYPE, event.type()),
                EventJson.withSequence(event.body(), event.position()));
    }

    /**
     * Does not wait for the disk: an event whose deletion a crash undoes is published again, which is harmless. The range beside
     * the list has the reason that it has in {@link PostgresBroker}: a table that was empty when PostgreSQL last counted it looks
     * so for ever after, and then a list alone is compared with every row of the backlog.
     *
     * @return the number of its transaction
     */
    private long delete(Lane lane, long[] positions) {
        return system.sql("""
                with gone as (
                    delete from outbox_events
                     where lane = :lane and position between :first and :last and position = any(:positions::bigint[])
                       and (select set_config('synchronous_commit', 'off', true)) = 'off'
                )
                select pg_current_xact_id()::text::bigint
                """)
                .param("lane", lane.name()).param("first", LongStream.of(positions).min().getAsLong())
                .param("last", LongStream.of(positions).max().getAsLong()).param("positions", positions).query(Long.class).single();
    }

    private void postpone(List<Pending> batch, List<Broker.Refused> refused) {
        var byId = new HashMap<UUID, Pending>();
        batch.forEach(event -> byId.put(event.id(), event));
        for (var no : refused) {
            // A broker that went away said nothing about the event: it waits as it is, and no try is counted.
            if (no.why() == Broker.Refused.Reason.WAITS_FOR_EARLIER || no.why() == Broker.Refused.Reason.AWAY) continue;
            refusals.increment();
            var event = byId.get(no.publication().id());
            boolean last = event.attempts() + 1 >= TRIES;
            log.warn("The broker refused {} {} (try {} of {}): {}", event.type(), event.id(), event.attempts() + 1, TRIES, no.reason());
            if (last) {
                var delivery = new Broker.Delivery(event.id(), Topology.DOMAIN_EVENTS + event.type(), event.lane(), TRIES,
                        no.publication().headers(), no.publication().body());
                deadLetters.record(List.of(new Broker.DeadLetter(delivery, "refused_by_broker", no.reason(),
                        Optional.empty(), event.createdAt())));
            }
            system.sql("""
                    update outbox_events set attempts = attempts + 1, last_error = :error, state = :state,
                           next_attempt_at = now() + make_interval(secs => :backoff)
                     where lane = :lane and position = :position
                    """)
                    .param("error", no.reason()).param("state", last ? "failed" : "pending")
                    .param("backoff", BACKOFF.toSeconds()).param("lane", event.lane().name())
                    .param("position", event.position()).update();
        }
    }

    private void leave() {
        system.sql("update relay_leases set owner = null where owner = :me").param("me", nodes.number()).update();
    }

    @Override
    public void stop() {
        stopped = true;
        running = false;
        couriers.forEach(Courier::stop);
        synchronized (this) {
            hold(Set.of());
            leave();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return EnginePhase.RELAY;
    }
}
