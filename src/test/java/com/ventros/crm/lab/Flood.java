package com.ventros.crm.lab;

import com.ventros.crm.lab.Story.Delivery;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Hands deliveries over as WAHA does, only worse: shuffled, each one to five times, to either node, and again for as long
 * as it is not answered 200. Its books are the truth that the product's are compared with.
 */
final class Flood implements AutoCloseable {

    private static final int SENDERS = 24;
    /** A paused node answers nothing; the other one is asked then. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(1_500);

    private final List<Node> nodes;
    private final Map<String, String> doors;
    private final List<Delivery> tasks;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();
    private final Map<Integer, AtomicLong> refused = new ConcurrentSkipListMap<>();
    private final List<Thread> senders = new ArrayList<>();
    private volatile int allowed;
    private volatile boolean open = true;
    private volatile RuntimeException failed;

    /** @param doors path of each session's door */
    Flood(List<Node> nodes, Map<String, String> doors, List<Delivery> deliveries, long seed) {
        this.nodes = nodes;
        this.doors = doors;
        this.tasks = repeatedAndShuffled(deliveries, new Random(seed));
        for (int i = 0; i < SENDERS; i++) senders.add(Thread.ofVirtual().name("flood-" + i).start(this::send));
    }

    /** Most come once, as in life; one in twenty comes five times. */
    private static List<Delivery> repeatedAndShuffled(List<Delivery> deliveries, Random random) {
        var tasks = new ArrayList<Delivery>();
        for (var delivery : deliveries) {
            int dice = random.nextInt(20);
            int times = dice < 10 ? 1 : dice < 15 ? 2 : dice < 17 ? 3 : dice < 19 ? 4 : 5;
            tasks.addAll(Collections.nCopies(times, delivery));
        }
        Collections.shuffle(tasks, random);
        return tasks;
    }

    int size() {
        return tasks.size();
    }

    /** Lets so many of the tasks go, counted from the first. */
    void allow(int count) {
        allowed = count;
    }

    int done() {
        if (failed != null) throw failed;
        return done.get();
    }

    /** Answered 200, repetitions included. */
    long answered() {
        return answered.get();
    }

    /** Handed over without hearing what became of it. */
    long unanswered() {
        return unanswered.get();
    }

    /** Answers other than 200, by status. */
    Map<Integer, AtomicLong> refused() {
        return refused;
    }

    private void send() {
        try {
            while (open) {
                int mine = next.get();
                if (mine >= tasks.size()) return;
                if (mine >= allowed || !next.compareAndSet(mine, mine + 1)) {
                    if (mine >= allowed) LockSupport.parkNanos(SHORTEST_PAUSE.toNanos());
                    continue;
                }
                deliver(tasks.get(mine), ThreadLocalRandom.current().nextInt(nodes.size()));
                done.incrementAndGet();
            }
        } catch (RuntimeException broken) {
            failed = broken;
        }
    }

    /** Delivers until it is accepted. */
    void deliver(Delivery delivery, int first) {
        int node = first;
        var pause = SHORTEST_PAUSE;
        while (open && !isAccepted(delivery, nodes.get(node))) {
            LockSupport.parkNanos(pause.toNanos());
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            node = (node + 1) % nodes.size();
        }
    }

    private boolean isAccepted(Delivery delivery, Node node) {
        var request = HttpRequest.newBuilder(node.uri(doors.get(delivery.session()))).timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("X-Webhook-Request-Id", delivery.requestId())
                .header("X-Webhook-Hmac", delivery.hmac()).header("X-Webhook-Hmac-Algorithm", "sha512")
                .POST(BodyPublishers.ofByteArray(delivery.body())).build();
        try {
            int status = node.http().send(request, BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                refused.computeIfAbsent(status, _ -> new AtomicLong()).incrementAndGet();
                return false;
            }
            answered.incrementAndGet();
            return true;
        } catch (ConnectException nobodyThere) {
            return false;
        } catch (IOException brokenOff) {
            unanswered.incrementAndGet();
            return false;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            unanswered.incrementAndGet();
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        open = false;
        for (var sender : senders) {
            sender.interrupt();
            sender.join();
        }
    }
}
