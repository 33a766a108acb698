package com.ventros.crm.channels.waha.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WebhookDeliveryTests extends SimulatorTest {

    @Test
    void theSignatureIsThatOfTheContract() {
        assertThat(Webhook.hmac("my-secret-key",
                "{\"event\":\"message\",\"session\":\"default\",\"engine\":\"WEBJS\"}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("208f8a55dde9e05519e898b10b89bf0d0b3b0fdf11fdbf09b6b90476301b98d8"
                        + "097c462b2b17a6ce93b6b47a136cf2e78a33a63f6752c2c1631777076153fa89");
    }

    @Test
    void aDeliveryIsSignedAndNamed() throws Exception {
        var id = paired("vendas", Engine.GOWS, "message").customer("Ana Souza", "5511998000101").writes("Olá 👋");
        quiet();

        var delivery = receiver.all().getFirst();
        assertThat(delivery.header("X-Webhook-Hmac")).isEqualTo(Webhook.hmac(HMAC_KEY, delivery.body()));
        assertThat(delivery.header("X-Webhook-Hmac-Algorithm")).isEqualTo("sha512");
        assertThat(delivery.header("X-Webhook-Request-Id")).hasSize(32);
        assertThat(delivery.header("X-Webhook-Timestamp"))
                .isEqualTo(delivery.json().path("timestamp").asString());
        assertThat(delivery.header("User-Agent")).isEqualTo("WAHA/2026.4.3");
        assertThat(delivery.header("Content-Type")).isEqualTo("application/json");
        assertThat(new String(delivery.body(), StandardCharsets.UTF_8)).contains("\"body\":\"Olá 👋\"");
        assertThat(delivery.json().path("id").asString()).matches("evt_[0-9a-z]{26}");
        assertThat(delivery.payload().path("id").asString()).isEqualTo("false_5511998000101@c.us_" + id);
        assertThat(waha.ledger().writtenIds("vendas")).containsExactly(id);
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void withBothEventsSubscribedAnIncomingMessageComesTwice(Engine engine) throws Exception {
        paired("vendas", engine).customer("Ana Souza", "5511998000101").writes("Oi");
        quiet();

        assertThat(receiver.all()).extracting(WebhookReceiver.Delivery::event)
                .containsExactlyInAnyOrder("message", "message.any");
    }

    @Test
    void onlySubscribedEventsAreDelivered() throws Exception {
        var session = paired("vendas", Engine.GOWS, "message.reaction");
        var ana = session.customer("Ana Souza", "5511998000101");
        var id = ana.writes("Oi");
        ana.reactsTo(id, "👍");
        quiet();

        assertThat(receiver.all()).extracting(WebhookReceiver.Delivery::event).containsExactly("message.reaction");
    }

    @Test
    void aRefusedDeliveryIsTriedAgainAsItWas() throws Exception {
        receiver.reply(number -> new WebhookReceiver.Reply(number <= 2 ? 500 : 200, 0));
        post("/api/sessions", """
                {"name":"vendas","start":false,"config":{"webhooks":[{"url":"%s","events":["message"],
                "retries":{"policy":"linear","delaySeconds":0.05,"attempts":5},
                "customHeaders":[{"name":"X-Shop","value":"um"}]}]}}""".formatted(receiver.url()));
        waha.session("vendas").orElseThrow().pair().customer("Ana Souza", "5511998000101").writes("Oi");
        quiet();

        assertThat(receiver.all()).hasSize(3);
        assertThat(receiver.all()).extracting(delivery -> delivery.header("X-Webhook-Request-Id")).containsOnly(
                receiver.all().getFirst().header("X-Webhook-Request-Id"));
        assertThat(receiver.all()).extracting(delivery -> delivery.header("X-Webhook-Timestamp")).containsOnly(
                receiver.all().getFirst().header("X-Webhook-Timestamp"));
        assertThat(receiver.all()).extracting(delivery -> delivery.header("X-Shop")).containsOnly("um");
        assertThat(receiver.all()).extracting(delivery -> delivery.header("X-Webhook-Hmac")).containsOnly("");
        var entry = waha.ledger().deliveries().getFirst();
        assertThat(entry.answers()).containsExactly(500, 500, 200);
        assertThat(entry.outcome()).isEqualTo(Ledger.Outcome.ACCEPTED);
    }

    @Test
    void aDeliveryIsGivenUpAfterItsAttempts() throws Exception {
        receiver.reply(_ -> new WebhookReceiver.Reply(404, 0));
        post("/api/sessions", """
                {"name":"vendas","start":false,"config":{"webhooks":[{"url":"%s","events":["message"],
                "retries":{"delaySeconds":0.01,"attempts":3}}]}}""".formatted(receiver.url()));
        waha.session("vendas").orElseThrow().pair().customer("Ana Souza", "5511998000101").writes("Oi");
        quiet();

        assertThat(receiver.all()).hasSize(4);
        assertThat(waha.ledger().totals().givenUp()).isEqualTo(1);
    }

    @Test
    void aReceiverThatIsNotThereIsTriedToo() throws Exception {
        post("/api/sessions", """
                {"name":"vendas","start":false,"config":{"webhooks":[{"url":"%s","events":["message"],
                "retries":{"delaySeconds":0.01,"attempts":1}}]}}""".formatted(receiver.url()));
        receiver.close();
        waha.session("vendas").orElseThrow().pair().customer("Ana Souza", "5511998000101").writes("Oi");
        quiet();

        assertThat(waha.ledger().deliveries().getFirst().answers())
                .containsExactly(Ledger.NO_ANSWER, Ledger.NO_ANSWER);
    }

    @Test
    void theReceiverMayAskForALongerPause() throws Exception {
        receiver.reply(number -> new WebhookReceiver.Reply(number == 1 ? 429 : 200, 1));
        post("/api/sessions", """
                {"name":"vendas","start":false,"config":{"webhooks":[{"url":"%s","events":["message"],
                "retries":{"delaySeconds":0.01,"attempts":3}}]}}""".formatted(receiver.url()));
        waha.session("vendas").orElseThrow().pair().customer("Ana Souza", "5511998000101").writes("Oi");
        quiet();

        var pause = Duration.ofNanos(receiver.all().get(1).nanoTime() - receiver.all().get(0).nanoTime());
        assertThat(pause).isGreaterThanOrEqualTo(Duration.ofMillis(990));
    }

    @Test
    void pausesGrowAsThePolicySays() {
        var delay = Duration.ofSeconds(2);
        var linear = new Webhook.Retries(Webhook.Retries.Policy.LINEAR, delay, 15);
        var exponential = new Webhook.Retries(Webhook.Retries.Policy.EXPONENTIAL, delay, 15);

        assertThat(Webhook.Retries.STANDARD.pauseBefore(7, 0.5)).isEqualTo(delay);
        assertThat(linear.pauseBefore(3, 0.5)).isEqualTo(Duration.ofSeconds(6));
        assertThat(exponential.pauseBefore(3, 0)).isEqualTo(Duration.ofSeconds(16));
        assertThat(exponential.pauseBefore(3, 1).toMillis()).isCloseTo(19_200, within(1L));
    }

    @Test
    void whatIsWrittenDuringAFailureComesAfterIt() throws Exception {
        var session = paired("vendas", Engine.GOWS, "message");
        session.fail();
        var id = session.customer("Ana Souza", "5511998000101").writes("Alguém aí?");
        quiet();
        assertThat(receiver.all()).isEmpty();

        session.recover();
        quiet();

        assertThat(receiver.all()).extracting(delivery -> delivery.payload().path("id").asString())
                .containsExactly("false_5511998000101@c.us_" + id);
    }

    @Test
    void closingLeavesNoThread() throws Exception {
        receiver.reply(_ -> new WebhookReceiver.Reply(500, 0));
        var before = httpThreads();
        var other = WahaSimulator.start(Options.forTests().withPace(Pace.human()));
        other.session("vendas", Engine.GOWS).pair().deliverTo(receiver.url(), "")
                .customer("Ana Souza", "5511998000101").writes("Oi");
        var ping = http.send(HttpRequest.newBuilder(URI.create(other.url() + "/ping")).build(),
                HttpResponse.BodyHandlers.discarding());
        assertThat(ping.statusCode()).isEqualTo(200);
        var started = new HashSet<>(httpThreads());
        started.removeAll(before);
        assertThat(started).isNotEmpty();

        other.close();

        assertThat(other.awaitQuiet(SOON)).isTrue();
        await().atMost(SOON).untilAsserted(() -> assertThat(started).noneMatch(Thread::isAlive));
    }

    @Test
    void closingDoesNotWaitForAReceiverThatHangs() throws Exception {
        var end = new CountDownLatch(1);
        receiver.reply(_ -> {
            try {
                end.await();
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
            return new WebhookReceiver.Reply(200, 0);
        });
        paired("vendas", Engine.GOWS, "message").customer("Ana Souza", "5511998000101").writes("Oi");
        await().atMost(SOON).until(() -> receiver.all().size() == 1);

        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> waha.close());

        end.countDown();
    }

    /**
     * The platform threads of servers and clients; the rest runs on virtual threads, which the agenda counts. Workers
     * belong to the client of this test: the simulator's client has virtual ones.
     */
    private static Set<Thread> httpThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("HTTP-Dispatcher")
                        || thread.getName().matches("HttpClient-\\d+-SelectorManager"))
                .collect(Collectors.toSet());
    }
}
