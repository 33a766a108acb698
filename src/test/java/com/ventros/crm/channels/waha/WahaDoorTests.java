package com.ventros.crm.channels.waha;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestTenant;
import com.ventros.crm.channels.TestChannels;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@DatabaseTest
class WahaDoorTests {

    private static final String NOBODYS_KEY = "A".repeat(43);
    private static final String PLAIN = "message-gows-text.json";
    private static final int ABOVE_THE_LIMIT = 5 * 1024 * 1024 + 1;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @LocalServerPort
    int port;

    private final HttpClient http = HttpClient.newHttpClient();
    private TestChannels channels;
    private TestChannels.Connected vendas;

    @BeforeEach
    void connect() {
        channels = TestChannels.of(TestTenant.create(db, transaction), port);
        vendas = channels.connect("http://waha.example:3000", "vendas");
    }

    @Test
    void everySampleIsAcceptedUnlessItIsOfAnotherSession() throws Exception {
        var paths = Map.of("vendas", vendas.webhookPath(),
                "suporte", channels.connect("http://waha.example:3000", "suporte").webhookPath(),
                "atendimento", channels.connect("http://waha.example:3000", "atendimento").webhookPath());
        var answers = new TreeMap<String, Integer>();
        for (var sample : Samples.signatures().entrySet()) {
            var body = Samples.body(sample.getKey());
            var session = Peek.at(body) instanceof Peek.OfSession(var named) ? named : "vendas";
            var answer = deliver(paths.getOrDefault(session, vendas.webhookPath()), body, sample.getValue());
            if (answer.statusCode() != 200) answers.put(sample.getKey(), answer.statusCode());
        }
        assertThat(answers).containsExactly(Map.entry("unknown-session.json", 422));
    }

    @Test
    void aDeliveryWithoutTheRightSignatureIsRefusedBeforeAnythingElse() throws Exception {
        var unsigned = post(vendas.webhookPath(), BodyPublishers.ofByteArray(Samples.body(PLAIN)), Map.of());
        assertThat(unsigned.statusCode()).isEqualTo(401);
        assertThat(unsigned.body()).contains("\"code\":\"signature_invalid\"");
        assertThat(deliver(vendas.webhookPath(), "no json".getBytes(UTF_8), "00").statusCode()).isEqualTo(401);
        var changed = Samples.body(PLAIN);
        changed[changed.length - 2] ^= 1;
        assertThat(deliver(vendas.webhookPath(), changed, Samples.signatures().get(PLAIN)).statusCode()).isEqualTo(401);
    }

    @Test
    void aDeliveryOfAnotherSessionIsRefusedThoughItsSignatureIsRight() throws Exception {
        var body = new String(Samples.body(PLAIN), UTF_8).replace("\"session\": \"vendas\"", "\"session\": \"Vendas\"");
        var answer = signed(vendas.webhookPath(), body.getBytes(UTF_8));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"code\":\"session_mismatch\"");
    }

    @Test
    void anAddressThatNobodyHasIsNotThere() throws Exception {
        for (var key : new String[] {NOBODYS_KEY, "short", "A".repeat(500), "%00", "a'or'1'='1"}) {
            assertThat(signed("/webhooks/waha/" + key, Samples.body(PLAIN)).statusCode()).as(key).isIn(400, 404);
        }
    }

    @Test
    void afterTheKeyIsRotatedOnlyTheNewAddressAnswers() throws Exception {
        assertThat(signed(vendas.webhookPath(), Samples.body(PLAIN)).statusCode()).isEqualTo(200);

        var rotated = channels.api().post("/api/v1/channels/" + vendas.id() + "/webhook-key", Map.of());

        assertThat(rotated.status()).isEqualTo(200);
        assertThat(signed(vendas.webhookPath(), Samples.body(PLAIN)).statusCode()).isEqualTo(404);
        var path = rotated.json().get("webhookPath").asString();
        assertThat(path).isNotEqualTo(vendas.webhookPath());
        assertThat(signed(path, Samples.body(PLAIN)).statusCode()).isEqualTo(200);
    }

    @Test
    void onlyPostingJsonIsUnderstood() throws Exception {
        var door = Api.anonymous(port);
        assertThat(door.get(vendas.webhookPath()).status()).isEqualTo(405);
        assertThat(door.send("PUT", vendas.webhookPath(), "{}").status()).isEqualTo(405);
        assertThat(door.with("Content-Type", "text/plain").send("POST", vendas.webhookPath(), "{}").status()).isEqualTo(415);
    }

    @Test
    void aBodyAboveTheLimitIsRefusedHoweverItComes() throws Exception {
        var body = new byte[ABOVE_THE_LIMIT];
        var chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
        assertThat(post(vendas.webhookPath(), chunked, Map.of()).statusCode()).isEqualTo(413);
        try (var socket = new Socket("127.0.0.1", port)) {
            // Only the head: the answer must not wait for a body that is too large anyway.
            socket.getOutputStream().write(("POST " + vendas.webhookPath() + " HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n").getBytes(UTF_8));
            var answer = new String(socket.getInputStream().readNBytes(12), UTF_8);
            assertThat(answer).isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void aCallerThatHangsUpHalfWayIsForgotten() throws Exception {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(("POST " + vendas.webhookPath() + " HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"event\"").getBytes(UTF_8));
            socket.shutdownOutput();
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8)).startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void noCookieAndNoSessionIsMade() throws Exception {
        var answer = signed(vendas.webhookPath(), Samples.body(PLAIN));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(answer.body()).isEqualTo("{\"accepted\":true}");
    }

    private HttpResponse<String> signed(String path, byte[] body) throws Exception {
        return deliver(path, body, Signature.of(body, Samples.SECRET.getBytes(UTF_8)));
    }

    private HttpResponse<String> deliver(String path, byte[] body, String signature) throws Exception {
        return post(path, BodyPublishers.ofByteArray(body),
                Map.of("X-Webhook-Hmac", signature, "X-Webhook-Hmac-Algorithm", "sha512"));
    }

    private HttpResponse<String> post(String path, BodyPublisher body, Map<String, String> headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).POST(body)
                .header("Content-Type", "application/json");
        headers.forEach(request::header);
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
