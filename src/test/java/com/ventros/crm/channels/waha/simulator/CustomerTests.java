package com.ventros.crm.channels.waha.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What customers do, as each engine tells it. */
class CustomerTests extends SimulatorTest {

    private static final Ad AD = new Ad("120200000000000101", "https://www.instagram.com/p/EXAMPLE/",
            "AfexampleEXAMPLE_clid", "Coleção Inverno", "Frete grátis 🚚", "instagram");

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aTextIsShapedByTheEngine(Engine engine) throws Exception {
        var session = paired("vendas", engine, "message");
        var id = session.customer("Ana Souza", "5511998000101", "214816000000101").writes("Oi");
        quiet();

        var delivery = receiver.all().getFirst().json();
        var payload = delivery.path("payload");
        assertThat(delivery.path("engine").asString()).isEqualTo(engine.name());
        assertThat(payload.path("from").asString()).isEqualTo("5511998000101@c.us");
        switch (engine) {
            case GOWS -> {
                assertThat(payload.path("to").isNull()).isTrue();
                var info = payload.path("_data").path("Info");
                assertThat(info.path("Chat").asString()).isEqualTo("5511998000101@s.whatsapp.net");
                assertThat(info.path("SenderAlt").asString()).isEqualTo("214816000000101@lid");
                assertThat(info.path("PushName").asString()).isEqualTo("Ana Souza");
                assertThat(info.path("ID").asString()).isEqualTo(id);
                assertThat(payload.path("_data").path("Message").path("conversation").asString()).isEqualTo("Oi");
                assertThat(id).matches("AC[0-9A-F]{30}");
            }
            case NOWEB -> {
                assertThat(payload.has("to")).isFalse();
                var key = payload.path("_data").path("key");
                assertThat(key.path("remoteJidAlt").asString()).isEqualTo("214816000000101@lid");
                assertThat(key.path("addressingMode").asString()).isEqualTo("pn");
                assertThat(payload.path("_data").path("pushName").asString()).isEqualTo("Ana Souza");
                assertThat(id).matches("3A[0-9A-F]{18}");
            }
            case WEBJS -> {
                assertThat(payload.path("to").asString()).isEqualTo(session.ownNumber() + "@c.us");
                assertThat(payload.path("_data").path("notifyName").asString()).isEqualTo("Ana Souza");
                assertThat(payload.path("_data").path("type").asString()).isEqualTo("chat");
                assertThat(delivery.path("me").has("lid")).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aCustomerMayBeKnownByTheLid(Engine engine) throws Exception {
        var id = paired("vendas", engine, "message")
                .customer("Davi", "5521998000104", "214816000000104").addressedByLid().writes("Oi");
        quiet();

        var payload = receiver.all().getFirst().payload();
        assertThat(payload.path("id").asString()).isEqualTo("false_214816000000104@lid_" + id);
        assertThat(payload.path("from").asString()).isEqualTo("214816000000104@lid");
        switch (engine) {
            case GOWS -> assertThat(payload.path("_data").path("Info").path("SenderAlt").asString())
                    .isEqualTo("5521998000104@s.whatsapp.net");
            case NOWEB -> assertThat(payload.path("_data").path("key").path("remoteJidAlt").asString())
                    .isEqualTo("5521998000104@s.whatsapp.net");
            case WEBJS -> assertThat(payload.toString()).doesNotContain("5521998000104");
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void everyKindOfContentIsTold(Engine engine) throws Exception {
        var ana = paired("vendas", engine, "message").customer("Ana Souza", "5511998000101");
        for (var content : List.of(Content.photo("essa?"), Content.video("", 5), Content.voice(4),
                Content.document("nota.pdf", ""), Content.sticker(),
                new Content.Location(-23.5, -46.6, "Loja", "Rua 1"), Content.card("João", "5511998000199"))) {
            var id = ana.sends(content);
            quiet();
            var payload = receiver.all().getLast().payload();
            assertThat(payload.path("id").asString()).endsWith(id);
            assertThat(payload.path("hasMedia").asBoolean()).isEqualTo(content instanceof Content.Media);
            if (content instanceof Content.Media media) {
                assertThat(payload.path("media").path("mimetype").asString()).isEqualTo(media.kind().mimeType);
                assertThat(typeOf(engine, payload)).isEqualTo(
                        engine == Engine.WEBJS ? media.kind().webjsType : media.kind().field);
            }
        }
        var all = receiver.all();
        var location = all.get(5).payload().path("location");
        assertThat(location.path("latitude").isNumber()).isEqualTo(engine == Engine.WEBJS);
        assertThat(location.path("latitude").asString()).isEqualTo("-23.5");
        assertThat(all.get(6).payload().path("vCards").get(0).asString()).contains("waid=5511998000199");
        assertThat(all.get(3).payload().path("media").path("filename").asString()).isEqualTo("nota.pdf");
    }

    private static String typeOf(Engine engine, JsonNode payload) {
        var data = payload.path("_data");
        return switch (engine) {
            case GOWS -> data.path("Message").propertyNames().iterator().next();
            case NOWEB -> data.path("message").propertyNames().iterator().next();
            case WEBJS -> data.path("type").asString();
        };
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void anAdComesWithTheFirstMessage(Engine engine) throws Exception {
        var id = paired("vendas", engine, "message").customer("Carla", "554498000103")
                .clicksAdAndWrites(AD, "Olá! Tenho interesse");
        quiet();

        var data = receiver.all().getFirst().payload().path("_data");
        assertThat(id).startsWith("2A");
        switch (engine) {
            case GOWS -> {
                var context = data.path("Message").path("extendedTextMessage").path("contextInfo");
                assertThat(context.path("externalAdReply").path("sourceID").asString()).isEqualTo(AD.sourceId());
                assertThat(context.path("entryPointConversionSource").asString()).isEqualTo("ctwa_ad");
            }
            case NOWEB -> assertThat(data.path("message").path("extendedTextMessage").path("contextInfo")
                    .path("externalAdReply").path("ctwaClid").asString()).isEqualTo(AD.clickId());
            case WEBJS -> {
                assertThat(data.path("ctwaContext").path("sourceId").asString()).isEqualTo(AD.sourceId());
                assertThat(data.toString()).doesNotContain(AD.clickId());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aMessageIsEditedAndDeleted(Engine engine) throws Exception {
        var ana = paired("vendas", engine, "message.edited", "message.revoked")
                .customer("Ana Souza", "5511998000101");
        var id = ana.writes("Tem azul?");
        ana.edits(id, "Tem verde?");
        ana.deletes(id);
        quiet();

        var edited = receiver.of("message.edited").getFirst().payload();
        assertThat(edited.path("body").asString()).isEqualTo("Tem verde?");
        assertThat(edited.path("editedMessageId").asString()).isEqualTo(id);
        assertThat(edited.path("id").asString().endsWith(id)).isEqualTo(engine == Engine.WEBJS);
        var revoked = receiver.of("message.revoked").getFirst().payload();
        assertThat(revoked.path("revokedMessageId").asString()).isEqualTo(id);
        assertThat(revoked.path("after").path("id").asString()).doesNotEndWith(id);
        assertThat(revoked.path("before").isNull()).isEqualTo(engine != Engine.WEBJS);
        assertThat(revoked.path("after").path("body").asString("")).isEmpty();
    }

    @Test
    void aCustomerWaitsReadsReactsAndAnswersTheAnswer() throws Exception {
        var ana = paired("vendas", Engine.GOWS, "message", "message.reaction", "message.ack")
                .customer("Ana Souza", "5511998000101");
        assertThat(ana.awaitsAnswer(Duration.ofMillis(20))).isEmpty();
        sendText("vendas", ana.address(), "R$ 129,90");
        var answer = ana.awaitsAnswer(SOON).orElseThrow();
        ana.reads(answer.id());
        ana.reactsTo(answer.id(), "❤️");
        ana.reactsTo(answer.id(), "");
        ana.writesInReplyTo(answer.id(), "Quero!");
        quiet();

        assertThat(receiver.of("message.reaction")).extracting(d -> d.payload().path("reaction").path("text").asString())
                .containsExactlyInAnyOrder("❤️", "");
        assertThat(receiver.of("message.reaction").getFirst().payload().path("reaction").path("messageId").asString())
                .isEqualTo("true_5511998000101@c.us_" + answer.id());
        var reply = receiver.of("message").getFirst().payload();
        assertThat(reply.path("replyTo").path("id").asString()).isEqualTo(answer.id());
        assertThat(reply.path("_data").path("Message").path("extendedTextMessage").path("contextInfo")
                .path("stanzaID").asString()).isEqualTo(answer.id());
        assertThatThrownBy(() -> ana.reads("NONE")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void typingIsSeenOnlyByWhoSubscribed() throws Exception {
        var ana = paired("vendas", Engine.GOWS, "presence.update").customer("Ana Souza", "5511998000101");
        ana.isTyping();
        post("/api/vendas/presence/5511998000101%40c.us/subscribe", "");
        ana.isTyping();
        quiet();

        assertThat(receiver.all()).hasSize(1);
        assertThat(receiver.all().getFirst().payload().path("presences").get(0).path("lastKnownPresence").asString())
                .isEqualTo("typing");
    }

    @Test
    void theShopsOwnPhoneIsHeardToo() throws Exception {
        var session = paired("vendas", Engine.GOWS);
        var ana = session.customer("Ana Souza", "5511998000101");
        session.typedOnOwnPhone(ana, "pode vir");
        assertThat(ana.awaitsAnswer(SOON).map(Customer.Answer::text)).isEqualTo(Optional.of("pode vir"));
        quiet();

        assertThat(receiver.of("message")).isEmpty();
        var echo = receiver.of("message.any").getFirst().payload();
        assertThat(echo.path("source").asString()).isEqualTo("app");
        assertThat(echo.path("fromMe").asBoolean()).isTrue();
        assertThat(waha.ledger().sent()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void inAGroupTheWriterIsTheParticipant(Engine engine) throws Exception {
        var session = paired("vendas", engine, "message");
        var group = session.group("Condomínio");
        var id = session.customer("Hugo", "5511998000108").writesIn(group, "bom dia grupo");
        quiet();

        var payload = receiver.all().getFirst().payload();
        assertThat(payload.path("id").asString())
                .isEqualTo("false_" + group.address() + "_" + id + "_5511998000108@c.us");
        assertThat(payload.path("from").asString()).isEqualTo(group.address());
        assertThat(payload.path("participant").asString()).isEqualTo("5511998000108@c.us");
    }

    @Test
    void theDemonstrationIsLivelyAndGoesOnWhenAnswered() throws Exception {
        try (var _ = DemoScript.play(waha, "vendas", 5, 200)) {
            paired("vendas", Engine.GOWS);
            long deadline = System.nanoTime() + SOON.toNanos();
            var answered = new HashSet<String>();
            while (waha.ledger().totals().written() < 60 && System.nanoTime() < deadline) {
                for (var written : waha.ledger().written()) {
                    if (answered.add(written.id())) {
                        sendText("vendas", written.phone() + "@c.us", "Olá! Já te respondo.");
                    }
                }
                Thread.onSpinWait();
            }
        }
        quiet();

        assertThat(waha.ledger().totals().written()).isGreaterThanOrEqualTo(60);
        assertThat(receiver.of("message.reaction")).isNotEmpty();
        assertThat(receiver.of("message.edited")).isNotEmpty();
        assertThat(receiver.which(d -> d.payload().path("hasMedia").asBoolean())).isNotEmpty();
        assertThat(waha.ledger().totals().givenUp()).isZero();
    }

    @Test
    void theSameSeedBringsTheSamePeople() throws Exception {
        assertThat(firstToWrite(5)).isEqualTo(firstToWrite(5)).isNotEqualTo(firstToWrite(6));
    }

    /** Those who open the day; who of them is the quickest is a matter of threads. */
    private Set<String> firstToWrite(long seed) {
        try (var simulator = WahaSimulator.start(options());
                var _ = DemoScript.play(simulator, "vendas", seed, 100)) {
            simulator.session("vendas", Engine.GOWS).pair();
            await().atMost(SOON).until(() -> people(simulator).size() >= 3);
            return Set.copyOf(simulator.ledger().written().stream().map(Ledger.Written::phone).distinct().limit(3)
                    .toList());
        }
    }

    private static Set<String> people(WahaSimulator simulator) {
        return simulator.ledger().written().stream().map(Ledger.Written::phone).collect(Collectors.toSet());
    }

    @Test
    void aThousandMessagesAllArrive() throws Exception {
        var session = paired("vendas", Engine.GOWS, "message");
        for (int i = 0; i < 1_000; i++) {
            session.customer("Cliente " + i % 50, "55119980" + (10_000 + i % 50)).writes("Mensagem " + i);
        }
        quiet();

        assertThat(receiver.all()).hasSize(1_000);
        assertThat(receiver.all()).extracting(d -> Said.bareId(d.payload().path("id").asString()))
                .containsExactlyInAnyOrderElementsOf(waha.ledger().writtenIds("vendas"));
    }

    @Test
    void peopleOutliveTheSessionTheyWroteTo() throws Exception {
        paired("vendas", Engine.GOWS).customer("Davi", "5521998000104", "214816000000104");
        call("DELETE", "/api/sessions/vendas", "");
        assertThat(post("/api/sessions", "{\"name\":\"vendas\"}").status()).isEqualTo(201);
        var again = waha.session("vendas").orElseThrow().pair();

        assertThat(sendText("vendas", "214816000000104@lid", "Voltamos!").status()).isEqualTo(201);

        var davi = again.customer("Davi", "5521998000104", "214816000000104");
        assertThat(davi.awaitsAnswer(SOON).map(Customer.Answer::text)).isEqualTo(Optional.of("Voltamos!"));
    }

    @Test
    void memoryIsBounded() throws Exception {
        waha.close();
        waha = WahaSimulator.start(options().keeping(10));
        var ana = paired("vendas", Engine.GOWS, "message").customer("Ana Souza", "5511998000101");
        for (int i = 0; i < 50; i++) {
            ana.writes("Mensagem " + i);
            quiet();
        }

        assertThat(waha.ledger().written()).hasSize(10);
        assertThat(waha.ledger().deliveries()).hasSize(10);
        assertThat(waha.ledger().totals().written()).isEqualTo(50);
        assertThat(get("/api/vendas/chats/all/messages?limit=100").json()).hasSize(10);
    }
}
