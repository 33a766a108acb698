package com.ventros.crm.channels.flow;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.channels.TestChannels;
import com.ventros.crm.channels.waha.Samples;
import com.ventros.crm.channels.waha.simulator.Content;
import com.ventros.crm.channels.waha.simulator.Customer;
import com.ventros.crm.channels.waha.simulator.Engine;
import com.ventros.crm.channels.waha.simulator.Misbehaviour;
import com.ventros.crm.channels.waha.simulator.Misbehaviour.Fault;
import com.ventros.crm.channels.waha.simulator.Options;
import com.ventros.crm.channels.waha.simulator.WahaSimulator;
import com.ventros.crm.openapi.Contract;
import com.ventros.crm.tenancy.Tenancy;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files of messages: those that customers send are fetched at once, those that are sent are uploaded first. */
@DatabaseTest
class MediaTests {

    private static final Duration SOON = Duration.ofSeconds(40);
    private static final List<String> ARRIVED = List.of("sent", "delivered", "read", "played");
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    /** One transparent point. */
    private static final byte[] PNG = Base64.getDecoder().decode(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");
    private static final byte[] OGG = bytes("OggS\0\2\0\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\1\23OpusHead\1\1\0\0\0\0\0\0\0\0\0");
    private static final byte[] MP4 = bytes("\0\0\0\20ftypisom\0\0\2\0isomiso2mp41");
    private static final byte[] PDF = bytes("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n");

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @LocalServerPort
    int port;

    private final WahaSimulator waha = WahaSimulator.start(Options.forTests());
    private TestTenant tenant;
    private String token;
    private Api api;
    private Customer ana;
    private String chat;

    @BeforeEach
    void signIn() {
        tenant = TestTenant.create(db, transaction);
        token = TestCallers.mayAll(tenant.tenant());
        api = Api.anonymous(port).as(token);
    }

    @AfterEach
    void stop() {
        waha.close();
    }

    // What comes

    @ParameterizedTest
    @EnumSource(Engine.class)
    void theFileOfAMessageIsFetchedAtOnceAndGivenToItsTenantOnly(Engine engine) throws Exception {
        connect(engine);
        ana.sends(Content.photo("essa?"));
        ana.sends(Content.voice(4));
        ana.sends(Content.document("nota.pdf", "A nota"));

        await().atMost(SOON).until(() -> items().size() == 4 && stored() == 3);
        var document = mediaOf("document");
        var pdf = file(document.path("fileId").asString() + "?fileName=nota.pdf", token);
        assertThat(pdf.statusCode()).isEqualTo(200);
        assertThat(new String(pdf.body(), UTF_8)).startsWith("%PDF-1.4");
        assertThat(header(pdf, "Content-Type")).isEqualTo("application/pdf");
        assertThat(header(pdf, "Content-Disposition")).startsWith("inline").contains("nota.pdf");
        assertThat(header(pdf, "Content-Security-Policy")).contains("default-src 'none'").contains("sandbox");
        assertThat(header(pdf, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(pdf, "Cache-Control")).contains("private");
        assertThat(header(file(mediaOf("voice").path("fileId").asString(), token), "Content-Type")).isEqualTo("audio/ogg");
        assertThat(header(file(mediaOf("image").path("fileId").asString(), token), "Content-Type")).isEqualTo("image/jpeg");
        await().atMost(SOON).until(() -> events("message.media_stored") == 3);

        var stranger = TestCallers.mayAll(TestTenant.create(db, transaction).tenant());
        assertThat(file(document.path("fileId").asString(), stranger).statusCode()).isEqualTo(404);
        assertThat(file(document.path("fileId").asString(), null).statusCode()).isEqualTo(401);
    }

    @Test
    void aPageIsNoDocumentToBeShownWhateverItsSenderCallsIt() throws Exception {
        connect(Engine.GOWS);
        ana.sends(Content.document("../../x\u202Efdp.html", "<html><script>alert(1)</script></html>".getBytes(UTF_8)));
        await().atMost(SOON).until(() -> stored() == 1);

        var page = file(mediaOf("document").path("fileId").asString() + "?fileName="
                + URLEncoder.encode(mediaOf("document").path("fileName").asString(), UTF_8), token);

        assertThat(header(page, "Content-Type")).isEqualTo("application/octet-stream");
        assertThat(header(page, "Content-Disposition")).startsWith("attachment").doesNotContain("/").doesNotContain("%E2%80%AE");
    }

    @Test
    void aFileThatWahaHasDeletedIsAskedForAnew() {
        connect(Engine.GOWS);
        ana.sends(Content.photo(""));
        await().atMost(SOON).until(() -> stored() == 1);
        waitAgainFor("http://localhost:3000/api/files/vendas/GONE.jpeg");
        await().atMost(SOON).until(() -> stored() == 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example.com/api/x.jpeg", "http://169.254.169.254/latest/meta-data", "file:///etc/passwd",
            "http://127.0.0.1/secret", "https://waha@evil.example.com/x", "nonsense"})
    void anAddressThatIsNotWahasIsNeverCalled(String url) {
        connect(Engine.GOWS);
        ana.sends(Content.photo(""));
        await().atMost(SOON).until(() -> stored() == 1);
        waitAgainFor(url);
        await().atMost(SOON).until(() -> mediaOf("image").path("state").asString().equals("failed"));
        assertThat(inTenant(() -> db.sql("select failure_code from message_file").query(String.class).single()))
                .isEqualTo("address_not_allowed");
    }

    // What goes

    @ParameterizedTest
    @EnumSource(Engine.class)
    void everyKindOfFileGoesOutOnceAsItWasUploaded(Engine engine) throws Exception {
        connect(engine);
        var image = written(Map.of("image", Map.of("fileId", uploaded(PNG, "foto.png"), "caption", "Chegou!")));
        var voice = written(Map.of("voice", Map.of("fileId", uploaded(OGG, ""))));
        var video = written(Map.of("video", Map.of("fileId", uploaded(MP4, "filme.mp4"))));
        var document = written(Map.of("document", Map.of("fileId", uploaded(PDF, "x"), "fileName", "../nota fiscal.pdf")));

        for (var id : List.of(image, voice, video, document)) await().atMost(SOON).until(() -> ARRIVED.contains(status(id)));
        assertThat(waha.ledger().sent()).hasSize(4);
        assertThat(items()).as("an echo is no second message").hasSize(5);
        assertThat(shown(image).path("text").asString()).isEqualTo("Chegou!");
        assertThat(shown(document).path("media").path("fileName").asString()).isEqualTo("_nota fiscal.pdf");
        assertThat(shown(document).path("media").path("state").asString()).isEqualTo("stored");
        var arrived = HTTP.send(HttpRequest.newBuilder(URI.create(waha.url() + "/api/files/vendas/" + waha.ledger().sent().getFirst().id() + ".jpeg"))
                .header("X-Api-Key", TestChannels.API_KEY).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(arrived.body()).as("what WhatsApp got").isEqualTo(PNG);
    }

    /** As browsers record it: in a film's container. */
    @Test
    void aRecordedVoiceNoteIsConvertedAndAFilmIsNone() throws Exception {
        connect(Engine.GOWS);
        for (var recorded : List.of(webm("A_OPUS"), mp4("soun"))) {
            var voice = written(Map.of("voice", Map.of("fileId", uploaded(recorded, "voz"))));
            await().atMost(SOON).until(() -> ARRIVED.contains(status(voice)));
            assertThat(shown(voice).path("type").asString()).isEqualTo("voice");
            var id = shown(voice).path("media").path("fileId").asString();
            assertThat(file(id, token).headers().firstValue("Content-Type").orElseThrow()).startsWith("audio/");
        }
        for (var film : List.of(webm("V_VP8 A_OPUS"), mp4("vide"), MP4)) {
            var refused = api.post("/api/v1/messages", Map.of("chatId", chat, "voice", Map.of("fileId", uploaded(film, "voz.webm"))));
            assertThat(refused.json().path("errors").get(0).path("code").asString()).isEqualTo("wrong_type");
        }
        assertThat(waha.ledger().sent()).hasSize(2);
    }

    private static byte[] webm(String codecs) {
        return bytes("\u001aE\u00df\u00a3\u009fB\u0086\u0081\u0001B\u00f7\u0081\u0001B\u00f2\u0081\u0004B\u00f3\u0081\bB\u0082\u0084webmB\u0087\u0081\u0004B\u0085\u0081\u0002" + codecs);
    }

    private static byte[] mp4(String track) {
        return bytes("\0\0\0\24ftypiso5\0\0\2\0iso5mp41\0\0\0\40hdlr\0\0\0\0\0\0\0\0" + track + "\0\0\0\0\0\0\0\0\0\0\0\0");
    }

    @Test
    void whatIsSentAgainCarriesTheSameFile() throws Exception {
        connect(Engine.GOWS);
        var file = uploaded(PNG, "foto.png");
        waha.session("vendas").orElseThrow().fail();
        var image = written(Map.of("image", Map.of("fileId", file, "caption", "Chegou!")));
        await().atMost(SOON).until(() -> api.post("/api/v1/messages", Map.of("revoke", Map.of("messageId", image))).status() == 202);
        waha.session("vendas").orElseThrow().recover();
        var again = api.post("/api/v1/messages/" + image + "/send-again", Map.of()).json().path("id").asString();
        await().atMost(SOON).until(() -> ARRIVED.contains(status(again)));
        assertThat(shown(again).path("media").path("fileId").asString()).isEqualTo(file);
        assertThat(shown(again).path("text").asString()).isEqualTo("Chegou!");
        assertThat(waha.ledger().sent()).hasSize(1);
    }

    @Test
    void aDocumentThatNobodyNamedIsCalledByItsType() throws Exception {
        connect(Engine.GOWS);
        var document = written(Map.of("document", Map.of("fileId", uploaded(PDF, "nota.pdf"))));
        await().atMost(SOON).until(() -> ARRIVED.contains(status(document)));
        assertThat(shown(document).path("media").path("fileName").asString()).isEqualTo("documento.pdf");
        var history = HTTP.send(HttpRequest.newBuilder(URI.create(waha.url() + "/api/vendas/chats/5511998000101%40c.us/messages"))
                .header("X-Api-Key", TestChannels.API_KEY).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(history.body()).as("what WhatsApp got").contains("\"filename\":\"documento.pdf\"");
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aFileWhoseAnswerIsLostIsRecognisedByItsEchoAndNotSentAgain(Engine engine) throws Exception {
        connect(engine);
        var file = uploaded(PNG, "foto.png");
        waha.misbehave(Misbehaviour.none(1).with(Fault.RESET_AFTER_SENDING, 1));
        var first = written(Map.of("image", Map.of("fileId", file)));
        var second = written(Map.of("document", Map.of("fileId", file)));

        for (var id : List.of(first, second)) await().atMost(SOON).until(() -> ARRIVED.contains(status(id)));
        assertThat(waha.ledger().sent()).hasSize(2);
        assertThat(items()).hasSize(3);
    }

    @Test
    void aFileIsKeptOnceAndIsWhatItsBytesAre() throws Exception {
        assertThat(uploaded(PNG, "a.png")).isEqualTo(uploaded(PNG, "b.jpg"));
        assertThat(upload(PDF, "foto.png").path("mimeType").asString()).isEqualTo("application/pdf");
        assertThat(upload("<html><body>Oi</body></html>".getBytes(UTF_8), "foto.jpg").path("mimeType").asString()).isEqualTo("text/html");
        assertThat(upload(bytes("\0\0\0\24ftypqt  \0\0\2\0qt  "), "filme").path("mimeType").asString()).isEqualTo("video/quicktime");
        assertThat(upload(MP4, "filme").path("mimeType").asString()).isEqualTo("video/mp4");
        assertThat(upload(new byte[0], "nada").path("code").asString()).isEqualTo("file_empty");
        assertThat(upload(new byte[1024 * 1024 + 1], "grande").path("code").asString()).isEqualTo("file_too_large");
        var stranger = TestCallers.mayAll(TestTenant.create(db, transaction).tenant());
        assertThat(file(uploaded(PNG, "a.png"), stranger).statusCode()).isEqualTo(404);
    }

    @Test
    void ofAFileAPartIsGivenAndOneThatItDoesNotHaveIsRefusedWithoutTheFile() throws Exception {
        var path = "/api/v1/media/" + upload("abc".getBytes(UTF_8), "nota.txt").path("id").asString();

        var part = api.with("Range", "bytes=1-").get(path);
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.text()).isEqualTo("bc");
        assertThat(part.header("Content-Range")).contains("bytes 1-2/3");
        Contract.check(part.raw());

        for (var wrong : List.of("bytes=3-", "bytes=2-1", "bytes=x")) {
            var refused = api.with("Range", wrong).get(path);
            assertThat(refused.status()).as(wrong).isEqualTo(416);
            assertThat(refused.header("Content-Type")).as(wrong).contains("application/problem+json");
            assertThat(refused.code()).as(wrong).isEqualTo("range_not_satisfiable");
            assertThat(refused.header("Content-Range")).as(wrong).contains("bytes */3");
            assertThat(refused.header("ETag")).as(wrong).isEmpty();
            Contract.check(refused.raw());
        }
    }

    @Test
    void aFileIsSentOnlyAsWhatItIs() throws Exception {
        connect(Engine.GOWS);
        var pdf = uploaded(PDF, "a.pdf");
        for (var as : List.of("image", "video", "voice", "audio")) {
            var answer = api.post("/api/v1/messages", Map.of("chatId", chat, as, Map.of("fileId", pdf)));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
            assertThat(answer.json().path("errors").get(0).path("code").asString()).isEqualTo("wrong_type");
        }
        var missing = api.post("/api/v1/messages", Map.of("chatId", chat, "image", Map.of("fileId", chat)));
        assertThat(missing.json().path("errors").get(0).path("field").asString()).isEqualTo("image.fileId");
    }

    private void connect(Engine engine) {
        var connected = TestChannels.of(tenant, port).connect(waha.url(), "vendas");
        ana = waha.session("vendas", engine)
                .deliverTo("http://127.0.0.1:" + port + connected.webhookPath(), Samples.SECRET).pair()
                .customer("Ana Souza", "5511998000101");
        ana.writes("Oi");
        await().atMost(SOON).until(() -> api.get("/api/v1/chats").json().path("items").size() == 1);
        chat = api.get("/api/v1/chats").json().path("items").get(0).path("id").asString();
    }

    private void waitAgainFor(String url) {
        inTenant(() -> db.sql("update message_file set state = 'WAITING', file_id = null, not_before = now(), url = :url")
                .param("url", url).update());
    }

    private String uploaded(byte[] bytes, String name) throws Exception {
        return upload(bytes, name).path("id").asString();
    }

    private JsonNode upload(byte[] bytes, String name) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/media?fileName=" + URLEncoder.encode(name, UTF_8)))
                .header("Authorization", "Bearer " + token).header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes)).build();
        return JsonMapper.shared().readTree(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private HttpResponse<byte[]> file(String id, String bearer) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/media/" + id));
        if (bearer != null) request.header("Authorization", "Bearer " + bearer);
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private String written(Map<String, Object> what) {
        var body = new HashMap<>(what);
        body.put("chatId", chat);
        var answer = api.post("/api/v1/messages", body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        return answer.json().path("id").asString();
    }

    private JsonNode shown(String id) {
        return api.get("/api/v1/messages/" + id).json();
    }

    private String status(String id) {
        return shown(id).path("status").asString();
    }

    private JsonNode items() {
        return api.get("/api/v1/chats/" + chat + "/messages").json().path("items");
    }

    /** By its kind: messages of one second may stand in any order. */
    private JsonNode mediaOf(String type) {
        return items().valueStream().filter(item -> item.path("type").asString().equals(type)).findFirst().orElseThrow().path("media");
    }

    private long stored() {
        return items().valueStream().filter(item -> item.path("media").path("state").asString("").equals("stored")).count();
    }

    private int events(String type) {
        return inTenant(() -> db.sql("select count(*) from domain_event_logs where type = :type").param("type", type)
                .query(Integer.class).single());
    }

    private <T> T inTenant(Supplier<T> question) {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> question.get()));
    }

    private static byte[] bytes(String latin) {
        return latin.getBytes(ISO_8859_1);
    }
}
