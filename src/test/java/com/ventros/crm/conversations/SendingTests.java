package com.ventros.crm.conversations;

import static com.ventros.crm.conversations.Facts.chat;
import static com.ventros.crm.conversations.Facts.echo;
import static com.ventros.crm.conversations.Facts.lid;
import static com.ventros.crm.conversations.Facts.phone;
import static com.ventros.crm.conversations.Facts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestTenant;
import com.ventros.crm.conversations.ChannelProfiles.ChannelProfile;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** Without the program's own sender, which would take from the queue what these tests want to take. */
@DatabaseTest
@TestPropertySource(properties = "crm.roles=web,relay")
class SendingTests {

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    ReceiveMessages receiveMessages;

    @Autowired
    SendMessage sendMessage;

    @Autowired
    SendIntents sendIntents;

    @Autowired
    RecordSendOutcome recordSendOutcome;

    @Autowired
    ActOnMessage actOnMessage;

    @Autowired
    ChannelProfiles channelProfiles;

    private static final ChatAddress UNKNOWN = chat(lid("100000000000101"));

    private final ChannelId channel = ChannelId.create();
    private final ChatAddress customer = chat(phone("5511998000101"));
    private TestTenant tenant;

    @BeforeEach
    void aCustomerHasWritten() {
        tenant = TestTenant.create(db, transaction);
        run(() -> channelProfiles.save(new ChannelProfile(channel, tenant.project(), "Vendas", Optional.of(30))));
        receive(text(customer, "IN1", Instant.now(), "Oi"));
    }

    @Test
    void aMessageIsInTheChatAtOnceAndSentInItsTurn() {
        var first = send("Olá");
        send("Tudo bem?");
        assertThat(status(first)).isEqualTo("QUEUED");
        assertThat(sendIntents.due(1000)).contains(new SendIntents.Due(tenant.tenant(), channel));
        var claimed = claim().orElseThrow();
        assertThat(said(claimed).content().text()).contains("Olá");
        assertThat(claimed.address()).contains("5511998000101@c.us");
        assertThat(claimed.phone()).contains(new PhoneNumber("+5511998000101"));
        assertThat(status(first)).isEqualTo("SENDING");
        assertThat(claim()).as("one at a time").isEmpty();
        assertThat(outcome(claimed, new SendOutcome.Sent("OUT1", Instant.now()))).isTrue();
        assertThat(status(first)).isEqualTo("SENT");
        assertThat(said(claim().orElseThrow()).content().text()).contains("Tudo bem?");
        assertThat(one("select message_count from session")).containsEntry("message_count", 3);
    }

    @Test
    void anAnswerNamesTheMessageItAnswersAndWhoseItIs() {
        var theirs = new MessageId((UUID) one("select id from message where external_id = 'IN1'").get("id"));
        var first = sendInReplyTo(theirs, "Sobre isso");
        var claimed = claim().orElseThrow();
        assertThat(said(claimed).replyTo()).contains(new SendIntents.Quoted("IN1", false, Optional.empty()));
        outcome(claimed, new SendOutcome.Sent("OUT1", Instant.now()));
        sendInReplyTo(first, "E mais isto");
        assertThat(said(claim().orElseThrow()).replyTo()).contains(new SendIntents.Quoted("OUT1", true, Optional.empty()));
    }

    @Test
    void anEchoUnderAPreIssuedIdIsOurs() {
        var message = send("Olá");
        var claimed = claim().orElseThrow();
        run(() -> sendIntents.preIssue(claimed.intent(), "PRE1"));
        receive(echo(customer, "PRE1", Instant.now(), true, "Olá", AckLevel.PENDING));
        assertThat(outbound()).isOne();
        assertThat(status(message)).isEqualTo("SENT");
        assertThat(outcome(claimed, new SendOutcome.Unknown("time-out"))).as("the echo knows better").isFalse();
        assertThat(status(message)).isEqualTo("SENT");
    }

    @Test
    void anEchoWithoutAKnownIdIsMatchedWithTheSendInFlight() {
        var message = send("Olá");
        var claimed = claim().orElseThrow();
        receive(echo(customer, "ECHO1", Instant.now(), true, "Olá", AckLevel.SERVER));
        assertThat(outbound()).isOne();
        assertThat(one("select external_id, status from message where id = '" + message + "'"))
                .containsEntry("external_id", "ECHO1").containsEntry("status", "SENT");
        assertThat(outcome(claimed, new SendOutcome.Again(Duration.ZERO))).isFalse();
        assertThat(claim()).as("never sent twice").isEmpty();
    }

    @Test
    void anEchoThatCameFirstAndLookedForeignIsRecognisedByItsId() {
        var message = send("Olá *mundo*");
        var claimed = claim().orElseThrow();
        receive(echo(customer, "ECHO2", Instant.now(), true, "Olá mundo", AckLevel.DEVICE));
        assertThat(outbound()).isEqualTo(2);
        assertThat(outcome(claimed, new SendOutcome.Sent("ECHO2", Instant.now()))).isTrue();
        assertThat(outbound()).isOne();
        assertThat(status(message)).isEqualTo("DELIVERED");
        assertThat(one("select message_count from session")).containsEntry("message_count", 2);
        assertThat(one("select count(*) as n from chat c join message m on m.id = c.last_message_id")).containsEntry("n", 1L);
    }

    @Test
    void ofTwoSendsThatSayTheSameEachStaysAMessage() {
        var first = send("Bom dia");
        outcome(claim().orElseThrow(), new SendOutcome.Unknown("time-out"));
        var second = send("Bom dia");
        var claimed = claim().orElseThrow();
        receive(echo(customer, "ECHO5", Instant.now(), true, "Bom dia", AckLevel.SERVER));
        assertThat(status(first)).as("nobody can tell whose echo it is").isEqualTo("SENT");
        assertThat(outcome(claimed, new SendOutcome.Sent("ECHO5", Instant.now()))).isTrue();
        assertThat(outbound()).isEqualTo(2);
        assertThat(status(second)).as("one of the two went out").isEqualTo("UNKNOWN");
        receive(echo(customer, "ECHO6", Instant.now(), true, "Bom dia", AckLevel.SERVER));
        assertThat(status(second)).isEqualTo("SENT");
        assertThat(outbound()).isEqualTo(2);
    }

    @Test
    void anEchoThatCameFirstFromAnUnknownAddressProvesWhoseItIs() {
        var message = send("Olá");
        var claimed = claim().orElseThrow();
        receive(echo(UNKNOWN, "ECHO3", Instant.now(), true, "Olá", AckLevel.SERVER));
        assertThat(one("select count(*) as n from chat")).containsEntry("n", 2L);
        assertThat(outcome(claimed, new SendOutcome.Sent("ECHO3", Instant.now()))).isTrue();
        assertThat(outbound()).isOne();
        assertThat(status(message)).isEqualTo("SENT");
        assertThat(one("select message_count from session")).containsEntry("message_count", 2);
        assertThat(one("select last_message_id from chat")).containsEntry("last_message_id", message.value());
        assertThat(one("select count(*) as n from contact_identity where contact_id = (select contact_id from chat)"))
                .as("number and private id are one person's").containsEntry("n", 2L);
    }

    @Test
    void anIdThatAnotherSendHasMakesNobodyOnePerson() {
        var first = send("Olá");
        outcome(claim().orElseThrow(), new SendOutcome.Sent("OUT1", Instant.now()));
        var second = call(() -> sendMessage.handle(new SendMessage.Command(
                new SendMessage.To.Phone(channel, new PhoneNumber("+5531998000120")), Outgoing.text("Oi"), Optional.empty(), author())));
        assertThat(outcome(claim().orElseThrow(), new SendOutcome.Sent("OUT1", Instant.now()))).isTrue();
        assertThat(status(first)).isEqualTo("SENT");
        assertThat(status(second)).isEqualTo("UNKNOWN");
        assertThat(one("select count(distinct contact_id) as n from chat")).containsEntry("n", 2L);
    }

    @Test
    void anEchoThatIsBeingSavedAtThatMomentIsNotMissed() throws Exception {
        var message = send("Olá");
        var claimed = claim().orElseThrow();
        receive(new Incoming.Acknowledged(customer, "ECHO4", Instant.now(), AckLevel.SERVER, Optional.empty()));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> told = Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> {
                var us = db.sql("select pg_backend_pid() from message_ref where external_id = 'ECHO4' for update")
                        .query(Integer.class).single();
                var outcome = threads.submit(() -> outcome(claimed, new SendOutcome.Sent("ECHO4", Instant.now())));
                await().until(() -> db.sql("select exists (select from pg_stat_activity where :us = any (pg_blocking_pids(pid)))")
                        .param("us", us).query(Boolean.class).single());
                receiveMessages.handle(List.of(Facts.received(tenant, channel,
                        echo(UNKNOWN, "ECHO4", Instant.now(), true, "Olá", AckLevel.SERVER))));
                return outcome;
            }));
            assertThat(told.get()).as("it begins again").isTrue();
        }
        assertThat(outbound()).isOne();
        assertThat(status(message)).isEqualTo("SENT");
    }

    @Test
    void ofTwoActsWithinASecondTheSecondCountsEvenIfOnlyItsEchoTells() {
        var message = send("Olá");
        outcome(claim().orElseThrow(), new SendOutcome.Sent("OUT1", Instant.now()));
        run(() -> actOnMessage.handle(message, new ActOnMessage.What.React("👍"), Optional.empty()));
        outcome(claim().orElseThrow(), new SendOutcome.Sent("OUT1", Instant.now()));
        run(() -> actOnMessage.handle(message, new ActOnMessage.What.React(""), Optional.empty()));
        claim().orElseThrow();
        receive(new Incoming.Reacted(customer, "OUT1", Instant.now().truncatedTo(ChronoUnit.SECONDS), Optional.empty(), ""));
        assertThat(one("select emoji from message_reaction")).containsEntry("emoji", "");
        run(() -> actOnMessage.handle(message, new ActOnMessage.What.Edit("Olá!"), Optional.empty()));
        outcome(claim().orElseThrow(), new SendOutcome.Sent("OUT1", Instant.now()));
        run(() -> actOnMessage.handle(message, new ActOnMessage.What.Edit("Bom dia"), Optional.empty()));
        claim().orElseThrow();
        receive(new Incoming.Edited(customer, "OUT1", Instant.now().truncatedTo(ChronoUnit.SECONDS), true, "Bom dia"));
        assertThat(one("select text from message where external_id = 'OUT1'")).containsEntry("text", "Bom dia");
    }

    @Test
    void anUnknownOutcomeIsNeverSentAgainButSettledByTheHistory() {
        var lost = send("Um");
        outcome(claim().orElseThrow(), new SendOutcome.Unknown("time-out"));
        assertThat(status(lost)).isEqualTo("UNKNOWN");
        assertThat(claim()).isEmpty();
        var unsettled = sendIntents.unsettled(1000).stream().filter(one -> one.channel().equals(channel)).toList();
        assertThat(unsettled).hasSize(1);
        assertThat(call(() -> recordSendOutcome.handle(unsettled.getFirst().intent(), new SendOutcome.NotInHistory()))).isTrue();
        assertThat(status(lost)).isEqualTo("FAILED");
    }

    @Test
    void aSenderThatDiedLeavesAnUnknownOutcome() {
        var message = send("Olá");
        claim().orElseThrow();
        one("with late as (update send_intent set claimed_at = now() - interval '1 hour' returning 1) select count(*) from late");
        sendIntents.giveUpStale();
        assertThat(status(message)).isEqualTo("UNKNOWN");
    }

    @Test
    void aTransientRefusalIsTriedAgainLaterAndAPermanentOneIsNot() {
        var message = send("Olá");
        var claimed = claim().orElseThrow();
        outcome(claimed, new SendOutcome.Refused("slow_down", "rate-overlimit", false));
        assertThat(status(message)).isEqualTo("QUEUED");
        assertThat(claim()).as("not before its time").isEmpty();
        one("with now as (update send_intent set not_before = now() returning 1) select count(*) from now");
        outcome(claim().orElseThrow(), new SendOutcome.Refused("not_on_whatsapp", "no LID found", true));
        assertThat(one("select status, failure_code from message where id = '" + message + "'"))
                .containsEntry("status", "FAILED").containsEntry("failure_code", "not_on_whatsapp");
    }

    @Test
    void aTypedNumberMakesAContactAndAChatWithoutAddress() {
        call(() -> sendMessage.handle(new SendMessage.Command(
                new SendMessage.To.Phone(channel, new PhoneNumber("+5531998000120")), Outgoing.text("Olá"), Optional.empty(), author())));
        var claimed = claim().orElseThrow();
        assertThat(claimed.address()).isEmpty();
        run(() -> sendIntents.addressFound(claimed.intent(), "553198000120@c.us"));
        assertThat(one("select address from chat where id = '" + claimed.chat() + "'"))
                .containsEntry("address", "553198000120@c.us");
    }

    @Test
    void anEmptyOrEndlessTextIsRefused() {
        assertThatThrownBy(() -> send(" ")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> send("\u00a0\u200b\ufeff")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> send(InvisibleCode.hide("", 42))).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> send("x".repeat(4097))).isInstanceOf(Refusal.class);
    }

    private MessageId send(String text) {
        return send(text, Optional.empty());
    }

    private MessageId sendInReplyTo(MessageId answered, String text) {
        return send(text, Optional.of(answered));
    }

    private MessageId send(String text, Optional<MessageId> answered) {
        return call(() -> sendMessage.handle(new SendMessage.Command(new SendMessage.To.Chat(chatId()), Outgoing.text(text),
                answered, author())));
    }

    private static SendIntents.Task.Say said(SendIntents.Claimed claimed) {
        return (SendIntents.Task.Say) claimed.task();
    }

    private SendMessage.Author author() {
        return new SendMessage.Author(Optional.empty(), "Bia");
    }

    private ChatId chatId() {
        return new ChatId((UUID) one("select id from chat limit 1").get("id"));
    }

    private Optional<SendIntents.Claimed> claim() {
        return call(() -> sendIntents.claim(channel));
    }

    private boolean outcome(SendIntents.Claimed claimed, SendOutcome outcome) {
        return call(() -> recordSendOutcome.handle(claimed.intent(), outcome));
    }

    private String status(MessageId message) {
        return (String) one("select status from message where id = '" + message + "'").get("status");
    }

    private int outbound() {
        return ((Number) one("select count(*) as n from message where direction = 'OUTBOUND'").get("n")).intValue();
    }

    private void receive(Incoming incoming) {
        Tenancy.run(tenant.tenant(), () -> receiveMessages.handle(List.of(Facts.received(tenant, channel, incoming))));
    }

    private void run(Runnable work) {
        call(() -> {
            work.run();
            return true;
        });
    }

    private <T> T call(Supplier<T> work) {
        return Tenancy.call(tenant.tenant(), () -> Cause.outside(Actor.system("test")).call(work::get));
    }

    private Map<String, Object> one(String sql) {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> db.sql(sql).query().singleRow()));
    }
}
