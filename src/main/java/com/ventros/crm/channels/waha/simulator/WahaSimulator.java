package com.ventros.crm.channels.waha.simulator;

import com.ventros.crm.kernel.PhoneNumber;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;

/**
 * A running WAHA server in miniature, on loopback. Sessions are made here or through its API; customers write through
 * {@link SimulatedSession#customer}; {@link #ledger()} tells what really happened.
 */
public final class WahaSimulator implements AutoCloseable {

    private static final String BEFORE_PORT = "http://127.0.0.1:";

    /** Somebody on WhatsApp, whichever sessions they talk to; nameless when only the number is known. */
    record Person(String name, String phone, Optional<String> lid) {}

    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** Crockford's alphabet, in which event ids are written. */
    private static final String ULID_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int ULID_TIME_LETTERS = 10;
    private static final int ULID_RANDOM_LETTERS = 16;

    private final Options options;
    private final Object world = new Object();
    private final Random random;
    private final Agenda agenda = new Agenda();
    private final Dice dice;
    private final Ledger ledger;
    private final Deliveries deliveries;
    private final Map<String, SimulatedSession> sessions = new LinkedHashMap<>();
    private final Map<String, Person> peopleByAddress = new HashMap<>();
    private final WahaApi api;

    private WahaSimulator(Options options) throws IOException {
        this.options = options;
        var seed = options.seed() ^ options.clock().millis();
        this.random = new Random(seed);
        this.dice = new Dice(Misbehaviour.none(options.seed()));
        this.ledger = new Ledger(options.keeps());
        this.deliveries = new Deliveries(agenda, ledger, dice, options.version(), options.keeps(), seed);
        this.api = new WahaApi(this, JSON);
    }

    public static WahaSimulator start(Options options) {
        try {
            return new WahaSimulator(options);
        } catch (IOException portTaken) {
            throw new UncheckedIOException(portTaken);
        }
    }

    public int port() {
        return api.port();
    }

    /** Where a client finds it, without a slash at the end. */
    public String url() {
        return BEFORE_PORT + port();
    }

    /** Whether one can be, or have been, at this address: each start takes another port. */
    public static boolean mayBeAt(String url) {
        return url.startsWith(BEFORE_PORT);
    }

    public Options options() {
        return options;
    }

    public Ledger ledger() {
        return ledger;
    }

    /** From now on the server goes wrong like this; the dice begin anew. */
    public void misbehave(Misbehaviour rules) {
        dice.change(rules);
    }

    /** The session of this name on this engine, made if it does not exist; {@code STOPPED} at first. */
    public SimulatedSession session(String name, Engine engine) {
        synchronized (world) {
            var session = sessions.computeIfAbsent(name, _ -> new SimulatedSession(this, name, engine, ownOf(name)));
            if (session.engine() != engine) throw new IllegalStateException(name + " runs on " + session.engine());
            return session;
        }
    }

    /** The session of this name, whoever made it. */
    public Optional<SimulatedSession> session(String name) {
        synchronized (world) {
            return Optional.ofNullable(sessions.get(name));
        }
    }

    /** This number, in exactly this spelling, is on WhatsApp. Customers are without being named here. */
    public void isOnWhatsApp(String phoneDigits) {
        introduce(new Person("", phoneDigits, Optional.empty()));
    }

    /**
     * Waits until nothing is under way: every delivery was accepted, given up or lost, and every tick was given.
     * The endless work of a {@link DemoScript} does not count, but what it says does.
     *
     * @return whether it became quiet in time
     */
    public boolean awaitQuiet(Duration atMost) throws InterruptedException {
        return agenda.awaitQuiet(atMost);
    }

    /** Ends every thread and connection; what was not delivered yet is lost. */
    @Override
    public void close() {
        api.close();
        agenda.close();
        deliveries.close();
    }

    // For the parts of the simulator

    Object world() {
        return world;
    }

    Dice dice() {
        return dice;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    Collection<SimulatedSession> sessions() {
        synchronized (world) {
            return List.copyOf(sessions.values());
        }
    }

    SimulatedSession create(String name) {
        synchronized (world) {
            if (sessions.containsKey(name)) {
                throw WahaRefusal.unprocessable("Session '" + name + "' already exists. Use PUT to update it.");
            }
            return session(name, options.engines().getOrDefault(name, options.engine()));
        }
    }

    void forget(SimulatedSession session) {
        synchronized (world) {
            sessions.remove(session.name());
        }
    }

    /** Waits, however long it takes, until a session of this name works. */
    SimulatedSession awaitWorking(String name) throws InterruptedException {
        synchronized (world) {
            while (true) {
                var session = sessions.get(name);
                if (session != null && session.status() == SimulatedSession.Status.WORKING) return session;
                world.wait();
            }
        }
    }

    void introduce(Person person) {
        synchronized (world) {
            peopleByAddress.merge(person.phone() + "@c.us", person,
                    (known, told) -> told.name().isEmpty() ? known : told);
            person.lid().ifPresent(lid -> peopleByAddress.put(lid + "@lid", person));
        }
    }

    Optional<Person> personAt(String address) {
        return Optional.ofNullable(peopleByAddress.get(address));
    }

    private boolean isPhone(String digits) {
        return peopleByAddress.containsKey(digits + "@c.us");
    }

    /** The spelling under which WhatsApp has this number, with or without the ninth digit. */
    Optional<String> spellingOf(String phoneDigits) {
        synchronized (world) {
            if (isPhone(phoneDigits)) return Optional.of(phoneDigits);
            return PhoneNumber.ofDigits(phoneDigits).stream()
                    .flatMap(number -> number.spellings().stream())
                    .map(spelling -> spelling.e164().substring(1))
                    .filter(this::isPhone)
                    .findFirst();
        }
    }

    void later(Duration middle, Agenda.Task task) {
        agenda.after(Duration.ofNanos((long) (middle.toNanos() * (0.5 + chance()))), task);
    }

    void aside(Agenda.Task task) {
        agenda.aside(task);
    }

    byte[] write(Object json) {
        return JSON.writeValueAsBytes(json);
    }

    /** A number for a session that names none, the same for the same name. */
    private static SimulatedSession.Own ownOf(String session) {
        int number = Math.floorMod(session.hashCode(), 1_000_000);
        return new SimulatedSession.Own(String.format(Locale.ROOT, "5511998%06d", number),
                String.format(Locale.ROOT, "100000000%06d", number), "Loja Exemplo");
    }

    // Ids, in the manner of those who make them

    /** A message written on a phone. */
    String messageId(Engine engine, boolean afterAd) {
        if (afterAd) return "2A" + hex(18);
        return engine == Engine.NOWEB ? "3A" + hex(18) : "AC" + hex(30);
    }

    /** A message sent by a linked device, as WAHA is one. */
    String sentId() {
        return "3EB0" + hex(18);
    }

    String eventId() {
        var id = new char[ULID_TIME_LETTERS + ULID_RANDOM_LETTERS];
        long millis = options.clock().millis();
        for (int i = ULID_TIME_LETTERS - 1; i >= 0; i--) {
            id[i] = ULID_LETTERS.charAt((int) (millis & 31));
            millis >>>= 5;
        }
        synchronized (random) {
            for (int i = ULID_TIME_LETTERS; i < id.length; i++) id[i] = ULID_LETTERS.charAt(random.nextInt(32));
        }
        return "evt_" + new String(id);
    }

    private String hex(int length) {
        return pick("0123456789ABCDEF", length);
    }

    String digits(int length) {
        return pick("0123456789", length);
    }

    String letters(int length) {
        return pick("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", length);
    }

    private String pick(String alphabet, int length) {
        var text = new StringBuilder(length);
        synchronized (random) {
            for (int i = 0; i < length; i++) text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    boolean tossesCoin() {
        synchronized (random) {
            return random.nextBoolean();
        }
    }

    private double chance() {
        synchronized (random) {
            return random.nextDouble();
        }
    }
}
