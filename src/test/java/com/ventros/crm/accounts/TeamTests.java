package com.ventros.crm.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@DatabaseTest
class TeamTests {

    private static final String PASSWORD = "cavalo bateria grampo";

    @LocalServerPort
    int port;

    @Autowired
    OpenTenant openTenant;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    OpenTenant.Opened opened;
    Api owner;

    @BeforeEach
    void aCompany() {
        var email = Uuids.v7() + "@exemplo.com.br";
        opened = openTenant.handle(new OpenTenant.Command("Padaria Sol", "Ana", email, PASSWORD));
        owner = signedIn(email);
    }

    @Test
    void aChangedRoleCountsAtOnce() {
        var beto = add("viewer");
        var api = signedIn(beto);
        assertThat(api.get("/api/v1/api-keys").status()).isEqualTo(403);
        assertThat(give(beto, "king").code()).isEqualTo("validation_failed");
        assertThat(owner.with("If-Match", "\"7\"").patch("/api/v1/members/" + id(beto), Map.of("role", "admin")).status()).isEqualTo(412);

        var changed = give(beto, "admin");
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        assertThat(changed.json().path("role").asString()).isEqualTo("admin");
        assertThat(api.get("/api/v1/api-keys").status()).isEqualTo(200);
        give(beto, "viewer");
        assertThat(api.get("/api/v1/api-keys").status()).isEqualTo(403);
        assertThat(eventTypes()).containsSubsequence("member.added", "member.role_changed", "member.role_changed");
    }

    @Test
    void whoIsDeactivatedIsOutAtOnceAndComesBackOnlyWhenLetIn() {
        var beto = add("agent");
        var api = signedIn(beto);
        assertThat(owner.post("/api/v1/members/" + id(beto) + "/deactivate", Map.of()).json().path("active").asBoolean()).isFalse();
        assertThat(api.get("/api/v1/me").status()).isEqualTo(401);
        var refused = signIn(beto, PASSWORD);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("member_deactivated");
        assertThat(signIn(beto, "not the password").code()).as("said only to those who know the password").isEqualTo("sign_in_failed");

        assertThat(owner.post("/api/v1/members/" + id(beto) + "/reactivate", Map.of()).json().path("active").asBoolean()).isTrue();
        assertThat(api.get("/api/v1/me").status()).as("old sign-ins stay over").isEqualTo(401);
        assertThat(signedIn(beto).get("/api/v1/me").status()).isEqualTo(200);
    }

    @Test
    void theLastOwnerCannotBeLost() {
        var me = owner.get("/api/v1/me").json().path("id").asString();
        assertThat(owner.with("If-Match", "\"0\"").patch("/api/v1/members/" + me, Map.of("role", "admin")).code()).isEqualTo("last_owner");
        assertThat(owner.post("/api/v1/members/" + me + "/deactivate", Map.of()).code()).isEqualTo("last_owner");
        assertThatThrownBy(() -> Tenancy.run(opened.tenant(), () -> transaction.executeWithoutResult(_ ->
                db.sql("update membership set role = 'VIEWER' where user_id = :id::uuid").param("id", me).update())))
                .as("nor behind the program's back").isInstanceOf(DataAccessException.class).rootCause().hasMessageContaining("keeps an owner");
    }

    @Test
    void ofTwoOwnersWhoUnmakeEachOtherOneIsLeft() throws Exception {
        var other = add("owner");
        var ids = List.of(owner.get("/api/v1/me").json().path("id").asString(), id(other));
        var callers = List.of(owner, signedIn(other));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = threads.invokeAll(List.<Callable<Api.Answer>>of(
                    () -> callers.get(0).post("/api/v1/members/" + ids.get(1) + "/deactivate", Map.of()),
                    () -> callers.get(1).post("/api/v1/members/" + ids.get(0) + "/deactivate", Map.of())));
            assertThat(answers.stream().filter(answer -> answer.resultNow().status() == 200)).hasSize(1);
        }
        assertThat(Tenancy.call(opened.tenant(), () -> transaction.<Long>execute(_ -> db.sql("""
                select count(*) from membership where role = 'OWNER' and deactivated_at is null
                """).query(Long.class).single()))).isEqualTo(1);
    }

    @Test
    void nobodyGivesOrTakesWhatTheyDoNotHold() {
        var people = owner.post("/api/v1/roles", role("Gente", "team_read", "team_manage", "contact_read")).json().path("id").asString();
        var lia = add(people);
        var api = signedIn(lia);
        var admin = add("admin");
        for (var tooHigh : List.of("owner", "admin", "agent")) {
            assertThat(api.post("/api/v1/members", member(Uuids.v7() + "@exemplo.com.br", tooHigh)).code()).isEqualTo("role_too_high");
            assertThat(api.with("If-Match", "\"0\"").patch("/api/v1/members/" + id(lia), Map.of("role", tooHigh)).code()).isEqualTo("role_too_high");
        }
        assertThat(api.post("/api/v1/members/" + id(admin) + "/deactivate", Map.of()).code()).isEqualTo("role_too_high");
        assertThat(api.with("If-Match", "\"0\"").patch("/api/v1/members/" + id(admin), Map.of("role", people)).code()).isEqualTo("role_too_high");
        assertThat(api.post("/api/v1/roles", role("Mais", "settings_write")).code()).isEqualTo("role_too_high");
        assertThat(api.with("If-Match", "\"0\"").patch("/api/v1/roles/" + people, role("Gente", "settings_write")).code()).isEqualTo("role_too_high");
        assertThat(api.post("/api/v1/members", member(Uuids.v7() + "@exemplo.com.br", people)).status()).isEqualTo(201);

        assertThat(signedIn(admin).post("/api/v1/members/" + owner.get("/api/v1/me").json().path("id").asString() + "/deactivate", Map.of()).code())
                .as("only an owner unmakes an owner").isEqualTo("role_too_high");
        var key = owner.post("/api/v1/api-keys", Map.of("name", "RH", "scopes", List.of("team_manage", "team_read"))).json().path("key").asString();
        assertThat(Api.anonymous(port).as(key).post("/api/v1/members", member(Uuids.v7() + "@exemplo.com.br", "viewer")).code())
                .as("nor does a key").isEqualTo("role_too_high");
    }

    @Test
    void aRoleOfOnesOwnDoesWhatItSays() {
        var made = owner.post("/api/v1/roles", role("Financeiro", "report_read", "team_read"));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        var id = made.json().path("id").asString();
        assertThat(owner.post("/api/v1/roles", role("FINANCEIRO", "team_read")).code()).isEqualTo("role_name_taken");
        for (var builtIn : List.of("owner", "Admin", "SUPERVISOR", " agent ", "viewer")) {
            assertThat(owner.post("/api/v1/roles", role(builtIn, "team_read")).code()).as(builtIn).isEqualTo("role_name_taken");
            assertThat(owner.with("If-Match", "\"0\"").patch("/api/v1/roles/" + id, Map.of("name", builtIn)).code()).as(builtIn).isEqualTo("role_name_taken");
        }
        var beto = add(id);
        var api = signedIn(beto);
        assertThat(api.get("/api/v1/me").json().path("user").path("roleName").asString()).isEqualTo("Financeiro");
        assertThat(api.get("/api/v1/me").json().path("permissions").valueStream().map(JsonNode::asString)).containsExactly("report_read", "team_read");
        assertThat(api.get("/api/v1/contacts").status()).isEqualTo(403);

        var wider = owner.with("If-Match", "\"0\"").patch("/api/v1/roles/" + id, Map.of("permissions", List.of("contact_read", "team_read")));
        assertThat(wider.status()).as(wider.toString()).isEqualTo(200);
        assertThat(api.get("/api/v1/contacts").status()).isEqualTo(200);
        var roles = api.get("/api/v1/roles").json().path("items");
        assertThat(roles.valueStream().map(role -> role.path("name").asString()))
                .containsExactly("owner", "admin", "supervisor", "agent", "viewer", "Financeiro");
        assertThat(roles.get(5).path("members").asInt()).isEqualTo(1);

        assertThat(owner.delete("/api/v1/roles/" + id).code()).isEqualTo("role_in_use");
        give(beto, "viewer");
        assertThat(owner.delete("/api/v1/roles/" + id).status()).isEqualTo(204);
        assertThat(owner.get("/api/v1/roles/" + id).status()).isEqualTo(404);
        assertThat(eventTypes()).containsSubsequence("role.created", "role.updated", "role.deleted");
    }

    @Test
    void peopleSeeWhereTheyAreSignedInAndEndIt() {
        var beto = add("agent");
        var here = signedIn(beto, "Firefox no balcao");
        var lost = signedIn(beto, "Celular perdido");
        var third = signedIn(beto, "x".repeat(1_000));
        var shown = here.get("/api/v1/me/sign-ins").json().path("items");
        assertThat(shown.valueStream().map(one -> one.path("current").asBoolean())).containsExactly(false, false, true);
        assertThat(shown.get(1).path("device").asString()).isEqualTo("Celular perdido");
        assertThat(shown.get(1).path("address").asString()).isEqualTo("127.0.0.1");
        assertThat(shown.get(0).path("device").asString()).hasSize(300);
        assertThat(here.get("/api/v1/me/sign-ins?limit=2").json().path("nextCursor").isString()).isTrue();

        var path = "/api/v1/me/sign-ins/" + shown.get(1).path("id").asString();
        assertThat(owner.delete(path).status()).as("nobody ends another's").isEqualTo(404);
        assertThat(here.delete(path).status()).isEqualTo(204);
        assertThat(lost.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(here.delete(path).status()).isEqualTo(404);
        assertThat(here.delete("/api/v1/me/sign-ins").status()).isEqualTo(204);
        assertThat(third.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(here.get("/api/v1/me/sign-ins").json().path("items")).hasSize(1);

        var key = owner.post("/api/v1/api-keys", Map.of("name", "Loja", "scopes", List.of("team_read"))).json().path("key").asString();
        assertThat(Api.anonymous(port).as(key).get("/api/v1/me/sign-ins").code()).isEqualTo("not_a_user");
    }

    private String add(String role) {
        var email = Uuids.v7() + "@exemplo.com.br";
        var added = owner.post("/api/v1/members", member(email, role));
        assertThat(added.status()).as(added.toString()).isEqualTo(201);
        return email;
    }

    private Api.Answer give(String email, String role) {
        var version = owner.get("/api/v1/members/" + id(email)).header("ETag").orElseThrow();
        return owner.with("If-Match", version).patch("/api/v1/members/" + id(email), Map.of("role", role));
    }

    private String id(String email) {
        return owner.get("/api/v1/members").json().path("items").valueStream()
                .filter(member -> member.path("email").asString().equals(email)).findFirst().orElseThrow().path("id").asString();
    }

    private List<String> eventTypes() {
        return Tenancy.call(opened.tenant(), () -> transaction.execute(_ ->
                db.sql("select type from domain_event_logs order by position").query(String.class).list()));
    }

    private Api.Answer signIn(String email, String password) {
        return Api.anonymous(port).post("/api/v1/auth/sign-in", Map.of("email", email, "password", password));
    }

    private Api signedIn(String email) {
        return signedIn(email, "Um navegador");
    }

    private Api signedIn(String email, String device) {
        var session = Api.anonymous(port).with("User-Agent", device)
                .post("/api/v1/auth/sign-in", Map.of("email", email, "password", PASSWORD));
        return Api.anonymous(port).as(session.json().path("accessToken").asString());
    }

    private static Map<String, String> member(String email, String role) {
        return Map.of("name", "Beto", "email", email, "password", PASSWORD, "role", role);
    }

    private static Map<String, Object> role(String name, String... permissions) {
        return Map.of("name", name, "permissions", List.of(permissions));
    }
}
