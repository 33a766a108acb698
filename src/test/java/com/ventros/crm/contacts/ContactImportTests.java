package com.ventros.crm.contacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.http.Permission;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

@DatabaseTest
class ContactImportTests {

    private static final Duration SOON = Duration.ofSeconds(30);

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    ImportContacts importContacts;

    private TestTenant tenant;
    private Api api;

    @BeforeEach
    void aTenant() {
        tenant = TestTenant.create(db, transaction);
        api = Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant()));
    }

    @Test
    void everyTypeOfFieldIsImportedAndTheSecondTimeNothingChanges() {
        for (var type : List.of("text", "number", "boolean", "date", "date_time", "url", "email", "phone", "json")) field(type, Map.of());
        field("money", Map.of("currency", "BRL"));
        field("select", Map.of("options", List.of("ouro", "prata")));
        field("multi_select", Map.of("options", List.of("a", "b", "c")));
        var file = """
                Nome;Telefone;Telefone 2;E-mail;Idioma;Etiquetas;f_text;f_number;f_boolean;f_date;f_date_time;f_url;f_email;f_phone;f_json;f_money;f_select;f_multi_select;Observação
                Ana Souza;(11) 98888-7777;'+55 21 3333-4444;ANA@exemplo.com.br;pt-BR;VIP, feira;oi;1.25;sim;2026-03-01;2026-03-01T12:00:00-03:00;https://exemplo.com.br;b@exemplo.com.br;11 97777-6666;{"a":[1,2]};10.50;ouro;c|a;x
                """;
        var made = handIn(file);
        assertThat(texts(made.path("suggested"))).containsExactly("name", "phones", "phones", "emails", "language", "tags", "custom.f_text",
                "custom.f_number", "custom.f_boolean", "custom.f_date", "custom.f_date_time", "custom.f_url", "custom.f_email", "custom.f_phone",
                "custom.f_json", "custom.f_money", "custom.f_select", "custom.f_multi_select", "");
        var done = run(made);
        assertThat(done.path("entered").toString()).isEqualTo("{\"created\":1,\"updated\":0,\"unchanged\":0,\"refused\":0}");
        var ana = contacts().getFirst();
        assertThat(values(ana.path("identities"), "value")).containsExactlyInAnyOrder("+5511988887777", "+552133334444", "ana@exemplo.com.br");
        assertThat(texts(ana.path("tags"))).containsExactly("feira", "vip");
        assertThat(ana.path("language").asString()).isEqualTo("pt-BR");
        var fields = new TreeMap<String, String>();
        ana.path("fields").properties().forEach(field -> fields.put(field.getKey(), field.getValue().toString()));
        assertThat(fields.values()).containsExactly("true", "\"2026-03-01\"", "\"2026-03-01T15:00:00.000000Z\"", "\"b@exemplo.com.br\"",
                "{\"a\":[1,2]}", "10.5", "[\"a\",\"c\"]", "1.25", "\"+5511977776666\"", "\"ouro\"", "\"oi\"", "\"https://exemplo.com.br\"");
        var told = Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> JsonMapper.shared().readTree(
                db.sql("select data from domain_event_logs where aggregate_type = 'contact'").query(String.class).single())));
        assertThat(told.path("phone").asString()).isEqualTo("+5511988887777");
        assertThat(values(told.path("otherIdentities"), "value")).containsExactly("+552133334444");
        assertThat(told.path("email").asString()).isEqualTo("ana@exemplo.com.br");
        assertThat(texts(told.path("tags"))).containsExactly("feira", "vip");
        assertThat(values(told.path("customFields"), "key")).containsExactlyElementsOf(fields.keySet());
        assertThat(told.path("customFields").get(6).path("value").toString()).isEqualTo("[\"a\",\"c\"]");
        var before = events();
        var again = run(handIn(file));
        assertThat(again.path("entered").toString()).isEqualTo("{\"created\":0,\"updated\":0,\"unchanged\":1,\"refused\":0}");
        assertThat(contacts()).containsExactly(ana);
        assertThat(events()).as("nothing happened with anybody").isEqualTo(before);
    }

    @Test
    void eachRowSaysWhatBecameOfIt() {
        field("number", Map.of());
        enter(Map.of("name", "Bia", "phones", List.of("+5511988880001")));
        enter(Map.of("name", "Caio", "emails", List.of("caio@exemplo.com.br")));
        var gone = enter(Map.of("name", "Dora", "emails", List.of("dora@exemplo.com.br")));
        assertThat(api.delete("/api/v1/contacts/" + gone).status()).isEqualTo(204);
        var made = handIn("""
                name,phones,emails,custom.f_number
                Ana,11 98888-0000,,1
                Beatriz,11 98888-0001,,
                Bia,11 98888-0001,,
                Beatriz,11 98888-0001,,
                Caio,11 98888-0001,caio@exemplo.com.br,
                Dora,,dora@exemplo.com.br,
                Eva,,,
                Fabi,abc,,
                Gil,11 98888-0007,,muitos
                Hugo,11 98888-0008,,2,mais
                """);
        var columns = List.of("name", "phones", "emails", "custom.f_number");
        var expected = api.post("/api/v1/contact-imports/" + made.path("id").asString() + "/preview", Map.of("columns", columns)).json().path("rows");
        assertThat(api.with("Idempotency-Key", "look").post(path(made) + "/preview", Map.of("columns", columns)).json().path("rows")).isEqualTo(expected);
        var outcomes = List.of("created", "updated", "refused", "unchanged", "refused", "refused", "refused", "refused", "refused", "refused");
        assertThat(values(expected, "outcome")).isEqualTo(outcomes);
        assertThat(expected.get(1).path("changes").get(0).path("after").asString()).isEqualTo("Beatriz");
        assertThat(contacts()).as("a preview writes nothing").hasSize(2);

        var done = run(made);
        assertThat(done.path("entered").toString()).isEqualTo("{\"created\":1,\"updated\":1,\"unchanged\":1,\"refused\":7}");
        var rows = api.get(path(made) + "/rows").json().path("items");
        assertThat(values(rows, "outcome")).isEqualTo(outcomes);
        assertThat(values(rows, "code")).containsExactly("", "", "row_repeated", "", "contacts_several", "contact_deleted", "identity_missing",
                "invalid", "invalid", "cells_too_many");
        assertThat(rows.get(8).path("field").asString()).isEqualTo("custom.f_number");
        assertThat(values(api.get(path(made) + "/rows?outcome=created&limit=1").json().path("items"), "row")).containsExactly("1");
        var csv = api.get(path(made) + "/result?outcome=refused");
        assertThat(csv.header("Content-Type")).hasValue("text/csv;charset=UTF-8");
        assertThat(csv.text()).startsWith("\uFEFF\"row\",\"outcome\"").contains("\"8\",\"refused\",\"\",\"phones\",\"invalid\"").contains("\"Fabi\",\"abc\"");
        assertThat(csv.text().lines()).hasSize(8);
    }

    @Test
    void numbersAndDaysAreReadAsBrazilWritesThemAndNeverInTwoWays() {
        for (var type : List.of("number", "date", "date_time")) field(type, Map.of());
        field("money", Map.of("currency", "BRL"));
        var file = """
                sep=;
                externalIds;f_number;f_money;f_date;f_date_time
                a;1.234,56;R$ 1.234,56;28/02/2026;28/02/2026 10:00
                b;2,5;-0,5;3/4/2026;28/02/2026 10:00:05
                c;1.234;;;
                d;;12,345;;
                e;;;31/02/2026;
                f;;;;31/02/2026 10:00
                """;
        var made = handIn(file);
        assertThat(run(made).path("entered").toString()).isEqualTo("{\"created\":2,\"updated\":0,\"unchanged\":0,\"refused\":4}");
        var rows = api.get(path(made) + "/rows?outcome=refused").json().path("items");
        assertThat(values(rows, "code")).containsExactly("number_ambiguous", "number_ambiguous", "invalid", "invalid");
        assertThat(values(rows, "field")).containsExactly("custom.f_number", "custom.f_money", "custom.f_date", "custom.f_date_time");
        assertThat(fieldsOf("a")).isEqualTo("{\"f_date\":\"2026-02-28\",\"f_date_time\":\"2026-02-28T13:00:00.000000Z\",\"f_money\":1234.56,\"f_number\":1234.56}");
        assertThat(fieldsOf("b")).isEqualTo("{\"f_date\":\"2026-04-03\",\"f_date_time\":\"2026-02-28T13:00:05.000000Z\",\"f_money\":-0.5,\"f_number\":2.5}");

        made = handIn(file);
        assertThat(run(made, "comma").path("decimal").asString()).isEqualTo("comma");
        assertThat(fieldsOf("c")).isEqualTo("{\"f_number\":1234}");
        rows = api.get(path(made) + "/rows?outcome=refused").json().path("items");
        assertThat(values(rows, "reason")).as("a currency without such small parts").first().asString().contains("small parts");
        run(handIn(file), "point");
        assertThat(fieldsOf("c")).isEqualTo("{\"f_number\":1.234}");
        assertThat(fieldsOf("d")).isEqualTo("{\"f_money\":12345}");
        assertThat(api.post(path(made) + "/preview", Map.of("columns", List.of("externalIds"), "decimal", "dot")).status()).isEqualTo(422);
    }

    /** As spreadsheets and pages write them: no line breaks between a sign and its number, nor between thousands. */
    @Test
    void blanksAtWhichNoLineBreaksAreBlanks() {
        for (var type : List.of("number", "date", "date_time", "text")) field(type, Map.of());
        field("money", Map.of("currency", "BRL"));
        var made = handIn("""
                sep=;
                externalIds;f_number;f_money;f_date;f_date_time;f_text
                a;1~234~567,5;R$~1~234,56;~28/02/2026~;28/02/2026~10:00;R$~10
                b;1~234;R$10,50;~;;
                c;-12~345.75~;-R$ 1.234,56;;;
                d;12~34;;;;
                """.replace('~', '\u00a0'));
        assertThat(run(made).path("entered").toString()).isEqualTo("{\"created\":3,\"updated\":0,\"unchanged\":0,\"refused\":1}");
        assertThat(fieldsOf("a")).isEqualTo("{\"f_date\":\"2026-02-28\",\"f_date_time\":\"2026-02-28T13:00:00.000000Z\",\"f_money\":1234.56,"
                + "\"f_number\":1234567.5,\"f_text\":\"R$\u00a010\"}");
        assertThat(fieldsOf("b")).isEqualTo("{\"f_money\":10.5,\"f_number\":1234}");
        assertThat(fieldsOf("c")).isEqualTo("{\"f_money\":-1234.56,\"f_number\":-12345.75}");
        run(handIn("externalIds;f_money\na;R$\u202f2\u202f500,10\n"));
        assertThat(fieldsOf("a")).contains("\"f_money\":2500.1,");
    }

    @Test
    void whatDiesInTheMiddleOfAStepGoesOnWhereTheLastOneEnded() {
        var file = new StringBuilder("name,phones\n");
        for (int i = 0; i < 600; i++) file.append("Pessoa ").append(i).append(",+55119").append(80000000 + i).append('\n');
        var id = id(handIn(file.toString()));
        var asItStood = new IllegalStateException("the program dies here");
        Tenancy.run(tenant.tenant(), () -> {
            // The program's own loop finds the lease taken, as it would find that of a program that died a moment ago.
            var dying = UUID.randomUUID();
            transaction.executeWithoutResult(_ -> {
                Cause.outside(Actor.system("test")).run(() -> importContacts.start(id, List.of("name", "phones"), Optional.empty()));
                db.sql("update contact_import set runner = :dying, leased_until = now() + interval '2 seconds' where id = :id")
                        .param("dying", dying).param("id", id).update();
            });
            assertThat(importContacts.step(id, dying)).isTrue();
            try {
                transaction.executeWithoutResult(_ -> {
                    importContacts.step(id, dying);
                    throw asItStood;
                });
            } catch (IllegalStateException died) {
                assertThat(died).isSameAs(asItStood);
            }
            assertThat(api.get("/api/v1/contact-imports/" + id).json().path("done").asInt()).isEqualTo(250);
            transaction.executeWithoutResult(_ -> db.sql("update contact_import set leased_until = now() where id = :id").param("id", id).update());
        });
        var done = await().atMost(SOON).until(() -> api.get("/api/v1/contact-imports/" + id).json(), one -> one.path("state").asString().equals("done"));
        assertThat(done.path("entered").path("created").asInt()).isEqualTo(600);
        assertThat(count("select count(*) from contact")).isEqualTo(600);
        assertThat(count("select count(*) from domain_event_logs where type = 'contact.created'")).isEqualTo(600);
        assertThat(count("select count(*) from domain_event_logs where type = 'contact_import.finished'")).isEqualTo(1);
    }

    @Test
    void undoingTakesBackWhatNobodyTouched() {
        field("text", Map.of());
        var bia = enter(Map.of("name", "Bia", "phones", List.of("+5511988880001"), "fields", Map.of("f_text", "antes")));
        var caio = enter(Map.of("emails", List.of("caio@exemplo.com.br")));
        var made = handIn("""
                name,phones,emails,language,tags,custom.f_text
                Ana,11 98888-0000,,,feira,novo
                Beatriz,11 98888-0001,bia@exemplo.com.br,en,feira,depois
                Caio,11 98888-0002,caio@exemplo.com.br,pt-BR,vip,x
                Dora,11 98888-0003,,,,
                """);
        run(made);
        assertThat(texts(tags())).containsExactly("feira", "vip");
        var dora = contacts().stream().filter(one -> one.path("name").asString().equals("Dora")).findFirst().orElseThrow();
        api.post("/api/v1/contacts/" + dora.path("id").asString() + "/notes", Map.of("text", "Ligou hoje."));
        var changed = api.get("/api/v1/contacts/" + bia);
        api.with("If-Match", changed.header("ETag").orElseThrow()).patch("/api/v1/contacts/" + bia, Map.of("name", "Bia Lima"));

        assertThat(api.post(path(made) + "/undo", Map.of()).status()).isEqualTo(200);
        var undone = await().atMost(SOON).until(() -> api.get(path(made)).json(), one -> one.path("state").asString().equals("undone"));
        assertThat(undone.path("takenBack").toString()).isEqualTo("{\"deleted\":1,\"restored\":1,\"left\":2}");
        var rows = api.get(path(made) + "/rows").json().path("items");
        assertThat(values(rows, "undone")).containsExactly("deleted", "left", "restored", "left");
        assertThat(texts(rows.get(1).path("left"))).containsExactly("name");
        var after = api.get("/api/v1/contacts/" + bia).json();
        assertThat(after.path("name").asString()).isEqualTo("Bia Lima");
        assertThat(after.path("language").isNull()).isTrue();
        assertThat(values(after.path("identities"), "value")).containsExactly("+5511988880001");
        assertThat(after.path("fields").path("f_text").asString()).isEqualTo("antes");
        assertThat(after.path("tags")).isEmpty();
        after = api.get("/api/v1/contacts/" + caio).json();
        assertThat(after.path("name").isNull()).isTrue();
        assertThat(values(after.path("identities"), "value")).containsExactly("caio@exemplo.com.br");
        assertThat(contacts()).extracting(one -> one.path("name").asString("")).containsExactlyInAnyOrder("Bia Lima", "", "Dora");
        assertThat(tags()).isEmpty();

        var again = run(handIn("name,phones\nAna,11 98888-0000\n"));
        assertThat(again.path("entered").path("updated").asInt()).as("whom an undone import deleted is back").isEqualTo(1);
        assertThat(contacts()).hasSize(4);
    }

    @Test
    void undoingTakesBackADocumentHoweverItsNumbersAreWritten() {
        field("json", Map.of());
        var bia = enter(Map.of("name", "Bia", "phones", List.of("+5511988880001"), "fields", Map.of("f_json", Map.of("z", 1))));
        var made = handIn("phones,custom.f_json\n11 98888-0001,\"{\"\"a\"\":1.5,\"\"b\"\":1e2,\"\"c\"\":0.10}\"\n");
        run(made);
        assertThat(api.get("/api/v1/contacts/" + bia).json().path("fields").path("f_json").toString()).isEqualTo("{\"a\":1.5,\"b\":100,\"c\":0.1}");
        api.post(path(made) + "/undo", Map.of());
        var undone = await().atMost(SOON).until(() -> api.get(path(made)).json(), one -> one.path("state").asString().equals("undone"));
        assertThat(undone.path("takenBack").toString()).isEqualTo("{\"deleted\":0,\"restored\":1,\"left\":0}");
        assertThat(api.get("/api/v1/contacts/" + bia).json().path("fields").path("f_json").toString()).isEqualTo("{\"z\":1}");
    }

    @Test
    void whatIsOnlyLentIsNeitherThereAlreadyNorWhatWasBefore() {
        field("text", Map.of());
        var shown = enter(Map.of("phones", List.of("+5511988880001")));
        var part = enter(Map.of("name", "P2", "language", "en", "tags", List.of("vip"), "fields", Map.of("f_text", "emprestado")));
        merge(shown, part);
        var file = """
                name,phones,language,tags,custom.f_text
                P2,11 98888-0001,en,vip,emprestado
                """;
        var same = handIn(file);
        assertThat(run(same).path("entered").path("updated").asInt()).isEqualTo(1);
        assertThat(run(handIn(file)).path("entered").path("unchanged").asInt()).isEqualTo(1);
        assertThat(api.get("/api/v1/contacts/tags").json().path("items").get(0).path("contacts").asInt()).isEqualTo(1);
        part(shown, part);
        var alone = api.get("/api/v1/contacts/" + shown).json();
        assertThat(alone.path("nameSetBy").asString()).isEqualTo("person");
        assertThat(alone.path("language").asString()).isEqualTo("en");
        assertThat(texts(alone.path("tags"))).containsExactly("vip");
        assertThat(alone.path("fields").path("f_text").asString()).isEqualTo("emprestado");
        nothingIsLeft(same, shown);

        merge(shown, part);
        var other = handIn("name,phones,language,custom.f_text\nBia,11 98888-0001,pt-BR,dela\n");
        run(other);
        part(shown, part);
        assertThat(api.get("/api/v1/contacts/" + shown).json().path("name").asString()).isEqualTo("Bia");
        nothingIsLeft(other, shown);
        var lender = api.get("/api/v1/contacts/" + part).json();
        assertThat(lender.path("name").asString()).isEqualTo("P2");
        assertThat(lender.path("fields").path("f_text").asString()).isEqualTo("emprestado");
    }

    private void merge(UUID shown, UUID part) {
        assertThat(api.post("/api/v1/contacts/" + shown + "/merges", Map.of("contactId", part)).status()).isEqualTo(200);
    }

    private void part(UUID shown, UUID part) {
        assertThat(api.delete("/api/v1/contacts/" + shown + "/merges/" + part).status()).isEqualTo(200);
    }

    private void nothingIsLeft(JsonNode made, UUID contact) {
        assertThat(api.post(path(made) + "/undo", Map.of()).status()).isEqualTo(200);
        await().atMost(SOON).until(() -> api.get(path(made)).json(), one -> one.path("state").asString().equals("undone"));
        var bare = api.get("/api/v1/contacts/" + contact).json();
        assertThat(bare.path("name").isNull()).as(bare.toString()).isTrue();
        assertThat(bare.path("language").isNull()).as(bare.toString()).isTrue();
        assertThat(bare.path("tags")).isEmpty();
        assertThat(bare.path("fields")).isEmpty();
    }

    @Test
    void whatIsOverOrAnothersCannotBeStarted() {
        var made = handIn("name,phones\nAna,11 98888-0000\n");
        assertThat(api.post(path(made) + "/undo", Map.of()).code()).isEqualTo("import_not_over");
        for (var wrong : List.of(List.of("name"), List.of("name", "nome"), List.of("phones", "custom.x"), List.of("name", ""))) {
            assertThat(api.post(path(made) + "/start", Map.of("columns", wrong)).status()).as(wrong.toString()).isEqualTo(422);
        }
        assertThat(api.post(path(made) + "/cancel", Map.of()).json().path("state").asString()).isEqualTo("cancelled");
        assertThat(api.post(path(made) + "/start", Map.of("columns", List.of("name", "phones"))).code()).isEqualTo("import_started");
        assertThat(api.post(path(made) + "/cancel", Map.of()).code()).isEqualTo("import_over");
        assertThat(api.post(path(made) + "/undo", Map.of()).json().path("state").asString()).isEqualTo("undone");
        assertThat(api.post(path(made) + "/undo", Map.of()).code()).isEqualTo("import_undone");
        var stranger = Api.anonymous(port).as(TestCallers.mayAll(TestTenant.create(db, transaction).tenant()));
        assertThat(stranger.get(path(made) + "/result").status()).isEqualTo(404);
        var agent = Api.anonymous(port).as(TestCallers.token(tenant.tenant(), EnumSet.of(Permission.CONTACT_READ, Permission.CONTACT_WRITE)));
        assertThat(agent.get(path(made)).status()).isEqualTo(403);
        assertThat(contacts()).isEmpty();
    }

    @Test
    void aFileIsHandedInOnceUnderItsKey() throws Exception {
        var path = "/api/v1/contact-imports?fileName=pessoas.csv";
        var file = "name,phones\nAna,11 98888-0000\n";
        var once = api.with("Content-Type", "text/csv").with("Idempotency-Key", "file-1");
        Callable<Api.Answer> post = () -> {
            var answer = once.send("POST", path, file);
            while (answer.code().equals("idempotency_in_progress")) answer = once.send("POST", path, file);
            return answer;
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = threads.invokeAll(Collections.nCopies(50, post)).stream().map(Future::resultNow).toList();
            assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).as(answer.toString()).isEqualTo(201));
            assertThat(answers.stream().map(Api.Answer::text).distinct()).hasSize(1);
            assertThat(answers.stream().filter(answer -> answer.header("Idempotency-Replayed").isEmpty())).hasSize(1);
        }
        assertThat(imports()).hasSize(1);

        assertThat(once.send("POST", path, file + "Bia,11 98888-0001\n").code()).isEqualTo("idempotency_key_reused");
        assertThat(once.send("POST", path + "&separator=semicolon", file).code()).as("what is said of the file counts as well")
                .isEqualTo("idempotency_key_reused");
        var odd = api.with("Content-Type", "text/csv").with("Idempotency-Key", "a b").send("POST", path, file);
        assertThat(odd.code()).isEqualTo("idempotency_key_invalid");
        assertThat(imports()).hasSize(1);

        var another = Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant())).with("Idempotency-Key", "file-1");
        assertThat(another.with("Content-Type", "text/csv").send("POST", path, file).status()).isEqualTo(201);
        Tenancy.run(tenant.tenant(), () -> transaction.executeWithoutResult(_ ->
                db.sql("update idempotency_key set created_at = now() - interval '25 hours'").update()));
        assertThat(once.send("POST", path, file).status()).isEqualTo(201);
        handIn(file);
        assertThat(imports()).as("another caller, another day and no key make each their own").hasSize(4);
    }

    private List<String> imports() {
        return values(api.get("/api/v1/contact-imports").json().path("items"), "id");
    }

    private JsonNode handIn(String csv) {
        var made = api.with("Content-Type", "text/csv").send("POST", "/api/v1/contact-imports?fileName=pessoas.csv", csv);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.json();
    }

    /** Enters it with the columns that are suggested. */
    private JsonNode run(JsonNode made) {
        return run(made, null);
    }

    private JsonNode run(JsonNode made, String decimal) {
        var columns = new ArrayList<String>();
        made.path("suggested").forEach(one -> columns.add(one.isNull() ? null : one.asString()));
        var body = new TreeMap<String, Object>();
        body.put("columns", columns);
        body.put("decimal", decimal);
        var started = api.post(path(made) + "/start", body);
        assertThat(started.status()).as(started.toString()).isEqualTo(200);
        return await().atMost(SOON).until(() -> api.get(path(made)).json(), one -> one.path("state").asString().equals("done"));
    }

    private void field(String type, Map<String, ?> more) {
        var body = new TreeMap<String, Object>(more);
        body.putAll(Map.of("key", "f_" + type, "label", "F " + type, "type", type));
        assertThat(api.post("/api/v1/contact-fields", body).status()).isEqualTo(201);
    }

    private UUID enter(Map<String, ?> contact) {
        return id(api.post("/api/v1/contacts", contact).json());
    }

    private String fieldsOf(String externalId) {
        var sorted = new TreeMap<String, JsonNode>();
        contacts().stream().filter(one -> values(one.path("identities"), "value").contains(externalId)).forEach(one ->
                one.path("fields").properties().forEach(field -> sorted.put(field.getKey(), field.getValue())));
        return JsonMapper.shared().writeValueAsString(sorted);
    }

    private List<JsonNode> contacts() {
        return api.get("/api/v1/contacts").json().path("items").valueStream().toList();
    }

    private JsonNode tags() {
        var names = JsonNodeFactory.instance.arrayNode();
        api.get("/api/v1/contacts/tags").json().path("items").forEach(tag -> names.add(tag.path("name").asString()));
        return names;
    }

    private long events() {
        return count("select count(*) from domain_event_logs where aggregate_type = 'contact'");
    }

    private long count(String sql) {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> db.sql(sql).query(Long.class).single()));
    }

    private static String path(JsonNode made) {
        return "/api/v1/contact-imports/" + made.path("id").asString();
    }

    private static UUID id(JsonNode made) {
        return UUID.fromString(made.path("id").asString());
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(one -> one.asString("")).toList();
    }

    private static List<String> values(JsonNode list, String name) {
        return list.valueStream().map(one -> one.path(name).asString("")).toList();
    }
}
