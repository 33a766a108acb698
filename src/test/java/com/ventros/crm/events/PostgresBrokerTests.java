package com.ventros.crm.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.DatabaseTest;
import com.ventros.crm.embedded.EmbeddedDatabase;
import com.ventros.crm.events.Broker.Lane;
import com.ventros.crm.kernel.Uuids;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@DatabaseTest
class PostgresBrokerTests extends BrokerContract {

    private static final long BACKLOG = 2_000;

    @Autowired
    @Qualifier("system")
    JdbcClient system;

    @Autowired
    @Qualifier("system")
    DataSource source;

    @Autowired
    @Qualifier("system")
    PlatformTransactionManager transactions;

    @Autowired
    EmbeddedDatabase server;

    private record Program(Nodes nodes, Bell bell) {}

    private final Map<Broker, Program> programs = new HashMap<>();

    @Override
    Broker connect(Broker.DeadLetters deadLetters) {
        var nodes = new Nodes(system, false);
        var bell = new Bell(source, system, nodes);
        var broker = new PostgresBroker(system, new TransactionTemplate(transactions), nodes, bell, deadLetters);
        nodes.start();
        bell.start();
        broker.start();
        programs.put(broker, new Program(nodes, bell));
        return broker;
    }

    /** Its heart stops, and the survivor does at once what it would do when it notices. */
    @Override
    void kill(Broker victim, Broker survivor) {
        var nodes = programs.get(victim).nodes();
        nodes.die();
        ((PostgresBroker) survivor).giveBack(nodes.number());
    }

    @Test
    void theOthersNoticeADeadProgramWithinSeconds() {
        var queue = queue();
        var victim = connect(graveyard::addAll);
        victim.declare(List.of(new Topology.Queue(queue, Set.of(), Optional.empty())));
        var held = new CountDownLatch(1);
        var never = new CountDownLatch(1);
        var victims = victim.subscribe(queue, 10, 1, deliveries -> {
            held.countDown();
            try {
                never.await();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
            return done(deliveries);
        });
        publish(queue, 1);
        await().atMost(SOON).until(() -> held.getCount() == 0);
        var got = collect(queue, 10, 1);
        programs.get(victim).nodes().die();
        var since = System.nanoTime();
        await().atMost(SOON).until(() -> got.size() == 1);
        // four missed beats, the beat that notices, and the time of a busy machine
        assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Nodes.DEAD_AFTER.plus(Nodes.BEAT.multipliedBy(3)));
        never.countDown();
        victims.close();
        disconnect(victim);
    }

    /** As after a commit whose answer got lost, or a deletion that went with a crash of the server. */
    /** Or PostgreSQL would log the body again with each claim. */
    @Test
    void whatIsPublishedTogetherLiesOnceForAllQueues() {
        var all = queue(word + ".#");
        var some = queue(word + ".*.kept");
        var sent = IntStream.range(0, 250).mapToObj(nth -> event(word + ".n" + nth + (nth % 3 == 0 ? ".kept" : ".other"))).toList();
        assertThat(broker.publish(sent, CONFIRM)).isEmpty();
        var ids = sent.stream().map(Broker.Publication::id).toList();
        assertThat(parcels(ids)).isEqualTo(3);
        assertThat(state(some, Lane.INTERACTIVE).depth()).isEqualTo(84);
        var kept = collect(some, 40, 1);
        await().atMost(SOON).until(() -> kept.size() == 84);
        assertThat(kept).extracting(one -> new String(one.body(), UTF_8))
                .isEqualTo(sent.stream().map(one -> new String(one.body(), UTF_8)).filter(type -> type.endsWith(".kept")).toList());
        assertThat(parcels(ids)).isEqualTo(3);
        var got = collect(all, 200, 1);
        await().atMost(SOON).until(() -> got.size() == 250);
        assertThat(got).extracting(Broker.Delivery::id).isEqualTo(ids);
        await().atMost(SOON).untilAsserted(() -> assertThat(unneeded(ids)).isZero());
    }

    /** Others, who listen to everything, may not have fetched theirs yet. */
    private long unneeded(List<UUID> messages) {
        return system.sql("""
                select count(*) from broker_parcels p where p.message_ids && :ids::uuid[]
                   and not exists (select from broker_messages m where m.parcel = p.id)
                """).param("ids", messages.toArray(UUID[]::new)).query(Long.class).single();
    }

    private long parcels(List<UUID> messages) {
        return system.sql("select count(*) from broker_parcels where message_ids && :ids::uuid[]").param("ids", messages.toArray(UUID[]::new))
                .query(Long.class).single();
    }

    /** The row of a hundred was handed over in tens; three came through when the program had to stop. */
    @Test
    void whatAStoppingProgramHandedOverOfARowDoesNotComeAgain() {
        var queue = queue();
        publish(queue, 100);
        var got = new CopyOnWriteArrayList<UUID>();
        var third = new CountDownLatch(3);
        var closing = new CountDownLatch(1);
        var subscription = broker.subscribe(queue, 10, 1, deliveries -> {
            third.countDown();
            if (third.getCount() == 0) {
                try {
                    closing.await();
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                }
            }
            deliveries.forEach(one -> got.add(one.id()));
            return done(deliveries);
        });
        await().atMost(SOON).until(() -> third.getCount() == 0);
        var close = Thread.ofVirtual().start(subscription::close);
        await().atMost(SOON).until(() -> close.getState() == Thread.State.TIMED_WAITING);
        closing.countDown();
        await().atMost(SOON).until(() -> !close.isAlive());
        assertThat(got).hasSize(30);
        subscribe(queue, 10, 1, deliveries -> {
            deliveries.forEach(one -> {
                assertThat(one.attempt()).isEqualTo(1);
                got.add(one.id());
            });
            return done(deliveries);
        });
        await().atMost(SOON).until(() -> got.size() == 100);
        assertThat(got).doesNotHaveDuplicates();
    }

    @Test
    void whatAKilledProgramMeantToThrowAwayIsSweptUp() {
        var lost = Uuids.v7();
        system.sql("insert into broker_parcels (id, message_ids, headers, bodies) values (:id, array[:id], '{{}}', '{abc}')").param("id", lost).update();
        var queue = queue();
        publish(queue, 1);
        ((PostgresBroker) broker).sweep();
        assertThat(parcels(List.of(lost))).isZero();
        var got = collect(queue, 10, 1);
        await().atMost(SOON).until(() -> got.size() == 1);
    }

    @Test
    void whatAWorkerHoldsWithoutKnowingItIsDeliveredAgain() {
        record Holder(long owner, int worker) {}
        var queue = queue();
        var holders = new CopyOnWriteArrayList<Holder>();
        var got = new CopyOnWriteArrayList<UUID>();
        var subscription = broker.subscribe(queue, 10, 1, deliveries -> {
            holders.add(system.sql("""
                    select m.owner, m.worker from broker_messages m join broker_parcels p on p.id = m.parcel where p.message_ids = array[:id]
                    """).param("id", deliveries.getFirst().id()).query(Holder.class).single());
            deliveries.forEach(one -> got.add(one.id()));
            return done(deliveries);
        });
        publish(queue, 1);
        await().atMost(SOON).until(() -> state(queue, Lane.INTERACTIVE).unacked() == 0 && got.size() == 1);
        var forgotten = Uuids.v7();
        system.sql("""
                with parcel as (
                    insert into broker_parcels (id, message_ids, headers, bodies) values (:message, array[:message], array['{}'], array[''::bytea]))
                insert into broker_messages (queue, lane, parcel, size, owner, worker)
                select id, 0, :message, 1, :owner, :worker from broker_queues where name = :queue
                """).param("queue", queue).param("message", forgotten).param("owner", holders.getFirst().owner())
                .param("worker", holders.getFirst().worker()).update();
        publish(queue, 1);
        await().atMost(SOON).until(() -> got.size() == 3);
        assertThat(got).contains(forgotten);
        await().atMost(SOON).until(() -> state(queue, Lane.INTERACTIVE).unacked() == 0);
        subscription.close();
    }

    /** However PostgreSQL plans after it has seen the queues empty. */
    @Test
    void aLongQueueIsNotReadForEachClaim() throws Exception {
        var queue = queue();
        try (var connection = DriverManager.getConnection(server.url(), server.username(), server.password());
                var statement = connection.createStatement()) {
            statement.execute("vacuum analyze broker_messages");
        }
        system.sql("""
                with parcel as (
                    insert into broker_parcels (id, message_ids, headers, bodies)
                    select n, array[n], array['{}'], array[''::bytea] from (select gen_random_uuid() n from generate_series(1, :backlog)) returning id)
                insert into broker_messages (queue, lane, parcel, size)
                select q.id, 0, p.id, 1 from parcel p, broker_queues q where q.name = :queue
                """).param("backlog", BACKLOG).param("queue", queue).update();
        var before = rowsFetched();
        var got = collect(queue, 50, 1);
        await().atMost(SOON).until(() -> got.size() == BACKLOG);
        // Each is looked at when it is claimed, updated and deleted, and passed once more while it is held.
        await().atMost(SOON).until(() -> rowsFetched() - before >= 3 * BACKLOG);
        assertThat(rowsFetched() - before).isLessThan(8 * BACKLOG);
    }

    private long rowsFetched() {
        return system.sql("select idx_tup_fetch from pg_stat_user_indexes where indexrelname = 'broker_messages_pkey'")
                .query(Long.class).single();
    }

    @Override
    void disconnect(Broker broker) {
        var program = programs.remove(broker);
        ((PostgresBroker) broker).stop();
        program.bell().stop();
        if (program.nodes().isRunning()) program.nodes().stop();
    }

    /** The program's own broker looks after the same tables; what it finds first, it records for the program. */
    @Override
    long onRecord(String queue, String code) {
        return super.onRecord(queue, code)
                + system.sql("select count(*) from failures where source = :queue and code = :code")
                        .param("queue", queue).param("code", code).query(Long.class).single();
    }

    @Override
    void forget(List<String> queues) {
        if (!queues.isEmpty()) system.sql("delete from broker_queues where name in (:names)").param("names", queues).update();
    }
}
