package com.ventros.crm.tracking;

import static com.ventros.crm.tracking.Campaign.LINKS;
import static com.ventros.crm.tracking.Campaign.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestTenant;
import com.ventros.crm.channels.RecordChannelStatus;
import com.ventros.crm.channels.TestChannels;
import com.ventros.crm.conversations.Incoming;
import com.ventros.crm.conversations.ReceiveMessages;
import com.ventros.crm.kernel.Uuids;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@DatabaseTest
class TrackingLinkTests {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String ANA = "5511987650001";
    private static final int AT_ONCE = 60;

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    RecordChannelStatus statuses;

    @Autowired
    ReceiveMessages receiveMessages;

    private Campaign campaign;

    @BeforeEach
    void aCompany() {
        campaign = Campaign.of(TestTenant.create(db, transaction), port, statuses, receiveMessages);
    }

    @Test
    void aLinkIsMadeFoundChangedArchivedAndDeleted() {
        var made = campaign.link(" Bio ", " Instagram ", "INVERNO", " Olá! 😍 ");
        assertThat(made.path("name").asString()).isEqualTo("Bio");
        assertThat(made.path("utm").path("source").asString()).as("Instagram and instagram are one source").isEqualTo("instagram");
        assertThat(made.path("utm").path("campaign").asString()).isEqualTo("inverno");
        assertThat(made.path("utm").path("term").isNull()).isTrue();
        var path = LINKS + "/" + made.path("id").asString();
        var seen = campaign.api().with("If-Match", "\"1\"");
        var changed = seen.patch(path, Map.of("text", "Oi", "utm", Map.of("source", "facebook")));
        assertThat(changed.json().path("utm").path("campaign").isNull()).as("the words are given together").isTrue();
        assertThat(changed.json().path("path")).as("what is printed stays").isEqualTo(made.path("path"));
        assertThat(seen.patch(path, Map.of("text", "Oi!")).status()).isEqualTo(412);
        assertThat(campaign.api().with("If-Match", "\"2\"").patch(path, Map.of("archived", true)).json().path("archived").asBoolean()).isTrue();
        assertThat(campaign.api().get(LINKS).json().path("items")).isEmpty();
        assertThat(campaign.api().get(LINKS + "?archived=true").json().path("items")).hasSize(1);
        assertThat(campaign.api().delete(path).status()).isEqualTo(204);
        assertThat(campaign.anybody().get(made.path("path").asString()).code()).isEqualTo("tracking_link_not_found");

        campaign.open(campaign.link("A", "x", "y", "Oi"));
        var opened = campaign.api().get(LINKS).json().path("items").get(0);
        assertThat(campaign.api().delete(LINKS + "/" + opened.path("id").asString()).code()).isEqualTo("tracking_link_used");
    }

    @Test
    void nonsenseIsRefused() {
        var good = Map.<String, Object>of("name", "x", "channelId", campaign.channel().value(), "text", "x", "utm", Map.of("source", "x"));
        for (var wrong : List.<Map<String, Object>>of(Map.of("name", " "), Map.of("name", "x".repeat(201)), Map.of("text", ""), Map.of("text", "ã".repeat(501)),
                Map.of("text", "Oi\u2061"), Map.of("channelId", Uuids.v7()), Map.of("utm", Map.of("source", " ")), Map.of("utm", Map.of()),
                Map.of("utm", Map.of("source", "x", "medium", "x".repeat(101))), Map.of("utm", Map.of("source", "a\nb")))) {
            var body = new HashMap<>(good);
            body.putAll(wrong);
            assertThat(campaign.api().post(LINKS, body).status()).as(wrong.toString()).isEqualTo(422);
        }
        var other = TestChannels.of(TestTenant.create(db, transaction), port).connect("http://127.0.0.1:9", "outra");
        var foreign = new HashMap<>(good);
        foreign.put("channelId", other.id());
        assertThat(campaign.api().post(LINKS, foreign).status()).as("another company's channel").isEqualTo(422);
        var program = campaign.api().post("/api/v1/channels", Map.of("name", "Loja virtual", "type", "api",
                "api", Map.of("url", "http://127.0.0.1:9/crm", "secret", "sixteen letters or more")));
        var nowhere = new HashMap<>(good);
        nowhere.put("channelId", program.json().path("id").asString());
        assertThat(campaign.api().post(LINKS, nowhere).json().path("errors").get(0).path("code").asString()).isEqualTo("channel_without_whatsapp");
    }

    @Test
    void whoeverOpensALinkIsLedToTheNumberAndNoClickIsLost() throws Exception {
        var link = campaign.link("Cartaz", "rua", "inverno", "Olá, quero a promoção 👨‍👩‍👧‍👦!");
        var path = link.path("path").asString();
        var answer = campaign.anybody().get(path);
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.header("Set-Cookie")).isEmpty();
        var target = URI.create(answer.header("Location").orElseThrow());
        assertThat(target.getScheme() + "://" + target.getHost() + target.getPath()).isEqualTo("https://wa.me/5511998000999");
        assertThat(link.path("whatsAppUrl").asString()).isEqualTo(target.toString());
        assertThat(Campaign.query(target).get("text").replaceAll("[\u2060-\u2064]", "")).isEqualTo("Olá, quero a promoção 👨‍👩‍👧‍👦!");

        assertThat(campaign.anybody().send("HEAD", path, null).status()).isEqualTo(302);
        assertThat(campaign.anybody().with("Sec-Purpose", "prefetch;prerender").get(path).status()).isEqualTo(302);
        assertThat(campaign.anybody().get(path.toUpperCase().replace("/T/", "/t/")).status()).as("as people copy it").isEqualTo(302);
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < AT_ONCE; i++) threads.submit(() -> campaign.anybody().get(path));
        }
        assertThat(shown(link).path("clicks").asInt()).as("looking ahead is no click").isEqualTo(AT_ONCE + 2);
        assertThat(shown(link).path("version").asInt()).as("being opened changes nothing").isEqualTo(1);
        campaign.inside(() -> assertThat(transaction.<List<Map<String, Object>>>execute(_ -> db.sql("select * from tracking_click").query().listOfRows()))
                .singleElement().satisfies(row -> assertThat(row.keySet()).as("all that is kept of who opens it")
                        .containsExactlyInAnyOrder("tenant_id", "link_id", "day", "clicks")));

        for (var unknown : List.of("/t/00000000", "/t/x", "/t/" + "z".repeat(5_000), "/t/%F0%9F%98%80")) {
            assertThat(campaign.anybody().get(unknown).code()).as(unknown).isEqualTo("tracking_link_not_found");
        }
        var unpaired = TestTenant.create(db, transaction);
        var channel = TestChannels.of(unpaired, port).connect("http://127.0.0.1:9", "nova");
        var early = TestChannels.of(unpaired, port).api().post(LINKS, Map.of("name", "x", "channelId", channel.id(), "text", "x", "utm", Map.of("source", "x")));
        assertThat(early.json().path("whatsAppUrl").isNull()).isTrue();
        assertThat(campaign.anybody().get(early.json().path("path").asString()).code()).isEqualTo("channel_without_number");
        assertThat(TestChannels.of(unpaired, port).api().get(LINKS).json().path("items").get(0).path("clicks").asInt()).isZero();
    }

    @Test
    void theFirstMessageTellsByWhichLinkItsWriterCame() {
        var link = campaign.link("Bio", "instagram", "inverno", "Olá! Vi vocês no Instagram 😍");
        var text = campaign.open(link);
        var at = Instant.parse("2026-03-01T12:00:00Z");
        var first = said(ANA, "M1", at, "  " + text + " tudo bem?\n", Optional.empty());
        campaign.receive(first);
        campaign.receive(first, said(ANA, "M2", at.plusSeconds(9), "E aí?", Optional.empty()));
        campaign.receive(said("5511987650002", "M3", at, text.substring(0, text.length() / 2), Optional.empty()));

        var entries = await().atMost(SOON).until(() -> timeline(ANA), found -> !found.isEmpty());
        assertThat(entries).singleElement().satisfies(entry -> {
            assertThat(entry.path("type").asString()).isEqualTo("tracking.link_followed");
            assertThat(entry.path("at").asString()).isEqualTo("2026-03-01T12:00:00Z");
            assertThat(entry.path("data").path("name").asString()).isEqualTo("Bio");
            assertThat(entry.path("data").path("utm").path("campaign").asString()).isEqualTo("inverno");
        });
        var chat = campaign.api().get("/api/v1/contacts/" + campaign.contact(ANA) + "/timeline?kind=session").json().path("items").get(0).path("data")
                .path("chatId").asString();
        assertThat(texts(chat)).as("what people saw and wrote, without what was hidden").containsExactlyInAnyOrder(
                "  Olá! Vi vocês no Instagram 😍 tudo bem?\n", "E aí?");
        campaign.receive(new Incoming.Edited(first.chat(), "M1", at.plusSeconds(30), false, text + "!"));
        assertThat(texts(chat)).contains("Olá! Vi vocês no Instagram 😍!");
        assertThat(campaign.api().get("/api/v1/messages/search?q=ol%C3%A1!%20vi%20voc%C3%AAs").json().path("items")).as("found across the place").hasSize(1);
        assertThat(timeline("5511987650002")).as("a part of a code is none").isEmpty();
    }

    private List<String> texts(String chat) {
        return campaign.api().get("/api/v1/chats/" + chat + "/messages").json().path("items").valueStream().map(one -> one.path("text").asString()).toList();
    }

    private List<JsonNode> timeline(String digits) {
        return campaign.api().get("/api/v1/contacts/" + campaign.contact(digits) + "/timeline?kind=tracking").json().path("items").valueStream().toList();
    }

    private JsonNode shown(JsonNode link) {
        return campaign.api().get(LINKS + "/" + link.path("id").asString()).json();
    }
}
