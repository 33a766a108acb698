package com.ventros.crm.channels.waha;

import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.channels.ChannelConnections.Server;
import com.ventros.crm.channels.ChannelConnections.Webhook;
import com.ventros.crm.channels.WahaAddress;
import com.ventros.crm.channels.waha.WahaAnswer.Failed;
import com.ventros.crm.channels.waha.WahaAnswer.Failure;
import com.ventros.crm.channels.waha.WahaAnswer.Ok;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.conversations.MessageContent;
import com.ventros.crm.kernel.PhoneNumber;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class WahaClientTests {

    private static final String CHAT = "5511998000101@c.us";
    private static final String SEND = "/api/sendText";
    private static final String GOWS = """
            {"id":"true_5511998000101@c.us_3EB0A1B2C3D4E5F6A7B8C9","_data":{"Info":{"ID":"3EB0A1B2C3D4E5F6A7B8C9","Timestamp":"2026-02-10T09:00:00-03:00"}}}""";
    private static final String NOWEB = """
            {"id":"true_5511998000101@c.us_3EB0A1B2C3D4E5F6A7B8C9","timestamp":1770724800,"fromMe":true,"body":"Oi","ack":1}""";
    private static final String WEBJS = """
            {"_data":{},"id":{"fromMe":true,"remote":"5511998000101@c.us","id":"3EB0A1B2C3D4E5F6A7B8C9","_serialized":"true_5511998000101@c.us_3EB0A1B2C3D4E5F6A7B8C9"},"ack":0,"timestamp":1770724800}""";
    private static final Instant SENT_AT = Instant.parse("2026-02-10T12:00:00Z");

    private final FakeWaha waha = new FakeWaha();
    private final WahaClient client = client(true, Duration.ofSeconds(30));

    @AfterEach
    void stop() {
        waha.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {GOWS, NOWEB, WEBJS})
    void theIdOfASentMessageIsFoundOnEveryEngine(String answer) {
        waha.on(SEND, 201, answer);
        assertThat(send(Optional.of("false_5511998000101@c.us_AC55"), Optional.of("3EB0A1B2C3D4E5F6A7B8C9"))).isInstanceOfSatisfying(Ok.class,
                ok -> assertThat(ok.value())
                        .isEqualTo(new WahaClient.Message("3EB0A1B2C3D4E5F6A7B8C9", textOf(answer), SENT_AT)));

        var call = waha.calls.getFirst();
        assertThat(call.headers()).containsEntry("X-api-key", java.util.List.of("chave"));
        assertThat(call.body()).isEqualTo("""
                {"session":"vendas","chatId":"5511998000101@c.us","text":"Olá","reply_to":"false_5511998000101@c.us_AC55","id":"3EB0A1B2C3D4E5F6A7B8C9"}""");
    }

    @Test
    void aRefusalSaysWhetherItIsForGood() {
        assertThat(after(400, "{\"statusCode\":400,\"message\":[\"chatId should not be empty\"]}"))
                .isEqualTo(new Failure.Refused("bad_request", "chatId should not be empty", true));
        assertThat(after(401, "{\"message\":\"Unauthorized\",\"statusCode\":401}"))
                .isEqualTo(new Failure.Refused("key_refused", "WAHA does not accept the API key.", false));
        assertThat(after(422, "{\"message\":\"The method is not implemented by the engine.\"}"))
                .isInstanceOfSatisfying(Failure.Refused.class, refused -> assertThat(refused.permanent()).isTrue());
        assertThat(after(500, "{\"exception\":{\"message\":\"2 UNKNOWN: no LID found for 5531998000121@s.whatsapp.net from server\"}}"))
                .isInstanceOfSatisfying(Failure.Refused.class, refused -> assertThat(refused.code()).isEqualTo("not_on_whatsapp"));
        assertThat(after(500, "{\"exception\":{\"message\":\"server returned error 463\"}}"))
                .isInstanceOfSatisfying(Failure.Refused.class, refused -> assertThat(refused.code()).isEqualTo("new_chats_restricted"));
    }

    @Test
    void aNumberThatIsNotConnectedIsWaitedFor() {
        assertThat(after(422, """
                {"error":"Session status is not as expected. Try again later or restart the session","session":"vendas","status":"SCAN_QR_CODE","expected":["WORKING"]}"""))
                .isEqualTo(new Failure.NotConnected("SCAN_QR_CODE"));
        assertThat(after(500, "{\"exception\":{\"message\":\"rate-overlimit\"}}")).isEqualTo(new Failure.RateLimited());
    }

    @Test
    void anErrorOfUnknownKindLeavesTheOutcomeUnknownAndDoesNotRepeatTheText() {
        assertThat(after(500, "{\"exception\":{\"message\":\"Evaluation failed\"},\"request\":{\"body\":{\"text\":\"segredo\"}}}"))
                .isInstanceOfSatisfying(Failure.Unknown.class,
                        unknown -> assertThat(unknown.detail()).contains("Evaluation failed").doesNotContain("segredo"));
        assertThat(after(502, "<html>bad gateway</html>")).isInstanceOf(Failure.Unknown.class);
    }

    @Test
    void aConnectionThatBreaksAfterTheRequestLeavesTheOutcomeUnknown() {
        waha.on(SEND, FakeWaha.hangUp());
        assertThat(failure(send(Optional.empty(), Optional.empty()))).isInstanceOf(Failure.Unknown.class);
        assertThat(waha.calls).as("a send is never repeated by itself").hasSize(1);
    }

    @Test
    void anAnswerThatDoesNotComeLeavesTheOutcomeUnknown() {
        var end = new CountDownLatch(1);
        waha.on(SEND, exchange -> {
            try {
                end.await();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        });
        var impatient = client(true, Duration.ofMillis(300));
        assertThat(failure(impatient.send(server(waha.url()), CHAT, MessageContent.ofText("Olá"), Optional.empty(), Optional.empty(), Optional.empty())))
                .isInstanceOf(Failure.Unknown.class);
        end.countDown();
    }

    @Test
    void aServerThatIsNotThereHasSurelyNotSent() throws Exception {
        int nobody;
        try (var socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        assertThat(failure(client.send(server("http://127.0.0.1:" + nobody), CHAT, MessageContent.ofText("Olá"), Optional.empty(), Optional.empty(), Optional.empty())))
                .isInstanceOf(Failure.Unreachable.class);
        assertThat(failure(client.send(server("http://no-such-host.invalid"), CHAT, MessageContent.ofText("Olá"), Optional.empty(), Optional.empty(), Optional.empty())))
                .isInstanceOf(Failure.Unreachable.class);
    }

    @Test
    void aRedirectIsNotFollowed() {
        waha.on(SEND, exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(307, -1);
            exchange.close();
        });
        assertThat(failure(send(Optional.empty(), Optional.empty()))).isInstanceOf(Failure.Unknown.class);
        assertThat(waha.calls).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://169.254.169.254", "http://[fe80::1]", "http://[fd00:ec2::254]", "http://0.0.0.0:3000",
            "http://224.0.0.1", "http://[::ffff:169.254.169.254]"})
    void theCloudsOwnAddressesAreNeverCalled(String url) {
        assertThat(failure(client.session(server(url)))).isInstanceOfSatisfying(Failure.Refused.class,
                refused -> assertThat(refused.code()).isEqualTo("address_not_allowed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:3000", "http://10.0.0.7", "http://192.168.1.1", "http://[::1]", "http://[fd12::1]"})
    void privateAddressesAreCalledOnlyIfTheOperatorAllowsIt(String url) {
        assertThat(failure(client(false, Duration.ofSeconds(1)).session(server(url))))
                .isInstanceOfSatisfying(Failure.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("address_not_allowed"));
    }

    @Test
    void theRightSpellingOfANumberIsAskedFor() {
        waha.on("/api/contacts/check-exists", 200, "{\"numberExists\":true,\"chatId\":\"553198000120@c.us\"}");
        assertThat(client.chatOf(server(waha.url()), new PhoneNumber("+5531998000120")))
                .isEqualTo(new Ok<>(Optional.of("553198000120@c.us")));
        assertThat(waha.calls.getFirst().uri()).endsWith("?phone=5531998000120&session=vendas");

        waha.on("/api/contacts/check-exists", 200, "{\"numberExists\":false}");
        assertThat(client.chatOf(server(waha.url()), new PhoneNumber("+5531998000120"))).isEqualTo(new Ok<>(Optional.empty()));
    }

    @Test
    void anEngineWithoutReadyMadeIdsIsNoFailure() {
        assertThat(client.newMessageId(server(waha.url()))).isEqualTo(new Ok<>(Optional.empty()));
        waha.on("/api/vendas/new-message-id", 422, "{\"message\":\"The method is not implemented by the engine.\"}");
        assertThat(client.newMessageId(server(waha.url()))).isEqualTo(new Ok<>(Optional.empty()));
        waha.on("/api/vendas/new-message-id", 200, "{\"id\":\"3EB0A1\"}");
        assertThat(client.newMessageId(server(waha.url()))).isEqualTo(new Ok<>(Optional.of("3EB0A1")));
        waha.on("/api/vendas/new-message-id", 401, "{}");
        assertThat(failure(client.newMessageId(server(waha.url())))).isInstanceOf(Failure.Refused.class);
    }

    @Test
    void theHistoryShowsOurOwnMessages() {
        waha.on("/api/vendas/chats/5511998000101%40c.us/messages", 200, "[" + NOWEB + """
                ,{"id":"false_5511998000101@c.us_AC1","fromMe":false,"body":"Oi","timestamp":1770724801}]""");
        assertThat(client.ownMessages(server(waha.url()), CHAT, SENT_AT, 0)).isEqualTo(new Ok<>(Optional.of(java.util.List.of(
                new WahaClient.Message("3EB0A1B2C3D4E5F6A7B8C9", Optional.of("Oi"), SENT_AT)))));
        assertThat(waha.calls.getFirst().uri()).contains("downloadMedia=false").contains("filter.timestamp.gte=1770724800");
    }

    @Test
    void theSessionTellsItsNumber() {
        waha.on("/api/sessions/vendas", 200, """
                {"name":"vendas","status":"WORKING","me":{"id":"5511998000999:12@s.whatsapp.net","lid":"100000000000999@lid"}}""");
        assertThat(client.session(server(waha.url()))).isEqualTo(new Ok<>(new WahaClient.Session("WORKING",
                Optional.of(new PhoneNumber("+5511998000999")), Optional.of("100000000000999"))));
        waha.on("/api/sessions/vendas", 200, "{\"name\":\"vendas\",\"status\":\"SCAN_QR_CODE\",\"me\":null}");
        assertThat(client.session(server(waha.url())))
                .isEqualTo(new Ok<>(new WahaClient.Session("SCAN_QR_CODE", Optional.empty(), Optional.empty())));
    }

    private Failure after(int status, String json) {
        waha.on(SEND, status, json);
        return failure(send(Optional.empty(), Optional.empty()));
    }

    @Test
    void onlyASmallPictureIsTakenForAQrCode() {
        var png = new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 1, 2, 3};
        assertThat(qrAfter("image/png", png)).isInstanceOfSatisfying(Ok.class, ok -> assertThat(ok.value()).isEqualTo(png));
        assertThat(waha.calls.getFirst().uri()).isEqualTo("/api/vendas/auth/qr?format=image");
        assertThat(waha.calls.getFirst().headers()).containsEntry("Accept", List.of("image/png"));

        assertThat(failure(qrAfter("text/html", png))).isInstanceOf(Failure.Unknown.class);
        assertThat(failure(qrAfter("image/png", "<script>alert(1)</script>".getBytes()))).isInstanceOf(Failure.Unknown.class);
        assertThat(failure(qrAfter("image/png", Arrays.copyOf(png, 300 * 1024)))).as("too large").isInstanceOf(Failure.Unknown.class);
    }

    @Test
    void aCodeThatIsNoneIsNotShown() {
        waha.on("/api/vendas/auth/request-code", 201, "{\"code\":\"ABCD-1234\"}");
        assertThat(client.pairingCode(server(waha.url()), new PhoneNumber("+5511998000101")))
                .isEqualTo(new Ok<>("ABCD-1234"));
        assertThat(waha.calls.getFirst().body()).isEqualTo("{\"phoneNumber\":\"5511998000101\"}");

        waha.on("/api/vendas/auth/request-code", 201, "{\"code\":\"<b>call 0900</b>\"}");
        assertThat(failure(client.pairingCode(server(waha.url()), new PhoneNumber("+5511998000101")))).isInstanceOf(Failure.Unknown.class);
    }

    @Test
    void aSessionIsMadeWithItsWebhook() {
        waha.on("/api/sessions", 201, "{}");
        assertThat(client.create(server(waha.url()), Optional.of("https://crm.example/webhooks/waha/k"), new Webhook("k", "um segredo")))
                .isEqualTo(new Ok<>(true));
        assertThat(waha.calls.getFirst().body()).contains("\"name\":\"vendas\"", "\"url\":\"https://crm.example/webhooks/waha/k\"",
                "\"hmac\":{\"key\":\"um segredo\"}", "\"session.status\"");
    }

    @Test
    void anAnswerThatNeverEndsIsNotWaitedFor() {
        var hurried = client(true, Duration.ofMillis(300));
        waha.on("/api/sessions/vendas", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                while (true) {
                    exchange.getResponseBody().write(' ');
                    exchange.getResponseBody().flush();
                    Thread.sleep(20);
                }
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(failure(hurried.session(server(waha.url())))).isInstanceOf(Failure.Unknown.class);
    }

    private WahaAnswer<byte[]> qrAfter(String type, byte[] body) {
        waha.on("/api/vendas/auth/qr", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", type);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        return client.qr(server(waha.url()));
    }

    private WahaAnswer<WahaClient.Message> send(Optional<String> replyTo, Optional<String> id) {
        return client.send(server(waha.url()), CHAT, MessageContent.ofText("Olá"), Optional.empty(), replyTo, id);
    }

    private static <T> Failure failure(WahaAnswer<T> answer) {
        assertThat(answer).isInstanceOf(Failed.class);
        return ((Failed<T>) answer).failure();
    }

    private static Optional<String> textOf(String answer) {
        return answer.contains("\"body\"") ? Optional.of("Oi") : Optional.empty();
    }

    private static WahaClient client(boolean allowPrivate, Duration patience) {
        var settings = new WahaProperties(DataSize.ofMegabytes(5), Duration.ofSeconds(10), Duration.ofSeconds(2), 1,
                allowPrivate, patience, patience, Optional.empty(), java.util.Set.of());
        return new WahaClient(settings);
    }

    private static Server server(String url) {
        return new Server(ChannelId.create(), new WahaAddress(url, "vendas"), Optional.of("chave"));
    }
}
