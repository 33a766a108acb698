package com.ventros.crm.conversations;

import static com.ventros.crm.conversations.Facts.chat;
import static com.ventros.crm.conversations.Facts.echo;
import static com.ventros.crm.conversations.Facts.phone;
import static com.ventros.crm.conversations.Facts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.conversations.ChannelProfiles.ChannelProfile;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.Replays;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Figures that are kept while things happen: what happened, and what a rebuild says. */
@DatabaseTest
class FiguresTests {

    /** Generous: two cores may be busy with others. */
    private static final Duration SOON = Duration.ofSeconds(90);

    private static final List<String> MODELS = List.of("message-figures", "session-figures", "assignment-figures");

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
    Replays replays;

    private final ChannelId channel = ChannelId.create();
    private TestTenant tenant;
    private Api api;

    @BeforeEach
    void aTenant() {
        tenant = TestTenant.create(db, transaction);
        api = Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant()));
        Tenancy.run(tenant.tenant(), () -> channelProfiles.save(new ChannelProfile(channel, tenant.project(), "Vendas", Optional.of(30))));
    }

    /** People who write and are answered, some of it late, twice, or in the middle of what was there. */
    @Test
    void afterAnyHistoryFiguresAreWhatHappenedAndARebuildSaysTheSame() {
        var random = new Random(20261126);
        var begin = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(3));
        var facts = new ArrayList<Incoming.Message>();
        for (var n = 0; n < 100; n++) {
            var who = chat(phone("55119980002" + (10 + random.nextInt(7))));
            var at = begin.plusSeconds(random.nextInt(250_000));
            facts.add(random.nextInt(3) > 0 ? text(who, "M" + n, at, "texto " + n) : echo(who, "M" + n, at, false, "resposta " + n, AckLevel.SERVER));
            if (random.nextInt(4) == 0) facts.add(facts.get(random.nextInt(facts.size())));
        }
        for (var at = 0; at < facts.size(); at += 9) receive(facts.subList(at, Math.min(facts.size(), at + 9)));
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        receive(List.of(text(chat(phone("5511998000210")), "N1", now, "Oi"), text(chat(phone("5511998000211")), "N2", now, "Oi")));
        var open = api.get("/api/v1/sessions?status=open").json().path("items");
        open.valueStream().limit(2).forEach(one -> api.with("If-Match", "\"" + one.path("version").asLong() + "\"")
                .post("/api/v1/sessions/" + one.path("id").asString() + "/resolve", Map.of()));
        await().atMost(SOON).until(this::allIsHeard);

        assertThat(all("select sum(inbound) || ' ' || sum(outbound) from report_volume")).isEqualTo(all("""
                select count(*) filter (where direction = 'INBOUND') || ' ' || count(*) filter (where direction = 'OUTBOUND') from message
                """));
        assertThat(all("select session_id::text from report_session where not gone order by 1")).isEqualTo(all("select id::text from session order by 1"));
        assertThat(all("select count(distinct contact_id)::text from report_contact")).isEqualTo(all("select count(distinct contact_id)::text from chat"));

        var live = figures();
        assertThat(live).hasSizeGreaterThan(20);
        assertThat(all("select count(*)::text from report_session where resolved")).isEqualTo(List.of("2"));
        MODELS.forEach(this::rebuild);
        assertThat(figures()).isEqualTo(live);
        MODELS.forEach(this::rebuild);
        assertThat(figures()).as("once more, over what the first left").isEqualTo(live);

        api.get("/api/v1/contacts").json().path("items").forEach(one -> assertThat(api.post("/api/v1/contact-erasures", Map.of("contactId", one.path("id").asString())).status())
                .isEqualTo(201));
        MODELS.forEach(this::rebuild);
        assertThat(figures()).as("of people who were erased").isEqualTo(live);
    }

    @Test
    void reportsArePutTogetherInTheProjectsTimeZone() {
        var ana = chat(phone("5511998000231"));
        var bia = chat(phone("5511998000232"));
        // In São Paulo it is half past eleven on the last evening of February.
        var night = Instant.parse("2026-03-01T02:30:00Z");
        var noon = Instant.parse("2026-03-02T15:00:00Z");
        receive(List.of(text(ana, "A1", night, "Oi"), echo(ana, "A2", night.plusSeconds(60), false, "Olá", AckLevel.SERVER),
                text(bia, "B1", noon, "Oi"), echo(bia, "B2", noon.plusSeconds(180), false, "Olá", AckLevel.SERVER),
                text(ana, "A3", noon.plusSeconds(600), "Oi de novo")));
        await().atMost(SOON).until(this::allIsHeard);

        var usage = items("/usage?from=2026-02&to=2026-03");
        assertThat(usage.stream().map(one -> one.path("month").asString() + " " + one.path("inbound").asInt() + " " + one.path("outbound").asInt()
                + " " + one.path("activeContacts").asInt() + " " + one.path("sessions").asInt())).containsExactly("2026-02 1 1 1 1", "2026-03 2 1 2 2");
        assertThat(usage.getFirst().path("channelId").asString()).isEqualTo(channel.toString());

        var window = "from=2026-02-01&to=2026-03-31";
        var days = items("/figures?" + window);
        assertThat(days.stream().map(one -> one.path("day").asString() + " " + one.path("inbound").asInt() + " " + one.path("sessions").asInt()
                + " " + one.path("ended").asInt() + " " + one.path("averageFirstResponseMillis").asInt()))
                .containsExactly("2026-02-28 1 1 1 60000", "2026-03-02 2 2 2 180000");
        assertThat(items("/figures?groupBy=hour&" + window).stream().map(one -> one.path("hour").asInt() + " " + one.path("outbound").asInt()))
                .containsExactly("12 1", "23 1");
        var byChannel = items("/figures?groupBy=channel&" + window);
        assertThat(byChannel).hasSize(1);
        assertThat(byChannel.getFirst().path("firstResponses").asInt()).isEqualTo(2);
        assertThat(byChannel.getFirst().path("medianFirstResponseMillis").asInt()).isEqualTo(120_000);
        var byAgent = items("/figures?groupBy=agent&" + window);
        assertThat(byAgent).hasSize(1);
        assertThat(byAgent.getFirst().path("agentId").isNull()).as("nobody had them").isTrue();
        assertThat(byAgent.getFirst().path("inbound").isNull()).as("messages belong to no agent").isTrue();
        assertThat(byAgent.getFirst().path("activity").path("messagesSent").asInt()).as("somebody at the phone is no agent").isZero();
        assertThat(byChannel.getFirst().path("activity").isNull()).isTrue();
        assertThat(items("/figures?" + window + "&channelId=" + ChannelId.create())).isEmpty();
        for (var wrong : List.of("/figures?from=2026-03-02&to=2026-03-01", "/figures?from=2024-01-01&to=2026-01-01", "/figures?groupBy=mood",
                "/figures?from=ontem", "/usage?from=2026-13", "/usage?from=2020-01&to=2026-01")) {
            assertThat(api.get("/api/v1/reports" + wrong).status()).as(wrong).isEqualTo(422);
        }
    }

    /** Half past eleven on the last evening of February in São Paulo is March in Lisbon. */
    @Test
    void aProjectInAnotherTimeZoneHasOtherDaysAtOnceAndOtherContactsOfAMonthFromThenOn() {
        receive(List.of(text(chat(phone("5511998000233")), "A1", Instant.parse("2026-03-01T02:30:00Z"), "Oi")));
        await().atMost(SOON).until(this::allIsHeard);
        var path = "/api/v1/projects/" + tenant.project();
        var moved = api.with("If-Match", api.get(path).header("ETag").orElseThrow()).patch(path, Map.of("timeZone", "Europe/Lisbon"));
        assertThat(moved.status()).as(moved.toString()).isEqualTo(200);
        assertThat(items("/figures?from=2026-02-01&to=2026-03-31").stream().map(one -> one.path("day").asString())).containsExactly("2026-03-01");
        assertThat(months()).containsExactly("2026-02 0 1 0", "2026-03 1 0 1");
        rebuild("message-figures");
        assertThat(months()).containsExactly("2026-03 1 1 1");
    }

    private List<String> months() {
        return items("/usage?from=2026-02&to=2026-03").stream().map(one -> one.path("month").asString() + " " + one.path("inbound").asInt()
                + " " + one.path("activeContacts").asInt() + " " + one.path("sessions").asInt()).toList();
    }

    @Test
    void whatAnAgentDidCountsBeforeSessionsAreOver() {
        var bia = human("Bia");
        var caio = human("Caio");
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var ana = chat(phone("5511998000241"));
        receive(List.of(text(ana, "A1", now.minusSeconds(600), "Oi")));
        var session = api.get("/api/v1/sessions").json().path("items").get(0);
        act(session, "assign", Map.of("agentId", bia.agent()));
        bia.api().post("/api/v1/messages", Map.of("chatId", session.path("chatId").asString(), "text", "Olá, Ana"));
        bia.api().post("/api/v1/messages", Map.of("chatId", session.path("chatId").asString(), "text", "Em que posso ajudar?"));
        act(api.get("/api/v1/sessions").json().path("items").get(0), "transfer", Map.of("agentId", caio.agent()));
        caio.api().post("/api/v1/messages", Map.of("chatId", session.path("chatId").asString(), "text", "Sou o Caio"));
        await().atMost(SOON).until(this::allIsHeard);

        assertThat(activity(bia)).containsExactly(1L, 2L, 1L, 0L);
        assertThat(activity(caio)).containsExactly(1L, 1L, 0L, 0L);
        var figures = items("/figures?groupBy=day&agentId=" + bia.agent());
        assertThat(figures).hasSize(1);
        assertThat(figures.getFirst().path("sessions").asInt()).as("it is not over").isZero();
        assertThat(figures.getFirst().path("activity").path("averageFirstResponseMillis").asLong()).isBetween(600_000L, 700_000L);

        act(api.get("/api/v1/sessions").json().path("items").get(0), "resolve", Map.of());
        await().atMost(SOON).until(this::allIsHeard);
        assertThat(activity(caio)).containsExactly(1L, 1L, 0L, 1L);
        // An answer from the phone that was earlier, and comes to light late: then it was nobody's of the team.
        receive(List.of(echo(ana, "P1", now.minusSeconds(300), false, "Já te respondo", AckLevel.SERVER)));
        await().atMost(SOON).until(this::allIsHeard);
        assertThat(activity(bia)).containsExactly(1L, 2L, 0L, 0L);
        assertThat(items("/figures?groupBy=agent&channelId=" + ChannelId.create())).isEmpty();
    }

    /** Members answer, hand on and resolve while customers write, and phones tell late what was said. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void afterAnyHistoryWhatAgentsDidIsWhatHappenedAndARebuildSaysTheSame(long seed) {
        var random = new Random(seed);
        var humans = List.of(human("Bia"), human("Caio"), human("Duda"));
        var people = IntStream.range(0, 5).mapToObj(n -> chat(phone("55119980002" + (51 + n)))).toList();
        var begin = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        for (int n = 0; n < 90; n++) {
            var who = people.get(random.nextInt(people.size()));
            var human = humans.get(random.nextInt(humans.size()));
            var at = begin.minusSeconds(random.nextInt(random.nextBoolean() ? 1_200 : 20_000));
            var open = api.get("/api/v1/sessions?status=open").json().path("items");
            var session = open.isEmpty() ? null : open.get(random.nextInt(open.size()));
            switch (random.nextInt(6)) {
                case 0, 1 -> receive(List.of(text(who, "M" + n, at, "texto " + n)));
                case 2 -> receive(List.of(echo(who, "M" + n, at, false, "resposta " + n, AckLevel.SERVER)));
                case 3 -> {
                    if (session != null) {
                        human.api().post("/api/v1/messages", Map.of("chatId", session.path("chatId").asString(), "text", "resposta " + n));
                    }
                }
                case 4 -> {
                    if (session != null) act(session, random.nextBoolean() ? "assign" : "transfer", Map.of("agentId", human.agent()));
                }
                default -> {
                    if (session != null && random.nextInt(3) == 0) act(session, "resolve", Map.of());
                }
            }
        }
        await().atMost(SOON).until(this::allIsHeard);

        assertThat(all("select user_id || ' ' || sum(messages) from report_writer group by user_id order by 1")).isEqualTo(all(
                "select author_user_id || ' ' || count(*) from message where author_user_id is not null group by author_user_id order by 1"));
        assertThat(all("select agent_id || ' ' || count(*) from report_assignment group by agent_id order by 1")).isEqualTo(all(
                "select agent_id || ' ' || count(*) from session_assignment where agent_id is not null group by agent_id order by 1"));
        assertThat(all("select session_id || ' ' || answered_by || ' ' || answered_at || ' ' || answered_millis from report_session "
                + "where not gone and answered_by is not null order by 1")).isEqualTo(all("select id || ' ' || first_response_by || ' ' || "
                + "first_response_at || ' ' || floor(extract(epoch from first_response_at - first_inbound_at) * 1000)::bigint from session "
                + "where first_response_by is not null order by 1"));
        assertThat(all("select sum(messages)::text from report_writer")).isNotEqualTo(List.of("0"));
        var live = figures();
        MODELS.forEach(this::rebuild);
        assertThat(figures()).as("seed %d", seed).isEqualTo(live);
    }

    private record Human(UUID agent, Api api) {}

    private Human human(String name) {
        var user = api.post("/api/v1/members", Map.of("name", name, "email", UUID.randomUUID() + "@exemplo.com.br", "role", "agent",
                "password", "cavalo bateria grampo")).json().path("id").asString();
        var agent = api.post("/api/v1/agents", Map.of("kind", "human", "userId", user, "capacity", 9)).json().path("id").asString();
        return new Human(UUID.fromString(agent), Api.anonymous(port).as(TestCallers.of(tenant.tenant(), UUID.fromString(user), name)));
    }

    /** Sessions taken, messages sent, first responses and resolutions, as the report by agent says. */
    private List<Long> activity(Human human) {
        var figures = items("/figures?groupBy=agent&agentId=" + human.agent());
        assertThat(figures).singleElement().satisfies(one -> assertThat(one.path("agentId").asString()).isEqualTo(human.agent().toString()));
        var activity = figures.getFirst().path("activity");
        return Stream.of("sessionsTaken", "messagesSent", "firstResponses", "resolved").map(field -> activity.path(field).asLong()).toList();
    }

    private void act(JsonNode session, String what, Map<String, ?> body) {
        var answer = api.with("If-Match", "\"" + session.path("version").asLong() + "\"")
                .post("/api/v1/sessions/" + session.path("id").asString() + "/" + what, body);
        assertThat(answer.status()).as(answer.toString()).isIn(200, 409);
    }

    private void receive(List<Incoming.Message> messages) {
        Tenancy.run(tenant.tenant(), () -> receiveMessages.handle(messages.stream().map(one -> Facts.received(tenant, channel, one)).toList()));
    }

    private boolean allIsHeard() {
        return all("""
                select e.id::text from domain_event_logs e
                  join (values ('message-figures', 'message.created'), ('session-figures', 'session.started'),
                               ('session-figures', 'session.ended'), ('session-figures', 'session.reopened'),
                               ('session-figures', 'session.first_answered'), ('assignment-figures', 'session.agent_assigned'),
                               ('assignment-figures', 'session.transferred')) c (name, type) on c.type = e.type
                 where not exists (select from processed_events p where p.consumer_name = c.name and p.event_id = e.id)
                """).isEmpty();
    }

    private void rebuild(String model) {
        var replay = inTenant(() -> Cause.outside(Actor.system("test")).call(() -> replays.start(new Replays.Request(model,
                Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()))));
        assertThat(replay.kind()).isEqualTo("rebuild");
        await().atMost(SOON).until(() -> inTenant(() -> replays.find(replay.id())).state().equals("done"));
    }

    private List<String> figures() {
        var figures = new ArrayList<String>();
        for (var table : List.of("report_volume message-figures", "report_writer message-figures", "report_contact message-figures",
                "report_session session-figures", "report_assignment assignment-figures")) {
            figures.addAll(all("select (to_jsonb(t) - 'generation')::text from %s t where generation = live_generation('%s') order by 1"
                    .formatted((Object[]) table.split(" "))));
        }
        return figures;
    }

    private List<JsonNode> items(String report) {
        var answer = api.get("/api/v1/reports" + report);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().path("items").valueStream().toList();
    }

    private List<String> all(String sql) {
        return inTenant(() -> db.sql(sql).query(String.class).list());
    }

    private <T> T inTenant(Supplier<T> work) {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> work.get()));
    }
}
