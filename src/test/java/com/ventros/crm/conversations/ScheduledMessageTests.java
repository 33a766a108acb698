package com.ventros.crm.conversations;

import static com.ventros.crm.conversations.Facts.chat;
import static com.ventros.crm.conversations.Facts.phone;
import static com.ventros.crm.conversations.Facts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.conversations.ChannelProfiles.ChannelProfile;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Without the program's own look at the schedule: these tests say what time it is. */
@DatabaseTest
@TestPropertySource(properties = "crm.roles=web,relay")
class ScheduledMessageTests {

    private static final String PATH = "/api/v1/scheduled-messages";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    ReceiveMessages receiveMessages;

    @Autowired
    SendScheduled sendScheduled;

    @Autowired
    ChannelProfiles channelProfiles;

    private final ChannelId channel = ChannelId.create();
    private final ChatAddress customer = chat(phone("5511998000151"));
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private final Instant nine = now.plus(Duration.ofHours(2));
    private TestTenant tenant;
    private Api api;
    private String chat;

    @BeforeEach
    void aCustomerHasWritten() {
        tenant = TestTenant.create(db, transaction);
        api = Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant()));
        Tenancy.run(tenant.tenant(), () -> channelProfiles.save(new ChannelProfile(channel, tenant.project(), "Vendas", Optional.of(30))));
        receive("IN1", now.minusSeconds(60));
        chat = api.get("/api/v1/chats").json().path("items").get(0).path("id").asString();
    }

    @Test
    void aMessageWaitsForItsTimeAndIsThenInTheChatOnce() {
        var one = schedule("Bom dia!", Map.of());
        assertThat(sent()).isEmpty();
        sendScheduled.runOnce(nine.minusSeconds(1));
        assertThat(status(one)).isEqualTo("pending");
        sendScheduled.runOnce(nine);
        sendScheduled.runOnce(nine.plusSeconds(1));
        assertThat(sent()).containsExactly("Bom dia!");
        var shown = get(one);
        assertThat(shown.path("status").asString()).isEqualTo("sent");
        var message = api.get("/api/v1/messages/" + shown.path("messageId").asString()).json();
        assertThat(message.path("status").asString()).isEqualTo("queued");
        assertThat(message.path("author").path("name").asString()).isEqualTo("Ana Teste");
        assertThat(events(one)).containsExactly("scheduled_message.created", "scheduled_message.sent");
    }

    @Test
    void ofManyNodesThatLookTogetherOneSendsEach() throws Exception {
        for (var n = 0; n < 20; n++) schedule("n" + n, Map.of());
        together(8, () -> sendScheduled.runOnce(nine));
        assertThat(sent()).hasSize(20).doesNotHaveDuplicates();
        assertThat(count("select count(*) from send_intent where act = 'SEND'")).isEqualTo(20);
    }

    /** Whatever is asked at the same time: each message is sent once, or not at all and says so. */
    @Test
    void changesCancellationsAndSendingMeetInAnyOrder() throws Exception {
        var random = new Random(20261126);
        var all = new ArrayList<JsonNode>();
        for (var n = 0; n < 12; n++) all.add(schedule("m" + n, Map.of()));
        var work = new ArrayList<Callable<Object>>();
        for (var one : all) {
            if (random.nextBoolean()) work.add(() -> api.post(path(one) + "/cancel", Map.of()).status());
            if (random.nextBoolean()) work.add(() -> api.with("If-Match", "\"1\"").patch(path(one), Map.of("sendAt", now.plus(Duration.ofDays(9)).toString())).status());
            work.add(() -> sendScheduled.runOnce(nine));
        }
        java.util.Collections.shuffle(work, random);
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var done : threads.invokeAll(work)) assertThat(done.get()).isNotEqualTo(500);
        }
        sendScheduled.runOnce(nine);
        var bySchedule = all.stream().filter(one -> status(one).equals("sent")).map(one -> one.path("text").asString()).toList();
        assertThat(sent()).containsExactlyInAnyOrderElementsOf(bySchedule);
        assertThat(all).allSatisfy(one -> {
            if (status(one).equals("pending")) assertThat(get(one).path("sendAt").asString()).startsWith(now.plus(Duration.ofDays(9)).toString().substring(0, 10));
        });
    }

    @Test
    void whatWasDueWhileTheProgramWasOffIsSentUnlessItIsTooLate() {
        var late = schedule("Ainda serve", Map.of());
        sendScheduled.runOnce(nine.plus(ScheduledMessage.TOO_LATE));
        assertThat(status(late)).isEqualTo("sent");
        var tooLate = schedule("Não serve mais", Map.of());
        sendScheduled.runOnce(nine.plus(ScheduledMessage.TOO_LATE).plusMillis(1));
        assertThat(status(tooLate)).isEqualTo("missed");
        assertThat(events(tooLate)).containsExactly("scheduled_message.created", "scheduled_message.missed");
        assertThat(sent()).containsExactly("Ainda serve");
    }

    @Test
    void aCustomerWhoWritesBeforeCancelsWhatAskedForIt() {
        var reminder = schedule("Ainda quer?", Map.of("cancelIfCustomerWrites", true));
        var notice = schedule("Amanhã fechamos", Map.of());
        assertThat(get(reminder).path("customerHasWritten").asBoolean()).as("what came before does not count").isFalse();
        receive("IN2", Instant.now().plusSeconds(5));
        assertThat(get(reminder).path("customerHasWritten").asBoolean()).isTrue();
        sendScheduled.runOnce(nine);
        assertThat(status(reminder)).isEqualTo("cancelled");
        assertThat(get(reminder).path("reason").asString()).isEqualTo("customer_wrote");
        assertThat(status(notice)).isEqualTo("sent");
        assertThat(sent()).containsExactly("Amanhã fechamos");
    }

    @Test
    void ofTheSecondInWhichItWasScheduledCountsWhatCameAfterIt() {
        // Providers tell whole seconds: whoever writes a moment later seems to have written before.
        awaitTheMiddleOfASecond();
        receive("IN2", Instant.now().truncatedTo(ChronoUnit.SECONDS));
        var reminder = schedule("Ainda quer?", Map.of("cancelIfCustomerWrites", true));
        var second = Instant.parse(reminder.path("createdAt").asString()).truncatedTo(ChronoUnit.SECONDS);
        receive("IN3", second.minusSeconds(1));
        assertThat(get(reminder).path("customerHasWritten").asBoolean()).as("what came before, and what was written before").isFalse();
        receive("IN4", second);
        assertThat(get(reminder).path("customerHasWritten").asBoolean()).isTrue();
        sendScheduled.runOnce(nine);
        assertThat(get(reminder).path("reason").asString()).isEqualTo("customer_wrote");
        assertThat(sent()).isEmpty();
    }

    private static void awaitTheMiddleOfASecond() {
        await().pollInterval(Duration.ofMillis(5)).until(() -> {
            var millis = Instant.now().toEpochMilli() % 1000;
            return millis > 100 && millis < 500;
        });
    }

    @Test
    void aMessageIsChangedListedAndCancelled() {
        var first = schedule("Um", Map.of());
        var second = schedule("Dois", Map.of("sendAt", nine.plusSeconds(60).toString()));
        assertThat(texts("?chatId=" + chat)).containsExactly("Um", "Dois");
        assertThat(texts("?limit=1&cursor=" + api.get(PATH + "?limit=1").json().path("nextCursor").asString())).containsExactly("Dois");
        assertThat(texts("?chatId=" + Uuids.v7())).isEmpty();
        var seen = api.with("If-Match", "\"1\"");
        assertThat(seen.patch(path(first), Map.of("text", "Um!", "sendAt", nine.plusSeconds(120).toString())).status()).isEqualTo(200);
        assertThat(seen.patch(path(first), Map.of("text", "Uno")).status()).isEqualTo(412);
        assertThat(texts("?status=pending")).containsExactly("Dois", "Um!");
        assertThat(api.post(path(second) + "/cancel", Map.of()).json().path("status").asString()).isEqualTo("cancelled");
        assertThat(api.post(path(second) + "/cancel", Map.of()).code()).isEqualTo("scheduled_message_over");
        assertThat(texts("?status=pending")).containsExactly("Um!");
        sendScheduled.runOnce(nine.plusSeconds(121));
        assertThat(sent()).containsExactly("Um!");
        assertThat(api.with("If-Match", "\"3\"").patch(path(first), Map.of("text", "x")).code()).isEqualTo("scheduled_message_over");
    }

    @Test
    void anAnswerShowsWhatItAnswersAsLongAsThatIsThere() {
        var theirs = api.get("/api/v1/chats/" + chat + "/messages").json().path("items").get(0).path("id").asString();
        var answer = Map.of("chatId", chat, "text", "Respondo amanhã", "replyToMessageId", theirs);
        var first = schedule("", Map.of("message", answer));
        assertThat(first.path("replyToMessageId").asString()).isEqualTo(theirs);
        var moved = schedule("", Map.of("message", answer, "sendAt", nine.plusSeconds(60).toString()));
        assertThat(api.with("If-Match", "\"1\"").patch(path(moved), Map.of("text", "Respondo depois")).json().path("replyToMessageId").asString())
                .isEqualTo(theirs);
        sendScheduled.runOnce(nine);
        assertThat(quoted(first).path("id").asString()).isEqualTo(theirs);

        Tenancy.run(tenant.tenant(), () -> receiveMessages.handle(List.of(Facts.received(tenant, channel,
                new Incoming.Revoked(customer, "IN1", now.minusSeconds(1), false)))));
        sendScheduled.runOnce(nine.plusSeconds(60));
        assertThat(status(moved)).as("what was to be said is said").isEqualTo("sent");
        assertThat(quoted(moved).isNull()).as("without what the customer took back").isTrue();
        assertThat(sent()).containsExactly("Respondo amanhã", "Respondo depois");
    }

    @Test
    void anAnswerWhoseMessageIsGoneIsSentWithoutIt() {
        var theirs = api.get("/api/v1/chats/" + chat + "/messages").json().path("items").get(0).path("id").asString();
        var one = schedule("", Map.of("message", Map.of("chatId", chat, "text", "Até amanhã", "replyToMessageId", theirs)));
        run("update scheduled_message set reply_to_message_id = '" + Uuids.v7() + "'");
        sendScheduled.runOnce(nine);
        assertThat(status(one)).isEqualTo("sent");
        assertThat(quoted(one).isNull()).isTrue();
    }

    private JsonNode quoted(JsonNode one) {
        return api.get("/api/v1/messages/" + get(one).path("messageId").asString()).json().path("replyTo");
    }

    @Test
    void nonsenseIsRefusedAndANumberMayHaveNoChatYet() {
        for (var wrong : List.of(Map.of("sendAt", now.minusSeconds(1).toString()), Map.of("sendAt", "amanhã"),
                Map.of("message", Map.of("chatId", chat)), Map.of("message", Map.of("chatId", chat, "text", " ")), Map.of("message", Map.of("chatId", chat, "text", "\u00a0\u200b\ufeff")),
                Map.of("message", Map.of("chatId", chat, "text", "x", "replyToMessageId", Uuids.v7())),
                Map.of("message", Map.of("revoke", Map.of("messageId", Uuids.v7()))))) {
            assertThat(post("x", wrong).status()).as(wrong.toString()).isEqualTo(422);
        }
        assertThat(post("x", Map.of("message", Map.of("chatId", Uuids.v7(), "text", "x"))).status()).isEqualTo(404);
        var number = Map.of("channelId", channel.value(), "to", "+5511998000159", "text", "Sua consulta é amanhã");
        assertThat(post("x", Map.of("message", number, "cancelIfCustomerWrites", true)).status()).isEqualTo(422);
        var ownQuestion = Map.of("poll", Map.of("question", "?", "options", List.of("a", "b")), "chatId", chat, "replyToMessageId", Uuids.v7());
        assertThat(post("x", Map.of("message", ownQuestion)).json().path("errors").get(0).path("code").asString()).isEqualTo("not_supported");
        var answer = new HashMap<String, Object>(number);
        answer.put("replyToMessageId", Uuids.v7());
        assertThat(post("x", Map.of("message", answer)).json().path("errors").get(0).path("code").asString()).isEqualTo("not_supported");
        var one = post("x", Map.of("message", number)).json();
        sendScheduled.runOnce(nine);
        assertThat(status(one)).isEqualTo("sent");
        assertThat(api.get("/api/v1/chats").json().path("items")).hasSize(2);
    }

    @Test
    void whatCannotBeSentAnyMoreSaysWhy() {
        var one = schedule("Um", Map.of());
        run("update scheduled_message set type = 'TEXT', channel_id = '" + Uuids.v7() + "', chat_id = null, phone = '+5511998000152' where id = '"
                + one.path("id").asString() + "'");
        sendScheduled.runOnce(nine);
        assertThat(status(one)).isEqualTo("failed");
        assertThat(get(one).path("reason").asString()).isEqualTo("channel_not_found");
    }

    @Test
    void nobodyWhoWasDeletedMeanwhileIsWrittenTo() {
        var inTheChat = schedule("Ainda aí?", Map.of());
        var toTheNumber = schedule("", Map.of("message", Map.of("channelId", channel.value(), "to", "+5511998000151", "text", "Sua consulta é amanhã")));
        var later = schedule("Bem-vinda de volta", Map.of("sendAt", nine.plusSeconds(60).toString()));
        var contact = contactOf(chat);
        assertThat(api.delete("/api/v1/contacts/" + contact).status()).isEqualTo(204);
        sendScheduled.runOnce(nine);
        assertThat(List.of(inTheChat, toTheNumber)).allSatisfy(one -> {
            assertThat(status(one)).isEqualTo("failed");
            assertThat(get(one).path("reason").asString()).isEqualTo("contact_deleted");
            assertThat(events(one)).containsExactly("scheduled_message.created", "scheduled_message.failed");
        });
        assertThat(sent()).isEmpty();
        assertThat(api.get("/api/v1/contacts/" + contact).json().path("deletedAt").isNull()).as("nor brought back by it").isFalse();

        assertThat(api.post("/api/v1/contacts/" + contact + "/restore", Map.of()).status()).isEqualTo(200);
        sendScheduled.runOnce(nine.plusSeconds(60));
        assertThat(status(later)).isEqualTo("sent");
        assertThat(sent()).containsExactly("Bem-vinda de volta");
    }

    /** What people merge stays at its number, and is of the one who is shown; what a channel proves to be one is one chat. */
    @Test
    void whoWasMergedMeanwhileIsWrittenToAsTheOneWhoIsShown() {
        var other = "5511998000153";
        receive(chat(phone(other)), "B1", now.minusSeconds(50), "Oi");
        var others = chatWith("B1");
        var first = schedule("", Map.of("message", Map.of("chatId", others, "text", "Um")));
        var second = schedule("", Map.of("message", Map.of("chatId", others, "text", "Dois"), "sendAt", nine.plusSeconds(60).toString()));
        var third = schedule("", Map.of("message", Map.of("chatId", others, "text", "Três"), "sendAt", nine.plusSeconds(120).toString()));
        var shown = contactOf(chat);
        assertThat(api.post("/api/v1/contacts/" + shown + "/merges", Map.of("contactId", contactOf(others))).status()).isEqualTo(200);
        sendScheduled.runOnce(nine);
        var message = api.get("/api/v1/messages/" + get(first).path("messageId").asString()).json();
        assertThat(message.path("chatId").asString()).isEqualTo(others);
        assertThat(contactOf(others)).isEqualTo(shown);

        api.delete("/api/v1/contacts/" + shown);
        sendScheduled.runOnce(nine.plusSeconds(60));
        assertThat(get(second).path("reason").asString()).as("the one who is shown is deleted").isEqualTo("contact_deleted");
        api.post("/api/v1/contacts/" + shown + "/restore", Map.of());

        receive(chat(Facts.both("5511998000151", "900000000000151")), "L1", now.minusSeconds(40), "Sou eu");
        receive(chat(Facts.both(other, "900000000000151")), "L2", now.minusSeconds(30), "Sou eu");
        assertThat(api.get("/api/v1/chats").json().path("items")).hasSize(1);
        sendScheduled.runOnce(nine.plusSeconds(120));
        assertThat(status(third)).isEqualTo("sent");
        assertThat(api.get("/api/v1/messages/" + get(third).path("messageId").asString()).json().path("chatId").asString())
                .isEqualTo(api.get("/api/v1/chats").json().path("items").get(0).path("id").asString());
        assertThat(sent()).containsExactly("Um", "Três");
    }

    @Test
    void ofWhoeverWasErasedNothingWaitsAnyMore() {
        var inTheChat = schedule("Ainda aí?", Map.of());
        var toTheNumber = schedule("", Map.of("message", Map.of("channelId", channel.value(), "to", "+5511998000151", "text", "Sua consulta é amanhã")));
        assertThat(api.post("/api/v1/contact-erasures", Map.of("contactId", contactOf(chat))).status()).isEqualTo(201);
        sendScheduled.runOnce(nine);
        assertThat(List.of(inTheChat, toTheNumber)).allSatisfy(one -> assertThat(api.get(path(one)).status()).isEqualTo(404));
        assertThat(sent()).isEmpty();
        assertThat(api.get("/api/v1/contacts").json().path("items")).isEmpty();
    }

    private String contactOf(String chat) {
        return api.get("/api/v1/chats/" + chat).json().path("contactId").asString();
    }

    private String chatWith(String message) {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> db.sql("select chat_id from message where external_id = :id")
                .param("id", message).query(UUID.class).single())).toString();
    }

    private void receive(String id, Instant at) {
        receive(customer, id, at, "Oi");
    }

    private void receive(ChatAddress from, String id, Instant at, String text) {
        Tenancy.run(tenant.tenant(), () -> receiveMessages.handle(List.of(Facts.received(tenant, channel, text(from, id, at, text)))));
    }

    private JsonNode schedule(String text, Map<String, ?> more) {
        var made = post(text, more);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.json();
    }

    private Api.Answer post(String text, Map<String, ?> more) {
        var body = new HashMap<String, Object>(Map.of("sendAt", nine.toString(), "message", Map.of("chatId", chat == null ? "" : chat, "text", text)));
        body.putAll(more);
        return api.post(PATH, body);
    }

    private void together(int times, Callable<?> work) throws Exception {
        try (var threads = Executors.newFixedThreadPool(times)) {
            for (var done : threads.invokeAll(java.util.Collections.nCopies(times, work))) done.get();
        }
    }

    private List<String> sent() {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> db.sql(
                "select text from message where direction = 'OUTBOUND' order by sent_at").query(String.class).list()));
    }

    private int count(String sql) {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> db.sql(sql).query(Integer.class).single()));
    }

    private void run(String sql) {
        Tenancy.run(tenant.tenant(), () -> transaction.executeWithoutResult(_ -> db.sql(sql).update()));
    }

    private List<String> events(JsonNode one) {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> db.sql(
                "select type from domain_event_logs where aggregate_id = :id order by position")
                .param("id", UUID.fromString(one.path("id").asString())).query(String.class).list()));
    }

    private JsonNode get(JsonNode one) {
        return api.get(path(one)).json();
    }

    private String status(JsonNode one) {
        return get(one).path("status").asString();
    }

    private static String path(JsonNode one) {
        return PATH + "/" + one.path("id").asString();
    }

    private List<String> texts(String query) {
        return api.get(PATH + query).json().path("items").valueStream().map(one -> one.path("text").asString()).toList();
    }
}
