package com.ventros.crm.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.TestTenant;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The relay alone, on a program that does not relay by itself. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "crm.roles=web")
@Isolated
class RelayTests {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Autowired
    JdbcClient db;

    @Autowired
    @Qualifier("system")
    JdbcClient system;

    @Autowired
    @Qualifier("system")
    DataSource systemSource;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    @Qualifier("system")
    PlatformTransactionManager systemTransactions;

    @Autowired
    Outbox outbox;

    @Autowired
    Broker broker;

    @Autowired
    Bell bell;

    @Autowired
    Failures failures;

    @Autowired
    Consumers consumers;

    private TestTenant tenant;
    private final List<Runnable> ends = new ArrayList<>();

    @BeforeEach
    void aNewTenantAndAnEmptyOutbox() {
        tenant = TestTenant.create(db, transaction);
        system.sql("delete from outbox_events").update();
    }

    @AfterEach
    void endPrograms() {
        ends.reversed().forEach(Runnable::run);
    }

    @Test
    void aRefusedEventBlocksItsOwnAggregateOnly() {
        var heard = listen();
        var refused = Uuids.v7();
        var other = Uuids.v7();
        append(List.of(Bottle.filled(refused, 1), Bottle.filled(other, 1), Bottle.filled(refused, 2), Bottle.filled(other, 2)));
        var refusing = new AtomicBoolean(true);
        var moody = new Moody(event -> refusing.get() && event.aggregateId().equals(refused) && event.aggregateVersion() == 1);
        var relay = relay(moody);

        relay.runOnce();
        await().atMost(SOON).until(() -> heard.size() == 2);
        assertThat(heard).allMatch(event -> event.aggregateId().equals(other));

        append(List.of(Bottle.filled(refused, 3), Bottle.filled(other, 3)));
        relay.runOnce();
        await().atMost(SOON).until(() -> heard.size() == 3);
        assertThat(heard).allMatch(event -> event.aggregateId().equals(other));

        refusing.set(false);
        halfAMinuteLater();
        relay.runOnce();
        await().atMost(SOON).until(() -> heard.size() == 6);
        // As published: a consumer's two workers may change places.
        assertThat(moody.published.stream().filter(event -> event.aggregateId().equals(refused)).map(Envelope::aggregateVersion))
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void whatTheQueuesDoNotTakeAsAWholeIsPublishedAndRefusedByItself() {
        var heard = listen();
        var refused = Uuids.v7();
        append(List.of(Bottle.filled(refused, 1), Bottle.filled(Uuids.v7(), 1), Bottle.filled(refused, 2), Bottle.filled(Uuids.v7(), 1)));
        class Picky extends Moody implements TakesFromOutbox {
            Picky() {
                super(event -> event.aggregateId().equals(refused));
            }

            @Override
            public Taken take(Lane lane, Collection<Integer> partitions, int most, LowWaterMark mark) {
                throw new IllegalStateException("one of them is not to my taste");
            }
        }
        relay(new Picky()).runOnce();
        await().atMost(SOON).until(() -> heard.size() == 2);
        assertThat(heard).noneMatch(event -> event.aggregateId().equals(refused));
        assertThat(system.sql("select attempts from outbox_events where aggregate_id = :id order by position").param("id", refused)
                .query(Integer.class).list()).containsExactly(1, 0);
    }

    @Test
    void eachQueueGetsItsEventsOfALongBacklogInTheirOrder() {
        var bottle = Uuids.v7();
        var events = IntStream.rangeClosed(1, 600).mapToObj(i -> i % 3 == 0 ? Bottle.opened(bottle) : Bottle.filled(bottle, i)).toList();
        var filled = hearing("bottle.filled");
        var opened = hearing("bottle.opened");
        var both = hearing("bottle.filled", "bottle.opened");
        append(events);
        relay(broker).runOnce();
        await().atMost(SOON).until(() -> filled.size() == 400 && opened.size() == 200 && both.size() == 600);
        var ids = both.stream().map(Envelope::id).toList();
        assertThat(both.stream().filter(event -> event.type().equals("bottle.filled")).map(Envelope::aggregateVersion))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 600).filter(i -> i % 3 != 0).mapToObj(i -> (long) i).toList());
        assertThat(both).isSortedAccordingTo(Comparator.comparingLong(Envelope::sequence));
        assertThat(filled.stream().map(Envelope::id)).containsExactlyElementsOf(IntStream.range(0, 600).filter(i -> i % 3 != 2).mapToObj(ids::get).toList());
        assertThat(opened.stream().map(Envelope::id)).containsExactlyElementsOf(IntStream.range(0, 600).filter(i -> i % 3 == 2).mapToObj(ids::get).toList());
    }

    /** What a queue of these events gets, with one worker. */
    private List<Envelope> hearing(String... types) {
        var queue = new Topology.Queue("test-" + Uuids.v7(), Set.of(types), Optional.empty());
        broker.declare(List.of(queue));
        var heard = new CopyOnWriteArrayList<Envelope>();
        var subscription = broker.subscribe(queue.name(), 70, 1, deliveries -> deliveries.stream().<Broker.Verdict>map(delivery -> {
            var event = EventJson.read(delivery.body());
            if (event.tenantId().equals(tenant.tenant())) heard.add(event);
            return new Broker.Verdict.Done();
        }).toList());
        ends.add(() -> broker.remove(queue.name()));
        ends.add(subscription::close);
        return heard;
    }

    /** Somebody who was taken for dead, and whose partitions another relay has worked off meanwhile. */
    @Test
    void eventsThatAnotherRelayHasTakenAreTakenByNobodyElse() {
        var heard = listen();
        var bottle = Uuids.v7();
        append(Bottle.drops(bottle, 1, 3));
        var queues = new PostgresBroker(system, new TransactionTemplate(systemTransactions), new Nodes(system, false), bell, failures);
        queues.declare(List.of());
        var partitions = IntStream.range(0, Outbox.PARTITIONS).boxed().toList();
        try (var others = Executors.newVirtualThreadPerTaskExecutor()) {
            var late = new TransactionTemplate(systemTransactions).execute(_ -> {
                system.sql("delete from outbox_events where position = (select min(position) from outbox_events where aggregate_id = :bottle)")
                        .param("bottle", bottle).update();
                var taking = others.submit(() -> queues.take(Broker.Lane.INTERACTIVE, partitions, Relay.BATCH, new LowWaterMark("late")));
                await().atMost(SOON).until(() -> system.sql("select exists (select from pg_locks where not granted)").query(Boolean.class).single());
                return taking;
            });
            assertThatThrownBy(late::get).hasCauseInstanceOf(IllegalStateException.class);
        }
        assertThat(system.sql("select count(*) from outbox_events where aggregate_id = :bottle").param("bottle", bottle).query(Long.class).single())
                .isEqualTo(2);
        relay(broker).runOnce();
        await().atMost(SOON).until(() -> heard.size() == 2);
        assertThat(heard.stream().map(Envelope::aggregateVersion)).containsExactly(2L, 3L);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsCommittedLateIsNotPassed(boolean takes) throws Exception {
        var heard = listen();
        var relay = relay(takes ? broker : new Moody(_ -> false));
        var bottles = ofOneCourier(20);
        var written = new CompletableFuture<Void>();
        var others = new CompletableFuture<Void>();
        try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            var late = writers.submit(() -> Tenancy.run(tenant.tenant(), () -> transaction.executeWithoutResult(_ -> {
                outbox.append(Bottle.drops(bottles.getFirst(), 1, 1));
                written.complete(null);
                others.join();
            })));
            written.join();
            for (var bottle : bottles.subList(1, 10)) appendAndRelay(bottle, relay);
            await().atMost(SOON).until(() -> heard.size() == 9);
            others.complete(null);
            late.get();
        }
        for (var bottle : bottles.subList(10, 20)) appendAndRelay(bottle, relay);
        await().atMost(SOON).until(() -> heard.size() == 20);
    }

    /** A crash of the server takes deletions back, and ends its sessions. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatLiesBehindTheMarkIsReadInANewSession(boolean takes) {
        var session = session();
        var relay = relayWithSomethingBehindItsMark(takes, session);
        session.resetConnection();
        assertThat(relay.runOnce()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatLiesBehindTheMarkAgainstAllReasonIsFoundWithinABeat(boolean takes) {
        relayWithSomethingBehindItsMark(takes, session()).start();
        await().atMost(SOON).until(() -> !system.sql("select exists (select from outbox_events)").query(Boolean.class).single());
    }

    private SingleConnectionDataSource session() {
        var pool = (HikariDataSource) systemSource;
        var session = new SingleConnectionDataSource(pool.getJdbcUrl(), pool.getUsername(), pool.getPassword(), true);
        ends.add(session::destroy);
        return session;
    }

    private Relay relayWithSomethingBehindItsMark(boolean takes, DataSource session) {
        var client = JdbcClient.create(session);
        var queues = new PostgresBroker(client, new TransactionTemplate(new DataSourceTransactionManager(session)), new Nodes(system, false), bell,
                failures);
        queues.declare(List.of());
        var relay = program(takes ? queues : new Moody(_ -> false), client).relay();
        relay.share();
        var bottles = ofOneCourier(4);
        for (var bottle : bottles) appendAndRelay(bottle, relay);
        append(Bottle.drops(bottles.getFirst(), 2, 2));
        system.sql("update outbox_events set position = 1").update();
        assertThat(relay.runOnce()).isZero();
        return relay;
    }

    private List<UUID> ofOneCourier(int bottles) {
        return Stream.generate(Uuids::v7).filter(bottle -> Outbox.partition(bottle) == 0).limit(bottles).toList();
    }

    private void appendAndRelay(UUID bottle, Relay relay) {
        append(Bottle.drops(bottle, 1, 1));
        relay.runOnce();
    }

    /** Its connection may break, or an alarm block it, while a batch is under way. */
    @Test
    void aBrokerThatGoesAwayInTheMiddleIsNoRefusal() {
        var heard = listen();
        append(Bottle.drops(Uuids.v7(), 1, 2));
        var away = new AtomicBoolean(true);
        var relay = relay(new Moody(_ -> away.get(), Broker.Refused.Reason.AWAY));
        for (int tries = 0; tries <= Relay.TRIES; tries++) relay.runOnce();
        assertThat(heard).isEmpty();

        away.set(false);
        relay.runOnce();
        await().atMost(SOON).until(() -> heard.size() == 2);
        assertThat(heard.stream().map(Envelope::aggregateVersion)).containsExactly(1L, 2L);
    }

    @Test
    void aLongBulkBacklogLetsWhatPeopleWaitForPass() {
        var heard = listen();
        for (int i = 0; i < 5; i++) {
            var drops = Bottle.drops(Uuids.v7(), 1, 1_000);
            Broker.Lane.BULK.run(() -> append(drops));
        }
        var urgent = Uuids.v7();
        append(Bottle.drops(urgent, 1, 3));
        var relay = relay(broker);
        assertThat(relay.runOnce()).isBetween(3, Relay.BULK_BATCH + 3);
        await().atMost(SOON).until(() -> heard.stream().filter(event -> event.aggregateId().equals(urgent)).count() == 3);
        assertThat(system.sql("select count(*) from outbox_events where lane = 'BULK'").query(Long.class).single())
                .isGreaterThanOrEqualTo(5_000 - Relay.BULK_BATCH);
        while (relay.runOnce() > 0) Thread.onSpinWait();
        await().atMost(SOON).until(() -> heard.size() == 5_003);
    }

    @Test
    void anEventRefusedFiveTimesIsSetAsideOnRecordAndItsAggregateGoesOn() {
        var heard = listen();
        var bottle = Uuids.v7();
        append(Bottle.drops(bottle, 1, 2));
        var relay = relay(new Moody(event -> event.aggregateVersion() == 1));
        for (int tries = 0; tries < Relay.TRIES; tries++) {
            assertThat(heard).isEmpty();
            relay.runOnce();
            halfAMinuteLater();
        }
        relay.runOnce();
        await().atMost(SOON).until(() -> heard.size() == 1);
        assertThat(system.sql("select code || ' ' || attempts from failures where tenant_id = :tenant")
                .param("tenant", tenant.tenant().value()).query(String.class).list())
                .containsExactly("refused_by_broker " + Relay.TRIES);
        assertThat(system.sql("select state from outbox_events where aggregate_id = :id").param("id", bottle)
                .query(String.class).list()).containsExactly("failed");
    }

    @Test
    void aCrashBetweenPublishingAndDeletingHasNoSecondEffect() {
        var heard = listen();
        var bottle = Uuids.v7();
        append(Bottle.drops(bottle, 1, 20));
        var crashing = relay(new Moody(_ -> false) {
            @Override
            public List<Refused> publishInOrder(List<Publication> publications, Function<Publication, ?> key, Duration timeout) {
                super.publishInOrder(publications, key, timeout);
                throw new IllegalStateException("killed after publishing");
            }
        });
        assertThatThrownBy(crashing::runOnce).hasMessageContaining("killed");
        await().atMost(SOON).until(() -> heard.size() == 20);
        endPrograms();
        ends.clear();
        heard.addAll(listen());
        assertThat(relay(broker).runOnce()).isEqualTo(20);
        append(Bottle.drops(Uuids.v7(), 1, 1));
        assertThat(system.sql("select count(*) from outbox_events").query(Long.class).single()).isEqualTo(1);
        assertThat(heard).hasSize(20);
    }

    @Test
    void aBrokerThatIsAwayCostsNothingButTime() {
        var heard = listen();
        append(Bottle.drops(Uuids.v7(), 1, 5));
        var away = relay(new Moody(_ -> false) {
            @Override
            public List<Refused> publishInOrder(List<Publication> publications, Function<Publication, ?> key, Duration timeout) {
                throw new BrokerUnavailable("away", null);
            }
        });
        assertThatThrownBy(away::runOnce).isInstanceOf(Broker.BrokerUnavailable.class);
        assertThat(system.sql("select sum(attempts) from outbox_events").query(Long.class).single()).isZero();
        endPrograms();
        ends.clear();
        var again = listen();
        relay(broker).runOnce();
        await().atMost(SOON).until(() -> heard.size() + again.size() >= 5);
    }

    @Test
    void aDeadRelaysPartitionsGoToTheOtherAndALivingOneGetsItsShare() {
        var first = program(broker);
        first.relay().start();
        assertThat(partitions(first)).isEqualTo(Outbox.PARTITIONS);
        var second = program(broker);
        second.relay().start();
        await().atMost(SOON).until(() -> partitions(first) == 8 && partitions(second) == 8);

        first.nodes().die();
        // Its last count comes just after the other one looked, and is seen a beat late.
        long looked = beat(second);
        await().pollInterval(Duration.ofMillis(10)).atMost(SOON).until(() -> beat(second) > looked);
        system.sql("update event_nodes set beat = beat + 1 where node = :dead").param("dead", first.nodes().number()).update();
        var since = System.nanoTime();
        await().atMost(SOON).until(() -> partitions(second) == Outbox.PARTITIONS);
        // Four and a half seconds, and one for a busy machine.
        assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofMillis(5_500));

        var heard = listen();
        append(Bottle.drops(Uuids.v7(), 1, 30));
        await().atMost(SOON).until(() -> heard.size() == 30);
    }

    @Test
    void anIdleProgramLooksIntoTheOutboxOnceASecond() {
        var looks = new AtomicInteger();
        var program = program(broker, counting("outbox_events", looks));
        program.relay().start();
        long first = beat(program);
        int before = looks.get();
        await().atMost(SOON).until(() -> beat(program) >= first + 8);
        int after = looks.get();
        // Each courier looks once when it gets its partitions.
        assertThat(after - before).isBetween(5, (int) (beat(program) - first) + 1 + Relay.COURIERS + 1);
    }

    @Test
    void whatNobodyRangForIsFoundWithinABeat() {
        var heard = listen();
        var refusing = new AtomicBoolean(true);
        var bottle = Uuids.v7();
        program(new Moody(_ -> refusing.get())).relay().start();
        append(Bottle.drops(bottle, 1, 2));
        Broker.Lane.BULK.run(() -> append(Bottle.drops(Uuids.v7(), 1, 1)));
        await().atMost(SOON).until(() -> system.sql("select count(*) from outbox_events where attempts = 1")
                .query(Long.class).single() == 2);
        refusing.set(false);
        halfAMinuteLater();
        await().atMost(SOON.dividedBy(2)).until(() -> heard.size() == 3);
    }

    @Test
    void whoHoldsNoPartitionDoesNotLook() {
        var heard = listen();
        system.sql("update relay_leases set owner = -1").update();
        var looks = new AtomicInteger();
        var program = program(broker, counting("outbox_events", looks));
        program.relay().start();
        append(Bottle.drops(Uuids.v7(), 1, 1));
        long first = beat(program);
        await().atMost(SOON).until(() -> beat(program) >= first + 3);
        assertThat(looks).hasValue(0);

        system.sql("update relay_leases set owner = null where owner = -1").update();
        await().atMost(SOON).until(() -> heard.size() == 1);
    }

    // --- words of the tests

    private JdbcClient counting(String table, AtomicInteger statements) {
        return JdbcClient.create(new JdbcTemplate(systemSource) {
            @Override
            protected void applyStatementSettings(Statement statement) throws SQLException {
                if (statement.toString().contains(table)) statements.incrementAndGet();
                super.applyStatementSettings(statement);
            }
        });
    }

    private long beat(Program program) {
        return system.sql("select beat from event_nodes where node = :node").param("node", program.nodes().number())
                .query(Long.class).single();
    }

    private record Program(Nodes nodes, Relay relay) {}

    private long partitions(Program program) {
        return system.sql("select count(*) from relay_leases where owner = :node").param("node", program.nodes().number())
                .query(Long.class).single();
    }

    private Program program(Broker on) {
        return program(on, system);
    }

    private Program program(Broker on, JdbcClient database) {
        var nodes = new Nodes(system, true);
        nodes.start();
        var relay = new Relay(database, on, nodes, bell, failures, new BulkPace(), new Roles(Set.of(Roles.Role.RELAY)), new SimpleMeterRegistry());
        ends.add(() -> {
            relay.stop();
            if (nodes.isRunning()) nodes.stop();
        });
        return new Program(nodes, relay);
    }

    /** A relay with all partitions that runs only when told to. */
    private Relay relay(Broker on) {
        var program = program(on);
        program.relay().share();
        return program.relay();
    }

    private void halfAMinuteLater() {
        system.sql("update outbox_events set next_attempt_at = next_attempt_at - interval '31 seconds'").update();
    }

    private void append(List<NewEvent> events) {
        Tenancy.run(tenant.tenant(), () -> transaction.executeWithoutResult(_ -> outbox.append(events)));
    }

    private List<Envelope> listen() {
        var heard = new CopyOnWriteArrayList<Envelope>();
        var subscription = consumers.listen(new EventConsumer() {
            @Override
            public String name() {
                return "test-relay";
            }

            @Override
            public Set<String> patterns() {
                return Set.of("bottle.*");
            }

            @Override
            public void handle(List<Envelope> events) {
                events.stream().filter(event -> event.tenantId().equals(tenant.tenant())).forEach(heard::add);
            }
        });
        ends.add(subscription::close);
        return heard;
    }

    /** The real broker with a mood: it refuses what it is told to. */
    private class Moody implements Broker {
        private final Predicate<Envelope> refuses;
        private final Refused.Reason reason;
        private final List<Envelope> published = new CopyOnWriteArrayList<>();

        Moody(Predicate<Envelope> refuses) {
            this(refuses, Refused.Reason.NOT_CONFIRMED);
        }

        Moody(Predicate<Envelope> refuses, Refused.Reason reason) {
            this.refuses = refuses;
            this.reason = reason;
        }

        @Override
        public List<Refused> publish(List<Publication> publications, Duration timeout) {
            var refused = new ArrayList<Refused>();
            var accepted = new ArrayList<Publication>();
            for (var publication : publications) {
                if (refuses.test(EventJson.read(publication.body()))) {
                    refused.add(new Refused(publication, reason, "not in the mood"));
                } else {
                    accepted.add(publication);
                }
            }
            refused.addAll(broker.publish(accepted, timeout));
            accepted.forEach(one -> published.add(EventJson.read(one.body())));
            return refused;
        }

        @Override
        public void declare(List<Topology.Queue> queues) {
            broker.declare(queues);
        }

        @Override
        public void remove(String queue) {
            broker.remove(queue);
        }

        @Override
        public void unbind(String queue, String binding) {
            broker.unbind(queue, binding);
        }

        @Override
        public Subscription subscribe(String queue, int batch, int workers, Handler handler) {
            return broker.subscribe(queue, batch, workers, handler);
        }

        @Override
        public void tidy(String queue) {
            broker.tidy(queue);
        }

        @Override
        public List<QueueState> describe() {
            return broker.describe();
        }

        @Override
        public Status status() {
            return broker.status();
        }
    }
}
