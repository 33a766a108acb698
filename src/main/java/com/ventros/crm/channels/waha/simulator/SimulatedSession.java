package com.ventros.crm.channels.waha.simulator;

import com.ventros.crm.channels.waha.simulator.Misbehaviour.Fault;
import com.ventros.crm.channels.waha.simulator.Said.Ack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One WhatsApp number of the shop inside the simulated server: its pairing, its chats, and the events it sends.
 * Everything is guarded by the simulator's one lock, so that the world has a single order.
 */
public final class SimulatedSession {

    /** The states of a session. */
    public enum Status {
        STOPPED, STARTING, SCAN_QR_CODE, WORKING, FAILED
    }

    record StatusChange(Status status, Instant at) {}

    /** The shop's own number. */
    record Own(String digits, String lid, String pushName) {

        /** A linked device has a number of its own; any but 0, which is the phone. */
        private static final int DEVICE = 12;

        String address() {
            return digits + "@c.us";
        }

        String jid() {
            return digits + ":" + DEVICE + "@s.whatsapp.net";
        }
    }

    /** A message in one of the chats that show it. */
    record Entry(Said said, String chat) {}

    /** What the shop sorts its chats by. */
    record Label(String id, String name, int colour) {}

    /** {@code session.status} shows the newest three. */
    private static final int STATUSES_SHOWN = 3;
    /** WAHA's rhythm: the first QR code lives 60 s, the others 20 s; after six the session fails. */
    private static final Duration FIRST_QR_LIFE = Duration.ofSeconds(60);
    private static final Duration NEXT_QR_LIFE = Duration.ofSeconds(20);
    private static final int QR_CODES = 6;
    private static final int QR_LENGTH = 96;

    private final WahaSimulator simulator;
    private final String name;
    private final Engine engine;
    private final Payloads payloads;
    private final Map<String, Customer> customersByAddress = new LinkedHashMap<>();
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private final LinkedHashMap<String, Said> messages = new LinkedHashMap<>();
    private final Set<String> watchedChats = new HashSet<>();
    private final Map<String, Label> labels = new LinkedHashMap<>();
    private final Map<String, Set<String>> labelsOfChats = new LinkedHashMap<>();
    private int labelsMade;
    private final Deque<StatusChange> statuses = new ArrayDeque<>();
    /** What WhatsApp keeps for us until we are connected again. */
    private final Deque<Runnable> backlog = new ArrayDeque<>();
    private ObjectNode config = JsonNodeFactory.instance.objectNode();
    private List<Webhook> webhooks = List.of();
    private Own own;
    private boolean paired;
    private String qr = "";
    private String pairingCode = "";
    /** Counts the starts, so that work planned for an earlier one is dropped. */
    private int run;

    SimulatedSession(WahaSimulator simulator, String name, Engine engine, Own own) {
        this.simulator = simulator;
        this.name = name;
        this.engine = engine;
        this.own = own;
        this.payloads = new Payloads(this, simulator.options().baseUrl());
        statuses.add(new StatusChange(Status.STOPPED, now()));
    }

    public String name() {
        return name;
    }

    public Engine engine() {
        return engine;
    }

    public Status status() {
        synchronized (world()) {
            return statuses.getLast().status();
        }
    }

    /** The digits of the shop's number. */
    public String ownNumber() {
        synchronized (world()) {
            return own.digits();
        }
    }

    Object world() {
        return simulator.world();
    }

    Own own() {
        return own;
    }

    String ownAddress() {
        return own.address();
    }

    boolean paired() {
        return paired;
    }

    Payloads payloads() {
        return payloads;
    }

    ObjectNode config() {
        return config;
    }

    Optional<Object> metadata() {
        return config.path("metadata").isObject() ? Optional.of(config.path("metadata")) : Optional.empty();
    }

    /** NOWEB keeps chats only when asked to. */
    boolean keepsChats() {
        return engine != Engine.NOWEB || config.path("noweb").path("store").path("enabled").asBoolean(false);
    }

    void configure(JsonNode newConfig) {
        var checked = Webhook.parseAll(newConfig);
        synchronized (world()) {
            config = newConfig instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
            webhooks = checked;
        }
    }

    /** Delivers to this address too, as if it stood in the configuration; no events named means all. */
    public SimulatedSession deliverTo(String url, String hmacKey, String... events) {
        synchronized (world()) {
            var changed = config.deepCopy();
            var webhook = changed.withArray("webhooks").addObject().put("url", url);
            var list = webhook.putArray("events");
            for (var event : events.length == 0 ? new String[] {"*"} : events) list.add(event);
            if (!hmacKey.isEmpty()) webhook.putObject("hmac").put("key", hmacKey);
            configure(changed);
        }
        return this;
    }

    // Life

    /** The shop's phone scans the QR code: the session works when this returns. */
    public SimulatedSession pair() {
        synchronized (world()) {
            if (status() == Status.WORKING) return this;
            run++;
            if (status() != Status.SCAN_QR_CODE) {
                become(Status.STARTING);
                showQr();
            }
            scan();
        }
        return this;
    }

    /** The same with another number than the session's own. */
    public SimulatedSession pair(String digits, String lidDigits, String pushName) {
        synchronized (world()) {
            own = new Own(digits, lidDigits, pushName);
            return pair();
        }
    }

    /** Somebody types a pairing code into the shop's phone: the session works if it is the one that was given last. */
    public boolean enterCode(String code) {
        synchronized (world()) {
            if (status() != Status.SCAN_QR_CODE || pairingCode.isEmpty() || !pairingCode.equals(code)) return false;
            scan();
            return true;
        }
    }

    void start() {
        synchronized (world()) {
            if (status() != Status.STOPPED && status() != Status.FAILED) return;
            int thisRun = ++run;
            become(Status.STARTING);
            simulator.later(simulator.options().pace().starting(), () -> during(thisRun, Status.STARTING, () -> {
                if (paired) {
                    become(Status.WORKING);
                } else {
                    offerQr(thisRun);
                }
            }));
        }
    }

    void stop() {
        synchronized (world()) {
            if (status() == Status.STOPPED) return;
            run++;
            become(Status.STOPPED);
        }
    }

    void restart() {
        synchronized (world()) {
            stop();
            start();
        }
    }

    void logout() {
        synchronized (world()) {
            boolean running = status() != Status.STOPPED;
            stop();
            paired = false;
            if (running) start();
        }
    }

    /** The phone logged us out, or the engine crashed. */
    public void fail() {
        synchronized (world()) {
            run++;
            become(Status.FAILED);
        }
    }

    /** Back after a failure; what was written meanwhile is delivered now. */
    public void recover() {
        synchronized (world()) {
            run++;
            paired = true;
            become(Status.STARTING);
            become(Status.WORKING);
        }
    }

    private void offerQr(int thisRun) {
        showQr();
        simulator.options().pace().scansAfter()
                .ifPresent(pause -> simulator.later(pause, () -> during(thisRun, Status.SCAN_QR_CODE, this::scan)));
        simulator.aside(() -> {
            Thread.sleep(FIRST_QR_LIFE);
            for (int code = 2; code <= QR_CODES; code++) {
                during(thisRun, Status.SCAN_QR_CODE, this::showQr);
                Thread.sleep(NEXT_QR_LIFE);
            }
            during(thisRun, Status.SCAN_QR_CODE, this::fail);
        });
    }

    private void showQr() {
        qr = "2@" + simulator.letters(QR_LENGTH) + "==";
        become(Status.SCAN_QR_CODE);
    }

    private void scan() {
        paired = true;
        pairingCode = "";
        become(Status.WORKING);
    }

    private void during(int thatRun, Status status, Runnable work) {
        synchronized (world()) {
            if (run == thatRun && status() == status) work.run();
        }
    }

    private void become(Status status) {
        statuses.add(new StatusChange(status, now()));
        if (statuses.size() > STATUSES_SHOWN) statuses.poll();
        emit("session.status", payloads.status(List.copyOf(statuses)), "");
        world().notifyAll();
        while (status() == Status.WORKING && !backlog.isEmpty()) backlog.poll().run();
    }

    String qr() {
        require(Status.SCAN_QR_CODE, Duration.ZERO);
        return qr;
    }

    String newPairingCode() {
        synchronized (world()) {
            require(Status.SCAN_QR_CODE, Duration.ZERO);
            var letters = simulator.letters(8).toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "X");
            pairingCode = letters.substring(0, 4) + "-" + letters.substring(4);
            return pairingCode;
        }
    }

    /** Waits a little, as WAHA does, before it refuses for a wrong status. */
    void require(Status expected, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (world()) {
            while (status() != expected) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) throw WahaRefusal.wrongStatus(name, status().name(), expected.name());
                try {
                    world().wait(left);
                } catch (InterruptedException closing) {
                    Thread.currentThread().interrupt();
                    throw WahaRefusal.wrongStatus(name, status().name(), expected.name());
                }
            }
        }
    }

    // People

    /** Somebody who talks to this number, found again by the same digits. */
    public Customer customer(String name, String phoneDigits) {
        return customer(name, phoneDigits, Optional.empty());
    }

    public Customer customer(String name, String phoneDigits, String lidDigits) {
        return customer(name, phoneDigits, Optional.of(lidDigits));
    }

    private Customer customer(String name, String phoneDigits, Optional<String> lidDigits) {
        synchronized (world()) {
            var known = customersByAddress.get(phoneDigits + "@c.us");
            if (known != null && (!known.name().isEmpty() || name.isEmpty())) return known;
            var customer = new Customer(this, name, phoneDigits, lidDigits);
            customer.addresses().forEach(address -> customersByAddress.put(address, customer));
            simulator.introduce(new WahaSimulator.Person(name, phoneDigits, lidDigits));
            return customer;
        }
    }

    /** A group that we are in, found again by its title. */
    public Group group(String title) {
        synchronized (world()) {
            var known = groups.values().stream().filter(group -> group.title().equals(title)).findFirst();
            if (known.isPresent()) return known.get();
            var group = new Group("1203634" + simulator.digits(11) + "@g.us", title);
            groups.put(group.address(), group);
            return group;
        }
    }

    Collection<Customer> customers() {
        return new HashSet<>(customersByAddress.values()).stream()
                .sorted(Comparator.comparing(Customer::phone)).toList();
    }

    Optional<Customer> customerAt(String address) {
        return Optional.ofNullable(customersByAddress.get(address)).or(() -> simulator.personAt(address)
                .map(person -> customer(person.name(), person.phone(), person.lid())));
    }

    // What is said

    String hear(Customer customer, Optional<Group> group, Content content, Optional<String> replyTo,
            Optional<Ad> ad) {
        synchronized (world()) {
            if (simulator.dice().spoilsDelivery(Fault.OUTAGE) && status() == Status.WORKING) breakDown();
            var chat = group.map(Group::address).orElseGet(customer::address);
            var said = new Said(simulator.messageId(engine, ad.isPresent()), false, false, Optional.of(customer),
                    group, chat, content, now(), replyTo.map(this::find), ad);
            swapAddress(said);
            remember(said);
            simulator.ledger().wrote(new Ledger.Written(name, said.id, customer.phone(), content.words().orElse(""),
                    false, said.at));
            connected(() -> announce(said));
            return said.id;
        }
    }

    private void breakDown() {
        fail();
        int thisRun = run;
        simulator.later(simulator.dice().rules().outageFor(), () -> during(thisRun, Status.FAILED, this::recover));
    }

    /** Somebody in the shop types on its own phone; the answer is the bare id. */
    public String typedOnOwnPhone(Customer to, String text) {
        synchronized (world()) {
            var said = new Said(simulator.messageId(engine, false), true, false, Optional.of(to), Optional.empty(),
                    to.address(), Content.text(text), now(), Optional.empty(), Optional.empty());
            simulator.ledger().wrote(new Ledger.Written(name, said.id, to.phone(), text, true, said.at));
            goOut(said);
            return said.id;
        }
    }

    /**
     * A message of the API. The same chosen id sent again is the same message.
     *
     * @throws WahaRefusal when nobody is at that address
     */
    Said send(String chatId, Content content, Optional<String> chosenId, Optional<String> replyTo) {
        synchronized (world()) {
            var id = chosenId.filter(_ -> engine.issuesIds()).map(Said::bareId)
                    .orElseGet(() -> simulator.sentId());
            simulator.ledger().sendCalled(id);
            var before = messages.get(id);
            if (before != null) return before;
            var group = Optional.ofNullable(groups.get(chatId));
            var customer = group.isPresent() ? Optional.<Customer>empty() : customerAt(chatId);
            if (group.isEmpty() && customer.isEmpty()) throw nobodyAt(chatId);
            var said = new Said(id, true, true, customer, group, chatId, content, now(),
                    replyTo.map(Said::bareId).map(messages::get), Optional.empty());
            simulator.ledger().sent(new Ledger.Sent(name, id, chatId, content.told(), said.at));
            goOut(said);
            return said;
        }
    }

    boolean reaches(String chatId) {
        synchronized (world()) {
            return groups.containsKey(chatId) || customerAt(chatId).isPresent();
        }
    }

    private WahaRefusal nobodyAt(String chatId) {
        return WahaRefusal.exception(engine == Engine.WEBJS
                ? "Lid is missing in chat table"
                : "2 UNKNOWN: no LID found for " + chatId.replace("@c.us", "@s.whatsapp.net") + " from server");
    }

    private void goOut(Said said) {
        // whatsmeow answers only when the server has the message
        if (engine == Engine.GOWS || said.group.isPresent()) said.ack = Ack.SERVER;
        swapAddress(said);
        remember(said);
        connected(() -> announce(said));
        if (said.group.isPresent()) return;
        var pace = simulator.options().pace();
        simulator.later(pace.toServer(), () -> {
            arrive(said, Ack.SERVER);
            simulator.later(pace.toDevice(), () -> {
                arrive(said, Ack.DEVICE);
                pace.toRead().ifPresent(pause ->
                        simulator.later(pause, () -> acknowledge(said.id, Ack.READ, said.customer)));
            });
        });
    }

    private void arrive(Said said, Ack level) {
        synchronized (world()) {
            if (said.ack.compareTo(level) < 0) said.ack = level;
            connected(() -> emitAck(said, level, said.customer));
            if (level == Ack.DEVICE) {
                said.customer.orElseThrow().receives(said, simulator.options().keeps());
                world().notifyAll();
            }
        }
    }

    private void swapAddress(Said said) {
        if (said.group.isPresent()) return;
        var other = said.customer.flatMap(customer -> customer.otherAddress(said.chat()));
        if (other.isPresent() && simulator.dice().spoilsDelivery(Fault.LID_SWAP)) said.chats.add(other.get());
    }

    private void announce(Said said) {
        said.fileFetchedAt = now();
        for (var chat : said.chats) {
            var payload = payloads.message(said, chat);
            if (said.fromMe) {
                emit("message.any", payload, said.id);
            } else {
                // one event or two, by release: both forms are met
                var first = simulator.eventId();
                var second = simulator.tossesCoin() ? first : simulator.eventId();
                emit(first, "message", payload, said.id);
                emit(second, "message.any", payload, said.id);
            }
        }
    }

    void acknowledge(String messageId, Ack level, Optional<Customer> reader) {
        synchronized (world()) {
            var said = find(messageId);
            if (!said.fromMe) throw new IllegalArgumentException("only our own messages are acknowledged: " + messageId);
            if (said.group.isEmpty()) {
                if (said.ack.compareTo(level) >= 0) return;
                said.ack = level;
            }
            connected(() -> emitAck(said, level, reader));
        }
    }

    private void emitAck(Said said, Ack level, Optional<Customer> reader) {
        var event = said.group.isPresent() ? "message.ack.group" : "message.ack";
        emit(event, payloads.ack(said, said.chats.getLast(), level, reader, now()), said.id);
    }

    void react(String messageId, Optional<Customer> reactor, String emoji) {
        synchronized (world()) {
            var target = find(messageId);
            var payload = payloads.reaction(
                    target, target.chat(), simulator.messageId(engine, false), reactor, emoji, now());
            connected(() -> emit("message.reaction", payload, target.id));
        }
    }

    void vote(String pollId, Customer voter, List<String> chosen) {
        synchronized (world()) {
            var poll = find(pollId);
            var payload = payloads.vote(poll, poll.chat(), simulator.messageId(engine, false), voter, chosen, now());
            connected(() -> emit("poll.vote", payload, poll.id));
        }
    }

    void edit(String messageId, String text) {
        synchronized (world()) {
            var said = find(messageId);
            var before = said.content.words().orElse("");
            said.content = said.content.reworded(text);
            var payload = payloads.edited(said, said.chat(), simulator.sentId(), before, now());
            connected(() -> emit("message.edited", payload, said.id));
        }
    }

    void revoke(String messageId) {
        synchronized (world()) {
            var said = find(messageId);
            var before = payloads.message(said, said.chat());
            said.revoked = true;
            var payload = payloads.revoked(
                    said, said.chat(), simulator.messageId(engine, false), before, now());
            connected(() -> emit("message.revoked", payload, said.id));
        }
    }

    void showPresence(Customer customer, String presence) {
        synchronized (world()) {
            if (status() != Status.WORKING || customer.addresses().stream().noneMatch(watchedChats::contains)) return;
            emit("presence.update", payloads.presence(customer.address(), customer.address(), presence), "");
        }
    }

    void watch(String chatId) {
        synchronized (world()) {
            watchedChats.add(chatId);
        }
    }

    /** A label is made on the phone; its id is answered. */
    public String label(String name, int colour) {
        synchronized (world()) {
            var label = new Label(String.valueOf(++labelsMade), name, colour);
            changeLabel(label.id(), name, colour);
            return label.id();
        }
    }

    /** It gets another name or colour on the phone. */
    public void changeLabel(String id, String name, int colour) {
        synchronized (world()) {
            var label = new Label(id, name, colour);
            labels.put(id, label);
            if (engine.tellsLabels()) connected(() -> emit("label.upsert", payloads.label(label), ""));
        }
    }

    /** It is deleted on the phone, and so taken off all chats. */
    public void deleteLabel(String id) {
        synchronized (world()) {
            var label = labels.remove(id);
            labelsOfChats.values().forEach(ids -> ids.remove(id));
            if (engine.tellsLabels()) connected(() -> emit("label.deleted", payloads.label(label), ""));
        }
    }

    List<String> chatsWith(String labelId) {
        synchronized (world()) {
            return labelsOfChats.entrySet().stream().filter(chat -> chat.getValue().contains(labelId)).map(Map.Entry::getKey).toList();
        }
    }

    List<Label> labels() {
        synchronized (world()) {
            return List.copyOf(labels.values());
        }
    }

    List<Label> labelsOf(String chatId) {
        synchronized (world()) {
            return labelsOfChats.getOrDefault(chatId, Set.of()).stream().map(labels::get).toList();
        }
    }

    /** The names of the labels that somebody has. */
    public List<String> labelsOf(Customer customer) {
        return labelsOf(customer.address()).stream().map(Label::name).toList();
    }

    /** A chat has these labels now, set on the phone or over the API; of those that it had, only what is another is told. */
    public void putLabels(String chatId, Collection<String> ids) {
        synchronized (world()) {
            var before = labelsOfChats.put(chatId, new LinkedHashSet<>(ids));
            var had = before == null ? Set.<String>of() : before;
            ids.stream().filter(id -> !had.contains(id)).forEach(id -> emitLabel("label.chat.added", id, chatId));
            had.stream().filter(id -> !ids.contains(id)).forEach(id -> emitLabel("label.chat.deleted", id, chatId));
        }
    }

    private void emitLabel(String event, String labelId, String chatId) {
        if (engine.tellsLabels()) connected(() -> emit(event, payloads.labelOnChat(labels.get(labelId), chatId), ""));
    }

    /** The shop has read this chat. */
    void see(String chatId, List<String> ids) {
        synchronized (world()) {
            messages.values().stream().filter(said -> !said.fromMe && said.chats.contains(chatId)
                            && (ids.isEmpty() || ids.contains(said.id)))
                    .forEach(said -> said.ack = Ack.READ);
        }
    }

    Said find(String messageId) {
        return lookUp(messageId).orElseThrow(() -> new IllegalArgumentException("no such message: " + messageId));
    }

    Optional<Said> lookUp(String messageId) {
        synchronized (world()) {
            return Optional.ofNullable(messages.get(Said.bareId(messageId)));
        }
    }

    private void remember(Said said) {
        messages.put(said.id, said);
        if (messages.size() > simulator.options().keeps()) messages.pollFirstEntry();
    }

    // History

    /** Messages as chats show them, newest first; twins are two entries. */
    List<Entry> history(Predicate<Entry> which) {
        synchronized (world()) {
            var entries = new ArrayList<Entry>();
            for (var said : messages.sequencedValues().reversed()) {
                for (var chat : said.chats) {
                    var entry = new Entry(said, chat);
                    if (which.test(entry)) entries.add(entry);
                }
            }
            entries.sort(Comparator.comparing((Entry entry) -> entry.said().at).reversed());
            return entries;
        }
    }

    /** The newest message of every chat; with {@code joined}, phone and LID of a person are one chat. */
    List<Entry> newestOfEachChat(boolean joined) {
        var newest = new LinkedHashMap<String, Entry>();
        for (var entry : history(_ -> true)) {
            newest.putIfAbsent(joined ? entry.said().joinedChats().getFirst() : entry.chat(), entry);
        }
        return List.copyOf(newest.values());
    }

    String titleOf(Said said) {
        return said.group.map(Group::title).or(() -> said.customer.map(Customer::name)).orElse("");
    }

    // Events

    private void connected(Runnable news) {
        if (status() == Status.WORKING) {
            news.run();
            return;
        }
        backlog.add(news);
        if (backlog.size() > simulator.options().keeps()) backlog.poll();
    }

    private void emit(String event, Object payload, String messageId) {
        emit(simulator.eventId(), event, payload, messageId);
    }

    private void emit(String eventId, String event, Object payload, String messageId) {
        if (webhooks.stream().noneMatch(webhook -> webhook.wants(event))) return;
        if (lookUp(messageId).flatMap(said -> said.group).isPresent()
                && config.path("ignore").path("groups").asBoolean(false)) {
            return;
        }
        var arose = now();
        var options = simulator.options();
        var body = simulator.write(
                payloads.envelope(eventId, event, arose, payload, options.engine(), options.version()));
        for (var webhook : webhooks) {
            if (webhook.wants(event)) simulator.deliveries().deliver(webhook, name, event, messageId, arose, body);
        }
    }

    private Instant now() {
        return simulator.options().clock().instant();
    }
}
