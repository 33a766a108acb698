package com.ventros.crm.replies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.channels.TestChannels;
import com.ventros.crm.http.Permission;
import com.ventros.crm.kernel.Uuids;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@DatabaseTest
class CannedReplyTests {

    private static final String PATH = "/api/v1/canned-replies";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    private TestTenant tenant;
    private Api api;

    @BeforeEach
    void aTenant() {
        tenant = TestTenant.create(db, transaction);
        api = Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant()));
    }

    @Test
    void aReplyIsWrittenFoundChangedAndDeleted() {
        var made = write(Map.of("shortCode", " Olá ", "title", "Saudação", "text", "Olá, {{contact.firstName|cliente}}!"));
        assertThat(made.path("shortCode").asString()).as("as people type it in a hurry").isEqualTo("ola");
        write(Map.of("shortCode", "preco", "title", "Preços da olaria", "text", "R$ 10"));
        assertThat(codes("")).containsExactly("ola", "preco");
        assertThat(codes("?q=OL%C3%81")).containsExactly("ola", "preco");
        assertThat(codes("?q=saudacao")).containsExactly("ola");
        assertThat(codes("?q=%25")).isEmpty();
        assertThat(codes("?limit=1")).containsExactly("ola");
        assertThat(codes("?limit=1&cursor=" + api.get(PATH + "?limit=1").json().path("nextCursor").asString())).containsExactly("preco");

        assertThat(api.post(PATH, Map.of("shortCode", "ola", "title", "x", "text", "x")).code()).isEqualTo("short_code_taken");
        var seen = api.with("If-Match", "\"1\"");
        assertThat(seen.patch(path(made), Map.of("shortCode", "preco")).code()).isEqualTo("short_code_taken");
        var changed = seen.patch(path(made), Map.of("text", "Oi"));
        assertThat(changed.json().path("text").asString()).isEqualTo("Oi");
        assertThat(changed.header("ETag")).contains("\"2\"");
        assertThat(seen.patch(path(made), Map.of("text", "Oi!")).status()).isEqualTo(412);
        assertThat(api.delete(path(made)).status()).isEqualTo(204);
        assertThat(codes("")).containsExactly("preco");
    }

    @Test
    void nonsenseIsRefusedWhenItIsSaved() {
        for (var wrong : List.of(Map.of("text", "Olá, {{contact.nome}}"), Map.of("text", "Olá, {{contact.name"), Map.of("text", " "), Map.of("text", "\u00a0\u200b\ufeff"), Map.of("text", "x", "title", "\u2800"),
                Map.of("text", "{{contact.fields.plano}}"), Map.of("text", "x", "shortCode", "dois nomes"),
                Map.of("text", "x", "title", ""), Map.of("text", "x".repeat(4097)),
                Map.of("attachments", List.of(Map.of("fileId", Uuids.v7(), "type", "image"))))) {
            var body = new java.util.HashMap<String, Object>(Map.of("shortCode", "x", "title", "x"));
            body.putAll(wrong);
            assertThat(api.post(PATH, body).status()).as(wrong.toString()).isEqualTo(422);
        }
        assertThat(api.post(PATH, Map.of("shortCode", "x", "title", "x", "text", "{{contact.nome}}")).json().path("errors").get(0)
                .path("code").asString()).isEqualTo("variable_unknown");
    }

    @Test
    void aPersonalReplyIsForItsOwnerAloneAndSharedOnesNeedAPermission() {
        var agent = Api.anonymous(port).as(TestCallers.token(tenant.tenant(), EnumSet.of(Permission.INBOX_READ, Permission.MESSAGE_SEND)));
        var shared = write(Map.of("shortCode", "ola", "title", "De todos", "text", "Olá"));
        var own = agent.post(PATH, Map.of("shortCode", "ola", "title", "Minha", "text", "Oi", "personal", true));
        assertThat(own.status()).as("it may go by the same code").isEqualTo(201);
        assertThat(agent.get(PATH).json().path("items")).hasSize(2);
        assertThat(api.get(PATH).json().path("items")).hasSize(1);
        for (var status : List.of(api.get(path(own.json())), api.delete(path(own.json())))) assertThat(status.status()).isEqualTo(404);

        assertThat(agent.post(PATH, Map.of("shortCode", "x", "title", "x", "text", "x")).code()).isEqualTo("permission_missing");
        assertThat(agent.with("If-Match", "\"1\"").patch(path(shared), Map.of("text", "x")).code()).isEqualTo("permission_missing");
        assertThat(agent.delete(path(shared)).code()).isEqualTo("permission_missing");
        assertThat(agent.with("If-Match", "\"1\"").patch(path(own.json()), Map.of("text", "Oi!")).status()).isEqualTo(200);
        assertThat(agent.delete(path(own.json())).status()).isEqualTo(204);
    }

    @Test
    void aPreviewSaysValuesAsTheContactReadsThem() {
        for (var field : List.of(Map.of("key", "plano", "label", "Plano", "type", "multi_select", "options", List.of("prata", "ouro")),
                Map.of("key", "divida", "label", "Dívida", "type", "money", "currency", "BRL"),
                Map.of("key", "entrega", "label", "Entrega", "type", "date"), Map.of("key", "fiel", "label", "Fiel", "type", "boolean"))) {
            assertThat(api.post("/api/v1/contact-fields", field).status()).isEqualTo(201);
        }
        assertThat(api.post(PATH, Map.of("shortCode", "x", "title", "x", "text", "{{contact.fields.fiel}}")).status())
                .as("nobody says true to a customer").isEqualTo(422);
        var reply = write(Map.of("shortCode", "tudo", "title", "Tudo", "text", "{{contact.name}} / {{contact.firstName}} / {{contact.phone}} / "
                + "{{contact.fields.plano}} / {{contact.fields.divida}} / {{contact.fields.entrega}} / {{agent.firstName}} / {{channel.name}}"));
        var ana = contact(Map.of("name", "Ana  Souza", "phones", List.of("+5511987650001"), "fields",
                Map.of("plano", List.of("prata", "ouro"), "divida", 1299.9, "entrega", "2026-03-01")));
        var preview = preview(reply, ana);
        assertThat(preview.path("text").asString().replace('\u00a0', ' ')).isEqualTo("Ana Souza / Ana / +55 11 98765-0001 / prata, ouro / "
                + "R$ 1.299,90 / 1 de mar. de 2026 / Ana / {{channel.name}}");
        assertThat(preview.path("missing").valueStream().map(JsonNode::asString)).containsExactly("channel.name");
        assertThat(api.get(path(reply)).json().path("uses").asInt()).as("a look is no use").isZero();
    }

    @Test
    void aReplyIsSentWithItsFilesAllOrNothingAndItsUseIsCounted() throws Exception {
        var chat = aChat();
        var file = api.with("Content-Type", "text/plain").send("POST", "/api/v1/media?fileName=tabela.txt", "dez reais").json().path("id").asString();
        var reply = write(Map.of("shortCode", "tabela", "title", "Tabela", "text", "Segue, {{contact.firstName|cliente}}.",
                "attachments", List.of(Map.of("fileId", file, "type", "document", "fileName", "tabela.txt"))));
        var sent = api.post(path(reply) + "/send", Map.of("chatId", chat));
        assertThat(sent.status()).as(sent.toString()).isEqualTo(202);
        assertThat(sent.json().path("items").valueStream().map(one -> one.path("type").asString())).containsExactly("text", "document");
        assertThat(sent.json().path("items").get(0).path("text").asString()).isEqualTo("Segue, cliente.");
        assertThat(api.post(path(reply) + "/take", Map.of("chatId", chat)).json().path("attachments").get(0).path("fileId").asString())
                .isEqualTo(file);

        var gap = write(Map.of("shortCode", "nome", "title", "Nome", "text", "Olá, {{contact.firstName}}"));
        var before = messages(chat);
        var refused = api.post(path(gap) + "/send", Map.of("chatId", chat));
        assertThat(refused.code()).isEqualTo("variables_empty");
        assertThat(refused.json().path("errors").get(0).path("field").asString()).isEqualTo("contact.firstName");
        assertThat(messages(chat)).isEqualTo(before);
        assertThat(api.post(path(gap) + "/take", Map.of("chatId", chat)).json().path("text").asString()).isEqualTo("Olá, {{contact.firstName}}");

        try (var together = Executors.newFixedThreadPool(8)) {
            for (var one : together.invokeAll(java.util.Collections.nCopies(16, () -> api.post(path(reply) + "/take", Map.of("chatId", chat)).status()))) {
                assertThat(one.get()).isEqualTo(200);
            }
        }
        var used = api.get(path(reply)).json();
        assertThat(used.path("uses").asInt()).isEqualTo(18);
        assertThat(used.path("version").asInt()).as("who edits it loses nothing against those who send it").isOne();
    }

    private String aChat() {
        var channel = TestChannels.of(tenant, port).connect("http://127.0.0.1:9", "respostas").id();
        return await().atMost(Duration.ofSeconds(30)).until(() -> api.post("/api/v1/messages",
                        Map.of("channelId", channel, "to", "+5511987650002", "text", "Olá!")), sent -> sent.status() == 202)
                .json().path("chatId").asString();
    }

    private int messages(String chat) {
        return api.get("/api/v1/chats/" + chat + "/messages").json().path("items").size();
    }

    private JsonNode contact(Map<String, ?> body) {
        var made = api.post("/api/v1/contacts", body);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.json();
    }

    private JsonNode preview(JsonNode reply, JsonNode contact) {
        var preview = api.get(path(reply) + "/preview?contactId=" + contact.path("id").asString());
        assertThat(preview.status()).as(preview.toString()).isEqualTo(200);
        return preview.json();
    }

    private JsonNode write(Map<String, ?> body) {
        var made = api.post(PATH, body);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.json();
    }

    private static String path(JsonNode reply) {
        return PATH + "/" + reply.path("id").asString();
    }

    private List<String> codes(String query) {
        return api.get(PATH + query).json().path("items").valueStream().map(one -> one.path("shortCode").asString()).toList();
    }
}
