package com.ventros.crm.billing;

import static com.ventros.crm.billing.Installation.ACCOUNT;
import static com.ventros.crm.billing.Installation.ACCOUNTS;
import static com.ventros.crm.billing.Installation.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.accounts.OpenTenant;
import com.ventros.crm.billing.web.StandingCheck;
import com.ventros.crm.channels.TestChannels;
import com.ventros.crm.contacts.Sighting;
import com.ventros.crm.contacts.flow.SumContactCounts;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.conversations.ChatAddress;
import com.ventros.crm.conversations.Incoming;
import com.ventros.crm.conversations.MessageContent;
import com.ventros.crm.conversations.ReceiveMessages;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.http.Permission;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.openapi.Route;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

@DatabaseTest
class BillingTests {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String CUSTOMER = "/api/v1/billing/customer";
    private static final Cause CAUSE = Cause.outside(new Actor(Actor.Kind.CHANNEL, "test"));
    private static final int AT_ONCE = 16;

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    OpenTenant openTenant;

    @Autowired
    OpenAccount openAccount;

    @Autowired
    ReceiveMessages receiveMessages;

    @Autowired
    SumContactCounts sumContactCounts;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mapping;

    private Installation installation;
    private TestTenant tenant;
    private Api api;

    @BeforeEach
    void aCompany() {
        installation = Installation.of(port, db, transaction);
        tenant = TestTenant.create(db, transaction);
        api = Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant()));
        Tenancy.run(tenant.tenant(), () -> CAUSE.run(openAccount::handle));
    }

    @Test
    void aNewCompanyIsActiveAndLimitedByNothing() {
        var opened = openTenant.handle(new OpenTenant.Command("Padaria Sol", "Ana", Uuids.v7() + "@exemplo.com.br", "cavalo bateria grampo"));
        var fresh = Api.anonymous(port).as(TestCallers.mayAll(opened.tenant()));
        var early = fresh.get(ACCOUNT).json();
        assertThat(early.path("status").asString()).as("even before its account has a row").isEqualTo("active");
        var account = await().atMost(SOON).until(() -> fresh.get(ACCOUNT).json(), shown -> shown.path("version").asLong() == 1);
        assertThat(account.path("id")).isEqualTo(early.path("id"));
        assertThat(account.path("company").asString()).isEqualTo("Padaria Sol");
        assertThat(account.path("plan").toString()).isEqualTo("""
                {"code":"unlimited","name":"Unlimited","price":0,"currency":"BRL","limits":{"agents":null,"channels":null,"contacts":null,"messages":null}}""");
        assertThat(api.get("/api/v1/billing/plans").json().path("items").valueStream().map(plan -> plan.path("code").asString()))
                .containsExactly("large", "small", "unlimited");
    }

    @Test
    void ofManyAtOnceAsManyPassAsThePlanAllows() throws Exception {
        installation.assign(api, "small");
        var agents = together(n -> api.post("/api/v1/agents", Map.of("kind", "bot", "name", "Robô " + n)));
        assertThat(created(agents)).isEqualTo(2);
        var refused = agents.stream().filter(answer -> answer.status() != 201).findFirst().orElseThrow();
        assertThat(refused.status() + " " + refused.code()).isEqualTo("409 limit_reached");
        assertThat(refused.json().path("detail").asString()).isEqualTo("The plan allows 2 agents, and there are 2.");
        assertThat(refused.json().path("errors").toString()).isEqualTo("[{\"field\":\"agents\",\"code\":\"limit_reached\",\"detail\":\"used 2 of 2\"}]");

        var channels = together(n -> api.post("/api/v1/channels", TestChannels.body("http://127.0.0.1:9", "s" + n)));
        assertThat(created(channels)).isEqualTo(1);
        assertThat(created(together(n -> api.post("/api/v1/contacts", Map.of("name", "Ana", "phones", List.of(phone(n))))))).isEqualTo(5);
        var channel = api.get("/api/v1/channels").json().path("items").get(0).path("id").asString();
        var messages = together(n -> api.post("/api/v1/messages", Map.of("channelId", channel, "to", phone(n), "text", "Olá")));
        assertThat(messages.stream().filter(answer -> answer.status() == 202).count()).isEqualTo(10);
        assertThat(messages.stream().map(Api.Answer::code).filter(code -> !code.isEmpty()).distinct()).containsExactly("limit_reached");
        assertThat(all("select count(*)::text from message")).as("and of the others nothing is left").containsExactly("10");
    }

    /** Whoever makes room may use it again; what was archived or deleted comes back only where there is room. */
    @Test
    void whatIsTakenAwayMakesRoom() {
        installation.assign(api, "small");
        var first = agent().json().path("id").asString();
        agent();
        assertThat(agent().code()).isEqualTo("limit_reached");
        assertThat(api.delete("/api/v1/agents/" + first).status()).isEqualTo(204);
        assertThat(agent().status()).isEqualTo(201);
        assertThat(api.post("/api/v1/agents/" + first + "/restore", Map.of()).code()).isEqualTo("limit_reached");

        var channel = api.post("/api/v1/channels", TestChannels.body("http://127.0.0.1:9", "vendas")).json().path("id").asString();
        assertThat(api.delete("/api/v1/channels/" + channel).status()).isEqualTo(204);
        assertThat(api.post("/api/v1/channels", TestChannels.body("http://127.0.0.1:9", "suporte")).status()).isEqualTo(201);
        assertThat(api.post("/api/v1/channels/" + channel + "/restore", Map.of()).code()).isEqualTo("limit_reached");

        var contact = contact(0).json().path("id").asString();
        for (int n = 1; n < 5; n++) contact(n);
        assertThat(api.delete("/api/v1/contacts/" + contact).status()).isEqualTo(204);
        assertThat(contact(5).status()).isEqualTo(201);
        assertThat(api.post("/api/v1/contacts/" + contact + "/restore", Map.of()).code()).isEqualTo("limit_reached");
        installation.assign(api, "large");
        assertThat(api.post("/api/v1/contacts/" + contact + "/restore", Map.of()).status()).isEqualTo(200);

        assertThat(api.post("/api/v1/channels", TestChannels.body("http://127.0.0.1:9", "mais")).status()).isEqualTo(201);
        installation.assign(api, "small");
        assertThat(api.post("/api/v1/channels", TestChannels.body("http://127.0.0.1:9", "demais")).json().path("detail").asString())
                .as("all that there are, though the plan allows fewer").isEqualTo("The plan allows 1 channels, and there are 2.");
        installation.assign(api, "large");
        assertThat(contact(6).status()).isEqualTo(201);
    }

    /** The number is kept by differences, which a sweep sums up at any time. */
    @Test
    void afterAnyHistoryTheContactsAreAsManyAsARecountFinds() {
        var random = new Random(20_261_127);
        var people = new ArrayList<String>();
        for (int step = 0; step < 120; step++) {
            if (people.size() < 3) people.add(contact(people.size()).json().path("id").asString());
            var one = people.get(random.nextInt(people.size()));
            var other = people.get(random.nextInt(people.size()));
            switch (random.nextInt(9)) {
                case 0, 1 -> people.add(contact(people.size()).json().path("id").asString());
                case 2, 3 -> api.delete("/api/v1/contacts/" + one);
                case 4 -> api.post("/api/v1/contacts/" + one + "/restore", Map.of());
                case 5 -> api.with("If-Match", version(one)).post("/api/v1/contacts/" + one + "/merges", Map.of("contactId", other));
                case 6 -> api.get("/api/v1/contacts/" + one + "/merges").json().path("items").forEach(merge ->
                        api.delete("/api/v1/contacts/" + one + "/merges/" + merge.path("contact").path("id").asString()));
                case 7 -> api.post("/api/v1/contact-erasures", Map.of("contactId", one));
                default -> sumContactCounts.run();
            }
            assertThat(contactsUsed()).as("after step " + step).isEqualTo(all("select count(*)::text from contact where deleted_at is null and part_of is null").getFirst());
        }
        assertThat(all("select (count(*) filter (where deleted_at is not null) > 0 and count(*) filter (where part_of is not null) > 0)::text from contact"))
                .as("the history had some of each").containsExactly("true");
        sumContactCounts.run();
        assertThat(all("select count(*)::text from contact_count")).containsExactly("1");
    }

    @Test
    void rowsOfAFileAreEnteredAsFarAsThereIsRoom() {
        installation.assign(api, "small");
        var known = contact(0).json();
        var file = new StringBuilder("nome;telefone\nOutra Ana;" + phone(0) + "\n");
        for (int n = 1; n < 8; n++) file.append("Bia;").append(phone(n)).append('\n');
        var made = api.with("Content-Type", "text/csv").send("POST", "/api/v1/contact-imports?fileName=feira.csv", file.toString()).json();
        var path = "/api/v1/contact-imports/" + made.path("id").asString();
        assertThat(api.post(path + "/start", Map.of("columns", List.of("name", "phones"))).status()).isLessThan(300);
        await().atMost(SOON).until(() -> api.get(path).json().path("state").asString().equals("done"));
        var entered = api.get(path).json().path("entered");
        assertThat(entered.toString()).isEqualTo("{\"created\":4,\"updated\":1,\"unchanged\":0,\"refused\":3}");
        assertThat(all("select distinct code from contact_import_row where code is not null")).containsExactly("limit_reached");
        assertThat(api.get("/api/v1/contacts/" + known.path("id").asString()).json().path("name").asString()).isEqualTo("Outra Ana");
    }

    @Test
    void whoeverIsSuspendedReadsAndHearsAndSendsNothing() {
        var channel = new ChannelId(TestChannels.of(tenant, port).connect("http://127.0.0.1:9", "loja").id());
        installation.assign(api, "small");
        for (int n = 0; n < 5; n++) contact(n);
        assertThat(installation.act(api, "suspend").json().path("status").asString()).isEqualTo("suspended");
        assertThat(api.get(ACCOUNT).json().path("statusReason").asString()).isEqualTo("Combinado por telefone.");

        Tenancy.run(tenant.tenant(), () -> CAUSE.run(() -> receiveMessages.handle(List.of(received(channel)))));
        var chat = api.get("/api/v1/chats").json().path("items").get(0);
        assertThat(chat.path("lastMessage").path("preview").asString()).as("nothing that customers write is refused, however many they are").isEqualTo("Oi");
        assertThat(api.get("/api/v1/contacts").json().path("items")).hasSize(6);

        var written = Map.<String, Object>of("chatId", chat.path("id").asString(), "text", "Olá");
        for (var refused : List.of(api.post("/api/v1/messages", written), agent(), contact(9), api.post("/api/v1/channels",
                TestChannels.body("http://127.0.0.1:9", "outra")), pipeline())) {
            assertThat(refused.status() + " " + refused.code()).as(refused.toString()).isEqualTo("409 billing_account_not_active");
        }
        for (var allowed : List.of(api.post("/api/v1/members", Map.of("name", "Bia", "email", Uuids.v7() + "@exemplo.com.br", "password", "cavalo bateria grampo",
                "role", "admin")), api.post("/api/v1/api-keys", Map.of("name", "Cópia", "scopes", List.of("contact_read"))))) {
            assertThat(allowed.status()).as(allowed + ": who gets in is not asked about").isEqualTo(201);
        }
        assertThat(installation.act(api, "activate").status()).isEqualTo(200);
        assertThat(pipeline().status()).isEqualTo(201);
        assertThat(api.post("/api/v1/messages", written).status()).isEqualTo(202);
        assertThat(contact(9).code()).as("whoever wrote is counted").isEqualTo("limit_reached");
    }

    /** Over all routes there are, those of tomorrow included: who adds one that changes something decides here whether it stays. */
    @Test
    void whoeverIsNotActiveChangesNothingButOverTheRoutesThatStay() {
        var closed = Route.all(mapping).stream().filter(Route::isApi).filter(Route::isClosed).toList();
        assertThat(closed.stream().map(route -> route.toString().replace("/api/v1", ""))).as("those that stay are routes").containsAll(StandingCheck.named());
        for (var state : List.of("suspend", "cancel")) {
            assertThat(installation.act(api, state).status()).isEqualTo(200);
            for (var route : closed) {
                if (route.isStream()) continue;
                var caller = Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant())); // a new one, whom no rate limit stops
                if (route.takesFile()) caller = caller.with("Content-Type", "text/csv");
                var answer = caller.with("If-Match", "\"1\"").send(route.method(), route.with(Uuids.v7().toString()), route.method().equals("GET") ? null : "[]");
                var stays = route.method().equals("GET") || StandingCheck.named().contains(route.toString().replace("/api/v1", ""));
                if (stays) assertThat(answer.code()).as(state + " " + answer).isNotEqualTo("billing_account_not_active");
                else assertThat(answer.status() + " " + answer.code()).as(state + " " + answer).isEqualTo("409 billing_account_not_active");
            }
        }
    }

    @Test
    void whoeverIsSuspendedExportsErasesAndEndsSessions() {
        var channel = new ChannelId(TestChannels.of(tenant, port).connect("http://127.0.0.1:9", "loja").id());
        installation.act(api, "suspend");
        Tenancy.run(tenant.tenant(), () -> CAUSE.run(() -> receiveMessages.handle(List.of(received(channel)))));
        var session = await().atMost(SOON).until(() -> api.get("/api/v1/sessions").json().path("items"), found -> !found.isEmpty()).get(0);
        var seen = api.with("If-Match", api.get("/api/v1/sessions/" + session.path("id").asString()).header("ETag").orElseThrow());
        assertThat(seen.post("/api/v1/sessions/" + session.path("id").asString() + "/resolve", Map.of("reason", "resolved")).status()).isLessThan(300);
        var contact = api.get("/api/v1/contacts").json().path("items").get(0).path("id").asString();
        assertThat(api.post("/api/v1/contacts/" + contact + "/tags", Map.of("tags", List.of("vip"))).code()).isEqualTo("billing_account_not_active");
        assertThat(api.get("/api/v1/contacts/export").text()).contains("5511977770001");
        assertThat(api.post("/api/v1/contact-erasures", Map.of("contactId", contact)).status()).isLessThan(300);
    }

    @Test
    void statesFollowEachOtherAsAllowedInTheProgramAndInTheDatabase() {
        assertThat(installation.act(api, "activate").code()).isEqualTo("billing_status_refused");
        assertThat(installation.act(api, "suspend").status()).isEqualTo(200);
        assertThat(installation.act(api, "suspend").code()).isEqualTo("billing_status_refused");
        assertThat(installation.act(api, "cancel").status()).isEqualTo(200);
        for (var late : List.of("activate", "suspend", "cancel")) assertThat(installation.act(api, late).code()).isEqualTo("billing_status_refused");
        assertThatThrownBy(() -> all("update billing_account set status = 'ACTIVE' returning status")).hasMessageContaining("cannot become ACTIVE");
        assertThat(all("select type || ' ' || actor_kind from domain_event_logs where type like 'billing.%' order by position")).containsExactly(
                "billing.account_opened CHANNEL", "billing.account_status_changed USER", "billing.account_status_changed USER");
    }

    @Test
    void onlyWhoRunsTheInstallationChangesAccountsAndSeesThoseOfOthers() {
        var own = api.get(ACCOUNT);
        var other = TestTenant.create(db, transaction);
        var stranger = Api.anonymous(port).as(TestCallers.mayAll(other.tenant()));
        for (var answer : List.of(stranger.get(path(own.json())), stranger.post(path(own.json()) + "/suspend", Map.of("reason", "x")),
                stranger.with("If-Match", "\"1\"").patch(path(own.json()), Map.of("plan", "large")))) {
            assertThat(answer.status() + " " + answer.code()).isEqualTo("404 billing_account_not_found");
        }
        for (var answer : List.of(api.post(path(own.json()) + "/activate", Map.of()), api.with("If-Match", own.header("ETag").orElseThrow())
                .patch(path(own.json()), Map.of("plan", "unlimited")))) {
            assertThat(answer.status() + " " + answer.code()).isEqualTo("403 not_the_installations_operator");
        }
        assertThat(api.get(path(own.json())).json()).isEqualTo(own.json());
        assertThat(stranger.get(ACCOUNTS).json().path("items").valueStream().map(one -> one.path("id").asString()))
                .containsExactly(stranger.get(ACCOUNT).json().path("id").asString());
        assertThat(installation.operator().get(ACCOUNTS + "?limit=100").json().path("items").valueStream()).as("the newest of all").contains(own.json());

        var account = installation.assign(api, "large");
        assertThat(account.path("plan").path("limits").path("messages").asLong()).isEqualTo(1000);
        var seen = installation.operator().with("If-Match", "\"" + account.path("version").asLong() + "\"");
        assertThat(seen.patch(path(account), Map.of("plan", "gold")).status()).isEqualTo(422);
        assertThat(seen.with("Idempotency-Key", "k1").patch(path(account), Map.of("plan", "small")).status()).isEqualTo(200);
        assertThat(seen.patch(path(account), Map.of("plan", "large")).status()).as("somebody was faster").isEqualTo(412);
        var twice = installation.operator().with("Idempotency-Key", Uuids.v7().toString());
        for (int n = 0; n < 2; n++) assertThat(twice.post(path(account) + "/suspend", Map.of("reason", "x")).status()).isEqualTo(200);
        var reader = Api.anonymous(port).as(TestCallers.token(tenant.tenant(), EnumSet.of(Permission.BILLING_READ)));
        assertThat(reader.get(ACCOUNT).json().path("status").asString()).isEqualTo("suspended");
        assertThat(reader.post(path(account) + "/activate", Map.of()).status()).isEqualTo(403);
    }

    @Test
    void theCustomerIsSaidWholeAndNobodyWritesOverAnother() throws Exception {
        assertThat(api.get(CUSTOMER).json().path("email").isNull()).isTrue();
        var body = new HashMap<String, Object>(Map.of("name", " Padaria Sol Ltda. ", "taxId", "12.ABC.345/01DE-35", "email", "Contas@Exemplo.com.br",
                "address", "\u00a0\u200b", "country", "BR"));
        var first = together(_ -> api.with("If-Match", "\"0\"").send("PUT", CUSTOMER, json(body)));
        assertThat(first.stream().map(Api.Answer::status).sorted().toList()).startsWith(200, 412).endsWith(412);
        var shown = api.get(CUSTOMER);
        assertThat(shown.json().toString()).isEqualTo("""
                {"name":"Padaria Sol Ltda.","taxId":"12ABC34501DE35","email":"contas@exemplo.com.br","address":null,"country":"BR","version":1}""");
        for (var wrong : List.<Map<String, Object>>of(Map.of("taxId", "12.ABC.345/01DE-36"), Map.of("email", "contas"), Map.of("country", "XX"),
                Map.of("name", " "), Map.of("address", "x".repeat(501)))) {
            var changed = new HashMap<>(body);
            changed.putAll(wrong);
            assertThat(api.with("If-Match", "\"1\"").send("PUT", CUSTOMER, json(changed)).status()).as(wrong.toString()).isEqualTo(422);
        }
        body.put("country", "PT");
        body.put("taxId", "PT 501 964 843");
        assertThat(api.with("If-Match", "\"1\"").send("PUT", CUSTOMER, json(body)).header("ETag")).contains("\"2\"");
    }

    private ReceiveMessages.Received received(ChannelId channel) {
        return new ReceiveMessages.Received(channel, tenant.project(), 30, "BR",
                Optional.empty(), new Incoming.Message(ChatAddress.direct("5511977770001@c.us", new Sighting(PhoneNumber.ofDigits("5511977770001"),
                Optional.empty(), Optional.empty())), "M1", Instant.now(), false, false, Optional.empty(), MessageContent.ofText("Oi"), Optional.empty(),
                List.of(), false, Optional.empty(), Optional.empty()), CAUSE);
    }

    private Api.Answer pipeline() {
        return api.post("/api/v1/pipelines", Map.of("name", "Vendas", "statuses", List.of(Map.of("name", "Novo", "kind", "open", "colour", "#1c7ed6"))));
    }

    private String contactsUsed() {
        return api.get("/api/v1/billing/limits").json().path("items").valueStream().filter(one -> one.path("limit").asString().equals("contacts"))
                .findFirst().orElseThrow().path("used").asString();
    }

    private String version(String contact) {
        return api.get("/api/v1/contacts/" + contact).header("ETag").orElse("\"1\"");
    }

    private Api.Answer agent() {
        return api.post("/api/v1/agents", Map.of("kind", "bot", "name", "Robô"));
    }

    private Api.Answer contact(int n) {
        return api.post("/api/v1/contacts", Map.of("name", "Ana", "phones", List.of(phone(n))));
    }

    private static String phone(int n) {
        return "+55119888800%02d".formatted(n);
    }

    private static String json(Map<String, Object> body) {
        return JsonMapper.shared().writeValueAsString(body);
    }

    private static long created(List<Api.Answer> answers) {
        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).as(answer.toString()).isIn(201, 409));
        return answers.stream().filter(answer -> answer.status() == 201).count();
    }

    private static List<Api.Answer> together(IntFunction<Api.Answer> ask) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = new ArrayList<Future<Api.Answer>>();
            IntStream.range(0, AT_ONCE).forEach(n -> asked.add(threads.submit(() -> ask.apply(n))));
            var answers = new ArrayList<Api.Answer>();
            for (var one : asked) answers.add(one.get());
            return answers;
        }
    }

    private List<String> all(String sql) {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> db.sql(sql).query(String.class).list()));
    }
}
