package com.ventros.crm.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.channels.TestChannels;
import com.ventros.crm.contacts.Sighting;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.conversations.ChatAddress;
import com.ventros.crm.conversations.Incoming;
import com.ventros.crm.conversations.MessageContent;
import com.ventros.crm.conversations.ReceiveMessages;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.Replays;
import com.ventros.crm.kernel.PhoneNumber;
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
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** What was used: counted from events, counted anew from rows, and counted by a rebuild. */
@DatabaseTest
class UsageTests {

    /** Generous: two cores may be busy with others. */
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final Cause CAUSE = Cause.outside(new Actor(Actor.Kind.CHANNEL, "test"));
    private static final int DAYS = 70;

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    OpenAccount openAccount;

    @Autowired
    ReceiveMessages receiveMessages;

    @Autowired
    Replays replays;

    private TestTenant tenant;
    private Api api;
    private ChannelId channel;

    @BeforeEach
    void aCompany() {
        tenant = TestTenant.create(db, transaction);
        api = Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant()));
        Tenancy.run(tenant.tenant(), () -> CAUSE.run(openAccount::handle));
        channel = new ChannelId(TestChannels.of(tenant, port).connect("http://127.0.0.1:9", "loja").id());
    }

    /** Customers who write, some of it late and twice, phones that turn out to be one person, people who answer here and on the phone. */
    @Test
    void afterAnyHistoryUsageIsWhatARecountSaysAndSoIsARebuild() {
        var random = new Random(20261127);
        var begin = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(DAYS));
        var facts = new ArrayList<Incoming.Message>();
        for (int n = 0; n < 80; n++) {
            var digits = "55119877700" + (10 + random.nextInt(8));
            var lid = random.nextInt(3) == 0 ? Optional.of("1000000000" + (10 + random.nextInt(8))) : Optional.<String>empty();
            var phone = lid.isPresent() && random.nextBoolean() ? Optional.<PhoneNumber>empty() : PhoneNumber.ofDigits(digits);
            var sighting = new Sighting(phone, lid, Optional.empty());
            facts.add(said(sighting, "M" + n, begin.plusSeconds(random.nextInt(DAYS * 86_400)), random.nextInt(4) == 0));
            if (random.nextInt(4) == 0) facts.add(facts.get(random.nextInt(facts.size())));
        }
        int rounds = 0;
        for (int at = 0; at < facts.size(); at += 9, rounds++) {
            receive(facts.subList(at, Math.min(facts.size(), at + 9)));
            var asked = List.of(
                    api.post("/api/v1/messages", Map.of("channelId", channel.value(), "to", "+55119877700" + (10 + random.nextInt(12)), "text", "Olá " + rounds)),
                    api.post("/api/v1/contacts", Map.of("name", "Ana", "phones", List.of("+55119866600" + (10 + rounds)))),
                    api.post("/api/v1/agents", Map.of("kind", "bot", "name", "Robô " + rounds)));
            assertThat(asked).allSatisfy(answer -> assertThat(answer.status()).as(answer.toString()).isIn(201, 202));
        }
        await().atMost(SOON).until(this::allIsHeard);

        assertThat(shown("messagesSent")).hasSize(1).isEqualTo(recount("from message where source = 'CRM'"));
        assertThat(shown("messagesReceived")).hasSizeGreaterThan(2).isEqualTo(recount("from message where direction = 'INBOUND'"));
        assertThat(all("select sum(used)::text from billing_usage where what = 'CONTACTS_ADDED'")).as("those that turned out to be others included")
                .isEqualTo(all("select ((select count(*) from contact) + (select count(*) from contact_merge))::text"));
        assertThat(all("select count(*)::text from contact_merge").getFirst()).as("or nothing is shown").isNotEqualTo("0");
        assertThat(all("select sum(used)::text from billing_usage where what = 'CHANNELS_ADDED'")).isEqualTo(all("select count(*)::text from channel"));
        assertThat(all("select sum(used)::text from billing_usage where what = 'AGENTS_ADDED'")).isEqualTo(all("select count(*)::text from agent"));

        var shown = usage();
        assertThat(shown.stream().mapToLong(month -> month.path("messagesSent").asLong()).sum()).isEqualTo(rounds);
        var limits = api.get("/api/v1/billing/limits").json().path("items").valueStream().map(JsonNode::toString).toList();
        assertThat(limits).containsExactly("{\"limit\":\"agents\",\"used\":" + rounds + ",\"allowed\":null}", "{\"limit\":\"channels\",\"used\":1,\"allowed\":null}",
                "{\"limit\":\"contacts\",\"used\":" + all("select count(*)::text from contact").getFirst() + ",\"allowed\":null}",
                "{\"limit\":\"messages\",\"used\":" + rounds + ",\"allowed\":null}");
        for (var model : List.of("billing-usage", "message-figures", "billing-usage", "message-figures")) {
            rebuild(model);
            assertThat(usage()).as(model).isEqualTo(shown);
        }
    }

    /** Who is put on a plan with a limit in the middle of a month has sent what they sent. */
    @Test
    void aLimitOnMessagesCountsThoseOfTheMonthSoFar() {
        var installation = Installation.of(port, db, transaction);
        for (int n = 0; n < 4; n++) assertThat(send(n).status()).isEqualTo(202);
        await().atMost(SOON).until(this::allIsHeard);
        installation.assign(api, "small");
        for (int n = 4; n < 10; n++) assertThat(send(n).status()).isEqualTo(202);
        var refused = send(10);
        assertThat(refused.code()).isEqualTo("limit_reached");
        assertThat(refused.json().path("detail").asString()).isEqualTo("The plan allows 10 messages a month, and there are 10.");
        assertThat(messagesUsed()).isEqualTo(10);
        await().atMost(SOON).until(this::allIsHeard);
        assertThat(usage().getFirst().path("messagesSent").asInt()).as("the limit and the meter tell the same").isEqualTo(10);

        installation.assign(api, "unlimited");
        assertThat(send(11).status()).isEqualTo(202);
        await().atMost(SOON).until(this::allIsHeard);
        installation.assign(api, "large");
        assertThat(messagesUsed()).isEqualTo(11);
        installation.assign(api, "small");
        assertThat(send(12).code()).isEqualTo("limit_reached");
    }

    @Test
    void aWindowHasABegin() {
        for (var wrong : List.of("?from=2026-13", "?from=2026-03&to=2026-02", "?from=2020-01&to=2026-01", "?to=ontem")) {
            assertThat(api.get("/api/v1/billing/usage" + wrong).status()).as(wrong).isEqualTo(422);
        }
        assertThat(api.get("/api/v1/billing/usage?from=2025-01&to=2025-02").json().path("items")).isEmpty();
    }

    private Api.Answer send(int n) {
        return api.post("/api/v1/messages", Map.of("channelId", channel.value(), "to", "+55119877700" + (10 + n), "text", "Olá"));
    }

    private long messagesUsed() {
        return api.get("/api/v1/billing/limits").json().path("items").get(3).path("used").asLong();
    }

    private static Incoming.Message said(Sighting who, String id, Instant at, boolean byUs) {
        var address = ChatAddress.direct(who.phone().map(phone -> phone.e164().substring(1) + "@c.us").orElseGet(() -> who.lid().orElseThrow() + "@lid"), who);
        return new Incoming.Message(address, id, at, byUs, false, Optional.empty(), MessageContent.ofText("texto " + id), Optional.empty(), List.of(), false,
                Optional.empty(), Optional.empty());
    }

    private void receive(List<Incoming.Message> messages) {
        Tenancy.run(tenant.tenant(), () -> CAUSE.run(() -> receiveMessages.handle(messages.stream().map(one ->
                new ReceiveMessages.Received(channel, tenant.project(), 30, "BR", Optional.empty(), one, CAUSE)).toList())));
    }

    private boolean allIsHeard() {
        return all("""
                select e.id::text from domain_event_logs e where e.type in ('message.created', 'contact.created', 'channel.created', 'agent.created')
                   and not exists (select from processed_events p where p.event_id = e.id and p.consumer_name =
                                   case e.type when 'message.created' then 'message-figures' else 'billing-usage' end)
                """).isEmpty();
    }

    private List<String> shown(String what) {
        return usage().stream().filter(month -> month.path(what).asLong() > 0)
                .map(month -> month.path("month").asString() + " " + month.path(what).asLong()).toList();
    }

    private List<String> recount(String rows) {
        return all("select to_char(sent_at at time zone 'UTC', 'YYYY-MM') || ' ' || count(*) " + rows + " group by to_char(sent_at at time zone 'UTC', 'YYYY-MM') order by 1");
    }

    private List<JsonNode> usage() {
        return api.get("/api/v1/billing/usage").json().path("items").valueStream().toList();
    }

    private void rebuild(String model) {
        var replay = inTenant(() -> Cause.outside(Actor.system("test")).call(() -> replays.start(new Replays.Request(model, Set.of(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()))));
        assertThat(replay.kind()).isEqualTo("rebuild");
        await().atMost(SOON).until(() -> inTenant(() -> replays.find(replay.id())).state().equals("done"));
    }

    private List<String> all(String sql) {
        return inTenant(() -> db.sql(sql).query(String.class).list());
    }

    private <T> T inTenant(Supplier<T> work) {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> work.get()));
    }
}
