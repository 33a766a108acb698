package com.ventros.crm.lab;

import com.ventros.crm.channels.waha.simulator.Customer;
import com.ventros.crm.channels.waha.simulator.Engine;
import com.ventros.crm.channels.waha.simulator.Misbehaviour;
import com.ventros.crm.channels.waha.simulator.Misbehaviour.Fault;
import com.ventros.crm.channels.waha.simulator.Options;
import com.ventros.crm.channels.waha.simulator.SimulatedSession;
import com.ventros.crm.channels.waha.simulator.WahaSimulator;
import java.net.ConnectException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * A conversation that goes on meanwhile, with a WAHA server that misbehaves: it delivers to both nodes, late, doubled and
 * in disorder; and what the shop answers through the API meets lost answers and errors on its way out.
 */
final class Talk implements AutoCloseable {

    /** With ids told before sending, and without: the second is the harder one. */
    static final List<Engine> ENGINES = List.of(Engine.GOWS, Engine.WEBJS);
    /** Numbers and private ids of those who talk begin so, and nobody else's. */
    static final String PHONES = "5599981";
    static final String LIDS = "7799";

    private static final int PEOPLE = 40;
    private static final Duration BETWEEN_WORDS = Duration.ofMillis(500);
    private static final Duration BETWEEN_ANSWERS = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** Something that the shop wanted to say, and said to the API until that took it. */
    record Answer(String text, UUID message) {}

    private final WahaSimulator waha;
    private final List<Node> nodes;
    private final List<SimulatedSession> sessions = new ArrayList<>();
    private final List<UUID> channels = new ArrayList<>();
    private final List<Answer> answers = new CopyOnWriteArrayList<>();
    private final Set<String> refusals = new ConcurrentSkipListSet<>();
    private final Random random;
    private final long seed;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean open = true;

    Talk(long seed, List<Node> nodes) {
        this.seed = seed;
        this.nodes = nodes;
        this.random = new Random(seed);
        this.waha = WahaSimulator.start(Options.forTests().withSeed(seed));
    }

    WahaSimulator waha() {
        return waha;
    }

    static String name(Engine engine) {
        return "balcao-" + engine.name().toLowerCase(Locale.ROOT);
    }

    /** Opens the shop's numbers; their doors are known by their channels. */
    void open(Map<Engine, UUID> channelIds, Map<Engine, String> doors) {
        for (var engine : ENGINES) {
            var session = waha.session(name(engine), engine);
            for (var node : nodes) session.deliverTo(node.uri(doors.get(engine)).toString(), Story.SECRET);
            sessions.add(session.pair());
            channels.add(channelIds.get(engine));
        }
        waha.misbehave(Misbehaviour.none(seed)
                .with(Fault.DUPLICATE, 0.2).with(Fault.DISORDER, 0.3).with(Fault.LATE, 0.02).with(Fault.LID_SWAP, 0.1)
                .with(Fault.SERVER_ERROR, 0.02).with(Fault.RESET_BEFORE_SENDING, 0.02).with(Fault.RESET_AFTER_SENDING, 0.05)
                .with(Fault.SLOW_ANSWER, 0.05).lateBy(Duration.ofSeconds(2)));
        threads.add(Thread.ofVirtual().name("customers").start(this::write));
        threads.add(Thread.ofVirtual().name("shop").start(this::answer));
    }

    private Customer customer(Random random) {
        var session = sessions.get(random.nextInt(sessions.size()));
        int person = random.nextInt(PEOPLE);
        var phone = PHONES + "%06d".formatted(person);
        return person % 2 == 0 ? session.customer("Vizinho " + person, phone, LIDS + "%011d".formatted(person))
                : session.customer("Vizinho " + person, phone);
    }

    private void write() {
        int said = 0;
        while (open) {
            customer(random).writes("olá " + said++);
            LockSupport.parkNanos(BETWEEN_WORDS.toNanos());
        }
    }

    private void answer() {
        var choice = new Random(~seed);
        int said = 0;
        while (open) {
            int channel = choice.nextInt(channels.size());
            var customer = customerOf(channel, choice.nextInt(PEOPLE));
            var text = "resposta " + seed + "-" + said;
            say("lab-" + seed + "-" + said++, channels.get(channel), customer.phone(), text, choice.nextInt(nodes.size()));
            LockSupport.parkNanos(BETWEEN_ANSWERS.toNanos());
        }
    }

    private Customer customerOf(int channel, int person) {
        var phone = PHONES + "%06d".formatted(person);
        return person % 2 == 0
                ? sessions.get(channel).customer("Vizinho " + person, phone, LIDS + "%011d".formatted(person))
                : sessions.get(channel).customer("Vizinho " + person, phone);
    }

    /** Repeats itself under the same key, to either node, until it is told that the message is taken. */
    private void say(String key, UUID channel, String phone, String text, int first) {
        for (int node = first; open; node = (node + 1) % nodes.size()) {
            try {
                var at = nodes.get(node);
                var answer = at.http().send(HttpRequest.newBuilder(at.uri("/api/v1/messages")).timeout(PATIENCE)
                        .header("Authorization", "Bearer " + nodes.getFirst().token())
                        .header("Content-Type", "application/json").header("Idempotency-Key", key)
                        .POST(BodyPublishers.ofString("""
                                {"channelId":"%s","to":"+%s","text":"%s"}""".formatted(channel, phone, text))).build(),
                        BodyHandlers.ofString());
                if (answer.statusCode() / 100 == 2) {
                    answers.add(new Answer(text, UUID.fromString(Node.JSON.readTree(answer.body()).path("id").asString())));
                    return;
                }
                if (answer.statusCode() / 100 == 4 && answer.statusCode() != 409 && answer.statusCode() != 429) {
                    refusals.add(answer.statusCode() + " " + answer.body());
                }
            } catch (ConnectException nobodyThere) {
                // The other one.
            } catch (Exception brokenOff) {
                // Taken or not: the key makes saying it again harmless.
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    List<Answer> answers() {
        return List.copyOf(answers);
    }

    /** Refusals of the API that no fault explains. */
    Set<String> refusals() {
        return refusals;
    }

    /** Nobody says anything more; what was said is still on its way. */
    void fallSilent() throws InterruptedException {
        open = false;
        for (var thread : threads) thread.join();
        waha.misbehave(Misbehaviour.none(seed));
    }

    @Override
    public void close() throws InterruptedException {
        fallSilent();
        waha.close();
    }
}
