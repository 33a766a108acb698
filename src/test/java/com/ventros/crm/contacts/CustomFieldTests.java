package com.ventros.crm.contacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.tenancy.Tenancy;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DatabaseTest
class CustomFieldTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> TYPES = List.of("text", "number", "money", "boolean", "date", "date_time", "select",
            "multi_select", "url", "email", "phone", "json");

    /** Generous: two cores may be busy with others. */
    private static final Duration SOON = Duration.ofSeconds(60);

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient db;

    @Autowired
    @Qualifier("system")
    JdbcClient system;

    @Autowired
    TransactionTemplate transaction;

    private TestTenant tenant;
    private Api api;

    @BeforeEach
    void aTenantWithAFieldOfEachType() {
        tenant = TestTenant.create(db, transaction);
        api = Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant()));
        for (var type : TYPES) {
            var field = new HashMap<String, Object>(Map.of("key", "a_" + type, "label", "Um " + type, "type", type));
            if (type.endsWith("select")) field.put("options", List.of("um", "dois", "três"));
            if (type.equals("money")) field.put("currency", "BRL");
            var made = api.post("/api/v1/contact-fields", field);
            assertThat(made.status()).as(made.toString()).isEqualTo(201);
        }
    }

    @Test
    void everyTypeKeepsWhatItIsGiven() {
        var values = new LinkedHashMap<String, Object>();
        values.put("a_text", "Oi, 🙂");
        values.put("a_number", new BigDecimal("-12.5"));
        values.put("a_money", new BigDecimal("1999.9"));
        values.put("a_boolean", false);
        values.put("a_date", "2026-03-01");
        values.put("a_date_time", "2026-03-01T12:00:00-03:00");
        values.put("a_select", "dois");
        values.put("a_multi_select", List.of("três", "um", "um"));
        values.put("a_url", "https://exemplo.com.br/a?b=c");
        values.put("a_email", "Ana@Exemplo.com.br");
        values.put("a_phone", "(31) 9800-0120");
        values.put("a_json", Map.of("a", List.of(1, Map.of("b", true))));
        var made = api.post("/api/v1/contacts", Map.of("name", "Ana", "fields", values));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);

        var kept = new LinkedHashMap<>(values);
        kept.put("a_date_time", "2026-03-01T15:00:00.000000Z");
        kept.put("a_multi_select", List.of("um", "três"));
        kept.put("a_email", "ana@exemplo.com.br");
        kept.put("a_phone", "+5531998000120");
        assertThat(json(made.json().path("fields"))).isEqualTo(json(kept));
        assertThat(events(made)).as("one event tells all of it").containsExactly("contact.created");
    }

    @Test
    void nonsenseIsRefusedWithItsField() {
        var nonsense = new LinkedHashMap<String, Object>();
        nonsense.put("a_text", "x".repeat(501));
        nonsense.put("a_number", "1e99");
        nonsense.put("a_money", "1.999");
        nonsense.put("a_boolean", "true");
        nonsense.put("a_date", "2026-02-30");
        nonsense.put("a_date_time", "2026-03-01");
        nonsense.put("a_select", "quatro");
        nonsense.put("a_multi_select", List.of("um", "quatro"));
        nonsense.put("a_url", "javascript:alert(1)");
        nonsense.put("a_email", "ana");
        nonsense.put("a_phone", "abc");
        nonsense.put("a_json", "x".repeat(10_001));
        nonsense.put("nothing", 1);
        nonsense.forEach((key, value) -> {
            var refused = api.post("/api/v1/contacts", Map.of("name", "Ana", "fields", Map.of(key, value)));
            assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
            assertThat(refused.json().path("errors").get(0).path("field").asString()).isEqualTo("fields." + key);
        });
    }

    @Test
    void whatABrowserOpensIsAnAddress() {
        var ana = api.post("/api/v1/contacts", Map.of("name", "Ana")).json().path("id").asString();
        for (var address : List.of("https://açaí.com.br", "https://minha_loja.com.br", "HTTPS://Exemplo.com.br", "https://exemplo.com/?q=a|b",
                "http://localhost:8080", "http://[::1]/", "https://exemplo.com/ação#{x}", "https://u:p@exemplo.com", "https://exemplo.com.")) {
            var kept = change("/api/v1/contacts/" + ana, Map.of("fields", Map.of("a_url", address)));
            assertThat(kept.json().path("fields").path("a_url").asString()).as(kept.toString()).isEqualTo(address);
        }
        for (var wrong : List.of("javascript:alert(1)", "https://", "https:///x", "https://?q", "https://a b.com", "https://exemplo.com/a b", "exemplo.com",
                "https://exemplo.com/\u0001", "https://a..b", "ftp://exemplo.com", "https://a\\@b.com", "https://exemplo.com:x", "https://\u200B", "//exemplo.com")) {
            var refused = change("/api/v1/contacts/" + ana, Map.of("fields", Map.of("a_url", wrong)));
            assertThat(refused.status()).as(wrong + refused).isEqualTo(422);
        }
    }

    @Test
    void aNumberIsKeptDigitByDigitOrRefused() {
        var ana = api.post("/api/v1/contacts", Map.of("name", "Ana")).json().path("id").asString();
        var kept = set(ana, "{\"a_json\":{\"x\":0.12345678901234567890123,\"y\":[1e2,1.50]},\"a_number\":999999999999.123456}");
        assertThat(kept.status()).as(kept.toString()).isEqualTo(200);
        var shown = "{\"x\":0.12345678901234567890123,\"y\":[100,1.5]}";
        assertThat(kept.text()).contains(shown, "999999999999.123456");
        var version = kept.json().path("version").asLong();
        assertThat(set(ana, "{\"a_json\":" + shown + "}").json().path("version").asLong()).as("no news").isEqualTo(version);
        for (var tooMuch : List.of("\"a_json\":{\"x\":1e400}", "\"a_json\":[1e-999999999]", "\"a_json\":[1e999999999]", "\"a_number\":1e-999999999",
                "\"a_number\":1e999999999", "\"a_money\":0.10000000000000000001")) {
            var refused = set(ana, "{" + tooMuch + "}");
            assertThat(refused.status()).as(tooMuch + refused).isEqualTo(422);
            assertThat(refused.json().path("errors").get(0).path("field").asString()).isEqualTo("fields." + tooMuch.split("\"")[1]);
        }
        assertThat(set(ana, "{\"a_json\":1e99999999999}").status()).as("nobody can read that").isEqualTo(400);
    }

    private Api.Answer set(String contact, String fields) {
        var path = "/api/v1/contacts/" + contact;
        return api.with("If-Match", api.get(path).header("ETag").orElseThrow()).send("PATCH", path, "{\"fields\":" + fields + "}");
    }

    @Test
    void aValueIsChangedTakenAwayAndToldOnce() {
        var ana = api.post("/api/v1/contacts", Map.of("name", "Ana", "fields", Map.of("a_select", "um", "a_multi_select",
                List.of("um", "dois", "três"))));
        var path = "/api/v1/contacts/" + ana.json().path("id").asString();
        var same = change(path, Map.of("fields", Map.of("a_select", "um")));
        assertThat(same.json().path("version")).as("no news").isEqualTo(ana.json().path("version"));
        var less = change(path, Map.of("fields", Map.of("a_multi_select", List.of("dois"))));
        assertThat(json(less.json().path("fields"))).isEqualTo(json(Map.of("a_select", "um", "a_multi_select", List.of("dois"))));
        var none = new HashMap<String, Object>();
        none.put("a_select", null);
        assertThat(change(path, Map.of("fields", none)).json().path("fields").has("a_select")).isFalse();
        assertThat(events(ana)).filteredOn("contact.custom_field_set"::equals).hasSize(2);
    }

    @Test
    void aRequiredFieldIsAskedForAndAnArchivedOneIsNot() {
        var made = api.post("/api/v1/contact-fields", Map.of("key", "cpf", "label", "CPF", "type", "text", "required", true));
        assertThat(api.post("/api/v1/contacts", Map.of("name", "Ana")).text()).contains("fields.cpf");
        var ana = api.post("/api/v1/contacts", Map.of("name", "Ana", "fields", Map.of("cpf", "1")));
        var none = new HashMap<String, Object>();
        none.put("cpf", null);
        assertThat(change("/api/v1/contacts/" + ana.json().path("id").asString(), Map.of("fields", none)).status())
                .isEqualTo(422);
        var field = "/api/v1/contact-fields/" + made.json().path("id").asString();
        var archived = api.with("If-Match", made.header("ETag").orElseThrow()).patch(field, Map.of("archived", true));
        assertThat(archived.json().path("archived").asBoolean()).isTrue();
        assertThat(api.post("/api/v1/contacts", Map.of("name", "Bia")).status()).isEqualTo(201);
        assertThat(api.post("/api/v1/contacts", Map.of("name", "Bia", "fields", Map.of("cpf", "1"))).status()).isEqualTo(422);
        api.with("If-Match", archived.header("ETag").orElseThrow()).patch(field, Map.of("archived", false));
        assertThat(api.get("/api/v1/contacts/" + ana.json().path("id").asString()).json().path("fields").path("cpf")
                .asString()).as("its values were kept").isEqualTo("1");
    }

    @Test
    void anOptionInUseStays() {
        api.post("/api/v1/contacts", Map.of("name", "Ana", "fields", Map.of("a_select", "um")));
        var field = new JsonNode[1];
        api.get("/api/v1/contact-fields").json().path("items").forEach(one -> {
            if (one.path("key").asString().equals("a_select")) field[0] = one;
        });
        var path = "/api/v1/contact-fields/" + field[0].path("id").asString();
        var seen = api.with("If-Match", "\"" + field[0].path("version").asLong() + "\"");
        assertThat(seen.patch(path, Map.of("options", List.of("dois"))).code()).isEqualTo("option_in_use");
        assertThat(seen.patch(path, Map.of("options", List.of("um", "cinco"))).status()).isEqualTo(200);
        assertThat(seen.patch(path, Map.of("label", "Outro")).status()).as("seen too long ago").isEqualTo(412);
    }

    @Test
    void anOptionThatIsTakenOutAtTheSameMomentIsNoLongerChosen() throws Exception {
        var ana = api.post("/api/v1/contacts", Map.of("name", "Ana")).json().path("id").asString();
        var chosen = new FutureTask<>(() -> change("/api/v1/contacts/" + ana, Map.of("fields", Map.of("a_select", "dois"))));
        Tenancy.run(tenant.tenant(), () -> transaction.executeWithoutResult(_ -> {
            var field = db.sql("select id from custom_field where key = 'a_select' for update").query(UUID.class).single();
            db.sql("update custom_field set options = '{um}' where id = :id").param("id", field).update();
            var present = db.sql("select pg_backend_pid()").query(Integer.class).single();
            Thread.startVirtualThread(chosen);
            await().atMost(SOON).until(() -> system.sql("""
                    select exists (select from pg_locks l where not l.granted and :present = any (pg_blocking_pids(l.pid)))
                    """).param("present", present).query(Boolean.class).single());
        }));
        var refused = chosen.get(30, TimeUnit.SECONDS);
        assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
        assertThat(refused.json().path("errors").get(0).path("code").asString()).isEqualTo("option_unknown");
    }

    @Test
    void aFieldIsDefinedOnceAndSensibly() {
        assertThat(api.post("/api/v1/contact-fields", Map.of("key", "a_text", "label", "x", "type", "text")).code())
                .isEqualTo("custom_field_exists");
        for (var wrong : List.of(Map.of("key", "Não", "label", "x", "type", "text"), Map.of("key", "b", "type", "text"),
                Map.of("key", "b", "label", "x", "type", "colour"), Map.of("key", "b", "label", "x", "type", "select"),
                Map.of("key", "b", "label", "x", "type", "text", "options", List.of("a")),
                Map.of("key", "b", "label", "x", "type", "money"),
                Map.of("key", "b", "label", "x", "type", "money", "currency", "reais"),
                Map.of("key", "b", "label", "x", "type", "money", "currency", "XXX"),
                Map.of("key", "b", "label", "x", "type", "select", "options", List.of("a", "a")))) {
            assertThat(api.post("/api/v1/contact-fields", wrong).status()).as(wrong.toString()).isEqualTo(422);
        }
    }

    private Api.Answer change(String path, Map<String, ?> change) {
        return api.with("If-Match", api.get(path).header("ETag").orElseThrow()).patch(path, change);
    }

    private List<String> events(Api.Answer contact) {
        var id = UUID.fromString(contact.json().path("id").asString());
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> db.sql(
                "select type from domain_event_logs where aggregate_id = :id").param("id", id).query(String.class).list()));
    }

    private static Object json(Object value) {
        return JSON.readValue(JSON.writeValueAsString(value), Object.class);
    }
}
