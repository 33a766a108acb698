package com.ventros.crm.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.http.Permission;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@DatabaseTest
class ApiKeyTests {

    @LocalServerPort
    int port;

    @Autowired
    OpenTenant openTenant;

    @Autowired
    JdbcClient db;

    @Autowired
    @Qualifier("system")
    JdbcClient system;

    @Autowired
    TransactionTemplate transaction;

    OpenTenant.Opened opened;
    Api owner;

    @BeforeEach
    void aCompany() {
        opened = openTenant.handle(new OpenTenant.Command(
                "Padaria Sol", "Ana", Uuids.v7() + "@exemplo.com.br", "cavalo bateria grampo"));
        owner = Api.anonymous(port).as(TestCallers.mayAll(opened.tenant()));
    }

    @Test
    void aKeyDoesWhatItsScopesSayUntilItIsRevoked() {
        var created = owner.post("/api/v1/api-keys", key("Loja virtual", "contact_read", "team_read"));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        var text = created.json().path("key").asString();
        assertThat(text).startsWith("vk_").startsWith(created.json().path("prefix").asString());
        var program = Api.anonymous(port).as(text);

        assertThat(program.get("/api/v1/members").status()).isEqualTo(200);
        assertThat(program.get("/api/v1/api-keys").status()).isEqualTo(403);
        var me = program.get("/api/v1/me").json();
        assertThat(me.path("kind").asString()).isEqualTo("api_key");
        assertThat(me.path("user").isNull()).isTrue();
        assertThat(me.path("permissions")).hasSize(2);

        var listed = owner.get("/api/v1/api-keys").json().path("items").get(0);
        assertThat(listed.path("lastUsedAt").isNull()).isFalse();
        assertThat(listed.toString()).doesNotContain(text);

        var path = "/api/v1/api-keys/" + created.json().path("id").asString();
        assertThat(owner.delete(path).status()).isEqualTo(204);
        assertThat(program.get("/api/v1/members").status()).isEqualTo(401);
        assertThat(owner.delete(path).status()).isEqualTo(404);
        assertThat(owner.get("/api/v1/api-keys").json().path("items")).isEmpty();
        assertThat(eventTypes()).containsSubsequence("api_key.created", "api_key.revoked");
    }

    @Test
    void anExpiredKeyOpensNothing() {
        var body = new HashMap<String, Object>(key("Breve", "team_read"));
        body.put("expiresAt", Instant.now().plusSeconds(3600).toString());
        var text = owner.post("/api/v1/api-keys", body).json().path("key").asString();
        system.sql("update api_key set expires_at = now() - interval '1 second' where tenant_id = :tenant")
                .param("tenant", opened.tenant().value()).update();
        assertThat(Api.anonymous(port).as(text).get("/api/v1/members").status()).isEqualTo(401);
    }

    @Test
    void nobodyGivesAKeyMoreThanTheyHave() {
        var some = Api.anonymous(port).as(TestCallers.token(opened.tenant(),
                Set.of(Permission.API_KEY_MANAGE, Permission.CONTACT_READ)));
        assertThat(some.post("/api/v1/api-keys", key("a", "contact_read")).status()).isEqualTo(201);
        var refused = some.post("/api/v1/api-keys", key("a", "contact_read", "team_manage"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("scope_too_wide");
    }

    @Test
    void nobodyRevokesAKeyThatMayDoMoreThanThey() {
        var some = Api.anonymous(port).as(TestCallers.token(opened.tenant(), Set.of(Permission.API_KEY_MANAGE, Permission.TEAM_READ)));
        var wide = owner.post("/api/v1/api-keys", key("Loja virtual", "contact_read", "team_read")).json();
        var refused = some.delete("/api/v1/api-keys/" + wide.path("id").asString());
        assertThat(refused.status() + " " + refused.code()).isEqualTo("403 key_too_wide");
        assertThat(Api.anonymous(port).as(wide.path("key").asString()).get("/api/v1/members").status()).as("it opens what it did").isEqualTo(200);
        var narrow = owner.post("/api/v1/api-keys", key("Ponto", "team_read")).json();
        assertThat(some.delete("/api/v1/api-keys/" + narrow.path("id").asString()).status()).isEqualTo(204);
    }

    @Test
    void keysThatMakeNoSenseAreRefused() {
        for (var body : List.of(key("a"), key(" ", "team_read"), key("a", "everything"), key("a".repeat(201), "team_read"),
                Map.of("name", "a", "scopes", List.of("team_read"), "expiresAt", "2020-01-01T00:00:00Z"))) {
            var answer = owner.post("/api/v1/api-keys", body);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
            assertThat(answer.json().path("errors")).as(answer.toString()).isNotEmpty();
        }
        assertThat(owner.post("/api/v1/api-keys", Map.of("name", "a", "scopes", List.of("team_read"), "expiresAt", "+50000-01-01T00:00:00Z")).code())
                .as("a time that nothing can hold").isEqualTo("field_type");
    }

    @Test
    void anotherCompanysKeyIsNotThere() {
        var id = owner.post("/api/v1/api-keys", key("a", "team_read")).json().path("id").asString();
        var other = openTenant.handle(new OpenTenant.Command(
                "Outra", "Bia", Uuids.v7() + "@exemplo.com.br", "cavalo bateria grampo"));
        var stranger = Api.anonymous(port).as(TestCallers.mayAll(other.tenant()));
        assertThat(stranger.delete("/api/v1/api-keys/" + id).status()).isEqualTo(404);
        assertThat(stranger.get("/api/v1/api-keys").json().path("items")).isEmpty();
        assertThat(stranger.get("/api/v1/members").json().path("items")).hasSize(1);
    }

    @Test
    void listsArePaged() {
        for (int i = 0; i < 5; i++) owner.post("/api/v1/api-keys", key("key " + i, "team_read"));
        var first = owner.get("/api/v1/api-keys?limit=3").json();
        var second = owner.get("/api/v1/api-keys?limit=3&cursor=" + first.path("nextCursor").asString()).json();
        assertThat(first.path("items")).hasSize(3);
        assertThat(second.path("items")).hasSize(2);
        assertThat(first.path("items").get(0).path("name").asString()).isEqualTo("key 4");
    }

    @Test
    void aRepeatedPostMakesOneKeyAndTellsItAgain() {
        var once = owner.with("Idempotency-Key", "k-1");
        var first = once.post("/api/v1/api-keys", key("a", "team_read"));
        var again = once.post("/api/v1/api-keys", key("a", "team_read"));
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Content-Type")).isEqualTo(first.header("Content-Type"));
        assertThat(again.header("Idempotency-Replayed")).contains("true");
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        assertThat(owner.get("/api/v1/api-keys").json().path("items")).hasSize(1);
    }

    @Test
    void equalPostsAtTheSameTimeMakeOneKey() throws Exception {
        var once = owner.with("Idempotency-Key", "race");
        Callable<Api.Answer> post = () -> once.post("/api/v1/api-keys", key("a", "team_read"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var texts = threads.invokeAll(IntStream.range(0, 12).mapToObj(_ -> post).toList()).stream()
                    .map(answer -> answer.resultNow()).peek(answer -> assertThat(answer.status()).isEqualTo(201))
                    .map(Api.Answer::text).distinct().toList();
            assertThat(texts).hasSize(1);
        }
        assertThat(owner.get("/api/v1/api-keys").json().path("items")).hasSize(1);
    }

    @Test
    void whoWaitsTooLongForAnEqualPostIsToldToComeBack() {
        var caller = Uuids.v7();
        var token = TestCallers.of(opened.tenant(), caller, "Ana Teste");
        var answer = Tenancy.call(opened.tenant(), () -> transaction.execute(_ -> {
            db.sql("""
                    insert into idempotency_key (tenant_id, principal_id, route, key, fingerprint, created_at)
                    values (current_tenant(), :caller, 'POST /api/v1/api-keys', 'slow', sha256(''), now())
                    """).param("caller", caller).update();
            return Api.anonymous(port).as(token).with("Idempotency-Key", "slow")
                    .post("/api/v1/api-keys", key("a", "team_read"));
        }));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("idempotency_in_progress");
        assertThat(answer.header("Retry-After")).isPresent();
    }

    @Test
    void aKeyIsForOneRequest() {
        var once = owner.with("Idempotency-Key", "k-2");
        once.post("/api/v1/api-keys", key("a", "team_read"));
        var other = once.post("/api/v1/api-keys", key("b", "team_read"));
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("idempotency_key_reused");

        var somebodyElse = Api.anonymous(port).as(TestCallers.mayAll(opened.tenant())).with("Idempotency-Key", "k-2");
        assertThat(somebodyElse.post("/api/v1/api-keys", key("b", "team_read")).status()).isEqualTo(201);
    }

    @Test
    void aRefusedPostMayBeMendedUnderItsKey() {
        var once = owner.with("Idempotency-Key", "k-3");
        assertThat(once.post("/api/v1/api-keys", key("a", "everything")).status()).isEqualTo(422);
        assertThat(once.post("/api/v1/api-keys", key("a", "team_read")).status()).isEqualTo(201);
    }

    @Test
    void aKeyServesADay() {
        var once = owner.with("Idempotency-Key", "k-4");
        once.post("/api/v1/api-keys", key("a", "team_read"));
        Tenancy.run(opened.tenant(), () -> transaction.executeWithoutResult(_ -> db.sql("""
                update idempotency_key set created_at = now() - interval '25 hours'
                """).update()));
        assertThat(once.post("/api/v1/api-keys", key("b", "team_read")).status()).isEqualTo(201);
        assertThat(owner.get("/api/v1/api-keys").json().path("items")).hasSize(2);
    }

    @Test
    void aSecretInAKeptAnswerIsSealed() {
        var text = owner.with("Idempotency-Key", "k-5").post("/api/v1/api-keys", key("a", "team_read"))
                .json().path("key").asString();
        var kept = system.sql("select body from idempotency_key where tenant_id = :tenant")
                .param("tenant", opened.tenant().value()).query(byte[].class).single();
        assertThat(new String(kept, java.nio.charset.StandardCharsets.ISO_8859_1)).doesNotContain(text);
    }

    @Test
    void hostileIdempotencyKeysAreRefused() {
        for (var hostile : List.of("a b", "k".repeat(201), " ")) {
            var answer = owner.with("Idempotency-Key", hostile).post("/api/v1/api-keys", key("a", "team_read"));
            assertThat(answer.status()).as(hostile).isEqualTo(400);
        }
    }

    private List<String> eventTypes() {
        return Tenancy.call(opened.tenant(), () -> transaction.execute(_ ->
                db.sql("select type from domain_event_logs order by position").query(String.class).list()));
    }

    private static Map<String, Object> key(String name, String... scopes) {
        return Map.of("name", name, "scopes", List.of(scopes));
    }
}
