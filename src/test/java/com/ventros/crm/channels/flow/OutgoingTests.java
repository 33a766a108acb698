package com.ventros.crm.channels.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.channels.PresenceChanged;
import com.ventros.crm.channels.TestChannels;
import com.ventros.crm.channels.waha.Samples;
import com.ventros.crm.channels.waha.simulator.Customer;
import com.ventros.crm.channels.waha.simulator.Engine;
import com.ventros.crm.channels.waha.simulator.Ledger;
import com.ventros.crm.channels.waha.simulator.Misbehaviour;
import com.ventros.crm.channels.waha.simulator.Misbehaviour.Fault;
import com.ventros.crm.channels.waha.simulator.Options;
import com.ventros.crm.channels.waha.simulator.SimulatedSession;
import com.ventros.crm.channels.waha.simulator.WahaSimulator;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.conversations.Incoming.PresenceState;
import com.ventros.crm.conversations.Labels;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Principal;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** What people send and do to messages, from the API to the customer's phone and back. */
@DatabaseTest
class OutgoingTests {

    private static final Duration SOON = Duration.ofSeconds(40);
    private static final List<String> ARRIVED = List.of("sent", "delivered", "read", "played");
    private static final Map<String, Object> SHOP = Map.of("latitude", -23.561414, "longitude", -46.655881, "name", "Loja Centro");
    private static final Map<String, Object> SIZES = Map.of("question", "Qual tamanho?", "options", List.of("P", "M", "G"));

    @Autowired
    JdbcClient db;

    @Autowired
    @Qualifier("system")
    JdbcClient system;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    ConfigurableApplicationContext context;

    @Autowired
    MeterRegistry meters;

    @LocalServerPort
    int port;

    private final WahaSimulator waha = WahaSimulator.start(Options.forTests());
    private TestTenant tenant;
    private Api api;
    private SimulatedSession session;
    private Customer ana;
    private String chat;

    @BeforeEach
    void signIn() {
        tenant = TestTenant.create(db, transaction);
        api = Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant()));
    }

    @AfterEach
    void stop() {
        waha.close();
    }

    // What is read

    @Test
    void theCustomerIsShownWhatWasReadUnlessTheChannelKeepsItToItself() {
        connect(Engine.GOWS);
        var chatPath = "/api/v1/chats/" + chat;
        await().atMost(SOON).until(() -> api.get("/api/v1/channels/" + channel()).json().path("status").asString().equals("connected"));
        api.post(chatPath + "/read?upTo=" + newest().path("id").asString(), Map.of());
        await().atMost(SOON).until(() -> seen().equals(written()));

        inANewSecond(() -> ana.writes("Tudo bem?"));
        written(Map.of("text", "Tudo, e você?"));
        await().atMost(SOON).until(() -> seen().size() == 2);
        assertThat(seen()).as("each once, by reading or by answering").isEqualTo(written());

        var channel = "/api/v1/channels/" + channel();
        var etag = api.get(channel).header("ETag").orElseThrow();
        assertThat(api.with("If-Match", etag).patch(channel, Map.of("readReceipts", false)).status()).isEqualTo(200);
        inANewSecond(() -> ana.writes("Bem também"));
        api.post(chatPath + "/read", Map.of());
        await().atMost(SOON).until(() -> inTenant(() -> db.sql("""
                select count(*) from processed_events where consumer_name = 'read-receipts'
                """).query(Long.class).single()) == 3);
        assertThat(seen()).isEqualTo(written().subList(0, 2));
    }

    @Test
    void whatCannotBeShownAsReadNowIsShownInAWhile() {
        connect(Engine.GOWS);
        awaitConnected();
        waha.misbehave(Misbehaviour.none(1).with(Fault.SERVER_ERROR, 1));
        var failed = counted("crm.waha.manners", "what", "seen", "outcome", "failed");
        api.post("/api/v1/chats/" + chat + "/read", Map.of());
        await().atMost(SOON).until(() -> counted("crm.waha.manners", "what", "seen", "outcome", "failed") >= failed + 2);
        assertThat(seen()).isEmpty();
        waha.misbehave(Misbehaviour.none(1));
        await().atMost(SOON).until(() -> seen().equals(written()));

        inANewSecond(() -> ana.writes("Alguém aí?"));
        session.fail();
        await().atMost(SOON).until(() -> !api.get("/api/v1/channels/" + channel()).json().path("status").asString().equals("connected"));
        api.post("/api/v1/chats/" + chat + "/read", Map.of());
        await().atMost(SOON).until(() -> marks() == 1);
        session.recover();
        await().atMost(SOON).until(() -> seen().equals(written()) && marks() == 0);
    }

    /** Longer than the ladder of delays: what is read meanwhile is shown together with it. */
    @Test
    void whatIsReadWhileTheServerIsAwayIsShownWhenItIsBack() {
        connect(Engine.GOWS);
        awaitConnected();
        waha.misbehave(Misbehaviour.none(1).with(Fault.RESET_BEFORE_SENDING, 1));
        var first = read();
        await().atMost(SOON).until(() -> isDone(first) && marks() == 1);
        await().atMost(SOON).until(() -> inTenant(() -> db.sql("select max(attempts) from read_mark").query(Integer.class).single()) >= 2);
        inANewSecond(() -> ana.writes("Alguém aí?"));
        var second = read();
        await().atMost(SOON).until(() -> isDone(second));
        assertThat(marks()).as("one for the chat").isEqualTo(1);
        assertThat(seen()).isEmpty();

        waha.misbehave(Misbehaviour.none(1));
        inTenant(() -> db.sql("update read_mark set not_before = now()").update());
        await().atMost(SOON).until(() -> marks() == 0);
        assertThat(String.join(" ", seen()).split(" ")).containsExactlyInAnyOrderElementsOf(written());
    }

    @Test
    void whatCannotBeShownAsReadForAnHourIsGivenUpAndTroublesNobody() {
        connect(Engine.GOWS);
        awaitConnected();
        waha.misbehave(Misbehaviour.none(1).with(Fault.SERVER_ERROR, 1));
        var tried = read();
        await().atMost(SOON).until(() -> isDone(tried) && marks() == 1);
        var givenUp = counted("crm.waha.manners", "what", "seen", "outcome", "given_up");
        inTenant(() -> db.sql("update read_mark set give_up_at = now(), not_before = now()").update());
        await().atMost(SOON).until(() -> marks() == 0);
        assertThat(counted("crm.waha.manners", "what", "seen", "outcome", "given_up")).isGreaterThan(givenUp);

        waha.misbehave(Misbehaviour.none(1).with(Fault.KEY_REFUSED, 1));
        inANewSecond(() -> ana.writes("Alguém aí?"));
        var refused = read();
        await("a key that is refused is not tried again").atMost(SOON).until(() -> isDone(refused));
        assertThat(marks()).isZero();
        assertThat(api.get("/api/v1/operations/failures").json().path("items")).isEmpty();
        assertThat(seen()).isEmpty();
    }

    /** Chats of which something waits to be shown as read. */
    private long marks() {
        return inTenant(() -> db.sql("select count(*) from read_mark").query(Long.class).single());
    }

    /** The event that tells it. */
    private UUID read() {
        api.post("/api/v1/chats/" + chat + "/read", Map.of());
        return inTenant(() -> db.sql("select id from domain_event_logs where type = 'chat.read' order by position desc limit 1")
                .query(UUID.class).single());
    }

    private boolean isDone(UUID event) {
        return inTenant(() -> db.sql("select exists (select from processed_events where consumer_name = 'read-receipts' and event_id = :event)")
                .param("event", event).query(Boolean.class).single());
    }

    private double counted(String name, String... tags) {
        return meters.counter(name, tags).count();
    }

    /** What comes in the second in which a chat was read is read: messages tell no more of their time. */
    private void inANewSecond(Runnable writing) {
        var second = Instant.now().getEpochSecond();
        await().atMost(SOON).until(() -> Instant.now().getEpochSecond() > second);
        writing.run();
        await().atMost(SOON).until(() -> api.get("/api/v1/chats/" + chat).json().path("unreadCount").asInt() == 1);
    }

    private List<String> written() {
        return waha.ledger().writtenIds("vendas");
    }

    private List<String> seen() {
        return waha.ledger().acts().stream().filter(act -> act.kind().equals("seen")).map(Ledger.Act::detail).toList();
    }

    // Labels

    @ParameterizedTest
    @EnumSource(value = Engine.class, names = {"GOWS", "WEBJS"})
    void labelsAreSetOnThePhoneAndShown(Engine engine) {
        var before = waha.session("vendas", engine).pair();
        before.putLabels("5511998000101@c.us", List.of(before.label("De antes", 4)));
        connect(engine);
        awaitConnected();
        await().atMost(SOON).until(() -> shownLabels().equals("De antes"));
        inTenant(() -> db.sql("delete from channel_label").update());
        var novo = labelled("Novo cliente");
        var pago = labelled("Pago");

        assertThat(labels(novo)).isEqualTo("200 Novo cliente");
        assertThat(session.labelsOf(ana)).as("what nobody sees here stays").containsExactlyInAnyOrder("De antes", "Novo cliente");
        assertThat(labels(novo, pago)).isEqualTo("200 Novo cliente, Pago");
        assertThat(labels(pago)).isEqualTo("200 Pago");
        assertThat(session.labelsOf(ana)).containsExactlyInAnyOrder("De antes", "Pago");
        assertThat(labels()).isEqualTo("200 ");
        assertThat(session.labelsOf(ana)).containsExactly("De antes");
        assertThat(inTenant(() -> db.sql("""
                select type from domain_event_logs where type like 'chat.label%' and data ->> 'labelId' = any(:set) order by position
                """).param("set", new String[] {novo, pago}).query(String.class).list())).as("each once, though WAHA tells them as well").containsExactly("chat.label_added",
                "chat.label_added", "chat.label_removed", "chat.label_removed");

        if (engine == Engine.WEBJS) return;
        session.putLabels(ana.address(), List.of("1", "2"));
        await().atMost(SOON).until(() -> shownLabels().equals("Novo cliente"));
    }

    @ParameterizedTest
    @EnumSource(value = Engine.class, names = {"GOWS", "WEBJS"})
    void labelsOfBeforeOrOfAnAbsenceAreLearntWhenTheChannelConnects(Engine engine) {
        var phone = waha.session("vendas", engine).pair();
        var lead = phone.label("Lead", 1);
        var old = phone.label("Velho", 0);
        phone.putLabels("5511998000101@c.us", List.of(lead));
        connect(engine, "session.status", "message.any");
        await().atMost(SOON).until(() -> shownLabels().equals("Lead") && ofChannel().equals("Lead #64c4ff, Velho #ff9485"));

        var since = inTenant(() -> db.sql("select max(position) from domain_event_logs").query(Long.class).single());
        session.fail();
        await().atMost(SOON).until(() -> !api.get("/api/v1/channels/" + channel()).json().path("status").asString().equals("connected"));
        session.changeLabel(lead, "Cliente", 2);
        session.deleteLabel(old);
        session.putLabels(ana.address(), List.of(session.label("Novo", 3)));
        waha.misbehave(Misbehaviour.none(1).with(Fault.SERVER_ERROR, 1));
        var again = counted("crm.events.consumed", "consumer", "channel-catch-up", "outcome", "retried");
        session.recover();
        await().atMost(SOON).until(() -> counted("crm.events.consumed", "consumer", "channel-catch-up", "outcome", "retried") > again);
        waha.misbehave(Misbehaviour.none(1));

        await().atMost(SOON).until(() -> shownLabels().equals("Novo") && ofChannel().equals("Cliente #ffd429, Novo #dfaef0"));
        assertThat(inTenant(() -> db.sql("""
                select type || coalesce(' ' || (data ->> 'name'), '') from domain_event_logs
                 where position > :since and (type like 'label.%' or type like 'chat.label%') order by 1
                """).param("since", since).query(String.class).list())).containsExactly(
                "chat.label_added", "chat.label_removed", "label.changed Cliente", "label.changed Novo", "label.deleted Velho");

        var asked = caughtUp();
        session.fail();
        await().atMost(SOON).until(() -> !api.get("/api/v1/channels/" + channel()).json().path("status").asString().equals("connected"));
        session.deleteLabel(lead);
        session.deleteLabel("3");
        session.recover();
        await().atMost(SOON).until(() -> caughtUp() > asked);
        assertThat(ofChannel()).as("an engine that knows none yet takes none away").isEqualTo("Cliente #ffd429, Novo #dfaef0");
    }

    private long caughtUp() {
        return inTenant(() -> db.sql("select count(*) from processed_events where consumer_name = 'channel-catch-up'").query(Long.class).single());
    }

    private String ofChannel() {
        return api.get("/api/v1/labels").json().path("items").valueStream()
                .map(label -> label.path("name").asString() + " " + label.path("colour").asString()).collect(Collectors.joining(", "));
    }

    @Test
    void labelsThatCannotBeSetAreRefusedAndNotShown() {
        connect(Engine.GOWS);
        awaitConnected();
        var novo = labelled("Novo cliente");
        assertThat(labels(Uuids.v7().toString())).isEqualTo("422 label_unknown");
        assertThat(api.put("/api/v1/chats/" + chat + "/labels", Map.of()).status()).isEqualTo(422);
        var others = Api.anonymous(port).as(TestCallers.mayAll(TestTenant.create(db, transaction).tenant()));
        assertThat(others.put("/api/v1/chats/" + chat + "/labels", Map.of("labels", List.of())).status()).isEqualTo(404);
        var reader = Api.anonymous(port).as(TestCallers.token(tenant.tenant(), EnumSet.of(Permission.INBOX_READ)));
        assertThat(reader.put("/api/v1/chats/" + chat + "/labels", Map.of("labels", List.of())).status()).isEqualTo(403);

        waha.misbehave(Misbehaviour.none(1).with(Fault.SERVER_ERROR, 1));
        assertThat(labels(novo)).isEqualTo("409 waha_unclear");
        waha.misbehave(Misbehaviour.none(1).with(Fault.RATE_LIMIT, 1));
        assertThat(labels(novo)).isEqualTo("409 waha_too_fast");
        waha.misbehave(Misbehaviour.none(1));
        session.fail();
        await().atMost(SOON).until(() -> !api.get("/api/v1/channels/" + channel()).json().path("status").asString().equals("connected"));
        assertThat(labels(novo)).isEqualTo("409 channel_not_connected");
        assertThat(shownLabels()).isEmpty();
        assertThat(api.delete("/api/v1/channels/" + channel()).status()).isEqualTo(204);
        assertThat(labels(novo)).isEqualTo("409 channel_archived");
    }

    private void awaitConnected() {
        await().atMost(SOON).until(() -> api.get("/api/v1/channels/" + channel()).json().path("status").asString().equals("connected"));
    }

    /** A new label of the phone, which engines that tell nothing of labels are told of by hand. */
    private String labelled(String name) {
        var own = session.label(name, 0);
        if (session.engine() == Engine.WEBJS) {
            inTenant(() -> db.sql("insert into channel_label values (:tenant, :id, :channel::uuid, :name, null, false, now(), 1)")
                    .param("tenant", tenant.tenant().value()).param("id", Labels.id(new ChannelId(UUID.fromString(channel())), own))
                    .param("channel", channel()).param("name", name).update());
        }
        return await().atMost(SOON).until(() -> api.get("/api/v1/labels").json().path("items").valueStream()
                .filter(label -> label.path("name").asString().equals(name)).map(label -> label.path("id").asString()).findFirst(), Optional::isPresent).get();
    }

    /** Sets them; how that was answered, and what the chat has then. */
    private String labels(String... ids) {
        var answer = api.put("/api/v1/chats/" + chat + "/labels", Map.of("labels", List.of(ids)));
        if (answer.status() == 422) return "422 " + answer.json().path("errors").get(0).path("code").asString();
        return answer.status() + " " + (answer.status() == 200 ? names(answer.json()) : answer.json().path("code").asString());
    }

    private String shownLabels() {
        return names(api.get("/api/v1/chats/" + chat).json());
    }

    private static String names(JsonNode chat) {
        return chat.path("labels").valueStream().map(label -> label.path("name").asString()).collect(Collectors.joining(", "));
    }

    /** WhatsApp tells nothing of a chat that nobody asked to be told of. */
    @Test
    void whoeverOpensAChatSeesTheCustomerType() {
        var seen = new CopyOnWriteArrayList<PresenceChanged>();
        ApplicationListener<PayloadApplicationEvent<PresenceChanged>> listener = event -> {
            if (event.getPayload().tenant().equals(tenant.tenant())) seen.add(event.getPayload());
        };
        connect(Engine.GOWS);
        await().atMost(SOON).until(() -> api.get("/api/v1/channels/" + channel()).json().path("status").asString().equals("connected"));
        context.addApplicationListener(listener);
        try {
            ana.isTyping();
            assertThat(items()).hasSize(1);
            await().atMost(SOON).until(() -> {
                ana.isTyping();
                return !seen.isEmpty();
            });
        } finally {
            context.removeApplicationListener(listener);
        }
        assertThat(seen.getFirst().state()).isEqualTo(PresenceState.TYPING);
    }

    @Test
    void theCustomerIsShownThatSomebodyWritesAsLongAsItGoesOn() {
        connect(Engine.GOWS);
        await().atMost(SOON).until(() -> api.get("/api/v1/channels/" + channel()).json().path("status").asString().equals("connected"));

        for (int key = 0; key < 5; key++) typing(true);
        await().atMost(SOON).until(() -> shownTyping().equals(List.of("typing")));
        typing(false);
        await().atMost(SOON).until(() -> shownTyping().equals(List.of("typing", "stopped typing")));

        typing(true);
        await().atMost(SOON).until(() -> shownTyping().size() == 3);
        await().atMost(SOON).until(() -> shownTyping().size() == 4);
        assertThat(shownTyping()).as("whose screen is closed writes no more")
                .containsExactly("typing", "stopped typing", "typing", "stopped typing");
    }

    @Test
    void whoeverWritesDoesNotWaitForAServerThatDoesNotAnswer() {
        connect(Engine.GOWS);
        await().atMost(SOON).until(() -> api.get("/api/v1/channels/" + channel()).json().path("status").asString().equals("connected"));
        waha.misbehave(Misbehaviour.none(1).with(Fault.NO_ANSWER, 1));
        var before = Instant.now();
        for (int key = 0; key < 40; key++) typing(key % 2 == 0);
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(4));
        assertThat(meters.find("crm.waha.manners").tag("what", "typing").tag("outcome", "skipped").counters())
                .as("nor does anybody else").isEmpty();
        await().atMost(SOON).until(() -> !shownTyping().isEmpty());
    }

    @Test
    void onlyWhoeverMaySendIsShownAsWritingAndOnlyInTheirOwnChats() {
        connect(Engine.GOWS);
        var path = "/api/v1/chats/" + chat + "/typing";
        var reader = Api.anonymous(port).as(TestCallers.token(tenant.tenant(), EnumSet.of(Permission.INBOX_READ)));
        assertThat(reader.post(path, Map.of("typing", true)).status()).isEqualTo(403);
        var stranger = Api.anonymous(port).as(TestCallers.mayAll(TestTenant.create(db, transaction).tenant()));
        assertThat(stranger.post(path, Map.of("typing", true)).status()).isEqualTo(404);
        assertThat(api.post(path, Map.of()).status()).isEqualTo(422);
        assertThat(shownTyping()).isEmpty();
    }

    private void typing(boolean typing) {
        assertThat(api.post("/api/v1/chats/" + chat + "/typing", Map.of("typing", typing)).status()).isEqualTo(204);
    }

    private List<String> shownTyping() {
        return waha.ledger().acts().stream().map(Ledger.Act::kind).filter(kind -> kind.endsWith("typing")).toList();
    }

    // What is said

    @ParameterizedTest
    @EnumSource(Engine.class)
    void everyKindOfMessageGoesOutOnceAndIsShownAsItWasWritten(Engine engine) {
        connect(engine);
        var theirs = newest().path("id").asString();

        var reply = written(Map.of("text", "Temos sim", "replyToMessageId", theirs));
        var place = written(Map.of("location", SHOP, "replyToMessageId", theirs));
        var cards = written(Map.of("contacts", List.of(
                Map.of("name", "Souza; Filhos, Ltda", "phone", "+55 11 99800-0199", "organization", "Oficina"),
                Map.of("name", "Bia", "phone", "+5511998000198"))));
        var poll = written(Map.of("poll", SIZES));

        for (var id : List.of(reply, place, cards, poll)) awaitArrived(id);
        assertThat(waha.ledger().sent()).extracting(Ledger.Sent::text).containsExactly("Temos sim", "-23.561414,-46.655881",
                waha.ledger().sent().get(2).text(), "Qual tamanho?");
        assertThat(items()).as("an echo is no second message").hasSize(5);
        assertThat(shown(reply).path("replyTo").path("id").asString()).isEqualTo(theirs);
        assertThat(shown(place).path("type").asString()).isEqualTo("location");
        assertThat(shown(place).path("location").path("name").asString()).isEqualTo("Loja Centro");
        assertThat(shown(cards).path("cards")).hasSize(2);
        assertThat(shown(cards).path("cards").get(0).path("vcard").asString())
                .contains("FN:Souza\\; Filhos\\, Ltda", "waid=5511998000199:+5511998000199", "ORG:Oficina");

        ana.votesIn(waha.ledger().sent().getLast().id(), "M");
        await().atMost(SOON).until(() -> shown(poll).path("poll").path("options").get(1).path("votes").asInt() == 1);
    }

    /** WEBJS tells no id before it sends: its echo or its history shows the message by what it says. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void aMessageWhoseAnswerIsLostIsRecognisedByItsEchoAndNotSentAgain(Engine engine) {
        connect(engine);
        waha.misbehave(Misbehaviour.none(1).with(Fault.RESET_AFTER_SENDING, 1));

        var place = written(Map.of("location", SHOP));
        var poll = written(Map.of("poll", SIZES));

        awaitArrived(place);
        awaitArrived(poll);
        assertThat(waha.ledger().sent()).hasSize(2);
        assertThat(items()).hasSize(3);
    }

    @Test
    void aMessageWhoseEchoNeverComesIsFoundInTheHistory() {
        connect(Engine.WEBJS, "message", "session.status");
        waha.misbehave(Misbehaviour.none(1).with(Fault.NO_ANSWER, 1));

        var poll = written(Map.of("poll", SIZES));
        await().atMost(SOON).until(() -> ARRIVED.contains(status(poll)));
        assertThat(waha.ledger().sent()).hasSize(1);
    }

    @Test
    void whatWahaRefusesForGoodIsToldWithItsReason() {
        connect(Engine.GOWS);
        var id = posted(Map.of("channelId", newest().path("chatId").asString(), "to", "+5511998000777", "poll", SIZES));
        assertThat(id.status()).as(id.toString()).isEqualTo(404);

        var nobody = api.post("/api/v1/messages", Map.of("channelId", channel(), "to", "+5511998000777", "poll", SIZES));
        await().atMost(SOON).until(() -> status(nobody.json().path("id").asString()).equals("failed"));
        assertThat(shown(nobody.json().path("id").asString()).path("failure").path("code").asString()).isEqualTo("not_on_whatsapp");
        assertThat(waha.ledger().sent()).isEmpty();
    }

    // What is done to messages

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aReactionAnEditAndADeletionReachTheCustomerAndAreShownOnce(Engine engine) {
        connect(engine);
        var theirs = newest().path("id").asString();
        var ours = written(Map.of("text", "Bom dia"));
        awaitArrived(ours);

        var asked = posted(Map.of("reaction", Map.of("messageId", theirs, "emoji", "👍")));
        assertThat(asked.status()).as(asked.toString()).isEqualTo(202);
        assertThat(asked.json().path("actions").get(0).path("type").asString()).isEqualTo("reaction");
        assertThat(asked.json().path("reactions")).as("not before it is done").isEmpty();
        asked(Map.of("edit", Map.of("messageId", ours, "text", "Boa tarde")));

        await().atMost(SOON).until(() -> shown(ours).path("text").asString(), "Boa tarde"::equals);
        await().atMost(SOON).until(() -> shown(theirs).path("reactions").size(), Integer.valueOf(1)::equals);
        assertThat(shown(theirs).path("reactions").get(0).path("mine").asBoolean()).isTrue();
        asked(Map.of("reaction", Map.of("messageId", theirs, "emoji", "")));
        asked(Map.of("revoke", Map.of("messageId", ours)));
        await().atMost(SOON).until(() -> !shown(ours).path("revokedAt").isNull() && shown(theirs).path("reactions").isEmpty());

        await().atMost(SOON).until(() -> shown(ours).path("actions").isEmpty() && shown(theirs).path("actions").isEmpty());
        assertThat(acts()).containsExactly("reaction 👍", "edit Boa tarde", "reaction ", "delete ");
        await().atMost(SOON).until(() -> events("message.reacted") == 2 && events("message.edited") == 1
                && events("message.revoked") == 1 && events("message.action_requested") == 4);
    }

    @Test
    void anActWhoseOutcomeIsNotKnownIsDoneAgainUntilItIs() {
        connect(Engine.GOWS, "message", "message.any", "message.ack", "session.status");
        var theirs = newest().path("id").asString();
        waha.misbehave(Misbehaviour.none(1).with(Fault.RESET_AFTER_SENDING, 1));

        asked(Map.of("reaction", Map.of("messageId", theirs, "emoji", "❤️")));
        await().atMost(SOON).until(() -> acts().size() == 1 && action(theirs).equals("queued"));
        waha.misbehave(Misbehaviour.none(1));
        hurry();

        await().atMost(SOON).until(() -> shown(theirs).path("reactions").size() == 1);
        assertThat(acts()).containsExactly("reaction ❤️", "reaction ❤️");
        await().atMost(SOON).until(() -> events("message.reacted") == 1);
    }

    @Test
    void anEchoSettlesAnActThatNobodyAnswered() {
        connect(Engine.GOWS);
        var ours = written(Map.of("text", "Bom dia"));
        awaitArrived(ours);
        waha.misbehave(Misbehaviour.none(1).with(Fault.RESET_AFTER_SENDING, 1));

        asked(Map.of("edit", Map.of("messageId", ours, "text", "Boa tarde")));

        await().atMost(SOON).until(() -> shown(ours).path("text").asString().equals("Boa tarde")
                && shown(ours).path("actions").isEmpty());
        assertThat(acts()).containsExactly("edit Boa tarde");
    }

    @Test
    void anActThatIsNeverAnsweredEndsAsUnknownAndHoldsUpNoMessage() {
        connect(Engine.GOWS, "message", "message.any", "message.ack", "session.status");
        var theirs = newest().path("id").asString();
        waha.misbehave(Misbehaviour.none(1).with(Fault.SERVER_ERROR, 1));
        asked(Map.of("reaction", Map.of("messageId", theirs, "emoji", "🎉")));
        await().atMost(SOON).until(() -> attempts() == 1 && action(theirs).equals("queued"));

        waha.misbehave(Misbehaviour.none(1));
        awaitArrived(written(Map.of("text", "Enquanto isso")));
        waha.misbehave(Misbehaviour.none(1).with(Fault.SERVER_ERROR, 1));
        for (int tries = 2; tries <= 5; tries++) {
            int expected = tries;
            hurry();
            await().atMost(SOON).until(() -> attempts() == expected && !action(theirs).equals("sending"));
        }

        assertThat(action(theirs)).isEqualTo("unknown");
        assertThat(shown(theirs).path("actions").get(0).path("failure").path("code").asString()).isEqualTo("outcome_unknown");
        assertThat(acts()).isEmpty();
    }

    // What is refused

    @Test
    void whatCannotBeSentIsRefusedWithTheFieldThatIsWrong() {
        connect(Engine.GOWS);
        var theirs = newest().path("id").asString();
        assertThat(wrong(Map.of())).isEqualTo("text ambiguous");
        assertThat(wrong(Map.of("text", "Oi", "location", SHOP))).isEqualTo("text ambiguous");
        assertThat(wrong(Map.of("text", " "))).isEqualTo("text length");
        assertThat(wrong(Map.of("location", Map.of("latitude", 91, "longitude", 0)))).isEqualTo("location.latitude range");
        assertThat(wrong(Map.of("location", Map.of("latitude", 9)))).isEqualTo("location.longitude required");
        assertThat(wrong(Map.of("contacts", List.of()))).isEqualTo("contacts length");
        assertThat(wrong(Map.of("contacts", List.of(Map.of("name", "Ana\nTEL:1", "phone", "+5511998000101")))))
                .isEqualTo("contacts[0].name control_character");
        assertThat(wrong(Map.of("contacts", List.of(Map.of("name", "Ana", "phone", "11 99800-0101")))))
                .isEqualTo("contacts[0].phone not_a_number");
        assertThat(wrong(Map.of("poll", Map.of("question", "?", "options", List.of("Sim"))))).isEqualTo("poll.options length");
        assertThat(wrong(Map.of("poll", Map.of("question", "?", "options", List.of("Sim", " Sim "))))).isEqualTo("poll.options repeated");
        assertThat(wrong(Map.of("poll", SIZES, "replyToMessageId", theirs))).isEqualTo("replyToMessageId not_supported");
        assertThat(wrong(Map.of("reaction", Map.of("messageId", theirs, "emoji", "👍")))).isEqualTo("chatId ambiguous");
        assertThat(posted(Map.of("location", Map.of("latitude", "9", "longitude", 0))).code()).isEqualTo("field_type");
        assertThat(posted(Map.of("poll", Map.of("question", "?", "options", List.of("a", "b"), "secret", 1))).code()).isEqualTo("field_unknown");
    }

    @Test
    void whatCannotBeDoneToAMessageIsRefused() {
        connect(Engine.GOWS);
        var theirs = newest().path("id").asString();
        var ours = written(Map.of("text", "Bom dia"));
        awaitArrived(ours);
        for (var emoji : List.of("ok", "👍👍", "1", "a")) {
            assertThat(posted(Map.of("reaction", Map.of("messageId", theirs, "emoji", emoji))).status()).as(emoji).isEqualTo(422);
        }
        assertThat(posted(Map.of("edit", Map.of("messageId", theirs, "text", "Não"))).code()).isEqualTo("message_not_ours");
        assertThat(posted(Map.of("revoke", Map.of("messageId", theirs))).code()).isEqualTo("message_not_ours");
        assertThat(posted(Map.of("revoke", Map.of("messageId", chat))).code()).isEqualTo("message_not_found");
        var stranger = Api.anonymous(port).as(TestCallers.mayAll(TestTenant.create(db, transaction).tenant()));
        assertThat(stranger.post("/api/v1/messages", Map.of("revoke", Map.of("messageId", ours))).status()).isEqualTo(404);

        inTenant(() -> db.sql("update message set sent_at = sent_at - interval '16 min' where direction = 'INBOUND'").update());
        session.fail();
        var queued = written(Map.of("text", "Até já"));
        assertThat(posted(Map.of("edit", Map.of("messageId", queued, "text", "Até"))).code()).isEqualTo("message_not_sent");
        // As a sender has it that asks WAHA at this moment; nobody else takes it up.
        await().atMost(SOON).until(() -> inTenant(() -> db.sql("""
                with claimed as (update send_intent set state = 'SENDING', claimed_at = now() where message_id = :id and state = 'QUEUED' returning 1)
                update message set status = 'SENDING' where id = :id and exists (select from claimed)
                """).param("id", UUID.fromString(queued)).update()) == 1);
        assertThat(posted(Map.of("revoke", Map.of("messageId", queued))).code()).isEqualTo("message_on_its_way");
    }

    @Test
    void whatStillWaitsIsTakenBackAndNeverSent() {
        connect(Engine.GOWS);
        session.fail();
        await().atMost(SOON).until(() -> !api.get("/api/v1/channels/" + channel()).json().path("status").asString().equals("connected"));
        var queued = written(Map.of("text", "Não mande"));
        var colleague = Api.anonymous(port).as(TestCallers.token(tenant.tenant(), EnumSet.of(Permission.INBOX_READ, Permission.MESSAGE_SEND)));
        assertThat(colleague.post("/api/v1/messages", Map.of("revoke", Map.of("messageId", queued))).code()).isEqualTo("not_the_author");
        var taken = takeBack(queued);
        assertThat(taken.status()).as(taken.toString()).isEqualTo(202);
        assertThat(taken.json().path("status").asString()).isEqualTo("failed");
        assertThat(taken.json().path("failure").path("code").asString()).isEqualTo("cancelled");
        assertThat(posted(Map.of("revoke", Map.of("messageId", queued))).code()).as("once").isEqualTo("message_not_sent");
        assertThat(inTenant(() -> db.sql("select state from send_intent").query(String.class).list())).containsExactly("FAILED");
    }

    // What failed

    @Test
    void whatFailedIsSentOnceMoreHoweverOftenItIsAskedFor() throws Exception {
        connect(Engine.GOWS);
        var theirs = newest().path("id").asString();
        var failed = takenBack(Map.of("text", "Temos sim", "replyToMessageId", theirs));
        var path = "/api/v1/messages/" + failed + "/send-again";
        assertThat(Api.anonymous(port).as(TestCallers.token(tenant.tenant(), EnumSet.of(Permission.INBOX_READ))).post(path, Map.of()).status())
                .isEqualTo(403);
        assertThat(Api.anonymous(port).as(TestCallers.mayAll(TestTenant.create(db, transaction).tenant())).post(path, Map.of()).status())
                .isEqualTo(404);
        session.recover();

        List<Api.Answer> answers;
        try (var people = Executors.newFixedThreadPool(8)) {
            answers = people.invokeAll(Collections.<Callable<Api.Answer>>nCopies(8, () -> api.post(path, Map.of()))).stream().map(Future::resultNow).toList();
        }
        assertThat(answers).extracting(Api.Answer::status).containsOnly(202);
        assertThat(answers).extracting(answer -> answer.json().path("id").asString()).containsOnly(answers.getFirst().json().path("id").asString());
        var again = answers.getFirst().json().path("id").asString();
        awaitArrived(again);
        assertThat(again).isNotEqualTo(failed);
        assertThat(shown(again).path("replyTo").path("id").asString()).isEqualTo(theirs);
        assertThat(shown(failed).path("status").asString()).isEqualTo("failed");
        assertThat(shown(failed).path("sentAgainAs").asString()).isEqualTo(again);
        assertThat(api.post(path, Map.of()).json().path("id").asString()).as("much later").isEqualTo(again);
        assertThat(api.post("/api/v1/messages/" + again + "/send-again", Map.of()).code()).isEqualTo("message_not_failed");
        assertThat(api.post("/api/v1/messages/" + theirs + "/send-again", Map.of()).code()).isEqualTo("message_not_failed");
        assertThat(waha.ledger().sent()).extracting(Ledger.Sent::text).containsExactly("Temos sim");
    }

    @Test
    void whatFailsAgainIsSentAgainInItsTurn() {
        connect(Engine.GOWS);
        var toNobody = Map.of("channelId", channel(), "to", "+5511998000777", "poll", SIZES);
        var first = posted(toNobody).json().path("id").asString();
        await().atMost(SOON).until(() -> status(first).equals("failed"));
        var second = api.post("/api/v1/messages/" + first + "/send-again", Map.of()).json().path("id").asString();
        await().atMost(SOON).until(() -> status(second).equals("failed"));
        session.customer("Bia", "5511998000777");
        var third = api.post("/api/v1/messages/" + second + "/send-again", Map.of()).json().path("id").asString();
        awaitArrived(third);
        assertThat(waha.ledger().sent()).extracting(Ledger.Sent::text).containsExactly("Qual tamanho?");
        assertThat(api.post("/api/v1/messages/" + first + "/send-again", Map.of()).json().path("id").asString()).isEqualTo(second);
    }

    /** A message that fails without ever having been sent. */
    private String takenBack(Map<String, Object> body) {
        session.fail();
        await().atMost(SOON).until(() -> !api.get("/api/v1/channels/" + channel()).json().path("status").asString().equals("connected"));
        var id = written(body);
        assertThat(takeBack(id).json().path("status").asString()).isEqualTo("failed");
        return id;
    }

    /** While the sender asks WAHA, which says that it is not connected, the message may be out for all that is known. */
    private Api.Answer takeBack(String message) {
        return await().atMost(SOON).until(() -> posted(Map.of("revoke", Map.of("messageId", message))),
                answer -> !"message_on_its_way".equals(answer.code()));
    }

    @Test
    void onlyTheAuthorAndWhoSupervisesChangeAMessage() {
        connect(Engine.GOWS);
        var agent = EnumSet.of(Permission.INBOX_READ, Permission.MESSAGE_SEND);
        var ze = Api.anonymous(port).as(TestCallers.token(tenant.tenant(), agent));
        var ota = Api.anonymous(port).as(TestCallers.token(tenant.tenant(), agent));
        var key = Api.anonymous(port).as(TestCallers.token(new Principal(tenant.tenant(), Principal.Kind.API_KEY, Uuids.v7(), "ERP", agent)));
        var id = ze.post("/api/v1/messages", inChat(Map.of("text", "Bom dia"))).json().path("id").asString();
        awaitArrived(id);
        for (var act : List.of("edit", "revoke")) {
            var body = act.equals("edit") ? Map.of("messageId", id, "text", "Boa noite") : Map.of("messageId", id);
            var refused = ota.post("/api/v1/messages", Map.of(act, body));
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.code()).isEqualTo("not_the_author");
        }
        assertThat(shown(id).path("actions")).isEmpty();
        assertThat(ota.post("/api/v1/messages", Map.of("reaction", Map.of("messageId", id, "emoji", "👍"))).status()).isEqualTo(202);
        for (var may : List.of(ze, key, api)) {
            assertThat(may.post("/api/v1/messages", Map.of("edit", Map.of("messageId", id, "text", "Boa tarde"))).status()).isEqualTo(202);
        }
        assertThat(ze.post("/api/v1/messages", Map.of("revoke", Map.of("messageId", id))).status()).isEqualTo(202);
    }

    private void connect(Engine engine, String... events) {
        var connected = TestChannels.of(tenant, port).connect(waha.url(), "vendas");
        session = waha.session("vendas", engine)
                .deliverTo("http://127.0.0.1:" + port + connected.webhookPath(), Samples.SECRET, events).pair();
        ana = session.customer("Ana Souza", "5511998000101");
        ana.writes("Oi");
        await().atMost(SOON).until(() -> api.get("/api/v1/chats").json().path("items").size() == 1);
        chat = api.get("/api/v1/chats").json().path("items").get(0).path("id").asString();
    }

    private String channel() {
        return inTenant(() -> db.sql("select id::text from channel").query(String.class).single());
    }

    private Api.Answer posted(Map<String, Object> body) {
        return api.post("/api/v1/messages", body);
    }

    private void asked(Map<String, Object> body) {
        var answer = posted(body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
    }

    private Map<String, Object> inChat(Map<String, Object> body) {
        var whole = new HashMap<String, Object>(body);
        whole.put("chatId", chat);
        return whole;
    }

    private String written(Map<String, Object> body) {
        var answer = posted(inChat(body));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        // The queue may have been faster than the answer.
        assertThat(answer.json().path("status").asString()).isIn("queued", "sending", "sent");
        return answer.json().path("id").asString();
    }

    private String wrong(Map<String, Object> body) {
        var answer = posted(inChat(body));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        var error = answer.json().path("errors").get(0);
        return error.path("field").asString() + " " + error.path("code").asString();
    }

    private JsonNode shown(String id) {
        return api.get("/api/v1/messages/" + id).json();
    }

    private JsonNode items() {
        return api.get("/api/v1/chats/" + chat + "/messages").json().path("items");
    }

    private JsonNode newest() {
        return items().get(0);
    }

    private String status(String id) {
        return shown(id).path("status").asString();
    }

    private void awaitArrived(String id) {
        await().atMost(SOON).until(() -> ARRIVED.contains(status(id)));
    }

    private String action(String id) {
        return shown(id).path("actions").path(0).path("status").asString("");
    }

    private List<String> acts() {
        return waha.ledger().acts().stream().filter(act -> List.of("reaction", "edit", "delete").contains(act.kind()))
                .map(act -> act.kind() + " " + act.detail()).toList();
    }

    private int attempts() {
        return inTenant(() -> db.sql("select attempts from send_intent where act <> 'SEND'").query(Integer.class).single());
    }

    private void hurry() {
        inTenant(() -> db.sql("update send_intent set not_before = now() where state = 'QUEUED'").update());
    }

    private int events(String type) {
        return inTenant(() -> db.sql("select count(*) from domain_event_logs where type = :type").param("type", type)
                .query(Integer.class).single());
    }

    private <T> T inTenant(Supplier<T> question) {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> question.get()));
    }
}
