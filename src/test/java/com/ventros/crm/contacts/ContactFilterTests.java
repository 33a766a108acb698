package com.ventros.crm.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.specifications.Condition;
import com.ventros.crm.specifications.Folding;
import com.ventros.crm.specifications.Now;
import com.ventros.crm.specifications.SpecificationSql;
import com.ventros.crm.specifications.Value;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a filter finds, and that Java and SQL find the same. */
@DatabaseTest
class ContactFilterTests {

    private static final JsonMapper JSON = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    private static final int CONTACTS = 60;
    private static final int SPECIFICATIONS_OF_A_SEED = 700;
    private static final int SEEDS = 5;

    /** The program ends sessions whose deadline is over. */
    private static final Instant LONG_AFTER = Instant.parse("2999-01-01T00:00:00Z");

    /** Capitals, accents of both making, patterns, blanks, letters that change their length, emoji above U+FFFF. */
    private static final List<String> WORDS = List.of("Ana", "ana", "ANA", "Ána", "A\u0301na", "Zé", "zebra", "ß", "SS",
            "İstanbul", "i", "ı", "ǅ", "🙂", "\uFFFD", "a%b", "a_b", "a\\b", "ana ", " ana", "Ωmega", "ωMEGA", "~", "'; --",
            "Ç", "ñandú", "ÿ", "Müller", "null");

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    ContactFilters filters;

    private TestTenant tenant;
    private Api api;

    @BeforeEach
    void aTenant() {
        tenant = TestTenant.create(db, transaction);
        api = Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant()));
    }

    @Test
    void javaAndSqlFindTheSame() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            aTenant();
            var world = new World(new Random(seed));
            Tenancy.run(tenant.tenant(), () -> transaction.executeWithoutResult(_ -> world.make()));
            int some = 0;
            for (int i = 0; i < SPECIFICATIONS_OF_A_SEED; i++) {
                var json = JSON.valueToTree(world.specification(4));
                int way = i % 3;
                var found = Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> {
                    var specification = filters.read(tenant.project(), json);
                    var sql = way == 0 ? SpecificationSql.of(specification, world.now)
                            : SpecificationSql.inOrderOf(way == 1 ? "c.created_at" : "c.sort_name", specification, world.now);
                    return new TreeSet<>(db.sql("select c.id from contact c where " + sql.where()).params(sql.params())
                            .query(UUID.class).list());
                }));
                var specification = Tenancy.call(tenant.tenant(), () -> filters.read(tenant.project(), json));
                var accepted = new TreeSet<UUID>();
                world.facts.forEach((id, facts) -> {
                    if (specification.accepts(field -> facts.getOrDefault(field.name(), Set.of()), world.now)) accepted.add(id);
                });
                assertThat(found).as("seed " + seed + ": " + json).isEqualTo(accepted);
                if (!found.isEmpty() && found.size() < CONTACTS) some++;
                var one = world.facts.keySet().stream().skip(i % CONTACTS).findFirst().orElseThrow();
                assertThat(Tenancy.call(tenant.tenant(), () -> filters.accepts(new ContactId(one), specification, world.now)))
                        .as("facts of " + one + ": " + json).isEqualTo(accepted.contains(one));
            }
            assertThat(some).as("most specifications part the contacts").isGreaterThan(SPECIFICATIONS_OF_A_SEED / 3);
        }
    }

    @Test
    void javaAndSqlFoldTheSame() {
        for (var word : WORDS) {
            assertThat(db.sql("select folded(:word)").param("word", word).query(String.class).single()).isEqualTo(Folding.fold(word));
            enter(Map.of("name", "x" + word));
        }
        Tenancy.run(tenant.tenant(), () -> transaction.executeWithoutResult(_ ->
                db.sql("select name, sort_name from contact").query((row, _) -> {
                    assertThat(row.getString("sort_name")).isEqualTo(Folding.fold(row.getString("name")));
                    return null;
                }).list()));
    }

    @Test
    void everyLetterIsFoldedAlikeByJavaAndSqlAndWhateverItsSize() {
        for (var beside : List.of("", "Ł")) {
            db.sql("select n, folded(chr(n) || :beside) as folded from generate_series(1, 65535) n where n not between 55296 and 57343")
                    .param("beside", beside).query(row -> {
                        var letter = (char) row.getInt("n");
                        assertThat(row.getString("folded")).as("U+%04X", (int) letter).isEqualTo(Folding.fold(letter + beside));
                    });
        }
        for (var alphabet : List.of("AZ", "ÀÿĀſȘț", "ΆώЀџҐґ", "Ạỹ")) {
            for (int i = 0; i < alphabet.length(); i += 2) {
                for (char letter = alphabet.charAt(i); letter <= alphabet.charAt(i + 1); letter++) {
                    var folded = Folding.fold("" + letter);
                    assertThat(Folding.fold("" + Character.toUpperCase(letter))).as("capital of %s", letter).isEqualTo(folded);
                    assertThat(Folding.fold("" + Character.toLowerCase(letter))).as("small %s", letter).isEqualTo(folded);
                    assertThat(Folding.fold(folded)).isEqualTo(folded);
                }
            }
        }
    }

    @Test
    void aSearchIsFilteredSortedAndPaged() {
        field(Map.of("key", "plan", "label", "Plano", "type", "select", "options", List.of("ouro", "prata")));
        enter(Map.of("name", "Zé", "tags", List.of("vip"), "fields", Map.of("plan", "ouro")));
        enter(Map.of("name", "Álvaro", "tags", List.of("vip"), "fields", Map.of("plan", "prata")));
        enter(Map.of("name", "bia", "tags", List.of("vip")));
        enter(Map.of("name", "Caio"));
        var filter = Map.of("and", List.of(Map.of("field", "tag", "equals", "vip"),
                Map.of("not", Map.of("field", "custom.plan", "equals", "prata"))));
        assertThat(names(api.post("/api/v1/contacts/search", Map.of("filter", filter, "sort", "name"))))
                .containsExactly("bia", "Zé");
        for (var sort : List.of("name", "-name", "createdAt", "-createdAt")) {
            var whole = names(api.post("/api/v1/contacts/search", Map.of("sort", sort)));
            var paged = new ArrayList<String>();
            var path = "/api/v1/contacts/search?limit=1&sort=" + sort;
            var cursor = "";
            do {
                var page = api.get(path + cursor);
                paged.addAll(names(page));
                cursor = page.json().path("nextCursor").isNull() ? null
                        : "&cursor=" + page.json().path("nextCursor").asString();
            } while (cursor != null);
            assertThat(paged).as(sort).isEqualTo(whole).hasSize(4);
        }
        assertThat(names(api.post("/api/v1/contacts/search", Map.of("sort", "name"))))
                .containsExactly("Álvaro", "bia", "Caio", "Zé");
    }

    /** A tag's row has a copy of the name, by which tagged contacts are found. */
    @Test
    void whoIsRenamedIsFoundUnderTheNewName() {
        var path = "/api/v1/contacts/" + enter(Map.of("name", "Ana Prado", "tags", List.of("vip")));
        assertThat(api.with("If-Match", api.get(path).header("ETag").orElseThrow()).patch(path, Map.of("name", "Inês Prado")).status()).isEqualTo(200);
        assertThat(api.post(path + "/tags", Map.of("tags", List.of("novo"))).status()).isEqualTo(200);
        for (var tag : List.of("vip", "novo")) {
            assertThat(names(api.post("/api/v1/contacts/search", Map.of("sort", "name", "filter", tagged(tag, "ines"))))).containsExactly("Inês Prado");
            assertThat(names(api.post("/api/v1/contacts/search", Map.of("sort", "name", "filter", tagged(tag, "ana"))))).isEmpty();
        }
    }

    @Test
    void aTagThatIsPutOnWhileTheNameChangesHasTheNewOne() throws Exception {
        var ana = enter(Map.of("name", "Ana"));
        for (int i = 0; i < 20; i++) {
            var name = "Ana " + i;
            var tag = "t" + i;
            var putOn = new FutureTask<>(() -> api.post("/api/v1/contacts/" + ana + "/tags", Map.of("tags", List.of(tag))).status());
            Tenancy.run(tenant.tenant(), () -> transaction.executeWithoutResult(_ -> {
                db.sql("update contact set name = :name where id = :id").param("name", name).param("id", ana).update();
                Thread.startVirtualThread(putOn);
            }));
            assertThat(putOn.get(30, TimeUnit.SECONDS)).isEqualTo(200);
            assertThat(names(api.post("/api/v1/contacts/search", Map.of("filter", tagged(tag, name))))).containsExactly(name);
        }
    }

    private static Map<String, ?> tagged(String tag, String part) {
        return Map.of("and", List.of(Map.of("field", "tag", "equals", tag), Map.of("field", "name", "contains", part)));
    }

    @Test
    void whatIsEqualIsFoundHoweverItIsWritten() {
        field(Map.of("key", "second", "label", "Outro", "type", "email"));
        field(Map.of("key", "mobile", "label", "Celular", "type", "phone"));
        enter(Map.of("name", "Joa\u0303o", "tags", List.of("VIP"), "phones", List.of("(11) 98555-0001"), "emails", List.of("Fil.Um@x.com"),
                "fields", Map.of("second", "Fil.Dois@X.com", "mobile", "11 98555-0002")));
        enter(Map.of("name", "Bia"));
        for (var spelling : List.of("name=João", "name= Joa\u0303o", "tag=VIP", "tag= vip", "phone=(11) 98555-0001", "phone=11 8555-0001",
                "phone=+5511985550001", "email=Fil.Um@x.com", "custom.second=FIL.dois@x.com", "custom.mobile=(11) 8555-0002")) {
            var asked = spelling.split("=");
            for (var filter : List.of(Map.of("field", asked[0], "equals", asked[1]), Map.of("field", asked[0], "oneOf", List.of("x", asked[1])))) {
                assertThat(names(api.post("/api/v1/contacts/search", Map.of("filter", filter)))).as(spelling).containsExactly("João");
            }
        }
        assertThat(names(api.post("/api/v1/contacts/search", Map.of("filter", Map.of("field", "phone", "equals", "ninguém"))))).isEmpty();
    }

    /** As the database has it: what Java and SQL make of it is tried with documents at random above. */
    @Test
    void aDocumentIsFoundWhateverTheOrderOfItsPartsAndTheSpellingOfItsNumbers() {
        field(Map.of("key", "paper", "label", "Ficha", "type", "json"));
        enter(Map.of("name", "Ana", "fields", Map.of("paper", Map.of("plan", "ouro", "seats", 100, "tags", List.of("a", Map.of("b", 1.5))))));
        enter(Map.of("name", "Bia", "fields", Map.of("paper", List.of("ouro"))));
        enter(Map.of("name", "Caio"));
        var found = new LinkedHashMap<String, List<String>>();
        found.put("\"present\":true", List.of("Ana", "Bia"));
        found.put("\"present\":false", List.of("Caio"));
        found.put("\"equals\":{\"tags\":[\"a\",{\"b\":15e-1}],\"seats\":1e2,\"plan\":\"ouro\"}", List.of("Ana"));
        found.put("\"equals\":{\"plan\":\"ouro\"}", List.of());
        found.put("\"oneOf\":[[\"ouro\"],{\"seats\":100.00,\"plan\":\"ouro\",\"tags\":[\"a\",{\"b\":1.50}]}]", List.of("Ana", "Bia"));
        found.put("\"contains\":{\"seats\":100.0}", List.of("Ana"));
        found.put("\"contains\":{\"tags\":[{\"b\":1.5}]}", List.of("Ana"));
        found.put("\"contains\":{\"tags\":{\"b\":1.5}}", List.of());
        found.put("\"contains\":\"ouro\"", List.of("Bia"));
        found.forEach((test, names) -> assertThat(names(api.send("POST", "/api/v1/contacts/search",
                "{\"sort\":\"name\",\"filter\":{\"field\":\"custom.paper\"," + test + "}}"))).as(test).isEqualTo(names));
        for (var wrong : List.of("\"equals\":\"\\u0000\"", "\"contains\":{\"x\":1e999999}", "\"oneOf\":[\"" + "x".repeat(10_001) + "\"]",
                "\"startsWith\":\"o\"", "\"atLeast\":1")) {
            var refused = api.send("POST", "/api/v1/contacts/search", "{\"filter\":{\"field\":\"custom.paper\"," + wrong + "}}");
            assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
        }
    }

    @Test
    void javaAndSqlSayTheSameOfTwoDocuments() {
        var world = new World(new Random(3));
        var wholes = Stream.generate(() -> world.document(4)).limit(10_000).toArray(String[]::new);
        var parts = Stream.generate(() -> world.document(3)).limit(10_000).toArray(String[]::new);
        int[] held = new int[1];
        db.sql("""
                select a, b, a::jsonb @> b::jsonb as holds, a::jsonb = b::jsonb as same,
                       jsonb_hash_extended(a::jsonb, 0) = jsonb_hash_extended(b::jsonb, 0) as alike
                  from unnest(:wholes::text[], :parts::text[]) d (a, b)
                """).param("wholes", wholes).param("parts", parts).query(row -> {
                    var whole = Value.Document.kept(row.getString("a"));
                    var part = Value.Document.kept(row.getString("b"));
                    var pair = whole.json() + " and " + part.json();
                    assertThat(new Condition.Includes(part).holds(whole, world.now)).as(pair).isEqualTo(row.getBoolean("holds"));
                    assertThat(whole.equals(part)).as(pair).isEqualTo(row.getBoolean("same"));
                    if (row.getBoolean("same")) assertThat(row.getBoolean("alike")).as("hashes of " + pair).isTrue();
                    if (row.getBoolean("holds") && !row.getBoolean("same")) held[0]++;
                });
        assertThat(held[0]).as("how many hold another one").isGreaterThan(300);
    }

    /** Nobody reads the documents of a million contacts to find one of them. */
    @Test
    void anEqualDocumentIsLookedUpInAnIndex() {
        var world = new World(new Random(1));
        var plan = Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> {
            world.make();
            var filter = filters.read(tenant.project(), JSON.readTree("{\"field\":\"custom.paper\",\"equals\":{\"a\":1}}"));
            var sql = SpecificationSql.of(filter, world.now);
            db.sql("set local enable_seqscan = off").update();
            return String.join("\n", db.sql("explain select c.id from contact c where " + sql.where()).params(sql.params()).query(String.class).list());
        }));
        assertThat(plan).containsPattern("custom_field_value_document.*\\n.*Index Cond: .*document_hash = ");
    }

    @Test
    void aContactSaysWhetherItMeetsAFilter() {
        var ana = enter(Map.of("name", "Ana", "tags", List.of("vip")));
        var path = "/api/v1/contacts/" + ana + "/matches";
        assertThat(api.post(path, Map.of("filter", Map.of("field", "tag", "equals", "vip"))).json()
                .path("matches").asBoolean()).isTrue();
        assertThat(api.post(path, Map.of("filter", Map.of("field", "unread", "equals", true))).json()
                .path("matches").asBoolean()).isFalse();
    }

    @Test
    void aWrongFilterIsToldWhereItIsWrong() {
        var wrong = new HashMap<String, String>();
        wrong.put("[]", "filter");
        wrong.put("{}", "filter");
        wrong.put("{\"and\":[]}", "filter.and");
        wrong.put("{\"xor\":[]}", "filter");
        wrong.put("{\"and\":[{\"field\":\"nothing\",\"equals\":\"x\"}]}", "filter.and[0].field");
        wrong.put("{\"field\":\"tag\"}", "filter");
        wrong.put("{\"field\":\"tag\",\"equals\":\"a\",\"present\":true}", "filter");
        wrong.put("{\"field\":\"tag\",\"greaterThan\":\"a\"}", "filter.greaterThan");
        wrong.put("{\"not\":{\"field\":\"createdAt\",\"atLeast\":\"yesterday\"}}", "filter.not.atLeast");
        wrong.put("{\"field\":\"createdAt\",\"atLeast\":{\"ago\":\"P999999D\"}}", "filter.atLeast");
        wrong.put("{\"field\":\"tag\",\"oneOf\":[\"a\",7]}", "filter.oneOf[1]");
        // Of NUL nothing is left, and a row holds nothing as well.
        for (var test : List.of("contains", "startsWith", "equals")) {
            wrong.put("{\"field\":\"name\",\"" + test + "\":\"\\u0000\"}", "filter." + test);
        }
        wrong.put("{\"not\":".repeat(8) + "{\"field\":\"tag\",\"equals\":\"a\"}" + "}".repeat(8), "filter" + ".not".repeat(8));
        wrong.forEach((filter, place) -> {
            var refused = api.send("POST", "/api/v1/contacts/search", "{\"filter\":" + filter + "}");
            assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
            assertThat(refused.json().path("errors").get(0).path("field").asString()).as(filter).isEqualTo(place);
        });
        assertThat(api.send("POST", "/api/v1/contacts/search", "{\"filter\":{\"field\":\"createdAt\",\"equals\":{\"ago\":\"P1D\"}}}").json()
                .path("errors").get(0).path("detail").asString())
                .isEqualTo("Say a time like 2026-03-01T12:00:00Z; lessThan, atMost, greaterThan and atLeast take a distance like {\"ago\": \"P30D\"} as well.");
        assertThat(api.get("/api/v1/contacts/search?filter=%7B").status()).isEqualTo(422);
        var many = "{\"field\":\"tag\",\"equals\":\"a\"},".repeat(50) + "{\"field\":\"tag\",\"equals\":\"a\"}";
        assertThat(api.send("POST", "/api/v1/contacts/search", "{\"filter\":{\"and\":[" + many + "]}}").text())
                .contains("too_many");
    }

    private static List<String> names(Api.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        var names = new ArrayList<String>();
        answer.json().path("items").forEach(item -> names.add(item.path("name").asString()));
        return names;
    }

    private UUID enter(Map<String, ?> contact) {
        var made = api.post("/api/v1/contacts", contact);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return UUID.fromString(made.json().path("id").asString());
    }

    private JsonNode field(Map<String, ?> field) {
        var made = api.post("/api/v1/contact-fields", field);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.json();
    }

    /** Contacts made at random, with what is true of each, told without asking the database. */
    private final class World {

        /** Late enough in the day that it is tomorrow in UTC and today in São Paulo. */
        final Now now = new Now(Instant.parse("2026-03-10T01:30:00.123456Z"), ZoneId.of("America/Sao_Paulo"));
        final Map<UUID, Map<String, Set<Value>>> facts = new HashMap<>();
        private final Random random;
        private final List<Long> numbers = List.of(0L, 1L, -1L, 500_000L, 1_000_000L, -12_500_000L, 999_999_999_999_999_999L);
        /** Now, an hour and thirty days ago to the microsecond, and one beside each. */
        private final List<Instant> times = List.of(now.at(), now.at().minusSeconds(3600),
                now.at().minusSeconds(3600).plus(1, ChronoUnit.MICROS), now.at().minus(30, ChronoUnit.DAYS),
                now.at().minus(30, ChronoUnit.DAYS).minus(1, ChronoUnit.MICROS), Instant.parse("0001-01-01T00:00:00Z"));
        private final List<LocalDate> dates = List.of(LocalDate.of(2026, 3, 9), LocalDate.of(2026, 3, 10),
                LocalDate.of(2026, 2, 7), LocalDate.of(999, 12, 31), LocalDate.of(9999, 12, 31));
        private final Map<String, String> kinds = new HashMap<>(Map.ofEntries(Map.entry("name", "TEXT"), Map.entry("language", "TEXT"),
                Map.entry("tag", "TEXT"), Map.entry("email", "TEXT"), Map.entry("phone", "TEXT"), Map.entry("externalId", "TEXT"),
                Map.entry("createdAt", "TIME"), Map.entry("lastMessageAt", "TIME"), Map.entry("unread", "TRUTH"),
                Map.entry("sessionOpen", "TRUTH"), Map.entry("pipeline", "TEXT"), Map.entry("pipelineStatus", "TEXT"),
                Map.entry("pipelineStatusSince", "TIME")));
        /** Statuses by their pipelines. */
        private final Map<UUID, List<UUID>> pipelines = new LinkedHashMap<>();
        private final Map<String, UUID> custom = new HashMap<>();

        World(Random random) {
            this.random = random;
        }

        void make() {
            define("note", "TEXT");
            define("size", "NUMBER");
            define("gold", "TRUTH");
            define("birthday", "DATE");
            define("seen", "TIME");
            define("many", "TEXT");
            define("paper", "DOCUMENT");
            for (var tag : List.of("vip", "novo", "ação")) {
                db.sql("insert into tag (tenant_id, project_id, name) values (:tenant, :project, :tag)")
                        .param("tenant", tenant.tenant().value()).param("project", tenant.project().value())
                        .param("tag", tag).update();
            }
            for (int i = 0; i < 2; i++) pipeline("p" + i);
            for (int i = 0; i < CONTACTS; i++) contact(i);
        }

        private void pipeline(String name) {
            var id = Uuids.v7();
            var statuses = List.of(Uuids.v7(), Uuids.v7(), Uuids.v7());
            pipelines.put(id, statuses);
            db.sql("""
                    insert into pipeline (tenant_id, id, project_id, name, is_default, created_at, version)
                    values (:t, :id, :p, :name, false, now(), 1)
                    """)
                    .param("t", tenant.tenant().value()).param("id", id).param("p", tenant.project().value()).param("name", name).update();
            for (int i = 0; i < statuses.size(); i++) {
                db.sql("""
                        insert into pipeline_status (tenant_id, pipeline_id, id, ordinal, name, kind, colour)
                        values (:t, :pipeline, :id, :n, :name, :kind, '#1c7ed6')
                        """)
                        .param("t", tenant.tenant().value()).param("pipeline", id).param("id", statuses.get(i)).param("n", i)
                        .param("name", name + i).param("kind", List.of("OPEN", "OPEN", "WON").get(i)).update();
            }
        }

        private void define(String key, String kind) {
            var id = Uuids.v7();
            custom.put(key, id);
            kinds.put("custom." + key, kind);
            var type = key.equals("many") ? "MULTI_SELECT" : switch (kind) {
                case "TRUTH" -> "BOOLEAN";
                case "TIME" -> "DATE_TIME";
                case "DOCUMENT" -> "JSON";
                default -> kind;
            };
            db.sql("""
                    insert into custom_field (tenant_id, id, project_id, key, label, type, options, created_at, version)
                    values (:tenant, :id, :project, :key, :key, :type, :options, now(), 1)
                    """)
                    .param("tenant", tenant.tenant().value()).param("id", id).param("project", tenant.project().value())
                    .param("key", key).param("type", type)
                    .param("options", key.equals("many") ? WORDS.toArray(String[]::new) : new String[0]).update();
        }

        private void contact(int number) {
            var id = Uuids.v7();
            var known = new HashMap<String, Set<Value>>();
            facts.put(id, known);
            var name = maybe(WORDS);
            var language = maybe(List.of("pt-BR", "en"));
            var created = any(times);
            db.sql("""
                    insert into contact (tenant_id, id, project_id, name, name_set_by, name_at, language, created_at, version)
                    values (:tenant, :id, :project, :name, :by, :at, :language, :created, 1)
                    """)
                    .param("tenant", tenant.tenant().value()).param("id", id).param("project", tenant.project().value())
                    .param("name", name).param("by", name == null ? "NONE" : "PERSON")
                    .param("at", name == null ? null : created.atOffset(ZoneOffset.UTC)).param("language", language)
                    .param("created", created.atOffset(ZoneOffset.UTC)).update();
            words(known, "name", name);
            words(known, "language", language);
            known.put("createdAt", Set.of(new Value.Moment(created)));
            for (var tag : some(List.of("vip", "novo", "ação"))) {
                words(known, "tag", tag);
                db.sql("insert into contact_tag (tenant_id, contact_id, project_id, tag) values (:t, :c, :p, :tag)")
                        .param("t", tenant.tenant().value()).param("c", id).param("p", tenant.project().value())
                        .param("tag", tag).update();
            }
            for (int i = 0; i < random.nextInt(3); i++) {
                identity(id, known, "email", "EMAIL", "p" + number + "x" + i + "@exemplo.com.br");
                identity(id, known, "phone", "PHONE", phone(number, i));
                identity(id, known, "externalId", "EXTERNAL", any(WORDS).strip() + "/" + number + "/" + i);
            }
            customValues(id, known);
            conversations(id, known);
            deals(id, known);
        }

        private void identity(UUID contact, Map<String, Set<Value>> known, String field, String kind, String value) {
            words(known, field, value);
            db.sql("insert into contact_identity (tenant_id, project_id, kind, value, contact_id, whole_id) values (:t, :p, :k, :v, :c, :c)")
                    .param("t", tenant.tenant().value()).param("p", tenant.project().value()).param("k", kind).param("v", value)
                    .param("c", contact).update();
        }

        private static String phone(int number, int which) {
            return "+55119%04d%04d".formatted(8000 + which, number);
        }

        /** In each pipeline never, once, or before and again: only where somebody is now counts. */
        private void deals(UUID contact, Map<String, Set<Value>> known) {
            pipelines.forEach((pipeline, statuses) -> {
                boolean left = random.nextInt(3) == 0;
                if (left) deal(contact, pipeline, any(statuses), any(times), true);
                if (random.nextInt(left ? 3 : 2) > 0) return;
                var status = any(statuses);
                var since = any(times);
                deal(contact, pipeline, status, since, false);
                words(known, "pipeline", pipeline.toString());
                words(known, "pipelineStatus", status.toString());
                known.computeIfAbsent("pipelineStatusSince", _ -> new HashSet<>()).add(new Value.Moment(since));
            });
        }

        private void deal(UUID contact, UUID pipeline, UUID status, Instant since, boolean left) {
            var id = Uuids.v7();
            db.sql("""
                    insert into deal (tenant_id, id, pipeline_id, contact_id, whole_id, status_id, rank, entered_at, status_since,
                                      left_at, left_because, version)
                    values (:t, :id, :pipeline, :c, :c, :status, :rank, :since, :since, :left, :because, 1)
                    """)
                    .param("t", tenant.tenant().value()).param("id", id).param("pipeline", pipeline).param("c", contact)
                    .param("status", status).param("rank", id.toString()).param("since", since.atOffset(ZoneOffset.UTC))
                    .param("left", left ? since.atOffset(ZoneOffset.UTC) : null).param("because", left ? "LEFT" : null).update();
        }

        private void customValues(UUID id, Map<String, Set<Value>> known) {
            var note = maybe(WORDS);
            if (note != null) value(id, known, "note", 0, new Value.Words(note));
            if (random.nextBoolean()) value(id, known, "size", 0, new Value.Amount(any(numbers)));
            if (random.nextBoolean()) value(id, known, "gold", 0, new Value.Truth(random.nextBoolean()));
            if (random.nextBoolean()) value(id, known, "birthday", 0, new Value.Day(any(dates)));
            if (random.nextBoolean()) value(id, known, "seen", 0, new Value.Moment(any(times)));
            if (random.nextInt(4) > 0) {
                var written = document(3);
                document(id, written.equals("null") ? "[null]" : written, known);
            }
            int position = 0;
            for (var choice : new HashSet<>(some(WORDS))) value(id, known, "many", position++, new Value.Words(choice));
        }

        private void value(UUID contact, Map<String, Set<Value>> known, String key, int position, Value value) {
            known.computeIfAbsent("custom." + key, _ -> new HashSet<>()).add(value);
            var column = switch (value) {
                case Value.Words _, Value.Day _ -> "words";
                case Value.Amount _ -> "amount";
                case Value.Moment _ -> "moment";
                case Value.Truth _ -> "truth";
                case Value.Document _ -> throw new IllegalArgumentException();
            };
            db.sql("insert into custom_field_value (tenant_id, contact_id, field_id, position, " + column + ") values (:t, :c, :f, :n, :v)")
                    .param("t", tenant.tenant().value()).param("c", contact).param("f", custom.get(key))
                    .param("n", position).param("v", value.sql()).update();
        }

        /** As it is written, and not in the spelling in which the program keeps it. */
        private void document(UUID contact, String written, Map<String, Set<Value>> known) {
            known.put("custom.paper", Set.of(Value.Document.kept(written)));
            db.sql("insert into custom_field_value (tenant_id, contact_id, field_id, position, document) values (:t, :c, :f, 0, :v::jsonb)")
                    .param("t", tenant.tenant().value()).param("c", contact).param("f", custom.get("paper")).param("v", written).update();
        }

        /** Few words, so that documents hold each other often; numbers and the order of parts in several spellings. */
        private String document(int depth) {
            int parts = random.nextInt(4);
            return switch (random.nextInt(depth > 0 ? 3 : 1)) {
                case 1 -> Stream.generate(() -> document(depth - 1)).limit(parts).collect(Collectors.joining(",", "[", "]"));
                case 2 -> Stream.generate(() -> any(List.of("\"a\":", "\"A\":", "\"ã\":")) + document(depth - 1)).limit(parts)
                        .collect(Collectors.joining(",", "{", "}"));
                default -> any(List.of("1", "1.0", "10e-1", "100", "1e2", "0", "-0.0", "1.5", "\"1\"", "true", "false", "null", "\"\"", "\"a\""));
            };
        }

        private void conversations(UUID contact, Map<String, Set<Value>> known) {
            boolean unread = false;
            boolean open = false;
            Instant last = null;
            for (int i = 0; i < random.nextInt(3); i++) {
                var chat = Uuids.v7();
                var at = any(times);
                var count = random.nextInt(2);
                db.sql("""
                        insert into chat (tenant_id, id, project_id, channel_id, kind, contact_id, whole_id, unread_count,
                                          last_message_id, last_message_at, last_message_key, created_at, version)
                        values (:t, :id, :p, gen_random_uuid(), 'DIRECT', :c, :c, :unread, gen_random_uuid(), :at, 'x', :at, 1)
                        """)
                        .param("t", tenant.tenant().value()).param("id", chat).param("p", tenant.project().value())
                        .param("c", contact).param("unread", count).param("at", at.atOffset(ZoneOffset.UTC)).update();
                unread |= count > 0;
                if (last == null || at.isAfter(last)) last = at;
                if (random.nextBoolean()) {
                    open = true;
                    db.sql("""
                            insert into session (tenant_id, id, chat_id, status, started_at, last_message_at, deadline,
                                                 message_count, inbound_count, first_inbound_at, waiting_since, version)
                            values (:t, gen_random_uuid(), :chat, 'OPEN', :at, :at, :deadline, 1, 1, :at, :at, 1)
                            """)
                            .param("t", tenant.tenant().value()).param("chat", chat).param("at", at.atOffset(ZoneOffset.UTC))
                            .param("deadline", LONG_AFTER.atOffset(ZoneOffset.UTC)).update();
                }
            }
            if (last != null) known.put("lastMessageAt", Set.of(new Value.Moment(last)));
            known.put("unread", Set.of(new Value.Truth(unread)));
            known.put("sessionOpen", Set.of(new Value.Truth(open)));
        }

        /** As a caller would write it. */
        Map<String, Object> specification(int depth) {
            var choice = random.nextInt(depth > 0 ? 6 : 3);
            if (choice == 3) return Map.of("not", specification(depth - 1));
            if (choice > 3) {
                var parts = new ArrayList<>();
                for (int i = 0; i <= random.nextInt(3); i++) parts.add(specification(depth - 1));
                return Map.of(choice == 4 ? "and" : "or", parts);
            }
            var field = any(List.copyOf(new TreeSet<>(kinds.keySet())));
            return switch (random.nextInt(5)) {
                case 0 -> Map.of("field", field, "present", random.nextBoolean());
                case 1 -> Map.of("field", field, "equals", value(field));
                case 2 -> Map.of("field", field, "oneOf", List.of(value(field), value(field), value(field)));
                default -> switch (kinds.get(field)) {
                    case "TEXT" -> Map.of("field", field, any(List.of("contains", "startsWith")), fragment(field));
                    case "TRUTH" -> Map.of("field", field, "equals", random.nextBoolean());
                    case "DOCUMENT" -> Map.of("field", field, "contains", JSON.readTree(document(2)));
                    case "NUMBER" -> Map.of("field", field, order(), value(field));
                    default -> Map.of("field", field, order(), random.nextBoolean() ? value(field) : any(List.of(
                            Map.of("ago", "P30D"), Map.of("ago", "PT1H"), Map.of("ahead", "P1D"), Map.of("ago", "PT0S"))));
                };
            };
        }

        private String order() {
            return any(List.of("lessThan", "atMost", "greaterThan", "atLeast"));
        }

        private Object value(String field) {
            return switch (kinds.get(field)) {
                case "NUMBER" -> new Value.Amount(any(numbers)).number().toPlainString();
                case "TIME" -> any(times).toString();
                case "DATE" -> any(dates).toString();
                case "TRUTH" -> random.nextBoolean();
                case "DOCUMENT" -> JSON.readTree(document(random.nextInt(3)));
                default -> word(field);
            };
        }

        private String word(String field) {
            return switch (field) {
                case "tag" -> any(List.of("vip", "novo", "ação", "acao", "VIP", " Novo ", "AC\u0327A\u0303O"));
                case "language" -> any(List.of("pt-BR", "en", "PT-br"));
                case "email" -> any(List.of("p", "P")) + random.nextInt(CONTACTS) + "x0@exemplo.com.br";
                case "phone" -> phone(random.nextInt(CONTACTS), random.nextInt(2)).substring(random.nextBoolean() ? 0 : 3);
                case "externalId" -> any(WORDS).strip() + "/" + random.nextInt(CONTACTS) + "/0";
                case "pipeline" -> any(List.copyOf(pipelines.keySet())).toString();
                case "pipelineStatus" -> any(pipelines.values().stream().flatMap(List::stream).toList()).toString();
                default -> any(WORDS);
            };
        }

        private String fragment(String field) {
            var word = word(field);
            var from = word.offsetByCodePoints(0, random.nextInt(word.codePointCount(0, word.length())));
            return random.nextBoolean() ? word.substring(from) : word.substring(from).toUpperCase();
        }

        private void words(Map<String, Set<Value>> known, String field, String text) {
            if (text != null) known.computeIfAbsent(field, _ -> new HashSet<>()).add(new Value.Words(text));
        }

        private <T> T any(List<T> of) {
            return of.get(random.nextInt(of.size()));
        }

        private <T> T maybe(List<T> of) {
            return random.nextInt(4) == 0 ? null : any(of);
        }

        private <T> List<T> some(List<T> of) {
            return of.stream().filter(_ -> random.nextInt(4) == 0).toList();
        }
    }
}
