package com.ventros.crm.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestTenant;
import com.ventros.crm.accounts.OpenTenant;
import com.ventros.crm.channels.ChannelView;
import com.ventros.crm.channels.CreateChannel;
import com.ventros.crm.channels.TestChannels;
import com.ventros.crm.channels.UpdateChannel;
import com.ventros.crm.channels.waha.Samples;
import com.ventros.crm.channels.waha.simulator.Engine;
import com.ventros.crm.channels.waha.simulator.Options;
import com.ventros.crm.channels.waha.simulator.SimulatedSession;
import com.ventros.crm.channels.waha.simulator.WahaSimulator;
import com.ventros.crm.conversations.SendMessage;
import com.ventros.crm.embedded.EmbeddedDatabase;
import com.ventros.crm.embedded.EmbeddedProperties;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Envelope;
import com.ventros.crm.pipelines.DealView;
import com.ventros.crm.pipelines.DefinePipelines;
import com.ventros.crm.pipelines.MoveDeals;
import com.ventros.crm.tenancy.Tenancy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DatabaseTest
class DemoTests {

    private static final Duration SOON = Duration.ofSeconds(40);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    ObjectProvider<EmbeddedDatabase> embedded;

    @Autowired
    Environment environment;

    @Autowired
    OpenTenant openTenant;

    @Autowired
    CreateChannel createChannel;

    @Autowired
    UpdateChannel updateChannel;

    @Autowired
    ChannelView channels;

    @Autowired
    SendMessage sendMessage;

    @Autowired
    DefinePipelines pipelines;

    @Autowired
    DealView deals;

    @Autowired
    MoveDeals moveDeals;

    @LocalServerPort
    int port;

    private TestTenant shopkeeper;

    /** What the first start of a demo leaves behind; its tenant is one of the test's. */
    @BeforeEach
    void rememberAShop() throws IOException {
        shopkeeper = TestTenant.create(db, transaction);
        rememberAShop(shopkeeper);
    }

    private void rememberAShop(TestTenant shopkeeper) throws IOException {
        Files.writeString(folder.resolve("demo.properties"), """
                tenant=%s
                password=a-password-of-the-first-start
                apiKey=an-api-key-of-the-first-start
                hmacSecret=%s
                """.formatted(shopkeeper.tenant(), Samples.SECRET));
    }

    @Test
    void customersGoOnWritingAfterARestart() throws IOException {
        var first = shop();
        first.open();
        await().atMost(SOON).until(() -> heard(shopkeeper) > 0);
        first.close();
        var before = heard(shopkeeper);

        var second = shop();
        try {
            second.open();
            await().atMost(SOON).until(() -> heard(shopkeeper) > before);
        } finally {
            second.close();
        }
    }

    /** The folder of an earlier release does not say which channel is the shop's. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void channelsOfOnesOwnStayAsTheyAre(boolean folderOfBefore) throws IOException {
        var first = shop();
        first.open();
        first.close();
        if (folderOfBefore) rememberAShop(shopkeeper);
        var own = TestChannels.of(shopkeeper, port);
        var program = own.api().post("/api/v1/channels", Map.of("name", "Programa", "type", "api",
                "api", Map.of("url", "https://example.com/hook", "secret", Samples.SECRET))).json();
        var support = TestChannels.body("http://127.0.0.1:9", "suporte");
        support.put("name", "Atendimento");
        var waha = own.api().post("/api/v1/channels", support).json();
        var shops = byName(own).get("WhatsApp da loja");

        var second = shop();
        try {
            second.open();
            var after = byName(own);
            assertThat(after).hasSize(3);
            assertThat(after.get("Programa").path("api")).isEqualTo(program.path("api"));
            assertThat(after.get("Atendimento").path("waha")).isEqualTo(waha.path("waha"));
            assertThat(after.get("WhatsApp da loja").path("id")).isEqualTo(shops.path("id"));
            assertThat(after.get("WhatsApp da loja").path("waha").path("url")).as("where this start's simulator is")
                    .isNotEqualTo(shops.path("waha").path("url"));
        } finally {
            second.close();
        }
    }

    /** Whoever points the shop's channel at a server of their own keeps it, and the shop makes itself another. */
    @Test
    void aChannelThatWasPointedElsewhereIsTheShopsNoLonger() throws IOException {
        var first = shop();
        first.open();
        first.close();
        var own = TestChannels.of(shopkeeper, port);
        await().atMost(SOON).until(() -> pointedElsewhere(own, byName(own).get("WhatsApp da loja")));
        var mine = byName(own).get("Minha").path("waha");
        for (int start = 0; start < 2; start++) {
            var again = shop();
            again.open();
            again.close();
            assertThat(byName(own)).hasSize(2).containsKey("WhatsApp da loja");
            assertThat(byName(own).get("Minha").path("waha")).isEqualTo(mine);
        }
    }

    @Test
    void theColleagueAnswersTheDemosCustomersAndNobodyElses() throws IOException {
        var somebody = TestTenant.create(db, transaction);
        var board = new DemoBoard(pipelines, deals, moveDeals);
        var shop = shop(board);
        var colleague = new DemoColleague(shop, board, sendMessage, Duration.ZERO);
        try (var waha = WahaSimulator.start(Options.forTests())) {
            shop.open();
            var shops = byName(TestChannels.of(shopkeeper, port)).get("WhatsApp da loja");
            var shown = someoneTheColleagueWouldAnswer(shopkeeper, deliveredTo(waha, "vendas", shops.path("webhookPath").asString()),
                    event -> event.data().path("channelId").equals(shops.path("id")));
            var real = someoneTheColleagueWouldAnswer(somebody, connect(waha, somebody, "real"), _ -> true);
            // The shopkeeper's own customers write to another number, and are real as well.
            var beside = someoneTheColleagueWouldAnswer(shopkeeper, connect(waha, shopkeeper, "beside"),
                    event -> !event.data().path("channelId").equals(shown.data().path("channelId")));

            var own = TestChannels.of(shopkeeper, port).api();
            var card = "/api/v1/deals?contactId=" + shown.data().path("contactId").asString();
            await().atMost(SOON).until(() -> own.get(card).json().path("items").size() == 1);

            Tenancy.run(somebody.tenant(), () -> colleague.handle(List.of(real)));
            Tenancy.run(shopkeeper.tenant(), () -> colleague.handle(List.of(beside, shown)));

            // She does one thing after the other: what she owes the first would be there before.
            await().atMost(SOON).until(() -> answered(shopkeeper) == 1);
            assertThat(answered(somebody)).isZero();

            var pipeline = own.get("/api/v1/pipelines").json().path("items").get(0);
            await().atMost(SOON).until(() -> own.get(card).json().path("items").get(0).path("statusId"),
                    pipeline.path("statuses").get(1).path("id")::equals);
        } finally {
            colleague.close();
            shop.close();
        }
    }

    private DemoShop shop() {
        return shop(new DemoBoard(pipelines, deals, moveDeals));
    }

    private DemoShop shop(DemoBoard board) {
        return new DemoShop(embedded, new EmbeddedProperties(folder, Optional.empty(), false, "32MB"), environment,
                openTenant, createChannel, updateChannel, channels, board);
    }

    private static Map<String, JsonNode> byName(TestChannels channels) {
        return channels.api().get("/api/v1/channels").json().path("items").valueStream()
                .collect(Collectors.toMap(channel -> channel.path("name").asString(), Function.identity()));
    }

    /** Not, when news of the channel's status came in between. */
    private static boolean pointedElsewhere(TestChannels channels, JsonNode channel) {
        return channels.api().with("If-Match", "\"" + channel.path("version").asLong() + "\"").patch("/api/v1/channels/" + channel.path("id").asString(),
                Map.of("name", "Minha", "waha", Map.of("url", "http://127.0.0.1:9", "session", "minha", "apiKey", TestChannels.API_KEY))).status() == 200;
    }

    private SimulatedSession connect(WahaSimulator waha, TestTenant tenant, String name) {
        return deliveredTo(waha, name, TestChannels.of(tenant, port).connect(waha.url(), name).webhookPath());
    }

    private SimulatedSession deliveredTo(WahaSimulator waha, String session, String webhookPath) {
        return waha.session(session, Engine.GOWS).deliverTo("http://127.0.0.1:" + port + webhookPath, Samples.SECRET).pair();
    }

    /** She answers every other chat, by its id: customers write until one of them has such a chat. */
    private Envelope someoneTheColleagueWouldAnswer(TestTenant tenant, SimulatedSession session, Predicate<Envelope> which) {
        for (var number = 5511998000101L; ; number++) {
            var before = heard(tenant);
            session.customer("Cliente " + number, Long.toString(number)).writes("Oi");
            await().atMost(SOON).until(() -> heard(tenant) > before);
            var chosen = someoneSheWouldAnswer(tenant, which);
            if (chosen.isPresent()) return chosen.get();
        }
    }

    private Optional<Envelope> someoneSheWouldAnswer(TestTenant tenant, Predicate<Envelope> which) {
        return messagesHeard(tenant).stream().filter(which).filter(event -> UUID.fromString(
                event.data().path("chatId").asString()).getLeastSignificantBits() % 2 == 0).findFirst();
    }

    private List<Envelope> messagesHeard(TestTenant tenant) {
        return in(tenant, () -> db.sql("""
                select id, aggregate_id, data::text as data from domain_event_logs
                 where type = 'message.created' and data ->> 'direction' = 'INBOUND' and data ->> 'contactId' is not null
                """)
                .query((row, _) -> envelope(tenant, row.getObject("id", UUID.class),
                        row.getObject("aggregate_id", UUID.class), JSON.readTree(row.getString("data")))).list());
    }

    private static Envelope envelope(TestTenant tenant, UUID id, UUID message, JsonNode data) {
        return new Envelope(id, "message.created", 1, Instant.now(), tenant.tenant(), Optional.of(tenant.project()),
                "message", message, 1, 1, id, Optional.empty(), Actor.system("test"), Optional.empty(), data);
    }

    private int heard(TestTenant tenant) {
        return messagesHeard(tenant).size();
    }

    private int answered(TestTenant tenant) {
        return in(tenant, () -> db.sql("select count(*) from message where direction = 'OUTBOUND'")
                .query(Integer.class).single());
    }

    private <T> T in(TestTenant tenant, Supplier<T> work) {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> work.get()));
    }
}
