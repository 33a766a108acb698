package com.ventros.crm.channels.waha.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.channels.waha.simulator.Misbehaviour.Fault;
import com.ventros.crm.channels.waha.simulator.SimulatedSession.Status;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MisbehaviourTests extends SimulatorTest {

    private static final String CHAT = "5511998000101@c.us";
    private static final Duration SHORT = Duration.ofMillis(300);

    @Test
    void aDuplicateComesUpToFiveTimesMoreWithTheSameRequestId() throws Exception {
        waha.misbehave(Misbehaviour.none(1).with(Fault.DUPLICATE, 1));
        paired("vendas", Engine.GOWS, "message").customer("Ana Souza", "5511998000101").writes("Oi");
        quiet();

        assertThat(receiver.all()).hasSizeBetween(2, 6);
        assertThat(receiver.all().stream().map(delivery -> delivery.header("X-Webhook-Request-Id")).distinct())
                .hasSize(1);
    }

    @Test
    void aLostDeliveryIsOnlyInTheHistory() throws Exception {
        waha.misbehave(Misbehaviour.none(1).with(Fault.LOST, 1));
        var id = paired("vendas", Engine.GOWS, "message").customer("Ana Souza", "5511998000101").writes("Oi");
        quiet();

        assertThat(receiver.all()).isEmpty();
        assertThat(waha.ledger().totals().lost()).isEqualTo(1);
        assertThat(get("/api/vendas/chats/" + CHAT + "/messages").json().get(0).path("id").asString())
                .endsWith(id);
    }

    @Test
    void deliveriesOvertakeEachOther() throws Exception {
        waha.misbehave(Misbehaviour.none(1).with(Fault.DISORDER, 1).disorderWithin(Duration.ofMillis(200)));
        var ana = paired("vendas", Engine.GOWS, "message").customer("Ana Souza", "5511998000101");
        var written = new ArrayList<String>();
        for (int i = 0; i < 20; i++) written.add(ana.writes("Mensagem " + i));
        quiet();

        var arrived = receiver.all().stream().map(d -> Said.bareId(d.payload().path("id").asString())).toList();
        assertThat(arrived).containsExactlyInAnyOrderElementsOf(written);
        assertThat(arrived).isNotEqualTo(written);
    }

    @Test
    void aLateDeliveryIsLate() throws Exception {
        waha.misbehave(Misbehaviour.none(1).with(Fault.LATE, 1).lateBy(SHORT));
        var session = paired("vendas", Engine.GOWS, "message");
        long start = System.nanoTime();
        session.customer("Ana Souza", "5511998000101").writes("Oi");
        quiet();

        assertThat(receiver.all().getFirst().nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
    }

    @Test
    void aSwappedAddressMakesTwinsAndAcksByTheLid() throws Exception {
        waha.misbehave(Misbehaviour.none(1).with(Fault.LID_SWAP, 1));
        var ana = paired("vendas", Engine.GOWS, "message", "message.ack")
                .customer("Ana Souza", "5511998000101", "214816000000101");
        var id = ana.writes("Oi");
        sendText("vendas", CHAT, "Bom dia");
        quiet();

        assertThat(receiver.of("message")).extracting(d -> d.payload().path("id").asString())
                .containsExactlyInAnyOrder("false_" + CHAT + "_" + id, "false_214816000000101@lid_" + id);
        assertThat(receiver.of("message.ack")).isNotEmpty()
                .allSatisfy(d -> assertThat(d.payload().path("from").asString()).isEqualTo("214816000000101@lid"));
    }

    @ParameterizedTest
    @CsvSource({"RATE_LIMIT, rate-overlimit", "SERVER_ERROR, Connection Closed"})
    void aFailedCallSendsNothing(Fault fault, String message) throws Exception {
        waha.misbehave(Misbehaviour.none(1).with(fault, 1));
        paired("vendas", Engine.GOWS).customer("Ana Souza", "5511998000101");

        var answer = sendText("vendas", CHAT, "Bom dia");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.json().path("exception").path("message").asString()).isEqualTo(message);
        assertThat(waha.ledger().sent()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"RESET_BEFORE_SENDING, 0", "RESET_AFTER_SENDING, 1"})
    void aBrokenConnectionMayHaveSent(Fault fault, int sent) {
        waha.misbehave(Misbehaviour.none(1).with(fault, 1));
        paired("vendas", Engine.GOWS).customer("Ana Souza", "5511998000101");

        assertThatThrownBy(() -> sendText("vendas", CHAT, "Bom dia")).isInstanceOf(IOException.class);

        assertThat(waha.ledger().timesSent("Bom dia")).isEqualTo(sent);
    }

    @Test
    void aCallThatIsNeverAnsweredHasSentAndIsEchoed() throws Exception {
        waha.misbehave(Misbehaviour.none(1).with(Fault.NO_ANSWER, 1));
        var ana = paired("vendas", Engine.GOWS, "message.any").customer("Ana Souza", "5511998000101");

        assertThatThrownBy(() -> sendImpatiently("vendas", CHAT)).isInstanceOf(HttpTimeoutException.class);

        assertThat(ana.awaitsAnswer(SOON)).isPresent();
        quiet();
        assertThat(receiver.of("message.any")).hasSize(1);
    }

    @Test
    void aSlowAnswerComesAfterTheEcho() throws Exception {
        waha.misbehave(Misbehaviour.none(1).with(Fault.SLOW_ANSWER, 1).lateBy(SHORT));
        paired("vendas", Engine.GOWS).customer("Ana Souza", "5511998000101");
        long start = System.nanoTime();

        assertThat(sendText("vendas", CHAT, "Bom dia").status()).isEqualTo(201);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
    }

    @Test
    void nowebNeverAnswersForANumberThatNobodyHas() {
        paired("suporte", Engine.NOWEB);

        assertThatThrownBy(() -> sendImpatiently("suporte", "5511998000555@c.us"))
                .isInstanceOf(HttpTimeoutException.class);

        assertThat(waha.ledger().sent()).isEmpty();
    }

    @Test
    void aSessionFailsAndComesBackWithWhatItMissed() throws Exception {
        waha.misbehave(Misbehaviour.none(1).with(Fault.OUTAGE, 1).outageFor(SHORT));
        var session = paired("vendas", Engine.GOWS, "session.status", "message");
        var id = session.customer("Ana Souza", "5511998000101").writes("Oi");
        assertThat(session.status()).isEqualTo(Status.FAILED);
        quiet();

        assertThat(session.status()).isEqualTo(Status.WORKING);
        assertThat(receiver.of("session.status")).extracting(d -> d.payload().path("status").asString())
                .containsExactlyInAnyOrder("FAILED", "STARTING", "WORKING");
        assertThat(receiver.of("message").getFirst().payload().path("id").asString()).endsWith(id);
    }

    @Test
    void aCallWaitsALittleForTheSession() throws Exception {
        waha.close();
        waha = WahaSimulator.start(options().withPatience(SOON));
        var session = paired("vendas", Engine.GOWS);
        session.customer("Ana Souza", "5511998000101");
        session.fail();
        var answer = new FutureTask<>(() -> sendText("vendas", CHAT, "Bom dia"));
        Thread.ofVirtual().start(answer);

        await().during(Duration.ofMillis(100)).until(() -> !answer.isDone());
        session.recover();

        assertThat(answer.get().status()).isEqualTo(201);
    }

    @Test
    void theSameSeedSpoilsTheSameDeliveries() throws Exception {
        var first = faultsOf(7);
        var second = faultsOf(7);
        var other = faultsOf(8);

        assertThat(second).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    /** For each message in its order: how often it was delivered. */
    private List<Long> faultsOf(long seed) throws InterruptedException {
        try (var simulator = WahaSimulator.start(options().withClock(new TickingClock()).withSeed(seed))) {
            simulator.misbehave(Misbehaviour.none(seed).with(Fault.LOST, 0.2).with(Fault.DUPLICATE, 0.3)
                    .disorderWithin(Duration.ZERO));
            var ana = simulator.session("vendas", Engine.GOWS).pair()
                    .deliverTo(receiver.url(), HMAC_KEY, "message").customer("Ana Souza", "5511998000101");
            for (int i = 0; i < 40; i++) ana.writes("Mensagem " + i);
            assertThat(simulator.awaitQuiet(SOON)).isTrue();
            var accepted = simulator.ledger()
                    .deliveries(delivery -> delivery.outcome() == Ledger.Outcome.ACCEPTED).stream()
                    .collect(Collectors.groupingBy(Ledger.Delivery::messageId, Collectors.counting()));
            return simulator.ledger().writtenIds("vendas").stream()
                    .map(id -> accepted.getOrDefault(id, 0L)).toList();
        }
    }

    private void sendImpatiently(String session, String chatId) throws Exception {
        send(request("POST", "/api/sendText", """
                {"session":"%s","chatId":"%s","text":"Bom dia"}""".formatted(session, chatId))
                .timeout(SHORT).header("X-Api-Key", waha.options().apiKey()).build());
    }
}
