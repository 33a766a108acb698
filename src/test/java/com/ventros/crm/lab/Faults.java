package com.ventros.crm.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** What goes wrong in a run: drawn from its seed, carried out one after the other, sometimes two at once. */
final class Faults implements AutoCloseable {

    /** One way to go wrong. */
    enum Kind {
        KILL_NODE("kill -9 of a node"), RESTART_NODE("a node is stopped and started"),
        PAUSE_NODE("a node stands still"), KILL_DATABASE("kill -9 of PostgreSQL"),
        CUT_DATABASE("every connection to PostgreSQL is cut"), KILL_BROKER("kill -9 of RabbitMQ"),
        RESTART_BROKER("RabbitMQ is stopped and started"), CUT_BROKER("every connection to RabbitMQ is cut"),
        ALARM("RabbitMQ's memory alarm: publishers are blocked"), PAUSE_BROKER("RabbitMQ stands still");

        final String words;

        Kind(String words) {
            this.words = words;
        }

        boolean ofNode() {
            return this == KILL_NODE || this == RESTART_NODE || this == PAUSE_NODE;
        }

        boolean ofBroker() {
            return this == KILL_BROKER || this == RESTART_BROKER || this == CUT_BROKER || this == ALARM || this == PAUSE_BROKER;
        }
    }

    /**
     * A fault as drawn.
     *
     * @param node     which node, where it concerns one
     * @param lasting  how long what is gone stays gone
     * @param alongside another fault that begins a moment later
     */
    record Planned(Kind kind, int node, Duration lasting, Optional<Planned> alongside) {
        @Override
        public String toString() {
            return kind.words + (kind.ofNode() ? " (" + (char) ('A' + node) + ")" : "")
                    + (lasting.isZero() ? "" : " for " + lasting.toMillis() / 1000.0 + " s")
                    + alongside.map(other -> ", and a second later " + other).orElse("");
        }
    }

    private static final Duration ALONGSIDE_AFTER = Duration.ofSeconds(1);
    /** A node that stands still for longer than this was taken for dead, and wakes up in a world that went on. */
    private static final int SHORTEST_PAUSE_MILLIS = 5_500;
    private static final int LONGEST_PAUSE_MILLIS = 9_000;
    private static final int LONGEST_ABSENCE_MILLIS = 3_000;
    /** Longer than a publisher waits for its confirm. */
    private static final int SHORTEST_ALARM_MILLIS = 4_000;
    private static final int LONGEST_ALARM_MILLIS = 14_000;

    /** Draws so many faults; the kinds that are possible come in turns, so that a short run has several. */
    static List<Planned> draw(long seed, int count, boolean rabbit, boolean embedded) {
        var random = new Random(seed);
        var possible = new ArrayList<Kind>();
        for (var kind : Kind.values()) {
            if (rabbit || !kind.ofBroker()) possible.add(kind);
        }
        var deck = new ArrayList<Kind>();
        var script = new ArrayList<Planned>();
        while (script.size() < count) {
            if (deck.isEmpty()) deck.addAll(possible);
            var kind = deck.remove(random.nextInt(deck.size()));
            // Nothing besides the end of the embedded database: it takes the first node along.
            var alone = embedded && kind == Kind.KILL_DATABASE;
            var others = possible.stream().filter(other -> !sameTarget(kind, other)
                    && !(embedded && other == Kind.KILL_DATABASE)).toList();
            var alongside = !alone && random.nextInt(4) == 0
                    ? Optional.of(planned(others.get(random.nextInt(others.size())), random, Optional.empty()))
                    : Optional.<Planned>empty();
            script.add(planned(kind, random, alongside));
        }
        return script;
    }

    private static boolean sameTarget(Kind one, Kind other) {
        return one.ofNode() && other.ofNode() || one.ofBroker() && other.ofBroker()
                || !one.ofNode() && !one.ofBroker() && !other.ofNode() && !other.ofBroker();
    }

    private static Planned planned(Kind kind, Random random, Optional<Planned> alongside) {
        int millis = switch (kind) {
            case PAUSE_NODE, PAUSE_BROKER -> SHORTEST_PAUSE_MILLIS + random.nextInt(LONGEST_PAUSE_MILLIS - SHORTEST_PAUSE_MILLIS);
            case ALARM -> SHORTEST_ALARM_MILLIS + random.nextInt(LONGEST_ALARM_MILLIS - SHORTEST_ALARM_MILLIS);
            case KILL_NODE, KILL_DATABASE, KILL_BROKER -> random.nextInt(LONGEST_ABSENCE_MILLIS);
            case RESTART_NODE, CUT_DATABASE, RESTART_BROKER, CUT_BROKER -> 0;
        };
        return new Planned(kind, random.nextInt(2), Duration.ofMillis(millis), alongside);
    }

    private final List<Node> nodes;
    private final Servers servers;
    private final Consumer<String> print;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> comingBack = new ArrayList<>();

    Faults(List<Node> nodes, Servers servers, Consumer<String> print) {
        this.nodes = nodes;
        this.servers = servers;
        this.print = print;
    }

    /**
     * Does it. Returns at the moment from which on fresh deliveries are expected to be applied: of a node that is gone,
     * the moment it went, since the other one is there; of a server, the moment it is back.
     */
    void happen(Planned fault) throws Exception {
        if (fault.kind().ofNode() || fault.alongside().filter(other -> other.kind().ofNode()).isPresent()) awaitNodes();
        var other = fault.alongside().map(second -> CompletableFuture.runAsync(() -> {
            try {
                Thread.sleep(ALONGSIDE_AFTER);
                alone(second);
            } catch (Exception failed) {
                throw new IllegalStateException(second + " could not be done", failed);
            }
        }, threads));
        alone(fault);
        if (other.isPresent()) other.get().get();
    }

    private void alone(Planned fault) throws Exception {
        var node = nodes.get(fault.node());
        var rabbit = servers.rabbit();
        switch (fault.kind()) {
            case KILL_NODE -> {
                node.kill();
                backLater(fault.lasting(), () -> node.start());
            }
            case RESTART_NODE -> {
                node.stop();
                backLater(Duration.ZERO, () -> node.start());
            }
            case PAUSE_NODE -> {
                node.pause();
                backLater(fault.lasting(), () -> {
                    node.resume();
                    return node;
                });
            }
            case KILL_DATABASE -> {
                servers.killDatabase();
                Thread.sleep(fault.lasting());
                servers.restartDatabase();
            }
            case CUT_DATABASE -> servers.cutDatabaseConnections();
            case KILL_BROKER -> {
                rabbit.orElseThrow().kill();
                Thread.sleep(fault.lasting());
                rabbit.get().restart();
            }
            case RESTART_BROKER -> rabbit.orElseThrow().restart();
            case CUT_BROKER -> rabbit.orElseThrow().cutConnections();
            case ALARM -> {
                rabbit.orElseThrow().alarm(true);
                try {
                    Thread.sleep(fault.lasting());
                } finally {
                    rabbit.get().alarm(false);
                }
            }
            case PAUSE_BROKER -> {
                var pid = rabbit.orElseThrow().pid();
                if (pid.isEmpty()) {
                    print.accept("RabbitMQ is not a process of ours, so it is not made to stand still");
                    return;
                }
                signal("STOP", pid.get());
                try {
                    Thread.sleep(fault.lasting());
                } finally {
                    signal("CONT", pid.get());
                }
            }
        }
    }

    private static void signal(String signal, long pid) throws Exception {
        if (new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor() != 0) {
            throw new IllegalStateException("no process " + pid);
        }
    }

    private void backLater(Duration after, Callable<Node> back) {
        comingBack.add(threads.submit(() -> {
            Thread.sleep(after);
            var node = back.call();
            print.accept("node " + node.name + " is back");
            return node;
        }));
    }

    /** Waits until every node that went away is back. */
    void awaitNodes() throws Exception {
        for (var one : comingBack) one.get();
        comingBack.clear();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
