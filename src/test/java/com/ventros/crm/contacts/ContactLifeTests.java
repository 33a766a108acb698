package com.ventros.crm.contacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
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
import tools.jackson.databind.json.JsonMapper;

@DatabaseTest
class ContactLifeTests {

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    RecogniseContacts recogniseContacts;

    private TestTenant tenant;
    private Api api;

    @BeforeEach
    void aTenant() {
        tenant = TestTenant.create(db, transaction);
        api = Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant()));
    }

    @Test
    void somebodyIsEnteredWithAllThatIsKnown() {
        var made = api.post("/api/v1/contacts", Map.of("name", " Ana Souza ", "language", "pt-BR",
                "phones", List.of("(31) 9800-0120"), "emails", List.of("Ana@Exemplo.com.br"),
                "externalIds", List.of("erp/42"), "tags", List.of("VIP", "vip ", "Cliente  Antiga")));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(made.json().path("name").asString()).isEqualTo("Ana Souza");
        assertThat(values(made.json(), "identities", "value"))
                .containsExactlyInAnyOrder("+5531998000120", "ana@exemplo.com.br", "erp/42");
        assertThat(made.json().path("tags")).extracting(JsonNode::asString).containsExactly("cliente antiga", "vip");
        assertThat(made.header("ETag")).hasValue("\"" + made.json().path("version").asLong() + "\"");
        assertThat(api.get(made.header("Location").orElseThrow()).json()).isEqualTo(made.json());
        assertThat(events(id(made))).containsExactly("contact.created");
        assertThat(told(id(made))).isEqualTo(JsonMapper.shared().readTree("""
                {"contactId":"%s","name":"Ana Souza","phone":"+5531998000120","lid":null,"email":"ana@exemplo.com.br","language":"pt-BR",
                 "otherIdentities":[{"kind":"external","value":"erp/42"}],"tags":["cliente antiga","vip"],"customFields":[]}
                """.formatted(id(made))));
    }

    @Test
    void whoeverIsThereAlreadyIsNotEnteredAgain() {
        var ana = id(enter(Map.of("phones", List.of("+5531998000120"), "emails", List.of("ana@exemplo.com.br"),
                "externalIds", List.of("42"))));
        for (var same : List.of(Map.of("phones", List.of("553198000120")), Map.of("emails", List.of("ANA@exemplo.com.br")),
                Map.of("externalIds", List.of("42")))) {
            var refused = api.post("/api/v1/contacts", same);
            assertThat(refused.status()).as(same.toString()).isEqualTo(409);
            assertThat(refused.code()).isEqualTo("contact_duplicate");
            assertThat(refused.text()).contains(ana.toString());
        }
        var warned = api.get("/api/v1/contacts/duplicates?phone=3198000120&email=nobody@exemplo.com.br").json();
        assertThat(values(warned, "items", "contactId")).containsExactly(ana.toString());
        assertThat(values(warned, "items", "kind")).containsExactly("phone");
    }

    @Test
    void whoeverHasTheSameNameIsToldOfAndRefusesNobody() {
        var joao = id(enter(Map.of("name", "João Müller")));
        var gone = id(enter(Map.of("name", "João Müller")));
        api.delete("/api/v1/contacts/" + gone);
        enter(Map.of("name", "João Müller Filho"));
        for (var same : List.of("joao%20muller", "%20JO%C3%83O%20M%C3%9CLLER")) {
            var warned = api.get("/api/v1/contacts/duplicates?name=" + same).json();
            assertThat(values(warned, "items", "contactId")).as(same).containsExactly(joao.toString());
            assertThat(values(warned, "items", "kind")).containsExactly("name");
            assertThat(values(warned, "items", "value")).containsExactly("João Müller");
        }
        enter(Map.of("name", "JOAO MULLER"));
        assertThat(api.get("/api/v1/contacts/duplicates?name=Jo%C3%A3o%20M%C3%BCller").json().path("items")).hasSize(2);
        assertThat(api.get("/api/v1/contacts/duplicates?name=%20").json().path("items")).isEmpty();
        var stranger = Api.anonymous(port).as(TestCallers.mayAll(TestTenant.create(db, transaction).tenant()));
        assertThat(stranger.get("/api/v1/contacts/duplicates?name=joao%20muller").json().path("items")).isEmpty();
    }

    @Test
    void nonsenseIsRefusedWithItsField() {
        Map.of("phones", "abc", "emails", "ana", "externalIds", " ").forEach((field, nonsense) -> {
            var refused = api.post("/api/v1/contacts", Map.of("name", "Ana", field, List.of(nonsense)));
            assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
            assertThat(values(refused.json(), "errors", "field")).containsExactly(field);
        });
        assertThat(api.post("/api/v1/contacts", Map.of()).status()).isEqualTo(422);
        for (var invisible : List.of("\u200B", "\u2060\u00A0\uFEFF", "\u3164", "\u0301")) {
            assertThat(api.post("/api/v1/contacts", Map.of("name", invisible)).status()).as(invisible).isEqualTo(422);
        }
        assertThat(api.post("/api/v1/contacts", Map.of("name", "Ana", "language", "Português")).status()).isEqualTo(422);
        var endless = api.post("/api/v1/contacts", Map.of("name", "Ana", "tags", List.of("x".repeat(51))));
        assertThat(endless.status()).isEqualTo(422);
        assertThat(endless.json().path("errors").get(0).path("field").asString()).isEqualTo("tags");
        assertThat(api.post("/api/v1/contacts", Map.of("name", "Ana", "projectId", Uuids.v7())).status()).isEqualTo(404);
    }

    @Test
    void anEqualPostEntersOnePerson() {
        var once = api.with("Idempotency-Key", Uuids.v7().toString());
        var first = once.post("/api/v1/contacts", Map.of("name", "Ana"));
        assertThat(once.post("/api/v1/contacts", Map.of("name", "Ana")).json()).isEqualTo(first.json());
        assertThat(list("")).hasSize(1);
    }

    @Test
    void anEditNeedsTheVersionThatWasSeen() {
        var ana = enter(Map.of("name", "Ana"));
        var path = "/api/v1/contacts/" + id(ana);
        assertThat(api.patch(path, Map.of("name", "Ana S.")).status()).isEqualTo(428);
        var seen = api.with("If-Match", ana.header("ETag").orElseThrow());
        var changed = seen.patch(path, Map.of("name", "Ana S.", "language", "en"));
        assertThat(changed.json().path("name").asString()).isEqualTo("Ana S.");
        assertThat(changed.json().path("language").asString()).isEqualTo("en");
        assertThat(seen.patch(path, Map.of("name", "Anna")).status()).isEqualTo(412);
        var cleared = new HashMap<String, Object>();
        cleared.put("language", null);
        cleared.put("name", null);
        var bare = api.with("If-Match", changed.header("ETag").orElseThrow()).patch(path, cleared);
        assertThat(bare.json().path("language").isNull()).isTrue();
        assertThat(bare.json().path("name").isNull()).isTrue();
        assertThat(events(id(ana))).endsWith("contact.name_removed", "contact.updated");
        var now = api.with("If-Match", bare.header("ETag").orElseThrow());
        assertThat(now.patch(path, cleared).header("ETag")).as("no news").isEqualTo(bare.header("ETag"));
        assertThat(now.patch(path, Map.of("name", 5)).code()).isEqualTo("validation_failed");
    }

    @Test
    void addressesAreAddedAndRemoved() {
        var ana = id(enter(Map.of("name", "Ana", "phones", List.of("+5531998000120"))));
        enter(Map.of("name", "Bia", "emails", List.of("bia@exemplo.com.br")));
        var path = "/api/v1/contacts/" + ana + "/identities";
        var taken = api.post(path, Map.of("kind", "email", "value", "bia@exemplo.com.br"));
        assertThat(taken.code()).isEqualTo("contact_duplicate");
        assertThat(values(taken.json(), "errors", "field")).containsExactly("value");
        assertThat(api.post(path, Map.of("kind", "lid", "value", "1234")).status()).isEqualTo(422);
        assertThat(api.delete(path + "?kind=phone&value=%2B5531998000120").code()).as("the last number stays")
                .isEqualTo("identity_needed");
        assertThat(api.post(path, Map.of("kind", "phone", "value", "11 98888-7777")).status()).isEqualTo(200);
        var left = api.delete(path + "?kind=phone&value=(31)%209800-0120");
        assertThat(values(left.json(), "identities", "value")).containsExactly("+5511988887777");
        assertThat(api.delete(path + "?kind=email&value=ana@exemplo.com.br").status()).isEqualTo(404);
        assertThat(events(ana)).endsWith("contact.identity_linked", "contact.phone_set", "contact.identity_unlinked");
    }

    @Test
    void aDeletedContactIsOutOfSightUntilItIsRestored() {
        var ana = enter(Map.of("name", "Ana", "tags", List.of("vip")));
        var path = "/api/v1/contacts/" + id(ana);
        assertThat(api.delete(path).status()).isEqualTo(204);
        assertThat(api.delete(path).status()).as("twice is once").isEqualTo(204);
        assertThat(list("")).isEmpty();
        assertThat(list("?deleted=true")).containsExactly(id(ana));
        assertThat(api.get(path).json().path("deletedAt").isNull()).isFalse();
        assertThat(tagCounts()).isEmpty();
        assertThat(api.post(path + "/tags", Map.of("tags", List.of("new"))).code()).isEqualTo("contact_deleted");
        assertThat(api.post(path + "/restore", Map.of()).status()).isEqualTo(200);
        assertThat(list("")).containsExactly(id(ana));
        assertThat(tagCounts()).isEqualTo(Map.of("vip", 1L));
        assertThat(events(id(ana))).endsWith("contact.deleted", "contact.restored");
    }

    @Test
    void whoWritesAfterBeingDeletedIsBackAndAnOldMessageChangesNothing() {
        var ana = id(enter(Map.of("name", "Ana", "phones", List.of("+5531998000120"))));
        api.delete("/api/v1/contacts/" + ana);
        recognise("+5531998000120", Optional.empty(), Instant.now().minusSeconds(60));
        assertThat(list("")).isEmpty();
        recognise("+5531998000120", Optional.empty(), Instant.now().plusSeconds(1));
        assertThat(list("")).containsExactly(ana);
    }

    @Test
    void whatIsKnownOfTwoIsKnownOfTheOneTheyTurnOutToBe() {
        for (var key : List.of("plan", "city")) {
            api.post("/api/v1/contact-fields", Map.of("key", key, "label", key, "type", "text"));
        }
        var older = id(enter(Map.of("name", "Ana", "phones", List.of("+5531998000120"), "tags", List.of("vip"),
                "fields", Map.of("plan", "ouro"))));
        var younger = id(enter(Map.of("name", "Ana S.", "phones", List.of("+5531998000121"), "tags", List.of("vip", "novo"),
                "fields", Map.of("plan", "prata", "city", "Betim"))));
        for (var contact : List.of(older, younger)) {
            api.post("/api/v1/contacts/" + contact + "/notes", Map.of("text", "de " + contact));
        }
        recognise("+5531998000120", Optional.of("4711"), Instant.now());
        recognise("+5531998000121", Optional.of("4711"), Instant.now());

        var one = api.get("/api/v1/contacts/" + younger).json();
        assertThat(one.path("id").asString()).isEqualTo(older.toString());
        assertThat(one.path("tags")).extracting(JsonNode::asString).containsExactly("novo", "vip");
        assertThat(one.path("fields").path("plan").asString()).as("the survivor's own").isEqualTo("ouro");
        assertThat(one.path("fields").path("city").asString()).isEqualTo("Betim");
        assertThat(values(api.get("/api/v1/contacts/" + older + "/notes").json(), "items", "text"))
                .containsExactly("de " + younger, "de " + older);
        assertThat(tagCounts()).isEqualTo(Map.of("vip", 1L, "novo", 1L));
    }

    @Test
    void theCountsOfTagsAreThoseOfARecount() {
        for (long seed = 1; seed <= 5; seed++) {
            var random = new Random(seed);
            aTenant();
            var contacts = new ArrayList<UUID>();
            for (int i = 0; i < 6; i++) {
                contacts.add(id(enter(Map.of("name", "Person " + i, "phones", List.of("+551198000000" + i)))));
            }
            for (int step = 0; step < 60; step++) {
                var path = "/api/v1/contacts/" + contacts.get(random.nextInt(contacts.size()));
                var tag = "tag" + random.nextInt(4);
                switch (random.nextInt(10)) {
                    case 0, 1, 2, 3 -> api.post(path + "/tags", Map.of("tags", List.of(tag, "tag0")));
                    case 4, 5 -> api.delete(path + "/tags?tag=" + tag);
                    case 6 -> api.delete(path);
                    case 7, 8 -> api.post(path + "/restore", Map.of());
                    // Two numbers under one private id: two contacts are one.
                    default -> recognise("+551198000000" + random.nextInt(6), Optional.of("77" + random.nextInt(4)),
                            Instant.now().plusSeconds(random.nextInt(3) - 1));
                }
            }
            var recount = Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> db.sql("""
                    select t.tag, count(*) as contacts from contact_tag t join contact c on c.id = t.contact_id
                     where c.deleted_at is null group by t.tag
                    """).query((row, _) -> Map.entry(row.getString("tag"), row.getLong("contacts"))).list()));
            assertThat(tagCounts()).as("seed " + seed).isEqualTo(Map.ofEntries(recount.toArray(Map.Entry[]::new)));
        }
    }

    @Test
    void aCountOfATagThatIsWrongKeepsNobodyFromAnything() {
        var ana = "/api/v1/contacts/" + id(enter(Map.of("name", "Ana", "tags", List.of("vip"))));
        var bia = id(enter(Map.of("name", "Bia", "tags", List.of("vip"))));
        var caio = id(enter(Map.of("name", "Caio", "tags", List.of("vip"))));
        enter(Map.of("name", "Dora", "tags", List.of("vip")));
        nothingCounts();
        assertThat(api.delete(ana + "/tags?tag=vip").status()).isEqualTo(200);
        assertThat(tagCounts()).isEqualTo(Map.of("vip", 3L));
        nothingCounts();
        assertThat(api.delete("/api/v1/contacts/" + bia).status()).isEqualTo(204);
        assertThat(tagCounts()).isEqualTo(Map.of("vip", 2L));
        assertThat(api.post(ana + "/merges", Map.of("contactId", caio)).status()).isEqualTo(200);
        nothingCounts();
        assertThat(api.delete(ana + "/merges/" + caio).status()).isEqualTo(200);
        assertThat(tagCounts()).isEqualTo(Map.of("vip", 2L));
        nothingCounts();
        assertThat(api.post("/api/v1/contact-erasures", Map.of("contactId", caio)).status()).isEqualTo(201);
        assertThat(tagCounts()).isEqualTo(Map.of("vip", 1L));
    }

    @Test
    void whoIsErasedTakesAlongTheTagsThatOnlyTheyCarried() {
        var ana = id(enter(Map.of("name", "Ana", "tags", List.of("de ana", "de ambas", "de ana outrora"))));
        var bia = id(enter(Map.of("name", "Bia", "tags", List.of("de ambas", "de bia outrora"))));
        api.delete("/api/v1/contacts/" + ana + "/tags?tag=de+ana+outrora");
        api.delete("/api/v1/contacts/" + bia + "/tags?tag=de+bia+outrora");
        assertThat(api.post("/api/v1/contact-erasures", Map.of("contactId", ana)).json().path("removed").path("tag").asInt()).isEqualTo(2);
        assertThat(inTenant(() -> db.sql("select name from tag order by name").query(String.class).list())).containsExactly("de ambas", "de bia outrora");
    }

    @Test
    void aTagThatGoesWithAnErasedPersonIsMadeAnewForWhoGetsItAtThatMoment() throws Exception {
        var ana = id(enter(Map.of("name", "Ana", "tags", List.of("de ana"))));
        var bia = "/api/v1/contacts/" + id(enter(Map.of("name", "Bia")));
        var putOn = new FutureTask<>(() -> api.post(bia + "/tags", Map.of("tags", List.of("de ana", "outra"))));
        inTenant(() -> {
            var us = db.sql("""
                    insert into tag (tenant_id, project_id, name) values (:tenant, :project, 'outra') returning pg_backend_pid()
                    """).param("tenant", tenant.tenant().value()).param("project", tenant.project().value()).query(Integer.class).single();
            Thread.startVirtualThread(putOn);
            awaitWaitingFor(us);
            return assertThat(api.post("/api/v1/contact-erasures", Map.of("contactId", ana)).status()).isEqualTo(201);
        });
        var tagged = putOn.get(30, TimeUnit.SECONDS);
        assertThat(tagged.status()).as(tagged.toString()).isEqualTo(200);
        assertThat(tagCounts()).isEqualTo(Map.of("de ana", 1L, "outra", 1L));
    }

    @Test
    void aTagThatSomebodyGetsWhileItsPersonIsErasedStays() throws Exception {
        var ana = id(enter(Map.of("name", "Ana", "tags", List.of("de ana"))));
        var bia = id(enter(Map.of("name", "Bia")));
        var erased = new FutureTask<>(() -> api.post("/api/v1/contact-erasures", Map.of("contactId", ana)));
        inTenant(() -> {
            var us = db.sql("""
                    insert into contact_tag (tenant_id, contact_id, project_id, tag) values (:tenant, :bia, :project, 'de ana') returning pg_backend_pid()
                    """).param("tenant", tenant.tenant().value()).param("project", tenant.project().value()).param("bia", bia)
                    .query(Integer.class).single();
            Thread.startVirtualThread(erased);
            awaitWaitingFor(us);
            return null;
        });
        var answer = erased.get(30, TimeUnit.SECONDS);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        assertThat(api.get("/api/v1/contacts/" + bia).json().path("tags")).extracting(JsonNode::asString).containsExactly("de ana");
    }

    private <T> T inTenant(Supplier<T> work) {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> work.get()));
    }

    private void awaitWaitingFor(int us) {
        await().pollInterval(Duration.ofMillis(10)).until(() -> db.sql("""
                select exists (select from pg_locks l where not l.granted and :us = any (pg_blocking_pids(l.pid)))
                """).param("us", us).query(Boolean.class).single());
    }

    private void nothingCounts() {
        Tenancy.run(tenant.tenant(), () -> transaction.executeWithoutResult(_ -> db.sql("update tag set contact_count = 0").update()));
    }

    private void recognise(String phone, Optional<String> lid, Instant at) {
        var sighting = new Sighting(Optional.of(new PhoneNumber(phone)), lid, Optional.empty());
        Tenancy.run(tenant.tenant(), () -> recogniseContacts.handle(List.of(new RecogniseContacts.Person(
                tenant.project(), List.of(new RecogniseContacts.Seen(sighting, at)), Set.of(),
                Cause.outside(Actor.system("test"))))));
    }

    private Api.Answer enter(Map<String, ?> contact) {
        var made = api.post("/api/v1/contacts", contact);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made;
    }

    private List<UUID> list(String query) {
        return values(api.get("/api/v1/contacts" + query).json(), "items", "id").stream().map(UUID::fromString).toList();
    }

    private Map<String, Long> tagCounts() {
        var counts = new HashMap<String, Long>();
        api.get("/api/v1/contacts/tags").json().path("items")
                .forEach(tag -> counts.put(tag.path("name").asString(), tag.path("contacts").asLong()));
        return counts;
    }

    private List<String> events(UUID contact) {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> db.sql(
                "select type from domain_event_logs where aggregate_id = :id order by position").param("id", contact)
                .query(String.class).list()));
    }

    /** What the first event of a contact tells. */
    private JsonNode told(UUID contact) {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> JsonMapper.shared().readTree(db.sql(
                "select data from domain_event_logs where aggregate_id = :id order by position limit 1").param("id", contact)
                .query(String.class).single())));
    }

    private static UUID id(Api.Answer answer) {
        return UUID.fromString(answer.json().path("id").asString());
    }

    private static List<String> values(JsonNode of, String list, String field) {
        var values = new ArrayList<String>();
        of.path(list).forEach(item -> values.add(item.path(field).asString()));
        return values;
    }
}
