package com.ventros.crm.channels.waha.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A simulator and a receiver of its webhooks, new for each test, and HTTP to talk to it. */
abstract class SimulatorTest {

    record Answered(int status, String type, byte[] body) {

        JsonNode json() {
            return JSON.readTree(body);
        }
    }

    static final Duration SOON = Duration.ofSeconds(10);
    static final String HMAC_KEY = "waha-test-hmac-key";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    HttpClient http;
    WahaSimulator waha;
    WebhookReceiver receiver;

    @BeforeEach
    void start() {
        http = HttpClient.newHttpClient();
        receiver = new WebhookReceiver();
        waha = WahaSimulator.start(options());
    }

    @AfterEach
    void stop() {
        waha.close();
        receiver.close();
        http.shutdownNow();
    }

    Options options() {
        return Options.forTests();
    }

    /** A paired session whose events, those of the pairing left out, come to the receiver. */
    SimulatedSession paired(String name, Engine engine, String... events) {
        return waha.session(name, engine).pair().deliverTo(receiver.url(), HMAC_KEY, events);
    }

    void quiet() throws InterruptedException {
        assertThat(waha.awaitQuiet(SOON)).as("quiet in time").isTrue();
    }

    Answered get(String path) throws Exception {
        return call("GET", path, "");
    }

    Answered post(String path, String body) throws Exception {
        return call("POST", path, body);
    }

    Answered call(String method, String path, String body) throws IOException, InterruptedException {
        return send(request(method, path, body).header("X-Api-Key", waha.options().apiKey()).build());
    }

    HttpRequest.Builder request(String method, String path, String body) {
        return HttpRequest.newBuilder(URI.create(waha.url() + path))
                .timeout(SOON)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
    }

    Answered send(HttpRequest request) throws IOException, InterruptedException {
        var answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        return new Answered(answer.statusCode(), answer.headers().firstValue("Content-Type").orElse(""), answer.body());
    }

    Answered sendText(String session, String chatId, String text) throws Exception {
        return post("/api/sendText", """
                {"session":"%s","chatId":"%s","text":"%s"}""".formatted(session, chatId, text));
    }
}
