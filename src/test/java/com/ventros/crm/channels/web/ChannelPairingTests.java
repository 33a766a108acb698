package com.ventros.crm.channels.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.channels.TestChannels;
import com.ventros.crm.channels.waha.Samples;
import com.ventros.crm.channels.waha.simulator.Engine;
import com.ventros.crm.channels.waha.simulator.Options;
import com.ventros.crm.channels.waha.simulator.Pace;
import com.ventros.crm.channels.waha.simulator.SimulatedSession;
import com.ventros.crm.channels.waha.simulator.WahaSimulator;
import com.ventros.crm.http.Permission;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A number is connected as a person does it, over real HTTP on both sides. */
@DatabaseTest
class ChannelPairingTests {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Map<String, Object> NOTHING = Map.of();

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @LocalServerPort
    int port;

    /** WAHA's clock has milliseconds: what happens in the same one has no order. */
    private static final Pace PACE = new Pace(Duration.ofMillis(20), Duration.ZERO, Duration.ZERO, Optional.empty(), Optional.empty());

    private final WahaSimulator waha = WahaSimulator.start(Options.forTests().withPace(PACE));
    private TestTenant tenant;
    private Api api;
    private String path;

    @BeforeEach
    void signIn() {
        tenant = TestTenant.create(db, transaction);
        api = TestChannels.of(tenant, port).api();
    }

    @AfterEach
    void stop() {
        waha.close();
    }

    @Test
    void aPhoneScansTheCodeAndTheChannelWorks() {
        var session = delivering();

        var asked = api.post(path + "/connect", NOTHING);

        assertThat(asked.status()).as(asked.text()).isEqualTo(200);
        await().atMost(SOON).until(() -> status().equals("pairing"));
        var code = api.get(path + "/qr");
        assertThat(code.status()).as(code.text()).isEqualTo(200);
        assertThat(code.header("Content-Type")).contains("image/png");
        assertThat(code.header("Cache-Control")).contains("no-store");
        assertThat(code.text()).startsWith("\uFFFDPNG");

        session.pair();

        await().atMost(SOON).until(() -> status().equals("connected"));
        assertThat(api.get(path).json().get("phone").asString()).isEqualTo("+" + session.ownNumber());
        assertThat(api.get(path + "/qr").code()).isEqualTo("channel_not_pairing");
        assertThat(api.post(path + "/connect", NOTHING).code()).isEqualTo("channel_already_connected");
        assertThat(happened()).startsWith("channel.created").contains("channel.connection_requested").endsWith("channel.connected");
    }

    @Test
    void aCodeThatIsTypedIntoThePhoneConnectsAsWell() {
        var session = delivering();
        assertThat(api.post(path + "/pairing-code", Map.of("phone", "+5511998000999")).code())
                .as("before it was started").isEqualTo("channel_not_pairing");
        api.post(path + "/connect", NOTHING);
        await().atMost(SOON).until(() -> status().equals("pairing"));
        assertThat(api.post(path + "/pairing-code", Map.of("phone", "98000")).json().get("errors").get(0).get("code").asString())
                .isEqualTo("phone_invalid");

        var code = api.post(path + "/pairing-code", Map.of("phone", "+55 11 99800-0999"));

        assertThat(code.status()).as(code.text()).isEqualTo(200);
        assertThat(code.header("Cache-Control")).contains("no-store");
        assertThat(session.enterCode("AAAA-0000")).isFalse();
        assertThat(session.enterCode(code.json().get("code").asString())).isTrue();
        await().atMost(SOON).until(() -> status().equals("connected"));
    }

    @Test
    void oneThatStopsGoesOnWithoutItsPhoneAndOneThatIsLoggedOutDoesNot() {
        var session = delivering();
        assertThat(disconnect(false).code()).isEqualTo("channel_not_connected");
        api.post(path + "/connect", NOTHING);
        await().atMost(SOON).until(() -> status().equals("pairing"));
        session.pair();
        await().atMost(SOON).until(() -> status().equals("connected"));

        assertThat(api.send("POST", path + "/disconnect", null).json().path("status").asString()).as("no body").isEqualTo("stopped");
        assertThat(disconnect(false).code()).isEqualTo("channel_not_connected");
        api.post(path + "/connect", NOTHING);
        await().atMost(SOON).until(() -> status().equals("connected"));

        assertThat(disconnect(true).json().get("status").asString()).isEqualTo("stopped");
        api.post(path + "/connect", NOTHING);
        await().atMost(SOON).until(() -> status().equals("pairing"));

        session.fail();
        await().atMost(SOON).until(() -> status().equals("failed"));
        api.post(path + "/connect", NOTHING);
        await().atMost(SOON).until(() -> status().equals("pairing"));
    }

    /** Without a webhook WAHA reports nothing: whoever looks at the code finds it out. */
    @Test
    void aSessionThatIsMissingIsMadeAndNoReportIsNeeded() {
        channel("nova");
        assertThat(waha.session("nova")).isEmpty();

        assertThat(api.post(path + "/connect", NOTHING).status()).isEqualTo(200);

        var session = waha.session("nova").orElseThrow();
        await().atMost(SOON).until(() -> session.status() == SimulatedSession.Status.SCAN_QR_CODE);
        assertThat(api.get(path + "/qr").status()).isEqualTo(200);
        assertThat(status()).isEqualTo("pairing");
        var etag = api.get(path).header("ETag");
        assertThat(api.get(path + "/qr").status()).isEqualTo(200);
        assertThat(api.get(path).header("ETag")).as("nothing new").isEqualTo(etag);
        session.pair();
        assertThat(api.get(path + "/qr").code()).isEqualTo("channel_not_pairing");
        assertThat(status()).isEqualTo("connected");
    }

    @Test
    void whoeverAsksForACodeToTypeFindsOutAsWellThatTheSessionWaits() {
        channel("nova");
        api.post(path + "/connect", NOTHING);
        var session = waha.session("nova").orElseThrow();
        await().atMost(SOON).until(() -> session.status() == SimulatedSession.Status.SCAN_QR_CODE);

        assertThat(api.post(path + "/pairing-code", Map.of("phone", "+55 11 99800-0999")).status()).isEqualTo(200);

        assertThat(status()).isEqualTo("pairing");
    }

    @Test
    void aChannelThatIsGivenUpStopsAndTakesNothingAndItsSessionMayServeAnother() throws Exception {
        var webhook = channel("vendas");
        var session = waha.session("vendas", Engine.GOWS).deliverTo("http://127.0.0.1:" + port + webhook, Samples.SECRET).pair();
        await().atMost(SOON).until(() -> status().equals("connected"));
        session.customer("Ana", "5511998000101").writes("Oi");
        await().atMost(SOON).until(() -> api.get("/api/v1/chats").json().get("items").size() == 1);

        assertThat(api.delete(path).status()).isEqualTo(204);
        assertThat(api.delete(path).status()).as("again").isEqualTo(204);

        await().atMost(SOON).until(() -> session.status() == SimulatedSession.Status.STOPPED);
        assertThat(status()).isEqualTo("stopped");
        assertThat(api.get("/api/v1/channels").json().get("items")).isEmpty();
        assertThat(api.get("/api/v1/channels?archived=true").json().get("items")).hasSize(1);
        assertThat(api.get("/api/v1/chats").json().get("items")).as("its history").hasSize(1);
        assertThat(Api.anonymous(port).post(webhook, Map.of("event", "message", "session", "vendas")).status()).isEqualTo(404);
        assertThat(api.post(path + "/connect", NOTHING).code()).isEqualTo("channel_archived");
        assertThat(api.with("If-Match", api.get(path).header("ETag").orElseThrow()).patch(path, Map.of("name", "x")).code())
                .isEqualTo("channel_archived");
        assertThat(happened()).endsWith("channel.disconnected", "channel.archived");

        var old = path;
        channel("vendas");
        assertThat(api.post(old + "/restore", NOTHING).code()).isEqualTo("session_in_use");
        assertThat(api.delete(path).status()).isEqualTo(204);
        var restored = api.post(old + "/restore", NOTHING);
        assertThat(restored.status()).as(restored.text()).isEqualTo(200);
        assertThat(restored.json().get("archivedAt").isNull()).isTrue();
        path = old;
        api.post(path + "/connect", NOTHING);
        await().atMost(SOON).until(() -> status().equals("connected"));
    }

    @Test
    void aServerThatIsNotThereIsSaidToBe() {
        path = "/api/v1/channels/" + TestChannels.of(tenant, port).connect("http://127.0.0.1:9", "vendas").id();
        assertThat(api.post(path + "/connect", NOTHING).code()).isEqualTo("waha_unreachable");
        assertThat(api.get(path + "/qr").code()).isEqualTo("waha_unreachable");
        assertThat(disconnect(true).code()).isEqualTo("waha_unreachable");
        assertThat(happened()).as("nothing was begun").containsExactly("channel.created");
    }

    @Test
    void noTransactionWaitsForAServerOutside() {
        channel("vendas");
        assertThat(api.with("Idempotency-Key", "once").post(path + "/connect", NOTHING).code()).isEqualTo("idempotency_key_not_taken");
        assertThat(waha.session("vendas")).isEmpty();
    }

    @Test
    void onlyWhoMayChangeChannelsSeesACode() {
        channel("vendas");
        var reader = Api.anonymous(port).as(TestCallers.token(tenant.tenant(), Set.of(Permission.CHANNEL_READ)));
        assertThat(reader.get(path + "/qr").status()).isEqualTo(403);
        assertThat(reader.post(path + "/connect", NOTHING).status()).isEqualTo(403);
        assertThat(reader.post(path + "/pairing-code", Map.of("phone", "+5511998000999")).status()).isEqualTo(403);
        assertThat(TestChannels.of(TestTenant.create(db, transaction), port).api().get(path + "/qr").status()).isEqualTo(404);
    }

    private SimulatedSession delivering() {
        var webhook = channel("vendas");
        return waha.session("vendas", Engine.GOWS).deliverTo("http://127.0.0.1:" + port + webhook, Samples.SECRET);
    }

    private String channel(String session) {
        var made = TestChannels.of(tenant, port).connect(waha.url(), session);
        path = "/api/v1/channels/" + made.id();
        return made.webhookPath();
    }

    private Api.Answer disconnect(boolean logOut) {
        return api.post(path + "/disconnect", Map.of("logOut", logOut));
    }

    private String status() {
        return api.get(path).json().get("status").asString();
    }

    private List<String> happened() {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> db.sql("""
                select type from domain_event_logs where type like 'channel.%' order by position
                """).query(String.class).list()));
    }
}
