package com.ventros.crm.channels.waha.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.ventros.crm.channels.waha.simulator.Misbehaviour.Fault;
import com.ventros.crm.channels.waha.simulator.SimulatedSession.Entry;
import com.ventros.crm.channels.waha.simulator.SimulatedSession.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The doors of the simulated server: WAHA's REST API, with its answers, errors and faults. */
final class WahaApi implements AutoCloseable {

    static {
        // Without it the JDK's server holds small answers back for some 40 ms, waiting for the other side's ack.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final System.Logger LOG = System.getLogger(WahaApi.class.getName());

    /** A call that is never answered is kept open this long, more than any client waits. */
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(5);
    /** WAHA's default for how long files can be fetched ({@code WHATSAPP_FILES_LIFETIME}). */
    private static final Duration FILES_LIVE = Duration.ofSeconds(180);
    private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(10);
    /** WAHA's own page sizes, for calls that name none. */
    private static final int MESSAGES_PER_PAGE = 10;
    private static final int CHATS_PER_PAGE = 20;
    private static final int OTHERS_PER_PAGE = 100;

    private record Call(
            String method, String path, Map<String, String> names, Map<String, List<String>> query, JsonNode body,
            String accept) {

        Optional<String> asked(String parameter) {
            return Optional.ofNullable(query.get(parameter)).map(List::getFirst).filter(value -> !value.isEmpty());
        }

        String needed(String parameter) {
            return asked(parameter).orElseThrow(() -> WahaRefusal.empty(parameter));
        }

        int number(String parameter, int otherwise) {
            try {
                return asked(parameter).map(Integer::parseInt).orElse(otherwise);
            } catch (NumberFormatException noNumber) {
                throw WahaRefusal.badRequest(List.of(parameter + " must be a number"));
            }
        }

        boolean yes(String parameter, boolean otherwise) {
            return asked(parameter).map(Boolean::parseBoolean).orElse(otherwise);
        }

        Optional<String> told(String field) {
            return Optional.of(body.path(field).asString("")).filter(value -> !value.isEmpty());
        }

        String neededInBody(String field) {
            return told(field).orElseThrow(() -> WahaRefusal.empty(field));
        }

        double degrees(String field) {
            if (!body.path(field).isNumber()) throw WahaRefusal.badRequest(List.of(field + " must be a number"));
            return body.path(field).asDouble();
        }

        /** A chat id in WAHA's usual spelling. */
        static String chatId(String given) {
            if (given.endsWith("@s.whatsapp.net")) return given.replace("@s.whatsapp.net", "@c.us");
            return given.contains("@") ? given : given + "@c.us";
        }
    }

    private record Answer(int status, String type, byte[] body) {}

    /** How a call ends that is not answered. */
    private static final class Unanswered extends RuntimeException {
        final boolean breaksAtOnce;

        Unanswered(boolean breaksAtOnce) {
            this.breaksAtOnce = breaksAtOnce;
        }
    }

    private interface Handler {
        Answer handle(Call call) throws InterruptedException;
    }

    private record Route(String method, String[] path, Handler handler) {

        Optional<Map<String, String>> match(String calledMethod, String[] called) {
            if (!method.equals(calledMethod) || called.length != path.length) return Optional.empty();
            var names = new LinkedHashMap<String, String>();
            for (int i = 0; i < path.length; i++) {
                if (path[i].startsWith("{")) {
                    names.put(path[i].substring(1, path[i].length() - 1), called[i]);
                } else if (!path[i].equals(called[i])) {
                    return Optional.empty();
                }
            }
            return Optional.of(names);
        }
    }

    private final WahaSimulator simulator;
    private final JsonMapper json;
    private final HttpServer server;
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("waha-simulator-api-", 0).factory());
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Route> routes = new ArrayList<>();

    WahaApi(WahaSimulator simulator, JsonMapper json) throws IOException {
        this.simulator = simulator;
        this.json = json;
        routes();
        server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), simulator.options().port()), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(LONGEST_FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "calls still run after {0}", LONGEST_FAREWELL);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    // Routes: the first that fits; fixed paths stand before those with a session's name in the same place

    private void routes() {
        on("GET", "/ping", _ -> ok(Payloads.json("message", "pong")));
        on("GET", "/health", _ -> ok(Payloads.json("status", "ok", "info", Payloads.json(), "error", Payloads.json(),
                "details", Payloads.json())));
        on("GET", "/api/server/version", _ -> ok(version()));
        on("GET", "/api/version", _ -> ok(version()));
        on("GET", "/api/server/status", _ -> ok(Payloads.json("startTimestamp", 0, "uptime", 0,
                "worker", Payloads.json("id", null))));
        sessionRoutes();
        sendingRoutes();
        contactRoutes();
        chatRoutes();
        labelRoutes();
    }

    private void sessionRoutes() {
        on("GET", "/api/sessions", call -> ok(simulator.sessions().stream()
                .filter(session -> call.yes("all", false) || session.status() != Status.STOPPED)
                .map(this::view).toList()));
        on("POST", "/api/sessions", this::createSession);
        on("GET", "/api/sessions/{s}", call -> ok(view(existing(call))));
        on("PUT", "/api/sessions/{s}", call -> {
            var session = existing(call);
            session.configure(call.body.path("config"));
            if (session.status() != Status.STOPPED) session.restart();
            return ok(shortView(session));
        });
        on("DELETE", "/api/sessions/{s}", call -> {
            var session = existing(call);
            session.stop();
            simulator.forget(session);
            return ok(Payloads.json());
        });
        on("GET", "/api/sessions/{s}/me", call -> {
            var session = existing(call);
            synchronized (simulator.world()) {
                return ok(session.payloads().me());
            }
        });
        life("start", SimulatedSession::start);
        life("stop", SimulatedSession::stop);
        life("restart", SimulatedSession::restart);
        life("logout", SimulatedSession::logout);
        on("GET", "/api/{s}/auth/qr", this::qr);
        on("POST", "/api/{s}/auth/request-code", call -> {
            call.neededInBody("phoneNumber");
            return created(Payloads.json("code", named(call).newPairingCode()));
        });
    }

    private void life(String verb, Consumer<SimulatedSession> change) {
        on("POST", "/api/sessions/{s}/" + verb, call -> {
            var session = existing(call);
            change.accept(session);
            return created(shortView(session));
        });
    }

    private void sendingRoutes() {
        on("GET", "/api/{s}/new-message-id", call -> {
            var session = working(named(call));
            if (!session.engine().issuesIds()) throw WahaRefusal.notImplemented();
            return ok(Payloads.json("id", simulator.sentId()));
        });
        on("POST", "/api/sendText", call -> send(call, Content.text(call.neededInBody("text"))));
        on("POST", "/api/sendLocation", call -> send(call, new Content.Location(call.degrees("latitude"),
                call.degrees("longitude"), call.told("title").orElse(""), "")));
        on("POST", "/api/sendContactVcard", call -> send(call, cards(call)));
        on("POST", "/api/sendImage", call -> send(call, file(call, Content.Kind.IMAGE)));
        on("POST", "/api/sendVideo", call -> send(call, file(call, Content.Kind.VIDEO)));
        on("POST", "/api/sendVoice", call -> send(call, voice(call)));
        on("POST", "/api/sendFile", call -> send(call, file(call, Content.Kind.DOCUMENT)));
        on("POST", "/api/sendPoll", call -> send(call, poll(call)));
        on("POST", "/api/sendSeen", call -> {
            spoilBefore();
            var ids = call.body.path("messageIds").valueStream().map(id -> Said.bareId(id.asString(""))).toList();
            return act(call, "seen", String.join(" ", ids), (session, chat) -> session.see(chat, ids));
        });
        on("POST", "/api/startTyping", call -> typing(call, "typing"));
        on("POST", "/api/stopTyping", call -> typing(call, "stopped typing"));
        on("POST", "/api/{s}/presence", call -> {
            var session = working(named(call));
            did(session, "presence", call.told("chatId").orElse(""), "", call.neededInBody("presence"));
            return created(Payloads.json("success", true));
        });
        on("POST", "/api/{s}/presence/{chat}/subscribe", call -> {
            working(named(call)).watch(Call.chatId(call.names.get("chat")));
            return created(Payloads.json("success", true));
        });
        on("PUT", "/api/reaction", call -> {
            var session = working(inBody(call));
            var messageId = call.neededInBody("messageId");
            var emoji = call.body.path("reaction").asString("");
            if (session.lookUp(messageId).isEmpty()) throw WahaRefusal.notFound("Message not found");
            return change(() -> {
                session.react(messageId, Optional.empty(), emoji);
                did(session, "reaction", "", Said.bareId(messageId), emoji);
            });
        });
        on("PUT", "/api/{s}/chats/{chat}/messages/{id}", call -> {
            var session = working(named(call));
            var said = own(session, call.names.get("id"));
            var text = call.neededInBody("text");
            return change(() -> {
                session.edit(said.id, text);
                did(session, "edit", said.chat(), said.id, text);
            });
        });
        on("DELETE", "/api/{s}/chats/{chat}/messages/{id}", call -> {
            var session = working(named(call));
            var said = own(session, call.names.get("id"));
            return change(() -> {
                session.revoke(said.id);
                did(session, "delete", said.chat(), said.id, "");
            });
        });
    }

    private void contactRoutes() {
        on("GET", "/api/contacts/check-exists", call -> {
            working(session(call.needed("session")));
            var found = simulator.spellingOf(call.needed("phone").replaceAll("@.*|\\D", ""));
            return ok(found
                    .map(digits -> Payloads.json("numberExists", true, "chatId", digits + "@c.us"))
                    .orElseGet(() -> Payloads.json("numberExists", false)));
        });
        on("GET", "/api/contacts/profile-picture", call -> {
            working(session(call.needed("session")));
            call.needed("contactId");
            return ok(Payloads.json("profilePictureURL", null));
        });
        on("GET", "/api/contacts/all", call -> {
            var session = working(session(call.needed("session")));
            return ok(page(call, OTHERS_PER_PAGE, people(session).stream().map(WahaApi::contact).toList()));
        });
        on("GET", "/api/contacts", call ->
                ok(contact(person(working(session(call.needed("session"))), call.needed("contactId")))));
        on("GET", "/api/{s}/contacts/{id}", call ->
                ok(contact(person(working(named(call)), call.names.get("id")))));
        on("GET", "/api/{s}/lids", call -> ok(page(call, OTHERS_PER_PAGE, people(working(named(call))).stream()
                .filter(customer -> customer.lid().isPresent())
                .map(customer -> Payloads.json(
                        "lid", customer.lidAddress().orElseThrow(), "pn", customer.phoneAddress()))
                .toList())));
        on("GET", "/api/{s}/lids/count", call -> ok(Payloads.json("count",
                people(working(named(call))).stream().filter(customer -> customer.lid().isPresent()).count())));
        on("GET", "/api/{s}/lids/{lid}", call -> {
            var session = working(named(call));
            var given = call.names.get("lid");
            var lid = given.contains("@") ? given : given + "@lid";
            if (!lid.endsWith("@lid")) throw WahaRefusal.unprocessable("Invalid LID: " + given);
            synchronized (simulator.world()) {
                return ok(Payloads.json("lid", lid,
                        "pn", session.customerAt(lid).map(Customer::phoneAddress).orElse(null)));
            }
        });
        on("GET", "/api/{s}/lids/pn/{phone}", call -> {
            var session = working(named(call));
            var phone = Call.chatId(call.names.get("phone").replace("+", ""));
            synchronized (simulator.world()) {
                return ok(Payloads.json(
                        "lid", session.customerAt(phone).flatMap(Customer::lidAddress).orElse(null), "pn", phone));
            }
        });
    }

    private void chatRoutes() {
        on("GET", "/api/{s}/chats", call -> {
            var session = keepingChats(call);
            synchronized (simulator.world()) {
                var chats = new ArrayList<>(session.newestOfEachChat(call.yes("merge", true)));
                if (call.asked("sortOrder").orElse("desc").equals("asc")) Collections.reverse(chats);
                return ok(page(call, OTHERS_PER_PAGE, chats.stream().map(entry -> session.payloads().chat(
                        entry.chat(), session.titleOf(entry.said()), entry.said())).toList()));
            }
        });
        on("GET", "/api/{s}/chats/overview", call -> {
            var ids = call.query.getOrDefault("ids", List.of());
            return overview(call, ids, call.number("limit", CHATS_PER_PAGE), call.number("offset", 0));
        });
        on("POST", "/api/{s}/chats/overview", call -> {
            var ids = new ArrayList<String>();
            for (var id : call.body.path("filter").path("ids")) ids.add(id.asString());
            var pagination = call.body.path("pagination");
            return overview(call, ids, pagination.path("limit").asInt(CHATS_PER_PAGE),
                    pagination.path("offset").asInt(0));
        });
        on("GET", "/api/{s}/chats/{chat}/messages", this::messages);
        on("GET", "/api/{s}/chats/{chat}/messages/{id}", call -> {
            var session = keepingChats(call);
            var found = session.lookUp(call.names.get("id"))
                    .orElseThrow(() -> WahaRefusal.notFound("Message not found"));
            synchronized (simulator.world()) {
                return ok(shown(call, session, new Entry(found, found.chat())));
            }
        });
        on("POST", "/api/{s}/chats/{chat}/messages/read", call -> {
            var session = working(named(call));
            session.see(Call.chatId(call.names.get("chat")), List.of());
            did(session, "seen", Call.chatId(call.names.get("chat")), "", "");
            return created(Payloads.json("ids", null));
        });
        on("GET", "/api/files/{s}/{name}", this::file);
    }

    private void labelRoutes() {
        on("GET", "/api/{s}/labels", call -> labels(working(named(call)), SimulatedSession::labels));
        on("GET", "/api/{s}/labels/chats/{chat}", call ->
                labels(working(named(call)), session -> session.labelsOf(Call.chatId(call.names.get("chat")))));
        on("GET", "/api/{s}/labels/{id}/chats", call -> {
            var session = working(named(call));
            spoilBefore();
            return ok(session.chatsWith(call.names.get("id")).stream().map(session.payloads()::labelledChat).toList());
        });
        on("PUT", "/api/{s}/labels/chats/{chat}", call -> {
            var session = working(named(call));
            var ids = call.body.path("labels").valueStream().map(label -> label.path("id").asString("")).toList();
            if (!session.labels().stream().map(SimulatedSession.Label::id).toList().containsAll(ids)) throw WahaRefusal.exception("no such label");
            spoilBefore();
            session.putLabels(Call.chatId(call.names.get("chat")), ids);
            spoilAfter();
            // WAHA says nothing more than that.
            return new Answer(200, "application/json; charset=utf-8", new byte[0]);
        });
    }

    private Answer labels(SimulatedSession session, Function<SimulatedSession, List<SimulatedSession.Label>> which) {
        return ok(which.apply(session).stream().map(session.payloads()::label).toList());
    }

    // Sessions

    private Answer createSession(Call call) {
        var session = simulator.create(call.told("name").orElse("default"));
        try {
            session.configure(call.body.path("config"));
        } catch (WahaRefusal unusable) {
            simulator.forget(session);
            throw unusable;
        }
        if (call.body.path("start").asBoolean(true)) session.start();
        return created(shortView(session));
    }

    private Map<String, Object> shortView(SimulatedSession session) {
        synchronized (simulator.world()) {
            return Payloads.json(
                    "name", session.name(), "status", session.status().name(), "config", session.config());
        }
    }

    private Map<String, Object> view(SimulatedSession session) {
        synchronized (simulator.world()) {
            var view = shortView(session);
            view.putAll(Payloads.json("me", session.payloads().me(), "presence", null,
                    "timestamps", Payloads.json("activity", null), "assignedWorker", null,
                    "engine", Payloads.json("engine", session.engine().name())));
            return view;
        }
    }

    private Answer qr(Call call) {
        var value = named(call).qr();
        if (call.asked("format").orElse("image").equals("raw")) return ok(Payloads.json("value", value));
        var picture = MediaFiles.qrPicture(value);
        if (call.accept.contains("application/json")) {
            return ok(Payloads.json(
                    "mimetype", "image/png", "data", Base64.getEncoder().encodeToString(picture)));
        }
        return new Answer(200, "image/png", picture);
    }

    /** A session in the path of {@code /api/sessions}: unknown is 404. */
    private SimulatedSession existing(Call call) {
        return simulator.session(call.names.get("s")).orElseThrow(() -> WahaRefusal.notFound("Session not found"));
    }

    private SimulatedSession named(Call call) {
        return session(call.names.get("s"));
    }

    private SimulatedSession inBody(Call call) {
        return session(call.neededInBody("session"));
    }

    private SimulatedSession session(String name) {
        return simulator.session(name).orElseThrow(() -> WahaRefusal.noSuchSession(name));
    }

    private SimulatedSession working(SimulatedSession session) {
        session.require(Status.WORKING, simulator.options().patience());
        return session;
    }

    // Sending

    private Answer send(Call call, Content content) throws InterruptedException {
        var name = call.neededInBody("session");
        var chatId = Call.chatId(call.neededInBody("chatId"));
        var session = working(session(name));
        spoilBefore();
        // Baileys waits for ever for an address that nobody has
        if (session.engine() == Engine.NOWEB && !session.reaches(chatId)) throw new Unanswered(false);
        var said = session.send(chatId, content, call.told("id"), call.told("reply_to"));
        spoilAfter();
        synchronized (simulator.world()) {
            return created(session.payloads().sendAnswer(said));
        }
    }

    /** What is done to a message goes wrong in the same ways as sending one. */
    private Answer change(Runnable effect) throws InterruptedException {
        spoilBefore();
        effect.run();
        spoilAfter();
        return ok(Payloads.json("success", true));
    }

    private void spoilBefore() {
        var dice = simulator.dice();
        if (dice.spoilsCall(Fault.RATE_LIMIT)) throw WahaRefusal.exception("rate-overlimit");
        if (dice.spoilsCall(Fault.KEY_REFUSED)) throw WahaRefusal.unauthorized();
        if (dice.spoilsCall(Fault.SERVER_ERROR)) throw WahaRefusal.exception("Connection Closed");
        if (dice.spoilsCall(Fault.RESET_BEFORE_SENDING)) throw new Unanswered(true);
    }

    private void spoilAfter() throws InterruptedException {
        var dice = simulator.dice();
        if (dice.spoilsCall(Fault.RESET_AFTER_SENDING)) throw new Unanswered(true);
        if (dice.spoilsCall(Fault.NO_ANSWER)) throw new Unanswered(false);
        if (dice.spoilsCall(Fault.SLOW_ANSWER)) Thread.sleep(dice.rules().lateBy());
    }

    private static Content file(Call call, Content.Kind kind) {
        var file = call.body.path("file");
        if (file.path("mimetype").asString("").isEmpty()) throw WahaRefusal.empty("file.mimetype");
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(file.path("data").asString(""));
        } catch (IllegalArgumentException noBase64) {
            throw WahaRefusal.badRequest("file.data must be base64");
        }
        if (bytes.length == 0) throw WahaRefusal.empty("file.data");
        return new Content.Media(kind, call.told("caption").orElse(""),
                Optional.of(file.path("filename").asString("")).filter(name -> !name.isEmpty()), 0, Optional.of(bytes));
    }

    /** WhatsApp plays nothing else as a voice note, and shows one that nobody can hear. */
    private static Content voice(Call call) {
        var isOgg = call.body.path("file").path("mimetype").asString("").startsWith("audio/ogg");
        if (!isOgg && !call.body.path("convert").asBoolean(false)) throw WahaRefusal.badRequest("file must be OGG/Opus, or convert true");
        return file(call, Content.Kind.VOICE);
    }

    private static Content cards(Call call) {
        var cards = new ArrayList<Content.Card>();
        for (var contact : call.body.path("contacts")) {
            var vcard = contact.path("vcard").asString("");
            if (vcard.isEmpty()) throw WahaRefusal.empty("contacts.vcard");
            var name = vcard.lines().filter(line -> line.startsWith("FN:")).map(line -> line.substring(3).strip())
                    .findFirst().orElse("");
            cards.add(new Content.Card(name, vcard));
        }
        if (cards.isEmpty()) throw WahaRefusal.empty("contacts");
        return new Content.Cards(List.copyOf(cards));
    }

    private static Content poll(Call call) {
        var poll = call.body.path("poll");
        var options = new ArrayList<String>();
        for (var option : poll.path("options")) options.add(option.asString(""));
        if (poll.path("name").asString("").isEmpty()) throw WahaRefusal.empty("poll.name");
        if (options.size() < 2) throw WahaRefusal.badRequest("poll.options must have two at least");
        return new Content.Poll(poll.path("name").asString(), List.copyOf(options),
                poll.path("multipleAnswers").asBoolean(false));
    }

    private Answer act(Call call, String kind, String detail, BiConsumer<SimulatedSession, String> effect) {
        var chatId = Call.chatId(call.neededInBody("chatId"));
        var session = working(inBody(call));
        effect.accept(session, chatId);
        did(session, kind, chatId, "", detail);
        return created(Payloads.json("result", true));
    }

    /** Nothing is lost when it goes unanswered; whoever waits for the answer should know. */
    private Answer typing(Call call, String kind) throws InterruptedException {
        var answer = act(call, kind, "", (_, _) -> {});
        spoilAfter();
        return answer;
    }

    private void did(SimulatedSession session, String kind, String chatId, String messageId, String detail) {
        simulator.ledger().did(new Ledger.Act(session.name(), kind, chatId, messageId, detail));
    }

    private static Said own(SimulatedSession session, String messageId) {
        var said = session.lookUp(messageId).orElseThrow(() -> WahaRefusal.notFound("Message not found"));
        if (!said.fromMe) throw WahaRefusal.badRequest("Only own messages can be changed");
        return said;
    }

    // Contacts

    private List<Customer> people(SimulatedSession session) {
        synchronized (simulator.world()) {
            return List.copyOf(session.customers());
        }
    }

    private Customer person(SimulatedSession session, String id) {
        synchronized (simulator.world()) {
            return session.customerAt(Call.chatId(id)).orElseThrow(() -> WahaRefusal.notFound("Contact not found"));
        }
    }

    private static Map<String, Object> contact(Customer customer) {
        return Payloads.json("id", customer.address(), "number", customer.phone(), "name", customer.name(),
                "pushname", customer.name(), "isBusiness", false, "isMyContact", false);
    }

    // Chats

    private SimulatedSession keepingChats(Call call) {
        var session = working(named(call));
        if (!session.keepsChats()) {
            throw WahaRefusal.badRequest("Enable NOWEB store \"config.noweb.store.enabled=True\" and "
                    + "\"config.noweb.store.full_sync=True\" when starting a new session.");
        }
        return session;
    }

    private Answer overview(Call call, List<String> ids, int limit, int offset) {
        var session = keepingChats(call);
        synchronized (simulator.world()) {
            return ok(session.newestOfEachChat(call.yes("merge", true)).stream()
                    .filter(entry -> ids.isEmpty() || ids.contains(entry.chat()))
                    .skip(offset).limit(limit)
                    .map(entry -> session.payloads().overview(
                            entry.chat(), session.titleOf(entry.said()), entry.said()))
                    .toList());
        }
    }

    private Answer messages(Call call) {
        var session = keepingChats(call);
        var chat = call.names.get("chat");
        boolean merge = call.yes("merge", true);
        if (chat.equals("all") && !session.engine().searchesAllChats()) throw WahaRefusal.notImplemented();
        synchronized (simulator.world()) {
            var found = session.history(chosen(call, chat, merge));
            if (call.asked("sortOrder").orElse("desc").equals("asc")) found = found.reversed();
            // A page is cut before twins are joined: it may hold fewer than asked for although more follow.
            var once = new HashSet<String>();
            return ok(page(call, MESSAGES_PER_PAGE, found).stream()
                    .filter(entry -> !merge || once.add(entry.said().id))
                    .map(entry -> shown(call, session, entry))
                    .toList());
        }
    }

    private static Predicate<Entry> chosen(Call call, String chat, boolean merge) {
        int from = call.number("filter.timestamp.gte", 0);
        int to = call.number("filter.timestamp.lte", Integer.MAX_VALUE);
        var fromMe = call.asked("filter.fromMe").map(Boolean::parseBoolean);
        var ack = call.asked("filter.ack");
        var chatId = Call.chatId(chat);
        return entry -> {
            var said = entry.said();
            long seconds = said.at.getEpochSecond();
            return (chat.equals("all") || entry.chat().equals(chatId) || merge && said.joinedChats().contains(chatId))
                    && seconds >= from && seconds <= to
                    && fromMe.map(wanted -> wanted == said.fromMe).orElse(true)
                    && ack.map(wanted -> wanted.equals(said.ack.name())).orElse(true);
        };
    }

    /** A message of the history; its file is fetched (again) unless that is refused. */
    private Map<String, Object> shown(Call call, SimulatedSession session, Entry entry) {
        var message = session.payloads().message(entry.said(), entry.chat());
        if (call.yes("downloadMedia", true)) {
            entry.said().fileFetchedAt = simulator.options().clock().instant();
        } else {
            message.put("media", null);
            message.remove("mediaUrl");
        }
        return message;
    }

    private Answer file(Call call) {
        var name = call.names.get("name");
        var kind = Arrays.stream(Content.Kind.values()).filter(k -> name.endsWith("." + k.extension)).findFirst();
        var messageId = name.contains(".") ? Said.bareId(name.substring(0, name.lastIndexOf('.'))) : "";
        var said = simulator.session(call.names.get("s")).flatMap(session -> session.lookUp(messageId));
        synchronized (simulator.world()) {
            var oldest = simulator.options().clock().instant().minus(FILES_LIVE);
            if (kind.isEmpty() || said.isEmpty() || said.get().fileFetchedAt.isBefore(oldest)) {
                throw WahaRefusal.noSuchFile(name);
            }
        }
        return new Answer(200, kind.get().mimeType, said.get().content instanceof Content.Media media
                ? media.bytes(messageId) : MediaFiles.bytes(kind.get(), messageId));
    }

    private static <T> List<T> page(Call call, int standard, List<T> all) {
        return all.stream().skip(call.number("offset", 0)).limit(call.number("limit", standard)).toList();
    }

    private Map<String, Object> version() {
        return Payloads.json("version", simulator.options().version(), "engine", simulator.options().engine().name(),
                "tier", "PLUS", "browser", null);
    }

    // HTTP

    private void on(String method, String path, Handler handler) {
        routes.add(new Route(method, path.substring(1).split("/"), handler));
    }

    private Answer ok(Object body) {
        return new Answer(200, "application/json; charset=utf-8", simulator.write(body));
    }

    private Answer created(Object body) {
        return new Answer(201, "application/json; charset=utf-8", simulator.write(body));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var raw = exchange.getRequestBody().readAllBytes();
            var path = exchange.getRequestURI().getPath();
            var query = query(exchange.getRequestURI().getRawQuery());
            Answer answer;
            try {
                answer = respond(exchange, raw, query);
            } catch (WahaRefusal refusal) {
                var told = refusal.status == 500 ? atRequest(refusal, exchange, raw, query) : refusal;
                answer = new Answer(
                        told.status, "application/json; charset=utf-8", simulator.write(told.body()));
            } catch (RuntimeException fault) {
                if (fault instanceof Unanswered unanswered) {
                    if (!unanswered.breaksAtOnce) closing.await(LONGEST_SILENCE.toMillis(), TimeUnit.MILLISECONDS);
                    return;
                }
                LOG.log(System.Logger.Level.WARNING, "the simulator failed at " + path, fault);
                var told = atRequest(WahaRefusal.exception(String.valueOf(fault.getMessage())), exchange, raw, query);
                answer = new Answer(
                        told.status, "application/json; charset=utf-8", simulator.write(told.body()));
            }
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            exchange.sendResponseHeaders(answer.status(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private Answer respond(HttpExchange exchange, byte[] raw, Map<String, List<String>> query)
            throws InterruptedException {
        var method = exchange.getRequestMethod();
        var rawPath = exchange.getRequestURI().getRawPath();
        var key = Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Api-Key"))
                .or(() -> Optional.ofNullable(query.get("x-api-key")).map(List::getFirst));
        if (!rawPath.equals("/ping") && !key.equals(Optional.of(simulator.options().apiKey()))) {
            throw WahaRefusal.unauthorized();
        }
        var segments = Arrays.stream(rawPath.substring(1).split("/"))
                .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toArray(String[]::new);
        for (var route : routes) {
            var names = route.match(method, segments);
            if (names.isPresent()) {
                var accept = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Accept")).orElse("");
                return route.handler().handle(
                        new Call(method, rawPath, names.get(), query, body(raw), accept));
            }
        }
        throw WahaRefusal.notFound("Cannot " + method + " " + rawPath);
    }

    private JsonNode body(byte[] raw) {
        if (raw.length == 0) return json.createObjectNode();
        try {
            var body = json.readTree(raw);
            if (body.isObject()) return body;
        } catch (JacksonException noJson) {
            throw WahaRefusal.badRequest("Unexpected token in JSON: " + noJson.getOriginalMessage());
        }
        throw WahaRefusal.badRequest("The body must be a JSON object");
    }

    private WahaRefusal atRequest(
            WahaRefusal refusal, HttpExchange exchange, byte[] raw, Map<String, List<String>> query) {
        JsonNode body;
        try {
            body = body(raw);
        } catch (WahaRefusal unreadable) {
            body = json.createObjectNode();
        }
        return refusal.within(
                Payloads.json("statusCode", 500, "timestamp", simulator.options().clock().instant().toString()),
                Payloads.json("request", Payloads.json("path", exchange.getRequestURI().getPath(),
                                "method", exchange.getRequestMethod(), "body", body, "query", query),
                        "version", version()));
    }

    private static Map<String, List<String>> query(String raw) {
        var query = new LinkedHashMap<String, List<String>>();
        if (raw == null) return query;
        for (var pair : raw.split("&")) {
            var parts = pair.split("=", 2);
            query.computeIfAbsent(URLDecoder.decode(parts[0], StandardCharsets.UTF_8), _ -> new ArrayList<>())
                    .add(parts.length > 1 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "");
        }
        return query;
    }
}
