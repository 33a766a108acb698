package com.ventros.crm.conversations;

import static com.ventros.crm.conversations.Facts.chat;
import static com.ventros.crm.conversations.Facts.phone;
import static com.ventros.crm.conversations.Facts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.contacts.KeepContactLists;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Lists that people fill, and lists that follow what happens with contacts. */
@DatabaseTest
class ContactListTests {

    private static final String LISTS = "/api/v1/contact-lists";
    /** Generous: two cores may be busy with others. */
    private static final Duration SOON = Duration.ofSeconds(60);

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    ReceiveMessages receiveMessages;

    @Autowired
    KeepContactLists keepContactLists;

    private final ChannelId channel = ChannelId.create();
    private TestTenant tenant;
    private Api api;

    @BeforeEach
    void aTenant() {
        tenant = TestTenant.create(db, transaction);
        api = Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant()));
    }

    @Test
    void peoplePutContactsOnAListAndTakeThemOff() {
        var ana = enter("Ana");
        var bia = enter("Bia");
        var made = api.post(LISTS, Map.of("name", " Clientes "));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(made.json().path("kind").asString()).isEqualTo("static");
        assertThat(made.json().path("name").asString()).isEqualTo("Clientes");
        var path = made.header("Location").orElseThrow();
        assertThat(api.post(path + "/contacts", Map.of("contactIds", List.of(ana, bia, ana))).json().path("contacts").asLong())
                .isEqualTo(2);
        assertThat(api.post(path + "/contacts", Map.of("contactIds", List.of(ana))).json().path("contacts").asLong()).isEqualTo(2);
        assertThat(members(path)).containsExactlyInAnyOrder(ana, bia);
        assertThat(api.delete(path + "/contacts/" + ana).status()).isEqualTo(204);
        assertThat(api.delete(path + "/contacts/" + ana).status()).as("twice is once").isEqualTo(204);
        assertThat(members(path)).containsExactly(bia);
        assertThat(events(path)).containsExactly("contact_list.created", "contact_list.contact_added",
                "contact_list.contact_added", "contact_list.contact_removed");
        api.delete("/api/v1/contacts/" + bia);
        await().atMost(SOON).untilAsserted(() -> assertThat(count(path)).isZero());
        assertThat(members(path)).isEmpty();
        api.post("/api/v1/contacts/" + bia + "/restore", Map.of());
        await().atMost(SOON).untilAsserted(() -> assertThat(count(path)).isEqualTo(1));
        assertThat(api.delete(path).status()).isEqualTo(204);
        assertThat(api.get(path).status()).isEqualTo(404);
    }

    @Test
    void aListWithAFilterFollowsWhatHappens() {
        var ana = enter("Ana");
        api.post("/api/v1/contacts/" + ana + "/tags", Map.of("tags", List.of("vip")));
        var path = list("VIPs", Map.of("field", "tag", "equals", "vip"));
        await().atMost(SOON).untilAsserted(() -> assertThat(members(path)).containsExactly(ana));
        var bia = enter("Bia");
        api.post("/api/v1/contacts/" + bia + "/tags", Map.of("tags", List.of("vip")));
        await().atMost(SOON).untilAsserted(() -> assertThat(count(path)).isEqualTo(2));
        api.delete("/api/v1/contacts/" + ana + "/tags?tag=vip");
        await().atMost(SOON).untilAsserted(() -> assertThat(members(path)).containsExactly(bia));
        assertThat(events(path)).endsWith("contact_list.contact_added", "contact_list.contact_removed");
        assertThat(api.post(path + "/contacts", Map.of("contactIds", List.of(ana))).code()).isEqualTo("list_dynamic");

        var seen = api.with("If-Match", api.get(path).header("ETag").orElseThrow());
        var changed = seen.patch(path, Map.of("filter", Map.of("field", "name", "equals", "Ana")));
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        assertThat(seen.patch(path, Map.of("name", "Outra")).status()).isEqualTo(412);
        await().atMost(SOON).untilAsserted(() -> assertThat(members(path)).containsExactly(ana));
        assertThat(events(path)).endsWith("contact_list.updated");
    }

    @Test
    void whatPeopleMergeIsOnTheListsOfBothAndBackWhereItWas() {
        var ana = enter("Ana");
        var bia = enter("Bia");
        var caro = enter("Caro");
        var path = list("Clientes", null);
        api.post(path + "/contacts", Map.of("contactIds", List.of(bia, caro)));
        api.post("/api/v1/contacts/" + ana + "/merges", Map.of("contactId", bia));
        await().atMost(SOON).untilAsserted(() -> assertThat(members(path)).containsExactlyInAnyOrder(ana, caro));
        api.post("/api/v1/contacts/" + ana + "/merges", Map.of("contactId", caro));
        await().atMost(SOON).untilAsserted(() -> assertThat(members(path)).containsExactly(ana));
        api.delete("/api/v1/contacts/" + ana + "/merges/" + bia);
        await().atMost(SOON).untilAsserted(() -> assertThat(members(path)).containsExactlyInAnyOrder(ana, bia));
        api.delete("/api/v1/contacts/" + ana + "/merges/" + caro);
        await().atMost(SOON).untilAsserted(() -> assertThat(members(path)).containsExactlyInAnyOrder(bia, caro));
        assertThat(count(path)).isEqualTo(2);
    }

    @Test
    void whoIsTakenOffUnderTheIdOfAMergedContactIsOff() {
        var ana = enter("Ana");
        var bia = enter("Bia");
        var path = list("Clientes", null);
        api.post(path + "/contacts", Map.of("contactIds", List.of(ana)));
        api.post("/api/v1/contacts/" + bia + "/merges", Map.of("contactId", ana));
        await().atMost(SOON).untilAsserted(() -> assertThat(members(path)).containsExactly(bia));
        assertThat(api.delete(path + "/contacts/" + ana).status()).isEqualTo(204);
        assertThat(members(path)).isEmpty();
        assertThat(count(path)).isZero();
        api.delete("/api/v1/contacts/" + bia + "/merges/" + ana);
        await().atMost(SOON).untilAsserted(() -> assertThat(members(path)).as("where it was before").containsExactly(ana));
    }

    @Test
    void whoWasTakenOffStaysOffWhenAMergeIsToldAgain() {
        var ana = enter("Ana");
        var bia = enter("Bia");
        var path = list("Clientes", null);
        api.post(path + "/contacts", Map.of("contactIds", List.of(ana)));
        api.post("/api/v1/contacts/" + bia + "/merges", Map.of("contactId", ana));
        await().atMost(SOON).untilAsserted(() -> assertThat(members(path)).containsExactly(bia));
        api.delete(path + "/contacts/" + bia);
        var replay = api.post("/api/v1/operations/replays", Map.of("consumer", "contact-lists"));
        assertThat(replay.status()).as(replay.toString()).isEqualTo(201);
        await().atMost(SOON).untilAsserted(() -> assertThat(api.get(replay.header("Location").orElseThrow()).json().path("state")
                .asString()).isEqualTo("done"));
        assertThat(members(path)).isEmpty();
        api.delete("/api/v1/contacts/" + bia + "/merges/" + ana);
        await().atMost(SOON).untilAsserted(() -> assertThat(members(path)).containsExactly(ana));
        api.post("/api/v1/contacts/" + bia + "/merges", Map.of("contactId", ana));
        await().atMost(SOON).untilAsserted(() -> assertThat(members(path)).as("another merge").containsExactly(bia));
    }

    @Test
    void whatTimeAloneChangesIsCountedAnew() {
        var ana = enter("Ana");
        var path = list("Novos", Map.of("field", "createdAt", "greaterThan", Map.of("ago", "P7D")));
        await().atMost(SOON).untilAsserted(() -> assertThat(members(path)).containsExactly(ana));
        inTenant(() -> db.sql("update contact set created_at = created_at - interval '8 days'").update());
        var later = Instant.now().plus(Duration.ofHours(1));
        assertThat(keepContactLists.tenantsWithOverdue(later)).contains(tenant.tenant());
        Tenancy.run(tenant.tenant(), () -> Facts.CAUSE.run(() -> keepContactLists.countOverdue(later)));
        assertThat(count(path)).isZero();
        assertThat(events(path)).endsWith("contact_list.counted");
    }

    @Test
    void aListThatAsksForAnArchivedFieldStaysAsItIsAndDisturbsNoOther() {
        var made = api.post("/api/v1/contact-fields", Map.of("key", "cpf", "label", "CPF", "type", "text"));
        var field = "/api/v1/contact-fields/" + made.json().path("id").asString();
        var ana = enter("Ana");
        var bia = api.post("/api/v1/contacts", Map.of("name", "Bia", "fields", Map.of("cpf", "1"))).json().path("id").asString();
        var withField = list("Com CPF", Map.of("field", "custom.cpf", "present", true));
        var tagged = list("VIPs", Map.of("field", "tag", "equals", "vip"));
        await().atMost(SOON).untilAsserted(() -> assertThat(members(withField)).containsExactly(bia));
        var archived = api.with("If-Match", made.header("ETag").orElseThrow()).patch(field, Map.of("archived", true));

        api.post("/api/v1/contacts/" + ana + "/tags", Map.of("tags", List.of("vip")));
        var caro = enter("Caro");
        api.post("/api/v1/contacts/" + caro + "/merges", Map.of("contactId", bia));
        await().atMost(SOON).untilAsserted(() -> assertThat(members(tagged)).containsExactly(ana));
        assertThat(api.post(withField + "/recount", Map.of()).status()).isEqualTo(200);
        var renamed = api.with("If-Match", api.get(withField).header("ETag").orElseThrow()).patch(withField, Map.of("name", "Documentados"));
        assertThat(renamed.status()).as(renamed.toString()).isEqualTo(200);

        api.with("If-Match", archived.header("ETag").orElseThrow()).patch(field, Map.of("archived", false));
        await().atMost(SOON).untilAsserted(() -> assertThat(members(withField)).containsExactly(caro));
        assertThat(count(withField)).isEqualTo(1);
    }

    @Test
    void aListAsksForADocumentDigitByDigit() {
        api.post("/api/v1/contact-fields", Map.of("key", "paper", "label", "Ficha", "type", "json"));
        var rate = new BigDecimal("0.12345678901234567890123");
        var ana = api.post("/api/v1/contacts", Map.of("name", "Ana", "fields", Map.of("paper", Map.of("rate", rate, "plan", "a")))).json().path("id").asString();
        var path = list("Taxa", Map.of("field", "custom.paper", "contains", Map.of("rate", rate)));
        await().atMost(SOON).untilAsserted(() -> assertThat(members(path)).containsExactly(ana));
        assertThat(api.get(path).text()).contains("\"rate\":0.12345678901234567890123");
    }

    @Test
    void aContactTellsOnWhichListsItIs() {
        var ana = "/api/v1/contacts/" + enter("Ana");
        var bia = "/api/v1/contacts/" + enter("Bia");
        var vips = list("VIPs", Map.of("field", "tag", "equals", "vip"));
        var chosen = list("escolhidos", null);
        list("Outros", null);
        assertThat(lists(ana)).isEmpty();
        api.post(chosen + "/contacts", Map.of("contactIds", List.of(id(ana))));
        assertThat(lists(ana)).containsExactly("escolhidos static");
        api.post(bia + "/tags", Map.of("tags", List.of("vip")));
        await().atMost(SOON).untilAsserted(() -> assertThat(lists(bia)).containsExactly("VIPs dynamic"));
        assertThat(api.get(bia + "/lists").json().path("items").get(0).path("id").asString()).isEqualTo(vips.substring(LISTS.length() + 1));

        api.post(ana + "/merges", Map.of("contactId", id(bia)));
        await().atMost(SOON).untilAsserted(() -> assertThat(lists(bia)).containsExactly("escolhidos static", "VIPs dynamic"));
        api.delete(chosen + "/contacts/" + id(bia));
        assertThat(lists(ana)).containsExactly("VIPs dynamic");
        api.delete(vips);
        assertThat(lists(ana)).isEmpty();
        var foreign = TestTenant.create(db, transaction);
        assertThat(Api.anonymous(port).as(TestCallers.mayAll(foreign.tenant())).get(ana + "/lists").status()).isEqualTo(404);
    }

    /** Lists hear of a merge when it is over: whoever was put on one a moment before would stay on it as what they are no longer. */
    @Test
    void whoIsMergedWhileTheyArePutOnAListIsOnItAsTheOther() throws Exception {
        var ana = enter("Ana");
        var bia = enter("Bia");
        var caio = enter("Caio");
        var path = list("Feira", null);
        var put = new FutureTask<>(() -> api.post(path + "/contacts", Map.of("contactIds", List.of(bia, caio))).status());
        // Whoever counts the new list waits for it, too.
        await().atMost(SOON).until(() -> inTenant(() -> db.sql("""
                select exists (select from processed_events p join domain_event_logs e on e.id = p.event_id
                                where p.consumer_name = 'contact-lists' and e.type = 'contact_list.created')
                """).query(Boolean.class).single()));
        var merged = new FutureTask<>(() -> api.post("/api/v1/contacts/" + ana + "/merges", Map.of("contactId", bia)).status());
        Tenancy.run(tenant.tenant(), () -> transaction.executeWithoutResult(work -> {
            var us = db.sql("""
                    insert into contact_list_member (tenant_id, list_id, contact_id, since, counts)
                    values (:tenant, :list::uuid, :caio::uuid, now(), true) returning pg_backend_pid()
                    """).param("tenant", tenant.tenant().value()).param("list", path.substring(LISTS.length() + 1)).param("caio", caio)
                    .query(Integer.class).single();
            Thread.startVirtualThread(put);
            awaitWaiting(us, 1);
            Thread.startVirtualThread(merged);
            awaitWaiting(us, 2);
            work.setRollbackOnly();
        }));
        assertThat(put.get(30, TimeUnit.SECONDS)).isEqualTo(200);
        assertThat(merged.get(30, TimeUnit.SECONDS)).isEqualTo(200);
        await().atMost(SOON).untilAsserted(() -> assertThat(members(path)).containsExactlyInAnyOrder(ana, caio));
        assertThat(count(path)).isEqualTo(2);
    }

    /** For us, or for those who wait for us. */
    private void awaitWaiting(int us, long others) {
        await().pollInterval(Duration.ofMillis(10)).until(() -> db.sql("""
                select count(distinct l.pid) from pg_locks l, lateral (select pg_blocking_pids(l.pid) as pids) b
                 where not l.granted
                   and (:us = any (b.pids) or exists (select from unnest(b.pids) p (pid) where :us = any (pg_blocking_pids(p.pid))))
                """).param("us", us).query(Long.class).single() >= others);
    }

    @Test
    void whatIsNoListIsRefused() {
        assertThat(api.post(LISTS, Map.of("name", " ")).status()).isEqualTo(422);
        assertThat(api.post(LISTS, Map.of("name", "x", "filter", Map.of("field", "nothing", "present", true))).status()).isEqualTo(422);
        list("Clientes", null);
        assertThat(api.post(LISTS, Map.of("name", "clientes")).code()).isEqualTo("contact_list_exists");
        var path = list("Outros", null);
        assertThat(api.post(path + "/contacts", Map.of("contactIds", List.of())).status()).isEqualTo(422);
        assertThat(api.post(path + "/contacts", Map.of("contactIds", List.of(Uuids.v7()))).status()).isEqualTo(422);
        var seen = api.with("If-Match", api.get(path).header("ETag").orElseThrow());
        assertThat(seen.patch(path, Map.of("name", "CLIENTES")).code()).isEqualTo("contact_list_exists");
        assertThat(seen.patch(path, Map.of("filter", Map.of("field", "name", "present", true))).code()).isEqualTo("list_static");
        var foreign = TestTenant.create(db, transaction);
        assertThat(Api.anonymous(port).as(TestCallers.mayAll(foreign.tenant())).get(path).status()).isEqualTo(404);
    }

    @Test
    void countsKeptByEventsAreThoseOfARecount() {
        var random = new Random(4711);
        var begin = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(1));
        var contacts = new ArrayList<String>();
        for (int i = 0; i < 6; i++) {
            contacts.add(api.post("/api/v1/contacts", Map.of("name", "Pessoa " + i, "phones", List.of("+551199800030" + i)))
                    .json().path("id").asString());
        }
        var tagged = list("Etiqueta", Map.of("field", "tag", "equals", "tag0"));
        var silent = list("Calados", Map.of("not", Map.of("field", "lastMessageAt", "present", true)));
        var named = list("Nomes", Map.of("or", List.of(Map.of("field", "name", "startsWith", "novo"),
                Map.of("field", "phone", "equals", "+5511998000303"))));
        var byHand = list("Escolhidos", null);
        for (int step = 0; step < 60; step++) {
            var one = contacts.get(random.nextInt(contacts.size()));
            var other = contacts.get(random.nextInt(contacts.size()));
            var path = "/api/v1/contacts/" + one;
            switch (random.nextInt(11)) {
                case 0, 1 -> api.post(path + "/tags", Map.of("tags", List.of("tag" + random.nextInt(2))));
                case 2 -> api.delete(path + "/tags?tag=tag0");
                case 3 -> api.delete(path);
                case 4 -> api.post(path + "/restore", Map.of());
                case 5 -> api.post(path + "/merges", Map.of("contactId", other));
                case 6 -> api.delete(path + "/merges/" + other);
                case 7 -> receive("551199800030" + random.nextInt(6), "M" + step, begin.plusSeconds(step));
                case 8 -> api.with("If-Match", api.get(path).header("ETag").orElseThrow())
                        .patch(path, Map.of("name", random.nextBoolean() ? "Novo" : "Velho"));
                case 9 -> api.delete(byHand + "/contacts/" + one);
                default -> api.post(byHand + "/contacts", Map.of("contactIds", List.of(one)));
            }
        }
        for (var path : List.of(tagged, silent, named)) {
            var filter = api.get(path).json().path("filter");
            var live = new TreeSet<>(texts(api.post("/api/v1/contacts/search?limit=100", Map.of("filter", filter)).json()
                    .path("items"), "id"));
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(new TreeSet<>(members(path))).as(path).isEqualTo(live);
                assertThat(count(path)).isEqualTo(live.size());
            });
        }
        for (var path : List.of(tagged, silent, named, byHand)) {
            await().atMost(SOON).untilAsserted(() -> assertThat(count(path)).isEqualTo(members(path).size()));
            var before = count(path);
            assertThat(api.post(path + "/recount", Map.of()).json().path("contacts").asLong()).as(path).isEqualTo(before);
        }
    }

    private void receive(String digits, String id, Instant at) {
        Tenancy.run(tenant.tenant(), () -> receiveMessages.handle(List.of(
                Facts.received(tenant, channel, text(chat(phone(digits)), id, at, "Oi")))));
    }

    private String enter(String name) {
        return api.post("/api/v1/contacts", Map.of("name", name)).json().path("id").asString();
    }

    private String list(String name, Map<String, ?> filter) {
        var made = api.post(LISTS, filter == null ? Map.of("name", name) : Map.of("name", name, "filter", filter));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.header("Location").orElseThrow();
    }

    private List<String> lists(String contact) {
        var lists = new ArrayList<String>();
        api.get(contact + "/lists").json().path("items").forEach(one -> lists.add(one.path("name").asString() + " " + one.path("kind").asString()));
        return lists;
    }

    private static String id(String contact) {
        return contact.substring("/api/v1/contacts/".length());
    }

    private long count(String path) {
        return api.get(path).json().path("contacts").asLong();
    }

    private List<String> members(String path) {
        var ids = new ArrayList<String>();
        api.get(path + "/contacts?limit=100").json().path("items").forEach(member -> ids.add(member.path("contact").path("id").asString()));
        return ids;
    }

    private List<String> events(String path) {
        return inTenant(() -> db.sql("select type from domain_event_logs where aggregate_id = :id::uuid order by position")
                .param("id", path.substring(LISTS.length() + 1)).query(String.class).list());
    }

    private static List<String> texts(JsonNode list, String field) {
        var texts = new ArrayList<String>();
        list.forEach(one -> texts.add(one.path(field).asString()));
        return texts;
    }

    private <T> T inTenant(Supplier<T> work) {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> work.get()));
    }
}
