package com.ventros.crm.channels.waha.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.channels.waha.simulator.SimulatedSession.Status;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WahaApiTests extends SimulatorTest {

    private static final String NOWEB_STORE = """
            {"config":{"noweb":{"store":{"enabled":true}}}}""";

    @Override
    Options options() {
        return super.options().withEngine("suporte", Engine.NOWEB).withEngine("atendimento", Engine.WEBJS);
    }

    // The server

    @Test
    void onlyAPingNeedsNoKey() throws Exception {
        assertThat(send(request("GET", "/ping", "").build()).json().path("message").asString()).isEqualTo("pong");

        var refused = send(request("GET", "/api/sessions", "").header("X-Api-Key", "wrong").build());
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.json().toString()).isEqualTo("{\"message\":\"Unauthorized\",\"statusCode\":401}");
        assertThat(send(request("GET", "/health", "").build()).status()).isEqualTo(401);
        assertThat(get("/health").status()).isEqualTo(200);
        assertThat(get("/api/server/version").json().path("version").asString()).isEqualTo("2026.4.3");
    }

    @Test
    void nonsenseIsRefused() throws Exception {
        assertThat(get("/api/nowhere").status()).isEqualTo(404);
        assertThat(post("/api/sendText", "{not json").status()).isEqualTo(400);
        assertThat(post("/api/sendText", "[]").status()).isEqualTo(400);
        paired("vendas", Engine.GOWS);
        assertThat(get("/api/vendas/chats?limit=many").status()).isEqualTo(400);
    }

    // Sessions

    @Test
    void aSessionIsMadePairedAndForgotten() throws Exception {
        var made = post("/api/sessions", """
                {"name":"vendas","start":true,"config":{"metadata":{"tenant":"t-001"},
                "webhooks":[{"url":"%s","events":["session.status"],"hmac":{"key":"k"}}]}}"""
                .formatted(receiver.url()));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().path("name").asString()).isEqualTo("vendas");
        awaitStatus("vendas", Status.SCAN_QR_CODE);
        assertThat(get("/api/sessions/vendas/me").json().isNull()).isTrue();

        waha.session("vendas").orElseThrow().pair("5511998000999", "100000000000999", "Loja Exemplo");
        quiet();

        var seen = get("/api/sessions/vendas").json();
        assertThat(seen.path("status").asString()).isEqualTo("WORKING");
        assertThat(seen.path("me").path("id").asString()).isEqualTo("5511998000999@c.us");
        assertThat(seen.path("engine").path("engine").asString()).isEqualTo("GOWS");
        assertThat(seen.path("config").path("webhooks").get(0).path("hmac").path("key").asString()).isEqualTo("k");
        assertThat(receiver.all()).extracting(d -> d.payload().path("status").asString())
                .containsExactlyInAnyOrder("STARTING", "SCAN_QR_CODE", "WORKING");
        var working = receiver.which(d -> d.payload().path("status").asString().equals("WORKING")).getFirst().json();
        assertThat(working.path("metadata").path("tenant").asString()).isEqualTo("t-001");
        assertThat(working.path("payload").path("statuses")).hasSize(3);
        assertThat(working.path("me").path("jid").asString()).isEqualTo("5511998000999:12@s.whatsapp.net");

        assertThat(call("DELETE", "/api/sessions/vendas", "").status()).isEqualTo(200);
        assertThat(get("/api/sessions/vendas").status()).isEqualTo(404);
    }

    @Test
    void aNameIsTakenOnce() throws Exception {
        assertThat(post("/api/sessions", "{\"name\":\"vendas\",\"start\":false}").status()).isEqualTo(201);
        assertThat(post("/api/sessions", "{\"name\":\"vendas\"}").status()).isEqualTo(422);
        assertThat(get("/api/sessions").json()).isEmpty();
        assertThat(get("/api/sessions?all=true").json()).hasSize(1);
    }

    @Test
    void aWebhookThatCannotBeCalledIsRefused() throws Exception {
        assertThat(post("/api/sessions", """
                {"name":"vendas","config":{"webhooks":[{"url":"nowhere","events":["*"]}]}}""").status())
                .isEqualTo(400);
        assertThat(waha.session("vendas")).isEmpty();
    }

    @Test
    void aPairedSessionComesBackAfterStopAndChangeButNotAfterLogout() throws Exception {
        paired("vendas", Engine.GOWS);
        assertThat(post("/api/sessions/vendas/stop", "").status()).isEqualTo(201);
        assertThat(post("/api/sessions/vendas/stop", "").status()).isEqualTo(201);
        awaitStatus("vendas", Status.STOPPED);
        post("/api/sessions/vendas/start", "");
        awaitStatus("vendas", Status.WORKING);
        call("PUT", "/api/sessions/vendas", "{\"config\":{\"webhooks\":[]}}");
        awaitStatus("vendas", Status.WORKING);
        post("/api/sessions/vendas/restart", "");
        awaitStatus("vendas", Status.WORKING);

        post("/api/sessions/vendas/logout", "");
        awaitStatus("vendas", Status.SCAN_QR_CODE);
        assertThat(post("/api/sessions/unknown/start", "").status()).isEqualTo(404);
    }

    @Test
    void theQrCodeComesInThreeForms() throws Exception {
        post("/api/sessions", "{\"name\":\"vendas\"}");
        awaitStatus("vendas", Status.SCAN_QR_CODE);

        assertThat(get("/api/vendas/auth/qr?format=raw").json().path("value").asString()).startsWith("2@");
        var picture = get("/api/vendas/auth/qr?format=image");
        assertThat(picture.type()).isEqualTo("image/png");
        assertThat(ImageIO.read(new ByteArrayInputStream(picture.body()))).isNotNull();
        var asJson = send(request("GET", "/api/vendas/auth/qr", "").header("Accept", "application/json")
                .header("X-Api-Key", waha.options().apiKey()).build()).json();
        assertThat(asJson.path("mimetype").asString()).isEqualTo("image/png");
        assertThat(asJson.path("data").binaryValue()).isEqualTo(picture.body());
        assertThat(post("/api/vendas/auth/request-code", "{\"phoneNumber\":\"5511998000999\"}").json()
                .path("code").asString()).matches("[A-Z0-9]{4}-[A-Z0-9]{4}");

        waha.session("vendas").orElseThrow().pair();
        var refused = get("/api/vendas/auth/qr?format=raw");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("expected").get(0).asString()).isEqualTo("SCAN_QR_CODE");
    }

    // Sending

    @ParameterizedTest
    @CsvSource({"vendas, GOWS", "suporte, NOWEB", "atendimento, WEBJS"})
    void aTextReachesTheCustomerIsEchoedAndTicked(String name, Engine engine) throws Exception {
        var session = paired(name, engine, "message.any", "message.ack");
        var ana = session.customer("Ana Souza", "5511998000101");

        var answer = sendText(name, "5511998000101@c.us", "Temos sim!");

        assertThat(answer.status()).isEqualTo(201);
        var idField = answer.json().path("id");
        var fullId = engine == Engine.WEBJS ? idField.path("_serialized").asString() : idField.asString();
        assertThat(fullId).matches("true_5511998000101@c\\.us_3EB0[0-9A-F]{18}");
        var heard = ana.awaitsAnswer(SOON).orElseThrow();
        assertThat(heard.text()).isEqualTo("Temos sim!");
        assertThat(fullId).endsWith(heard.id());
        ana.reads(heard.id());
        ana.reads(heard.id());
        quiet();

        var echo = receiver.of("message.any").getFirst().payload();
        assertThat(echo.path("id").asString()).isEqualTo(fullId);
        assertThat(echo.path("source").asString()).isEqualTo("api");
        assertThat(echo.path("fromMe").asBoolean()).isTrue();
        assertThat(echo.path("from").asString())
                .isEqualTo(engine == Engine.WEBJS ? session.ownNumber() + "@c.us" : "5511998000101@c.us");
        assertThat(receiver.of("message.ack")).extracting(d -> d.payload().path("ackName").asString())
                .containsExactlyInAnyOrder("SERVER", "DEVICE", "READ");
        assertThat(waha.ledger().timesSent("Temos sim!")).isEqualTo(1);
    }

    @Test
    void theSameIdSentTwiceIsOneMessage() throws Exception {
        paired("vendas", Engine.GOWS, "message.any").customer("Ana Souza", "5511998000101");
        var id = get("/api/vendas/new-message-id").json().path("id").asString();
        var body = """
                {"session":"vendas","chatId":"5511998000101@c.us","text":"Oi","id":"%s"}""".formatted(id);

        var first = post("/api/sendText", body);
        var second = post("/api/sendText", body);
        quiet();

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.json().path("id")).isEqualTo(first.json().path("id"));
        assertThat(receiver.of("message.any")).hasSize(1);
        assertThat(waha.ledger().timesSent("Oi")).isEqualTo(1);
        assertThat(waha.ledger().sendCalls(id)).isEqualTo(2);

        sendText("vendas", "5511998000101@c.us", "Oi");
        assertThat(waha.ledger().timesSent("Oi")).as("without the id it is a second message").isEqualTo(2);
    }

    @Test
    void aBrowserIssuesNoIds() throws Exception {
        paired("atendimento", Engine.WEBJS);
        var refused = get("/api/atendimento/new-message-id");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("message").asString())
                .isEqualTo("The method is not implemented by the engine.");
    }

    @Test
    void sendingIsRefusedInTheWordsOfTheContract() throws Exception {
        waha.session("vendas", Engine.GOWS);
        var offline = sendText("vendas", "5511998000101@c.us", "Oi");
        assertThat(offline.status()).isEqualTo(422);
        assertThat(offline.json().toString()).isEqualTo("""
                {"error":"Session status is not as expected. Try again later or restart the session",\
                "session":"vendas","status":"STOPPED","expected":["WORKING"]}""");

        var unknown = sendText("nobody", "5511998000101@c.us", "Oi");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.json().path("message").asString()).isEqualTo("Session \"nobody\" does not exist");

        var empty = post("/api/sendText", "{\"session\":\"vendas\",\"text\":\"Oi\"}");
        assertThat(empty.status()).isEqualTo(400);
        assertThat(empty.json().toString()).isEqualTo(
                "{\"statusCode\":400,\"message\":[\"chatId should not be empty\"],\"error\":\"Bad Request\"}");
    }

    @Test
    void aWrongSpellingReachesNobody() throws Exception {
        paired("vendas", Engine.GOWS).customer("Caio", "553198000120");

        var refused = sendText("vendas", "5531998000120@c.us", "Oi");

        assertThat(refused.status()).isEqualTo(500);
        assertThat(refused.json().path("exception").path("message").asString())
                .isEqualTo("2 UNKNOWN: no LID found for 5531998000120@s.whatsapp.net from server");
        assertThat(refused.json().path("request").path("body").path("text").asString()).isEqualTo("Oi");
        assertThat(waha.ledger().sent()).isEmpty();
    }

    @Test
    void goodMannersAreNoted() throws Exception {
        var ana = paired("vendas", Engine.GOWS).customer("Ana Souza", "5511998000101");
        ana.writes("Oi");
        var chat = "{\"session\":\"vendas\",\"chatId\":\"5511998000101@c.us\"}";
        assertThat(post("/api/sendSeen", chat).status()).isEqualTo(201);
        assertThat(post("/api/startTyping", chat).status()).isEqualTo(201);
        assertThat(post("/api/stopTyping", chat).status()).isEqualTo(201);

        assertThat(waha.ledger().acts()).extracting(Ledger.Act::kind)
                .containsExactly("seen", "typing", "stopped typing");
    }

    @Test
    void aMessageOfOursIsEditedDeletedAndReactedTo() throws Exception {
        var session = paired("vendas", Engine.GOWS, "message.edited", "message.revoked", "message.reaction");
        var ana = session.customer("Ana Souza", "5511998000101");
        var theirs = ana.writes("Oi");
        sendText("vendas", ana.address(), "Bom dia");
        var ours = waha.ledger().sent().getFirst().id();
        var path = "/api/vendas/chats/5511998000101%40c.us/messages/true_5511998000101%40c.us_" + ours;

        assertThat(call("PUT", "/api/reaction", """
                {"session":"vendas","messageId":"false_5511998000101@c.us_%s","reaction":"👍"}""".formatted(theirs))
                .status()).isEqualTo(200);
        assertThat(call("PUT", path, "{\"text\":\"Boa tarde\"}").status()).isEqualTo(200);
        assertThat(call("DELETE", path, "").status()).isEqualTo(200);
        assertThat(call("DELETE", path.replace(ours, theirs), "").status()).isEqualTo(400);
        assertThat(call("DELETE", path.replace(ours, "3EB0NONE"), "").status()).isEqualTo(404);
        quiet();

        assertThat(receiver.of("message.reaction").getFirst().payload().path("fromMe").asBoolean()).isTrue();
        assertThat(receiver.of("message.edited").getFirst().payload().path("editedMessageId").asString())
                .isEqualTo(ours);
        assertThat(receiver.of("message.revoked").getFirst().payload().path("revokedMessageId").asString())
                .isEqualTo(ours);
        assertThat(waha.ledger().acts()).extracting(Ledger.Act::kind).containsExactly("reaction", "edit", "delete");
    }

    // Contacts

    @Test
    void aNumberIsFoundInEitherSpelling() throws Exception {
        paired("vendas", Engine.GOWS);
        waha.isOnWhatsApp("553198000120");
        waha.isOnWhatsApp("5511998000101");
        waha.isOnWhatsApp("551132000101");

        assertThat(check("5531998000120")).contains("553198000120@c.us");
        assertThat(check("553198000120")).contains("553198000120@c.us");
        assertThat(check("%2B551198000101")).contains("5511998000101@c.us");
        assertThat(check("551132000101")).contains("551132000101@c.us");
        assertThat(check("5511932000101")).as("a land line never gets a nine").isEmpty();
        assertThat(check("5511998000555")).isEmpty();
    }

    private Optional<String> check(String phone) throws Exception {
        var answer = get("/api/contacts/check-exists?session=vendas&phone=" + phone).json();
        assertThat(answer.has("chatId")).isEqualTo(answer.path("numberExists").asBoolean());
        return answer.path("chatId").stringValueOpt();
    }

    @Test
    void lidsAreTold() throws Exception {
        var session = paired("vendas", Engine.GOWS);
        session.customer("Davi", "5521998000104", "214816000000104");
        session.customer("Ana Souza", "5511998000101");

        assertThat(get("/api/vendas/lids/214816000000104%40lid").json().toString())
                .isEqualTo("{\"lid\":\"214816000000104@lid\",\"pn\":\"5521998000104@c.us\"}");
        assertThat(get("/api/vendas/lids/214816000000110%40lid").json().toString())
                .isEqualTo("{\"lid\":\"214816000000110@lid\",\"pn\":null}");
        assertThat(get("/api/vendas/lids/5521998000104%40c.us").status()).isEqualTo(422);
        assertThat(get("/api/vendas/lids/pn/5521998000104").json().path("lid").asString())
                .isEqualTo("214816000000104@lid");
        assertThat(get("/api/vendas/lids/pn/5511998000101").json().path("lid").isNull()).isTrue();
        assertThat(get("/api/vendas/lids").json()).hasSize(1);
        assertThat(get("/api/vendas/lids/count").json().path("count").asInt()).isEqualTo(1);
        assertThat(get("/api/vendas/contacts/5511998000101%40c.us").json().path("name").asString())
                .isEqualTo("Ana Souza");
        assertThat(get("/api/contacts/all?session=vendas").json()).hasSize(2);
        assertThat(get("/api/contacts?session=vendas&contactId=99%40c.us").status()).isEqualTo(404);
    }

    // History

    @Test
    void theHistoryIsReadInPagesAndFiltered() throws Exception {
        var clock = new TickingClock();
        restart(options().withClock(clock));
        var session = paired("vendas", Engine.GOWS);
        var ana = session.customer("Ana Souza", "5511998000101", "214816000000101");
        for (int i = 0; i < 25; i++) ana.writes("Mensagem " + i);
        sendText("vendas", ana.address(), "Recebido");

        var path = "/api/vendas/chats/5511998000101%40c.us/messages?downloadMedia=false";
        assertThat(get(path).json()).hasSize(10);
        assertThat(get(path + "&limit=100").json()).hasSize(26);
        assertThat(get(path + "&limit=100").json().get(0).path("body").asString()).isEqualTo("Recebido");
        assertThat(get(path + "&limit=1&sortOrder=asc").json().get(0).path("body").asString())
                .isEqualTo("Mensagem 0");
        assertThat(get(path + "&limit=20&offset=20").json()).hasSize(6);
        assertThat(get(path + "&offset=40").json()).isEmpty();
        assertThat(get(path + "&limit=100&filter.fromMe=true").json()).hasSize(1);
        var third = get(path + "&limit=1&offset=2&sortOrder=asc").json().get(0).path("timestamp").asLong();
        assertThat(get(path + "&limit=100&filter.timestamp.gte=" + third + "&filter.timestamp.lte=" + third).json())
                .hasSize(1);
        assertThat(get("/api/vendas/chats/214816000000101%40lid/messages?limit=100").json()).hasSize(26);
        assertThat(get("/api/vendas/chats/214816000000101%40lid/messages?limit=100&merge=false").json()).isEmpty();
        assertThat(get("/api/vendas/chats/all/messages?limit=100").json()).hasSize(26);
        var one = waha.ledger().writtenIds("vendas").getFirst();
        assertThat(get("/api/vendas/chats/5511998000101%40c.us/messages/" + one).json().path("body").asString())
                .isEqualTo("Mensagem 0");
        assertThat(get("/api/vendas/chats/5511998000101%40c.us/messages/NONE").status()).isEqualTo(404);
    }

    @Test
    void twinsShortenAPageButLoseNothing() throws Exception {
        var session = paired("vendas", Engine.GOWS);
        var ana = session.customer("Ana Souza", "5511998000101", "214816000000101");
        waha.misbehave(Misbehaviour.none(3).with(Misbehaviour.Fault.LID_SWAP, 0.5));
        for (int i = 0; i < 30; i++) ana.writes("Mensagem " + i);

        var found = new HashSet<String>();
        int shortPages = 0;
        for (int offset = 0; ; offset += 10) {
            var page = get("/api/vendas/chats/5511998000101%40c.us/messages?limit=10&offset=" + offset).json();
            if (page.isEmpty()) break;
            if (page.size() < 10) shortPages++;
            page.forEach(message -> found.add(Said.bareId(message.path("id").asString())));
        }

        assertThat(found).containsExactlyInAnyOrderElementsOf(waha.ledger().writtenIds("vendas"));
        assertThat(shortPages).isGreaterThan(1);
    }

    @Test
    void chatsAreListedWithTheirNewestMessage() throws Exception {
        var clock = new TickingClock();
        restart(options().withClock(clock));
        var session = paired("vendas", Engine.GOWS);
        session.customer("Ana Souza", "5511998000101").writes("Oi");
        session.customer("Davi", "5521998000104", "214816000000104").addressedByLid().writes("Olá");
        session.customer("Ana Souza", "5511998000101").writes("Alguém?");

        var chats = get("/api/vendas/chats?limit=10").json();
        assertThat(chats).hasSize(2);
        assertThat(chats.get(0).path("id").asString()).isEqualTo("5511998000101@c.us");
        var overview = get("/api/vendas/chats/overview?ids=214816000000104%40lid").json();
        assertThat(overview).hasSize(1);
        assertThat(overview.get(0).path("lastMessage").path("body").asString()).isEqualTo("Olá");
        assertThat(post("/api/vendas/chats/overview", """
                {"pagination":{"limit":1},"filter":{"ids":[]}}""").json()).hasSize(1);
    }

    @Test
    void eachEngineHasItsLimitsInTheHistory() throws Exception {
        paired("suporte", Engine.NOWEB);
        var refused = get("/api/suporte/chats");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("message").asString()).contains("Enable NOWEB store");
        call("PUT", "/api/sessions/suporte", NOWEB_STORE);
        awaitStatus("suporte", Status.WORKING);
        assertThat(get("/api/suporte/chats/all/messages").status()).isEqualTo(200);

        paired("atendimento", Engine.WEBJS);
        assertThat(get("/api/atendimento/chats/all/messages").status()).isEqualTo(422);
    }

    @ParameterizedTest
    @EnumSource(Content.Kind.class)
    void filesAreServedToWhoHasTheKey(Content.Kind kind) throws Exception {
        var session = paired("vendas", Engine.GOWS, "message");
        session.customer("Ana Souza", "5511998000101")
                .sends(new Content.Media(kind, "", Optional.of("arquivo"), 3, Optional.empty()));
        quiet();

        var media = receiver.of("message").getFirst().payload().path("media");
        assertThat(media.path("url").asString()).startsWith("http://localhost:3000/api/files/vendas/");
        var path = media.path("url").asString().substring("http://localhost:3000".length());
        var file = get(path);
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.type()).isEqualTo(kind.mimeType);
        assertThat(file.body()).isNotEmpty();
        assertThat(send(request("GET", path, "").build()).status()).isEqualTo(401);
        assertThat(get("/api/files/vendas/nothing.jpeg").json().path("error").path("code").asString())
                .isEqualTo("ENOENT");
    }

    @Test
    void aFileIsGoneAfterThreeMinutesUntilItsMessageIsReadAgain() throws Exception {
        var clock = new TickingClock();
        restart(options().withClock(clock));
        var session = paired("vendas", Engine.GOWS);
        var id = session.customer("Ana Souza", "5511998000101").sends(Content.photo(""));
        var path = "/api/files/vendas/" + id + ".jpeg";
        assertThat(get(path).status()).isEqualTo(200);

        clock.pass(Duration.ofSeconds(200));
        assertThat(get(path).status()).isEqualTo(404);
        get("/api/vendas/chats/5511998000101%40c.us/messages/" + id + "?downloadMedia=false");
        assertThat(get(path).status()).isEqualTo(404);

        get("/api/vendas/chats/5511998000101%40c.us/messages/" + id + "?downloadMedia=true");
        assertThat(get(path).status()).isEqualTo(200);
    }

    private void restart(Options options) {
        waha.close();
        waha = WahaSimulator.start(options);
    }

    private void awaitStatus(String session, Status status) {
        await().atMost(SOON).pollInterval(Duration.ofMillis(10)).untilAsserted(() ->
                assertThat(get("/api/sessions/" + session).json().path("status").asString())
                        .isEqualTo(status.name()));
    }
}
