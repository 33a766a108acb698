package com.ventros.crm.conversations;

import static com.ventros.crm.conversations.Facts.both;
import static com.ventros.crm.conversations.Facts.chat;
import static com.ventros.crm.conversations.Facts.echo;
import static com.ventros.crm.conversations.Facts.lid;
import static com.ventros.crm.conversations.Facts.phone;
import static com.ventros.crm.conversations.Facts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.contacts.Sighting;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.pipelines.Board;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** People say that two contacts are one person, and that they were not after all. */
@DatabaseTest
class MergedByPeopleTests {

    private static final String ANA = "5511998000201";
    private static final String BIA = "5511998000202";
    private static final String ANAS_LID = "214816000000201";
    private static final String BIAS_LID = "214816000000202";
    /** Generous: two cores may be busy with others. */
    private static final Duration SOON = Duration.ofSeconds(60);

    /** A company, and its two contacts. */
    private record Shop(TestTenant tenant, Api api, Map<String, String> ids) {
        String path(String phone) {
            return "/api/v1/contacts/" + ids.get(phone);
        }

        JsonNode contact(String phone) {
            return api.get(path(phone)).json();
        }
    }

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    ReceiveMessages receiveMessages;

    private final ChannelId channel = ChannelId.create();
    private final Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(12));
    private Shop shop;

    @BeforeEach
    void aShop() {
        shop = shop();
    }

    @Test
    void aPreviewTellsWhatAMergeThenDoes() {
        knownWell();
        var preview = shop.api.get(shop.path(ANA) + "/merges/preview?contactId=" + shop.ids.get(BIA)).json();
        assertThat(texts(preview.path("conflicts"))).containsExactly("name", "fields.plan");
        assertThat(preview.path("name").path("keeps").asString()).isEqualTo("contact");
        assertThat(preview.path("language").path("keeps").asString()).isEqualTo("other");
        assertThat(texts(preview.path("tags").path("coming"))).containsExactly("novo");
        assertThat(texts(preview.path("tags").path("both"))).containsExactly("vip");
        assertThat(preview.path("brings").path("notes").asLong()).isEqualTo(1);
        assertThat(preview.path("brings").path("sessions").asLong()).isEqualTo(1);
        assertThat(preview.path("brings").path("deals").asLong()).isZero();
        assertThat(texts(preview.path("identities"), "value")).containsExactly("+" + BIA);

        var merged = merge(ANA, BIA);
        assertThat(merged.status()).as(merged.toString()).isEqualTo(200);
        var one = merged.json();
        assertThat(one.path("name").asString()).isEqualTo("Ana");
        assertThat(one.path("language").asString()).isEqualTo("en");
        assertThat(texts(one.path("tags"))).containsExactly("novo", "vip");
        assertThat(one.path("fields").path("plan").asString()).isEqualTo("ouro");
        assertThat(one.path("fields").path("city").asString()).isEqualTo("Betim");
        assertThat(texts(one.path("identities"), "value")).containsExactlyInAnyOrder("+" + ANA, "+" + BIA);
        assertThat(shop.contact(BIA).path("id").asString()).as("found under the other id").isEqualTo(shop.ids.get(ANA));
        assertThat(texts(shop.api.get("/api/v1/contacts").json().path("items"), "id")).containsExactly(shop.ids.get(ANA));
        assertThat(texts(shop.api.get("/api/v1/contacts?q=" + BIA).json().path("items"), "id")).containsExactly(shop.ids.get(ANA));
        assertThat(found(Map.of("field", "phone", "equals", "+" + BIA))).containsExactly(shop.ids.get(ANA));
        assertThat(found(Map.of("field", "tag", "equals", "novo"))).containsExactly(shop.ids.get(ANA));
        assertThat(texts(shop.api.get(shop.path(ANA) + "/notes").json().path("items"), "text")).containsExactly("de Bia");
        assertThat(tagCounts(shop)).isEqualTo(Map.of("novo", 1L, "vip", 1L));
        assertThat(texts(shop.api.get(shop.path(ANA) + "/merges").json().path("items"), "contactId"))
                .containsExactly(shop.ids.get(BIA));
        for (var id : shop.ids.values()) assertThat(conversationsOf(id)).as("sessions and messages found under either id").isEqualTo("2, 2");
        assertThat(texts(shop.api.get("/api/v1/chats").json().path("items"), "contactId")).hasSize(2)
                .containsOnly(shop.ids.get(ANA));
    }

    @Test
    void whatCameMeanwhileGoesToTheOneItCameFor() {
        knownWell();
        merge(ANA, BIA);
        receive(shop, text(chat(phone(BIA)), "B2", begin.plusSeconds(60), "de Bia"));
        receive(shop, text(chat(phone(ANA)), "A2", begin.plusSeconds(61), "de Ana"));
        await().atMost(SOON).untilAsserted(() -> assertThat(types(ANA)).containsOnlyOnce("note.created")
                .filteredOn("session.started"::equals).hasSize(2));
        var apart = shop.api.delete(shop.path(ANA) + "/merges/" + shop.ids.get(BIA));
        assertThat(apart.status()).as(apart.toString()).isEqualTo(200);
        assertThat(apart.json().path("language").isNull()).as("it was Bia's").isTrue();
        var bia = shop.contact(BIA);
        assertThat(bia.path("id").asString()).isEqualTo(shop.ids.get(BIA));
        assertThat(texts(bia.path("tags"))).containsExactly("novo", "vip");
        assertThat(tagCounts(shop)).isEqualTo(Map.of("novo", 1L, "vip", 2L));
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(types(BIA)).contains("note.created", "contact.merge_reversed").containsOnlyOnce("session.started");
            assertThat(types(ANA)).contains("contact.merged", "contact.merge_reversed").doesNotContain("note.created")
                    .containsOnlyOnce("session.started");
        });
        assertThat(shop.api.delete(shop.path(ANA) + "/merges/" + shop.ids.get(BIA)).status()).isEqualTo(404);
    }

    @Test
    void aMergeThatIsTakenBackLeavesEachWithWhatItWouldHaveHad() {
        for (long seed = 1; seed <= 4; seed++) {
            var merged = shop();
            var never = shop();
            var random = new Random(seed);
            var both = List.of(merged, never);
            both.forEach(this::meet);
            int step = 0;
            for (; step < 15; step++) happen(both, random, step, List.of(ANA, BIA));
            assertThat(merge(merged, ANA, BIA).status()).isEqualTo(200);
            for (; step < 40; step++) happen(both, random, step, List.of(ANA));
            assertThat(merged.api.delete(merged.path(ANA) + "/merges/" + merged.ids.get(BIA)).status()).isEqualTo(200);
            for (; step < 45; step++) happen(both, random, step, List.of(ANA, BIA));
            for (var who : List.of(ANA, BIA)) {
                assertThat(bare(merged, who)).as("seed " + seed).isEqualTo(bare(never, who));
            }
            assertThat(tagCounts(merged)).as("seed " + seed).isEqualTo(tagCounts(never));
            assertThat(kept(merged)).as("seed " + seed).isEqualTo(kept(never));
        }
    }

    @Test
    void ofSeveralMergesEachIsTakenBackInAnyOrder() {
        var third = "5511998000203";
        meet(shop);
        receive(shop, text(chat(phone(third)), "C1", begin, "Oi"));
        shop.ids.put(third, contact(shop, third));
        shop.api.post(shop.path(BIA) + "/tags", Map.of("tags", List.of("vip", "novo")));
        shop.api.post(shop.path(third) + "/tags", Map.of("tags", List.of("vip")));
        merge(ANA, BIA);
        merge(ANA, third);
        shop.api.delete(shop.path(ANA) + "/merges/" + shop.ids.get(BIA));
        assertThat(texts(shop.contact(ANA).path("tags"))).as("the third has it, too").containsExactly("vip");
        assertThat(tagCounts(shop)).isEqualTo(Map.of("vip", 2L, "novo", 1L));
        merge(BIA, ANA);
        assertThat(shop.contact(third).path("id").asString()).as("parts come along").isEqualTo(shop.ids.get(BIA));
        shop.api.delete(shop.path(BIA) + "/merges/" + shop.ids.get(ANA));
        assertThat(texts(shop.contact(ANA).path("tags"))).isEmpty();
        shop.api.delete(shop.path(BIA) + "/merges/" + shop.ids.get(third));
        assertThat(tagCounts(shop)).isEqualTo(Map.of("vip", 2L, "novo", 1L));
    }

    @Test
    void whomAPartWritesForIsShownAgain() {
        meet(shop);
        merge(ANA, BIA);
        shop.api.delete(shop.path(ANA));
        receive(shop, text(chat(phone(BIA)), "B2", Instant.now().plusSeconds(1).truncatedTo(ChronoUnit.SECONDS), "Oi"));
        assertThat(shop.contact(ANA).path("deletedAt").isNull()).isTrue();
    }

    @Test
    void cardsStayWithTheirContactAndAreShownWithTheOther() {
        meet(shop);
        var board = Board.define(shop.api, "Vendas");
        var anas = board.enter(shop.ids.get(ANA), Map.of());
        var bias = board.enter(shop.ids.get(BIA), Map.of());
        merge(ANA, BIA);
        assertThat(board.deal(bias).path("contactId").asString()).isEqualTo(shop.ids.get(ANA));
        assertThat(found(Map.of("field", "pipeline", "present", true))).containsExactly(shop.ids.get(ANA));
        shop.api.delete(shop.path(ANA));
        await().atMost(SOON).untilAsserted(() -> assertThat(List.of(board.deal(anas), board.deal(bias)))
                .extracting(deal -> deal.path("leftBecause").asString()).containsOnly("contact_deleted"));
        shop.api.delete(shop.path(ANA) + "/merges/" + shop.ids.get(BIA));
        await().atMost(SOON).untilAsserted(() -> assertThat(board.deal(bias).path("leftAt").isNull()).isTrue());
        assertThat(board.deal(anas).path("leftAt").isNull()).as("Ana is deleted still").isFalse();
    }

    @Test
    void whatTheChannelProvesOfAPartIsThePartsAndWhatItProvesOfBothIsFinal() {
        meet(shop);
        receive(shop, text(chat(lid(BIAS_LID)), "L1", begin.plusSeconds(5), "Oi"));
        var stranger = contact(shop, BIAS_LID);
        shop.api.post("/api/v1/contacts/" + stranger + "/tags", Map.of("tags", List.of("novo")));
        merge(ANA, BIA);
        receive(shop, text(chat(both(BIA, BIAS_LID)), "L2", begin.plusSeconds(6), "Sou eu"));
        assertThat(texts(shop.contact(ANA).path("tags"))).containsExactly("novo");
        shop.api.delete(shop.path(ANA) + "/merges/" + shop.ids.get(BIA));
        assertThat(texts(shop.contact(ANA).path("tags"))).isEmpty();
        assertThat(texts(shop.contact(BIA).path("tags"))).containsExactly("novo");
        assertThat(tagCounts(shop)).isEqualTo(Map.of("novo", 1L));

        merge(ANA, BIA);
        receive(shop, text(chat(both(ANA, BIAS_LID)), "L3", begin.plusSeconds(7), "Sou eu"));
        assertThat(shop.api.get(shop.path(ANA) + "/merges").json().path("items")).isEmpty();
        assertThat(shop.api.delete(shop.path(ANA) + "/merges/" + shop.ids.get(BIA)).status()).isEqualTo(404);
        var one = shop.contact(BIA);
        assertThat(one.path("id").asString()).isEqualTo(shop.ids.get(ANA));
        assertThat(texts(one.path("identities"), "value")).containsExactlyInAnyOrder("+" + ANA, "+" + BIA, BIAS_LID);
        assertThat(texts(one.path("tags"))).containsExactly("novo");
        assertThat(tagCounts(shop)).isEqualTo(Map.of("novo", 1L));
        assertThat(shop.api.get("/api/v1/chats").json().path("items")).hasSize(1);
        for (var id : List.of(shop.ids.get(ANA), shop.ids.get(BIA), stranger)) assertThat(conversationsOf(id)).as(id).isEqualTo("1, 3");
    }

    @Test
    void whatIsDoneToOneWhoIsBeingMergedIsDoneToTheOneWhoIsShown() throws Exception {
        knownWell();
        assertThat(whileTheyAreMerged(() -> shop.api.post(shop.path(BIA) + "/tags", Map.of("tags", List.of("feira")))).status()).isEqualTo(200);
        assertThat(texts(shop.contact(ANA).path("tags"))).containsExactly("feira", "novo", "vip");
        assertThat(tagCounts(shop)).isEqualTo(Map.of("feira", 1L, "novo", 1L, "vip", 1L));
        shop.api.delete(shop.path(ANA) + "/merges/" + shop.ids.get(BIA));
        assertThat(texts(shop.contact(BIA).path("tags"))).containsExactly("novo", "vip");

        assertThat(whileTheyAreMerged(() -> shop.api.delete(shop.path(BIA))).status()).isEqualTo(204);
        assertThat(shop.contact(ANA).path("deletedAt").isNull()).isFalse();
        assertThat(tagCounts(shop)).isEmpty();
        var apart = shop.api.delete(shop.path(ANA) + "/merges/" + shop.ids.get(BIA));
        assertThat(apart.status()).as(apart.toString()).isEqualTo(200);
        assertThat(tagCounts(shop)).isEqualTo(Map.of("novo", 1L, "vip", 1L));
        for (var who : List.of(ANA, BIA)) {
            var erased = shop.api.post("/api/v1/contact-erasures", Map.of("contactId", shop.ids.get(who)));
            assertThat(erased.status()).as(erased.toString()).isEqualTo(201);
        }
        assertThat(tagCounts(shop)).isEmpty();
    }

    @Test
    void aMergeThatCollidesWithOtherWorkBeginsAgain() throws Exception {
        meet(shop);
        for (var api : List.of(shop.api, shop.api.with("Idempotency-Key", Uuids.v7().toString()))) {
            timelineIsThrough();
            var merged = collide(api);
            // On a slow machine it may be us who are broken off, and nothing is shown.
            for (int tries = 1; merged.isEmpty() && tries < 5; tries++) merged = collide(shop.api);
            assertThat(merged.orElseThrow().status()).as(merged.toString()).isEqualTo(200);
            assertThat(shop.api.delete(shop.path(ANA) + "/merges/" + shop.ids.get(BIA)).status()).isEqualTo(200);
        }
    }

    /** The answer of a merge that was broken off once; empty where we were. */
    private Optional<Api.Answer> collide(Api api) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var merge = new AtomicReference<Future<Api.Answer>>();
            try {
                Tenancy.run(shop.tenant.tenant(), () -> transaction.executeWithoutResult(_ -> {
                    var us = lock(BIA, "for update");
                    merge.set(threads.submit(() -> api.post(shop.path(ANA) + "/merges", Map.of("contactId", shop.ids.get(BIA)))));
                    awaitWaiting(us, 1);
                    // It holds Ana and waits for Bia. The one that has waited longest finds out, and is broken off.
                    lock(ANA, "for update");
                }));
            } catch (ConcurrencyFailureException brokenOff) {
                assertThat(merge.get().get().status()).isEqualTo(200);
                assertThat(shop.api.delete(shop.path(ANA) + "/merges/" + shop.ids.get(BIA)).status()).isEqualTo(200);
                return Optional.empty();
            }
            return Optional.of(merge.get().get());
        }
    }

    @Test
    void whatIsNoMergeIsRefused() {
        meet(shop);
        assertThat(merge(ANA, ANA).code()).isEqualTo("same_contact");
        assertThat(shop.api.post(shop.path(ANA) + "/merges", Map.of()).status()).isEqualTo(422);
        assertThat(shop.api.post(shop.path(ANA) + "/merges", Map.of("contactId", Uuids.v7())).status()).isEqualTo(422);
        assertThat(shop.api.post("/api/v1/contacts/" + Uuids.v7() + "/merges", Map.of("contactId", shop.ids.get(BIA))).status())
                .isEqualTo(404);
        var foreign = shop();
        meet(foreign);
        assertThat(shop.api.post(shop.path(ANA) + "/merges", Map.of("contactId", foreign.ids.get(BIA))).status()).isEqualTo(422);
        shop.api.delete(shop.path(BIA));
        assertThat(merge(ANA, BIA).code()).isEqualTo("contact_deleted");
        assertThat(shop.api.get(shop.path(ANA) + "/merges/preview?contactId=" + shop.ids.get(BIA)).code()).isEqualTo("contact_deleted");
        shop.api.post(shop.path(BIA) + "/restore", Map.of());
        merge(ANA, BIA);
        assertThat(merge(BIA, ANA).code()).isEqualTo("same_contact");
    }

    @Test
    void aNameThatWasLentGoesWithAnEvent() {
        meet(shop);
        change(shop, BIA, Map.of("name", "Bia"));
        merge(ANA, BIA);
        shop.api.delete(shop.path(ANA) + "/merges/" + shop.ids.get(BIA));
        assertThat(shop.contact(ANA).path("name").isNull()).isTrue();
        await().atMost(SOON).untilAsserted(() -> assertThat(types(ANA)).contains("contact.name_changed", "contact.merge_reversed", "contact.name_removed"));
    }

    /** Something that happens to the same people in each of the shops. */
    private void happen(List<Shop> shops, Random random, int step, List<String> known) {
        var at = begin.plusSeconds(step * 600L + random.nextInt(600));
        var who = random.nextBoolean() ? ANA : BIA;
        var whom = known.get(random.nextInt(known.size()));
        var tag = "tag" + random.nextInt(3);
        var value = "v" + random.nextInt(3);
        var field = random.nextBoolean() ? "plan" : "city";
        int what = random.nextInt(12);
        for (var each : shops) {
            switch (what) {
                case 0, 1 -> receive(each, text(chat(named(who, "Eu " + value)), "M" + step, at, "Oi"));
                case 2 -> receive(each, text(chat(both(who, who.equals(ANA) ? ANAS_LID : BIAS_LID)), "M" + step, at, "Oi"));
                case 3 -> receive(each, echo(chat(phone(who)), "M" + step, at, false, "Olá", null));
                case 4, 5 -> each.api.post(each.path(whom) + "/tags", Map.of("tags", List.of(tag)));
                case 6 -> each.api.delete(each.path(whom) + "/tags?tag=" + tag);
                case 7, 8 -> change(each, whom, Map.of("fields", Map.of(field, value)));
                case 9 -> {
                    var nothing = new HashMap<String, Object>();
                    nothing.put(field, null);
                    change(each, whom, Map.of("fields", nothing));
                }
                case 10 -> change(each, whom, random(value));
                default -> each.api.post(each.path(whom) + "/notes", Map.of("text", "nota " + step));
            }
        }
    }

    private static Map<String, Object> random(String value) {
        return value.equals("v0") ? Map.of("name", "Pessoa") : Map.of("language", value.equals("v1") ? "pt-BR" : "en");
    }

    private static void change(Shop shop, String whom, Map<String, Object> change) {
        var seen = shop.api.get(shop.path(whom)).header("ETag").orElseThrow();
        assertThat(shop.api.with("If-Match", seen).patch(shop.path(whom), change).status()).isEqualTo(200);
    }

    private void meet(Shop shop) {
        receive(shop, text(chat(phone(ANA)), "A0", begin.minusSeconds(1000), "Oi"));
        receive(shop, text(chat(phone(BIA)), "B0", begin.minusSeconds(999), "Oi"));
        shop.ids.put(ANA, contact(shop, ANA));
        shop.ids.put(BIA, contact(shop, BIA));
    }

    private void knownWell() {
        meet(shop);
        shop.api.post(shop.path(ANA) + "/tags", Map.of("tags", List.of("vip")));
        shop.api.post(shop.path(BIA) + "/tags", Map.of("tags", List.of("vip", "novo")));
        change(shop, ANA, Map.of("name", "Ana", "fields", Map.of("plan", "ouro")));
        change(shop, BIA, Map.of("name", "Bia", "language", "en", "fields", Map.of("plan", "prata", "city", "Betim")));
        shop.api.post(shop.path(BIA) + "/notes", Map.of("text", "de Bia"));
    }

    private Shop shop() {
        var tenant = TestTenant.create(db, transaction);
        var made = new Shop(tenant, Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant())), new HashMap<>());
        for (var key : List.of("plan", "city")) {
            made.api.post("/api/v1/contact-fields", Map.of("key", key, "label", key, "type", "text"));
        }
        return made;
    }

    /** How many sessions and messages are found when a contact is asked for, all as Ana's. */
    private String conversationsOf(String contact) {
        var sessions = texts(shop.api.get("/api/v1/sessions?contactId=" + contact).json().path("items"), "contactId");
        var messages = texts(shop.api.get("/api/v1/messages/search?q=oi&contactId=" + contact).json().path("items"), "contactId");
        assertThat(sessions).containsOnly(shop.ids.get(ANA));
        assertThat(messages).containsOnly(shop.ids.get(ANA));
        return sessions.size() + ", " + messages.size();
    }

    private void receive(Shop shop, Incoming incoming) {
        Tenancy.run(shop.tenant.tenant(), () -> receiveMessages.handle(List.of(Facts.received(shop.tenant, channel, incoming))));
    }

    private Api.Answer merge(String into, String other) {
        return merge(shop, into, other);
    }

    private static Api.Answer merge(Shop shop, String into, String other) {
        return shop.api.post(shop.path(into) + "/merges", Map.of("contactId", shop.ids.get(other)));
    }

    /** Bia is merged into Ana, and what is done to Bia waits for that. */
    private Api.Answer whileTheyAreMerged(Callable<Api.Answer> act) throws Exception {
        timelineIsThrough();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = Tenancy.call(shop.tenant.tenant(), () -> transaction.execute(_ -> {
                var us = lock(BIA, "for update");
                var merged = threads.submit(() -> merge(ANA, BIA));
                awaitWaiting(us, 1);
                var acted = threads.submit(act);
                awaitWaiting(us, 2);
                return List.of(merged, acted);
            }));
            assertThat(waiting.getFirst().get().status()).isEqualTo(200);
            return waiting.getLast().get();
        }
    }

    /** Returns who holds the contact. */
    private int lock(String who, String how) {
        return db.sql("select pg_backend_pid() from contact where id = :id::uuid " + how).param("id", shop.ids.get(who))
                .query(Integer.class).single();
    }

    /** It waits for contacts, too. */
    private void timelineIsThrough() {
        await().atMost(SOON).until(() -> Tenancy.call(shop.tenant.tenant(), () -> transaction.execute(_ -> db.sql("""
                select not exists (select from domain_event_logs e where (type like 'contact.%' or type like 'session.%')
                   and not exists (select from processed_events p where p.consumer_name = 'timeline' and p.event_id = e.id))
                """).query(Boolean.class).single())));
    }

    private void awaitWaiting(int us, long others) {
        await().pollInterval(Duration.ofMillis(10)).until(() -> db.sql("""
                select count(*) from pg_stat_activity a, lateral (select pg_blocking_pids(a.pid) as pids) b
                 where :us = any (b.pids) or exists (select from unnest(b.pids) p (pid) where :us = any (pg_blocking_pids(p.pid)))
                """).param("us", us).query(Long.class).single() >= others);
    }

    private List<String> found(Map<String, Object> filter) {
        return texts(shop.api.post("/api/v1/contacts/search", Map.of("filter", filter)).json().path("items"), "id");
    }

    private List<String> types(String who) {
        return texts(shop.api.get(shop.path(who) + "/timeline?limit=100").json().path("items"), "type");
    }

    private String contact(Shop shop, String address) {
        return Tenancy.call(shop.tenant.tenant(), () -> transaction.execute(_ -> db.sql("""
                select contact_id::text from contact_identity where value in (:address, '+' || :address)
                """).param("address", address).query(String.class).single()));
    }

    /** A contact and its notes without what no two tenants have in common. */
    private static String bare(Shop shop, String who) {
        var contact = ((ObjectNode) shop.contact(who)).deepCopy();
        contact.remove(Set.of("id", "projectId", "createdAt", "version"));
        return contact + " " + new TreeSet<>(texts(shop.api.get(shop.path(who) + "/notes?limit=100").json().path("items"), "text"));
    }

    private List<String> kept(Shop shop) {
        return new KeptRows(db, transaction).of(shop.tenant.tenant()).stream().filter(line -> !line.startsWith("contact ")).toList();
    }

    private static Map<String, Long> tagCounts(Shop shop) {
        var counts = new HashMap<String, Long>();
        shop.api.get("/api/v1/contacts/tags").json().path("items")
                .forEach(tag -> counts.put(tag.path("name").asString(), tag.path("contacts").asLong()));
        return counts;
    }

    private static Sighting named(String digits, String name) {
        return new Sighting(PhoneNumber.ofDigits(digits), Optional.empty(), Optional.of(name));
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(one -> texts.add(one.asString()));
        return texts;
    }

    private static List<String> texts(JsonNode list, String field) {
        var texts = new ArrayList<String>();
        list.forEach(one -> texts.add(one.path(field).asString()));
        return texts;
    }
}
