package com.ventros.crm.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@DatabaseTest
class ProjectTests {

    private static final Duration SOON = Duration.ofSeconds(30);

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    TestTenant tenant;
    Api api;
    String path;

    @BeforeEach
    void aCompany() {
        tenant = TestTenant.create(db, transaction);
        api = Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant()));
        path = "/api/v1/projects/" + tenant.project();
    }

    @Test
    void aProjectMovesAndThatIsOnRecord() {
        var seen = api.get(path);
        assertThat(seen.json()).isEqualTo(api.get("/api/v1/projects").json().path("items").get(0));
        assertThat(words(seen.json())).isEqualTo("America/Sao_Paulo BR 30");
        var changed = change(Map.of("name", " Loja de Lisboa ", "timeZone", "Europe/Lisbon", "country", "PT", "sessionTimeoutMinutes", 43_200));
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        assertThat(changed.json().path("name").asString()).isEqualTo("Loja de Lisboa");
        assertThat(words(changed.json())).isEqualTo("Europe/Lisbon PT 43200");
        assertThat(changed.header("ETag")).hasValue("\"1\"");
        assertThat(change(Map.of("country", "PT")).header("ETag")).as("it was so already").hasValue("\"1\"");
        assertThat(words(change(Map.of("sessionTimeoutMinutes", 1)).json())).as("what is missing stays").isEqualTo("Europe/Lisbon PT 1");
        assertThat(api.get("/api/v1/me").json().path("projects").get(0)).isEqualTo(api.get(path).json());

        var entries = await().atMost(SOON).until(() -> api.get("/api/v1/audit").json().path("items"), all -> all.size() == 2);
        assertThat(entries.valueStream().map(one -> one.path("type").asString())).containsOnly("project.updated");
        assertThat(entries.get(0).path("data").path("sessionTimeoutMinutes").asInt()).isEqualTo(1);
        assertThat(entries.get(0).path("actor").path("kind").asString()).isEqualTo("user");
    }

    @Test
    void ofWhatThereIsNotNothingIsTaken() {
        for (var wrong : List.of(Map.of("name", " "), Map.of("timeZone", "America/Sao Paulo"), Map.of("timeZone", "america/sao_paulo"),
                Map.of("timeZone", "Mars/Olympus"), Map.of("timeZone", "-03:00"), Map.of("country", "XX"), Map.of("country", "BRA"),
                Map.of("sessionTimeoutMinutes", 0), Map.of("sessionTimeoutMinutes", 43_201), Map.of("sessionTimeoutMinutes", "30"))) {
            var answer = change(wrong);
            assertThat(answer.status()).as(answer + " to " + wrong).isIn(400, 422);
            assertThat(answer.json().path("errors").get(0).path("field").asString()).isEqualTo(wrong.keySet().iterator().next());
        }
        for (var wrong : Map.of("name", "x".repeat(201), "timeZone", "x".repeat(201), "country", "br", "sessionTimeoutMinutes", 0).entrySet()) {
            var code = change(Map.of(wrong.getKey(), wrong.getValue())).json().path("errors").get(0).path("code").asString();
            assertThat(code).isEqualTo(switch (wrong.getKey()) {
                case "name" -> "length";
                case "sessionTimeoutMinutes" -> "out_of_range";
                default -> "unknown";
            });
        }
        assertThat(api.get(path).header("ETag")).hasValue("\"0\"");
    }

    @Test
    void whoWasSlowerIsToldInsteadOfOverwriting() {
        assertThat(api.patch(path, Map.of("name", "Loja")).code()).isEqualTo("if_match_required");
        assertThat(api.with("If-Match", "\"0\"").patch(path, Map.of("name", "Loja A")).status()).isEqualTo(200);
        assertThat(api.with("If-Match", "\"0\"").patch(path, Map.of("name", "Loja B")).code()).isEqualTo("version_stale");
        assertThat(api.get(path).json().path("name").asString()).isEqualTo("Loja A");
    }

    @Test
    void everybodyOfTheCompanySeesItAndWhoManagesItsSettingsChangesIt() {
        var others = Api.anonymous(port).as(TestCallers.mayAll(TestTenant.create(db, transaction).tenant()));
        assertThat(others.get(path).code()).isEqualTo("project_not_found");
        assertThat(others.with("If-Match", "\"0\"").patch(path, Map.of("name", "Nossa")).code()).isEqualTo("project_not_found");
        for (var role : Role.values()) {
            var member = Api.anonymous(port).as(TestCallers.token(tenant.tenant(), role.permissions()));
            assertThat(member.get(path).status()).isEqualTo(200);
            var answer = member.with("If-Match", "\"0\"").patch(path, Map.of());
            assertThat(answer.status()).as(role + " " + answer).isEqualTo(Set.of(Role.OWNER, Role.ADMIN).contains(role) ? 200 : 403);
        }
        var made = api.post("/api/v1/api-keys", Map.of("name", "Loja", "scopes", List.of("contact_read")));
        var key = Api.anonymous(port).as(made.json().path("key").asString());
        assertThat(key.get(path).status()).isEqualTo(200);
        assertThat(key.with("If-Match", "\"0\"").patch(path, Map.of()).code()).isEqualTo("permission_missing");
    }

    private Api.Answer change(Map<String, ?> what) {
        return api.with("If-Match", api.get(path).header("ETag").orElseThrow()).patch(path, what);
    }

    private static String words(JsonNode project) {
        return project.path("timeZone").asString() + " " + project.path("country").asString() + " " + project.path("sessionTimeoutMinutes").asInt();
    }
}
