package com.ventros.crm.tracking;

import static com.ventros.crm.tracking.Campaign.ad;
import static com.ventros.crm.tracking.Campaign.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.channels.RecordChannelStatus;
import com.ventros.crm.conversations.ReceiveMessages;
import com.ventros.crm.http.Permission;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.pipelines.Board;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@DatabaseTest
class ConversionTests {

    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String ANA = "5511987650001";
    private static final String BIA = "5511987650002";
    private static final String CAIO = "5511987650003";
    private static final String DUDA = "5511987650004";
    private static final String SETTINGS = "/api/v1/tracking/conversion-settings";
    private static final String TOKEN = "EAAexampleTokenOfMeta";
    /** Each test has a dataset of its own, since all share one Meta. */
    private static final AtomicLong DATASETS = new AtomicLong(System.nanoTime());

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

    private final String dataset = Long.toString(DATASETS.incrementAndGet());
    private Campaign campaign;
    private Board board;

    @BeforeEach
    void aCompanyThatAdvertises() {
        campaign = Campaign.of(TestTenant.create(db, transaction), port, statuses, receiveMessages);
        board = Board.define(campaign.api(), "Vendas");
        var now = Instant.now();
        campaign.receive(said(ANA, "M1", now.minusSeconds(90), "Oi", Optional.of(ad("1", "Inverno", Optional.of("clid-1")))),
                said(ANA, "M2", now.minusSeconds(60), "Oi de novo", Optional.of(ad("2", "Verão", Optional.of("clid-2")))),
                said(BIA, "M3", now.minusSeconds(60), "Oi", Optional.of(ad("2", "Verão", Optional.empty()))));
        await().atMost(SOON).until(() -> campaign.api().get("/api/v1/contacts/" + campaign.contact(ANA) + "/touches").json().path("items").size() == 2);
    }

    @Test
    void aWonDealIsToldOnceUnderOneId() {
        switchOn();
        var deal = won(ANA);
        var told = await().atMost(SOON).until(() -> TestMeta.heard(dataset), heard -> !heard.isEmpty()).getFirst();
        assertThat(told.authorization()).isEqualTo("Bearer " + TOKEN);
        assertThat(told.body().path("data")).hasSize(1);
        var event = told.body().path("data").get(0);
        assertThat(event.path("event_name").asString()).isEqualTo("Purchase");
        assertThat(event.path("action_source").asString()).isEqualTo("business_messaging");
        assertThat(event.path("messaging_channel").asString()).isEqualTo("whatsapp");
        assertThat(event.path("user_data").toString()).isEqualTo("{\"whatsapp_business_account_id\":\"102030405060708\",\"ctwa_clid\":\"clid-2\"}");
        assertThat(event.path("custom_data").path("currency").asString()).isEqualTo("BRL");
        assertThat(event.path("custom_data").path("value").asDouble()).isEqualTo(249.9);
        assertThat(event.path("event_time").asLong()).isBetween(Instant.now().minusSeconds(120).getEpochSecond(), Instant.now().getEpochSecond());
        assertThat(board.move(deal, Board.NEW, Map.of()).status()).isEqualTo(200);
        assertThat(board.move(board.deal(deal), Board.WON, Map.of()).status()).as("won again").isEqualTo(200);
        var session = campaign.api().get("/api/v1/sessions").json().path("items").valueStream()
                .filter(one -> one.path("contactId").asString().equals(campaign.contact(ANA))).findFirst().orElseThrow();
        assertThat(campaign.api().with("If-Match", "\"" + session.path("version").asLong() + "\"").post("/api/v1/sessions/" + session.path("id").asString()
                + "/convert", Map.of("outcome", "visita")).status()).isEqualTo(200);
        await().atMost(SOON).until(() -> conversions().stream().filter(one -> one.path("state").asString().equals("sent")).count() == 2);
        assertThat(TestMeta.heard(dataset)).extracting(one -> one.body().path("data").get(0).path("event_name").asString())
                .as("the session, without a value, and no second time the deal").containsExactly("Purchase", "LeadSubmitted");
        assertThat(conversions()).extracting(one -> one.path("kind").asString()).containsExactlyInAnyOrder("deal", "session");
    }

    @Test
    void whatMetaDoesNotTakeIsTriedAgainUnderTheSameIdOrGivenUp() {
        TestMeta.answer(dataset, 503, "away");
        TestMeta.answer(dataset, 400, "{\"error\":{\"code\":2,\"message\":\"Please retry\",\"is_transient\":true}}");
        TestMeta.answer(dataset, 400, "{\"error\":{\"code\":190,\"message\":\"Token expired\"}}");
        TestMeta.answer(dataset, 400, "{\"error\":{\"code\":100,\"message\":\"Invalid parameter\"}}");
        switchOn();
        won(ANA);
        for (var reason : List.of("answered 503", "answered 400: Please retry", "answered 400: Token expired")) {
            await().atMost(SOON).until(() -> conversions().stream().anyMatch(one -> one.path("lastError").asString("").equals(reason)));
            campaign.inside(() -> transaction.executeWithoutResult(_ -> db.sql("update tracking_conversion set next_attempt_at = now()").update()));
        }
        await().atMost(SOON).until(() -> conversions().getFirst().path("state").asString().equals("failed"));
        assertThat(conversions().getFirst().path("lastError").asString()).isEqualTo("answered 400: Invalid parameter");
        assertThat(TestMeta.heard(dataset)).hasSize(4).extracting(one -> one.body().path("data").get(0).path("event_id").asString())
                .as("Meta knows it again").containsOnly(conversions().getFirst().path("id").asString());
    }

    @Test
    void whatMetaRefusedIsSentAgainUnderTheSameIdOnceItWasMended() {
        TestMeta.answer(dataset, 400, "{\"error\":{\"code\":100,\"message\":\"Invalid parameter\"}}");
        switchOn();
        won(ANA);
        await().atMost(SOON).until(() -> conversions().stream().anyMatch(one -> one.path("state").asString().equals("failed")));
        var id = conversions().getFirst().path("id").asString();
        var retry = "/api/v1/tracking/conversions/" + id + "/retry";
        campaign.inside(() -> transaction.executeWithoutResult(_ -> db.sql("update tracking_conversion set at = at - interval '8 days'").update()));
        assertThat(campaign.api().post(retry, Map.of()).code()).as("Meta would refuse it").isEqualTo("conversion_too_old");
        campaign.inside(() -> transaction.executeWithoutResult(_ -> db.sql("update tracking_conversion set at = at + interval '8 days'").update()));
        var reader = Api.anonymous(port).as(TestCallers.token(campaign.tenant().tenant(), EnumSet.of(Permission.AUTOMATION_READ)));
        assertThat(reader.post(retry, Map.of()).status()).isEqualTo(403);
        assertThat(TestMeta.heard(dataset)).hasSize(1);

        var again = campaign.api().post(retry, Map.of());
        assertThat(again.status()).as(again.toString()).isEqualTo(200);
        assertThat(again.json().path("state").asString()).isEqualTo("pending");
        await().atMost(SOON).until(() -> conversions().getFirst().path("state").asString().equals("sent"));
        assertThat(TestMeta.heard(dataset)).hasSize(2).extracting(one -> one.body().path("data").get(0).path("event_id").asString()).containsOnly(id);
        assertThat(campaign.api().post(retry, Map.of()).code()).isEqualTo("conversion_not_failed");
        assertThat(campaign.api().post("/api/v1/tracking/conversions/" + Uuids.v7() + "/retry", Map.of()).status()).isEqualTo(404);
        await().atMost(SOON).until(() -> campaign.api().get("/api/v1/audit?type=conversion.retried").json().path("items").size() == 1);
    }

    @Test
    void nothingIsToldBeforeSomebodySaysSoNorOfWhoeverCameOtherwise() {
        won(ANA);
        switchOn();
        won(BIA);
        assertThat(campaign.api().with("If-Match", "\"1\"").patch(SETTINGS, Map.of("enabled", false)).json().path("enabled").asBoolean()).isFalse();
        await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> conversions().isEmpty());
        assertThat(TestMeta.heard(dataset)).isEmpty();
    }

    @Test
    void aConversionThatIsToldBeforeItsTouchWaitsForIt() {
        switchOn();
        campaign.receive(said(CAIO, "M4", Instant.now(), "Oi", Optional.empty()), said(DUDA, "M5", Instant.now(), "Oi", Optional.empty()));
        won(CAIO);
        won(DUDA);
        await().atMost(SOON).until(() -> waiting() == 2);
        assertThat(conversions()).as("nobody's business yet").isEmpty();
        campaign.receive(said(CAIO, "M6", Instant.now().minusSeconds(30), "Vi o anúncio", Optional.of(ad("1", "Inverno", Optional.of("clid-3")))));
        await().atMost(SOON).until(() -> conversions().stream().anyMatch(one -> one.path("state").asString().equals("sent")));
        assertThat(TestMeta.heard(dataset)).hasSize(1);
        assertThat(TestMeta.heard(dataset).getFirst().body().path("data").get(0).path("user_data").path("ctwa_clid").asString()).isEqualTo("clid-3");

        campaign.inside(() -> transaction.executeWithoutResult(_ -> db.sql("update tracking_conversion set next_attempt_at = now() where state = 'WAITING'").update()));
        await().atMost(SOON).until(() -> waiting() == 0);
        assertThat(conversions()).as("Meta would take it no more").hasSize(1);
    }

    @Test
    void aConversionThatWaitsIsToldWhenItsTouchBecomesTheContactsOwn() {
        switchOn();
        campaign.receive(said(CAIO, "M7", Instant.now(), "Oi", Optional.empty()),
                said(DUDA, "M8", Instant.now().minusSeconds(30), "Vi o anúncio", Optional.of(ad("1", "Inverno", Optional.of("clid-4")))));
        won(CAIO);
        await().atMost(SOON).until(() -> waiting() == 1);
        assertThat(campaign.api().post("/api/v1/contacts/" + campaign.contact(CAIO) + "/merges", Map.of("contactId", campaign.contact(DUDA))).status())
                .isEqualTo(200);
        var told = await().atMost(SOON).until(() -> TestMeta.heard(dataset), heard -> !heard.isEmpty()).getFirst();
        assertThat(told.body().path("data").get(0).path("user_data").path("ctwa_clid").asString()).isEqualTo("clid-4");
        assertThat(conversions()).hasSize(1);
    }

    @Test
    void theAccessTokenIsKeptSealedAndNeverShown() {
        assertThat(campaign.api().get(SETTINGS).json().path("enabled").asBoolean()).as("off by default").isFalse();
        var first = campaign.api().with("If-Match", "\"0\"");
        assertThat(first.patch(SETTINGS, Map.of("enabled", true)).status()).as("with nothing to tell it to").isEqualTo(422);
        for (var wrong : List.of(Map.of("datasetId", "../me"), Map.of("businessAccountId", "x"), Map.of("accessToken", "a b"), Map.of("accessToken", "a\r\nX: y"))) {
            assertThat(first.patch(SETTINGS, wrong).status()).as(wrong.toString()).isEqualTo(422);
        }
        switchOn();
        var shown = campaign.api().get(SETTINGS);
        assertThat(shown.json().path("hasAccessToken").asBoolean()).isTrue();
        assertThat(shown.text()).doesNotContain(TOKEN);
        campaign.inside(() -> transaction.executeWithoutResult(_ -> {
            var sealed = db.sql("select access_token from conversion_settings").query(byte[].class).single();
            assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain(TOKEN);
            assertThat(db.sql("select count(*) from domain_event_logs where data::text like '%' || :token || '%'").param("token", TOKEN)
                    .query(Long.class).single()).isZero();
        }));
        assertThat(first.patch(SETTINGS, Map.of("enabled", false)).status()).as("somebody was faster").isEqualTo(412);
    }

    @Test
    void ofWhoeverIsErasedNoConversionIsKept() {
        switchOn();
        won(ANA);
        await().atMost(SOON).until(() -> conversions().stream().anyMatch(one -> one.path("state").asString().equals("sent")));
        var erased = campaign.api().post("/api/v1/contact-erasures", Map.of("contactId", campaign.contact(ANA)));
        assertThat(erased.json().path("removed").path("tracking_conversion").asInt()).as(erased.toString()).isEqualTo(1);
        assertThat(conversions()).isEmpty();
    }

    private void switchOn() {
        var answer = campaign.api().with("If-Match", "\"0\"").patch(SETTINGS, Map.of("enabled", true, "datasetId", dataset, "businessAccountId", "102030405060708",
                "accessToken", TOKEN));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private JsonNode won(String digits) {
        var deal = board.enter(campaign.contact(digits), Map.of("value", Map.of("amount", 24_990, "currency", "BRL")));
        var moved = board.move(deal, Board.WON, Map.of());
        assertThat(moved.status()).as(moved.toString()).isEqualTo(200);
        return moved.json();
    }

    private long waiting() {
        var count = new AtomicLong();
        campaign.inside(() -> transaction.executeWithoutResult(_ ->
                count.set(db.sql("select count(*) from tracking_conversion where state = 'WAITING'").query(Long.class).single())));
        return count.get();
    }

    private List<JsonNode> conversions() {
        return campaign.api().get("/api/v1/tracking/conversions").json().path("items").valueStream().toList();
    }
}
