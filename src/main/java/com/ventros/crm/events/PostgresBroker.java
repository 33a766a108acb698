package com.ventros.crm.events;

import com.ventros.crm.events.Judge.Judgement;
import com.ventros.crm.kernel.Uuids;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.core.type.TypeReference;

/**
 * Queues in PostgreSQL, for an install without RabbitMQ.
 *
 * <p>What many callers publish at the same time shares one insert that commits durably. It lies in parcels, each body once however
 * many queues it goes to; a queue has one row for all that it gets of a parcel, so under load a row is inserted, claimed and
 * deleted for a hundred messages. One that fails, or died with its program, gets a row of its own.
 *
 * <p>Claims and acknowledgements do not wait for the
 * disk: what a crash of the server loses of them is a redelivery, which the inbox makes harmless. A claim belongs to a
 * program and is given back when that program is seen dead ({@link Nodes}), so no lease has to run out. It belongs to a worker
 * of the program as well: what lies under a worker's name when it has nothing in hand, it takes again. That is what was claimed
 * in a commit whose answer got lost, or settled in one that the server's crash took back.
 */
final class PostgresBroker implements Broker, TakesFromOutbox, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(PostgresBroker.class);
    /** While two commits wait for the disk, the third gathers: more writers make smaller groups and no more speed. */
    private static final int WRITERS = 2;
    /** Messages of one insert: about a megabyte, after which a larger group gains nothing. */
    private static final int GROUP = 1_000;
    /**
     * Messages of one parcel: what a row costs is then a hundredth of a message's, and a batch of some hundred is still made up of
     * whole rows. It has to be less than the distance of two positions, 128.
     */
    static final int PARCEL = 100;
    /** A worker without work looks as often as the program looks for all of its queues; rings come in between. */
    private static final Duration IDLE_LOOK = Duration.ofSeconds(30);
    /** Rows with expired or limited messages handled in one go. */
    private static final int REAPED_AT_ONCE = 20;
    /** How often all parcels are looked through for those that a program had in mind to delete when it was killed. */
    private static final Duration SWEEP = Duration.ofMinutes(10);
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
    /** The messages of the rows {@code m}. */
    private static final String CONTENT = """
            lateral (select u.message_id, u.headers, u.body, u.part
                       from broker_parcels q, unnest(q.message_ids, q.headers, q.bodies) with ordinality as u(message_id, headers, body, part)
                      where q.id = m.parcel and (m.parts is null or u.part = any(m.parts))) p
            """;
    /** What queues get of the parcels of a {@link Packing}. */
    private static final String ROWS = """
            insert into broker_messages (queue, lane, parcel, size, parts, expires_at)
            select queue, lane, parcel, size, parts::smallint[], now() + make_interval(secs => ttl)
              from unnest(:queues::int[], :lanes::int[], :rows::uuid[], :sizes::int[], :parts::text[], :ttls::bigint[])
                   as r(queue, lane, parcel, size, parts, ttl)
            """;
    /**
     * The next events of the outbox, up to the first of a type of which the queues are not known yet. They are deleted where they were found, and so
     * taken or seen to be gone.
     */
    private static final String TAKE = Outbox.WAITING + """
            , seen as materialized (
                select e.ctid as at, e.position, e.type from outbox_events e
                 where e.lane = :lane and e.partition = any(:partitions::int[]) and %6$s and %1$s
                 order by e.position limit :most
            ), unknown as materialized (
                select type, position from seen where type <> all(:types::text[])
            ), wanted as materialized (
                select at, position, type from seen where position < coalesce((select min(position) from unknown), %2$d)
            ), taken as (
                delete from outbox_events
                 where ctid = any(array(select at from wanted)) and (select set_config('synchronous_commit', 'off', true)) = 'off'
                returning position, id, tenant_id, type, body, created_at
            ), placed as materialized (
                select w.position, t.queues, (row_number() over (order by w.position) - 1) / %3$d as parcel,
                       (row_number() over (order by w.position) - 1) %% %3$d + 1 as part
                  from wanted w join unnest(:types::text[], :targets::text[]) t (type, queues) on t.type = w.type
                 where t.queues <> '{}'
            ), packed as (
                insert into broker_parcels (id, message_ids, headers, bodies)
                select (:parcels::uuid[])[p.parcel + 1], array_agg(t.id order by p.part),
                       array_agg('{"%4$s":"' || t.tenant_id || '","%5$s":"' || t.type || '"}' order by p.part),
                       array_agg(convert_to('{"sequence":' || p.position || ',', 'UTF8') || substr(t.body, 2) order by p.part)
                  from placed p join taken t on t.position = p.position
                 group by p.parcel
            ), queued as (
                insert into broker_messages (queue, lane, parcel, size, parts, expires_at)
                select q.id, :place, (:parcels::uuid[])[r.parcel + 1], r.size, case when r.size < p.size then r.parts end,
                       now() + make_interval(secs => q.ttl_seconds)
                  from (select p.parcel, queue, count(*) as size, array_agg(p.part::smallint order by p.part) as parts
                          from placed p, unnest(p.queues::int[]) queue group by p.parcel, queue) r
                  join (select parcel, count(*) as size from placed group by parcel) p on p.parcel = r.parcel
                  join broker_queues q on q.id = r.queue
                 order by r.parcel
                returning queue, size
            )
            select (select count(*) from wanted) as wanted, (select count(*) from taken) as taken, (select min(created_at) from taken) as oldest,
                   array(select distinct type from unknown) as unknown, array(select distinct queue from queued order by queue) as queues,
                   array(select sum(size)::int from queued group by queue order by queue) as sizes,
                   (select min(position) from wanted) as first, (select max(position) from wanted) as last, %7$s as oldest_running,
                   (select pg_current_xact_id()::text::bigint where exists (select from taken)) as transaction
            """.formatted(Outbox.MAY_GO, Long.MAX_VALUE, PARCEL, Headers.TENANT, Headers.TYPE, Outbox.NOT_PASSED, Outbox.OLDEST_RUNNING);
    /** Where a message stands that is taken out of a row: one that is alone in it stays. */
    private static final String PLACE = "%1$s.position + case %1$s.size when 1 then 0 else %2$s end";

    private record Known(int id, Topology.Queue queue, List<Pattern> patterns) {

        /** Each message is counted for each of its queues by this. */
        @Override
        public int hashCode() {
            return id;
        }
    }

    /** All queues, with the ways found so far: event types are few, so their ways are remembered. */
    private record Routing(Map<String, Known> known, Map<String, List<Known>> events) {

        List<Known> targets(String key) {
            if (!key.startsWith(Topology.DOMAIN_EVENTS)) {
                var queue = known.get(key);
                return queue == null ? List.of() : List.of(queue);
            }
            return events.computeIfAbsent(key.substring(Topology.DOMAIN_EVENTS.length()), type -> known.values().stream()
                    .filter(queue -> queue.patterns().stream().anyMatch(pattern -> pattern.matcher(type).matches()))
                    .toList());
        }
    }

    private record Addressed(Publication publication, List<Known> targets) {}

    private record Group(List<Addressed> messages, CompletableFuture<Void> kept) {}

    /** One message of a row that is claimed: its number in the parcel, from 1. */
    private record Claim(long position, UUID parcel, int part, int failures, int crashes, Delivery delivery) {}

    private final JdbcClient system;
    private final TransactionOperations transaction;
    private final Nodes nodes;
    private final Bell bell;
    private final DeadLetters deadLetters;
    private final Judge judge;
    private final Rates rates = new Rates();
    private volatile Routing routing = new Routing(Map.of(), new ConcurrentHashMap<>());
    private final BlockingQueue<Group> waiting = new LinkedBlockingQueue<>();
    private final List<Consumption> consumptions = new CopyOnWriteArrayList<>();
    private final List<Thread> writers = new ArrayList<>();
    private final AtomicInteger workersSoFar = new AtomicInteger();
    /** Parcels of which rows were forgotten since the last beat: perhaps nobody needs them any more. */
    private final Set<UUID> perhapsEmpty = ConcurrentHashMap.newKeySet();
    private ScheduledExecutorService clock;
    private volatile boolean running;

    PostgresBroker(JdbcClient system, TransactionOperations systemTransaction, Nodes nodes, Bell bell, DeadLetters deadLetters) {
        this.system = system;
        this.transaction = systemTransaction;
        this.nodes = nodes;
        this.bell = bell;
        this.deadLetters = deadLetters;
        this.judge = new Judge(deadLetters);
        nodes.whenDead(this::giveBack);
        nodes.onBeat(this::look);
        nodes.onLeave(this::leave);
    }

    // --- topology

    @Override
    public void declare(List<Topology.Queue> queues) {
        for (var queue : queues) {
            // What another version declared stays; Listeners ends what none does any more.
            system.sql("""
                    insert into broker_queues (name, bindings, ttl_seconds) values (:name, :bindings, :ttl)
                    on conflict (name) do update set ttl_seconds = excluded.ttl_seconds,
                           bindings = array(select distinct unnest(broker_queues.bindings || excluded.bindings) order by 1)
                     where not broker_queues.bindings @> excluded.bindings or broker_queues.ttl_seconds is distinct from excluded.ttl_seconds
                    """)
                    .param("name", queue.name()).param("bindings", new TreeSet<>(queue.bindings()).toArray(String[]::new))
                    .param("ttl", queue.ttl().map(Duration::toSeconds).orElse(null)).update();
        }
        learn();
    }

    @Override
    public void unbind(String queue, String binding) {
        system.sql("update broker_queues set bindings = array_remove(bindings, :binding) where name = :queue")
                .param("binding", binding).param("queue", queue).update();
        learn();
    }

    @Override
    public void remove(String queue) {
        system.sql("""
                with gone as (delete from broker_queues where name = :queue returning id),
                     dead as (delete from broker_dead_letters where queue in (select id from gone))
                delete from broker_messages where queue in (select id from gone)
                """)
                .param("queue", queue).update();
        learn();
    }

    private record Stored(int id, String name, String[] bindings, Long ttl) {
        static Stored read(ResultSet row) throws SQLException {
            return new Stored(row.getInt(1), row.getString(2), (String[]) row.getArray(3).getArray(), row.getObject(4, Long.class));
        }
    }

    /** Reads and takes over in one go: what was read earlier than somebody else's must not replace it later. */
    private synchronized void learn() {
        learn(system.sql("select id, name, bindings, ttl_seconds from broker_queues order by id")
                .query((row, _) -> Stored.read(row)).list());
    }

    /** Other programs, perhaps newer ones, may have declared queues that this one has never heard of. */
    private void learn(List<Stored> queues) {
        var now = new LinkedHashMap<String, Known>();
        queues.forEach(stored -> now.put(stored.name(), new Known(stored.id(),
                new Topology.Queue(stored.name(), Set.of(stored.bindings()), Optional.ofNullable(stored.ttl()).map(Duration::ofSeconds)),
                List.of(stored.bindings()).stream().map(Topology::regex).toList())));
        var before = routing.known().values().stream().map(Known::queue).toList();
        if (now.values().stream().map(Known::queue).toList().equals(before)) return;
        routing = new Routing(now, new ConcurrentHashMap<>());
    }

    // --- publishing

    @Override
    public List<Refused> publish(List<Publication> publications, Duration timeout) {
        return publish(publications, null, timeout);
    }

    /** All is inserted at once or not at all, so order needs no waves here. */
    @Override
    public List<Refused> publishInOrder(List<Publication> publications, Function<Publication, ?> key, Duration timeout) {
        return publish(publications, key, timeout);
    }

    private List<Refused> publish(List<Publication> publications, Function<Publication, ?> key, Duration timeout) {
        var refused = new ArrayList<Refused>();
        var blocked = new HashSet<Object>();
        var messages = new ArrayList<Addressed>();
        for (var publication : publications) {
            if (key != null && blocked.contains(key.apply(publication))) {
                refused.add(new Refused(publication, Refused.Reason.WAITS_FOR_EARLIER, "an earlier one was refused"));
                continue;
            }
            var targets = routing.targets(publication.routingKey());
            if (targets.isEmpty() && !publication.routingKey().startsWith(Topology.DOMAIN_EVENTS)) {
                refused.add(new Refused(publication, Refused.Reason.UNROUTABLE, "no queue " + publication.routingKey()));
                if (key != null) blocked.add(key.apply(publication));
                continue;
            }
            if (targets.isEmpty()) continue;
            targets.forEach(target -> rates.published(target.queue().name(), publication.lane(), 1));
            messages.add(new Addressed(publication, targets));
        }
        if (messages.isEmpty()) return refused;
        var group = new Group(messages, new CompletableFuture<>());
        waiting.add(group);
        try {
            group.kept().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            messages.forEach(one -> refused.add(new Refused(one.publication(), Refused.Reason.AWAY, "not committed in time")));
        } catch (ExecutionException failed) {
            if (Judge.isOutage(failed.getCause())) throw new BrokerUnavailable("PostgreSQL is away", failed.getCause());
            messages.forEach(one -> refused.add(
                    new Refused(one.publication(), Refused.Reason.NOT_CONFIRMED, failed.getCause().getMessage())));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new BrokerUnavailable("interrupted while publishing", stop);
        }
        return refused;
    }

    private void write() {
        while (running || !waiting.isEmpty()) {
            var groups = new ArrayList<Group>();
            try {
                var first = waiting.poll(1, TimeUnit.SECONDS);
                if (first == null) continue;
                groups.add(first);
            } catch (InterruptedException stop) {
                return;
            }
            int messages = groups.getFirst().messages().size();
            while (messages < GROUP) {
                var next = waiting.poll();
                if (next == null) break;
                groups.add(next);
                messages += next.messages().size();
            }
            try {
                insert(groups);
                groups.forEach(group -> group.kept().complete(null));
            } catch (RuntimeException failed) {
                if (groups.size() == 1 || Judge.isOutage(failed)) {
                    groups.forEach(group -> group.kept().completeExceptionally(failed));
                } else {
                    groups.forEach(this::insertAlone);
                }
            }
        }
    }

    /** One caller's bad message must not fail the others that shared its insert. */
    private void insertAlone(Group group) {
        try {
            insert(List.of(group));
            group.kept().complete(null);
        } catch (RuntimeException failed) {
            group.kept().completeExceptionally(failed);
        }
    }

    private void insert(List<Group> groups) {
        var packing = new Packing();
        groups.forEach(group -> group.messages().forEach(packing::add));
        packing.closeAll();
        packing.bind(system.sql("""
                with packed as (
                    insert into broker_parcels (id, message_ids, headers, bodies)
                    select parcel, array_agg(id order by nth), array_agg(headers order by nth), array_agg(body order by nth)
                      from unnest(:parcels::uuid[], :ids::uuid[], :headers::text[], :bodies::bytea[])
                           with ordinality as m(parcel, id, headers, body, nth)
                     group by parcel
                )
                """ + ROWS)).param("ids", packing.ids.toArray(UUID[]::new)).param("bodies", packing.bodies.toArray(byte[][]::new)).update();
        bell.ring(packing.topics());
    }

    /**
     * One statement, and the events never leave the database. Nothing waits for the disk: where a crash takes the commit back, the events
     * lie in the outbox as before, and whatever came of them was written later and is taken back too.
     */
    @Override
    public Taken take(Lane lane, Collection<Integer> partitions, int most, LowWaterMark mark) {
        var ways = routing;
        var types = List.copyOf(ways.events().entrySet());
        var result = transaction.execute(_ -> mark.bind(system.sql(TAKE), partitions)
                .param("lane", lane.name()).param("place", lane.ordinal()).param("partitions", partitions.toArray(Integer[]::new)).param("most", most)
                .param("types", types.stream().map(Map.Entry::getKey).toArray(String[]::new))
                .param("targets", types.stream().map(type -> array(type.getValue().stream().map(Known::id))).toArray(String[]::new))
                .param("parcels", Stream.generate(Uuids::v7).limit(Math.ceilDiv(most, PARCEL)).toArray(UUID[]::new))
                .query((row, _) -> TakenSoFar.read(row)).single());
        result.tell(mark);
        ways.known().values().stream().filter(queue -> result.queued().containsKey(queue.id()))
                .forEach(queue -> rates.published(queue.queue().name(), lane, result.queued().get(queue.id())));
        bell.ring(result.queued().keySet().stream().map(queue -> topic(queue, lane)).collect(Collectors.toSet()));
        if (result.unknown().isEmpty()) return result.taken();
        result.unknown().forEach(type -> ways.targets(Topology.DOMAIN_EVENTS + type));
        var rest = take(lane, partitions, most, mark);
        return new Taken(result.taken().events() + rest.events(), result.taken().oldest().or(rest::oldest));
    }

    /**
     * What one statement has taken.
     *
     * @param queued  how many messages each queue got, by its number
     * @param unknown types of events that wait, since nobody knows yet which queues they go to
     */
    private record TakenSoFar(Taken taken, long first, long last, long oldestRunning, long transaction, Map<Integer, Integer> queued,
            List<String> unknown) {

        void tell(LowWaterMark mark) {
            if (taken.events() == 0) return;
            mark.read(first, last, oldestRunning);
            mark.followedBy(transaction);
        }

        static TakenSoFar read(ResultSet row) throws SQLException {
            int missed = row.getInt("wanted") - row.getInt("taken");
            if (missed > 0) throw new IllegalStateException("somebody else has taken " + missed + " of these events");
            var queues = (Integer[]) row.getArray("queues").getArray();
            var sizes = (Integer[]) row.getArray("sizes").getArray();
            return new TakenSoFar(new Taken(row.getInt("taken"), Optional.ofNullable(row.getTimestamp("oldest")).map(Timestamp::toInstant)),
                    row.getLong("first"), row.getLong("last"), row.getLong("oldest_running"), row.getLong("transaction"), IntStream.range(0, queues.length).boxed().collect(Collectors.toMap(i -> queues[i], i -> sizes[i])),
                    List.of((String[]) row.getArray("unknown").getArray()));
        }
    }

    private static String array(Stream<?> values) {
        return values.map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }

    private record To(Known queue, Lane lane) {}

    /** What a queue gets of a parcel that holds so many messages. */
    private record Row(To to, UUID parcel, List<Integer> parts, int of) {
        /** Nothing where it is all. */
        String which() {
            return parts.size() == of ? null : array(parts.stream());
        }
    }

    /** Puts messages into parcels in the order in which they come; those of events apart, which no other queue gets. */
    private static final class Packing {
        private final List<UUID> parcels = new ArrayList<>();
        private final List<UUID> ids = new ArrayList<>();
        private final List<String> headers = new ArrayList<>();
        private final Map<Map<String, String>, String> headersWritten = new HashMap<>();
        private final List<byte[]> bodies = new ArrayList<>();
        private final List<Row> rows = new ArrayList<>();
        private final Parcel events = new Parcel();
        private final Parcel others = new Parcel();

        private static final class Parcel {
            private UUID id = Uuids.v7();
            private int size;
            private Map<To, List<Integer>> parts = new LinkedHashMap<>();
        }

        void add(Addressed message) {
            var publication = message.publication();
            var parcel = publication.routingKey().startsWith(Topology.DOMAIN_EVENTS) ? events : others;
            parcels.add(parcel.id);
            ids.add(publication.id());
            headers.add(headersWritten.computeIfAbsent(publication.headers(), EventJson.MAPPER::writeValueAsString));
            bodies.add(publication.body());
            int part = ++parcel.size;
            message.targets().forEach(queue ->
                    parcel.parts.computeIfAbsent(new To(queue, publication.lane()), _ -> new ArrayList<>()).add(part));
            if (part == PARCEL) close(parcel);
        }

        StatementSpec bind(StatementSpec statement) {
            return statement.param("parcels", parcels.toArray(UUID[]::new)).param("headers", headers.toArray(String[]::new))
                    .param("queues", rows.stream().map(row -> row.to().queue().id()).toArray(Integer[]::new))
                    .param("lanes", rows.stream().map(row -> row.to().lane().ordinal()).toArray(Integer[]::new))
                    .param("rows", rows.stream().map(Row::parcel).toArray(UUID[]::new))
                    .param("sizes", rows.stream().map(row -> row.parts().size()).toArray(Integer[]::new))
                    .param("parts", rows.stream().map(Row::which).toArray(String[]::new))
                    .param("ttls", rows.stream().map(row -> row.to().queue().queue().ttl().map(Duration::toSeconds).orElse(null)).toArray(Long[]::new));
        }

        Set<String> topics() {
            return rows.stream().map(row -> topic(row.to().queue().id(), row.to().lane())).collect(Collectors.toSet());
        }

        void closeAll() {
            close(events);
            close(others);
        }

        private void close(Parcel parcel) {
            parcel.parts.forEach((to, parts) -> rows.add(new Row(to, parcel.id, parts, parcel.size)));
            parcel.id = Uuids.v7();
            parcel.size = 0;
            parcel.parts = new LinkedHashMap<>();
        }
    }

    private static String topic(int queue, Lane lane) {
        return "queue:" + queue + ":" + lane.ordinal();
    }

    // --- consuming

    @Override
    public Subscription subscribe(String queue, int batch, int workers, Handler handler) {
        var target = routing.known().get(queue);
        if (target == null) throw new IllegalArgumentException("no queue " + queue);
        var consumption = new Consumption(target, batch, workers, handler);
        consumptions.add(consumption);
        consumption.start();
        return consumption;
    }

    /** Workers on one queue; the bulk lane has one of its own, so that neither lane waits for the other. */
    private final class Consumption implements Subscription {
        private final Known queue;
        private final int batch;
        private final Handler handler;
        private final List<Thread> threads = new ArrayList<>();
        private final Map<Lane, Bell.Waiter> waiters = new LinkedHashMap<>();
        private final Map<Lane, AtomicInteger> unacked = Map.of(Lane.INTERACTIVE, new AtomicInteger(), Lane.BULK, new AtomicInteger());
        private final int workers;
        private volatile boolean open = true;

        Consumption(Known queue, int batch, int workers, Handler handler) {
            this.queue = queue;
            this.batch = batch;
            this.workers = workers;
            this.handler = handler;
            for (var lane : Lane.values()) {
                var waiter = bell.listen(List.of(topic(queue.id(), lane)));
                waiters.put(lane, waiter);
                int count = workers(lane);
                for (int i = 0; i < count; i++) {
                    threads.add(Thread.ofVirtual().name(queue.queue().name() + "-" + lane + "-" + i)
                            .unstarted(() -> work(lane, waiter)));
                }
            }
        }

        int workers(Lane lane) {
            return lane == Lane.BULK ? 1 : workers;
        }

        void start() {
            threads.forEach(Thread::start);
        }

        private void work(Lane lane, Bell.Waiter waiter) {
            List<Claim> done = List.of();
            int worker = workersSoFar.incrementAndGet();
            while (open && running) {
                try {
                    // Somebody may have taken this program for dead: it claims again when it counts again.
                    if (!nodes.sure()) {
                        waiter.await(Nodes.BEAT);
                        continue;
                    }
                    var claimed = claim(queue, lane, worker, batch, done);
                    done = List.of();
                    if (claimed.isEmpty()) {
                        waiter.await(IDLE_LOOK);
                        continue;
                    }
                    // There may be more than this one can carry: a sibling should look too.
                    waiter.wake();
                    unacked.get(lane).addAndGet(claimed.size());
                    try {
                        done = deliver(lane, claimed, waiter);
                    } finally {
                        unacked.get(lane).addAndGet(-claimed.size());
                    }
                } catch (RuntimeException failed) {
                    log.warn("Cannot work on {} for a moment: {}", queue.queue().name(), failed.getMessage());
                    LockSupport.parkNanos(Nodes.BEAT.toNanos());
                }
            }
            if (!done.isEmpty()) forget(queue, lane, done);
        }

        /** Hands over and settles; what is done is forgotten together with the next claim. A row may hold more than goes at once. */
        private List<Claim> deliver(Lane lane, List<Claim> claimed, Bell.Waiter waiter) {
            var judged = new ArrayList<Judgement>();
            int judgedSoFar = 0;
            while (judgedSoFar < claimed.size()) {
                var some = claimed.subList(judgedSoFar, Math.min(judgedSoFar + batch, claimed.size()));
                var judgement = judge.judge(handler, some.stream().map(Claim::delivery).toList(), () -> open && running);
                if (judgement.isEmpty()) break;
                judged.add(judgement.get());
                judgedSoFar += some.size();
            }
            if (judged.isEmpty()) return List.of();
            rates.settled(queue.queue().name(), lane, judgedSoFar);
            if (judged.stream().mapToInt(one -> one.done().size()).sum() == claimed.size()) return claimed;
            settle(queue, lane, claimed, judged);
            judged.stream().flatMap(one -> one.again().stream()).forEach(retry ->
                    clock.schedule(waiter::wake, retry.delay().toMillis() + 1, TimeUnit.MILLISECONDS));
            return List.of();
        }

        @Override
        public void close() {
            open = false;
            for (var thread : threads) {
                waiters.values().forEach(Bell.Waiter::wake);
                while (thread.isAlive()) {
                    waiters.values().forEach(Bell.Waiter::wake);
                    try {
                        thread.join(10);
                    } catch (InterruptedException stop) {
                        Thread.currentThread().interrupt();
                        return;
                    }
                }
            }
            waiters.values().forEach(bell::leave);
            consumptions.remove(this);
        }
    }

    /**
     * Forgets what is done and claims what is next, in one statement and one commit that does not wait for the disk.
     * What died with its consumer before comes in small company ({@link Topology#company}).
     *
     * <p>Positions are always named with the range they lie in. To PostgreSQL 15, a table that was empty when it last counted it
     * looks so for ever after, and then a list of positions is not looked up by the key but compared with every row of the queue.
     */
    private List<Claim> claim(Known queue, Lane lane, int worker, int batch, List<Claim> done) {
        var headers = new HashMap<String, Map<String, String>>();
        var claimed = system.sql("""
                with forgotten as (
                    delete from broker_messages
                     where queue = :queue and lane = :lane and position between :first and :last
                       and position = any(:done::bigint[]) and owner = :me
                ), head as materialized (
                    select position, size, crashes from broker_messages
                     where queue = :queue and lane = :lane and visible_at <= now()
                       and (owner is null or owner = :me and worker = :worker and position <> all(:done::bigint[]))
                       and (expires_at is null or expires_at > now())
                       and (select set_config('synchronous_commit', 'off', true)) = 'off'
                     order by position limit :batch
                ), ranked as (
                    select position, crashes, row_number() over places as nth, sum(size) over places as messages,
                           first_value(crashes) over places as first_crashes from head window places as (order by position)
                ), wanted as materialized (
                    select position from ranked where crashes = first_crashes and (nth = 1 or messages
                           <= case crashes when 0 then :batch when 1 then :afterOne when 2 then :afterTwo else 1 end)
                ), taken as materialized (
                    select position from broker_messages
                     where queue = :queue and lane = :lane
                       and position between (select min(position) from wanted) and (select max(position) from wanted)
                       and position = any(array(select position from wanted))
                       and (owner is null or owner = :me and worker = :worker) for update skip locked
                ), claimed as (
                    update broker_messages m set owner = :me, worker = :worker
                     where m.queue = :queue and m.lane = :lane
                       and m.position between (select min(position) from taken) and (select max(position) from taken)
                       and m.position = any(array(select position from taken))
                    returning m.position, m.parcel, m.parts, m.failures, m.crashes, m.first_failed_at
                )
                select m.position, m.parcel, p.part, m.failures, m.crashes, m.first_failed_at, p.message_id, p.headers, p.body
                  from claimed m, %s
                """.formatted(CONTENT))
                .param("queue", queue.id()).param("lane", lane.ordinal()).param("batch", batch)
                .param("afterOne", Topology.company(1, batch)).param("afterTwo", Topology.company(2, batch))
                .param("me", nodes.number()).param("worker", worker)
                .param("done", positions(done)).param("first", first(done)).param("last", last(done))
                .query((row, _) -> read(row, queue.queue().name(), lane, headers))
                .list().stream().sorted(Comparator.comparingLong(Claim::position).thenComparingInt(Claim::part)).toList();
        done.forEach(claim -> perhapsEmpty.add(claim.parcel()));
        return claimed;
    }

    /** The rows that the messages came in. */
    private static Long[] positions(List<Claim> claims) {
        return claims.stream().map(Claim::position).distinct().toArray(Long[]::new);
    }

    private static long first(List<Claim> claims) {
        return claims.stream().mapToLong(Claim::position).min().orElse(0);
    }

    private static long last(List<Claim> claims) {
        return claims.stream().mapToLong(Claim::position).max().orElse(0);
    }

    /** Events of one tenant and type have the same headers, which are read once. */
    private static Claim read(ResultSet row, String queue, Lane lane, Map<String, Map<String, String>> headersRead) throws SQLException {
        int failures = row.getInt("failures");
        int crashes = row.getInt("crashes");
        var headers = row.getString("headers");
        var texts = headersRead.computeIfAbsent(headers, json -> EventJson.MAPPER.readValue(json, TEXTS));
        var firstFailed = row.getObject("first_failed_at", OffsetDateTime.class);
        if (firstFailed != null) {
            texts = new LinkedHashMap<>(texts);
            texts.put(Headers.FIRST_FAILED_AT, firstFailed.toInstant().toString());
        }
        return new Claim(row.getLong("position"), row.getObject("parcel", UUID.class), row.getInt("part"), failures, crashes,
                new Delivery(row.getObject("message_id", UUID.class), queue, lane, 1 + failures + crashes, texts,
                        row.getBytes("body")));
    }

    private void forget(Known queue, Lane lane, List<Claim> done) {
        try {
            system.sql("""
                    delete from broker_messages
                     where queue = :queue and lane = :lane and position between :first and :last
                       and position = any(:done::bigint[]) and owner = :me
                    """)
                    .param("queue", queue.id()).param("lane", lane.ordinal()).param("me", nodes.number())
                    .param("done", positions(done)).param("first", first(done)).param("last", last(done)).update();
            done.forEach(claim -> perhapsEmpty.add(claim.parcel()));
        } catch (DataAccessException failed) {
            log.warn("Could not forget {} deliveries of {}; they will come again: {}", done.size(),
                    queue.queue().name(), failed.getMessage());
        }
    }

    /**
     * The rows go. What has to come again, and what the program could not hand over before it stops, gets a row of its own, at
     * its place. What died with its consumer and now merely failed is known not to kill: its deaths are forgiven.
     */
    private void settle(Known queue, Lane lane, List<Claim> claimed, List<Judgement> judged) {
        var delays = new IdentityHashMap<Delivery, Duration>();
        var over = Collections.<Delivery>newSetFromMap(new IdentityHashMap<>());
        var dead = judged.stream().flatMap(one -> one.dead().stream()).toList();
        judged.forEach(one -> {
            over.addAll(one.done());
            one.again().forEach(retry -> delays.put(retry.delivery(), retry.delay()));
        });
        dead.forEach(letter -> over.add(letter.delivery()));
        var rest = claimed.stream().filter(claim -> !over.contains(claim.delivery())).toList();
        transaction.executeWithoutResult(_ -> {
            bury(queue.id(), lane, dead);
            system.sql("""
                    with gone as (
                        delete from broker_messages
                         where queue = :queue and lane = :lane and position between :first and :last
                           and position = any(:rows::bigint[]) and owner = :me
                        returning *
                    )
                    insert into broker_messages (queue, lane, position, parcel, published_at, visible_at, expires_at, size, parts,
                                                 failures, crashes, first_failed_at)
                           overriding system value
                    select g.queue, g.lane, %s, g.parcel, g.published_at, now() + make_interval(secs => coalesce(r.millis, 0) / 1000.0),
                           g.expires_at, 1, array[r.part]::smallint[],
                           case when r.millis is null then g.failures else g.failures + g.crashes + 1 end,
                           case when r.millis is null then g.crashes else 0 end,
                           case when r.millis is null then g.first_failed_at else coalesce(g.first_failed_at, now()) end
                      from gone g join unnest(:positions::bigint[], :parts::int[], :millis::bigint[]) as r(position, part, millis)
                           on r.position = g.position
                    """.formatted(PLACE.formatted("g", "r.part")))
                    .param("rows", positions(claimed)).param("first", first(claimed)).param("last", last(claimed))
                    .param("positions", rest.stream().map(Claim::position).toArray(Long[]::new))
                    .param("parts", rest.stream().map(Claim::part).toArray(Integer[]::new))
                    .param("millis", rest.stream().map(claim -> delays.get(claim.delivery()))
                            .map(delay -> delay == null ? null : delay.toMillis()).toArray(Long[]::new))
                    .param("queue", queue.id()).param("lane", lane.ordinal()).param("me", nodes.number()).update();
        });
        claimed.forEach(claim -> perhapsEmpty.add(claim.parcel()));
    }

    private void bury(int queue, Lane lane, List<DeadLetter> letters) {
        if (letters.isEmpty()) return;
        int n = letters.size();
        var ids = new UUID[n];
        var headers = new String[n];
        var bodies = new byte[n][];
        for (int i = 0; i < n; i++) {
            var letter = letters.get(i);
            var texts = new LinkedHashMap<>(letter.delivery().headers());
            texts.put(Headers.CODE, letter.code());
            texts.put(Headers.REASON, letter.reason());
            texts.put(Headers.FIRST_FAILED_AT, letter.firstFailedAt().toString());
            texts.put(Headers.ATTEMPT, Integer.toString(letter.delivery().attempt()));
            ids[i] = letter.delivery().id();
            headers[i] = EventJson.MAPPER.writeValueAsString(texts);
            bodies[i] = letter.delivery().body();
        }
        // One that was repeated and died again lies there once.
        system.sql("""
                with former as (
                    delete from broker_dead_letters where queue = :queue and message_id = any(:ids::uuid[])
                )
                insert into broker_dead_letters (queue, lane, message_id, headers, body)
                select :queue, :lane, m.* from unnest(:ids::uuid[], :headers::text[], :bodies::bytea[]) as m
                """)
                .param("queue", queue).param("lane", lane.ordinal()).param("ids", ids).param("headers", headers)
                .param("bodies", bodies).update();
    }

    @Override
    public void tidy(String queue) {
        record Letter(long position, UUID messageId) {}
        var target = routing.known().get(queue);
        if (target == null) return;
        long after = 0;
        var seen = new HashSet<UUID>();
        List<Letter> page;
        do {
            page = system.sql("""
                    select position, message_id from broker_dead_letters
                     where queue = :queue and position > :after order by position limit :most
                    """)
                    .param("queue", target.id()).param("after", after).param("most", GROUP).query(Letter.class).list();
            if (page.isEmpty()) return;
            after = page.getLast().position();
            var open = deadLetters.open(queue, page.stream().map(Letter::messageId).toList());
            var settled = page.stream().filter(letter -> !open.contains(letter.messageId()) || !seen.add(letter.messageId()))
                    .map(Letter::position).toArray(Long[]::new);
            system.sql("delete from broker_dead_letters where position = any(:settled::bigint[])")
                    .param("settled", settled).update();
        } while (page.size() == GROUP);
    }

    // --- once a second

    /**
     * One statement finds which queues there are, and which have work that nobody was woken for: delayed, given back,
     * from elsewhere.
     */
    private void look() {
        if (!running) return;
        bell.ringHere(queuesWithWork());
        throwAway();
        if (routing.known().values().stream().anyMatch(queue -> queue.queue().ttl().isPresent())) {
            reap("expired", "it was in the queue for longer than it is of use", "m.expires_at <= now()", "m.expires_at");
        }
    }

    private synchronized List<String> queuesWithWork() {
        record Seen(Stored queue, int lane, boolean work) {}
        var seen = system.sql("""
                -- An "exists" would be planned as if the first page read held such a row, and reads the whole table where
                -- none does; by the key it ends where the queue ends.
                select q.id, q.name, q.bindings, q.ttl_seconds, l.lane,
                       (select m.position from broker_messages m
                         where m.queue = q.id and m.lane = l.lane and m.owner is null and m.visible_at <= now()
                         order by m.queue, m.lane, m.position limit 1) is not null
                  from broker_queues q cross join (values (0), (1)) l(lane) order by q.id, l.lane
                """)
                .query((row, _) -> new Seen(Stored.read(row), row.getInt(5), row.getBoolean(6))).list();
        learn(seen.stream().filter(one -> one.lane() == 0).map(Seen::queue).toList());
        return seen.stream().filter(Seen::work).map(one -> topic(one.queue().id(), Lane.values()[one.lane()])).toList();
    }

    /**
     * Parcels that no queue needs any more. A row that is replaced by others is so in one transaction, and a deletion that the
     * server's crash takes back takes this one back, which came after it.
     */
    private void throwAway() {
        var parcels = List.copyOf(perhapsEmpty);
        if (parcels.isEmpty()) return;
        parcels.forEach(perhapsEmpty::remove);
        try {
            system.sql("""
                    delete from broker_parcels p where p.id = any(:parcels::uuid[])
                       and not exists (select from broker_messages m where m.parcel = p.id)
                       and (select set_config('synchronous_commit', 'off', true)) = 'off'
                    """).param("parcels", parcels.toArray(UUID[]::new)).update();
        } catch (DataAccessException failed) {
            perhapsEmpty.addAll(parcels);
            throw failed;
        }
    }

    /** Those too that somebody meant to throw away when it was killed. */
    void sweep() {
        try {
            system.sql("delete from broker_parcels p where not exists (select from broker_messages m where m.parcel = p.id)").update();
        } catch (DataAccessException failed) {
            log.warn("Could not look for parcels that nobody needs, the next time will do: {}", failed.getMessage());
        }
    }

    /** What a dead program held is free again, each message in a row of its own, and counted; what killed too many is dead. */
    void giveBack(long node) {
        var topics = system.sql("""
                with lost as (delete from broker_messages where owner = :node returning *)
                insert into broker_messages (queue, lane, position, parcel, published_at, visible_at, expires_at, size, parts,
                                             failures, crashes, first_failed_at)
                       overriding system value
                select l.queue, l.lane, %s, l.parcel, l.published_at, l.visible_at, l.expires_at, 1, array[part]::smallint[],
                       l.failures, l.crashes + 1, l.first_failed_at
                  from lost l cross join lateral unnest(coalesce(l.parts, array(select generate_series(1, l.size))::smallint[])) part
                returning queue, lane
                """.formatted(PLACE.formatted("l", "part")))
                .param("node", node)
                .query((row, _) -> topic(row.getInt(1), Lane.values()[row.getInt(2)])).set();
        reap("delivery_limit", "its consumer died with it each time", "m.crashes > " + Topology.DELIVERY_LIMIT, "m.position");
        bell.ring(topics);
    }

    private void reap(String code, String reason, String which, String order) {
        var names = routing.known().values().stream().collect(Collectors.toMap(Known::id, queue -> queue.queue().name()));
        record Found(int queue, Lane lane, Claim claim) {}
        int rows;
        do {
            rows = transaction.execute(_ -> {
                var dying = system.sql("""
                        with dying as (
                            delete from broker_messages m where (queue, lane, position) in (
                                select queue, lane, position from broker_messages m where m.owner is null and %s
                                 order by %s limit :most for update skip locked)
                            returning *
                        )
                        select m.queue, m.lane, m.position, m.parcel, p.part, m.failures, m.crashes, m.first_failed_at,
                               p.message_id, p.headers, p.body
                          from dying m, %s
                        """.formatted(which, order, CONTENT))
                        .param("most", REAPED_AT_ONCE)
                        .query((row, _) -> {
                            var lane = Lane.values()[row.getInt("lane")];
                            int queue = row.getInt("queue");
                            return new Found(queue, lane, read(row, names.getOrDefault(queue, "?"), lane, new HashMap<>()));
                        }).list();
                for (var one : dying) {
                    var delivery = one.claim().delivery();
                    var letter = new DeadLetter(delivery, code, reason, Optional.empty(), Judge.firstFailure(delivery));
                    deadLetters.record(List.of(letter));
                    bury(one.queue(), one.lane(), List.of(letter));
                }
                dying.forEach(one -> perhapsEmpty.add(one.claim().parcel()));
                return (int) dying.stream().map(one -> one.claim().position()).distinct().count();
            });
        } while (rows == REAPED_AT_ONCE);
    }

    private void leave() {
        system.sql("update broker_messages set owner = null where owner = :me").param("me", nodes.number()).update();
    }

    // --- seen from outside

    @Override
    public List<QueueState> describe() {
        record Count(int queue, int lane, long ready, long claimed, Long oldest, long dead) {}
        return system.sql("""
                with live as materialized (
                    select queue, lane, coalesce(sum(size) filter (where owner is null), 0) as ready,
                           coalesce(sum(size) filter (where owner is not null), 0) as claimed,
                           extract(epoch from now() - min(published_at))::bigint as oldest
                      from broker_messages group by queue, lane
                ), dead as materialized (
                    select queue, lane, count(*) as dead from broker_dead_letters group by queue, lane
                )
                select q.id, l.lane, coalesce(live.ready, 0), coalesce(live.claimed, 0), live.oldest, coalesce(dead.dead, 0)
                  from broker_queues q cross join (values (0), (1)) l(lane)
                  left join live on live.queue = q.id and live.lane = l.lane
                  left join dead on dead.queue = q.id and dead.lane = l.lane
                 order by q.name, l.lane
                """)
                .query((row, _) -> new Count(row.getInt(1), row.getInt(2), row.getLong(3), row.getLong(4),
                        row.getObject(5, Long.class), row.getLong(6)))
                .list().stream()
                .flatMap(count -> routing.known().values().stream().filter(queue -> queue.id() == count.queue()).map(queue -> {
                    var lane = Lane.values()[count.lane()];
                    int consumers = consumptions.stream().filter(one -> one.queue.id() == count.queue())
                            .mapToInt(one -> one.workers(lane)).sum();
                    return new QueueState(queue.queue().name(), lane, count.ready(), count.claimed(),
                            Optional.ofNullable(count.oldest()), consumers, count.dead(),
                            queue.queue().ttl().map(Duration::toSeconds),
                            rates.publishedPerSecond(queue.queue().name(), lane), rates.settledPerSecond(queue.queue().name(), lane));
                })).toList();
    }

    @Override
    public Status status() {
        return new Status("postgresql", running && nodes.sure(), nodes.sure() ? "queues in the database" : "no heartbeat");
    }

    @Override
    public void start() {
        running = true;
        clock = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("broker-clock").factory());
        for (int i = 0; i < WRITERS; i++) {
            writers.add(Thread.ofVirtual().name("broker-writer-" + i).start(this::write));
        }
        learn();
        clock.scheduleWithFixedDelay(this::sweep, SWEEP.toSeconds(), SWEEP.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void stop() {
        List.copyOf(consumptions).forEach(Consumption::close);
        running = false;
        writers.forEach(writer -> {
            try {
                writer.join();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        });
        writers.clear();
        clock.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return EnginePhase.BROKER;
    }
}
