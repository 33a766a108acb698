package com.ventros.crm.conversations;

import static com.ventros.crm.conversations.Facts.chat;
import static com.ventros.crm.conversations.Facts.phone;
import static com.ventros.crm.conversations.Facts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.assignment.AssignSessions;
import com.ventros.crm.conversations.ChannelProfiles.ChannelProfile;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Principal;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Sessions come to agents by themselves; what leads to that are events, so a test waits for it to have happened. */
@DatabaseTest
class AssignmentTests {

    /** Generous: two cores may be busy with others. */
    private static final Duration SOON = Duration.ofSeconds(90);

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    ReceiveMessages receiveMessages;

    @Autowired
    ChannelProfiles channelProfiles;

    @Autowired
    AssignSessions assign;

    private final ChannelId channel = ChannelId.create();
    private final ChannelId other = ChannelId.create();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private TestTenant tenant;
    private Api api;

    @BeforeEach
    void aShop() {
        tenant = TestTenant.create(db, transaction);
        api = Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant()));
        for (var one : List.of(channel, other)) {
            Tenancy.run(tenant.tenant(), () ->
                    channelProfiles.save(new ChannelProfile(one, tenant.project(), "Vendas", Optional.of(30))));
        }
    }

    @Test
    void withoutARuleEverySessionWaitsForAPerson() {
        online(agent("Beto", 5));
        write(channel, 1);
        assertThat(round(now)).isZero();
        assertThat(unassigned()).hasSize(1);
    }

    @Test
    void eachInTurnUntilNobodyHasRoom() {
        var beto = agent("Beto", 2);
        var caio = agent("Caio", 1);
        rule(Map.of("projectId", tenant.project().value(), "strategy", "round_robin"));
        for (int i = 0; i < 4; i++) write(channel, i);
        online(beto);
        await().atMost(SOON).until(() -> held(beto) == 2);
        online(caio);
        await().atMost(SOON).until(() -> held(caio) == 1);
        assertThat(unassigned()).hasSize(1);
        // Room that somebody makes is filled.
        act(sessionsOf(beto).getFirst(), "resolve", Map.of());
        await().atMost(SOON).until(() -> unassigned().isEmpty());
        assertThat(held(beto)).isEqualTo(2);
        var history = api.get("/api/v1/sessions/" + sessionsOf(caio).getFirst().path("id").asString() + "/assignments").json();
        assertThat(history.path("items").get(0).path("how").asString()).isEqualTo("round_robin");
    }

    @Test
    void turnsGoRound() {
        var agents = List.of(agent("Beto", 9), agent("Caio", 9), agent("Duda", 9));
        agents.forEach(this::online);
        rule(Map.of("projectId", tenant.project().value(), "strategy", "round_robin"));
        for (int i = 0; i < 6; i++) write(channel, i);
        await().atMost(SOON).until(() -> unassigned().isEmpty());
        assertThat(agents).allSatisfy(agent -> assertThat(held(agent)).isEqualTo(2));
    }

    @Test
    void whoHasTheFewestIsNext() {
        var beto = agent("Beto", 9);
        var caio = agent("Caio", 9);
        for (int i = 0; i < 3; i++) {
            write(channel, i);
            act(newest(), "assign", Map.of("agentId", beto));
        }
        List.of(beto, caio).forEach(this::online);
        rule(Map.of("projectId", tenant.project().value(), "strategy", "least_busy"));
        for (int i = 3; i < 6; i++) write(channel, i);
        await().atMost(SOON).until(() -> unassigned().isEmpty());
        assertThat(held(caio)).isEqualTo(3);
    }

    @Test
    void whoKnowsTheCustomerIsAskedFirst() {
        var beto = agent("Beto", 9);
        var caio = agent("Caio", 1);
        write(channel, 1);
        act(newest(), "assign", Map.of("agentId", caio));
        act(newest(), "resolve", Map.of());
        List.of(beto, caio).forEach(this::online);
        rule(Map.of("channelId", channel.value(), "strategy", "sticky"));
        receive(channel, text(chat(phone("553198000101")), "again", Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(5), "Oi de novo"));
        await().atMost(SOON).until(() -> held(caio) == 1);
        // Caio is full: whoever else has room.
        write(channel, 2);
        await().atMost(SOON).until(() -> held(beto) == 1);
    }

    @Test
    void theMostSpecificRuleHoldsAndATeamsSessionsStayInIt() {
        var beto = agent("Beto", 9);
        var caio = agent("Caio", 9);
        List.of(beto, caio).forEach(this::online);
        var team = id(api.post("/api/v1/teams", Map.of("name", "Suporte")));
        api.post("/api/v1/teams/" + team + "/agents", Map.of("agentId", caio));
        rule(Map.of("projectId", tenant.project().value(), "strategy", "manual"));
        rule(Map.of("channelId", channel.value(), "strategy", "least_busy", "toTeamId", team));
        write(other, 1);
        write(channel, 2);
        write(channel, 3);
        await().atMost(SOON).until(() -> held(caio) == 2);
        assertThat(unassigned()).singleElement().satisfies(session ->
                assertThat(session.path("channelId").asString()).isEqualTo(other.toString()));
        rule(Map.of("teamId", team, "strategy", "round_robin"));
        act(unassigned().getFirst(), "transfer", Map.of("teamId", team));
        await().atMost(SOON).until(() -> held(caio) == 3);
    }

    @Test
    void whoDoesNotAnswerOrIsGoneLosesTheSessionToAnother() {
        var beto = agent("Beto", 9);
        online(beto);
        rule(Map.of("projectId", tenant.project().value(), "strategy", "least_busy", "noResponseMinutes", 5, "inactivityMinutes", 30));
        write(channel, 1);
        await().atMost(SOON).until(() -> held(beto) == 1);
        var later = Instant.now().plus(Duration.ofMinutes(6));
        assertThat(round(later)).as("nobody else is there").isZero();
        var caio = agent("Caio", 9);
        online(caio);
        assertThat(round(Instant.now())).as("it is not time yet").isZero();
        assertThat(round(later)).isOne();
        assertThat(held(caio)).isOne();

        receive(channel, Facts.echo(chat(phone("553198000101")), "answer", Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1),
                false, "Olá", AckLevel.SERVER));
        assertThat(round(later)).as("an answer was given").isZero();
        api.post("/api/v1/agents/" + caio + "/availability", Map.of("availability", "offline"));
        assertThat(round(Instant.now().plus(Duration.ofMinutes(31)))).isOne();
        assertThat(api.get("/api/v1/sessions/" + newest().path("id").asString() + "/assignments").json().path("items"))
                .extracting(one -> one.path("how").asString()).containsExactly("inactivity", "no_response", "least_busy");
    }

    @Test
    void anArchivedTeamIsNoTeamForWhatWaits() {
        var beto = agent("Beto", 9);
        var team = id(api.post("/api/v1/teams", Map.of("name", "Suporte")));
        rule(Map.of("projectId", tenant.project().value(), "strategy", "least_busy"));
        rule(Map.of("teamId", team, "strategy", "manual"));
        rule(Map.of("channelId", other.value(), "strategy", "least_busy", "toTeamId", team));
        write(channel, 1);
        act(newest(), "transfer", Map.of("teamId", team));
        write(other, 2);
        online(beto);
        assertThat(round(Instant.now())).as("nobody is in the team").isZero();
        assertThat(api.delete("/api/v1/teams/" + team).status()).isEqualTo(204);
        await().atMost(SOON).until(() -> held(beto) == 2);
    }

    @Test
    void whatIsEscalatedGoesToWhomTheyNameAndIsNeverLeftBehind() {
        var beto = agent("Beto", 9);
        var caio = agent("Caio", 9);
        var team = id(api.post("/api/v1/teams", Map.of("name", "Especialistas")));
        write(channel, 1);
        act(newest(), "assign", Map.of("agentId", beto));
        assertThat(tried(newest(), "escalate", Map.of()).code()).isEqualTo("escalation_unknown");
        assertThat(tried(newest(), "escalate", Map.of("teamId", team)).code()).isEqualTo("team_empty");
        assertThat(tried(newest(), "escalate", Map.of("agentId", beto)).code()).isEqualTo("same_assignee");
        assertThat(tried(newest(), "escalate", Map.of("agentId", caio, "teamId", team)).status()).isEqualTo(422);
        assertThat(held(beto)).as("refused, it stays where it was").isOne();

        act(newest(), "escalate", Map.of("agentId", caio, "reason", "Pede reembolso"));
        assertThat(newest().path("agentId").asString()).isEqualTo(caio.toString());
        assertThat(newest().path("priority").asString()).isEqualTo("high");
        act(newest(), "priority", Map.of("priority", "urgent"));
        act(newest(), "escalate", Map.of("agentId", beto));
        assertThat(newest().path("priority").asString()).as("never less urgent").isEqualTo("urgent");
        var history = api.get("/api/v1/sessions/" + newest().path("id").asString() + "/assignments").json().path("items");
        assertThat(history).extracting(one -> one.path("how").asString()).containsExactly("escalation", "escalation", "person");
        assertThat(history.get(1).path("note").asString()).isEqualTo("Pede reembolso");
        assertThat(rows("select type || ' ' || coalesce(data ->> 'toAgentId', '') from domain_event_logs "
                + "where type in ('session.escalated', 'session.transferred') order by occurred_at, aggregate_version, type"))
                .containsExactly("session.escalated " + caio, "session.transferred " + caio, "session.escalated ",
                        "session.escalated " + beto, "session.transferred " + beto);
        act(newest(), "resolve", Map.of());
        assertThat(tried(newest(), "escalate", Map.of("agentId", caio)).code()).isEqualTo("session_ended");
    }

    @Test
    void whereNobodyIsNamedTheRuleSaysToWhomASessionIsEscalated() {
        var beto = agent("Beto", 9);
        var caio = agent("Caio", 9);
        online(caio);
        var first = id(api.post("/api/v1/teams", Map.of("name", "Atendimento")));
        var second = id(api.post("/api/v1/teams", Map.of("name", "Especialistas")));
        api.post("/api/v1/teams/" + second + "/agents", Map.of("agentId", caio));
        rule(Map.of("teamId", second, "strategy", "least_busy"));
        assertThat(api.post("/api/v1/assignment-rules", Map.of("teamId", first, "strategy", "manual", "escalateToTeamId", first)).status())
                .isEqualTo(422);
        var rule = rule(Map.of("projectId", tenant.project().value(), "strategy", "manual", "escalateToTeamId", second));
        assertThat(rule.json().path("escalateToTeamId").asString()).isEqualTo(second.toString());
        write(channel, 1);
        act(newest(), "assign", Map.of("agentId", beto, "teamId", first));
        act(newest(), "escalate", Map.of("priority", "urgent"));
        assertThat(newest().path("teamId").asString()).isEqualTo(second.toString());
        assertThat(newest().path("priority").asString()).isEqualTo("urgent");
        // As after any transfer, the team's own rule gives it to somebody there.
        await().atMost(SOON).until(() -> held(caio) == 1);
        assertThat(tried(newest(), "escalate", Map.of()).code()).as("beyond them there is nobody").isEqualTo("escalation_unknown");

        var nobody = new HashMap<String, Object>();
        nobody.put("escalateToTeamId", null);
        assertThat(api.with("If-Match", rule.header("ETag").orElseThrow()).patch("/api/v1/assignment-rules/" + id(rule), nobody).json()
                .path("escalateToTeamId").isNull()).isTrue();
    }

    @Test
    void whatIsEscalatedToATeamThatIsAwayIsToldToSupervisorsAndGoesToTheFirstWhoIsThere() {
        var supervisor = member("Duda", "supervisor");
        var gone = member("Edu", "admin");
        assertThat(api.post("/api/v1/members/" + gone + "/deactivate", Map.of()).status()).isEqualTo(200);
        var agentsOnly = member("Fabi", "agent");
        var beto = agent("Beto", 9);
        var caio = agent("Caio", 9);
        var ze = agent("Ze", 9);
        List.of(beto, ze).forEach(this::online);
        var team = id(api.post("/api/v1/teams", Map.of("name", "Especialistas")));
        api.post("/api/v1/teams/" + team + "/agents", Map.of("agentId", caio));
        rule(Map.of("teamId", team, "strategy", "manual"));
        write(channel, 1);
        act(newest(), "assign", Map.of("agentId", beto));

        act(newest(), "escalate", Map.of("teamId", team, "reason", "Pede reembolso"));

        var session = items("teamId=" + team + "&assigned=false&status=open").getFirst();
        assertThat(session.path("priority").asString()).isEqualTo("high");
        await().atMost(SOON).until(() -> told(supervisor).size() == 1);
        var told = told(supervisor).get(0);
        assertThat(told.path("kind").asString()).isEqualTo("escalation");
        assertThat(told.path("teamName").asString()).isEqualTo("Especialistas");
        assertThat(told.path("sessionId")).isEqualTo(session.path("id"));
        assertThat(told.path("chatId")).isEqualTo(session.path("chatId"));
        assertThat(told.path("contactId")).isEqualTo(session.path("contactId"));
        assertThat(told.path("noteId").isNull()).isTrue();
        assertThat(told(agentsOnly)).isEmpty();
        assertThat(told(gone)).isEmpty();
        assertThat(round(Instant.now())).as("nobody of the team is there").isZero();

        online(caio);
        await().atMost(SOON).until(() -> held(caio) == 1);
        assertThat(api.get("/api/v1/sessions/" + session.path("id").asString() + "/assignments").json().path("items"))
                .extracting(one -> one.path("how").asString()).containsExactly("escalation", "escalation", "person");

        write(other, 2);
        act(unassigned().getFirst(), "escalate", Map.of("teamId", team));
        await().atMost(SOON).until(() -> held(caio) == 2);
        assertThat(told(supervisor)).as("somebody was there").hasSize(1);

        write(other, 3);
        act(unassigned().getFirst(), "transfer", Map.of("teamId", team));
        assertThat(round(Instant.now())).as("what is only handed over waits, as the team's rule says").isZero();
    }

    private UUID member(String name, String role) {
        return id(api.post("/api/v1/members", Map.of("name", name, "email", UUID.randomUUID() + "@exemplo.com.br",
                "role", role, "password", "cavalo bateria grampo")));
    }

    private JsonNode told(UUID member) {
        return Api.anonymous(port).as(TestCallers.of(tenant.tenant(), member, "")).get("/api/v1/notifications").json().path("items");
    }

    @Test
    void whatSomebodyHadWhoIsGoneIsGivenToAnother() {
        var beto = agent("Beto", 9);
        var caio = human("Caio");
        var duda = agent("Duda", 9);
        rule(Map.of("projectId", tenant.project().value(), "strategy", "least_busy"));
        write(channel, 1);
        act(newest(), "assign", Map.of("agentId", beto));
        api.delete("/api/v1/agents/" + beto);
        await().atMost(SOON).until(() -> unassigned().size() == 1);
        online(caio.agent());
        await().atMost(SOON).until(() -> held(caio.agent()) == 1);
        online(duda);
        assertThat(api.post("/api/v1/members/" + caio.user() + "/deactivate", Map.of()).status()).isEqualTo(200);
        await().atMost(SOON).until(() -> held(duda) == 1);
        assertThat(api.get("/api/v1/sessions/" + newest().path("id").asString() + "/assignments").json().path("items"))
                .extracting(one -> one.path("how").asString()).containsExactly("least_busy", "gone", "least_busy", "gone", "person");
    }

    @Test
    void whatSomebodyHadWhoIsGoneWaitsForAPersonWithoutARule() {
        var beto = agent("Beto", 9);
        var caio = human("Caio");
        for (var agent : List.of(beto, caio.agent())) {
            write(channel, held(beto));
            act(unassigned().getFirst(), "assign", Map.of("agentId", agent));
        }
        act(sessionsOf(beto).getFirst(), "resolve", Map.of());
        api.delete("/api/v1/agents/" + beto);
        api.post("/api/v1/members/" + caio.user() + "/deactivate", Map.of());
        await().atMost(SOON).until(() -> unassigned().size() == 1);
        act(items("status=ended").getFirst(), "reopen", Map.of());
        await().atMost(SOON).until(() -> unassigned().size() == 2);
    }

    @Test
    void whoIsDeactivatedIsGivenNothing() {
        var caio = human("Caio");
        rule(Map.of("projectId", tenant.project().value(), "strategy", "round_robin"));
        write(channel, 1);
        api.post("/api/v1/members/" + caio.user() + "/deactivate", Map.of());
        for (var what : List.of("assign", "transfer")) {
            assertThat(tried(newest(), what, Map.of("agentId", caio.agent())).code()).isEqualTo("member_inactive");
        }
        await().atMost(SOON).until(() -> Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> db.sql(
                "select count(*) from processed_events where consumer_name = 'agents-of-members'").query(Long.class).single())) == 1);
        // However they came to be online.
        Tenancy.run(tenant.tenant(), () -> transaction.executeWithoutResult(_ ->
                db.sql("update agent set availability = 'ONLINE' where id = :id").param("id", caio.agent()).update()));
        assertThat(round(Instant.now())).isZero();
        api.post("/api/v1/members/" + caio.user() + "/reactivate", Map.of());
        await().atMost(SOON).until(() -> round(Instant.now()) >= 0 && held(caio.agent()) == 1);
    }

    @Test
    void whoWritesFirstHasTheSession() {
        var bia = human("Bia");
        var writes = Api.anonymous(port).as(TestCallers.token(new Principal(tenant.tenant(), Principal.Kind.USER, bia.user(), "Bia",
                EnumSet.allOf(Permission.class))));
        var beto = agent("Beto", 9);
        online(beto);
        rule(Map.of("projectId", tenant.project().value(), "strategy", "round_robin"));
        for (int i = 0; i < 3; i++) {
            writes.post("/api/v1/messages", Map.of("channelId", channel.value(), "to", "+55319800002" + i, "text", "Olá"));
        }
        assertThat(held(bia.agent())).as("more than her capacity, and offline").isEqualTo(3);
        var over = sessionsOf(bia.agent()).getFirst();
        act(over, "resolve", Map.of());
        writes.post("/api/v1/messages", Map.of("chatId", over.path("chatId").asString(), "text", "Até logo"));
        assertThat(held(bia.agent())).isEqualTo(3);
        assertThat(round(Instant.now())).isZero();
        assertThat(held(beto)).isZero();
        assertThat(api.get("/api/v1/sessions/" + newest().path("id").asString() + "/assignments").json().path("items"))
                .extracting(one -> one.path("how").asString()).containsExactly("author");
    }

    @Test
    void whatAPhoneOrAProgramBeginsWaitsForTheCustomer() {
        var beto = agent("Beto", 9);
        online(beto);
        rule(Map.of("projectId", tenant.project().value(), "strategy", "round_robin"));
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var eva = chat(phone("553198000150"));
        receive(channel, Facts.echo(eva, "P1", now, false, "Olá", AckLevel.SERVER));
        api.post("/api/v1/messages", Map.of("channelId", channel.value(), "to", "+553198000151", "text", "Olá"));
        assertThat(unassigned()).hasSize(2);
        assertThat(round(Instant.now())).isZero();
        receive(channel, text(eva, "P2", now.plusSeconds(1), "Oi"));
        round(Instant.now());
        assertThat(held(beto)).isOne();
    }

    @Test
    void byHandNothingMovesAfterMinutes() {
        for (var minutes : List.of("noResponseMinutes", "inactivityMinutes")) {
            var refused = api.post("/api/v1/assignment-rules", Map.of("channelId", channel.value(), "strategy", "manual", minutes, 5));
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.json().path("errors").get(0).path("field").asString()).isEqualTo(minutes);
            assertThat(refused.json().path("errors").get(0).path("code").asString()).isEqualTo("not_with_manual");
        }
        var rule = rule(Map.of("channelId", channel.value(), "strategy", "sticky", "noResponseMinutes", 5));
        var path = "/api/v1/assignment-rules/" + id(rule);
        var etag = rule.header("ETag").orElseThrow();
        assertThat(api.with("If-Match", etag).patch(path, Map.of("strategy", "manual")).status()).isEqualTo(422);
        // One of before says so still; it is seen, and may be put right.
        Tenancy.run(tenant.tenant(), () -> transaction.executeWithoutResult(_ ->
                db.sql("update assignment_rule set strategy = 'MANUAL'").update()));
        assertThat(api.get("/api/v1/assignment-rules").json().path("items").get(0).path("noResponseMinutes").asInt()).isEqualTo(5);
        var gone = new HashMap<String, Object>();
        gone.put("noResponseMinutes", null);
        assertThat(api.with("If-Match", etag).patch(path, gone).status()).isEqualTo(200);
    }

    @Test
    void whoIsAwayForTooLongLosesTheSessionAsWell() {
        var beto = agent("Beto", 9);
        online(beto);
        rule(Map.of("projectId", tenant.project().value(), "strategy", "least_busy", "inactivityMinutes", 1));
        write(channel, 1);
        await().atMost(SOON).until(() -> held(beto) == 1);
        api.post("/api/v1/agents/" + beto + "/availability", Map.of("availability", "away"));
        var caio = agent("Caio", 9);
        online(caio);
        assertThat(round(Instant.now())).as("it is not time yet").isZero();
        assertThat(round(Instant.now().plusSeconds(80))).isOne();
        assertThat(held(caio)).isOne();
    }

    @Test
    void rulesAreKeptOncePerScope() {
        var rule = rule(Map.of("projectId", tenant.project().value(), "strategy", "sticky"));
        assertThat(api.post("/api/v1/assignment-rules", Map.of("projectId", tenant.project().value(), "strategy", "manual")).code())
                .isEqualTo("assignment_rule_exists");
        for (var wrong : List.of(Map.of("strategy", "sticky"), Map.of("projectId", UUID.randomUUID(), "strategy", "sticky"),
                Map.of("channelId", channel.value(), "strategy", "luck"),
                Map.of("channelId", channel.value(), "strategy", "sticky", "noResponseMinutes", 0),
                Map.of("channelId", channel.value(), "projectId", tenant.project().value(), "strategy", "sticky"))) {
            assertThat(api.post("/api/v1/assignment-rules", wrong).status()).as(wrong.toString()).isEqualTo(422);
        }
        var path = "/api/v1/assignment-rules/" + id(rule);
        assertThat(api.patch(path, Map.of("noResponseMinutes", 7)).status()).isEqualTo(428);
        assertThat(api.with("If-Match", rule.header("ETag").orElseThrow()).patch(path, Map.of("noResponseMinutes", 7)).json()
                .path("noResponseMinutes").asInt()).isEqualTo(7);
        assertThat(api.delete(path).status()).isEqualTo(204);
        assertThat(api.get("/api/v1/assignment-rules").json().path("items")).isEmpty();
    }

    /**
     * Customers write, sessions end and move, agents come and go, are archived or deactivated, and so are teams, all at once.
     * At any moment no agent has more than their room; and once it is quiet, no session waits while somebody whom its rule
     * allows has room, and nobody has one who is gone.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void nothingWaitsWhileSomebodyHasRoom(long seed) throws Exception {
        var agents = new ArrayList<UUID>();
        for (int i = 0; i < 5; i++) agents.add(agent("Agente " + i, 1 + i % 3));
        var members = List.of(human("Lia"), human("Rui"));
        members.forEach(member -> agents.add(member.agent()));
        var team = id(api.post("/api/v1/teams", Map.of("name", "Suporte")));
        rule(Map.of("projectId", tenant.project().value(), "strategy", List.of("round_robin", "least_busy", "sticky").get((int) (seed % 3))));
        rule(Map.of("channelId", other.value(), "strategy", "least_busy", "toTeamId", team));

        try (var threads = Executors.newFixedThreadPool(3)) {
            var running = new ArrayList<Future<?>>();
            running.add(threads.submit(() -> {
                for (int i = 0; i < 25; i++) write(i % 3 == 0 ? other : channel, i);
            }));
            running.add(threads.submit(() -> comeAndGo(agents, members, team, new Random(seed))));
            running.add(threads.submit(() -> workOn(agents, team, new Random(seed + 100))));
            for (var one : running) {
                while (!one.isDone()) {
                    assertThat(overloaded()).isEmpty();
                    try {
                        one.get(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                    } catch (TimeoutException stillRunning) {
                        // another look
                    }
                }
                one.get();
            }
        }
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(neglected()).as("seed %d", seed).isEmpty();
            assertThat(abandoned()).as("seed %d", seed).isEmpty();
        });
        // The other half of the rule, once more with everybody there.
        members.forEach(member -> api.post("/api/v1/members/" + member.user() + "/reactivate", Map.of()));
        agents.forEach(agent -> api.post("/api/v1/agents/" + agent + "/restore", Map.of()));
        agents.forEach(this::online);
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(neglected()).isEmpty();
            assertThat(abandoned()).isEmpty();
            assertThat(agents.stream().mapToInt(this::held).sum()).isPositive();
        });
        assertThat(overloaded()).isEmpty();
    }

    private void comeAndGo(List<UUID> agents, List<Human> members, UUID team, Random random) {
        for (int i = 0; i < 60; i++) {
            var agent = agents.get(random.nextInt(agents.size()));
            switch (random.nextInt(9)) {
                case 0, 1 -> online(agent);
                case 2 -> api.post("/api/v1/agents/" + agent + "/availability",
                        Map.of("availability", random.nextBoolean() ? "away" : "offline"));
                case 3 -> api.post("/api/v1/teams/" + team + "/agents", Map.of("agentId", agent));
                case 4 -> api.delete("/api/v1/teams/" + team + "/agents/" + agent);
                case 5 -> api.post("/api/v1/agents/" + agent + "/restore", Map.of());
                case 6 -> api.delete("/api/v1/agents/" + agent);
                case 7 -> {
                    if (random.nextBoolean()) api.delete("/api/v1/teams/" + team);
                    else api.post("/api/v1/teams/" + team + "/restore", Map.of());
                }
                default -> api.post("/api/v1/members/" + members.get(random.nextInt(members.size())).user()
                        + (random.nextBoolean() ? "/deactivate" : "/reactivate"), Map.of());
            }
        }
    }

    /** Only takes away, hands to the team and ends: what people give by hand knows no capacity. */
    private void workOn(List<UUID> agents, UUID team, Random random) {
        for (int i = 0; i < 40; i++) {
            var open = api.get("/api/v1/sessions?status=open&limit=100").json().path("items");
            if (open.isEmpty()) continue;
            var session = open.get(random.nextInt(open.size()));
            switch (random.nextInt(3)) {
                case 0 -> tried(session, "resolve", Map.of());
                case 1 -> tried(session, "assign", Map.of());
                default -> tried(session, "transfer", Map.of("teamId", team));
            }
        }
    }

    /** Agents who have more than their capacity. */
    private List<String> overloaded() {
        return rows("""
                select a.name || ' has ' || count(*) from session s join agent a on a.id = s.agent_id
                 where s.status = 'OPEN' group by a.id, a.name, a.capacity having count(*) > a.capacity
                """);
    }

    /** Open sessions that nobody has, and somebody could have; reckoned by itself. */
    private List<String> neglected() {
        return rows("""
                select s.id || ' waits for ' || a.name
                  from session s join chat c on c.id = s.chat_id
                  left join team t on t.id = s.team_id and t.archived_at is null
                  left join assignment_rule byteam on byteam.team_id = t.id
                  left join assignment_rule bychannel on bychannel.channel_id = c.channel_id
                  left join assignment_rule byproject on byproject.project_id = c.project_id
                  left join team to_team on to_team.id = bychannel.to_team_id and to_team.archived_at is null
                  join agent a on a.availability = 'ONLINE'
                 where s.status = 'OPEN' and s.agent_id is null and (s.inbound_count > 0 or s.team_id is not null)
                   and coalesce(byteam.strategy, bychannel.strategy, byproject.strategy) <> 'MANUAL'
                   and (select count(*) from session o where o.agent_id = a.id and o.status = 'OPEN') < a.capacity
                   and not exists (select from membership m where m.user_id = a.user_id and m.deactivated_at is not null)
                   and (coalesce(t.id, to_team.id) is null
                        or exists (select from team_agent m where m.agent_id = a.id and m.team_id = coalesce(t.id, to_team.id)))
                """);
    }

    /** Open sessions that somebody has who will not come. */
    private List<String> abandoned() {
        return rows("""
                select s.id || ' is with ' || a.name from session s join agent a on a.id = s.agent_id
                  left join membership m on m.user_id = a.user_id
                 where s.status = 'OPEN' and (a.archived_at is not null or m.deactivated_at is not null)
                """);
    }

    private List<String> rows(String sql) {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> db.sql(sql).query(String.class).list()));
    }

    private int round(Instant at) {
        return Facts.CAUSE.call(() -> Tenancy.call(tenant.tenant(), () -> assign.run(at, _ -> Facts.CAUSE)));
    }

    private UUID agent(String name, int capacity) {
        return id(api.post("/api/v1/agents", Map.of("kind", "bot", "name", name, "capacity", capacity)));
    }

    private record Human(UUID agent, UUID user) {}

    private Human human(String name) {
        var user = id(api.post("/api/v1/members", Map.of("name", name, "email", UUID.randomUUID() + "@exemplo.com.br",
                "role", "agent", "password", "cavalo bateria grampo")));
        return new Human(id(api.post("/api/v1/agents", Map.of("kind", "human", "userId", user, "capacity", 2))), user);
    }

    private void online(UUID agent) {
        api.post("/api/v1/agents/" + agent + "/availability", Map.of("availability", "online"));
    }

    private Api.Answer rule(Map<String, ?> rule) {
        var made = api.post("/api/v1/assignment-rules", rule);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made;
    }

    private int held(UUID agent) {
        return sessionsOf(agent).size();
    }

    private List<JsonNode> sessionsOf(UUID agent) {
        return items("status=open&agentId=" + agent);
    }

    private List<JsonNode> unassigned() {
        return items("status=open&assigned=false");
    }

    private JsonNode newest() {
        return items("limit=1").getFirst();
    }

    private List<JsonNode> items(String query) {
        var items = new ArrayList<JsonNode>();
        api.get("/api/v1/sessions?" + query).json().path("items").forEach(items::add);
        return items;
    }

    private void act(JsonNode session, String what, Map<String, ?> body) {
        assertThat(tried(session, what, body).status()).isEqualTo(200);
    }

    private Api.Answer tried(JsonNode session, String what, Map<String, ?> body) {
        return api.with("If-Match", "\"" + session.path("version").asLong() + "\"")
                .post("/api/v1/sessions/" + session.path("id").asString() + "/" + what, body);
    }

    /** A person of this number writes for the first time. */
    private void write(ChannelId where, int person) {
        receive(where, text(chat(phone("5531980001%02d".formatted(person))), "M" + person, now.plusSeconds(person % 30), "Oi"));
    }

    /** As the consumer does: what collided with another transaction is tried again. */
    private void receive(ChannelId where, Incoming incoming) {
        while (true) {
            try {
                Tenancy.run(tenant.tenant(), () -> receiveMessages.handle(List.of(Facts.received(tenant, where, incoming))));
                return;
            } catch (TransientDataAccessException collided) {
                Thread.yield();
            }
        }
    }

    private static UUID id(Api.Answer answer) {
        return UUID.fromString(answer.json().path("id").asString());
    }
}
