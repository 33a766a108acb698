package com.ventros.crm.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.accounts.OpenTenant;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@DatabaseTest
class AgentApiTests {

    private static final String PASSWORD = "cavalo bateria grampo";

    @LocalServerPort
    int port;

    @Autowired
    OpenTenant openTenant;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    AgentsAtWork atWork;

    @Autowired
    KeepAgents keepAgents;

    @Autowired
    UnseenAgents unseen;

    private OpenTenant.Opened opened;
    private Api api;
    private Api owner;

    @BeforeEach
    void aCompany() {
        var email = Uuids.v7() + "@exemplo.com.br";
        opened = openTenant.handle(new OpenTenant.Command("Padaria Sol", "Ana Souza", email, PASSWORD));
        api = Api.anonymous(port).as(TestCallers.mayAll(opened.tenant()));
        owner = Api.anonymous(port).as(Api.anonymous(port)
                .post("/api/v1/auth/sign-in", Map.of("email", email, "password", PASSWORD)).json().path("accessToken").asString());
    }

    @Test
    void aMemberIsOneAgentUnderTheirOwnName() {
        var agent = made("/api/v1/agents", Map.of("kind", "human", "userId", opened.owner().value()));
        assertThat(agent.json().path("name").asString()).isEqualTo("Ana Souza");
        assertThat(agent.json().path("capacity").asInt()).isEqualTo(KeepAgents.USUAL_CAPACITY);
        assertThat(agent.json().path("availability").asString()).isEqualTo("offline");
        var again = api.post("/api/v1/agents", Map.of("kind", "human", "userId", opened.owner().value()));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("agent_exists");
    }

    @Test
    void onlyHumansAreMembers() {
        for (var wrong : List.of(Map.of("kind", "human", "name", "Beto"), Map.of("kind", "bot"), Map.of("name", "x"),
                Map.of("kind", "bot", "name", "x", "userId", opened.owner().value()),
                Map.of("kind", "human", "userId", Uuids.v7()), Map.of("kind", "bot", "name", "x", "capacity", 1001),
                Map.of("kind", "bot", "name", "x", "hoursId", Uuids.v7()))) {
            assertThat(api.post("/api/v1/agents", wrong).status()).as(wrong.toString()).isEqualTo(422);
        }
        for (var kind : List.of("ai", "bot", "channel")) {
            made("/api/v1/agents", Map.of("kind", kind, "name", "Robô"));
        }
        assertThat(api.get("/api/v1/agents?kind=bot").json().path("items")).hasSize(1);
        var first = api.get("/api/v1/agents?limit=2").json();
        assertThat(api.get("/api/v1/agents?limit=2&cursor=" + first.path("nextCursor").asString()).json().path("items")).hasSize(1);
    }

    @Test
    void aMemberSaysWhetherTheyAreThere() {
        assertThat(owner.get("/api/v1/agents/me").status()).isEqualTo(404);
        var agent = made("/api/v1/agents", Map.of("kind", "human", "userId", opened.owner().value()));
        var online = owner.post("/api/v1/agents/me/availability", Map.of("availability", "online"));
        assertThat(online.json().path("availability").asString()).isEqualTo("online");
        assertThat(online.json().path("lastSeenAt").isString()).isTrue();
        assertThat(owner.post("/api/v1/agents/me/seen", Map.of()).status()).isEqualTo(204);
        assertThat(owner.get("/api/v1/agents/me").json().path("version")).isEqualTo(online.json().path("version"));
        assertThat(owner.post("/api/v1/agents/me/availability", Map.of("availability", "asleep")).status()).isEqualTo(422);
        assertThat(events(agent)).containsExactly("agent.created", "agent.availability_changed");
    }

    @Test
    void whoGivesNoSignOfLifeIsOffline() {
        var agent = made("/api/v1/agents", Map.of("kind", "human", "userId", opened.owner().value()));
        owner.post("/api/v1/agents/me/availability", Map.of("availability", "away"));
        var id = new AgentId(id(agent));
        var later = Instant.now().plus(KeepAgents.UNSEEN);
        assertThat(unseen.since(later, 10_000)).contains(new UnseenAgents.Unseen(opened.tenant(), id));
        miss(id, Instant.now());
        assertThat(owner.get("/api/v1/agents/me").json().path("availability").asString()).isEqualTo("away");
        miss(id, later);
        assertThat(owner.get("/api/v1/agents/me").json().path("availability").asString()).isEqualTo("offline");
    }

    @Test
    void whoMayNotSignInAnyMoreIsOfflineAtOnce() {
        var email = Uuids.v7() + "@exemplo.com.br";
        var member = made("/api/v1/members", Map.of("name", "Beto", "email", email, "role", "agent", "password", PASSWORD));
        var agent = made("/api/v1/agents", Map.of("kind", "human", "userId", id(member)));
        api.post("/api/v1/agents/" + id(agent) + "/availability", Map.of("availability", "online"));
        assertThat(owner.post("/api/v1/members/" + id(member) + "/deactivate", Map.of()).status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(30)).until(() ->
                api.get("/api/v1/agents/" + id(agent)).json().path("availability").asString().equals("offline"));
    }

    @Test
    void whoIsDeactivatedIsNoAgentAndIsNotThere() {
        var member = made("/api/v1/members", Map.of("name", "Beto", "email", Uuids.v7() + "@exemplo.com.br", "role", "agent",
                "password", PASSWORD));
        var other = made("/api/v1/members", Map.of("name", "Caio", "email", Uuids.v7() + "@exemplo.com.br", "role", "agent",
                "password", PASSWORD));
        var agent = made("/api/v1/agents", Map.of("kind", "human", "userId", id(member)));
        List.of(member, other).forEach(one -> owner.post("/api/v1/members/" + id(one) + "/deactivate", Map.of()));
        assertThat(api.post("/api/v1/agents", Map.of("kind", "human", "userId", id(other))).code()).isEqualTo("member_inactive");
        var path = "/api/v1/agents/" + id(agent) + "/availability";
        for (var said : List.of("online", "away")) {
            assertThat(api.post(path, Map.of("availability", said)).code()).isEqualTo("member_inactive");
        }
        assertThat(api.post(path, Map.of("availability", "offline")).status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(30)).until(() -> events(agent).contains("agent.left"));
        owner.post("/api/v1/members/" + id(member) + "/reactivate", Map.of());
        assertThat(api.post(path, Map.of("availability", "online")).status()).isEqualTo(200);
    }

    @Test
    void aChangeNeedsTheVersionThatWasSeen() {
        var agent = made("/api/v1/agents", Map.of("kind", "bot", "name", "Robô"));
        var path = "/api/v1/agents/" + id(agent);
        assertThat(api.patch(path, Map.of("capacity", 3)).status()).isEqualTo(428);
        assertThat(api.with("If-Match", agent.header("ETag").orElseThrow()).patch(path, Map.of("capacity", 3)).json()
                .path("capacity").asInt()).isEqualTo(3);
        assertThat(api.with("If-Match", agent.header("ETag").orElseThrow()).patch(path, Map.of("capacity", 4)).status())
                .isEqualTo(412);
    }

    @Test
    void anArchivedAgentIsOfflineAndStaysSoUntilRestored() {
        var agent = made("/api/v1/agents", Map.of("kind", "bot", "name", "Robô"));
        var path = "/api/v1/agents/" + id(agent);
        api.post(path + "/availability", Map.of("availability", "online"));
        assertThat(api.delete(path).status()).isEqualTo(204);
        assertThat(api.delete(path).status()).isEqualTo(204);
        assertThat(api.get(path).json().path("availability").asString()).isEqualTo("offline");
        assertThat(api.post(path + "/availability", Map.of("availability", "online")).code()).isEqualTo("agent_archived");
        assertThat(api.get("/api/v1/agents").json().path("items")).isEmpty();
        assertThat(api.get("/api/v1/agents?archived=true").json().path("items")).hasSize(1);
        assertThat(api.post(path + "/restore", Map.of()).json().path("archived").asBoolean()).isFalse();
        assertThat(events(agent)).containsExactly("agent.created", "agent.availability_changed",
                "agent.availability_changed", "agent.archived", "agent.restored");
    }

    @Test
    void aTeamHasItsAgentsOnceEach() {
        var agent = id(made("/api/v1/agents", Map.of("kind", "bot", "name", "Robô")));
        var team = made("/api/v1/teams", Map.of("name", "Vendas"));
        var path = "/api/v1/teams/" + id(team);
        api.post(path + "/agents", Map.of("agentId", agent));
        assertThat(api.post(path + "/agents", Map.of("agentId", agent)).json().path("agentIds")).hasSize(1);
        assertThat(api.get("/api/v1/agents?teamId=" + id(team)).json().path("items")).hasSize(1);
        assertThat(api.post(path + "/agents", Map.of("agentId", Uuids.v7())).status()).isEqualTo(422);
        assertThat(api.delete(path + "/agents/" + agent).json().path("agentIds")).isEmpty();
        assertThat(api.delete(path).status()).isEqualTo(204);
        assertThat(api.post(path + "/agents", Map.of("agentId", agent)).code()).isEqualTo("team_archived");
        assertThat(events(team)).containsExactly("team.created", "team.agent_added", "team.agent_removed", "team.archived");
    }

    @Test
    void hoursSayWhoIsAtWork() {
        var hours = made("/api/v1/business-hours", shop());
        assertThat(api.get("/api/v1/business-hours/" + id(hours) + "/open?at=2026-03-02T12:00:00Z").json().path("open").asBoolean())
                .isTrue();
        var closed = api.get("/api/v1/business-hours/" + id(hours) + "/open?at=2026-12-25T15:00:00Z").json();
        assertThat(closed.path("open").asBoolean()).isFalse();
        assertThat(closed.path("nextChange").asString()).isEqualTo("2026-12-28T12:00:00Z");

        var bot = id(made("/api/v1/agents", Map.of("kind", "bot", "name", "Robô")));
        var clerk = id(made("/api/v1/agents", Map.of("kind", "bot", "name", "Balcão", "hoursId", id(hours), "capacity", 2)));
        var team = id(made("/api/v1/teams", Map.of("name", "Vendas", "hoursId", id(hours))));
        for (var agent : List.of(bot, clerk)) {
            api.post("/api/v1/agents/" + agent + "/availability", Map.of("availability", "online"));
            api.post("/api/v1/teams/" + team + "/agents", Map.of("agentId", agent));
        }
        assertThat(atWork("2026-03-02T12:00:00Z")).containsExactlyInAnyOrder(
                new AgentsAtWork.AtWork(new AgentId(bot), KeepAgents.USUAL_CAPACITY, java.util.Set.of(new TeamId(team))),
                new AgentsAtWork.AtWork(new AgentId(clerk), 2, java.util.Set.of(new TeamId(team))));
        assertThat(atWork("2026-03-02T02:00:00Z")).containsExactly(
                new AgentsAtWork.AtWork(new AgentId(bot), KeepAgents.USUAL_CAPACITY, java.util.Set.of()));
        assertThat(api.delete("/api/v1/business-hours/" + id(hours)).code()).isEqualTo("hours_in_use");
    }

    @Test
    void hoursAreChangedAndDeleted() {
        var hours = made("/api/v1/business-hours", shop());
        var path = "/api/v1/business-hours/" + id(hours);
        assertThat(api.patch(path, Map.of("name", "Loja")).status()).isEqualTo(428);
        var changed = api.with("If-Match", hours.header("ETag").orElseThrow()).patch(path, Map.of("timeZone", "Europe/Lisbon"));
        assertThat(changed.json().path("timeZone").asString()).isEqualTo("Europe/Lisbon");
        assertThat(changed.json().path("holidays")).hasSize(1);
        for (var wrong : List.of(Map.of("timeZone", "Mars/Olympus"), Map.of("week", List.of(Map.of("day", "monday"))),
                Map.of("week", List.of(Map.of("day", "lunes", "from", "09:00", "to", "10:00"))),
                Map.of("holidays", List.of(Map.of("date", "2026-02-30", "name", "x"))))) {
            assertThat(api.with("If-Match", changed.header("ETag").orElseThrow()).patch(path, wrong).status())
                    .as(wrong.toString()).isEqualTo(422);
        }
        assertThat(api.delete(path).status()).isEqualTo(204);
        assertThat(api.get(path).status()).isEqualTo(404);
        assertThat(events(hours)).containsExactly("business_hours.created", "business_hours.updated", "business_hours.deleted");
    }

    @Test
    void anotherCompanySeesNothingOfIt() {
        var agent = made("/api/v1/agents", Map.of("kind", "bot", "name", "Robô"));
        var other = openTenant.handle(new OpenTenant.Command("Bar", "Caio", Uuids.v7() + "@exemplo.com.br", PASSWORD));
        var stranger = Api.anonymous(port).as(TestCallers.mayAll(other.tenant()));
        assertThat(stranger.get("/api/v1/agents/" + id(agent)).status()).isEqualTo(404);
        assertThat(stranger.post("/api/v1/agents/" + id(agent) + "/availability", Map.of("availability", "online")).status())
                .isEqualTo(404);
        assertThat(stranger.get("/api/v1/agents").json().path("items")).isEmpty();
    }

    private static Map<String, Object> shop() {
        var week = new java.util.ArrayList<Map<String, String>>();
        for (var day : List.of("monday", "tuesday", "wednesday", "thursday", "friday")) {
            week.add(Map.of("day", day, "from", "09:00", "to", "18:00"));
        }
        var shop = new HashMap<String, Object>();
        shop.put("name", "Loja");
        shop.put("timeZone", "America/Sao_Paulo");
        shop.put("week", week);
        shop.put("holidays", List.of(Map.of("date", "2026-12-25", "name", "Natal")));
        return shop;
    }

    private Api.Answer made(String path, Map<String, ?> body) {
        var made = api.post(path, body);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made;
    }

    private void miss(AgentId agent, Instant now) {
        Cause.outside(Actor.system("test")).run(() -> Tenancy.run(opened.tenant(), () -> keepAgents.miss(agent, now)));
    }

    private List<AgentsAtWork.AtWork> atWork(String at) {
        return Tenancy.call(opened.tenant(), () -> atWork.now(Instant.parse(at)));
    }

    private static UUID id(Api.Answer answer) {
        return UUID.fromString(answer.json().path("id").asString());
    }

    private List<String> events(Api.Answer answer) {
        return Tenancy.call(opened.tenant(), () -> transaction.execute(_ -> db.sql(
                "select type from domain_event_logs where aggregate_id = :id order by position").param("id", id(answer))
                .query(String.class).list()));
    }
}
