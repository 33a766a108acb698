package com.ventros.crm.pipelines.flow;

import static com.ventros.crm.pipelines.Board.LOST;
import static com.ventros.crm.pipelines.Board.NEW;
import static com.ventros.crm.pipelines.Board.OFFER;
import static com.ventros.crm.pipelines.Board.WON;
import static com.ventros.crm.pipelines.Board.id;
import static com.ventros.crm.pipelines.Board.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.Envelope;
import com.ventros.crm.events.Replays;
import com.ventros.crm.pipelines.Board;
import com.ventros.crm.tenancy.Tenancy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DatabaseTest
class BoardTests {

    /** Generous: two cores may be busy with others. */
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final List<String> STATUSES = List.of(NEW, OFFER, WON, LOST);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Replays replays;

    @Autowired
    PipelineBoard model;

    private TestTenant tenant;
    private Api api;
    private Board board;

    @BeforeEach
    void aPipeline() {
        tenant = TestTenant.create(db, transaction);
        api = Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant()));
        board = Board.define(api, "Vendas");
    }

    @Test
    void aBoardShowsItsColumnsWithCountsSumsAndCards() {
        var cards = new ArrayList<JsonNode>();
        for (int i = 0; i < 5; i++) {
            cards.add(board.enter(board.contact(), i == 4 ? Map.of()
                    : Map.of("value", Map.of("amount", 1000 * (i + 1), "currency", i == 3 ? "USD" : "BRL"))));
        }
        board.move(cards.get(0), OFFER, Map.of());
        allIsHeard();
        var shown = board(3);
        assertThat(Board.texts(shown.path("columns"), "statusId")).containsExactlyElementsOf(STATUSES.stream().map(board::status).toList());
        var first = shown.path("columns").get(0);
        assertThat(first.path("cards").asLong()).isEqualTo(4);
        assertThat(first.path("sums").toString()).isEqualTo("[{\"currency\":\"BRL\",\"amount\":5000},{\"currency\":\"USD\",\"amount\":4000}]");
        assertThat(Board.texts(first.path("items"), "id")).containsExactly(id(cards.get(4)), id(cards.get(3)), id(cards.get(2)));
        assertThat(first.path("items").get(1).path("contactName").asString()).isEqualTo("Cliente 4");
        var rest = api.get("/api/v1/pipelines/" + board.id() + "/statuses/" + board.status(NEW) + "/cards?cursor="
                + first.path("nextCursor").asString()).json();
        assertThat(Board.texts(rest.path("items"), "id")).containsExactly(id(cards.get(1)));
        assertThat(rest.path("nextCursor").isNull()).isTrue();
        assertThat(shown.path("columns").get(2).path("cards").asLong()).isZero();
    }

    @Test
    void aFilterAsksForContacts() {
        var vip = api.post("/api/v1/contacts", Map.of("name", "Ana", "tags", List.of("vip"))).json();
        board.enter(id(vip), Map.of("value", Map.of("amount", 700, "currency", "BRL")));
        board.enter();
        allIsHeard();
        var filter = URLEncoder.encode("{\"field\":\"tag\",\"equals\":\"vip\"}", StandardCharsets.UTF_8);
        var first = api.get("/api/v1/pipelines/" + board.id() + "/board?filter=" + filter).json().path("columns").get(0);
        assertThat(first.path("cards").asLong()).isOne();
        assertThat(first.path("sums").get(0).path("amount").asLong()).isEqualTo(700);
        assertThat(Board.texts(first.path("items"), "contactName")).containsExactly("Ana");
        assertThat(Board.texts(api.get("/api/v1/pipelines/" + board.id() + "/statuses/" + board.status(NEW) + "/cards?filter="
                + filter).json().path("items"), "contactName")).containsExactly("Ana");
        assertThat(api.get("/api/v1/pipelines/" + board.id() + "/board?filter=x").status()).isEqualTo(422);
        // And the other way about: contacts by where they are.
        var found = api.post("/api/v1/contacts/search", Map.of("filter", Map.of("and", List.of(
                Map.of("field", "pipelineStatus", "equals", board.status(NEW)), Map.of("field", "tag", "equals", "vip"))))).json();
        assertThat(Board.texts(found.path("items"), "name")).containsExactly("Ana");
    }

    /** Whatever happened: the board is what the deals are, and one that is built anew from the log is the same. */
    @Test
    void aRebuiltBoardIsTheLiveOneAndBothAreTheDeals() {
        for (int seed = 0; seed < 3; seed++) happen(new Random(seed), 60);
        allIsHeard();
        var live = cards(generation());
        assertThat(live).hasSizeGreaterThan(10).isEqualTo(deals());
        var columns = columns(generation());
        assertThat(columns).isNotEmpty().isEqualTo(sums());

        inTenant(() -> db.sql("update board_column set cards = cards + 1").update());
        inTenant(() -> db.sql("delete from board_card where deal_id = (select deal_id from board_card where not gone limit 1)").update());
        var replay = inTenant(() -> Cause.outside(Actor.system("test")).call(() -> replays.start(new Replays.Request("board",
                Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()))));
        assertThat(replay.kind()).isEqualTo("rebuild");
        happen(new Random(99), 20);
        await().atMost(SOON).until(() -> inTenant(() -> replays.find(replay.id())).state().equals("done"));
        allIsHeard();
        assertThat(generation()).isEqualTo(1);
        assertThat(cards(1)).isEqualTo(deals());
        assertThat(columns(1)).isEqualTo(sums());
        board.enter();
        allIsHeard();
        assertThat(columns(1)).isEqualTo(sums());
        assertThat(columns(0)).as("swept").isEmpty();
    }

    /** Consumers hear of some events twice, and in any order. */
    @Test
    void theOrderInWhichEventsArriveChangesNothing() {
        happen(new Random(4711), 80);
        allIsHeard();
        var events = events();
        for (int seed = 0; seed < 5; seed++) {
            var random = new Random(seed);
            var heard = new ArrayList<>(events);
            events.stream().filter(_ -> random.nextInt(3) == 0).forEach(heard::add);
            Collections.shuffle(heard, random);
            inTenant(() -> db.sql("delete from board_card").update() + db.sql("delete from board_column").update());
            for (int i = 0; i < heard.size(); ) {
                var batch = heard.subList(i, Math.min(heard.size(), i + 1 + random.nextInt(15)));
                inTenant(() -> {
                    model.handle(List.copyOf(batch));
                    return null;
                });
                i += batch.size();
            }
            assertThat(cards(generation())).as("seed " + seed).isEqualTo(deals());
            assertThat(columns(generation())).as("seed " + seed).isEqualTo(sums());
        }
    }

    /** Contacts enter, move, are worth something, leave, are deleted. */
    private void happen(Random random, int steps) {
        var cards = new ArrayList<JsonNode>();
        for (int i = 0; i < steps; i++) {
            if (cards.isEmpty() || random.nextInt(4) == 0) {
                cards.add(board.enter());
                continue;
            }
            var card = board.deal(cards.get(random.nextInt(cards.size())));
            switch (random.nextInt(12)) {
                case 0 -> board.as(card).post(path(card) + "/leave", Map.of());
                case 1, 2, 3 -> board.as(card).send("PUT", path(card) + "/value", "{\"value\":" + (random.nextInt(4) == 0 ? "null"
                        : "{\"amount\":" + random.nextInt(100_000) + ",\"currency\":\"" + (random.nextBoolean() ? "BRL" : "USD") + "\"}") + "}");
                case 4 -> api.delete("/api/v1/contacts/" + card.path("contactId").asString());
                default -> {
                    var more = new HashMap<String, Object>();
                    if (random.nextBoolean()) more.put("afterId", id(cards.get(random.nextInt(cards.size()))));
                    board.move(card, STATUSES.get(random.nextInt(STATUSES.size())), more);
                }
            }
        }
    }

    private JsonNode board(int limit) {
        return api.get("/api/v1/pipelines/" + board.id() + "/board?limit=" + limit).json();
    }

    /** Deals follow their contacts by an event, and the board the deals: the log is quiet when both have heard all. */
    private void allIsHeard() {
        await().atMost(SOON).until(() -> inTenant(() -> db.sql("""
                select count(*) from domain_event_logs e
                 where (aggregate_type = 'deal' and not exists (select from processed_events p
                         where p.consumer_name = 'board' and p.event_id = e.id))
                    or (type in ('contact.deleted', 'contact.restored') and not exists (select from processed_events p
                         where p.consumer_name = 'deals-of-contacts' and p.event_id = e.id))
                """).query(Long.class).single()) == 0);
    }

    private int generation() {
        return inTenant(() -> db.sql("select live_generation('board')").query(Integer.class).single());
    }

    private List<String> cards(int generation) {
        return inTenant(() -> db.sql("""
                select concat_ws(' ', deal_id, pipeline_id, status_id, contact_id, rank, amount, currency, entered_at,
                                 status_since, version)
                  from board_card where generation = :generation and not gone order by deal_id
                """).param("generation", generation).query(String.class).list());
    }

    private List<String> deals() {
        return inTenant(() -> db.sql("""
                select concat_ws(' ', id, pipeline_id, status_id, contact_id, rank, amount, currency, entered_at,
                                 status_since, version)
                  from deal where left_at is null order by id
                """).query(String.class).list());
    }

    private List<String> columns(int generation) {
        return inTenant(() -> db.sql("""
                select concat_ws(' ', status_id, currency, cards, amount) from board_column
                 where generation = :generation and cards > 0 order by status_id, currency
                """).param("generation", generation).query(String.class).list());
    }

    private List<String> sums() {
        return inTenant(() -> db.sql("""
                select concat_ws(' ', status_id, coalesce(currency, ''), count(*), coalesce(sum(amount), 0))
                  from deal where left_at is null group by status_id, coalesce(currency, ''), currency
                 order by status_id, coalesce(currency, '')
                """).query(String.class).list());
    }

    private List<Envelope> events() {
        return inTenant(() -> db.sql("select * from domain_event_logs where aggregate_type = 'deal' order by position")
                .query((row, _) -> new Envelope(row.getObject("id", UUID.class), row.getString("type"), row.getInt("version"),
                        Instant.now(), tenant.tenant(), Optional.of(tenant.project()), "deal",
                        row.getObject("aggregate_id", UUID.class), row.getLong("aggregate_version"), row.getLong("position"),
                        row.getObject("correlation_id", UUID.class), Optional.empty(), Actor.system("test"), Optional.empty(),
                        JSON.readTree(row.getString("data")))).list());
    }

    private <T> T inTenant(Supplier<T> work) {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> work.get()));
    }
}
