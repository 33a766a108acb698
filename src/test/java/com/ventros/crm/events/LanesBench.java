package com.ventros.crm.events;

import com.ventros.crm.TestTenant;
import com.ventros.crm.VentrosApplication;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.springframework.boot.SpringApplication;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Measures what a person waits for, from the commit to the consumer, on an idle program and while a line of bulk events
 * stands in the outbox and in the same consumer's queue; {@code scripts/bench-lanes} starts it.
 */
final class LanesBench {

    private static final int BULK = Integer.getInteger("bench.bulk", 100_000);
    private static final int SECONDS = Integer.getInteger("bench.seconds", 20);
    /** As busy as a company's people together are. */
    private static final int A_SECOND = 50;
    private static final int OF_BULK = -1;

    private static final class Listening implements EventConsumer {
        private final AtomicLongArray arrivedAt = new AtomicLongArray(A_SECOND * SECONDS);
        private final AtomicInteger people = new AtomicInteger();
        private final AtomicInteger bulk = new AtomicInteger();

        @Override
        public String name() {
            return "bench-lanes";
        }

        @Override
        public Set<String> patterns() {
            return Set.of("bottle.filled");
        }

        @Override
        public void handle(List<Envelope> events) {
            long now = System.nanoTime();
            for (var event : events) {
                int number = event.dataAs(Bottle.Filled.class).drop();
                if (number == OF_BULK) {
                    bulk.incrementAndGet();
                } else {
                    arrivedAt.set(number, now);
                    people.incrementAndGet();
                }
            }
        }
    }

    private final TransactionTemplate transaction;
    private final Outbox outbox;
    private final Consumers consumers;
    private final TestTenant tenant;
    private final String broker;

    private LanesBench(TransactionTemplate transaction, Outbox outbox, Consumers consumers, TestTenant tenant, String broker) {
        this.transaction = transaction;
        this.outbox = outbox;
        this.consumers = consumers;
        this.tenant = tenant;
        this.broker = broker;
    }

    public static void main(String[] args) {
        var context = new SpringApplication(VentrosApplication.class).run("--server.port=0", "--logging.level.root=warn");
        try {
            var transaction = context.getBean(TransactionTemplate.class);
            var bench = new LanesBench(transaction, context.getBean(Outbox.class), context.getBean(Consumers.class),
                    TestTenant.create(context.getBean(JdbcClient.class), transaction), context.getBean(Broker.class).status().kind());
            bench.people("warm-up", 0);
            bench.people("idle", 0);
            var relay = context.getBean(Relay.class);
            relay.stop();
            bench.queue(BULK);
            relay.start();
            bench.people("bulk queued", BULK);
        } finally {
            context.close();
        }
        // The tests' own servers, which the context began, have threads that would keep the program.
        System.exit(0);
    }

    private void queue(int count) {
        Broker.Lane.BULK.run(() -> {
            for (int i = 0; i < count; i += 500) {
                append(IntStream.range(0, 500).mapToObj(_ -> Bottle.filled(Uuids.v7(), OF_BULK)).toList());
            }
        });
    }

    private void people(String when, int bulk) {
        int count = A_SECOND * SECONDS;
        var committed = new long[count];
        var listening = new Listening();
        int left;
        try (var _ = consumers.listen(listening)) {
            var start = System.nanoTime();
            int sent = 0;
            while (sent < count && (bulk == 0 || listening.bulk.get() < bulk)) {
                long due = start + sent * 1_000_000_000L / A_SECOND;
                while (System.nanoTime() < due) LockSupport.parkNanos(due - System.nanoTime());
                append(List.of(Bottle.filled(Uuids.v7(), sent)));
                committed[sent++] = System.nanoTime();
            }
            left = bulk - listening.bulk.get();
            count = sent;
            while (listening.people.get() < count) LockSupport.parkNanos(1_000_000);
        }
        var waits = new long[count];
        for (int i = 0; i < count; i++) waits[i] = Math.max(0, listening.arrivedAt.get(i) - committed[i]);
        Arrays.sort(waits);
        System.out.printf("%s, %s: %,d events of people at %d/s, commit to consumer p50 %.1f ms, p99 %.1f ms, longest %.1f ms%s%n",
                broker, when, count, A_SECOND, waits[count / 2] / 1e6, waits[(int) (count * 0.99)] / 1e6, waits[count - 1] / 1e6,
                bulk == 0 ? "" : "; of %,d bulk events %,d were left".formatted(bulk, left));
    }

    private void append(List<NewEvent> events) {
        Tenancy.run(tenant.tenant(), () -> transaction.executeWithoutResult(_ -> outbox.append(events)));
    }
}
