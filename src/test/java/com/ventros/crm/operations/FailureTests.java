package com.ventros.crm.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.events.FragileBottles;
import com.ventros.crm.http.Permission;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** What people do with failures, on the engines of the whole program. */
@DatabaseTest
class FailureTests {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String FAILURES = "/api/v1/operations/failures";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    FragileBottles bottles;

    private TestTenant tenant;
    private Api api;

    @BeforeEach
    void open() {
        tenant = TestTenant.create(db, transaction);
        api = Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant()));
    }

    @Test
    void aFailureIsShownWithItsEventItsHeadersAndItsError() {
        bottles.breakAll(tenant.tenant());
        var bottle = bottles.fill(tenant.tenant(), 1);
        var failure = await().atMost(SOON).until(this::failures, list -> list.size() == 1).getFirst();
        assertThat(failure.path("consumer").asString()).isEqualTo("fragile-bottles");
        assertThat(failure.path("state").asString()).isEqualTo("open");
        var answer = get(failure);
        assertThat(answer.path("failure")).isEqualTo(failure);
        assertThat(answer.path("event").path("data").path("bottle").asString()).isEqualTo(bottle.toString());
        assertThat(answer.path("headers").path("type").asString()).isEqualTo("bottle.filled");
        assertThat(answer.path("stackHead").asString()).contains("PermanentFailure").contains("\n  at ");
        assertThat(answer.path("raw").isNull()).isTrue();
    }

    @Test
    void pagesAndFiltersShowEachFailureOnce() {
        bottles.breakAll(tenant.tenant());
        for (int i = 0; i < 5; i++) bottles.fill(tenant.tenant(), i);
        await().atMost(SOON).until(() -> failures().size() == 5);
        var seen = new java.util.ArrayList<String>();
        var path = FAILURES + "?limit=2&consumer=fragile-bottles&state=open";
        for (String cursor = ""; cursor != null; ) {
            var page = api.get(path + (cursor.isEmpty() ? "" : "&cursor=" + cursor)).json();
            page.path("items").forEach(item -> seen.add(item.path("id").asString()));
            cursor = page.path("nextCursor").isNull() ? null : page.path("nextCursor").asString();
        }
        assertThat(seen).hasSize(5).doesNotHaveDuplicates();
        for (var none : List.of("state=discarded", "code=other", "type=bottle.opened", "consumer=other", "from=2100-01-01T00:00:00Z",
                "to=2000-01-01T00:00:00Z", "cause=other")) {
            assertThat(api.get(FAILURES + "?" + none).json().path("items").size()).as(none).isZero();
        }
    }

    @Test
    void failuresOfOneCauseAreOneGroup() {
        bottles.breakAll(tenant.tenant());
        for (int i = 0; i < 3; i++) bottles.fill(tenant.tenant(), i);
        await().atMost(SOON).until(() -> failures().size() == 3);
        var groups = api.get(FAILURES + "/groups").json().path("items");
        assertThat(groups.size()).isEqualTo(1);
        var group = groups.get(0);
        assertThat(group.path("count").asLong()).isEqualTo(3);
        assertThat(group.path("code").asString()).isEqualTo("bottle_broken");
        assertThat(group.path("cause").asString()).isEqualTo("bottle # broke at drop #");
        assertThat(failures().stream().map(one -> one.path("id").asString())).contains(group.path("example").asString());
    }

    @Test
    void aRepeatedFailureThatComesThroughIsResolvedAndItsDeadLetterIsGone() {
        bottles.breakAll(tenant.tenant());
        var bottle = bottles.fill(tenant.tenant(), 1);
        var failure = await().atMost(SOON).until(this::failures, list -> list.size() == 1).getFirst();
        await().atMost(SOON).until(() -> deadLetters(failure) == 1);
        bottles.mend(tenant.tenant());
        assertThat(retry(failure).status()).isEqualTo(200);
        await().atMost(SOON).until(() -> state(failure).equals("resolved"));
        assertThat(bottles.filled(bottle)).isEqualTo(1);
        await().atMost(SOON).until(() -> deadLetters(failure) == 0);
        assertThat(acts(failure)).containsExactly("failure.retried");
        assertThat(retry(failure).code()).isEqualTo("failure_not_open");
    }

    @Test
    void aRepeatedFailureThatFailsAgainIsTheSameFailure() {
        bottles.breakAll(tenant.tenant());
        bottles.fill(tenant.tenant(), 1);
        var failure = await().atMost(SOON).until(this::failures, list -> list.size() == 1).getFirst();
        retry(failure);
        await().atMost(SOON).until(() -> get(failure).path("failure").path("attempts").asInt() == 2);
        assertThat(failures()).hasSize(1);
        assertThat(state(failure)).isEqualTo("open");
        await().atMost(SOON).until(() -> deadLetters(failure) == 1);
    }

    @Test
    void aGroupIsRepeatedThroughTheBulkLane() {
        bottles.breakAll(tenant.tenant());
        for (int i = 0; i < 4; i++) bottles.fill(tenant.tenant(), i);
        await().atMost(SOON).until(() -> failures().size() == 4);
        bottles.mend(tenant.tenant());
        assertThat(api.post(FAILURES + "/retry", Map.of()).status()).isEqualTo(422);
        var other = api.post(FAILURES + "/retry", Map.of("code", "other")).json();
        assertThat(other.path("handled").asInt()).isZero();
        var handled = api.post(FAILURES + "/retry", Map.of("source", "crm.fragile-bottles", "code", "bottle_broken",
                "cause", "bottle # broke at drop #")).json();
        assertThat(handled.path("handled").asInt()).isEqualTo(4);
        assertThat(handled.path("more").asBoolean()).isFalse();
        await().atMost(SOON).until(() -> failures().stream().allMatch(one -> one.path("state").asString().equals("resolved")));
        assertThat(bottles.lanes(tenant.tenant())).containsOnly("BULK");
    }

    @Test
    void whatIsDiscardedIsNotRepeated() {
        bottles.breakAll(tenant.tenant());
        bottles.fill(tenant.tenant(), 1);
        var failure = await().atMost(SOON).until(this::failures, list -> list.size() == 1).getFirst();
        for (var nothing : List.of(" ", "\u00a0\u200b")) {
            assertThat(api.post(path(failure) + "/discard", Map.of("reason", nothing)).status()).isEqualTo(422);
            assertThat(api.post(FAILURES + "/discard", Map.of("which", Map.of("all", true), "reason", nothing)).status()).isEqualTo(422);
        }
        var discarded = api.post(path(failure) + "/discard", Map.of("reason", "a test bottle")).json().path("failure");
        assertThat(discarded.path("state").asString()).isEqualTo("discarded");
        assertThat(discarded.path("note").asString()).isEqualTo("a test bottle");
        await().atMost(SOON).until(() -> deadLetters(failure) == 0);
        assertThat(retry(failure).status()).isEqualTo(409);
        assertThat(acts(failure)).containsExactly("failure.discarded");
        assertThat(api.post(FAILURES + "/retry", Map.of("all", true)).json().path("handled").asInt()).isZero();
    }

    @Test
    void anEventIsMendedOnlyIntoWhatItsTypeAllows() {
        bottles.breakAll(tenant.tenant());
        var bottle = bottles.fill(tenant.tenant(), 1);
        var failure = await().atMost(SOON).until(this::failures, list -> list.size() == 1).getFirst();
        assertThat(edit(failure, "\"0\"", Map.of("bottle", bottle, "drop", 2)).status()).isEqualTo(200);
        for (var wrong : List.of(Map.of("bottle", bottle), Map.of("bottle", bottle, "drop", "two"),
                Map.of("bottle", "none", "drop", 2), Map.of("bottle", bottle, "drop", 2, "more", 1))) {
            assertThat(edit(failure, "\"1\"", wrong).status()).as(wrong.toString()).isEqualTo(422);
        }
        assertThat(edit(failure, "\"0\"", Map.of("bottle", bottle, "drop", 3)).status()).isEqualTo(412);
        var whole = get(failure);
        assertThat(whole.path("event").path("data").path("drop").asInt()).isEqualTo(2);
        assertThat(whole.path("original").path("data").path("drop").asInt()).isEqualTo(1);
        bottles.mend(tenant.tenant());
        retry(failure);
        await().atMost(SOON).until(() -> bottles.filled(bottle) == 2);
        assertThat(acts(failure)).containsExactly("failure.edited", "failure.retried");
    }

    @Test
    void aDryRunTellsHowItWouldGoAndChangesNothing() {
        bottles.breakAll(tenant.tenant());
        var bottle = bottles.fill(tenant.tenant(), 1);
        var failure = await().atMost(SOON).until(this::failures, list -> list.size() == 1).getFirst();
        var again = api.post(path(failure) + "/dry-run", Map.of()).json();
        assertThat(again.path("outcome").asString()).isEqualTo("fails_for_good");
        assertThat(again.path("code").asString()).isEqualTo("bottle_broken");
        bottles.mend(tenant.tenant());
        var before = effects();
        assertThat(api.post(path(failure) + "/dry-run", Map.of()).json().path("outcome").asString()).isEqualTo("succeeds");
        assertThat(effects()).isEqualTo(before);
        assertThat(state(failure)).isEqualTo("open");
        retry(failure);
        await().atMost(SOON).until(() -> bottles.filled(bottle) == 1 && state(failure).equals("resolved"));
        assertThat(effects()).isEqualTo(before + 1);
    }

    @Test
    void anotherTenantsFailureIsNotThere() {
        bottles.breakAll(tenant.tenant());
        bottles.fill(tenant.tenant(), 1);
        var failure = await().atMost(SOON).until(this::failures, list -> list.size() == 1).getFirst();
        var stranger = Api.anonymous(port).as(TestCallers.mayAll(TestTenant.create(db, transaction).tenant()));
        assertThat(stranger.get(path(failure)).status()).isEqualTo(404);
        assertThat(stranger.get(FAILURES).json().path("items").size()).isZero();
        assertThat(stranger.get(FAILURES + "/groups").json().path("items").size()).isZero();
        assertThat(stranger.post(path(failure) + "/retry", Map.of()).status()).isEqualTo(404);
        assertThat(stranger.post(path(failure) + "/dry-run", Map.of()).status()).isEqualTo(404);
        assertThat(stranger.post(path(failure) + "/discard", Map.of("reason", "not mine")).status()).isEqualTo(404);
        assertThat(stranger.with("If-Match", "\"0\"").send("PUT", path(failure) + "/data", "{\"data\":{}}").status()).isEqualTo(404);
        assertThat(stranger.post(FAILURES + "/retry", Map.of("all", true)).json().path("handled").asInt()).isZero();
        assertThat(stranger.post(FAILURES + "/discard", Map.of("which", Map.of("all", true), "reason", "all mine")).json()
                .path("handled").asInt()).isZero();
        assertThat(state(failure)).isEqualTo("open");
        // Several companies share this server and nobody is named, so nobody sees past their own.
        assertThat(stranger.get(FAILURES + "?scope=installation").code()).isEqualTo("not_the_installations_operator");
    }

    @ParameterizedTest
    @ValueSource(strings = {"state=closed", "scope=everywhere"})
    void whatThereIsNotToChooseFromIsRefused(String query) {
        var refused = api.get(FAILURES + "?" + query);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("errors").get(0).path("field").asString()).isEqualTo(query.substring(0, query.indexOf('=')));
        assertThat(api.get(FAILURES + "?state=open").status()).isEqualTo(200);
    }

    @Test
    void whoeverOnlyLooksCannotAct() {
        var reader = Api.anonymous(port).as(TestCallers.token(tenant.tenant(), EnumSet.of(Permission.OPERATIONS_READ)));
        assertThat(reader.get(FAILURES).status()).isEqualTo(200);
        assertThat(reader.post(FAILURES + "/retry", Map.of("all", true)).status()).isEqualTo(403);
        assertThat(reader.post(FAILURES + "/" + Uuids.v7() + "/discard", Map.of("reason", "x")).status()).isEqualTo(403);
    }

    // --- words of the tests

    private List<JsonNode> failures() {
        return api.get(FAILURES).json().path("items").valueStream().toList();
    }

    private static String path(JsonNode failure) {
        return FAILURES + "/" + failure.path("id").asString();
    }

    private JsonNode get(JsonNode failure) {
        return api.get(path(failure)).json();
    }

    private String state(JsonNode failure) {
        return get(failure).path("failure").path("state").asString();
    }

    private Api.Answer retry(JsonNode failure) {
        return api.post(path(failure) + "/retry", Map.of());
    }

    private Api.Answer edit(JsonNode failure, String version, Map<String, ?> data) {
        return api.with("If-Match", version).send("PUT", path(failure) + "/data",
                tools.jackson.databind.json.JsonMapper.builder().build().writeValueAsString(Map.of("data", data)));
    }

    private long deadLetters(JsonNode failure) {
        return bottles.deadLetters(UUID.fromString(failure.path("messageId").asString()));
    }

    private List<String> acts(JsonNode failure) {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ ->
                db.sql("select type from domain_event_logs where aggregate_id = :id order by position")
                        .param("id", UUID.fromString(failure.path("id").asString())).query(String.class).list()));
    }

    private long effects() {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ ->
                db.sql("select version from project").query(Long.class).single()));
    }
}
