package com.ventros.crm.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestTenant;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** From the transaction that raises an event to the effect of whoever listens, on the engines of the whole program. */
@DatabaseTest
class EngineTests {

    /** Generous: two cores may be busy with others. */
    private static final Duration SOON = Duration.ofSeconds(30);

    @Autowired
    JdbcClient db;

    @Autowired
    @Qualifier("system")
    JdbcClient system;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Outbox outbox;

    @Autowired
    Consumers consumers;

    @Autowired
    Inbox inbox;

    private TestTenant tenant;
    private final List<Broker.Subscription> open = new ArrayList<>();

    @BeforeEach
    void aNewTenant() {
        tenant = TestTenant.create(db, transaction);
    }

    @AfterEach
    void closeConsumers() {
        open.forEach(Broker.Subscription::close);
        system.sql("delete from broker_queues where name like 'crm.test-%'").update();
    }

    @Test
    void eventsAreOnlyAppendedInATransaction() {
        assertThatThrownBy(() -> Tenancy.run(tenant.tenant(), () -> outbox.append(Bottle.drops(Uuids.v7(), 1, 1))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anEventReachesItsListenerWithAllItsFields() {
        var heard = new ConcurrentHashMap<UUID, Envelope>();
        listen("bottle.*", event -> heard.put(event.aggregateId(), event));
        var bottle = Uuids.v7();
        var event = Bottle.filled(bottle, 7);
        append(List.of(event));

        await().atMost(SOON).until(() -> heard.containsKey(bottle));
        var envelope = heard.get(bottle);
        assertThat(envelope.type()).isEqualTo("bottle.filled");
        assertThat(envelope.tenantId()).isEqualTo(tenant.tenant());
        assertThat(envelope.aggregateVersion()).isEqualTo(7);
        assertThat(envelope.sequence()).isPositive();
        assertThat(envelope.correlationId()).isEqualTo(event.cause().correlationId());
        assertThat(envelope.occurredAt()).isEqualTo(event.occurredAt());
        assertThat(envelope.dataAs(Bottle.Filled.class)).isEqualTo(new Bottle.Filled(bottle, 7));
    }

    @Test
    void anEventOfATransactionThatFailedIsNeverHeard() {
        var heard = ConcurrentHashMap.<UUID>newKeySet();
        listen("bottle.*", event -> heard.add(event.aggregateId()));
        var undone = Uuids.v7();
        var done = Uuids.v7();
        Tenancy.run(tenant.tenant(), () -> transaction.executeWithoutResult(status -> {
            outbox.append(Bottle.drops(undone, 1, 1));
            status.setRollbackOnly();
        }));
        append(Bottle.drops(done, 1, 1));
        await().atMost(SOON).until(() -> heard.contains(done));
        assertThat(heard).doesNotContain(undone);
    }

    @Test
    void eachEventHasItsEffectOnceHoweverOftenConsumersFail() {
        var random = new Random(20);
        var attempts = new AtomicInteger();
        var bottle = Uuids.v7();
        listen("bottle.filled", event -> {
            if (!event.aggregateId().equals(bottle)) return;
            db.sql("update project set version = version + 1 where id = :id").param("id", tenant.project().value()).update();
            attempts.incrementAndGet();
            // one in five: with three further tries all but certain to come through, and seeded
            if (random.nextInt(5) == 0) throw new IllegalStateException("a failing consumer");
        });
        append(Bottle.drops(bottle, 1, 100));
        await().atMost(SOON).until(() -> effects() >= 100 && outboxIsEmpty());
        assertThat(effects()).isEqualTo(100);
        assertThat(attempts.get()).isGreaterThan(100);
    }

    @Test
    void whatWillNeverWorkIsGivenUpAtOnceAndOnRecord() {
        var bottle = Uuids.v7();
        var name = listen("bottle.opened", event -> {
            if (event.aggregateId().equals(bottle)) throw new PermanentFailure("no_corkscrew", "this bottle stays shut");
        });
        append(List.of(Bottle.opened(bottle)));
        await().atMost(SOON).untilAsserted(() -> assertThat(system.sql("""
                select code || ': ' || reason || ' ' || attempts || ' ' || (stack_head is not null) || ' ' || tenant_id
                  from failures where source = :queue
                """).param("queue", "crm." + name).query(String.class).list())
                .containsExactly("no_corkscrew: this bottle stays shut 1 true " + tenant.tenant()));
    }

    @Test
    void failuresOfTheDatabaseAreGroupedByWhatItSaid() {
        var bottle = Uuids.v7();
        var name = listen("bottle.opened", event -> {
            if (!event.aggregateId().equals(bottle)) return;
            system.sql("select\n cast('cork ' || :bottle as integer)").param("bottle", bottle.toString()).query(Integer.class).single();
        });
        append(List.of(Bottle.opened(bottle)));
        await().atMost(SOON).untilAsserted(() -> assertThat(system.sql("select cause from failures where source = :queue")
                .param("queue", "crm." + name).query(String.class).list())
                .containsExactly("ERROR: invalid input syntax for type integer: #"));
    }

    @Test
    void whatFailsForAWholeLadderIsOnRecordWithItsTries() {
        var bottle = Uuids.v7();
        var tries = new AtomicInteger();
        var name = listen("bottle.opened", event -> {
            if (!event.aggregateId().equals(bottle)) return;
            tries.incrementAndGet();
            throw new IllegalStateException("not today");
        });
        append(List.of(Bottle.opened(bottle)));
        await().atMost(SOON).untilAsserted(() -> assertThat(system.sql(
                "select code || ' ' || attempts from failures where source = :queue")
                .param("queue", "crm." + name).query(String.class).list()).containsExactly("attempts_exhausted 4"));
        assertThat(tries.get()).isEqualTo(4);
    }

    @Test
    void eventsOfAnAggregateArriveInOrderWithManyWritersAtWork() throws Exception {
        var heard = new ConcurrentHashMap<UUID, List<Long>>();
        var bottles = IntStream.range(0, 8).mapToObj(_ -> Uuids.v7()).toList();
        listen("bottle.filled", event -> {
            if (bottles.contains(event.aggregateId())) {
                heard.computeIfAbsent(event.aggregateId(), _ -> new ArrayList<>()).add(event.sequence());
            }
        });
        try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var bottle : bottles) {
                for (int writer = 0; writer < 3; writer++) {
                    writers.submit(() -> {
                        for (int i = 0; i < 20; i++) appendLocked(bottle);
                    });
                }
            }
        }
        await().atMost(SOON).until(() -> heard.values().stream().mapToInt(List::size).sum() == 8 * 60);
        var logged = new TreeMap<UUID, List<Long>>();
        bottles.forEach(bottle -> logged.put(bottle, Tenancy.call(tenant.tenant(), () -> transaction.execute(_ ->
                db.sql("select aggregate_version from domain_event_logs where aggregate_id = :id order by position")
                        .param("id", bottle).query(Long.class).list()))));
        logged.values().forEach(versions -> assertThat(versions).isSorted().hasSize(60));
    }

    @Test
    void theLogKeepsWhatTheOutboxForgets() {
        var bottle = Uuids.v7();
        append(Bottle.drops(bottle, 1, 3));
        await().atMost(SOON).until(() -> outboxIsEmpty());
        assertThat(Tenancy.<List<String>, RuntimeException>call(tenant.tenant(), () -> transaction.execute(_ ->
                db.sql("select type || ' ' || (data->>'drop') from domain_event_logs where aggregate_id = :id order by position")
                        .param("id", bottle).query(String.class).list())))
                .containsExactly("bottle.filled 1", "bottle.filled 2", "bottle.filled 3");
    }

    @Test
    void theInboxLetsAnEventThroughOnce() {
        var events = IntStream.range(0, 5).mapToObj(_ -> Uuids.v7()).toList();
        assertThat(claim(events)).containsExactlyInAnyOrderElementsOf(events);
        var next = Uuids.v7();
        assertThat(claim(List.of(events.get(0), next, events.get(4)))).containsExactly(next);
    }

    private Set<UUID> claim(List<UUID> events) {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> inbox.claim("tests", events)));
    }

    private long effects() {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ ->
                db.sql("select version from project").query(Long.class).single()));
    }

    private boolean outboxIsEmpty() {
        return system.sql("select count(*) from outbox_events where tenant_id = :tenant")
                .param("tenant", tenant.tenant().value()).query(Long.class).single() == 0;
    }

    private void append(List<NewEvent> events) {
        Tenancy.run(tenant.tenant(), () -> transaction.executeWithoutResult(_ -> outbox.append(events)));
    }

    /** As a repository does: the row of the aggregate first, which makes the writers follow each other. */
    private void appendLocked(UUID bottle) {
        Tenancy.run(tenant.tenant(), () -> transaction.executeWithoutResult(_ -> {
            db.sql("select pg_advisory_xact_lock(:key)").param("key", bottle.getLeastSignificantBits()).query().listOfRows();
            int version = db.sql("select count(*) + 1 from domain_event_logs where aggregate_id = :id")
                    .param("id", bottle).query(Integer.class).single();
            outbox.append(List.of(Bottle.filled(bottle, version)));
        }));
    }

    private String listen(String pattern, Consumer<Envelope> effect) {
        var name = "test-" + Uuids.v7();
        open.add(consumers.listen(new EventConsumer() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Set<String> patterns() {
                return Set.of(pattern);
            }

            @Override
            public void handle(List<Envelope> events) {
                events.forEach(effect);
            }
        }));
        return name;
    }
}
