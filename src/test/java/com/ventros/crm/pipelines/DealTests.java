package com.ventros.crm.pipelines;

import static com.ventros.crm.pipelines.Board.LOST;
import static com.ventros.crm.pipelines.Board.NEW;
import static com.ventros.crm.pipelines.Board.OFFER;
import static com.ventros.crm.pipelines.Board.WON;
import static com.ventros.crm.pipelines.Board.id;
import static com.ventros.crm.pipelines.Board.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@DatabaseTest
class DealTests {

    /** Generous: two cores may be busy with others. */
    private static final Duration SOON = Duration.ofSeconds(60);

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

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
    void aContactEntersGoesOnAndLeaves() {
        var contact = board.contact();
        var made = api.post("/api/v1/deals", Map.of("contactId", contact, "value", Map.of("amount", 129900, "currency", "BRL")));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(made.json().path("statusId").asString()).as("the default pipeline's first").isEqualTo(board.status(NEW));
        assertThat(made.json().path("value").path("amount").asLong()).isEqualTo(129900);
        assertThat(board.tryToEnter(contact, Map.of()).code()).isEqualTo("deal_exists");

        var offered = board.move(made.json(), OFFER, Map.of()).json();
        var won = board.move(offered, WON, Map.of()).json();
        assertThat(won.path("kind").asString()).isEqualTo("won");
        var back = board.move(won, OFFER, Map.of()).json();
        var worthLess = board.as(back).send("PUT", path(back) + "/value", "{\"value\":{\"amount\":100,\"currency\":\"BRL\"}}").json();
        for (var forgotten : List.of("{}", "{\"worth\":null}")) {
            var refused = board.as(worthLess).send("PUT", path(back) + "/value", forgotten);
            assertThat(refused.status() + " " + refused.json().path("errors").get(0).path("field").asString()).as(forgotten).isEqualTo("400 value");
        }
        var unknown = board.as(worthLess).send("PUT", path(back) + "/value", "{\"value\":null}").json();
        assertThat(unknown.path("value").isNull()).isTrue();
        var left = board.as(unknown).post(path(back) + "/leave", Map.of()).json();
        assertThat(left.path("leftBecause").asString()).isEqualTo("left");
        assertThat(board.move(left, WON, Map.of()).code()).isEqualTo("deal_left");
        var again = board.enter(contact, Map.of());
        assertThat(id(again)).isNotEqualTo(id(left));
        assertThat(Board.texts(api.get("/api/v1/deals?contactId=" + contact).json().path("items"), "id"))
                .containsExactly(id(again), id(left));

        var stays = api.get(path(left) + "/stays").json().path("items");
        assertThat(Board.texts(stays, "statusId")).containsExactly(board.status(NEW), board.status(OFFER), board.status(WON),
                board.status(OFFER));
        for (int i = 1; i < stays.size(); i++) {
            assertThat(stays.get(i).path("since").asString()).isEqualTo(stays.get(i - 1).path("until").asString());
        }
        assertThat(stays.get(3).path("until").asString()).isEqualTo(left.path("leftAt").asString());
        assertThat(events(left)).containsExactly("contact.entered_pipeline", "contact.pipeline_status_changed",
                "contact.pipeline_status_changed", "deal.won", "contact.pipeline_status_changed", "deal.reopened",
                "deal.value_set", "deal.value_set", "contact.exited_pipeline");
        await().atMost(SOON).untilAsserted(() -> assertThat(Board.texts(api.get("/api/v1/contacts/" + contact + "/timeline?kind=deal")
                .json().path("items"), "type")).containsOnly("contact.entered_pipeline", "contact.pipeline_status_changed",
                "contact.exited_pipeline"));
    }

    @Test
    void thePipelinesTransitionsAreKept() {
        var deal = board.enter();
        board.change("PATCH", "/statuses/" + board.status(NEW), Map.of("next", List.of(board.status(OFFER))));
        assertThat(board.move(deal, WON, Map.of()).code()).isEqualTo("transition_not_allowed");
        var moved = board.move(deal, OFFER, Map.of());
        assertThat(moved.status()).isEqualTo(200);
        assertThat(board.move(moved.json(), WON, Map.of()).status()).isEqualTo(200);
    }

    @Test
    void whatAStatusAsksForIsNamedWhenItIsMissing() {
        var ids = new ArrayList<String>();
        for (var key : List.of("cpf", "plano", "obs")) {
            ids.add(api.post("/api/v1/contact-fields", Map.of("key", key, "label", "Campo " + key, "type", "text")).json().path("id").asString());
        }
        board.change("PATCH", "/statuses/" + board.status(OFFER), Map.of("requiredFields", ids));
        api.with("If-Match", "\"1\"").patch("/api/v1/contact-fields/" + ids.getLast(), Map.of("archived", true));
        var deal = board.enter();
        var refused = board.move(deal, OFFER, Map.of());
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("required_fields_missing");
        assertThat(Board.texts(refused.json().path("errors"), "field")).containsExactly("fields.cpf", "fields.plano");
        assertThat(Board.texts(refused.json().path("errors"), "detail")).containsExactly("Campo cpf", "Campo plano");
        assertThat(board.tryToEnter(board.contact(), Map.of("statusId", board.status(OFFER))).code())
                .as("nobody slips in").isEqualTo("required_fields_missing");
        api.with("If-Match", "\"1\"").patch("/api/v1/contacts/" + deal.path("contactId").asString(),
                Map.of("fields", Map.of("cpf", "1", "plano", "ouro")));
        assertThat(board.move(deal, OFFER, Map.of()).status()).isEqualTo(200);
    }

    @Test
    void aLossHasAReason() {
        var deal = board.enter();
        var lost = board.move(deal, LOST, Map.of());
        assertThat(lost.status()).as("none is known").isEqualTo(200);
        var reason = board.reason("Preço");
        var other = board.enter();
        assertThat(field(board.move(other, LOST, Map.of()))).isEqualTo("lossReasonId");
        assertThat(field(board.move(other, LOST, Map.of("lossReasonId", Uuids.v7())))).isEqualTo("lossReasonId");
        assertThat(field(board.move(other, WON, Map.of("lossReasonId", reason)))).isEqualTo("lossReasonId");
        var gone = board.move(other, LOST, Map.of("lossReasonId", reason)).json();
        assertThat(gone.path("lossReasonId").asString()).isEqualTo(reason);
        assertThat(board.move(gone, NEW, Map.of()).json().path("lossReasonId").isNull()).isTrue();
    }

    @Test
    void cardsStandWhereTheyWerePut() {
        var cards = new HashMap<String, JsonNode>();
        for (var name : List.of("a", "b", "c", "d")) cards.put(name, board.enter());
        assertThat(order(NEW, cards)).as("the newest on top").isEqualTo("dcba");
        board.move(cards.get("a"), NEW, Map.of("afterId", id(cards.get("d"))));
        assertThat(order(NEW, cards)).isEqualTo("dacb");
        board.move(cards.get("d"), NEW, Map.of("beforeId", id(cards.get("b"))));
        assertThat(order(NEW, cards)).isEqualTo("acdb");
        board.move(cards.get("c"), NEW, Map.of("afterId", id(cards.get("b"))));
        assertThat(order(NEW, cards)).isEqualTo("adbc");
        var gone = board.move(board.deal(cards.get("b")), OFFER, Map.of()).json();
        var beside = board.move(board.deal(cards.get("a")), NEW, Map.of("afterId", id(gone), "beforeId", id(cards.get("c"))));
        assertThat(beside.status()).as("one neighbour is enough").isEqualTo(200);
        assertThat(order(NEW, cards)).isEqualTo("dac");
        assertThat(board.move(board.deal(cards.get("a")), NEW, Map.of("afterId", id(gone))).code()).isEqualTo("neighbours_gone");
        var still = board.deal(cards.get("a"));
        assertThat(board.move(still, NEW, Map.of("afterId", id(cards.get("d")))).json().path("version").asLong())
                .as("it stands there already, and in a new place between the same two")
                .isGreaterThanOrEqualTo(still.path("version").asLong());
        assertThat(order(NEW, cards)).isEqualTo("dac");
    }

    @Test
    void nonsenseIsRefusedWithItsField() {
        var contact = board.contact();
        assertThat(field(board.tryToEnter(contact, Map.of("statusId", board.status(WON))))).isEqualTo("statusId");
        assertThat(field(board.tryToEnter(contact, Map.of("statusId", Uuids.v7())))).isEqualTo("statusId");
        assertThat(field(board.tryToEnter(contact, Map.of("value", Map.of("amount", -1, "currency", "BRL"))))).isEqualTo("value.amount");
        assertThat(field(board.tryToEnter(contact, Map.of("value", Map.of("amount", 1, "currency", "REAL"))))).isEqualTo("value.currency");
        for (var noMoney : List.of("XXX", "XAU")) {
            assertThat(field(board.tryToEnter(contact, Map.of("value", Map.of("amount", 1, "currency", noMoney))))).as(noMoney).isEqualTo("value.currency");
        }
        assertThat(board.tryToEnter(Uuids.v7().toString(), Map.of()).code()).isEqualTo("contact_not_found");
        api.delete("/api/v1/contacts/" + contact);
        assertThat(board.tryToEnter(contact, Map.of()).code()).isEqualTo("contact_deleted");
        var deal = board.enter();
        assertThat(api.post(path(deal) + "/move", Map.of("statusId", board.status(OFFER))).status()).isEqualTo(428);
        assertThat(field(board.as(deal).post(path(deal) + "/move", Map.of()))).isEqualTo("statusId");
        var stranger = Api.anonymous(port).as(TestCallers.mayAll(TestTenant.create(db, transaction).tenant()));
        assertThat(stranger.get(path(deal)).status()).isEqualTo(404);
        assertThat(stranger.with("If-Match", "\"1\"").post(path(deal) + "/move", Map.of("statusId", board.status(OFFER))).status()).isEqualTo(404);
    }

    @Test
    void aStatusWithCardsIsNotArchivedAndAnArchivedPipelineStandsStill() {
        var deal = board.enter();
        assertThat(board.change("PATCH", "/statuses/" + board.status(NEW), Map.of("archived", true)).code()).isEqualTo("status_in_use");
        var moved = board.move(deal, OFFER, Map.of()).json();
        assertThat(board.change("PATCH", "/statuses/" + board.status(NEW), Map.of("archived", true)).status()).isEqualTo(200);
        assertThat(board.move(moved, NEW, Map.of()).code()).isEqualTo("status_archived");
        var other = Board.define(api, "Outra");
        var theirs = other.enter();
        other.change("PATCH", "", Map.of("archived", true));
        assertThat(other.move(theirs, OFFER, Map.of()).code()).isEqualTo("pipeline_archived");
        assertThat(other.tryToEnter(board.contact(), Map.of()).code()).isEqualTo("pipeline_archived");
        assertThat(other.as(theirs).post(path(theirs) + "/leave", Map.of()).status()).as("one may always go").isEqualTo(200);
    }

    @Test
    void manyAreMovedEachForItself() {
        var field = api.post("/api/v1/contact-fields", Map.of("key", "cpf", "label", "CPF", "type", "text")).json().path("id").asString();
        board.change("PATCH", "/statuses/" + board.status(OFFER), Map.of("requiredFields", List.of(field)));
        var good = new ArrayList<JsonNode>();
        for (int i = 0; i < 3; i++) {
            var contact = api.post("/api/v1/contacts", Map.of("name", "Com CPF", "fields", Map.of("cpf", "1"))).json();
            good.add(board.enter(id(contact), Map.of()));
        }
        var without = board.enter();
        var nobody = Uuids.v7().toString();
        var items = List.of(Map.of("dealId", id(good.get(0))), Map.of("dealId", id(without)), Map.of("dealId", nobody),
                Map.of("dealId", id(good.get(1)), "version", 99), Map.of("dealId", id(good.get(2)), "version", 1));
        var key = api.with("Idempotency-Key", Uuids.v7().toString());
        var answer = key.post("/api/v1/deals/move", Map.of("items", items, "statusId", board.status(OFFER)));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        var results = answer.json().path("items");
        assertThat(Board.texts(results, "outcome")).containsExactly("moved", "refused", "refused", "refused", "moved");
        assertThat(Board.texts(results, "dealId")).containsExactly(id(good.get(0)), id(without), nobody, id(good.get(1)), id(good.get(2)));
        assertThat(results.get(1).path("code").asString()).isEqualTo("required_fields_missing");
        assertThat(results.get(1).path("errors").get(0).path("field").asString()).isEqualTo("fields.cpf");
        assertThat(results.get(2).path("code").asString()).isEqualTo("deal_not_found");
        assertThat(results.get(3).path("code").asString()).isEqualTo("version_stale");
        assertThat(column(OFFER)).as("in their order").containsExactly(id(good.get(0)), id(good.get(2)));
        assertThat(key.post("/api/v1/deals/move", Map.of("items", items, "statusId", board.status(OFFER))).text())
                .as("once").isEqualTo(answer.text());
        assertThat(field(api.post("/api/v1/deals/move", Map.of("items", List.of(), "statusId", board.status(OFFER))))).isEqualTo("items");
        assertThat(field(api.post("/api/v1/deals/move", Map.of("items", List.of(items.getFirst(), items.getFirst()),
                "statusId", board.status(OFFER))))).isEqualTo("items");
    }

    /** Cards that many people drag about at once, one by one and many together: none is lost, none doubled, none overwritten. */
    @Test
    void movesAtOnceLoseNothing() throws Exception {
        var cards = new ArrayList<JsonNode>();
        for (int i = 0; i < 12; i++) cards.add(board.enter());
        var statuses = List.of(NEW, OFFER, WON, LOST);
        var ids = new HashMap<String, String>();
        statuses.forEach(name -> ids.put(name, board.status(name)));
        var work = new ArrayList<Callable<Integer>>();
        for (int person = 0; person < 6; person++) {
            var random = new Random(person);
            work.add(() -> {
                int done = 0;
                for (int i = 0; i < 40; i++) {
                    var target = ids.get(statuses.get(random.nextInt(statuses.size())));
                    if (random.nextInt(8) == 0) {
                        var items = cards.stream().filter(_ -> random.nextBoolean()).map(card -> Map.of("dealId", id(card))).toList();
                        if (items.isEmpty()) continue;
                        var answer = api.post("/api/v1/deals/move", Map.of("items", items, "statusId", target));
                        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
                        continue;
                    }
                    var card = board.deal(cards.get(random.nextInt(cards.size())));
                    var move = new HashMap<String, Object>(Map.of("statusId", target));
                    if (random.nextBoolean()) move.put("afterId", id(cards.get(random.nextInt(cards.size()))));
                    var answer = board.as(card).post(path(card) + "/move", move);
                    assertThat(answer.status()).as(answer.toString()).isIn(200, 409, 412);
                    if (answer.status() == 409) assertThat(answer.code()).isEqualTo("neighbours_gone");
                    if (answer.status() == 200) done++;
                }
                return done;
            });
        }
        try (var people = Executors.newFixedThreadPool(work.size())) {
            for (var one : people.invokeAll(work)) assertThat(one.get()).isPositive();
        }
        var standing = new ArrayList<String>();
        statuses.forEach(name -> standing.addAll(column(name)));
        assertThat(standing).containsExactlyInAnyOrderElementsOf(texts(cards));
        // Each change made one version and at least one event: none overwrote another.
        var changes = inTenant(() -> db.sql("""
                select count(*) from deal d where d.version <> (select count(distinct e.aggregate_version)
                  from domain_event_logs e where e.aggregate_id = d.id)
                    or d.version <> (select max(e.aggregate_version) from domain_event_logs e where e.aggregate_id = d.id)
                """).query(Long.class).single());
        assertThat(changes).isZero();
        assertThat(inTenant(() -> db.sql("""
                select count(*) from (select deal_id, since, until, lead(since) over (partition by deal_id order by version) as next,
                                             lead(status_id) over (partition by deal_id order by version) as following, status_id
                                        from deal_stay) s
                 where until is distinct from next or status_id = following
                """).query(Long.class).single())).as("one stay follows the other").isZero();
    }

    @Test
    void ofMovesFromOneVersionOneIsMade() throws Exception {
        var deal = board.enter();
        var statuses = List.of(board.status(OFFER), board.status(WON), board.status(LOST), board.status(NEW));
        var answers = new ArrayList<Integer>();
        try (var people = Executors.newFixedThreadPool(8)) {
            var asked = people.invokeAll(java.util.stream.IntStream.range(0, 8).<Callable<Integer>>mapToObj(i -> () ->
                    board.as(deal).post(path(deal) + "/move", Map.of("statusId", statuses.get(i % 3))).status()).toList());
            for (var one : asked) answers.add(one.get());
        }
        assertThat(answers).containsOnly(200, 412).containsOnlyOnce(200);
        assertThat(board.deal(deal).path("version").asLong()).isEqualTo(2);
    }

    @Test
    void aContactEntersOnceThoughManyTakeItIn() throws Exception {
        var contact = board.contact();
        var answers = new ArrayList<Integer>();
        try (var people = Executors.newFixedThreadPool(8)) {
            for (var one : people.invokeAll(java.util.stream.IntStream.range(0, 8).<Callable<Integer>>mapToObj(_ -> () ->
                    board.tryToEnter(contact, Map.of()).status()).toList())) answers.add(one.get());
        }
        assertThat(answers).containsOnly(201, 409).containsOnlyOnce(201);
    }

    @Test
    void cardsGoAndComeWithTheirContact() {
        var deal = board.move(board.enter(), OFFER, Map.of()).json();
        var contact = "/api/v1/contacts/" + deal.path("contactId").asString();
        api.delete(contact);
        await().atMost(SOON).until(() -> board.deal(deal).path("leftBecause").asString("").equals("contact_deleted"));
        api.post(contact + "/restore", Map.of());
        await().atMost(SOON).until(() -> board.deal(deal).path("leftAt").isNull());
        assertThat(board.deal(deal).path("statusId").asString()).isEqualTo(board.status(OFFER));
        assertThat(events(deal)).endsWith("contact.exited_pipeline", "contact.entered_pipeline");
    }

    /** The rules are the aggregate's; the database is the second wall. */
    @Test
    void theDatabaseRefusesWhatTheRulesWould() {
        var first = board.enter();
        var second = board.enter();
        var other = Board.define(api, "Outra");
        refused("update deal set status_id = '" + other.status(NEW) + "' where id = '" + id(first) + "'");
        refused("update deal set contact_id = '" + second.path("contactId").asString() + "' where id = '" + id(first) + "'");
        refused("update deal set rank = (select rank from deal where id = '" + id(second) + "') where id = '" + id(first) + "'");
        refused("update deal set amount = 5 where id = '" + id(first) + "'");
        refused("update deal set left_at = now() where id = '" + id(first) + "'");
        refused("insert into deal_stay select tenant_id, deal_id, 9, status_id, since from deal_stay where deal_id = '" + id(first) + "'");
    }

    private void refused(String sql) {
        assertThatThrownBy(() -> inTenant(() -> db.sql(sql).update())).as(sql)
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    private List<String> column(String status) {
        return inTenant(() -> db.sql("select id::text from deal where status_id = :status and left_at is null order by rank")
                .param("status", UUID.fromString(board.status(status))).query(String.class).list());
    }

    private String order(String status, Map<String, JsonNode> cards) {
        var names = new HashMap<String, String>();
        cards.forEach((name, card) -> names.put(id(card), name));
        cards.replaceAll((_, card) -> board.deal(card));
        return String.join("", column(status).stream().map(names::get).toList());
    }

    private List<String> events(JsonNode deal) {
        return inTenant(() -> db.sql("select type from domain_event_logs where aggregate_id = :id order by position")
                .param("id", UUID.fromString(id(deal))).query(String.class).list());
    }

    private static List<String> texts(List<JsonNode> cards) {
        return cards.stream().map(Board::id).toList();
    }

    private static String field(Api.Answer refused) {
        assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
        return refused.json().path("errors").get(0).path("field").asString();
    }

    private <T> T inTenant(Supplier<T> work) {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> work.get()));
    }
}
