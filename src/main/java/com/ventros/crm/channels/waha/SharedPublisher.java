package com.ventros.crm.channels.waha;

import com.ventros.crm.events.Broker;
import com.ventros.crm.events.Broker.Publication;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/**
 * Publishes together what comes in at the same time: under load hundreds of deliveries share one commit, and a single
 * one goes at once, since nobody waits for a batch to fill.
 */
@Component
class SharedPublisher {

    /** While one batch waits for the disk, others fill and go. */
    private static final int PUBLISHERS = 4;
    private static final int BATCH = 200;
    /** What waits beyond that would time out anyway. */
    private static final int MOST_WAITING = 5_000;

    private record Waiting(Publication publication, CompletableFuture<Optional<String>> refusal) {}

    private final Broker broker;
    private final Duration timeout;
    private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(MOST_WAITING);
    private final List<Thread> publishers;

    SharedPublisher(Broker broker, WahaProperties settings) {
        this.broker = broker;
        this.timeout = settings.publishTimeout();
        this.publishers = IntStream.range(0, PUBLISHERS)
                .mapToObj(n -> Thread.ofVirtual().name("waha-publisher-" + n).start(this::publish)).toList();
    }

    /**
     * Why the publication is not kept, or may not be: empty when it surely is. One that was given up in time may still
     * be published; whoever keeps it elsewhere keeps it under the same id.
     */
    Optional<String> refusal(Publication publication) {
        var waiting = new Waiting(publication, new CompletableFuture<>());
        if (!queue.offer(waiting)) return Optional.of("too many deliveries wait for the broker");
        try {
            return waiting.refusal().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            return Optional.of("the broker did not confirm within " + timeout.toMillis() + " ms");
        } catch (ExecutionException away) {
            return Optional.of(away.getCause().toString());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Optional.of("the program stops");
        }
    }

    private void publish() {
        var batch = new ArrayList<Waiting>(BATCH);
        while (!Thread.currentThread().isInterrupted()) {
            try {
                batch.clear();
                batch.add(queue.take());
                queue.drainTo(batch, BATCH - 1);
                var refused = broker.publish(batch.stream().map(Waiting::publication).toList(), timeout).stream()
                        .collect(Collectors.toMap(refusal -> refusal.publication().id(), Broker.Refused::reason));
                batch.forEach(one -> one.refusal().complete(Optional.ofNullable(refused.get(one.publication().id()))));
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException away) {
                batch.forEach(one -> one.refusal().completeExceptionally(away));
            }
        }
    }

    @PreDestroy
    void stop() {
        publishers.forEach(Thread::interrupt);
    }
}
