package com.ventros.crm.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.channels.TestChannels;
import com.ventros.crm.channels.waha.Samples;
import com.ventros.crm.channels.waha.simulator.Customer;
import com.ventros.crm.channels.waha.simulator.Engine;
import com.ventros.crm.channels.waha.simulator.Misbehaviour;
import com.ventros.crm.channels.waha.simulator.Misbehaviour.Fault;
import com.ventros.crm.channels.waha.simulator.Options;
import com.ventros.crm.channels.waha.simulator.WahaSimulator;
import com.ventros.crm.http.Permission;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.operations.TraceView.Node;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Whatever happened has a cause, and whatever was caused is found from it. */
@DatabaseTest
class CausalityTests {

    private static final Duration SOON = Duration.ofSeconds(120);
    private static final long SEED = 20_261;
    /** Each leads to one to five deliveries, and these to events. */
    private static final int ACTIONS = 1_000;
    /** For what is written for later: it comes while the rest goes on. */
    private static final Duration A_MOMENT = Duration.ofSeconds(2);

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    TraceView traces;

    @LocalServerPort
    int port;

    private TestTenant tenant;
    private Api api;

    @BeforeEach
    void signIn() {
        tenant = TestTenant.create(db, transaction);
        api = Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant()));
    }

    @Test
    void nothingThatHappensIsAnOrphan() throws Exception {
        try (var waha = WahaSimulator.start(Options.forTests())) {
            live(waha, new Random(SEED));
            await().atMost(SOON).pollInterval(Duration.ofSeconds(1)).until(this::isQuiet);
        }
        var events = strings("select id::text from domain_event_logs");
        assertThat(events).hasSizeGreaterThan(ACTIONS / 2);

        assertThat(strings("""
                select e.type || ' ' || e.id from domain_event_logs e
                 where e.outside_kind is null
                   and not exists (select from domain_event_logs c where c.id = e.causation_id and c.correlation_id = e.correlation_id)
                   and not exists (select from send_intent s where s.id = e.causation_id and s.correlation_id = e.correlation_id)
                """)).as("events whose cause is nowhere").isEmpty();
        assertThat(strings("""
                select distinct correlation_id::text from (
                    select correlation_id from domain_event_logs union all select correlation_id from send_intent) c
                 where not exists (select from domain_event_logs o where o.correlation_id = c.correlation_id and o.outside_kind is not null)
                """)).as("correlations without an outside cause").isEmpty();
        assertThat(strings("""
                select type || ' ' || outside_kind from domain_event_logs where type = 'message.created' group by 1
                """)).containsExactlyInAnyOrder("message.created DELIVERY", "message.created REQUEST", "message.created SCHEDULE");

        var seen = new HashMap<String, TreeSet<String>>();
        for (var correlation : strings("""
                select distinct correlation_id::text from domain_event_logs union select correlation_id::text from send_intent
                """)) {
            var found = inTenant(() -> traces.of(UUID.fromString(correlation)));
            assertThat(found.complete()).isTrue();
            found.trees().forEach(tree -> tree.causes().forEach(cause -> collect(cause, "", seen)));
        }
        assertThat(seen).doesNotContainKey("unknown");
        assertThat(seen.get("event")).isEqualTo(events);
        assertThat(seen.get("send")).isEqualTo(strings("select id::text from send_intent")).isNotEmpty();
        assertThat(seen.get("consumer")).isEqualTo(strings("""
                select event_id || ' ' || consumer_name from processed_events where event_id in (select id from domain_event_logs)
                """)).hasSizeGreaterThan(events.size());
        assertThat(seen.get("timeline_entry")).isEqualTo(strings("select id || ' ' || id from timeline_entry"));
        assertThat(seen.get("live_position")).isEqualTo(strings("select event_id || ' ' || position from live_event"));
    }

    @Test
    void anAnswerIsOneTreeFromTheRequestToTheTick() throws Exception {
        try (var waha = WahaSimulator.start(Options.forTests())) {
            var vendas = TestChannels.of(tenant, port).connect(waha.url(), "vendas");
            var session = waha.session("vendas", Engine.GOWS)
                    .deliverTo("http://127.0.0.1:" + port + vendas.webhookPath(), Samples.SECRET).pair();
            session.customer("Ana Souza", "5511998000101").writes("Oi");
            await().atMost(SOON).until(() -> !strings("select id::text from chat").isEmpty());
            var chat = strings("select id::text from chat").first();
            var answer = api.with("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                    .post("/api/v1/messages", Map.of("chatId", chat, "text", "Bom dia!"));
            var message = answer.json().get("id").asString();
            await().atMost(SOON).until(() -> strings("select status from message where direction = 'OUTBOUND'").contains("DELIVERED")
                    && isQuiet());

            var trees = api.get("/api/v1/trace/" + message).json().get("trees");
            var request = trees.get(0);
            assertThat(request.get("correlationId").asString()).isEqualTo("4bf92f35-77b3-4da6-a3ce-929d0e0e4736");
            var cause = request.get("causes").get(0);
            assertThat(cause.get("kind").asString()).isEqualTo("request");
            assertThat(cause.get("name").asString()).isEqualTo("POST /api/v1/messages");
            assertThat(cause.get("facts").get("traceparent").asString()).startsWith("00-4bf92f");
            var names = new ArrayList<String>();
            cause.get("children").forEach(child -> names.add(child.get("name").asString()));
            assertThat(names).contains("message.created", "send");
            assertThat(trees.size()).as("the ticks are deliveries of their own").isGreaterThan(1);
            assertThat(trees.toString()).as("names and times, no contents").doesNotContain("Bom dia!");
            var stranger = TestTenant.create(db, transaction);
            assertThat(Api.anonymous(port).as(TestCallers.mayAll(stranger.tenant())).get("/api/v1/trace/" + message).status())
                    .isEqualTo(404);
            assertThat(Api.anonymous(port).as(TestCallers.token(tenant.tenant(), Set.of(Permission.INBOX_READ)))
                    .get("/api/v1/trace/" + message).status()).isEqualTo(403);
        }
    }

    @Test
    void aDeliveryThatWasGivenUpIsFoundByItsFailure() throws Exception {
        var vendas = TestChannels.of(tenant, port).connect("http://waha.invalid", "vendas");
        var sample = "missing-message-id.json";
        assertThat(api.with("X-Webhook-Hmac", Samples.signatures().get(sample))
                .send("POST", vendas.webhookPath(), new String(Samples.body(sample), java.nio.charset.StandardCharsets.UTF_8))
                .status()).isEqualTo(200);
        await().atMost(SOON).until(() -> api.get("/api/v1/operations/failures").json().get("items").size() == 1);
        var failure = api.get("/api/v1/operations/failures").json().get("items").get(0).get("messageId").asString();

        var cause = api.get("/api/v1/trace/" + failure).json().get("trees").get(0).get("causes").get(0);

        assertThat(cause.get("kind").asString()).isEqualTo("delivery");
        assertThat(cause.get("children").get(0).get("facts").get("code").asString()).isEqualTo("message_id_missing");
    }

    @Test
    void everyQuestionOfATraceIsAnsweredByAnIndex() {
        var plan = inTenant(() -> {
            // Small tables are read whole however many indexes they have; what remains then has none to use.
            db.sql("set local enable_seqscan = off").update();
            var lines = new ArrayList<>(db.sql("explain " + TraceView.CORRELATIONS).param("id", Uuids.v7()).param("most", 50)
                    .query(String.class).list());
            lines.addAll(db.sql("explain " + TraceView.EVENTS).param("correlations", new UUID[] {Uuids.v7()})
                    .param("limit", 500).query(String.class).list());
            return lines;
        });
        assertThat(plan).isNotEmpty().noneMatch(line -> line.contains("Seq Scan"));
    }

    /** Customers write, react, edit, delete and read; we answer, now and later, and read. */
    private void live(WahaSimulator waha, Random random) throws Exception {
        var vendas = TestChannels.of(tenant, port).connect(waha.url(), "vendas");
        var session = waha.session("vendas", Engine.GOWS)
                .deliverTo("http://127.0.0.1:" + port + vendas.webhookPath(), Samples.SECRET).pair();
        waha.misbehave(Misbehaviour.none(SEED).with(Fault.DUPLICATE, 0.2).with(Fault.DISORDER, 0.2)
                .with(Fault.RESET_BEFORE_SENDING, 0.03));
        var customers = new ArrayList<Customer>();
        for (int n = 0; n < 20; n++) customers.add(session.customer("Cliente " + n, "55119980002" + (10 + n)));
        var written = new HashMap<Customer, List<String>>();
        // Somebody can be answered from the first action on, however slow the machine is.
        written.computeIfAbsent(customers.getFirst(), _ -> new ArrayList<>()).add(customers.getFirst().writes("Oi"));
        await().atMost(SOON).until(() -> !strings("select id::text from chat").isEmpty());
        for (int n = 0; n < ACTIONS; n++) {
            var customer = customers.get(random.nextInt(customers.size()));
            var own = written.computeIfAbsent(customer, _ -> new ArrayList<>());
            switch (own.isEmpty() ? 0 : random.nextInt(10)) {
                case 1 -> customer.reactsTo(own.get(random.nextInt(own.size())), random.nextBoolean() ? "👍" : "❤️");
                case 2 -> customer.edits(own.get(random.nextInt(own.size())), "Melhor: " + n);
                case 3 -> customer.deletes(own.remove(random.nextInt(own.size())));
                case 4, 5 -> withChat(random, chat -> api.post("/api/v1/messages", Map.of("chatId", chat, "text", "Resposta")));
                case 6 -> withChat(random, chat -> api.with("X-Request-Id", Uuids.v7().toString())
                        .post("/api/v1/chats/" + chat + "/read", Map.of()));
                case 7 -> withChat(random, chat -> assertThat(api.post("/api/v1/scheduled-messages", Map.of("sendAt", Instant.now().plus(A_MOMENT).toString(),
                        "message", Map.of("chatId", chat, "text", "Lembrete"))).status()).isEqualTo(201));
                default -> own.add(customer.writes("Mensagem " + n));
            }
        }
        assertThat(waha.awaitQuiet(SOON)).isTrue();
    }

    private void withChat(Random random, java.util.function.Consumer<String> work) {
        var chats = List.copyOf(strings("select id::text from chat"));
        if (!chats.isEmpty()) work.accept(chats.get(random.nextInt(chats.size())));
    }

    private String before = "";

    /** Nothing is under way, and nothing has changed since the last look; a send whose outcome nobody knows may stay so. */
    private boolean isQuiet() {
        var now = strings("""
                select (select count(*) from processed_events) || ' ' || (select count(*) from domain_event_logs)
                    || ' ' || (select count(*) from outbox_events)
                    || ' ' || (select count(*) from send_intent where state in ('QUEUED', 'SENDING'))
                    || ' ' || (select count(*) from scheduled_message where state = 'PENDING')
                """).first();
        var same = now.equals(before) && now.endsWith(" 0 0 0");
        before = now;
        return same;
    }

    /** A tree: each thing is met once, below what caused it. */
    private static void collect(Node node, String parent, Map<String, TreeSet<String>> seen) {
        var id = Set.of("event", "send", "delivery", "request", "schedule", "workflow", "program", "unknown").contains(node.kind())
                ? node.id() : parent + " " + node.id();
        assertThat(seen.computeIfAbsent(node.kind(), _ -> new TreeSet<>()).add(id)).as(node.kind() + " " + id).isTrue();
        var event = node.kind().equals("event") ? node.id() : parent;
        node.children().forEach(child -> collect(child, event, seen));
    }

    private TreeSet<String> strings(String sql) {
        return new TreeSet<>(inTenant(() -> db.sql(sql).query(String.class).list()));
    }

    private <T> T inTenant(Supplier<T> question) {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> question.get()));
    }
}
