package com.ventros.crm.billing;

import static com.ventros.crm.billing.Installation.ACCOUNT;
import static com.ventros.crm.billing.Installation.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.openapi.Contract;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DatabaseTest
class InvoiceTests {

    private static final String INVOICES = "/api/v1/billing/invoices";
    private static final Cause CAUSE = Cause.outside(Actor.system("test"));
    private static final YearMonth MONTH = YearMonth.now(ZoneOffset.UTC);
    private static final int AT_ONCE = 6;

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    OpenAccount openAccount;

    @Autowired
    IssueInvoices issueInvoices;

    private Installation installation;
    private TestTenant tenant;
    private Api api;

    @BeforeEach
    void aCompany() {
        installation = Installation.of(port, db, transaction);
        tenant = TestTenant.create(db, transaction);
        api = Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant()));
        Tenancy.run(tenant.tenant(), () -> CAUSE.run(openAccount::handle));
    }

    /** Each pass stands for a program: what they share is the database. */
    @Test
    void ofManyWhoLookAtOnceEachMonthIsWrittenOnceAndNumberedWithoutAGap() throws Exception {
        api.with("If-Match", "\"0\"").send("PUT", "/api/v1/billing/customer", JsonMapper.shared().writeValueAsString(Map.of("name", "Padaria Sol Ltda.",
                "taxId", "11.222.333/0001-81", "email", "contas@exemplo.com.br", "country", "BR")));
        installation.assign(api, "small");
        lookAtOnce(after(MONTH.minusMonths(1)));
        assertThat(invoices()).as("the month is not over").isEmpty();
        lookAtOnce(MONTH.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant());
        assertThat(invoices()).as("and its last events may still be counted").isEmpty();
        lookAtOnce(after(MONTH.plusMonths(2)));
        lookAtOnce(after(MONTH.plusMonths(2)));
        var written = invoices();
        assertThat(written.stream().map(one -> one.path("number").asLong())).containsExactly(3L, 2L, 1L);
        assertThat(written.reversed().stream().map(one -> one.path("month").asString())).containsExactly(MONTH.toString(), MONTH.plusMonths(1).toString(),
                MONTH.plusMonths(2).toString());
        var first = written.getLast();
        assertThat(first.path("status").asString() + " " + first.path("total").asLong() + " " + first.path("currency").asString()).isEqualTo("open 9900 BRL");
        assertThat(first.path("lines").get(0).toString()).isEqualTo("{\"what\":\"plan\",\"text\":\"Pequeno\",\"quantity\":1,\"amount\":9900}");
        assertThat(first.path("lines").valueStream().map(line -> line.path("what").asString())).containsExactly("plan", "messages_sent", "messages_received",
                "contacts_added", "channels_added", "agents_added");
        assertThat(first.path("to").path("taxId").asString()).isEqualTo("11222333000181");
        assertThat(all("select count(*)::text from domain_event_logs where type = 'billing.invoice_issued'")).containsExactly("3");

        var page = api.get(INVOICES + "?limit=2").json();
        assertThat(page.path("items")).hasSize(2);
        assertThat(api.get(INVOICES + "?limit=2&cursor=" + page.path("nextCursor").asString()).json().path("items").valueStream().toList()).containsExactly(first);
    }

    @Test
    void whoeverRunsTheInstallationSettlesAnInvoiceOnce() throws Exception {
        installation.assign(api, "small");
        lookAtOnce(after(MONTH.plusMonths(1)));
        var paths = invoices().stream().map(one -> INVOICES + "/" + one.path("id").asString()).toList();
        var operator = installation.operator();
        for (var answer : List.of(api.get(paths.getFirst()), operator.get(paths.getFirst()), api.get(INVOICES),
                operator.get(path(api.get(ACCOUNT).json()) + "/invoices?limit=1"))) {
            Contract.check(answer.raw());
            assertThat(answer.status()).isEqualTo(200);
        }
        assertThat(api.post(paths.getFirst() + "/pay", Map.of("note", "PIX")).code()).isEqualTo("not_the_installations_operator");
        var stranger = Api.anonymous(port).as(TestCallers.mayAll(TestTenant.create(db, transaction).tenant()));
        for (var answer : List.of(stranger.get(paths.getFirst()), stranger.post(paths.getFirst() + "/pay", Map.of("note", "PIX")))) {
            assertThat(answer.status() + " " + answer.code()).isEqualTo("404 invoice_not_found");
        }

        var paid = together(() -> operator.post(paths.getFirst() + "/pay", Map.of("note", "PIX de 5 de março.")));
        assertThat(paid.stream().filter(answer -> answer.status() == 200)).hasSize(1);
        assertThat(paid.stream().map(Api.Answer::code).filter(code -> !code.isEmpty()).distinct()).containsExactly("invoice_paid");
        var shown = api.get(paths.getFirst()).json();
        assertThat(shown.path("status").asString() + " " + shown.path("paidBy").asString() + " " + shown.path("note").asString())
                .isEqualTo("paid by_hand PIX de 5 de março.");
        assertThat(operator.post(paths.getLast() + "/void", Map.of("reason", "Engano.")).json().path("status").asString()).isEqualTo("void");
        assertThat(operator.post(paths.getLast() + "/pay", Map.of("note", "PIX")).code()).isEqualTo("invoice_void");
        assertThatThrownBy(() -> all("update billing_invoice set price = 1 returning id::text")).hasMessageContaining("not written anew");
        assertThatThrownBy(() -> all("update billing_invoice set status = 'OPEN', settled_at = null, note = null, paid_by = null returning id::text"))
                .hasMessageContaining("not written anew");
        lookAtOnce(after(MONTH.plusMonths(1)));
        assertThat(invoices()).as("a void invoice keeps its month and its number").hasSize(2);
    }

    @Test
    void whoIsFreeOrNotActivePaysNothingMore() throws Exception {
        lookAtOnce(after(MONTH.plusMonths(1)));
        assertThat(invoices()).isEmpty();
        installation.assign(api, "large");
        assertThat(installation.act(api, "suspend").status()).isEqualTo(200);
        lookAtOnce(after(MONTH.plusMonths(3)));
        assertThat(invoices().stream().map(one -> one.path("month").asString() + " " + one.path("total").asLong())).as("the month that had begun")
                .containsExactly(MONTH + " 49900");
    }

    private void lookAtOnce(Instant now) throws Exception {
        together(() -> {
            while (issueInvoices.runOnce(now) > 0); // as a program does
            return true;
        });
    }

    /** When a month is over and all of it is counted. */
    private static Instant after(YearMonth month) {
        return month.plusMonths(1).atDay(1).atTime(7, 0).toInstant(ZoneOffset.UTC);
    }

    private List<JsonNode> invoices() {
        return api.get(INVOICES).json().path("items").valueStream().toList();
    }

    private static <T> List<T> together(Callable<T> what) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = new ArrayList<Future<T>>();
            LongStream.range(0, AT_ONCE).forEach(_ -> asked.add(threads.submit(what)));
            var answers = new ArrayList<T>();
            for (var one : asked) answers.add(one.get());
            return answers;
        }
    }

    private List<String> all(String sql) {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> db.sql(sql).query(String.class).list()));
    }
}
