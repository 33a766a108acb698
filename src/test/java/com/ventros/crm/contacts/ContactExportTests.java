package com.ventros.crm.contacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.http.Permission;
import com.ventros.crm.tenancy.Tenancy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@DatabaseTest
class ContactExportTests {

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
    void whatIsExportedAndImportedIsWhatItWas() {
        var elsewhere = TestTenant.create(db, transaction);
        var there = Api.anonymous(port).as(TestCallers.mayAll(elsewhere.tenant()));
        for (var caller : List.of(api, there)) {
            for (var type : List.of("text", "number", "boolean", "date", "date_time", "phone", "json")) field(caller, type, Map.of());
            field(caller, "multi_select", Map.of("options", List.of("=a|b", "c;d", "-e")));
        }
        var random = new Random(20261126);
        for (int i = 0; i < 59; i++) enter(random, i);
        // three decimals, which an import would not know from thousands
        api.post("/api/v1/contacts", Map.of("externalIds", List.of("f"), "fields", Map.of("f_number", "-1.234")));
        var file = api.get("/api/v1/contacts/export?separator=semicolon").text();
        file.lines().forEach(line -> assertThat(line).doesNotContainPattern("(^|;)\"[=+\\-@\\t]"));
        assertThat(entered(api, file)).isEqualTo("{\"created\":0,\"updated\":0,\"unchanged\":60,\"refused\":0}");
        assertThat(entered(there, file)).isEqualTo("{\"created\":60,\"updated\":0,\"unchanged\":0,\"refused\":0}");
        var columns = "?columns=name,language,phones,emails,externalIds,tags,custom.f_text,custom.f_number,custom.f_boolean,custom.f_date,"
                + "custom.f_date_time,custom.f_phone,custom.f_json,custom.f_multi_select";
        assertThat(there.get("/api/v1/contacts/export" + columns).text().lines().sorted())
                .isEqualTo(api.get("/api/v1/contacts/export" + columns).text().lines().sorted().toList());
    }

    @Test
    void aListOrAFilterSaysWho() {
        var ana = api.post("/api/v1/contacts", Map.of("name", "Ana", "tags", List.of("vip"))).json().path("id").asString();
        api.post("/api/v1/contacts", Map.of("name", "Bia"));
        var gone = api.post("/api/v1/contacts", Map.of("name", "Caio", "tags", List.of("vip"))).json().path("id").asString();
        api.delete("/api/v1/contacts/" + gone);
        var list = api.post("/api/v1/contact-lists", Map.of("name", "Feira")).json().path("id").asString();
        api.post("/api/v1/contact-lists/" + list + "/contacts", Map.of("contactIds", List.of(ana)));
        var filter = URLEncoder.encode("{\"field\":\"tag\",\"equals\":\"vip\"}", StandardCharsets.UTF_8);
        var expected = "\uFEFF\"name\",\"id\"\r\n\"Ana\",\"" + ana + "\"\r\n";
        assertThat(api.get("/api/v1/contacts/export?columns=name,id&listId=" + list).text()).isEqualTo(expected);
        assertThat(api.get("/api/v1/contacts/export?columns=name,id&filter=" + filter).text()).isEqualTo(expected);
        assertThat(api.get("/api/v1/contacts/export?columns=name").text()).isEqualTo("\uFEFF\"name\"\r\n\"Ana\"\r\n\"Bia\"\r\n");
        assertThat(api.get("/api/v1/contacts/export?columns=name,name").status()).isEqualTo(422);
        assertThat(api.get("/api/v1/contacts/export?filter=x").status()).isEqualTo(422);
        assertThat(api.get("/api/v1/contacts/export?listId=" + ana).status()).isEqualTo(404);
        var agent = Api.anonymous(port).as(TestCallers.token(tenant.tenant(), EnumSet.complementOf(EnumSet.of(Permission.CONTACT_EXPORT))));
        assertThat(agent.get("/api/v1/contacts/export").status()).isEqualTo(403);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() ->
                assertThat(api.get("/api/v1/audit?type=contact_export.made").json().path("items")).hasSize(3));
    }

    @Test
    void whoAcceptsNoCsvIsToldSo() {
        for (var accepted : List.of("application/json", "image/png")) {
            var refused = api.with("Accept", accepted).get("/api/v1/contacts/export");
            assertThat(refused.status()).as(accepted).isEqualTo(406);
            assertThat(refused.code()).as(accepted).isEqualTo("not_acceptable");
        }
        assertThat(api.delete("/api/v1/contacts/export").code()).as("no contact's id").isEqualTo("method_not_allowed");
        assertThat(api.with("Accept", "text/*").get("/api/v1/contacts/export").status()).isEqualTo(200);
    }

    @Test
    void morePagesThanOneComeOnceEach() {
        var file = new StringBuilder("name,externalIds\n");
        for (int i = 0; i < 2_500; i++) file.append("P").append(i).append(',').append(i).append('\n');
        entered(api, file.toString());
        // a step's contacts are of one moment: pages divide them by their ids
        long moments = Tenancy.call(tenant.tenant(), () -> transaction.execute(_ ->
                db.sql("select count(distinct created_at) from contact").query(Long.class).single()));
        assertThat(moments).isLessThan(20);
        assertThat(api.get("/api/v1/contacts/export?columns=externalIds").text().lines().skip(1).distinct()).hasSize(2_500);
    }

    private void enter(Random random, int i) {
        var odd = List.of("=1+1", "+55", "-2", "@x", "'=y", "''", "a|b", "[c", "d;e,f", "\"g\"", "ação", "linha 1\nlinha 2");
        var fields = new HashMap<String, Object>();
        if (random.nextBoolean()) fields.put("f_text", odd.get(random.nextInt(odd.size())));
        if (random.nextBoolean()) fields.put("f_number", random.nextInt(2_000_000) - 1_000_000 + "." + random.nextInt(1_000_000));
        if (random.nextBoolean()) fields.put("f_boolean", random.nextBoolean());
        if (random.nextBoolean()) fields.put("f_date", "2026-0" + (1 + random.nextInt(9)) + "-11");
        if (random.nextBoolean()) fields.put("f_date_time", "2026-03-01T12:00:0" + random.nextInt(10) + ".5-03:00");
        if (random.nextBoolean()) fields.put("f_phone", "+55119" + (80_000_000 + random.nextInt(1_000)));
        if (random.nextBoolean()) fields.put("f_json", List.of(Map.of("a", List.of(1, "x")), List.of("p", "q"), "=z", 1.5).get(random.nextInt(4)));
        if (random.nextBoolean()) fields.put("f_multi_select", List.of(List.of("=a|b"), List.of("=a|b", "-e"), List.of("c;d", "-e")).get(random.nextInt(3)));
        var contact = new HashMap<String, Object>(Map.of("fields", fields, "externalIds", List.of(odd.get(random.nextInt(odd.size())) + i)));
        if (random.nextInt(4) > 0) contact.put("name", odd.get(random.nextInt(odd.size())) + i);
        if (random.nextBoolean()) contact.put("language", "pt-BR");
        if (random.nextBoolean()) contact.put("phones", List.of("+551198888" + (1000 + i), "+55113333" + (1000 + i)));
        if (random.nextBoolean()) contact.put("emails", List.of("p" + i + "@exemplo.com.br"));
        if (random.nextBoolean()) contact.put("tags", List.of(odd.get(random.nextInt(odd.size())), odd.get(random.nextInt(odd.size()))));
        var made = api.post("/api/v1/contacts", contact);
        assertThat(made.status()).as(made + " to " + contact).isEqualTo(201);
    }

    /** Imports the file with the columns that are suggested. */
    private static String entered(Api caller, String file) {
        var made = caller.with("Content-Type", "text/csv").send("POST", "/api/v1/contact-imports", file).json();
        var path = "/api/v1/contact-imports/" + made.path("id").asString();
        var columns = new ArrayList<String>();
        made.path("suggested").forEach(one -> columns.add(one.isNull() ? null : one.asString()));
        var started = caller.post(path + "/start", new HashMap<>(Map.of("columns", columns)));
        assertThat(started.status()).as(started + " " + made).isEqualTo(200);
        var done = await().atMost(Duration.ofSeconds(30)).until(() -> caller.get(path).json(), one -> one.path("state").asString().equals("done"));
        if (done.path("entered").path("refused").asInt() > 0) throw new AssertionError(caller.get(path + "/result?outcome=refused").text());
        return done.path("entered").toString();
    }

    private static void field(Api caller, String type, Map<String, ?> more) {
        var body = new HashMap<String, Object>(more);
        body.putAll(Map.of("key", "f_" + type, "label", "F " + type, "type", type));
        assertThat(caller.post("/api/v1/contact-fields", body).status()).isEqualTo(201);
    }
}
