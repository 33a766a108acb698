package com.ventros.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Measures one contestant: {@code Bench CLASS RESULTS}. First it is warmed up, then
 * <ul>
 * <li>a backlog is drained, with all keys and, where it knows partitions, with keys of one and of four of them;
 * <li>events flow: writers append as fast as they can until the last event has come;
 * <li>events are appended at 10, 50 and 90 % of that rate, and the time from commit to consumer is taken;
 * <li>a consumer works off a queue, each event once.
 * </ul>
 */
public final class Bench {

    private static final int KEYS = 500;
    private static final int WRITERS = 4;
    /** A use case raises a handful of events. */
    private static final int A_TRANSACTION = 10;
    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("bench.warm-up", 15));
    private static final int WARM_UP_EVENTS = 2_000;
    /** A round of what was measured in the warm-up. */
    private static final double ROUND_SECONDS = Integer.getInteger("bench.round", 5);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
    private static final int LATENCY_SECONDS = Integer.getInteger("bench.latency", 12);
    /** The first part of a latency run is left out: a new rate has to settle. */
    private static final double SETTLING = 0.2;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Contestant contestant;
    private final String name;
    private final Path results;
    private int again;

    private Bench(Contestant contestant, String name, Path results) {
        this.contestant = contestant;
        this.name = name;
        this.results = results;
    }

    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT);
        int code = 0;
        try (var contestant = (Contestant) Class.forName(args[0]).getConstructor().newInstance()) {
            new Bench(contestant, args[1], Path.of(args[2])).run();
        } catch (Exception failed) {
            failed.printStackTrace();
            code = 1;
        }
        // A contestant that failed may have left threads behind.
        System.exit(code);
    }

    private void run() throws Exception {
        var keys = IntStream.range(0, KEYS).mapToObj(_ -> UUID.randomUUID().toString()).toList();
        double warm = 0;
        for (long end = System.nanoTime() + WARM_UP.toNanos(); System.nanoTime() < end;) warm = flow(keys, WARM_UP_EVENTS);
        int count = Math.max(WARM_UP_EVENTS, (int) (warm * ROUND_SECONDS) / 1_000 * 1_000);

        for (int partitions : List.of(1, 4)) {
            var some = contestant.keys(KEYS, partitions);
            if (some.isPresent()) {
                record("drained, keys of " + partitions + (partitions == 1 ? " partition" : " partitions"), "events/s",
                        median(() -> drain(some.get(), count)));
            }
        }
        record("drained", "events/s", median(() -> drain(keys, count)));
        double most = median(() -> flow(keys, count));
        record("flow", "events/s", most);
        for (int percent : List.of(10, 50, 90)) latency(keys, percent, most * percent / 100);
        var seconds = contestant.consumeOnce(count);
        if (seconds.isPresent()) record("consumed once", "events/s", count / seconds.get());
        record("came more than once", "events", again);
        for (var setting : contestant.settings()) print("setting | " + setting);
    }

    private interface Round {
        double measure() throws Exception;
    }

    private double median(Round round) throws Exception {
        var figures = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) figures[i] = round.measure();
        Arrays.sort(figures);
        return figures[ROUNDS / 2];
    }

    private double drain(List<String> keys, int count) throws Exception {
        var arrivals = listen(count);
        contestant.hold();
        write(keys, count, Double.POSITIVE_INFINITY, new long[count]);
        long start = System.nanoTime();
        contestant.release();
        return rate(arrivals, start, count);
    }

    private double flow(List<String> keys, int count) throws Exception {
        var arrivals = listen(count);
        long start = System.nanoTime();
        write(keys, count, Double.POSITIVE_INFINITY, new long[count]);
        return rate(arrivals, start, count);
    }

    private double rate(Arrivals arrivals, long start, int count) throws InterruptedException {
        arrivals.await(PATIENCE);
        again += arrivals.again();
        return count / ((arrivals.last() - start) / 1e9);
    }

    private void latency(List<String> keys, int percent, double rate) throws Exception {
        int count = Math.max(200, (int) (rate * LATENCY_SECONDS)) / A_TRANSACTION * A_TRANSACTION;
        var arrivals = listen(count);
        var committed = new long[count];
        long start = System.nanoTime();
        write(keys, count, rate, committed);
        double written = count / ((System.nanoTime() - start) / 1e9);
        arrivals.await(PATIENCE);
        again += arrivals.again();
        var waits = IntStream.range((int) (count * SETTLING), count)
                .mapToDouble(i -> Math.max(0, arrivals.at(i) - committed[i]) / 1e6).sorted().toArray();
        record("at " + percent + " %: written", "events/s", written);
        record("at " + percent + " %: p50", "ms", waits[waits.length / 2]);
        record("at " + percent + " %: p99", "ms", waits[(int) (waits.length * 0.99)]);
    }

    private Arrivals listen(int count) {
        var arrivals = new Arrivals(count);
        contestant.deliverTo(arrivals);
        return arrivals;
    }

    /** Some writers share the transactions; one that is late does not skip its turn. */
    private void write(List<String> keys, int count, double rate, long[] committed) throws InterruptedException {
        var next = new AtomicInteger();
        var failed = new ArrayList<Throwable>();
        long start = System.nanoTime();
        var writers = IntStream.range(0, WRITERS).mapToObj(_ -> Thread.ofVirtual().unstarted(() -> {
            for (int from; (from = next.getAndAdd(A_TRANSACTION)) < count;) {
                if (rate < Double.POSITIVE_INFINITY) {
                    long due = start + (long) (from / rate * 1e9);
                    while (System.nanoTime() < due) LockSupport.parkNanos(due - System.nanoTime());
                }
                int to = Math.min(count, from + A_TRANSACTION);
                contestant.append(IntStream.range(from, to).mapToObj(i -> Event.of(keys.get(i % keys.size()), i)).toList());
                Arrays.fill(committed, from, to, System.nanoTime());
            }
        })).toList();
        for (var writer : writers) writer.setUncaughtExceptionHandler((_, problem) -> failed.add(problem));
        writers.forEach(Thread::start);
        for (var writer : writers) writer.join();
        if (!failed.isEmpty()) throw new IllegalStateException("a writer failed", failed.getFirst());
    }

    private void record(String what, String unit, double figure) throws IOException {
        print("%s | %s | %s".formatted(what, unit, unit.equals("ms") ? "%.1f".formatted(figure) : "%,.0f".formatted(figure)));
    }

    private void print(String line) throws IOException {
        System.out.println(name + " | " + line);
        Files.writeString(results, name + " | " + line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
