package com.ventros.crm.events;

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
    void nothingThatAClaimChangesStandsBehindTheBody() {
        assertThat(system.sql("""
                select attname from pg_attribute where attrelid = 'broker_messages'::regclass and attnum > 0 and not attisdropped
                 order by attnum desc limit 2
                """).query(String.class).list()).containsExactly("body", "headers");
    }

    @Test
    void whatAWorkerHoldsWithoutKnowingItIsDeliveredAgain() {
        record Holder(long owner, int worker) {}
        var queue = queue();
        var holders = new CopyOnWriteArrayList<Holder>();
        var got = new CopyOnWriteArrayList<UUID>();
        var subscription = broker.subscribe(queue, 10, 1, deliveries -> {
            holders.add(system.sql("""
                    select owner, worker from broker_messages where message_id = :id
                    """).param("id", deliveries.getFirst().id()).query(Holder.class).single());
            deliveries.forEach(one -> got.add(one.id()));
            return done(deliveries);
        });
        publish(queue, 1);
        await().atMost(SOON).until(() -> state(queue, Lane.INTERACTIVE).unacked() == 0 && got.size() == 1);
        var forgotten = Uuids.v7();
        system.sql("""
                insert into broker_messages (queue, lane, message_id, owner, worker, headers, body)
                select id, 0, :message, :owner, :worker, '{}', '' from broker_queues where name = :queue
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
                insert into broker_messages (queue, lane, message_id, headers, body)
                select id, 0, gen_random_uuid(), '{}', '' from broker_queues, generate_series(1, :backlog) where name = :queue
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
    long expired(String queue) {
        return super.expired(queue)
                + system.sql("select count(*) from failures where source = :queue and code = 'expired'")
                        .param("queue", queue).query(Long.class).single();
    }

    @Override
    void forget(List<String> queues) {
        if (!queues.isEmpty()) system.sql("delete from broker_queues where name in (:names)").param("names", queues).update();
    }
}
