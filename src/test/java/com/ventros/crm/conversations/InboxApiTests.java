package com.ventros.crm.conversations;

import static com.ventros.crm.conversations.Facts.both;
import static com.ventros.crm.conversations.Facts.chat;
import static com.ventros.crm.conversations.Facts.echo;
import static com.ventros.crm.conversations.Facts.lid;
import static com.ventros.crm.conversations.Facts.phone;
import static com.ventros.crm.conversations.Facts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.conversations.ChannelProfiles.ChannelProfile;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@DatabaseTest
class InboxApiTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    ReceiveMessages receiveMessages;

    @Autowired
    ChannelProfiles channelProfiles;

    private final ChannelId channel = ChannelId.create();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final ChatAddress ana = chat(phone("553198000120", Optional.of("Ana Souza")));
    private TestTenant tenant;
    private Api api;

    @BeforeEach
    void peopleHaveWritten() {
        tenant = TestTenant.create(db, transaction);
        api = Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant()));
        Tenancy.run(tenant.tenant(), () ->
                channelProfiles.save(new ChannelProfile(channel, tenant.project(), "Vendas", Optional.of(30))));
        receive(text(chat(lid("214816000000110")), "L1", now.minusSeconds(300), "Sem número"));
        receive(text(ana, "A1", now.minusSeconds(200), "Oi"), text(ana, "A2", now.minusSeconds(100), "Tudo bem?"));
    }

    @Test
    void theInboxListsChatsWithTheNewestFirst() {
        var chats = items("/api/v1/chats");
        assertThat(chats).hasSize(2);
        var first = chats.getFirst();
        assertThat(first.path("title").asString()).isEqualTo("Ana Souza");
        assertThat(first.path("kind").asString()).isEqualTo("direct");
        assertThat(first.path("channelName").asString()).isEqualTo("Vendas");
        assertThat(first.path("unreadCount").asInt()).isEqualTo(2);
        assertThat(first.path("lastMessage").path("preview").asString()).isEqualTo("Tudo bem?");
        assertThat(first.path("session").path("status").asString()).isEqualTo("open");
        assertThat(chats.getLast().path("title").isNull()).isTrue();
    }

    @Test
    void pagesFollowEachOtherWithoutGapOrRepetition() {
        var one = api.get("/api/v1/chats?limit=1").json();
        var two = api.get("/api/v1/chats?limit=1&cursor=" + one.path("nextCursor").asString()).json();
        assertThat(two.path("nextCursor").isNull()).isTrue();
        assertThat(two.path("items").get(0).path("id")).isNotEqualTo(one.path("items").get(0).path("id"));
        var messages = "/api/v1/chats/" + chatOfAna() + "/messages";
        var newest = api.get(messages + "?limit=1").json();
        assertThat(newest.path("items").get(0).path("text").asString()).isEqualTo("Tudo bem?");
        assertThat(api.get(messages + "?limit=1&cursor=" + newest.path("nextCursor").asString()).json()
                .path("items").get(0).path("text").asString()).isEqualTo("Oi");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ana", "souza", "31998000120", "3198000120", "%2B553198000120", "5531998000120", "0120",
            "(31)%209800-0120"})
    void aContactIsFoundByNameAndEitherSpellingOfTheNumber(String typed) {
        for (var path : List.of("/api/v1/contacts?q=", "/api/v1/chats?q=")) {
            assertThat(items(path + typed)).as(path).hasSize(1);
        }
    }

    @Test
    void aSearchForNobodyFindsNobody() {
        assertThat(items("/api/v1/contacts?q=%25")).isEmpty();
        assertThat(items("/api/v1/chats?q=214816000000110")).as("a private id is no phone number").isEmpty();
    }

    @Test
    void readingClearsTheMark() {
        assertThat(api.post("/api/v1/chats/" + chatOfAna() + "/read", Map.of()).status()).isEqualTo(204);
        assertThat(items("/api/v1/chats?filter=unread")).hasSize(1);
        receive(text(ana, "A0", now.minusSeconds(150), "chegou tarde"));
        assertThat(api.get("/api/v1/chats/" + chatOfAna()).json().path("unreadCount").asInt()).isZero();
        receive(text(ana, "A3", now, "Alguém aí?"));
        assertThat(api.get("/api/v1/chats/" + chatOfAna()).json().path("unreadCount").asInt()).isOne();
    }

    @Test
    void whatComesBetweenLookingAndReadingStaysUnread() {
        var read = "/api/v1/chats/" + chatOfAna() + "/read";
        var seen = items("/api/v1/chats/" + chatOfAna() + "/messages").getFirst().path("id").asString();
        receive(text(ana, "A3", now, "Mais uma coisa"));

        assertThat(api.post(read + "?upTo=" + seen, Map.of()).status()).isEqualTo(204);
        assertThat(unreadOfAna()).isOne();

        var elsewhere = items("/api/v1/chats").getLast().path("id").asString();
        var other = items("/api/v1/chats/" + elsewhere + "/messages").getFirst().path("id").asString();
        assertThat(api.post(read + "?upTo=" + other, Map.of()).json().path("errors").get(0).path("field").asString()).isEqualTo("upTo");
        assertThat(unreadOfAna()).isOne();
    }

    @Test
    void whoeverAnswersHasReadAndAProgramHasNot() {
        var program = Api.anonymous(port).as(TestCallers.program(tenant.tenant()));
        program.post("/api/v1/messages", Map.of("chatId", chatOfAna(), "text", "Recebemos sua mensagem"));
        receive(echo(ana, "E1", now, true, "Por outro programa", AckLevel.SERVER));
        assertThat(unreadOfAna()).isEqualTo(2);

        api.post("/api/v1/messages", Map.of("chatId", chatOfAna(), "text", "Oi, Ana"));
        assertThat(unreadOfAna()).isZero();

        receive(text(ana, "A4", now.plusSeconds(60), "Obrigada"), text(ana, "A5", now.plusSeconds(120), "Até quando abre?"));
        assertThat(unreadOfAna()).isEqualTo(2);
        receive(echo(ana, "E2", now.plusSeconds(90), false, "De nada", AckLevel.SERVER));
        assertThat(unreadOfAna()).as("what came after the phone's answer").isOne();
    }

    private int unreadOfAna() {
        return api.get("/api/v1/chats/" + chatOfAna()).json().path("unreadCount").asInt();
    }

    @Test
    void aMessageIsWrittenOnceHoweverOftenItIsPosted() {
        var key = Uuids.v7().toString();
        var body = Map.of("chatId", chatOfAna(), "text", "Olá, Ana", "replyToMessageId",
                items("/api/v1/chats/" + chatOfAna() + "/messages").getFirst().path("id").asString());
        var first = api.with("Idempotency-Key", key).post("/api/v1/messages", body);
        assertThat(first.status()).as(first.toString()).isEqualTo(202);
        var again = api.with("Idempotency-Key", key).post("/api/v1/messages", body);
        assertThat(again.json().path("id")).isEqualTo(first.json().path("id"));
        assertThat(first.json().path("status").asString()).isEqualTo("queued");
        assertThat(first.json().path("replyTo").path("text").asString()).isEqualTo("Tudo bem?");
        assertThat(items("/api/v1/chats/" + chatOfAna() + "/messages")).hasSize(3);
    }

    @Test
    void reactionsAndVotesAreCounted() {
        var where = Facts.chat(phone("553198000120"));
        receive(new Incoming.Reacted(where, "A2", now, Optional.empty(), "👍"),
                new Incoming.Reacted(where, "A2", now, where.customer(), "👍"));
        var reactions = items("/api/v1/chats/" + chatOfAna() + "/messages").getFirst().path("reactions");
        assertThat(reactions).hasSize(1);
        assertThat(reactions.get(0).path("count").asInt()).isEqualTo(2);
        assertThat(reactions.get(0).path("mine").asBoolean()).isTrue();
    }

    @Test
    void whatBelongsToOthersIsNotThere() {
        var stranger = Api.anonymous(port).as(TestCallers.mayAll(TenantId.create()));
        assertThat(stranger.get("/api/v1/chats/" + chatOfAna()).status()).isEqualTo(404);
        assertThat(stranger.get("/api/v1/chats/" + chatOfAna() + "/messages").status()).isEqualTo(404);
        assertThat(stranger.post("/api/v1/messages", Map.of("chatId", chatOfAna(), "text", "x")).status()).isEqualTo(404);
        assertThat(stranger.get("/api/v1/chats").json().path("items")).isEmpty();
    }

    @Test
    void aNameThatAPersonGaveStays() {
        var contact = items("/api/v1/contacts?q=ana").getFirst();
        var path = "/api/v1/contacts/" + contact.path("id").asString();
        assertThat(contact.path("identities").get(0).path("display").asString()).isEqualTo("+55 31 99800-0120");
        assertThat(api.patch(path, Map.of("name", "Ana (padaria)")).status()).isEqualTo(428);
        var renamed = api.with("If-Match", api.get(path).header("ETag").orElseThrow())
                .patch(path, Map.of("name", "Ana (padaria)"));
        assertThat(renamed.status()).as(renamed.toString()).isEqualTo(200);
        assertThat(renamed.json().path("nameSetBy").asString()).isEqualTo("person");
        assertThat(api.with("If-Match", "\"1\"").patch(path, Map.of("name", "Outra")).status()).isEqualTo(412);
        receive(text(ana, "A9", now.plusSeconds(5), "sou eu"));
        assertThat(api.get(path).json().path("name").asString()).isEqualTo("Ana (padaria)");
    }

    @Test
    void theTimelineTellsWhatHappenedWithAContact() {
        var path = "/api/v1/contacts/" + items("/api/v1/contacts?q=ana").getFirst().path("id").asString() + "/timeline";
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(types(path)).contains("contact.created", "session.started"));
        receive(echo(ana, "E1", now, false, "Oi", AckLevel.SERVER), text(Facts.chat(both("553198000120", "214816000000110")),
                "A5", now, "sou a mesma"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(types(
                "/api/v1/contacts/" + items("/api/v1/contacts").getFirst().path("id").asString() + "/timeline"))
                .contains("contact.merged"));
    }

    private List<String> types(String path) {
        return items(path).stream().map(entry -> entry.path("type").asString()).toList();
    }

    private String chatOfAna() {
        return items("/api/v1/chats?q=ana").getFirst().path("id").asString();
    }

    private List<JsonNode> items(String path) {
        var answer = api.get(path);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        var items = new ArrayList<JsonNode>();
        answer.json().path("items").forEach(items::add);
        return items;
    }

    private void receive(Incoming... incoming) {
        Tenancy.run(tenant.tenant(), () -> receiveMessages.handle(
                List.of(incoming).stream().map(one -> Facts.received(tenant, channel, one)).toList()));
    }
}
