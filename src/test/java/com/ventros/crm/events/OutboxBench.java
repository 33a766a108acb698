package com.ventros.crm.events;

import com.ventros.crm.TestTenant;
import com.ventros.crm.VentrosApplication;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.springframework.boot.SpringApplication;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Measures the way of events from the commit to the consumer's own commit; {@code scripts/bench-outbox} starts it.
 *
 * <p>First a backlog of committed events is drained, then events are committed at half of that rate, some a transaction,
 * and the time from each commit to its arrival in the consumer is taken.
 */
final class OutboxBench {

    private static final int AGGREGATES = 500;
    private static final int BACKLOG = Integer.getInteger("bench.events", 50_000);
    private static final int SECONDS = Integer.getInteger("bench.seconds", 15);
    private static final int A_TRANSACTION = 10;

    private record Counting(AtomicLongArray arrivedAt, AtomicInteger arrived, CountDownLatch all) implements EventConsumer {

        @Override
        public String name() {
            return "bench";
        }

        @Override
        public Set<String> patterns() {
            return Set.of("bottle.filled");
        }

        @Override
        public void handle(List<Envelope> events) {
            long now = System.nanoTime();
            for (var event : events) {
                arrivedAt.set(event.dataAs(Bottle.Filled.class).drop(), now);
                arrived.incrementAndGet();
                all.countDown();
            }
        }
    }

    private OutboxBench() {}

    public static void main(String[] args) throws Exception {
        var context = new SpringApplication(VentrosApplication.class).run("--server.port=0", "--logging.level.root=warn");
        try {
            var db = context.getBean(JdbcClient.class);
            var transaction = context.getBean(TransactionTemplate.class);
            var outbox = context.getBean(Outbox.class);
            var relay = context.getBean(Relay.class);
            var consumers = context.getBean(Consumers.class);
            var broker = context.getBean(Broker.class).status().kind();
            var tenant = TestTenant.create(db, transaction);
            var bottles = IntStream.range(0, AGGREGATES).mapToObj(_ -> Uuids.v7()).toList();

            for (var warmUp : List.of(true, false)) {
                int count = warmUp ? BACKLOG / 2 : BACKLOG;
                var counting = counting(count);
                relay.stop();
                var writing = System.nanoTime();
                for (int i = 0; i < count; i += 100) append(transaction, outbox, tenant, bottles, i, 100);
                double written = count / seconds(writing);
                try (var _ = consumers.listen(counting)) {
                    var start = System.nanoTime();
                    relay.start();
                    counting.all().await();
                    if (!warmUp) {
                        System.out.printf("%s: appended %,.0f events/s (100 a transaction, one writer), drained %,.0f events/s%n",
                                broker, written, count / seconds(start));
                    }
                }
                if (warmUp) latency(broker + " warm-up", transaction, outbox, consumers, tenant, bottles, 200, 3);
                if (!warmUp) {
                    double half = count / 2.0 / Math.max(1e-9, drainSeconds(counting));
                    latency(broker, transaction, outbox, consumers, tenant, bottles, 100, SECONDS);
                    latency(broker, transaction, outbox, consumers, tenant, bottles, Math.min(half, 2_500), SECONDS);
                }
            }
        } finally {
            context.close();
        }
    }

    private static double drainSeconds(Counting counting) {
        var times = IntStream.range(0, counting.arrivedAt().length()).mapToLong(counting.arrivedAt()::get).sorted().toArray();
        return (times[times.length - 1] - times[0]) / 1e9;
    }

    private static void latency(String broker, TransactionTemplate transaction, Outbox outbox, Consumers consumers,
            TestTenant tenant, List<UUID> bottles, double rate, int seconds) throws InterruptedException {
        int count = (int) (rate * seconds) / A_TRANSACTION * A_TRANSACTION;
        var counting = counting(count);
        var committed = new long[count];
        try (var _ = consumers.listen(counting)) {
            var start = System.nanoTime();
            for (int i = 0; i < count; i += A_TRANSACTION) {
                long due = start + (long) (i / rate * 1e9);
                while (System.nanoTime() < due) LockSupport.parkNanos(due - System.nanoTime());
                append(transaction, outbox, tenant, bottles, i, A_TRANSACTION);
                Arrays.fill(committed, i, i + A_TRANSACTION, System.nanoTime());
            }
            counting.all().await();
        }
        var waits = IntStream.range(0, count).mapToLong(i -> Math.max(0, counting.arrivedAt().get(i) - committed[i])).sorted().toArray();
        System.out.printf("%s: at %,.0f events/s commit to consumer p50 %.1f ms, p99 %.1f ms, longest %.1f ms%n", broker, rate,
                waits[count / 2] / 1e6, waits[(int) (count * 0.99)] / 1e6, waits[count - 1] / 1e6);
    }

    private static Counting counting(int count) {
        return new Counting(new AtomicLongArray(count), new AtomicInteger(), new CountDownLatch(count));
    }

    private static void append(TransactionTemplate transaction, Outbox outbox, TestTenant tenant, List<UUID> bottles, int from, int count) {
        Tenancy.run(tenant.tenant(), () -> transaction.executeWithoutResult(_ -> outbox.append(
                IntStream.range(from, from + count).mapToObj(i -> Bottle.filled(bottles.get(i % AGGREGATES), i)).toList())));
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
