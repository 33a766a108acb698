package com.ventros.crm.conversations;

import static com.ventros.crm.conversations.Facts.both;
import static com.ventros.crm.conversations.Facts.chat;
import static com.ventros.crm.conversations.Facts.lid;
import static com.ventros.crm.conversations.Facts.phone;
import static com.ventros.crm.conversations.Facts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.pipelines.Board;
import com.ventros.crm.tenancy.Tenancy;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What a pipeline means for the conversations with those who are in it. */
@DatabaseTest
class PipelineContactTests {

    /** Less than the minute after which a session counts as overdue. */
    private static final Duration SOON = Duration.ofSeconds(40);

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    ReceiveMessages receiveMessages;

    @Autowired
    WorkflowClient temporal;

    private final ChannelId channel = ChannelId.create();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private TestTenant tenant;
    private Board board;

    @BeforeEach
    void aPipeline() {
        tenant = TestTenant.create(db, transaction);
        board = Board.define(Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant())), "Vendas");
    }

    @Test
    void aSessionEndsAfterTheSilenceOfItsContactsPipelineBeforeThatOfTheChannel() {
        board.change("PATCH", "", Map.of("sessionTimeoutMinutes", 90));
        receive(text(chat(phone("5511998000101")), "A1", now, "Oi"));
        receive(text(chat(phone("5511998000102")), "B1", now, "Oi"));
        assertThat(deadlines()).as("nobody is in the pipeline").containsOnly(now.plus(Duration.ofMinutes(30)));
        var deal = board.enter(contact("+5511998000101"), Map.of());
        receive(text(chat(phone("5511998000101")), "A2", now.plusSeconds(1), "Oi"));
        receive(text(chat(phone("5511998000102")), "B2", now.plusSeconds(1), "Oi"));
        assertThat(deadlines()).containsExactlyInAnyOrder(now.plusSeconds(1).plus(Duration.ofMinutes(90)),
                now.plusSeconds(1).plus(Duration.ofMinutes(30)));

        var patient = Board.define(board.api, "Paciente");
        patient.change("PATCH", "", Map.of("sessionTimeoutMinutes", 120));
        patient.enter(contact("+5511998000101"), Map.of());
        receive(text(chat(phone("5511998000101")), "A3", now.plusSeconds(2), "Oi"));
        assertThat(deadlines()).as("of two the most patient").contains(now.plusSeconds(2).plus(Duration.ofMinutes(120)));
        patient.change("PATCH", "", Map.of("archived", true));
        board.as(deal).post(Board.path(deal) + "/leave", Map.of());
        receive(text(chat(phone("5511998000101")), "A4", now.plusSeconds(3), "Oi"));
        assertThat(deadlines()).contains(now.plusSeconds(3).plus(Duration.ofMinutes(30)));
    }

    /** Whoever watches the session sleeps until the end that it knew of, and nobody else looks before the session is overdue. */
    @Test
    void aSilenceThatBecameShorterEndsTheSessionInTime() {
        board.change("PATCH", "", Map.of("sessionTimeoutMinutes", 1));
        receive(text(chat(phone("5511998000107")), "S1", now.minusSeconds(50), "Oi"));
        var session = inTenant(() -> db.sql("select id::text from session").query(String.class).single());
        await().atMost(SOON).ignoreExceptions().until(() -> temporal.newUntypedWorkflowStub("session-" + session).describe() != null);
        board.enter(contact("+5511998000107"), Map.of());
        receive(text(chat(phone("5511998000107")), "S2", now.minusSeconds(49), "Oi"));
        receive(text(chat(phone("5511998000107")), "S3", now.minusSeconds(48), "Oi"));
        await().atMost(SOON).until(() -> inTenant(() -> db.sql("select status from session").query(String.class).single()).equals("ENDED"));
        assertThat(inTenant(() -> db.sql("select type from domain_event_logs where aggregate_type = 'session' order by position")
                .query(String.class).list())).as("told once, and not for each message").containsExactly("session.started", "session.shortened", "session.ended");
    }

    @Test
    void ofTwoContactsThatAreOneOneCardStaysInEachPipeline() {
        receive(text(chat(phone("5511998000106")), "P", now, "Oi"));
        receive(text(chat(lid("214816000000106")), "L", now.plusSeconds(1), "Oi"));
        var survivor = contact("+5511998000106");
        var absorbed = contact("214816000000106");
        var kept = board.enter(survivor, Map.of());
        var merged = board.enter(absorbed, Map.of());
        var other = Board.define(board.api, "Outra");
        var movedOver = other.enter(absorbed, Map.of());
        receive(text(chat(both("5511998000106", "214816000000106")), "M", now.plusSeconds(2), "Sou eu"));

        assertThat(board.deal(kept).path("leftAt").isNull()).isTrue();
        assertThat(board.deal(merged).path("leftBecause").asString()).isEqualTo("merged");
        assertThat(List.of(board.deal(merged), board.deal(movedOver))).extracting(deal -> deal.path("contactId").asString())
                .containsOnly(survivor);
        assertThat(board.deal(movedOver).path("leftAt").isNull()).isTrue();
        assertThat(inTenant(() -> db.sql("select type from domain_event_logs where aggregate_type = 'deal' order by position")
                .query(String.class).list())).contains("deal.contact_merged", "contact.exited_pipeline");
    }

    private void receive(Incoming incoming) {
        Tenancy.run(tenant.tenant(), () -> receiveMessages.handle(List.of(Facts.received(tenant, channel, incoming))));
    }

    private List<Instant> deadlines() {
        return inTenant(() -> db.sql("select deadline from session").query((row, _) ->
                row.getTimestamp(1).toInstant()).list());
    }

    private String contact(String identity) {
        return inTenant(() -> db.sql("select contact_id::text from contact_identity where value = :value")
                .param("value", identity).query(String.class).single());
    }

    private <T> T inTenant(Supplier<T> work) {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> work.get()));
    }
}
