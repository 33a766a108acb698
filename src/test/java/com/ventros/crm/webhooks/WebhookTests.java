package com.ventros.crm.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.channels.TestChannels;
import com.ventros.crm.channels.waha.Samples;
import com.ventros.crm.channels.waha.simulator.Engine;
import com.ventros.crm.channels.waha.simulator.Misbehaviour;
import com.ventros.crm.channels.waha.simulator.Misbehaviour.Fault;
import com.ventros.crm.channels.waha.simulator.Options;
import com.ventros.crm.channels.waha.simulator.WahaSimulator;
import com.ventros.crm.events.catalog.Catalogue;
import com.ventros.crm.tenancy.Tenancy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** From what happens to the request at a customer's own program, a real one on this machine. */
@DatabaseTest
class WebhookTests {

    private static final Duration SOON = Duration.ofSeconds(90);

    private record Heard(Headers headers, byte[] body) {}

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Catalogue catalogue;

    @LocalServerPort
    int port;

    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    /** The status for each request, by its number from 0. */
    private volatile IntUnaryOperator answers = _ -> 204;
    private HttpServer receiver;
    private TestTenant tenant;
    private Api api;

    @BeforeEach
    void begin() throws Exception {
        tenant = TestTenant.create(db, transaction);
        api = Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant()));
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        receiver.createContext("/", exchange -> {
            var body = exchange.getRequestBody().readAllBytes();
            int status;
            synchronized (heard) {
                status = answers.applyAsInt(heard.size());
                heard.add(new Heard(exchange.getRequestHeaders(), body));
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void end() {
        receiver.stop(0);
    }

    @Test
    void everyMessageIsToldOnceSignedThoughItsDeliveryCameTwice() throws Exception {
        var made = endpoint("message.received", "session.created");
        var secret = Base64.getDecoder().decode(made.json().get("secret").asString().substring("whsec_".length()));

        customersWrite(15);

        await().atMost(SOON).until(() -> states().equals(Map.of("DELIVERED", 16L)));
        assertThat(heard).hasSize(16);
        var ids = new HashSet<String>();
        for (var one : heard) {
            var id = one.headers().getFirst("webhook-id");
            var at = Instant.ofEpochSecond(Long.parseLong(one.headers().getFirst("webhook-timestamp")));
            assertThat(ids.add(id)).isTrue();
            assertThat(one.headers().getFirst("webhook-signature")).isEqualTo(Signature.of(secret, id, at, one.body()));
            assertThat(new String(one.body(), UTF_8)).startsWith("{\"type\":\"");
        }
        assertThat(heard.stream().filter(one -> new String(one.body(), UTF_8).contains("\"session.created\""))).hasSize(1);
    }

    @Test
    void theSignatureIsTheOneOfStandardWebhooks() {
        // The example of the specification's reference libraries.
        var secret = Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        assertThat(Signature.of(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", Instant.ofEpochSecond(1614265330),
                "{\"test\": 2432232314}".getBytes(UTF_8))).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void aServerInTroubleIsAskedAgainAndAnHonestNoIsFinal() throws Exception {
        answers = number -> number == 0 ? 503 : 204;
        endpoint("session.created");
        customersWrite(1);
        await().atMost(SOON).until(() -> states().equals(Map.of("DELIVERED", 1L)));
        assertThat(inTenant(() -> db.sql("select attempt || ' ' || status from webhook_attempt order by attempt")
                .query(String.class).list())).containsExactly("1 503", "2 204");
        assertThat(heard.get(0).headers().getFirst("webhook-id")).isEqualTo(heard.get(1).headers().getFirst("webhook-id"));

        answers = _ -> 400;
        inTenant(() -> db.sql("delete from webhook_attempt").update()
                + db.sql("update webhook_delivery set state = 'PENDING', attempts = 0, next_attempt_at = now()").update());
        await().atMost(SOON).until(() -> states().equals(Map.of("FAILED", 1L)));
    }

    @Test
    void anEndpointThatIsGoneGetsNothingAnyMore() throws Exception {
        answers = _ -> 410;
        var id = endpoint("session.created").json().get("id").asString();
        customersWrite(1);
        await().atMost(SOON).until(() -> !api.get("/api/v1/webhooks/" + id).json().get("active").asBoolean());
        assertThat(states()).isEqualTo(Map.of("FAILED", 1L));
    }

    @Test
    void endpointsAreMadeChangedAndRemovedAndTheirSecretIsShownOnce() {
        var made = endpoint("message.received");
        var path = "/api/v1/webhooks/" + made.json().get("id").asString();
        assertThat(made.json().get("secret").asString()).startsWith("whsec_");
        assertThat(api.get(path).text()).doesNotContain("whsec_");
        assertThat(api.get("/api/v1/webhooks").json().get("items").size()).isEqualTo(1);
        assertThat(api.patch(path, Map.of("active", false)).status()).isEqualTo(428);
        var changed = api.with("If-Match", "\"0\"").patch(path, Map.of("active", false, "eventTypes", List.of("call.received")));
        assertThat(changed.json().get("active").asBoolean()).isFalse();
        assertThat(api.with("If-Match", "\"0\"").patch(path, Map.of("active", true)).status()).isEqualTo(412);
        assertThat(api.delete(path).status()).isEqualTo(204);
        assertThat(api.get(path).status()).isEqualTo(404);
    }

    @Test
    void anAddressThatLeadsInsideIsRefused() {
        for (var url : List.of("ftp://example.com", "https://", "https://a@example.com/", "https://169.254.169.254/latest",
                "https://[fd00:ec2::254]/", "http://203.0.113.9/hook", "not an address")) {
            assertThat(api.post("/api/v1/webhooks", Map.of("url", url, "eventTypes", List.of("call.received"))).status())
                    .as(url).isEqualTo(422);
        }
        assertThat(api.post("/api/v1/webhooks", Map.of("url", "https://example.com/", "eventTypes", List.of("tenant.opened")))
                .status()).isEqualTo(422);
    }

    @Test
    void everythingThatIsToldHappens() {
        assertThat(catalogue.entries().stream().map(Catalogue.Entry::type).toList()).containsAll(PublicEvents.domainTypes());
    }

    private Api.Answer endpoint(String... types) {
        var made = api.post("/api/v1/webhooks", Map.of("url", "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook",
                "eventTypes", List.of(types)));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made;
    }

    private void customersWrite(int messages) throws Exception {
        try (var waha = WahaSimulator.start(Options.forTests())) {
            var vendas = TestChannels.of(tenant, port).connect(waha.url(), "vendas");
            var session = waha.session("vendas", Engine.GOWS)
                    .deliverTo("http://127.0.0.1:" + port + vendas.webhookPath(), Samples.SECRET).pair();
            waha.misbehave(Misbehaviour.none(3).with(Fault.DUPLICATE, 0.5));
            var ana = session.customer("Ana Souza", "5511998000101");
            for (int n = 0; n < messages; n++) ana.writes("Mensagem " + n);
            assertThat(waha.awaitQuiet(SOON)).isTrue();
        }
    }

    private Map<String, Long> states() {
        return inTenant(() -> db.sql("select state, count(*) from webhook_delivery group by state")
                .query((row, _) -> Map.entry(row.getString(1), row.getLong(2))).list()).stream()
                .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private <T> T inTenant(Supplier<T> question) {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> question.get()));
    }
}
