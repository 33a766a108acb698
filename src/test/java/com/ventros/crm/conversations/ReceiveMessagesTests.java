package com.ventros.crm.conversations;

import static com.ventros.crm.conversations.Facts.both;
import static com.ventros.crm.conversations.Facts.chat;
import static com.ventros.crm.conversations.Facts.echo;
import static com.ventros.crm.conversations.Facts.lid;
import static com.ventros.crm.conversations.Facts.phone;
import static com.ventros.crm.conversations.Facts.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestTenant;
import com.ventros.crm.conversations.ReceiveMessages.Effect;
import com.ventros.crm.conversations.ReceiveMessages.Outcome;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@DatabaseTest
class ReceiveMessagesTests {

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    ReceiveMessages receiveMessages;

    @Autowired
    SessionDeadlines sessionDeadlines;

    @Autowired
    CareForSessions careForSessions;

    private final ChannelId channel = ChannelId.create();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private TestTenant tenant;

    @BeforeEach
    void aCleanDatabase() {
        tenant = TestTenant.create(db, transaction);
    }

    @Test
    void aMessageDeliveredTwiceIsKeptOnce() {
        var hello = text(chat(phone("5511998000101")), "A1", now, "Oi");
        assertThat(effects(hello, hello)).containsExactly(Effect.STORED, Effect.NOTHING_NEW);
        assertThat(effects(hello)).containsExactly(Effect.NOTHING_NEW);
        assertThat(count("message")).isOne();
        assertThat(count("chat where unread_count = 1")).isOne();
    }

    @Test
    void twinsUnderTwoAddressesAreOneMessageOfOnePerson() {
        receive(text(chat(phone("5511998000106")), "TWIN", now, "Oi"));
        receive(text(chat(lid("214816000000106")), "OTHER", now.plusSeconds(1), "Tudo bem?"));
        assertThat(count("contact")).isEqualTo(2);
        receive(text(chat(lid("214816000000106")), "TWIN", now, "Oi"));
        assertThat(count("contact")).isOne();
        assertThat(count("chat where unread_count = 2")).isOne();
        assertThat(count("session where message_count = 2")).isOne();
        assertThat(eventTypes()).contains("contact.merged", "chat.merged");
    }

    @Test
    void bothSpellingsOfABrazilianNumberAreOnePerson() {
        receive(text(chat(phone("553198000120")), "A", now, "Oi"));
        receive(echo(chat(phone("5531998000120")), "B", now.plusSeconds(1), false, "Olá", AckLevel.SERVER));
        assertThat(one("select address from chat")).containsEntry("address", "5531998000120@c.us");
        assertThat(one("select value from contact_identity")).containsEntry("value", "+5531998000120");
    }

    @Test
    void anAcknowledgementMayComeBeforeItsMessage() {
        var where = chat(phone("5511998000102"));
        assertThat(effects(new Incoming.Acknowledged(where, "B1", now.plusSeconds(9), AckLevel.READ, Optional.empty())))
                .containsExactly(Effect.CHANGED);
        assertThat(count("message")).isZero();
        assertThat(count("chat")).isZero();
        receive(echo(where, "B1", now, true, "Olá", AckLevel.PENDING));
        assertThat(one("select status, source from message")).containsEntry("status", "READ").containsEntry("source", "API");
    }

    @Test
    void anErrorCountsOnlyUntilADeviceHasTheMessage() {
        var where = chat(phone("5511998000102"));
        receive(echo(where, "B1", now, true, "Olá", AckLevel.PENDING));
        receive(new Incoming.Acknowledged(where, "B1", now, AckLevel.ERROR, Optional.empty()));
        assertThat(one("select status, failure_code from message")).containsEntry("status", "FAILED")
                .containsEntry("failure_code", "channel_error");
        receive(new Incoming.Acknowledged(where, "B1", now, AckLevel.DEVICE, Optional.empty()));
        assertThat(one("select status, failure_code from message")).containsEntry("status", "DELIVERED")
                .containsEntry("failure_code", null);
        assertThat(eventTypes()).contains("message.failed", "message.delivered");
    }

    @Test
    void theChannelsOwnNumberAndPresenceLeaveNothing() {
        assertThat(effects(text(chat(phone("5511998000999")), "N1", now, "nota"),
                text(chat(lid("100000000000999")), "N2", now, "nota"),
                new Incoming.Presence(chat(phone("5511998000101")), now, "x", Incoming.PresenceState.TYPING)))
                .containsOnly(Effect.IGNORED);
        assertThat(count("contact")).isZero();
    }

    @Test
    void aGroupIsAChatWithoutContactOrSession() {
        receive(Facts.message(ChatAddress.group("120363400000000101@g.us", Optional.of("Turma")), "G1", now, false, false,
                Optional.of(both("5511998000108", "214816000000108")), "Bom dia", Optional.empty()));
        assertThat(count("contact")).isZero();
        assertThat(count("session")).isZero();
        assertThat(one("select author_phone, author_lid from message")).containsEntry("author_phone", "+5511998000108");
        assertThat(one("select title, unread_count from chat")).containsEntry("title", "Turma").containsEntry("unread_count", 1);
    }

    @Test
    void whatCannotBeKeptDoesNotSinkItsNeighbours() {
        assertThat(effects(text(chat(phone("5511998000101")), "x".repeat(500), now, "long id"),
                text(chat(phone("5511998000101")), "T1", Instant.MAX, "no time"),
                text(chat(phone("5511998000101")), "T2", now, "nul \u0000 and half \ud83d")))
                .containsExactly(Effect.UNUSABLE, Effect.UNUSABLE, Effect.STORED);
        assertThat(one("select text from message")).containsEntry("text", "nul  and half \ufffd");
    }

    @Test
    void aLateMessageJoinsTwoSessionsOfWhichTheOpenOneSurvives() {
        var where = chat(phone("5511998000101"));
        receive(text(where, "M1", now.minus(Duration.ofMinutes(50)), "um"));
        receive(text(where, "M3", now, "três"));
        assertThat(count("session")).isEqualTo(2);
        var open = one("select id from session where status = 'OPEN'").get("id");
        receive(text(where, "M2", now.minus(Duration.ofMinutes(25)), "dois"));
        assertThat(one("select id, message_count, status from session")).containsEntry("id", open)
                .containsEntry("message_count", 3).containsEntry("status", "OPEN");
        assertThat(count("message where session_id = '" + open + "'")).isEqualTo(3);
    }

    @Test
    void silenceEndsASessionAndAClosedOneStaysClosed() {
        var where = chat(phone("5511998000101"));
        receive(text(where, "M1", now.minus(Duration.ofMinutes(10)), "um"));
        var session = new SessionId((UUID) one("select id from session").get("id"));
        var deadline = now.plus(Duration.ofMinutes(20));
        assertThat(call(() -> sessionDeadlines.endIfSilent(session, now))).contains(deadline);
        assertThat(call(() -> sessionDeadlines.endIfSilent(session, deadline))).isEmpty();
        assertThat(one("select status, end_reason from session")).containsEntry("end_reason", "SILENCE");
        // Late news that the silence was none opens it again.
        receive(text(where, "M2", now.minus(Duration.ofMinutes(5)), "dois"));
        assertThat(eventTypes()).contains("session.reopened");
        call(() -> {
            careForSessions.resolve(session, "closed", Optional.empty(), _ -> {});
            return true;
        });
        receive(text(where, "M3", now.plus(Duration.ofMinutes(2)), "três"));
        assertThat(count("session")).isEqualTo(2);
        assertThat(call(() -> sessionDeadlines.deadline(session))).isEmpty();
    }

    @Test
    void aPlaceholderIsFilledByItsMessage() {
        var where = chat(phone("5511998000101"));
        receive(new Incoming.Waiting(where, "W1", now, false));
        assertThat(one("select waiting from message")).containsEntry("waiting", true);
        receive(text(where, "W1", now, "Agora sim"));
        assertThat(one("select waiting, text from message")).containsEntry("waiting", false).containsEntry("text", "Agora sim");
        assertThat(count("chat where unread_count = 1")).isOne();
    }

    private void receive(Incoming... incoming) {
        handle(incoming);
    }

    private List<Effect> effects(Incoming... incoming) {
        return handle(incoming).stream().map(Outcome::effect).toList();
    }

    private List<Outcome> handle(Incoming... incoming) {
        return Tenancy.call(tenant.tenant(), () -> receiveMessages.handle(
                List.of(incoming).stream().map(one -> Facts.received(tenant, channel, one)).toList()));
    }

    private <T> T call(Supplier<T> work) {
        return Tenancy.call(tenant.tenant(), () -> Cause.outside(Actor.system("test")).call(work::get));
    }

    private int count(String table) {
        return ((Number) one("select count(*) as n from " + table).get("n")).intValue();
    }

    private Map<String, Object> one(String sql) {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> db.sql(sql).query().singleRow()));
    }

    private List<String> eventTypes() {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ ->
                db.sql("select distinct type from domain_event_logs").query(String.class).list()));
    }
}
