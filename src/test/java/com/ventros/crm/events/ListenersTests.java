package com.ventros.crm.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.TestTenant;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What a version of the program left behind, on a program that does not relay by itself. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "crm.roles=web")
@Isolated
class ListenersTests {

    static final Duration SOON = Duration.ofSeconds(30);

    @Autowired
    @Qualifier("system")
    JdbcClient system;

    @Autowired
    @Qualifier("system")
    PlatformTransactionManager transactions;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Broker broker;

    @Autowired
    Queues queues;

    @Autowired
    Replays replays;

    private final String name = "test-" + Uuids.v7();
    private final String queue = Topology.CONSUMER_PREFIX + name;
    /** A word of its own, which no other queue hears. */
    final String word = "t" + Uuids.v7().toString().replace("-", "");
    final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<Broker.Subscription> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(Broker.Subscription::close);
        broker.remove(queue);
        for (var table : List.of("event_bindings where consumer", "event_consumers where name")) {
            system.sql("delete from " + table + " = :name").param("name", name).update();
        }
    }

    @Test
    void whatAConsumerHeardThatNoProgramHasIsNotKeptForItAfterADay() {
        declare(listeners(), "filled");
        listeners().runOnce();
        publish("filled");
        await().atMost(SOON).untilAsserted(() -> assertThat(heard).containsExactly("filled"));

        aDayLater();
        listeners().runOnce();
        publish("filled");
        assertThat(bindings()).isEmpty();
        declare(listeners(), "opened");
        publish("opened");
        await().atMost(SOON).untilAsserted(() -> assertThat(heard).containsExactly("filled", "opened"));
    }

    @Test
    void aBindingThatNoProgramHasDeclaredForADayEnds() {
        var program = listeners();
        declare(program, "filled", "opened");
        declare(program, "filled");
        program.runOnce();
        publish("opened", "filled");
        await().atMost(SOON).untilAsserted(() -> assertThat(heard).containsExactly("opened", "filled"));

        aDayLater();
        program.runOnce();
        publish("opened", "filled");
        await().atMost(SOON).untilAsserted(() -> assertThat(heard).containsExactly("opened", "filled", "filled"));
        assertThat(bindings()).containsExactly(word + ".filled");
    }

    /** Whichever of them started last. */
    @Test
    void aBindingThatAnOlderVersionDeclaresStaysWhileThatRuns() {
        var older = listeners();
        declare(older, "filled", "opened");
        var newer = listeners();
        declare(newer, "filled");
        aDayLater();
        older.runOnce();
        newer.runOnce();
        publish("opened", "filled");
        await().atMost(SOON).untilAsserted(() -> assertThat(heard).containsExactly("opened", "filled"));
    }

    @Test
    void aVersionThatComesBackHasItsBindingsBack() {
        var newer = listeners();
        declare(newer, "filled", "opened");
        declare(newer, "filled");
        aDayLater();
        newer.runOnce();
        declare(listeners(), "filled", "opened");
        publish("opened");
        await().atMost(SOON).untilAsserted(() -> assertThat(heard).containsExactly("opened"));
    }

    @Test
    void theQueueOfAConsumerThatIsGoneIsSeenAndRemoved() {
        var tenant = TestTenant.create(db, transaction).tenant();
        declareElsewhere("filled");
        publish("filled", "filled");
        assertThat(queues.abandoned()).doesNotContain(queue);
        assertThatThrownBy(() -> remove(tenant, true)).hasFieldOrPropertyWithValue("code", "queue_in_use");

        system.sql("update event_consumers set declared_at = now() - :gone * interval '1 second' where name = :name")
                .param("gone", Listeners.GONE_AFTER.toSeconds() + 1).param("name", name).update();
        assertThat(queues.abandoned()).contains(queue);
        await().atMost(SOON).untilAsserted(() -> assertThat(queues.find(queue)).extracting(Broker.QueueState::lane,
                Broker.QueueState::depth, Broker.QueueState::consumers)
                .containsExactly(tuple(Broker.Lane.INTERACTIVE, 2L, 0), tuple(Broker.Lane.BULK, 0L, 0)));
        assertThatThrownBy(() -> replay(tenant)).hasFieldOrPropertyWithValue("code", "consumer_gone");
        assertThatThrownBy(() -> remove(tenant, false)).hasFieldOrPropertyWithValue("code", "queue_not_empty");
        assertThat(queues.find(queue)).isNotEmpty();

        remove(tenant, true);
        assertThatThrownBy(() -> queues.find(queue)).hasFieldOrPropertyWithValue("code", "queue_not_found");
        assertThat(bindings()).isEmpty();
        publish("filled");
        List<String> told = Tenancy.call(tenant, () -> transaction.execute(_ -> db.sql("""
                select data ->> 'queue' || ' ' || (data ->> 'messages') from domain_event_logs where type = 'queue.removed'
                """).query(String.class).list()));
        assertThat(told).containsExactly(queue + " 2");
        assertThatThrownBy(() -> remove(tenant, true)).hasFieldOrPropertyWithValue("code", "queue_not_found");
    }

    @Test
    void aQueueThatAProgramTakesFromIsNotRemoved() {
        var tenant = TestTenant.create(db, transaction).tenant();
        for (var used : List.of(Topology.WAHA_RAW, "crm.timeline")) {
            assertThatThrownBy(() -> Tenancy.run(tenant, () -> queues.remove(used, true))).hasFieldOrPropertyWithValue("code", "queue_in_use");
        }
    }

    private void remove(TenantId tenant, boolean discard) {
        Tenancy.run(tenant, () -> Cause.outside(Actor.system("test")).run(() -> queues.remove(queue, discard)));
    }

    private void replay(TenantId tenant) {
        Tenancy.run(tenant, () -> replays.start(new Replays.Request(name, Set.of(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty())));
    }

    /** By a program that has ended since. */
    void declareElsewhere(String... whats) {
        var consumer = consumer(whats);
        listeners().declare(consumer);
        broker.declare(List.of(Topology.Queue.of(consumer)));
    }

    Listeners listeners() {
        return new Listeners(system, transactions, broker);
    }

    /** As a program does at its start. */
    void declare(Listeners program, String... whats) {
        var consumer = consumer(whats);
        program.declare(consumer);
        broker.declare(List.of(Topology.Queue.of(consumer)));
        if (open.isEmpty()) {
            open.add(broker.subscribe(queue, 1, 1, deliveries -> deliveries.stream().<Broker.Verdict>map(delivery -> {
                heard.add(new String(delivery.body()));
                return new Broker.Verdict.Done();
            }).toList()));
        }
    }

    EventConsumer consumer(String... whats) {
        return new EventConsumer() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Set<String> patterns() {
                var patterns = new HashSet<String>();
                for (var what : whats) patterns.add(word + "." + what);
                return patterns;
            }

            @Override
            public void handle(List<Envelope> events) {}
        };
    }

    void aDayLater() {
        system.sql("update event_bindings set declared_at = declared_at - :day * interval '1 second' where consumer = :name")
                .param("day", Listeners.BINDING_KEPT.toSeconds() + 1).param("name", name).update();
    }

    void publish(String... whats) {
        var events = Arrays.stream(whats).map(what -> new Broker.Publication(Uuids.v7(),
                Topology.DOMAIN_EVENTS + word + "." + what, Broker.Lane.INTERACTIVE, Map.of(), what.getBytes())).toList();
        assertThat(broker.publish(events, Duration.ofSeconds(10))).isEmpty();
    }

    List<String> bindings() {
        return system.sql("select pattern from event_bindings where consumer = :name order by 1").param("name", name)
                .query(String.class).list();
    }
}
