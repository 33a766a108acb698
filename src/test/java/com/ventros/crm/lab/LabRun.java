package com.ventros.crm.lab;

import com.ventros.crm.channels.waha.simulator.Engine;
import com.ventros.crm.lab.Faults.Planned;
import com.ventros.crm.lab.Truth.Findings;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** One seed: a story, two nodes, a script of faults, and the comparison with what should be there. */
final class LabRun {

    /**
     * What to run.
     *
     * @param rabbit     queues in RabbitMQ, else in PostgreSQL
     * @param embedded   with the PostgreSQL that comes along instead of a server of its own
     * @param deliveries at least so many different ones
     * @param faults     how many, in all
     * @param atLeast    the deliveries are spread over so much time
     * @param program    what starts the packaged program, else the classes of this build run
     * @param folder     for everything that the run leaves behind; deleted when all was well
     */
    record Plan(long seed, boolean rabbit, boolean embedded, int deliveries, int faults, Duration atLeast,
            Optional<Path> program, Path folder) {

        String parts() {
            return rabbit ? "rabbitmq" : embedded ? "embedded" : "postgres";
        }
    }

    /** What came of it; a run without complaints is good. */
    record Result(Plan plan, int deliveries, int handedOver, int faults, Findings findings, List<Duration> recoveries, Duration took) {

        boolean good() {
            return findings.complaints().isEmpty();
        }

        private long figure(String name) {
            return findings.figures().getOrDefault(name, -1L);
        }

        private Duration recovery(double share) {
            var sorted = recoveries.stream().sorted().toList();
            return sorted.isEmpty() ? Duration.ZERO : sorted.get((int) Math.min(sorted.size() - 1, Math.floor(sorted.size() * share)));
        }

        static String head() {
            return """
                    | seed | parts | deliveries | handed over | faults | accepted | applied | lost | doubled | unexpected | \
                    events | out of order | effects missing or doubled | answers sent / unknown / doubled | end state | \
                    recovery p50 / max, s | run, s | |
                    | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- | ---: | ---: | --- |""";
        }

        String row() {
            return "| %d | %s | %,d | %,d | %d | %,d | %,d | %d | %d | %d | %,d | %d | %d | %d / %d / %d | %s | %.1f / %.1f | %d | %s |"
                    .formatted(plan.seed(), plan.parts(), deliveries, handedOver, faults, figure("accepted"), figure("applied"),
                            figure("lost"), figure("doubled"), figure("unexpected"), figure("events"), figure("order violations"),
                            figure("effects missing") + figure("effects doubled"), figure("sent"), figure("outcome unknown"),
                            figure("sends doubled"), figure("rows that differ") == 0 ? "equal" : figure("rows that differ") + " rows differ",
                            recovery(0.5).toMillis() / 1000.0, recovery(1).toMillis() / 1000.0, took.toSeconds(),
                            good() ? "good" : "BAD");
        }
    }

    private static final int NODES = 2;
    /** RabbitMQ 3.10 loses what a quorum queue confirmed that is killed within a second of its declaration. */
    private static final Duration AFTER_DECLARING = Duration.ofSeconds(6);
    /** Whatever is under way comes to its end within this, or something hangs. A send whose node died waits two minutes. */
    private static final Duration SETTLE = Duration.ofMinutes(20);
    private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(20);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int DIFFERENCES_SHOWN = 12;
    private static final int WIDTH = 200;

    private final Plan plan;
    private final Consumer<String> out;
    private final long begin = System.nanoTime();

    LabRun(Plan plan, Consumer<String> out) {
        this.plan = plan;
        this.out = out;
    }

    private void say(String text) {
        out.accept("%7.1f s  %s".formatted((System.nanoTime() - begin) / 1e9, text));
    }

    Result run() throws Exception {
        var script = Faults.draw(plan.seed(), plan.faults(), plan.rabbit(), plan.embedded());
        say("seed " + plan.seed() + ", " + plan.parts() + "; the script:");
        script.forEach(fault -> say("  " + fault));
        Files.createDirectories(plan.folder());
        var story = Story.tell(plan.seed(), plan.deliveries(), script.size() + 1);
        say(story.deliveries().size() + " deliveries are written");
        var nodes = new ArrayList<Node>();
        for (int i = 0; i < NODES; i++) nodes.add(new Node(Character.toString('A' + i), plan.folder().resolve("node-" + (char) ('a' + i)), plan.program()));
        Result result;
        try (var servers = plan.embedded() ? new Servers.Embedded(nodes.getFirst())
                : Servers.Real.start("lab-" + plan.folder().getFileName(), plan.rabbit())) {
            try {
                result = run(story, script, nodes, servers);
            } finally {
                for (var node : nodes.reversed()) node.close();
            }
            if (result.good()) servers.deleteData();
            else say(servers.whereDataAre());
        }
        if (result.good()) delete(plan.folder());
        return result;
    }

    private Result run(Story story, List<Planned> script, List<Node> nodes, Servers servers) throws Exception {
        nodes.getFirst().with(servers.settings(true)).start();
        try (var talk = new Talk(plan.seed(), nodes); var faults = new Faults(nodes, servers, this::say)) {
            nodes.get(1).with(servers.settings(false)).start();
            say("both nodes are up");
            var first = nodes.getFirst();
            var tenant = UUID.fromString(first.get("/api/v1/me").path("tenant").path("id").asString());
            var truth = new Truth(servers, tenant, Truth.consumers(servers));
            try (var probe = Probe.open(servers)) {
                // Both nodes know the probe's queue before the first event that it should hear.
                Thread.sleep(AFTER_DECLARING);
                long firstPosition = truth.lastPosition();
                var channels = new LinkedHashMap<String, UUID>();
                var doors = new LinkedHashMap<String, String>();
                for (var session : Story.SESSIONS.entrySet()) connect(first, talk, session.getKey(), session.getValue(), 1, channels, doors);
                for (var engine : Talk.ENGINES) connect(first, talk, Talk.name(engine), engine, 1, channels, doors);
                talk.open(byEngine(channels), byEngine(doors));
                var recoveries = new ArrayList<Duration>();
                try (var flood = new Flood(nodes, doors, story.deliveries(), plan.seed())) {
                    go(script, story, flood, faults, truth, recoveries);
                    say("all " + flood.size() + " are accepted; waiting until all is applied");
                    faults.awaitNodes();
                    talk.fallSilent();
                    var findings = settled(story, flood, talk, probe, truth, channels, firstPosition, nodes);
                    compare(story, truth, tenant, channels, doors, nodes, servers, talk, findings);
                    var took = Duration.ofNanos(System.nanoTime() - begin);
                    return new Result(plan, story.all().size(), flood.size(), script.stream().mapToInt(fault -> fault.alongside().isPresent() ? 2 : 1).sum(),
                            findings, recoveries, took);
                }
            }
        }
    }

    private static void connect(Node node, Talk talk, String session, Engine engine, int timeout, Map<String, UUID> channels,
            Map<String, String> doors) throws Exception {
        talk.waha().session(session, engine).pair();
        var channel = node.post("/api/v1/channels", """
                {"name":"%1$s","type":"waha","sessionTimeoutMinutes":%4$d,
                 "waha":{"url":"%2$s","session":"%1$s","apiKey":"waha-test-key","hmacSecret":"%3$s"}}"""
                .formatted(session, talk.waha().url(), Story.SECRET, timeout));
        channels.put(session, UUID.fromString(channel.path("id").asString()));
        doors.put(session, channel.path("webhookPath").asString());
    }

    private static <T> Map<Engine, T> byEngine(Map<String, T> bySession) {
        var found = new EnumMap<Engine, T>(Engine.class);
        for (var engine : Talk.ENGINES) found.put(engine, bySession.get(Talk.name(engine)));
        return found;
    }

    /** Each fault comes in the middle of its share of the deliveries, and the next share waits until all works again. */
    private void go(List<Planned> script, Story story, Flood flood, Faults faults, Truth truth, List<Duration> recoveries) throws Exception {
        int share = Math.ceilDiv(flood.size(), script.size());
        var pace = plan.atLeast().dividedBy(script.size());
        for (int i = 0; i < script.size(); i++) {
            var shareBegins = System.nanoTime();
            flood.allow(Math.min(flood.size(), (i + 1) * share));
            int middle = Math.min(flood.size(), i * share + share / 2);
            while (flood.done() < middle) LockSupport.parkNanos(LOOK.toNanos());
            while (System.nanoTime() - shareBegins < pace.toNanos() / 2) LockSupport.parkNanos(LOOK.toNanos());
            say("%d %% handed over: %s".formatted(100L * flood.done() / flood.size(), script.get(i)));
            faults.happen(script.get(i));
            var recovery = recovery(story.beacons().get(i), flood, truth);
            recoveries.add(recovery);
            say("   fresh deliveries are applied again %.1f s after it".formatted(recovery.toMillis() / 1000.0));
            while (System.nanoTime() - shareBegins < pace.toNanos()) LockSupport.parkNanos(LOOK.toNanos());
        }
        while (flood.done() < flood.size()) LockSupport.parkNanos(LOOK.toNanos());
        recovery(story.beacons().getLast(), flood, truth);
    }

    /** People who never wrote before write: how long until all of it is saved and shown? */
    private static Duration recovery(List<Story.Delivery> beacon, Flood flood, Truth truth) throws Exception {
        var begin = System.nanoTime();
        try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            var sending = new ArrayList<Future<?>>();
            for (int i = 0; i < beacon.size(); i++) {
                int node = i % NODES;
                var delivery = beacon.get(i);
                sending.add(senders.submit(() -> flood.deliver(delivery, node)));
            }
            for (var one : sending) one.get();
        }
        var ids = beacon.stream().map(Story.Delivery::messageId).distinct().toList();
        truth.awaitShown(ids, RECOVERY_LIMIT);
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Looks until there is nothing to complain of, and once more after that: what comes late must not change it. */
    private Findings settled(Story story, Flood flood, Talk talk, Probe probe, Truth truth, Map<String, UUID> channels,
            long firstPosition, List<Node> nodes) throws Exception {
        var deadline = System.nanoTime() + SETTLE.toNanos();
        talk.waha().awaitQuiet(Duration.ofMinutes(1));
        int good = 0;
        var open = List.<String>of();
        while (true) {
            var findings = truth.look(flood, story, talk, probe, channels, firstPosition);
            truth.books(nodes.getFirst().get("/api/v1/operations/summary"), findings);
            good = findings.complaints().isEmpty() ? good + 1 : 0;
            if (!findings.complaints().isEmpty() && !findings.complaints().equals(open)) {
                say("   %d things to wait for, among them %s".formatted(findings.complaints().size(), shortened(findings.complaints().getLast())));
            }
            open = findings.complaints();
            if (good == 2 || System.nanoTime() > deadline) {
                say(good == 2 ? "nothing is under way any more" : "something is not as it should be");
                return findings;
            }
            Thread.sleep(2_000);
        }
    }

    private static String shortened(String text) {
        return text.length() <= WIDTH ? text : text.substring(0, WIDTH) + "…";
    }

    /** The same deliveries once, in their order, on one node without faults: the same rows. */
    private void compare(Story story, Truth truth, UUID tenant, Map<String, UUID> channels, Map<String, String> doors, List<Node> nodes,
            Servers servers, Talk talk, Findings findings) throws Exception {
        var rows = truth.rows(false, tenant, channels);
        nodes.get(1).stop();
        servers.createReference();
        var settings = new ArrayList<>(servers.referenceSettings());
        settings.add("--crm.waha.consumers=1");
        try (var node = new Node("reference", plan.folder().resolve("reference"), plan.program()).with(settings).start()) {
            var itsTenant = UUID.fromString(node.get("/api/v1/me").path("tenant").path("id").asString());
            var itsChannels = new LinkedHashMap<String, UUID>();
            var itsDoors = new LinkedHashMap<String, String>();
            for (var session : Story.SESSIONS.entrySet()) connect(node, talk, session.getKey(), session.getValue(), 1, itsChannels, itsDoors);
            deliverInOrder(story, node, itsDoors);
            var itsTruth = new Truth(servers, itsTenant, Map.of());
            itsTruth.awaitApplied(true, story.all().size(), SETTLE);
            var expected = itsTruth.rows(true, itsTenant, itsChannels);
            say("the reference has " + expected.size() + " rows, the run " + rows.size());
            var missing = new ArrayList<>(expected);
            var surplus = new ArrayList<>(rows);
            removeEach(missing, rows);
            removeEach(surplus, expected);
            var examples = new ArrayList<String>();
            missing.stream().limit(DIFFERENCES_SHOWN).forEach(line -> examples.add("\n  expected " + line));
            surplus.stream().limit(DIFFERENCES_SHOWN).forEach(line -> examples.add("\n  is       " + line));
            findings.none("rows that differ", Math.max(missing.size(), surplus.size()), examples);
        }
    }

    private static void removeEach(List<String> from, List<String> these) {
        var counts = new HashMap<String, Integer>();
        these.forEach(line -> counts.merge(line, 1, Integer::sum));
        from.removeIf(line -> counts.merge(line, -1, Integer::sum) >= 0);
    }

    /** In order within each number of the shop; the numbers side by side. */
    private static void deliverInOrder(Story story, Node node, Map<String, String> doors) throws Exception {
        try (var flood = new Flood(List.of(node), doors, List.of(), 0); var lanes = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (var session : Story.SESSIONS.keySet()) {
                running.add(lanes.submit(() -> story.all().stream().filter(delivery -> delivery.session().equals(session))
                        .forEach(delivery -> flood.deliver(delivery, 0))));
            }
            for (var one : running) one.get();
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failed) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
