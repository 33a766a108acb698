package com.ventros.crm.channels.flow;

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
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.StandardSignature;
import com.ventros.crm.tenancy.Tenancy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A company's own program as a channel: it is a real server on this machine, and both sides talk HTTP. */
@DatabaseTest
class ApiChannelTests {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String SECRET = "um segredo bem comprido";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** One point. */
    private static final byte[] PNG = Base64.getDecoder().decode(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private record Heard(Headers headers, byte[] body) {
        JsonNode json() {
            return JSON.readTree(body);
        }
    }

    /** What the program does with a request: how long it thinks, and what it answers. */
    private record Answer(Duration after, int status, String body) {
        static Answer at(int status) {
            return new Answer(Duration.ZERO, status, "");
        }
    }

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @LocalServerPort
    int port;

    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    /** By the request's number from 0. */
    private volatile IntFunction<Answer> answers = _ -> Answer.at(200);
    private HttpServer program;
    private TestTenant tenant;
    private Api api;
    private String path;

    @BeforeEach
    void begin() throws Exception {
        program = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        program.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        program.createContext("/foto.png", exchange -> {
            exchange.sendResponseHeaders(200, PNG.length);
            exchange.getResponseBody().write(PNG);
            exchange.close();
        });
        program.createContext("/hook", exchange -> {
            var body = exchange.getRequestBody().readAllBytes();
            Answer answer;
            synchronized (heard) {
                answer = answers.apply(heard.size());
                heard.add(new Heard(exchange.getRequestHeaders(), body));
            }
            try {
                Thread.sleep(answer.after());
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
            exchange.sendResponseHeaders(answer.status(), answer.body().isEmpty() ? -1 : answer.body().length());
            if (!answer.body().isEmpty()) exchange.getResponseBody().write(answer.body().getBytes(UTF_8));
            exchange.close();
        });
        program.start();
        tenant = TestTenant.create(db, transaction);
        api = Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant()));
        var made = api.post("/api/v1/channels", channel(url("/hook")));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.text()).doesNotContain(SECRET);
        path = "/api/v1/channels/" + made.json().path("id").asString();
    }

    @AfterEach
    void end() {
        program.stop(0);
    }

    @Test
    void whatIsReportedManyTimesIsThereOnceAndTheAnswerGoesBackSigned() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 20).forEach(_ -> threads.submit(() -> assertThat(say("m-1", "Bom dia").status()).isEqualTo(202)));
        }
        say("m-2", "Tem pão?");

        var chat = awaitChat();
        await().atMost(SOON).until(() -> messages(chat).size() == 2);
        var contact = api.get("/api/v1/contacts").json().path("items").get(0);
        assertThat(api.get("/api/v1/contacts").json().path("items")).hasSize(1);
        assertThat(contact.path("name").asString()).isEqualTo("Ana Souza");
        assertThat(contact.toString()).contains("+5511998000101", "loja/77");
        assertThat(count("select count(*) from session")).isEqualTo(1);

        var first = messages(chat).valueStream().filter(one -> one.path("text").asString().equals("Bom dia")).findFirst().orElseThrow();
        var answer = send(Map.of("chatId", chat, "text", "Temos sim", "replyToMessageId", first.path("id").asString()));

        await().atMost(SOON).until(() -> status(answer).equals("sent"));
        assertThat(heard).hasSize(1);
        var request = heard.getFirst();
        assertThat(request.headers().getFirst("Idempotency-Key")).isEqualTo(answer);
        assertThat(request.headers().getFirst("webhook-signature")).isEqualTo(StandardSignature.of(SECRET.getBytes(UTF_8), answer,
                Instant.ofEpochSecond(Long.parseLong(request.headers().getFirst("webhook-timestamp"))), request.body()));
        assertThat(request.json().path("content")).isEqualTo(JSON.readTree("{\"type\":\"text\",\"text\":\"Temos sim\"}"));
        assertThat(request.json().path("to")).isEqualTo(JSON.readTree("{\"address\":\"loja/77\",\"phone\":\"+5511998000101\"}"));
        assertThat(request.json().path("replyTo").asString()).isEqualTo("m-1");
        assertThat(request.json().path("id").asString()).isEqualTo(answer);

        assertThat(receipt(answer, "read").status()).isEqualTo(202);
        receipt(answer, "delivered");
        await().atMost(SOON).until(() -> status(answer).equals("read"));
        await().atMost(SOON).until(() -> !api.get("/api/v1/messages/" + answer).json().path("deliveredAt").isNull());
        report(Map.of("id", "m-3", "sender", Map.of("externalId", "loja/77"), "text", "Obrigada", "replyTo", answer));
        await().atMost(SOON).until(() -> messages(chat).get(0).path("replyTo").path("id").asString("").equals(answer));
    }

    @Test
    void aProgramThatIsTooSlowIsAskedAgainUnderTheSameId() {
        answers = request -> request == 0 ? new Answer(Duration.ofSeconds(3), 200, "")
                : request == 1 ? Answer.at(503) : Answer.at(204);
        var message = send(Map.of("channelId", id(), "to", "+5511998000199", "text", "Uma vez só"));
        await().atMost(SOON).until(() -> heard.size() == 1 && status(message).equals("queued"));
        // What lies between the tries is minutes: they are made due.
        hurry(message, 1);
        await().atMost(SOON).until(() -> heard.size() == 2 && status(message).equals("queued"));
        hurry(message, 2);

        await().atMost(SOON).until(() -> status(message).equals("sent"));
        assertThat(heard).hasSize(3).allSatisfy(one -> assertThat(one.headers().getFirst("Idempotency-Key")).isEqualTo(message));
        assertThat(heard.getFirst().json().path("to").path("address").asString()).isEqualTo("+5511998000199");
    }

    @Test
    void whatASenderLeftThatDiedIsAskedAgainUnderTheSameId() {
        answers = request -> Answer.at(request == 0 ? 500 : 200);
        var message = send(Map.of("channelId", id(), "to", "+5511998000199", "text", "Ainda aí?"));
        await().atMost(SOON).until(() -> heard.size() == 1 && status(message).equals("queued"));
        change("update send_intent set state = 'SENDING', claimed_at = now() - interval '1 hour' where message_id = cast(:id as uuid)", message);

        await().atMost(SOON).until(() -> status(message).equals("sent"));
        assertThat(heard).hasSize(2).allSatisfy(one -> assertThat(one.headers().getFirst("Idempotency-Key")).isEqualTo(message));
    }

    @Test
    void aProgramThatIsGivenUpIsNeitherHeardNorToldUntilItIsTakenUpAgain() {
        say("m-1", "Bom dia");
        var chat = awaitChat();
        assertThat(api.delete(path).status()).isEqualTo(204);

        assertThat(say("m-2", "Tem pão?").code()).isEqualTo("channel_archived");
        var message = send(Map.of("chatId", chat, "text", "Temos sim"));
        await().atMost(SOON).until(() -> status(message).equals("failed"));
        assertThat(api.get("/api/v1/messages/" + message).json().path("failure").path("code").asString()).isEqualTo("channel_gone");
        assertThat(heard).isEmpty();

        assertThat(api.post(path + "/restore", Map.of()).json().path("status").asString()).isEqualTo("connected");
        assertThat(say("m-2", "Tem pão?").status()).isEqualTo(202);
    }

    @Test
    void whatNobodyCanTellStaysUnknownUntilAReceiptComes() {
        answers = _ -> Answer.at(500);
        var message = send(Map.of("channelId", id(), "to", "+5511998000199", "text", "Talvez"));
        await().atMost(SOON).until(() -> heard.size() == 1 && status(message).equals("queued"));
        hurry(message, 4);

        await().atMost(SOON).until(() -> status(message).equals("unknown"));
        assertThat(heard).hasSize(2);
        receipt(message, "delivered");
        await().atMost(SOON).until(() -> status(message).equals("delivered"));
    }

    @Test
    void whatTheProgramRefusesFailsWithItsReasonAndIsNotSentAgain() {
        answers = _ -> new Answer(Duration.ZERO, 422, "{\"detail\":\"cliente desconhecido\"}");
        var message = send(Map.of("channelId", id(), "to", "+5511998000199", "text", "Oi"));
        await().atMost(SOON).until(() -> status(message).equals("failed"));
        var failure = api.get("/api/v1/messages/" + message).json().path("failure");
        assertThat(failure.path("code").asString()).isEqualTo("refused_by_program");
        assertThat(failure.path("detail").asString()).isEqualTo("The program answered 422: cliente desconhecido");
        assertThat(heard).hasSize(1);

        answers = _ -> Answer.at(200);
        var other = send(Map.of("channelId", id(), "to", "+5511998000199", "text", "De novo"));
        await().atMost(SOON).until(() -> status(other).equals("sent"));
        receipt(other, "failed");
        await().atMost(SOON).until(() -> status(other).equals("failed"));
    }

    @Test
    void aFileIsFetchedFromWhereTheProgramHasIt() {
        report(Map.of("id", "f-1", "sender", Map.of("phone", "+55 11 99800-0101"), "text", "Veja",
                "media", Map.of("type", "image", "url", url("/foto.png"), "fileName", "foto.png")));
        var chat = awaitChat();
        await().atMost(SOON).until(() -> messages(chat).get(0).path("media").path("state").asString("").equals("stored"));
        var file = messages(chat).get(0).path("media").path("fileId").asString();
        assertThat(api.get("/api/v1/media/" + file).header("Content-Type")).contains("image/png");
        assertThat(messages(chat).get(0).path("text").asString()).isEqualTo("Veja");
    }

    @Test
    void whatIsNotUnderstoodIsRefusedAtOnce() {
        var good = new HashMap<String, Object>(Map.of("id", "m-1", "sender", Map.of("phone", "+5511998000101"), "text", "Oi"));
        assertThat(report(with(good, "sender", Map.of("name", "Ana"))).json().path("errors").get(0).path("field").asString()).isEqualTo("sender");
        assertThat(report(with(good, "sender", Map.of("phone", "98000-0101"))).json().path("errors").get(0).path("code").asString())
                .isEqualTo("phone_invalid");
        assertThat(report(with(good, "colour", "red")).code()).isEqualTo("field_unknown");
        assertThat(report(with(good, "sentAt", "tomorrow")).status()).isEqualTo(422);
        assertThat(report(with(good, "sentAt", Instant.now().plusSeconds(3_600).toString())).status()).isEqualTo(422);
        assertThat(report(with(good, "media", Map.of("type", "image", "url", "http://169.254.169.254/latest"))).status()).isEqualTo(422);
        assertThat(report(with(good, "media", Map.of("type", "image", "url", "file:///etc/passwd"))).status()).isEqualTo(422);
        assertThat(report(with(good, "id", " ")).status()).isEqualTo(422);
        assertThat(receipt("m-1", "burnt").status()).isEqualTo(422);

        var others = Api.anonymous(port).as(TestCallers.mayAll(TestTenant.create(db, transaction).tenant()));
        assertThat(others.post(path + "/messages", good).status()).isEqualTo(404);
        assertThat(others.post(path + "/receipts", Map.of("messageId", "m-1", "status", "read")).status()).isEqualTo(404);
        var agent = Api.anonymous(port).as(TestCallers.token(tenant.tenant(), Set.of(Permission.CHANNEL_WRITE, Permission.MESSAGE_SEND)));
        assertThat(agent.post(path + "/messages", good).status()).isEqualTo(403);
        var whatsApp = TestChannels.of(tenant, port).connect("http://127.0.0.1:9", "vendas").id();
        assertThat(api.post("/api/v1/channels/" + whatsApp + "/messages", good).code()).isEqualTo("channel_without_api");
        assertThat(count("select count(*) from message")).isZero();
    }

    @Test
    void theSilenceOfTheProjectIsThatOfChannelsWithoutOneOfTheirOwn() {
        var patient = "/api/v1/channels/" + api.post("/api/v1/channels", with(channel(url("/hook")), "sessionTimeoutMinutes", 90)).json().path("id").asString();
        hearOn(path, "m-1");
        hearOn(patient, "m-2");
        await().atMost(SOON).until(() -> silences().equals(List.of("30 of project", "90 of channel")));
        var project = "/api/v1/projects/" + tenant.project();
        assertThat(api.with("If-Match", "\"0\"").patch(project, Map.of("sessionTimeoutMinutes", 45)).status()).isEqualTo(200);
        assertThat(silences()).as("from the next message on").containsExactly("30 of project", "90 of channel");

        api.get("/api/v1/chats").json().path("items").forEach(chat -> send(Map.of("chatId", chat.path("id").asString(), "text", "Olá")));
        assertThat(silences()).as("of what we write").containsExactly("45 of project", "90 of channel");
        assertThat(api.with("If-Match", "\"1\"").patch(project, Map.of("sessionTimeoutMinutes", 50)).status()).isEqualTo(200);
        hearOn(path, "m-3");
        hearOn(patient, "m-4");
        await().atMost(SOON).untilAsserted(() -> assertThat(silences()).as("of what customers write").containsExactly("50 of project", "90 of channel"));
        assertThat(api.with("If-Match", "\"0\"").patch(patient, with(Map.of(), "sessionTimeoutMinutes", null)).status()).isEqualTo(200);
        api.get("/api/v1/chats").json().path("items").forEach(chat -> send(Map.of("chatId", chat.path("id").asString(), "text", "Olá de novo")));
        assertThat(silences()).as("a channel gives up its own").containsExactly("50 of project", "50 of project");
    }

    private void hearOn(String channel, String id) {
        var said = api.post(channel + "/messages", Map.of("id", id, "text", "Oi", "sender", Map.of("externalId", "loja/" + channel.hashCode())));
        assertThat(said.status()).as(said.text()).isEqualTo(202);
    }

    private List<String> silences() {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> db.sql("""
                select (extract(epoch from s.deadline - s.last_message_at) / 60)::int
                       || case when c.session_timeout_minutes is null then ' of project' else ' of channel' end
                  from session s join chat t on t.id = s.chat_id join channel c on c.id = t.channel_id order by 1
                """).query(String.class).list()));
    }

    @Test
    void aChannelKeepsItsTypeAndLeadsNowhereInside() {
        assertThat(api.get(path).json().path("status").asString()).isEqualTo("connected");
        assertThat(api.get(path).json().path("waha").isNull()).isTrue();
        assertThat(api.post(path + "/connect", Map.of()).code()).isEqualTo("pairing_not_needed");
        assertThat(api.with("If-Match", "\"0\"").patch(path, Map.of("waha", Map.of("session", "x"))).code()).isEqualTo("channel_type_fixed");
        assertThat(api.with("If-Match", "\"0\"").patch(path, Map.of("api", Map.of("url", "http://169.254.169.254/x"))).status()).isEqualTo(422);
        var moved = api.with("If-Match", "\"0\"").patch(path, Map.of("api", Map.of("url", url("/hook2"), "secret", "outro segredo comprido")));
        assertThat(moved.status()).as(moved.text()).isEqualTo(200);
        assertThat(moved.json().path("api").path("url").asString()).isEqualTo(url("/hook2"));
        assertThat(moved.json().path("status").asString()).isEqualTo("connected");
        for (var inside : List.of("http://169.254.169.254/", "http://203.0.113.9/", "ftp://example.com/", "https://ana@example.com/")) {
            assertThat(api.post("/api/v1/channels", channel(inside)).json().path("errors").get(0).path("field").asString()).isEqualTo("api.url");
        }
    }

    private Map<String, Object> channel(String url) {
        return Map.of("name", "Loja virtual", "type", "api", "api", Map.of("url", url, "secret", SECRET));
    }

    private String url(String where) {
        return "http://127.0.0.1:" + program.getAddress().getPort() + where;
    }

    private String id() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private Api.Answer say(String id, String text) {
        return report(Map.of("id", id, "text", text,
                "sender", Map.of("phone", "+55 11 99800-0101", "externalId", "loja/77", "name", "Ana Souza")));
    }

    private Api.Answer report(Map<String, Object> body) {
        return api.post(path + "/messages", body);
    }

    private static Map<String, Object> with(Map<String, Object> body, String field, Object value) {
        var changed = new HashMap<>(body);
        changed.put(field, value);
        return changed;
    }

    private Api.Answer receipt(String message, String status) {
        return api.post(path + "/receipts", Map.of("messageId", message, "status", status));
    }

    private String send(Map<String, Object> body) {
        var answer = api.post("/api/v1/messages", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json().path("id").asString();
    }

    private String awaitChat() {
        return await().atMost(SOON).until(() -> api.get("/api/v1/chats").json().path("items"), found -> !found.isEmpty())
                .get(0).path("id").asString();
    }

    private JsonNode messages(String chat) {
        return api.get("/api/v1/chats/" + chat + "/messages").json().path("items");
    }

    private String status(String message) {
        return api.get("/api/v1/messages/" + message).json().path("status").asString();
    }

    private void hurry(String message, int attempts) {
        change("update send_intent set not_before = now(), attempts = " + attempts
                + " where message_id = cast(:id as uuid) and state = 'QUEUED'", message);
    }

    private void change(String sql, String message) {
        Tenancy.run(tenant.tenant(), () -> transaction.executeWithoutResult(_ -> db.sql(sql).param("id", message).update()));
    }

    private long count(String sql) {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> db.sql(sql).query(Long.class).single()));
    }
}
