package com.ventros.crm.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.accounts.Role;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@DatabaseTest
class PipelineTests {

    private static final String PATH = "/api/v1/pipelines";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    private TestTenant tenant;
    private Api api;

    @BeforeEach
    void aTenant() {
        tenant = TestTenant.create(db, transaction);
        api = Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant()));
    }

    @Test
    void aPipelineIsDefinedAndTheFirstIsTheDefaultOne() {
        var first = define("Vendas");
        assertThat(first.path("isDefault").asBoolean()).isTrue();
        assertThat(names(first)).containsExactly("Novo", "Proposta", "Ganho", "Perdido");
        assertThat(first.path("statuses").get(0).path("kind").asString()).isEqualTo("open");
        assertThat(first.path("statuses").get(0).path("next").isNull()).as("everywhere").isTrue();

        var second = define("Pós-venda");
        assertThat(second.path("isDefault").asBoolean()).isFalse();
        var changed = change(second, Map.of("isDefault", true, "sessionTimeoutMinutes", 90));
        assertThat(changed.json().path("isDefault").asBoolean()).isTrue();
        assertThat(changed.json().path("sessionTimeoutMinutes").asInt()).isEqualTo(90);
        assertThat(get(first).path("isDefault").asBoolean()).as("never two").isFalse();
        assertThat(change(get(second), Map.of("isDefault", false)).code()).isEqualTo("pipeline_is_default");
        assertThat(change(get(second), Map.of("archived", true)).code()).isEqualTo("pipeline_is_default");
        assertThat(events(first)).containsExactly("pipeline.created", "status.created", "status.created", "status.created",
                "status.created", "pipeline.default_changed", "pipeline.default_changed");
    }

    @Test
    void agentsMoveCardsAndSupervisorsSetUpPipelines() {
        var agent = Api.anonymous(port).as(TestCallers.token(tenant.tenant(), Role.AGENT.permissions()));
        var supervisor = Api.anonymous(port).as(TestCallers.token(tenant.tenant(), Role.SUPERVISOR.permissions()));
        var statuses = List.of(Map.of("name", "Novo", "kind", "open", "colour", "#1c7ed6"), Map.of("name", "Ganho", "kind", "won", "colour", "#2f9e44"));
        assertThat(agent.post(PATH, Map.of("name", "Vendas", "statuses", statuses)).code()).isEqualTo("permission_missing");
        var made = supervisor.post(PATH, Map.of("name", "Vendas", "statuses", statuses)).json();
        var path = PATH + "/" + made.path("id").asString();
        var seen = agent.with("If-Match", "\"1\"");
        assertThat(seen.patch(path, Map.of("archived", true)).code()).isEqualTo("permission_missing");
        assertThat(seen.patch(path + "/statuses/" + status(made, 0), Map.of("name", "Velho")).code()).isEqualTo("permission_missing");
        assertThat(seen.post(path + "/loss-reasons", Map.of("text", "Preço")).code()).isEqualTo("permission_missing");
        var contact = agent.post("/api/v1/contacts", Map.of("name", "Ana")).json().path("id").asString();
        var deal = agent.post("/api/v1/deals", Map.of("contactId", contact)).json();
        assertThat(seen.post("/api/v1/deals/" + deal.path("id").asString() + "/move", Map.of("statusId", status(made, 1))).status()).isEqualTo(200);
    }

    @Test
    void aPipelineWithoutAnOpenStatusIsRefused() {
        var closed = List.of(Map.of("name", "Ganho", "kind", "won", "colour", "#2f9e44"));
        assertThat(api.post(PATH, Map.of("name", "Vendas", "statuses", closed)).code()).isEqualTo("open_status_needed");
        assertThat(api.post(PATH, Map.of("name", "Vendas")).code()).isEqualTo("open_status_needed");
        var only = define("Só um", List.of(Map.of("name", "Novo", "kind", "open", "colour", "#1C7ED6")));
        assertThat(only.path("statuses").get(0).path("colour").asString()).isEqualTo("#1c7ed6");
        assertThat(changeStatus(only, 0, Map.of("archived", true)).code()).isEqualTo("open_status_needed");
    }

    @Test
    void nonsenseIsRefusedWithItsField() {
        var made = define("Vendas");
        assertThat(field(api.post(PATH, Map.of("name", " ")))).isEqualTo("name");
        assertThat(field(addStatus(made, Map.of("name", "X", "kind", "maybe", "colour", "#000000")))).isEqualTo("kind");
        assertThat(field(addStatus(made, Map.of("name", "X", "kind", "open", "colour", "red")))).isEqualTo("colour");
        assertThat(field(addStatus(made, Map.of("name", "x".repeat(101), "kind", "open", "colour", "#000000")))).isEqualTo("name");
        assertThat(addStatus(made, Map.of("name", "NOVO", "kind", "open", "colour", "#000000")).code()).isEqualTo("status_exists");
        assertThat(api.post(PATH, Map.of("name", "vendas", "statuses", statuses())).code()).isEqualTo("pipeline_exists");
        assertThat(field(change(made, Map.of("sessionTimeoutMinutes", 0)))).isEqualTo("sessionTimeoutMinutes");
        assertThat(field(change(made, Map.of("statusOrder", List.of(status(made, 0)))))).isEqualTo("statusOrder");
        assertThat(field(changeStatus(made, 0, Map.of("next", List.of(Uuids.v7()))))).isEqualTo("next");
        assertThat(field(changeStatus(made, 0, Map.of("next", "all")))).isEqualTo("next");
        assertThat(field(changeStatus(made, 0, Map.of("requiredFields", List.of(Uuids.v7()))))).isEqualTo("requiredFields");
        assertThat(get(made).path("version").asLong()).as("nothing came of it").isEqualTo(made.path("version").asLong());
    }

    @Test
    void theRulesOfAStatusAreKept() {
        var made = define("Vendas");
        var cpf = api.post("/api/v1/contact-fields", Map.of("key", "cpf", "label", "CPF", "type", "text")).json().path("id").asString();
        var after = changeStatus(made, 0, Map.of("next", List.of(status(made, 1), status(made, 3)), "name", "Entrada",
                "requiredFields", List.of(cpf))).json();
        var status = after.path("statuses").get(0);
        assertThat(status.path("name").asString()).isEqualTo("Entrada");
        assertThat(texts(status.path("next"))).containsExactlyInAnyOrder(status(made, 1), status(made, 3));
        assertThat(texts(status.path("requiredFields"))).containsExactly(cpf);

        var everywhere = new HashMap<String, Object>();
        everywhere.put("next", null);
        assertThat(changeStatus(after, 0, everywhere).json().path("statuses").get(0).path("next").isNull()).isTrue();
        var nowhere = changeStatus(get(made), 0, Map.of("next", List.of()));
        assertThat(nowhere.json().path("statuses").get(0).path("next").isArray()).isTrue();
        assertThat(events(made)).endsWith("status.updated", "status.transitions_set", "status.required_fields_set",
                "status.transitions_set", "status.transitions_set");
    }

    /** A screen saves a status with all that it shows of it. */
    @Test
    void whatAStatusAsksForStaysThoughItsFieldIsArchived() {
        var made = define("Vendas");
        var ids = new ArrayList<String>();
        for (var key : List.of("cpf", "rg")) {
            ids.add(api.post("/api/v1/contact-fields", Map.of("key", key, "label", key, "type", "text")).json().path("id").asString());
        }
        var asking = changeStatus(made, 0, Map.of("requiredFields", List.of(ids.getFirst()))).json();
        for (var id : ids) api.with("If-Match", "\"1\"").patch("/api/v1/contact-fields/" + id, Map.of("archived", true));
        var same = changeStatus(asking, 0, Map.of("name", "Entrada", "requiredFields", List.of(ids.getFirst())));
        assertThat(same.status()).as(same.toString()).isEqualTo(200);
        assertThat(texts(same.json().path("statuses").get(0).path("requiredFields"))).containsExactly(ids.getFirst());
        assertThat(field(changeStatus(same.json(), 0, Map.of("requiredFields", ids)))).as("no other that is archived").isEqualTo("requiredFields");
        assertThat(field(changeStatus(same.json(), 1, Map.of("requiredFields", List.of(ids.getFirst()))))).as("nor in another status").isEqualTo("requiredFields");
    }

    @Test
    void statusesAreOrderedArchivedAndRestored() {
        var made = define("Vendas");
        var order = List.of(status(made, 1), status(made, 0), status(made, 3), status(made, 2));
        var ordered = change(made, Map.of("statusOrder", order)).json();
        assertThat(names(ordered)).containsExactly("Proposta", "Novo", "Perdido", "Ganho");
        var archived = changeStatus(ordered, 0, Map.of("archived", true)).json();
        assertThat(archived.path("statuses").get(0).path("archived").asBoolean()).isTrue();
        var twin = addStatus(archived, Map.of("name", "Proposta", "kind", "open", "colour", "#000000"));
        assertThat(twin.status()).as("the name is free again").isEqualTo(200);
        assertThat(changeStatus(twin.json(), 0, Map.of("archived", false)).code()).isEqualTo("status_exists");
        var gone = change(get(define("Outra")), Map.of("archived", true)).json();
        assertThat(addStatus(gone, Map.of("name", "X", "kind", "open", "colour", "#000000")).code()).isEqualTo("pipeline_archived");
        assertThat(change(gone, Map.of("archived", false, "name", "Mais uma")).json().path("name").asString()).isEqualTo("Mais uma");
    }

    @Test
    void reasonsForLossAreKept() {
        var made = define("Vendas");
        var one = api.with("If-Match", tag(made)).post(path(made) + "/loss-reasons", Map.of("text", "Preço")).json();
        var reason = one.path("lossReasons").get(0).path("id").asString();
        var two = api.with("If-Match", tag(one)).patch(path(made) + "/loss-reasons/" + reason,
                Map.of("text", "Muito caro", "archived", true)).json();
        assertThat(two.path("lossReasons").get(0).path("text").asString()).isEqualTo("Muito caro");
        assertThat(two.path("lossReasons").get(0).path("archived").asBoolean()).isTrue();
        assertThat(events(made)).endsWith("pipeline.loss_reason_added", "pipeline.loss_reason_changed");
    }

    @Test
    void noTwoReasonsForLossReadTheSame() {
        var made = define("Vendas");
        var reasons = path(made) + "/loss-reasons";
        var one = api.with("If-Match", tag(made)).post(reasons, Map.of("text", "Preço")).json();
        assertThat(api.with("If-Match", tag(one)).post(reasons, Map.of("text", "preço")).code()).isEqualTo("loss_reason_exists");
        var two = api.with("If-Match", tag(one)).post(reasons, Map.of("text", "Prazo")).json();
        var price = reasons + "/" + two.path("lossReasons").get(0).path("id").asString();
        var time = reasons + "/" + two.path("lossReasons").get(1).path("id").asString();
        assertThat(api.with("If-Match", tag(two)).patch(time, Map.of("text", "PREÇO")).code()).isEqualTo("loss_reason_exists");
        var gone = api.with("If-Match", tag(two)).patch(price, Map.of("archived", true)).json();
        var renamed = api.with("If-Match", tag(gone)).patch(time, Map.of("text", "PREÇO"));
        assertThat(renamed.status()).as(renamed + ": nobody is offered the other any more").isEqualTo(200);
        assertThat(api.with("If-Match", tag(renamed.json())).patch(price, Map.of("archived", false)).code()).isEqualTo("loss_reason_exists");
        assertThat(api.with("If-Match", tag(renamed.json())).patch(time, Map.of("text", "Preço")).status()).as("its own name").isEqualTo(200);
    }

    @Test
    void whoSawAnOldPipelineChangesNothing() {
        var made = define("Vendas");
        assertThat(api.patch(path(made), Map.of("name", "A")).status()).isEqualTo(428);
        assertThat(change(made, Map.of("name", "A")).status()).isEqualTo(200);
        assertThat(change(made, Map.of("name", "B")).status()).isEqualTo(412);
        assertThat(change(get(made), Map.of("name", "A")).json().path("version")).as("no news").isEqualTo(get(made).path("version"));
    }

    @Test
    void ofChangesAtOnceOneIsMadeAndTheOthersAreRefused() throws Exception {
        var made = define("Vendas");
        var answers = new ArrayList<Integer>();
        try (var people = Executors.newFixedThreadPool(8)) {
            var asked = new ArrayList<java.util.concurrent.Future<Api.Answer>>();
            for (int i = 0; i < 8; i++) {
                var name = "Status " + i;
                asked.add(people.submit(() -> addStatus(made, Map.of("name", name, "kind", "open", "colour", "#000000"))));
            }
            for (var one : asked) answers.add(one.get().status());
        }
        assertThat(answers).containsOnly(200, 412).containsOnlyOnce(200);
        assertThat(names(get(made))).hasSize(5);
    }

    @Test
    void anotherTenantsPipelineIsNotThere() {
        var made = define("Vendas");
        var stranger = Api.anonymous(port).as(TestCallers.mayAll(TestTenant.create(db, transaction).tenant()));
        assertThat(stranger.get(path(made)).status()).isEqualTo(404);
        assertThat(stranger.with("If-Match", "\"1\"").patch(path(made), Map.of("name", "X")).status()).isEqualTo(404);
        assertThat(stranger.get(PATH).json().path("items").size()).isZero();
    }

    /** The rules are the aggregate's; the database is the second wall. */
    @Test
    void theDatabaseRefusesWhatTheRulesWould() {
        var first = define("Vendas");
        var second = define("Outra");
        refused("update pipeline set is_default = true where id = '" + second.path("id").asString() + "'");
        refused("update pipeline set archived_at = now() where id = '" + first.path("id").asString() + "'");
        refused("update pipeline set name = 'VENDAS' where id = '" + second.path("id").asString() + "'");
        refused("update pipeline_status set name = 'novo' where id = '" + status(first, 1) + "'");
        refused("update pipeline_status set kind = 'LATER' where id = '" + status(first, 1) + "'");
        refused("update pipeline_status set ordinal = 0 where id = '" + status(first, 1) + "'");
        refused("insert into pipeline_transition (tenant_id, pipeline_id, from_id, to_id) values ('%s', '%s', '%s', '%s')"
                .formatted(tenant.tenant(), first.path("id").asString(), status(first, 0), status(second, 0)));
    }

    private void refused(String sql) {
        assertThatThrownBy(() -> Tenancy.run(tenant.tenant(), () ->
                transaction.executeWithoutResult(_ -> db.sql(sql).update()))).as(sql)
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    private JsonNode define(String name) {
        return define(name, statuses());
    }

    private JsonNode define(String name, List<?> statuses) {
        var made = api.post(PATH, Map.of("name", name, "statuses", statuses));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.json();
    }

    private static List<Map<String, String>> statuses() {
        return List.of(Map.of("name", "Novo", "kind", "open", "colour", "#1c7ed6"),
                Map.of("name", "Proposta", "kind", "open", "colour", "#f59f00"),
                Map.of("name", "Ganho", "kind", "won", "colour", "#2f9e44"),
                Map.of("name", "Perdido", "kind", "lost", "colour", "#e03131"));
    }

    private Api.Answer change(JsonNode seen, Object change) {
        return api.with("If-Match", tag(seen)).patch(path(seen), change);
    }

    private Api.Answer addStatus(JsonNode seen, Object status) {
        return api.with("If-Match", tag(seen)).post(path(seen) + "/statuses", status);
    }

    private Api.Answer changeStatus(JsonNode seen, int index, Object change) {
        return api.with("If-Match", tag(seen)).patch(path(seen) + "/statuses/" + status(seen, index), change);
    }

    private JsonNode get(JsonNode pipeline) {
        return api.get(path(pipeline)).json();
    }

    private List<String> events(JsonNode pipeline) {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> db.sql("""
                select type from domain_event_logs where aggregate_id = :id order by position
                """).param("id", UUID.fromString(pipeline.path("id").asString())).query(String.class).list()));
    }

    private static String path(JsonNode pipeline) {
        return PATH + "/" + pipeline.path("id").asString();
    }

    private static String tag(JsonNode pipeline) {
        return "\"" + pipeline.path("version").asLong() + "\"";
    }

    private static String status(JsonNode pipeline, int index) {
        return pipeline.path("statuses").get(index).path("id").asString();
    }

    private static List<String> names(JsonNode pipeline) {
        var names = new ArrayList<String>();
        pipeline.path("statuses").forEach(status -> names.add(status.path("name").asString()));
        return names;
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(one -> texts.add(one.asString()));
        return texts;
    }

    private static String field(Api.Answer refused) {
        assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
        return refused.json().path("errors").get(0).path("field").asString();
    }
}
