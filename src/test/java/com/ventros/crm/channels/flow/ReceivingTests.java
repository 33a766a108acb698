package com.ventros.crm.channels.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestTenant;
import com.ventros.crm.channels.DeliveryCounts;
import com.ventros.crm.channels.PresenceChanged;
import com.ventros.crm.channels.TestChannels;
import com.ventros.crm.channels.waha.RawDelivery;
import com.ventros.crm.channels.waha.Samples;
import com.ventros.crm.channels.waha.UnreadableDeliveries;
import com.ventros.crm.channels.waha.simulator.Engine;
import com.ventros.crm.channels.waha.simulator.Misbehaviour;
import com.ventros.crm.channels.waha.simulator.Misbehaviour.Fault;
import com.ventros.crm.channels.waha.simulator.Options;
import com.ventros.crm.channels.waha.simulator.WahaSimulator;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.conversations.Incoming.PresenceState;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@DatabaseTest
class ReceivingTests {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Autowired
    JdbcClient db;

    @Autowired
    @Qualifier("system")
    JdbcClient system;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    DeliveryCounts books;

    @Autowired
    UnreadableDeliveries unreadable;

    @Autowired
    LookAfterUnderway underway;

    @Autowired
    ConfigurableApplicationContext context;

    @LocalServerPort
    int port;

    private TestTenant tenant;
    private TestChannels channels;

    @BeforeEach
    void signIn() {
        tenant = TestTenant.create(db, transaction);
        channels = TestChannels.of(tenant, port);
    }

    @Test
    void whatCustomersWriteIsKeptOnceThoughItComesRepeatedAndInDisorder() throws Exception {
        try (var waha = WahaSimulator.start(Options.forTests())) {
            var vendas = channels.connect(waha.url(), "vendas");
            var session = waha.session("vendas", Engine.GOWS).deliverTo(address(vendas), Samples.SECRET).pair();
            waha.misbehave(Misbehaviour.none(7).with(Fault.DUPLICATE, 0.5).with(Fault.DISORDER, 0.5));
            for (int person = 0; person < 5; person++) {
                var customer = session.customer("Cliente " + person, "551199800010" + person);
                for (int n = 0; n < 8; n++) customer.writes("Mensagem " + n);
            }
            assertThat(waha.awaitQuiet(SOON)).isTrue();

            awaitAllApplied();

            assertThat(inTenant(() -> db.sql("select external_id from message").query(String.class).list()))
                    .containsExactlyInAnyOrderElementsOf(waha.ledger().writtenIds("vendas"));
            assertThat(inTenant(() -> db.sql("select count(*) from contact").query(Long.class).single())).isEqualTo(5);
            assertThat(channels.api().get("/api/v1/channels/" + vendas.id()).json().get("status").asString())
                    .isEqualTo("connected");
            assertThat(channels.api().get("/api/v1/channels/" + vendas.id()).json().get("phone").asString())
                    .isEqualTo("+" + session.ownNumber());
        }
    }

    /** Nothing is delivered to us, so that only a look can tell. */
    @Test
    void aChannelWhoseConnectionNobodyReportedIsAskedAfter() {
        try (var waha = WahaSimulator.start(Options.forTests())) {
            var vendas = "/api/v1/channels/" + channels.connect(waha.url(), "vendas").id();
            channels.api().post(vendas + "/connect", Map.of());
            waha.session("vendas").orElseThrow().pair();
            assertThat(status(vendas)).isIn("starting", "pairing");

            underway.runOnce(Instant.now());
            assertThat(status(vendas)).as("a report may still come").isIn("starting", "pairing");

            var later = Instant.now().plus(Duration.ofDays(1));
            await().atMost(SOON).until(() -> {
                underway.runOnce(later); // a few at a time, and there may be many channels of others
                return status(vendas).equals("connected");
            });
        }
    }

    private String status(String channel) {
        return channels.api().get(channel).json().get("status").asString();
    }

    @Test
    void whatAChannelDoesNotWantOfGroupsIsLeftOutAndCounted() throws Exception {
        var vendas = channels.connect("http://waha.invalid", "vendas");
        set(vendas, Map.of("groups", false));

        for (var name : List.of("message-gows-group.json", "message-any-gows-outgoing-group.json", "message-gows-text.json",
                "status-gows-image.json")) {
            deliver(vendas, name);
        }
        awaitAllApplied();

        assertThat(inTenant(() -> db.sql("select kind from chat").query(String.class).list())).containsExactly("DIRECT");
        assertThat(channels.api().get("/api/v1/channels/" + vendas.id()).json().get("leftOut").asLong()).isEqualTo(2);
        assertThat(inTenant(books::total)).isEqualTo(new DeliveryCounts.Total(4, 4));

        set(vendas, Map.of("groups", true));
        deliver(vendas, "message-gows-group-lid.json");
        await().atMost(SOON).until(() -> inTenant(() ->
                db.sql("select count(*) from chat where kind = 'GROUP'").query(Long.class).single()) == 1);
    }

    @Test
    void aStatusPostIsTakenInByAChannelThatWantsThem() throws Exception {
        var vendas = channels.connect("http://waha.invalid", "vendas");
        deliver(vendas, "status-gows-image.json");
        awaitAllApplied();
        assertThat(inTenant(() -> db.sql("select count(*) from contact").query(Long.class).single())).isZero();

        set(vendas, Map.of("statusPosts", true));
        deliver(vendas, "status-gows-image.json");
        await().atMost(SOON).until(() -> inTenant(() ->
                db.sql("select type from message").query(String.class).list()).equals(List.of("IMAGE")));
        assertThat(inTenant(() -> db.sql("select value from contact_identity where kind = 'PHONE'").query(String.class).list()))
                .containsExactly("+5511998000101");
    }

    @Test
    void whoeverIsMetForTheFirstTimeEntersThePipelineOfTheChannelOnce() {
        try (var waha = WahaSimulator.start(Options.forTests())) {
            var vendas = channels.connect(waha.url(), "vendas");
            var session = waha.session("vendas", Engine.GOWS).deliverTo(address(vendas), Samples.SECRET).pair();
            var before = session.customer("Bia", "5511998000102");
            before.writes("Oi");
            awaitAllApplied();
            var pipeline = channels.api().post("/api/v1/pipelines", Map.of("name", "Vendas", "statuses",
                    List.of(Map.of("name", "Novo", "kind", "open", "colour", "#1c7ed6"), Map.of("name", "Ganho", "kind", "won", "colour", "#2f9e44")))).json();
            set(vendas, Map.of("defaultPipelineId", pipeline.get("id").asString()));

            session.customer("Ana", "5511998000101").writes("Oi");
            before.writes("Voltei");

            await().atMost(SOON).until(() -> inTenant(() -> db.sql("select count(*) from deal").query(Long.class).single()) == 1);
            assertThat(inTenant(() -> db.sql("""
                    select c.name || ' ' || s.name from deal d
                      join contact c on c.id = d.contact_id join pipeline_status s on s.id = d.status_id
                    """).query(String.class).list())).containsExactly("Ana Novo");
        }
    }

    @Test
    void whoComesWithTheHistoryOfAPhoneDoesNotEnterThePipeline() throws Exception {
        var vendas = channels.connect("http://waha.invalid", "vendas");
        var pipeline = channels.api().post("/api/v1/pipelines", Map.of("name", "Vendas", "statuses",
                List.of(Map.of("name", "Novo", "kind", "open", "colour", "#1c7ed6")))).json();
        set(vendas, Map.of("defaultPipelineId", pipeline.get("id").asString()));
        var now = Instant.now().getEpochSecond();
        // Years, hours and a minute before the channel came; the last is still going on.
        writes(vendas, "5511998000101", "A1", 1_770_724_800);
        writes(vendas, "5511998000102", "A2", now - 7_200);
        writes(vendas, "5511998000103", "A3", now - 60);
        writes(vendas, "5511998000104", "A4", now + 1);
        await().atMost(SOON).until(() -> inTenant(() -> db.sql("""
                select count(*) from domain_event_logs e join processed_events p on p.event_id = e.id
                 where e.type = 'session.started' and p.consumer_name = 'pipelines-of-channels'
                """).query(Long.class).single()) == 4);
        assertThat(inTenant(() -> db.sql("""
                select i.value from deal d join contact_identity i on i.contact_id = d.contact_id where i.kind = 'PHONE'
                """).query(String.class).list())).containsExactly("+5511998000104");
    }

    private void writes(TestChannels.Connected channel, String phone, String id, long at) throws Exception {
        deliver(channel, "message", 1_000, """
                {"id":"false_%1$s@c.us_%2$s","timestamp":%3$d,"from":"%1$s@c.us","fromMe":false,"body":"Oi",
                 "_data":{"Info":{"Chat":"%1$s@s.whatsapp.net","Sender":"%1$s@s.whatsapp.net"}}}""".formatted(phone, id, at));
    }

    /** The label, the chat and that one has the other may become known in any order, and under either address of the person. */
    @Test
    void labelsOfAChannelAreShownWithTheChatsThatHaveThem() throws Exception {
        var vendas = channels.connect("http://waha.invalid", "vendas");
        deliver(vendas, "label.chat.added", 2_000, "{\"labelId\":\"7\",\"chatId\":\"5511998000101@c.us\",\"label\":null}");
        deliver(vendas, "message", 1_000, """
                {"id":"false_5511998000101@c.us_A1","timestamp":1770724800,"from":"5511998000101@c.us","fromMe":false,"body":"Oi",
                 "_data":{"Info":{"Chat":"5511998000101@s.whatsapp.net","Sender":"5511998000101@s.whatsapp.net","SenderAlt":"214816000000101@lid"}}}""");
        awaitAllApplied();
        assertThat(labels()).isEmpty();

        deliver(vendas, "label.upsert", 3_000, "{\"id\":\"7\",\"name\":\"Novo cliente\",\"color\":0,\"colorHex\":\"#FF9485\"}");
        await().atMost(SOON).until(() -> labels().equals(List.of("Novo cliente #ff9485")));
        var listed = channels.api().get("/api/v1/labels?channelId=" + vendas.id()).json().path("items").get(0);
        var label = listed.get("id").asString();
        assertThat(listed.get("chats").asLong()).isEqualTo(1);
        assertThat(channels.api().get("/api/v1/chats?label=" + label).json().get("items")).hasSize(1);
        assertThat(channels.api().get("/api/v1/chats?label=" + UUID.randomUUID()).json().get("items")).isEmpty();
        var others = TestChannels.of(TestTenant.create(db, transaction), port).api();
        assertThat(others.get("/api/v1/labels").json().path("items")).isEmpty();

        deliver(vendas, "label.chat.deleted", 5_000, "{\"labelId\":\"7\",\"chatId\":\"214816000000101@lid\",\"label\":null}");
        await().atMost(SOON).until(() -> labels().isEmpty());
        assertThat(channels.api().get("/api/v1/labels").json().path("items").get(0).get("chats").asLong()).isZero();
        assertThat(channels.api().get("/api/v1/chats?label=" + label).json().get("items")).isEmpty();
        deliver(vendas, "label.chat.added", 4_000, "{\"labelId\":\"7\",\"chatId\":\"5511998000101@c.us\",\"label\":null}");
        awaitAllApplied();
        assertThat(labels()).as("an earlier one that comes late").isEmpty();

        deliver(vendas, "label.chat.added", 6_000, "{\"labelId\":\"7\",\"chatId\":\"5511998000101@c.us\",\"label\":null}");
        await().atMost(SOON).until(() -> labels().size() == 1);
        deliver(vendas, "label.deleted", 7_000, "{\"id\":\"7\",\"name\":\"Novo cliente\",\"color\":0,\"colorHex\":\"#ff9485\"}");
        await().atMost(SOON).until(() -> labels().isEmpty());
        assertThat(inTenant(() -> db.sql("""
                select type from domain_event_logs where type like 'label.%' or type like 'chat.label%' order by position
                """).query(String.class).list())).containsExactly("label.changed", "chat.label_removed", "chat.label_added", "label.deleted");
        // A screen that asked for the labels a moment too early asks again.
        await().atMost(SOON).untilAsserted(() -> assertThat(inTenant(() -> db.sql("""
                select type from live_event where type like 'label.%' or type like 'chat.label%'
                """).query(String.class).list())).containsExactlyInAnyOrder("label.changed", "chat.label_removed", "chat.label_added", "label.deleted"));
    }

    private List<String> labels() {
        var names = new ArrayList<String>();
        channels.api().get("/api/v1/chats").json().get("items").get(0).get("labels")
                .forEach(label -> names.add(label.get("name").asString() + " " + label.get("colour").asString()));
        return names;
    }

    private void deliver(TestChannels.Connected channel, String event, long afterNine, String payload) throws Exception {
        var body = "{\"event\":\"%s\",\"session\":\"vendas\",\"engine\":\"GOWS\",\"timestamp\":%d,\"payload\":%s}"
                .formatted(event, 1_770_724_800_000L + afterNine, payload).getBytes(UTF_8);
        var mac = Mac.getInstance("HmacSHA512");
        mac.init(new SecretKeySpec(Samples.SECRET.getBytes(UTF_8), "HmacSHA512"));
        deliver(channel, body, HexFormat.of().formatHex(mac.doFinal(body)));
    }

    private void deliver(TestChannels.Connected channel, String sample) throws Exception {
        deliver(channel, Samples.body(sample), Samples.signatures().get(sample));
    }

    private void deliver(TestChannels.Connected channel, byte[] body, String signature) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(address(channel))).header("Content-Type", "application/json")
                    .header("X-Webhook-Hmac", signature).POST(BodyPublishers.ofByteArray(body)).build();
            assertThat(http.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
        }
    }

    private void set(TestChannels.Connected channel, Map<String, Object> settings) {
        var path = "/api/v1/channels/" + channel.id();
        var etag = channels.api().get(path).header("ETag").orElseThrow();
        var changed = channels.api().with("If-Match", etag).patch(path, settings);
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    }

    @Test
    void everySampleIsAppliedOrSetAsideInAnyOrder() throws Exception {
        var server = "http://waha.invalid";
        var doors = Map.of("vendas", channels.connect(server, "vendas"), "suporte", channels.connect(server, "suporte"),
                "atendimento", channels.connect(server, "atendimento"));
        var names = new ArrayList<>(Samples.signatures().keySet());
        Collections.shuffle(names, new Random(11));
        long accepted = 0;
        try (var http = HttpClient.newHttpClient()) {
            for (var name : names) {
                var body = Samples.body(name);
                var text = new String(body, UTF_8);
                var door = doors.entrySet().stream()
                        .filter(entry -> text.contains("\"session\": \"" + entry.getKey() + "\"")).findFirst();
                if (door.isEmpty()) continue;
                var request = HttpRequest.newBuilder(URI.create(address(door.get().getValue())))
                        .header("Content-Type", "application/json")
                        .header("X-Webhook-Hmac", Samples.signatures().get(name))
                        .POST(BodyPublishers.ofByteArray(body)).build();
                if (http.send(request, BodyHandlers.discarding()).statusCode() == 200) accepted++;
            }
        }
        awaitAllApplied();

        assertThat(inTenant(books::total)).isEqualTo(new DeliveryCounts.Total(accepted, accepted));
        for (var newest : Map.of("vendas", "pairing", "suporte", "connected", "atendimento", "starting").entrySet()) {
            var channel = channels.api().get("/api/v1/channels/" + doors.get(newest.getKey()).id()).json();
            assertThat(channel.get("status").asString()).as(newest.getKey() + ": the newest report, not the last to arrive")
                    .isEqualTo(newest.getValue());
        }
        assertThat(inTenant(() -> db.sql("select event from unknown_delivery").query(String.class).list()))
                .containsExactly("message.pinned");
        await().atMost(SOON).untilAsserted(() ->
                assertThat(failures()).containsExactlyInAnyOrder("message_id_missing", "payload_missing", "not_json", "not_json"));
        assertThat(system.sql("select body from failures where tenant_id = :tenant and code = 'not_json'").param("tenant", tenant.tenant().value())
                .query(byte[].class).list()).as("as they came").contains(Samples.body("malformed-truncated.json"));
        assertThat(inTenant(() -> db.sql("select count(*) from message where external_id = 'AC9B820183092C14C6E32B97D21270F0'")
                .query(Long.class).single())).isEqualTo(1);
    }

    @Test
    void whatCouldNotBeReadOnceIsAppliedWhenItComesAgainAndCan() {
        var vendas = channels.connect("http://waha.invalid", "vendas");
        var delivery = new RawDelivery("waha", Uuids.v7(), tenant.tenant(), tenant.project(), new ChannelId(vendas.id()), Instant.now(),
                Optional.empty(), Uuids.v7(), Uuids.v7(), Samples.body("message-gows-text.json"));
        // As a program would have set it aside that did not understand it yet.
        unreadable.setAside(delivery, "not_understood_yet", "the translator had to learn it");
        await().atMost(SOON).untilAsserted(() -> assertThat(inTenant(() -> db.sql("select external_id from message")
                .query(String.class).list())).containsExactly("AC9B820183092C14C6E32B97D21270F0"));
        assertThat(failures()).isEmpty();
        assertThat(inTenant(books::total).applied()).isZero();
    }

    @Test
    void typingIsShownToWhoeverListensAndNotKept() throws Exception {
        var seen = new CopyOnWriteArrayList<PresenceChanged>();
        ApplicationListener<PayloadApplicationEvent<PresenceChanged>> listener = event -> {
            if (event.getPayload().tenant().equals(tenant.tenant())) seen.add(event.getPayload());
        };
        var atendimento = channels.connect("http://waha.invalid", "atendimento");
        context.addApplicationListener(listener);
        try (var http = HttpClient.newHttpClient()) {
            http.send(HttpRequest.newBuilder(URI.create(address(atendimento)))
                    .header("Content-Type", "application/json")
                    .header("X-Webhook-Hmac", Samples.signatures().get("presence-typing-webjs.json"))
                    .POST(BodyPublishers.ofByteArray(Samples.body("presence-typing-webjs.json"))).build(),
                    BodyHandlers.discarding());
            await().atMost(SOON).untilAsserted(() -> assertThat(seen).hasSize(1));
        } finally {
            context.removeApplicationListener(listener);
        }
        assertThat(seen.getFirst().state()).isEqualTo(PresenceState.TYPING);
        assertThat(seen.getFirst().channel().value()).isEqualTo(atendimento.id());
        assertThat(inTenant(() -> db.sql("select count(*) from chat").query(Long.class).single())).isZero();
    }

    /** The door books its acceptances every second, the consumer with each batch. */
    private void awaitAllApplied() {
        var before = new long[] {-1};
        await().atMost(SOON).pollInterval(Duration.ofMillis(1_200)).until(() -> {
            var total = inTenant(books::total);
            var settled = total.accepted() > 0 && total.accepted() == total.applied() && total.accepted() == before[0];
            before[0] = total.accepted();
            return settled;
        });
    }

    private List<String> failures() {
        return system.sql("select code from failures where tenant_id = :tenant and source = 'waha.events.parse_errors'")
                .param("tenant", tenant.tenant().value()).query(String.class).list();
    }

    private String address(TestChannels.Connected channel) {
        return "http://127.0.0.1:" + port + channel.webhookPath();
    }

    private <T> T inTenant(Supplier<T> question) {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> question.get()));
    }
}
