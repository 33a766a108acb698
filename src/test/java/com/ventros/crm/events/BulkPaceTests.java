package com.ventros.crm.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BulkPaceTests {

    private static final int BATCHES = 4;

    @Test
    void withNobodyAtWorkBatchesRunSideBySide() throws Exception {
        var pace = new BulkPace();
        var together = new CyclicBarrier(BATCHES);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var batches = IntStream.range(0, BATCHES)
                    .mapToObj(_ -> threads.submit(() -> pace.bulk(() -> meet(together)))).toList();
            for (var batch : batches) assertThat(batch.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whilePeopleAreAtWorkOneBatchFollowsTheOther() throws Exception {
        var pace = new BulkPace(Duration.ofHours(1));
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var done = new CountDownLatch(BATCHES);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            pace.people();
            for (int i = 0; i < BATCHES; i++) {
                threads.submit(() -> pace.bulk(() -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    Thread.yield();
                    running.decrementAndGet();
                    done.countDown();
                    return true;
                }));
            }
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(most).hasValue(1);
    }

    private static boolean meet(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
            return true;
        } catch (Exception alone) {
            return false;
        }
    }
}
