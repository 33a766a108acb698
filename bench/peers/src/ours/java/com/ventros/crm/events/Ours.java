package com.ventros.crm.events;

import com.ventros.bench.peers.Arrivals;
import com.ventros.bench.peers.Contestant;
import com.ventros.bench.peers.Event;
import com.ventros.bench.peers.Servers;
import com.ventros.crm.VentrosApplication;
import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Ours, the whole program: outbox, relay, broker and consumers as they run in production.
 *
 * <p>For the outbox itself the consumer is as plain as the peers': it takes the deliveries of its queue and remembers
 * nothing. {@link #consumeOnce} measures the inbox.
 */
public abstract class Ours implements Contestant {

    /** On RabbitMQ. */
    public static final class OnRabbit extends Ours {
        public OnRabbit() {
            super("--spring.rabbitmq.addresses=" + Servers.rabbitUrl());
        }
    }

    /** On queues in PostgreSQL. */
    public static final class OnPostgres extends Ours {}

    @EventType(value = "bench.measured", description = "A measurement wants to know how fast this is.")
    record Measured(String key, int number, String text) implements DomainEvent {}

    /** A program makes none of its own beside a database that is not its own; any will do. */
    private static final String SECRETS_KEY = "bGFib3JhdG9yeS1sYWJvcmF0b3J5LWxhYm9yYXRvcnk=";
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Topology.Queue PLAIN = new Topology.Queue("bench", Set.of("bench.measured"), Optional.empty());

    private final ConfigurableApplicationContext program;
    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final Outbox outbox;
    private final Relay relay;
    private final Broker broker;
    private final TenantId tenant = TenantId.create();
    private final Cause cause = Cause.outside(Actor.system("bench"));
    private Broker.Subscription subscription;
    private volatile Arrivals arrivals;

    Ours(String... settings) {
        program = new SpringApplication(VentrosApplication.class).run(Stream.concat(Stream.of(settings), Stream.of(
                "--server.port=0", "--logging.level.root=warn", "--spring.datasource.url=" + Servers.postgresUrl(),
                "--spring.datasource.username=" + Servers.postgresUser(),
                "--spring.datasource.password=" + Servers.postgresPassword(), "--crm.secrets.key=" + SECRETS_KEY)).toArray(String[]::new));
        db = program.getBean(JdbcClient.class);
        transaction = program.getBean(TransactionTemplate.class);
        outbox = program.getBean(Outbox.class);
        relay = program.getBean(Relay.class);
        broker = program.getBean(Broker.class);
        asOwner("create table bench_effects (key text not null, number int not null)",
                "grant insert on bench_effects to crm_app");
        broker.declare(List.of(PLAIN));
        subscribe();
    }

    private void subscribe() {
        subscription = broker.subscribe(PLAIN.name(), Consumers.BATCH, Consumers.WORKERS, deliveries -> {
            for (var delivery : deliveries) arrivals.arrived(Event.number(delivery.body()));
            return Collections.nCopies(deliveries.size(), new Broker.Verdict.Done());
        });
    }

    private static void asOwner(String... statements) {
        try (var connection = DriverManager.getConnection(Servers.postgresUrl(), Servers.postgresUser(), Servers.postgresPassword());
                var statement = connection.createStatement()) {
            for (var sql : statements) statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void append(List<Event> events) {
        var now = Instant.now();
        var ours = events.stream().map(event -> new NewEvent(new Measured(event.key(), event.number(), event.text()), "bench",
                UUID.fromString(event.key()), event.number(), Optional.empty(), now, cause)).toList();
        Tenancy.run(tenant, () -> transaction.executeWithoutResult(_ -> outbox.append(ours)));
    }

    @Override
    public void deliverTo(Arrivals arrivals) {
        this.arrivals = arrivals;
    }

    @Override
    public void hold() {
        relay.stop();
    }

    @Override
    public void release() {
        relay.start();
    }

    @Override
    public Optional<List<String>> keys(int count, int partitions) {
        return Optional.of(Stream.generate(Uuids::v7).filter(id -> Outbox.partition(id) < partitions).limit(count)
                .map(UUID::toString).toList());
    }

    /** Two consumers at once would share the deliveries' cost, so the plain one goes. */
    @Override
    public Optional<Double> consumeOnce(int events) {
        subscription.close();
        var consumers = program.getBean(Consumers.class);
        var once = new Once(events);
        consumers.listen(once).close();
        var keys = IntStream.range(0, 500).mapToObj(_ -> Uuids.v7().toString()).toList();
        for (int from = 0; from < events; from += 100) {
            append(IntStream.range(from, Math.min(events, from + 100)).mapToObj(i -> Event.of(keys.get(i % keys.size()), i)).toList());
        }
        awaitPublished();
        long start = System.nanoTime();
        try (var _ = consumers.listen(once)) {
            once.missing.await();
            return Optional.of((System.nanoTime() - start) / 1e9);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    private void awaitPublished() {
        var system = program.getBean("systemJdbcClient", JdbcClient.class);
        while (system.sql("select exists (select from outbox_events)").query(Boolean.class).single()) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private final class Once implements EventConsumer {
        private final CountDownLatch missing;

        Once(int events) {
            missing = new CountDownLatch(events);
        }

        @Override
        public String name() {
            return "bench-once";
        }

        @Override
        public Set<String> patterns() {
            return Set.of("bench.measured");
        }

        @Override
        public void handle(List<Envelope> events) {
            var keys = new ArrayList<String>();
            var numbers = new ArrayList<Integer>();
            for (var event : events) {
                var measured = event.dataAs(Measured.class);
                keys.add(measured.key());
                numbers.add(measured.number());
            }
            db.sql("insert into bench_effects (key, number) select * from unnest(:keys::text[], :numbers::int[])")
                    .param("keys", keys.toArray(String[]::new)).param("numbers", numbers.toArray(Integer[]::new)).update();
            events.forEach(_ -> missing.countDown());
        }
    }

    @Override
    public List<String> settings() {
        return List.of("the program's defaults: batches of " + Relay.BATCH + ", " + Outbox.PARTITIONS
                + " partitions, deliveries in batches of " + Consumers.BATCH + ", " + Consumers.WORKERS + " workers");
    }

    @Override
    public void close() {
        program.close();
    }
}
