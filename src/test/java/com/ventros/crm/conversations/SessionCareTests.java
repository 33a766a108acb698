package com.ventros.crm.conversations;

import static com.ventros.crm.conversations.Facts.chat;
import static com.ventros.crm.conversations.Facts.echo;
import static com.ventros.crm.conversations.Facts.phone;
import static com.ventros.crm.conversations.Facts.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.conversations.ChannelProfiles.ChannelProfile;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@DatabaseTest
class SessionCareTests {

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    ReceiveMessages receiveMessages;

    @Autowired
    SessionDeadlines deadlines;

    @Autowired
    ChannelProfiles channelProfiles;

    private final ChannelId channel = ChannelId.create();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final ChatAddress ana = chat(phone("553198000120"));
    private TestTenant tenant;
    private Api api;

    @BeforeEach
    void aShop() {
        tenant = TestTenant.create(db, transaction);
        api = Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant()));
        Tenancy.run(tenant.tenant(), () ->
                channelProfiles.save(new ChannelProfile(channel, tenant.project(), "Vendas", Optional.of(30))));
    }

    @Test
    void aSessionTellsHowLongItsCustomerWaited() {
        receive(text(ana, "A1", now.minusSeconds(600), "Oi"), text(ana, "A2", now.minusSeconds(580), "Alguém?"),
                echo(ana, "R1", now.minusSeconds(570), true, "Olá! Sou um robô.", AckLevel.SERVER),
                echo(ana, "P1", now.minusSeconds(480), false, "Oi, Ana", AckLevel.SERVER),
                text(ana, "A3", now.minusSeconds(60), "Obrigada"));
        var session = session();
        assertThat(session.path("counts").path("inbound").asInt()).isEqualTo(3);
        assertThat(session.path("counts").path("outbound").asInt()).isEqualTo(2);
        var waits = session.path("waits");
        assertThat(waits.path("firstResponseMillis").asLong()).isEqualTo(120_000);
        assertThat(waits.path("answers").asInt()).isOne();
        assertThat(waits.path("waitingSince").asString()).isEqualTo(now.minusSeconds(60).toString());

        receive(echo(ana, "P0", now.minusSeconds(590), false, "(chegou tarde)", AckLevel.SERVER));
        assertThat(session().path("waits").path("firstResponseMillis").asLong()).isEqualTo(10_000);
        assertThat(session().path("waits").path("longestMillis").asLong()).isEqualTo(100_000);

        api.post("/api/v1/messages", Map.of("chatId", session.path("chatId").asString(), "text", "Por nada!"));
        assertThat(session().path("waits").path("answers").asInt()).isEqualTo(3);
        assertThat(session().path("waits").path("waitingSince").isNull()).isTrue();
    }

    @Test
    void aSessionIsGivenHandedOnAndTakenAway() {
        receive(text(ana, "A1", now, "Oi"));
        var beto = agent("Beto");
        var caio = agent("Caio");
        var team = id(api.post("/api/v1/teams", Map.of("name", "Suporte")));
        assertThat(did("assign", Map.of("agentId", beto)).json().path("agentId").asString()).isEqualTo(beto.toString());
        assertThat(did("transfer", Map.of("agentId", beto)).code()).isEqualTo("same_assignee");
        assertThat(did("transfer", Map.of("agentId", caio, "teamId", team)).status()).isEqualTo(422);
        assertThat(did("transfer", Map.of("agentId", caio, "note", "Sabe mais")).json().path("agentId").asString())
                .isEqualTo(caio.toString());
        var withTeam = did("transfer", Map.of("teamId", team)).json();
        assertThat(withTeam.path("agentId").isNull()).isTrue();
        assertThat(withTeam.path("teamId").asString()).isEqualTo(team.toString());
        did("assign", Map.of("agentId", beto, "teamId", team));
        assertThat(did("assign", Map.of()).json().path("teamId").isNull()).isTrue();
        var history = api.get(path() + "/assignments").json().path("items");
        assertThat(history).hasSize(5);
        assertThat(history.get(3).path("note").asString()).isEqualTo("Sabe mais");
        assertThat(events()).containsExactly("session.started", "session.agent_assigned", "session.transferred",
                "session.transferred", "session.agent_assigned", "session.unassigned");
    }

    @Test
    void whoIsUnknownOrGoneIsGivenNothing() {
        receive(text(ana, "A1", now, "Oi"));
        assertThat(did("assign", Map.of("agentId", Uuids.v7())).status()).isEqualTo(422);
        var beto = agent("Beto");
        api.delete("/api/v1/agents/" + beto);
        assertThat(did("assign", Map.of("agentId", beto)).code()).isEqualTo("agent_archived");
        assertThat(did("transfer", Map.of("teamId", Uuids.v7())).status()).isEqualTo(422);
    }

    @Test
    void whatAPersonOverwritesIsWhatTheySawThoughMessagesComeMeanwhile() {
        receive(text(ana, "A1", now.minusSeconds(5), "Oi"));
        var seen = api.get(path()).header("ETag").orElseThrow();
        receive(text(ana, "A2", now, "Alguém?"));
        var beto = Map.of("agentId", agent("Beto"));
        assertThat(api.post(path() + "/assign", beto).status()).isEqualTo(428);
        assertThat(api.with("If-Match", seen).post(path() + "/assign", beto).status()).isEqualTo(200);
        assertThat(api.with("If-Match", seen).post(path() + "/assign", Map.of("agentId", agent("Caio"))).status()).isEqualTo(412);
    }

    @Test
    void urgencyRisesAndFalls() {
        receive(text(ana, "A1", now, "Oi"));
        assertThat(did("priority", Map.of("priority", "urgent", "reason", "Cliente antiga")).json().path("priority").asString())
                .isEqualTo("urgent");
        did("priority", Map.of("priority", "low"));
        assertThat(did("priority", Map.of("priority", "panic")).status()).isEqualTo(422);
        assertThat(events()).containsExactly("session.started", "session.escalated", "session.priority_lowered");
        assertThat(api.get("/api/v1/sessions?priority=low").json().path("items")).hasSize(1);
        assertThat(api.get("/api/v1/sessions?priority=high").json().path("items")).isEmpty();
    }

    @Test
    void aResolvedSessionIsOverUntilItIsReopened() {
        receive(text(ana, "A1", now.minusSeconds(60), "Oi"));
        var resolved = did("resolve", Map.of("outcomes", List.of("Venda", "venda ", "pix")));
        assertThat(resolved.json().path("endReason").asString()).isEqualTo("resolved");
        assertThat(resolved.json().path("outcomes").toString()).isEqualTo("[\"pix\",\"venda\"]");
        assertThat(did("resolve", Map.of()).code()).isEqualTo("session_ended");
        assertThat(did("assign", Map.of("agentId", agent("Beto"))).code()).isEqualTo("session_ended");
        assertThat(did("escalate", Map.of()).code()).isEqualTo("session_ended");
        var reopened = did("reopen", Map.of()).json();
        assertThat(reopened.path("status").asString()).isEqualTo("open");
        assertThat(Instant.parse(reopened.path("deadline").asString())).isAfter(now.plus(Duration.ofMinutes(29)));
        assertThat(did("reopen", Map.of()).code()).isEqualTo("session_open");
        assertThat(did("resolve", Map.of("reason", "closed")).json().path("endReason").asString()).isEqualTo("closed");
        assertThat(events()).containsExactly("session.started", "session.ended", "session.outcomes_set", "session.resolved",
                "session.reopened", "session.ended");
    }

    @Test
    void aSessionTellsWhatItLedToAndIsCorrected() {
        receive(text(ana, "A1", now.minusSeconds(60), "Oi"));
        var sold = did("convert", Map.of("outcome", "Venda", "value", Map.of("amount", 129900, "currency", "BRL"))).json();
        assertThat(sold.path("outcomes").toString()).isEqualTo("[\"venda\"]");
        assertThat(sold.path("conversion").path("value").path("amount").asLong()).isEqualTo(129900);
        did("convert", Map.of("outcome", "Venda", "value", Map.of("amount", 129900, "currency", "BRL")));
        did("resolve", Map.of());
        var corrected = did("convert", Map.of("outcome", "Venda")).json().path("conversion");
        assertThat(corrected.path("value").isNull()).isTrue();
        assertThat(corrected.path("at")).isEqualTo(sold.path("conversion").path("at"));
        assertThat(outcomes(List.of("pix", " ")).json().path("errors").get(0).path("field").asString()).isEqualTo("outcomes");
        assertThat(did("convert", Map.of("outcome", " ")).json().path("errors").get(0).path("field").asString()).isEqualTo("outcome");
        for (var wrong : List.<Map<String, ?>>of(Map.of(), Map.of("outcome", " "), Map.of("outcome", "x", "value", Map.of("amount", -1, "currency", "BRL")),
                Map.of("outcome", "x", "value", Map.of("amount", 1, "currency", "real")), Map.of("outcome", "x", "value", Map.of("amount", 1, "currency", "XAU")))) {
            assertThat(did("convert", wrong).status()).as(wrong.toString()).isEqualTo(422);
        }
        assertThat(events()).containsExactly("session.started", "session.converted", "session.ended", "session.resolved", "session.converted");
    }

    @Test
    void whatASessionWasConvertedToStaysAmongItsOutcomes() {
        receive(text(ana, "A1", now.minusSeconds(60), "Oi"));
        did("convert", Map.of("outcome", "Venda"));
        assertThat(outcomes(List.of()).json().path("outcomes").toString()).isEqualTo("[\"venda\"]");
        assertThat(outcomes(List.of("pix")).json().path("outcomes").toString()).isEqualTo("[\"pix\",\"venda\"]");
        assertThat(outcomes(IntStream.range(0, 20).mapToObj(i -> "o" + i).toList()).status()).isEqualTo(422);
        did("convert", Map.of("outcome", "Troca"));
        assertThat(outcomes(List.of()).json().path("outcomes").toString()).isEqualTo("[\"troca\"]");
        assertThat(did("resolve", Map.of("outcomes", List.of("pix"))).json().path("outcomes").toString()).isEqualTo("[\"pix\",\"troca\"]");
    }

    @Test
    void aSummaryTellsWhatWasAskedAndHowItWentOut() {
        receive(text(ana, "A1", now.minusSeconds(60), "Oi"), text(ana, "A2", now.minusSeconds(50), "Vocês abrem hoje?"));
        receive(echo(ana, "A3", now.minusSeconds(40), false, "Abrimos às 9", AckLevel.SERVER));
        var summary = api.get(path() + "/summary").json();
        assertThat(summary.path("by").asString()).isEqualTo("rules");
        assertThat(summary.path("firstQuestion").path("text").asString()).isEqualTo("Vocês abrem hoje?");
        assertThat(summary.path("lastMessage").path("text").asString()).isEqualTo("Abrimos às 9");
        assertThat(summary.path("durationMillis").asLong()).isEqualTo(20_000);
        assertThat(summary.path("waits").path("firstResponseMillis").asLong()).isEqualTo(20_000);
        assertThat(summary.path("counts").path("messages").asInt()).isEqualTo(3);
    }

    @Test
    void whatIsReopenedLongAfterItsSilenceTakesWhatIsSaidNext() {
        receive(text(ana, "A1", now.minus(Duration.ofHours(3)), "Oi"));
        assertThat(session().path("endReason").asString()).isEqualTo("silence");
        did("reopen", Map.of());
        receive(text(ana, "A2", now.plusSeconds(1), "Voltei"));
        assertThat(reopenings()).containsExactly("PERSON");
        assertThat(api.get("/api/v1/sessions").json().path("items")).hasSize(1);
        assertThat(session().path("counts").path("messages").asInt()).isEqualTo(2);
        assertThat(session().path("status").asString()).isEqualTo("open");
        var id = new SessionId(UUID.fromString(session().path("id").asString()));
        var deadline = Instant.parse(session().path("deadline").asString());
        Facts.CAUSE.run(() -> Tenancy.run(tenant.tenant(), () -> deadlines.endIfSilent(id, deadline)));
        assertThat(session().path("endReason").asString()).isEqualTo("silence");
        receive(text(ana, "A3", now.plusSeconds(2), "(chegou tarde)"));
        assertThat(reopenings()).containsExactly("PERSON", "LATE_MESSAGE");
    }

    @Test
    void onlyTheNewestSessionIsReopened() {
        receive(text(ana, "A1", now.minus(Duration.ofHours(3)), "Oi"));
        var old = api.get(path());
        receive(text(ana, "A2", now, "Voltei"));
        assertThat(api.with("If-Match", old.header("ETag").orElseThrow())
                .post("/api/v1/sessions/" + id(old) + "/reopen", Map.of()).code()).isEqualTo("session_not_newest");
    }

    @Test
    void sessionsAreFoundByWhoHasThemAndWhoWaits() {
        for (int i = 0; i < 5; i++) receive(text(chat(phone("55319800013" + i)), "M" + i, now.minusSeconds(i), "Oi"));
        var beto = agent("Beto");
        did("assign", Map.of("agentId", beto));
        assertThat(found("agentId=" + beto)).isEqualTo(1);
        assertThat(found("assigned=false&status=open&waiting=true&channelId=" + channel)).isEqualTo(4);
        assertThat(found("status=ended")).isZero();
        assertThat(found("from=" + now.minusSeconds(2) + "&to=" + now)).isEqualTo(2);
        var one = api.get("/api/v1/sessions?limit=3").json();
        var two = api.get("/api/v1/sessions?limit=3&cursor=" + one.path("nextCursor").asString()).json();
        assertThat(two.path("items")).hasSize(2);
        assertThat(api.get("/api/v1/sessions?status=asleep").status()).isEqualTo(422);
    }

    @Test
    void anotherCompanyTouchesNothingOfIt() {
        receive(text(ana, "A1", now, "Oi"));
        var path = path();
        var stranger = Api.anonymous(port).as(TestCallers.mayAll(TestTenant.create(db, transaction).tenant()));
        assertThat(stranger.get(path).status()).isEqualTo(404);
        assertThat(stranger.with("If-Match", "\"1\"").post(path + "/resolve", Map.of()).status()).isEqualTo(404);
        assertThat(stranger.with("If-Match", "\"1\"").post(path + "/escalate", Map.of()).status()).isEqualTo(404);
    }

    /**
     * People do whatever they like while messages come early, late and out of order, and silence ends what it ends. The
     * database refuses whatever would break a rule, so an answer of 5xx is a failure; and what is counted is compared with
     * the messages themselves, by another reckoning than the program's.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void nothingThatPeopleDoBreaksTheRules(long seed) {
        var random = new Random(seed);
        var agents = List.of(agent("Beto"), agent("Caio"), agent("Duda"));
        var team = id(api.post("/api/v1/teams", Map.of("name", "Suporte")));
        var done = new HashMap<String, Integer>();
        for (int step = 0; step < 150; step++) {
            var who = chat(phone("55319800014" + random.nextInt(3)));
            var at = now.minus(Duration.ofMinutes(random.nextInt(random.nextBoolean() ? 25 : 240))).plusSeconds(random.nextInt(2));
            var word = "S" + step;
            switch (random.nextInt(9)) {
                case 0, 1, 2 -> receive(text(who, word, at, word));
                case 3 -> receive(echo(who, word, at, random.nextBoolean(), word, AckLevel.SERVER));
                case 4 -> {
                    receive(new Incoming.Waiting(who, word, at, true));
                    if (random.nextBoolean()) receive(echo(who, word, at, random.nextBoolean(), word, AckLevel.SERVER));
                }
                default -> {
                    var known = api.get("/api/v1/sessions?limit=100" + (random.nextBoolean() ? "&status=open" : "")).json()
                            .path("items");
                    if (known.isEmpty()) continue;
                    var one = known.get(random.nextInt(known.size()));
                    var act = List.of("assign", "transfer", "priority", "resolve", "reopen").get(random.nextInt(5));
                    var body = switch (act) {
                        case "assign" -> random.nextBoolean() ? Map.of("agentId", agents.get(random.nextInt(3)), "teamId", team) : Map.of();
                        case "transfer" -> random.nextBoolean() ? Map.of("agentId", agents.get(random.nextInt(3))) : Map.of("teamId", team);
                        case "priority" -> Map.of("priority", List.of("low", "normal", "high", "urgent").get(random.nextInt(4)));
                        case "resolve" -> Map.of("outcomes", List.of("o" + random.nextInt(3)));
                        default -> Map.of();
                    };
                    var answer = api.with("If-Match", "\"" + one.path("version").asLong() + "\"")
                            .post("/api/v1/sessions/" + one.path("id").asString() + "/" + act, body);
                    assertThat(answer.status()).as("seed %d step %d: %s", seed, step, answer).isIn(200, 409);
                    done.merge(act + answer.status(), 1, Integer::sum);
                    if (answer.status() == 200 && act.equals("resolve")) {
                        assertThat(answer.json().path("status").asString()).isEqualTo("ended");
                    }
                    if (answer.status() == 200 && act.equals("reopen")) {
                        assertThat(answer.json().path("status").asString()).isEqualTo("open");
                    }
                }
            }
            assertThat(miscounted()).as("seed %d step %d", seed, step).isEmpty();
        }
        assertThat(done).containsKeys("assign200", "transfer200", "priority200", "resolve200", "reopen200");
    }

    /** Sessions whose figures are not what their messages say, reckoned in SQL. */
    private List<String> miscounted() {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> db.sql("""
                with said as (
                    select session_id, sent_at, direction, case when direction = 'INBOUND' then 0
                           when source = 'PHONE' or source = 'CRM' and author_user_id is not null then 1 end as who
                      from message where session_id is not null),
                wait as (
                    select i.session_id, i.sent_at,
                           (select min(o.sent_at) from said o where o.session_id = i.session_id and o.who = 1
                               and o.sent_at >= i.sent_at) as answered_at,
                           exists (select from said b where b.session_id = i.session_id and b.who = 0
                              and b.sent_at < i.sent_at
                              and not exists (select from said o where o.session_id = i.session_id and o.who = 1
                                                 and o.sent_at >= b.sent_at and o.sent_at < i.sent_at)) as goes_on
                      from (select distinct session_id, sent_at from said where who = 0) i),
                waits as (
                    select session_id, min(sent_at) as first_inbound_at, min(answered_at) as first_response_at,
                           min(sent_at) filter (where answered_at is null) as waiting_since, count(answered_at) as answers,
                           coalesce(sum(floor(extract(epoch from answered_at - sent_at) * 1000)), 0) as waited
                      from wait where not goes_on group by session_id),
                counts as (
                    select session_id, count(*) as messages, count(*) filter (where direction = 'INBOUND') as inbound,
                           min(sent_at) as first, max(sent_at) as last
                      from said group by session_id)
                select s.id || ': ' || row(s.message_count, s.inbound_count, s.first_response_at, s.waiting_since, s.answers,
                           s.waited_millis)::text || ' but '
                           || row(c.messages, c.inbound, w.first_response_at, w.waiting_since, w.answers, w.waited)::text
                  from session s left join counts c on c.session_id = s.id left join waits w on w.session_id = s.id
                 where (s.message_count, s.inbound_count, s.started_at, s.last_message_at, s.first_inbound_at,
                        s.first_response_at, s.waiting_since, s.answers, s.waited_millis)
                       is distinct from
                       (c.messages, c.inbound, c.first, c.last, w.first_inbound_at, w.first_response_at, w.waiting_since,
                        coalesce(w.answers, 0), coalesce(w.waited, 0))
                """).query(String.class).list()));
    }

    /** Does it to the newest session as it is now. */
    private Api.Answer did(String what, Map<String, ?> body) {
        var seen = api.get(path());
        return api.with("If-Match", seen.header("ETag").orElseThrow()).post(path() + "/" + what, body);
    }

    private Api.Answer outcomes(List<String> said) {
        return api.with("If-Match", api.get(path()).header("ETag").orElseThrow()).patch(path(), Map.of("outcomes", said));
    }

    private UUID agent(String name) {
        return id(api.post("/api/v1/agents", Map.of("kind", "bot", "name", name)));
    }

    private int found(String query) {
        return api.get("/api/v1/sessions?" + query).json().path("items").size();
    }

    private JsonNode session() {
        return api.get("/api/v1/sessions?limit=1").json().path("items").get(0);
    }

    private String path() {
        return "/api/v1/sessions/" + session().path("id").asString();
    }

    private static UUID id(Api.Answer answer) {
        return UUID.fromString(answer.json().path("id").asString());
    }

    private List<String> events() {
        var types = new ArrayList<String>();
        Tenancy.run(tenant.tenant(), () -> transaction.executeWithoutResult(_ -> types.addAll(db.sql("""
                select type from domain_event_logs where aggregate_type = 'session' order by position
                """).query(String.class).list())));
        return types;
    }

    private List<String> reopenings() {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> db.sql(
                "select data ->> 'reason' from domain_event_logs where type = 'session.reopened' order by position")
                .query(String.class).list()));
    }

    private void receive(Incoming... incoming) {
        Tenancy.run(tenant.tenant(), () -> receiveMessages.handle(
                List.of(incoming).stream().map(one -> Facts.received(tenant, channel, one)).toList()));
    }
}
