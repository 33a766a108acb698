package com.ventros.crm.contacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.embedded.EmbeddedDatabase;
import com.ventros.crm.events.RecountedModel;
import com.ventros.crm.tenancy.Tenancy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** People find contacts by what they type, along an index that nobody else can reach. */
@DatabaseTest
class ContactSearchTests {

    /** More than are looked up at once. */
    private static final int MANY = 1_200;

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient db;

    @Autowired
    @Qualifier("system")
    JdbcClient system;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    EmbeddedDatabase server;

    @Autowired
    RecountContacts recountContacts;

    private TestTenant tenant;
    private Api api;

    @BeforeEach
    void aTenant() {
        tenant = TestTenant.create(db, transaction);
        api = Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant()));
    }

    @Test
    void capitalsAndAccentsMakeNoDifference() {
        enter("João Gonçalves", "+5511998000301");
        enter("Jonas 100%_", "+5511998000302");
        for (var typed : List.of("joao", "JOÃO g", "gonçal", "GONCALVES", "98000301")) {
            assertThat(names(typed)).as(typed).containsExactly("João Gonçalves");
        }
        enter("Conceic\u0327a\u0303o", "+5511998000303");
        for (var typed : List.of("conceicao", "Conceição", "Conceic\u0327a\u0303o")) {
            assertThat(names(typed)).as("two characters or one, as keyboards write them").containsExactly("Conceição");
        }
        assertThat(names("0%_")).containsExactly("Jonas 100%_");
        assertThat(names("jo")).as("too short for the index").containsExactly("Jonas 100%_", "João Gonçalves");
        assertThat(names("jonas g")).isEmpty();
    }

    @Test
    void lettersOfOtherAlphabetsHaveCapitalsAndAccentsToo() {
        var typed = Map.of("Łukasz Świątek", List.of("łukasz", "lukasz swia", "ŁUKASZ"), "Ştefan Ţepeş", List.of("stefan", "ştefan ț", "TEPES"),
                "ИВАН Гончарёв", List.of("иван", "Гончарев", "ГОНЧАРЁВ"), "Σωκράτης", List.of("σωκρατησ", "ΣΩΚΡΆΤΗΣ"), "Bjørn Ødegård",
                List.of("odegard", "BJØRN"), "Nguyễn Đức", List.of("nguyen duc", "NGUYỄN"));
        var number = new AtomicInteger(10);
        typed.keySet().forEach(name -> enter(name, "+55119980005" + number.getAndIncrement()));
        typed.forEach((name, texts) -> texts.forEach(text -> {
            assertThat(names(text)).as(text).containsExactly(name);
            assertThat(names(text.substring(0, 2))).as("too short for the index").contains(name);
            assertThat(api.post("/api/v1/contacts/search", Map.of("filter", Map.of("field", "name", "contains", text))).json().path("items"))
                    .as("filtered by " + text).hasSize(1);
        }));
        assertThat(api.post("/api/v1/contacts/search", Map.of("sort", "name")).json().path("items").valueStream()
                .map(item -> item.path("name").asString())).as("sorted where they belong")
                .startsWith("Bjørn Ødegård", "Łukasz Świątek", "Nguyễn Đức", "Ştefan Ţepeş");
    }

    @Test
    void eachPartIsFoundWhereverItStands() {
        var name = "D'Ávila \\ % & Cia. 😀 Zé";
        enter(name, "+5511998000304");
        enter("Ávila", "+5511998000305");
        var letters = name.codePoints().mapToObj(Character::toString).toList();
        for (int from = 0; from < letters.size(); from++) {
            for (int to = from + 3; to <= Math.min(letters.size(), from + 6); to++) {
                var part = String.join("", letters.subList(from, to));
                if (part.strip().codePointCount(0, part.strip().length()) < 3 || "Ávila".contains(part.strip())) continue;
                assertThat(names(part)).as(part).containsExactly(name);
            }
        }
        assertThat(names("vila")).containsExactly("Ávila", name);
    }

    @Test
    void manyAreFoundPageByPageAndOneAmongThem() {
        Tenancy.run(tenant.tenant(), () -> transaction.executeWithoutResult(_ -> db.sql("""
                insert into contact (tenant_id, id, project_id, name, name_set_by, name_at, created_at, version)
                select :tenant, gen_random_uuid(), :project, 'Márcia Souza ' || n, 'PERSON', now(), now() + n * interval '1 ms', 1
                  from generate_series(1, :many) n
                """).param("tenant", tenant.tenant().value()).param("project", tenant.project().value()).param("many", MANY).update()));
        var found = new ArrayList<String>();
        var page = page("souza", "");
        while (true) {
            page.path("items").forEach(item -> found.add(item.path("name").asString()));
            if (!page.path("nextCursor").isString()) break;
            page = page("souza", "&cursor=" + page.path("nextCursor").asString());
        }
        assertThat(found).hasSize(MANY).doesNotHaveDuplicates().startsWith("Márcia Souza " + MANY);
        assertThat(names("souza 777")).containsExactly("Márcia Souza 777");
    }

    @Test
    void anotherCompanyIsNeverFound() {
        enter("Zenaide", "+5511998000303");
        var others = Api.anonymous(port).as(TestCallers.mayAll(TestTenant.create(db, transaction).tenant()));
        assertThat(others.get("/api/v1/contacts?q=zenaide").json().path("items")).isEmpty();
        assertThat(db.sql("select count(*) from search_contacts('zenaide', null, '{}', 10)").query(Long.class).single())
                .as("no tenant, no contact").isZero();
        for (var login : List.of(db, system)) {
            assertThatThrownBy(() -> login.sql("select count(*) from contact_search").query(Long.class).single())
                    .isInstanceOf(DataAccessException.class).rootCause().hasMessageContaining("permission denied");
        }
    }

    /** Of all companies that tests have made so far, whatever was done to their contacts. */
    @Test
    void theIndexSaysWhatTheContactsSay() throws Exception {
        var random = new Random(7);
        var ids = new ArrayList<String>();
        for (int i = 0; i < 6; i++) ids.add(enter("Pessoa " + i, "+551199800040" + i));
        for (int i = 0; i < 60; i++) {
            var path = "/api/v1/contacts/" + ids.get(random.nextInt(ids.size()));
            var other = ids.get(random.nextInt(ids.size()));
            switch (random.nextInt(7)) {
                case 0 -> api.with("If-Match", api.get(path).header("ETag").orElseThrow()).patch(path, Map.of("name", "Nome " + i));
                case 1 -> api.post(path + "/identities", Map.of("kind", "email", "value", "Pessoa" + i + "@exemplo.com.br"));
                case 2 -> api.delete(path + "/identities?kind=email&value=pessoa" + random.nextInt(i + 1) + "@exemplo.com.br");
                case 3 -> api.post(path + "/merges", Map.of("contactId", other));
                case 4 -> api.delete(path + "/merges/" + other);
                case 5 -> api.delete(path);
                default -> api.post(path + "/restore", Map.of());
            }
        }
        assertThat(differences()).isEmpty();
    }

    /** Whatever is lost, wrong or too much, of one company, and of no other. */
    @Test
    void whatListsAreSearchedAndCountedByIsMadeAnew() throws Exception {
        for (int i = 0; i < 7; i++) {
            var path = "/api/v1/contacts/" + enter("Renata " + i, "+55119980005" + i + "0");
            api.post(path + "/tags", Map.of("tags", List.of("lembrada")));
        }
        assertThat(recount()).as("nothing is wrong").isZero();
        var searched = names("renata");

        try (var connection = DriverManager.getConnection(server.url(), server.username(), server.password());
                var statement = connection.createStatement()) {
            var ours = " where tenant_id = '" + tenant.tenant().value() + "'";
            statement.executeUpdate("delete from contact_search" + ours + " and value in ('renata 1', 'renata 2')");
            statement.executeUpdate("update contact_search set value = 'zuleide'" + ours + " and value = 'renata 3'");
            statement.executeUpdate("update contact_search set whole_id = uuidv7()" + ours + " and value = 'renata 4'");
            statement.executeUpdate("insert into contact_search (tenant_id, contact_id, whole_id, kind, value) select tenant_id, id, id, 'EMAIL', 'nobody'"
                    + " from (values ('" + tenant.tenant().value() + "'::uuid, uuidv7())) gone (tenant_id, id)");
            statement.executeUpdate("update contact_tag set contact_sort_name = 'zuleide'" + ours);
            statement.executeUpdate("update tag set contact_count = 99" + ours);
            statement.executeUpdate("insert into contact_count select tenant_id, 5 from tenant" + ours);
        }
        assertThat(differences()).isNotEmpty();
        assertThat(recount()).as("seven contacts, one that is no more, a tag, and how many there are").isEqualTo(7 + 1 + 1 + 1);

        assertThat(differences()).isEmpty();
        assertThat(names("renata")).isEqualTo(searched);
        assertThat(names("zuleide")).isEmpty();
        assertThat(api.get("/api/v1/contacts/tags").json().path("items").path(0).path("contacts").asInt()).isEqualTo(7);
        assertThat(Tenancy.call(tenant.tenant(), () -> transaction.<List<Long>>execute(_ -> db.sql("""
                select count(*) filter (where t.contact_sort_name <> c.sort_name) from contact_tag t join contact c on c.id = t.contact_id
                 union all select sum(difference) from contact_count
                """).query(Long.class).list()))).containsExactly(0L, 7L);
        assertThat(recount()).isZero();
    }

    /** By pages of three: how many rows were otherwise than they should be. */
    private long recount() {
        return Tenancy.call(tenant.tenant(), () -> {
            long mended = 0;
            var page = new RecountedModel.Page(Optional.of(new UUID(0, 0)), 0, 0);
            do {
                page = recountContacts.recount(page.last().orElseThrow(), 3);
                mended += page.mended();
            } while (page.last().isPresent());
            return mended;
        });
    }

    private List<String> differences() throws SQLException {
        try (var connection = DriverManager.getConnection(server.url(), server.username(), server.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        with said as (
                            select tenant_id, id, whole_id, 'NAME', folded(name) from contact where name is not null
                            union select tenant_id, contact_id, whole_id, kind, folded(value) from contact_identity where kind <> 'LID'
                        )
                        (select 'missing', * from (select * from said except select * from contact_search) m)
                        union all
                        (select 'too much', * from (select * from contact_search except select * from said) t) limit 10
                        """)) {
            var differences = new ArrayList<String>();
            while (rows.next()) differences.add(rows.getString(1) + ": " + rows.getString(5) + " " + rows.getString(6));
            return differences;
        }
    }

    private String enter(String name, String phone) {
        return api.post("/api/v1/contacts", Map.of("name", name, "phones", List.of(phone))).json().path("id").asString();
    }

    private List<String> names(String typed) {
        return page(typed, "").path("items").valueStream().map(item -> item.path("name").asString()).toList();
    }

    private JsonNode page(String typed, String more) {
        return api.get("/api/v1/contacts?limit=100&q=" + URLEncoder.encode(typed, StandardCharsets.UTF_8) + more).json();
    }
}
