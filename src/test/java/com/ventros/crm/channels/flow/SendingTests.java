package com.ventros.crm.channels.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestTenant;
import com.ventros.crm.channels.TestChannels;
import com.ventros.crm.channels.waha.Samples;
import com.ventros.crm.channels.waha.WahaSending;
import com.ventros.crm.channels.waha.simulator.Engine;
import com.ventros.crm.channels.waha.simulator.Misbehaviour;
import com.ventros.crm.channels.waha.simulator.Misbehaviour.Fault;
import com.ventros.crm.channels.waha.simulator.Options;
import com.ventros.crm.channels.waha.simulator.SimulatedSession;
import com.ventros.crm.channels.waha.simulator.WahaSimulator;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.conversations.ChatId;
import com.ventros.crm.conversations.MessageId;
import com.ventros.crm.conversations.Outgoing;
import com.ventros.crm.conversations.SendIntentId;
import com.ventros.crm.conversations.SendIntents;
import com.ventros.crm.conversations.SendIntents.Unsettled;
import com.ventros.crm.conversations.SendMessage;
import com.ventros.crm.conversations.SendOutcome;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@DatabaseTest
class SendingTests {

    private static final Duration SOON = Duration.ofSeconds(40);
    /** After that a history is complete. */
    private static final Duration LONG = Duration.ofMinutes(16);
    private static final String ANA = "5511998000101";
    private static final Set<String> ARRIVED = Set.of("SENT", "DELIVERED", "READ", "PLAYED");

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    SendMessage sendMessage;

    @Autowired
    SendIntents intents;

    @Autowired
    WahaSending sending;

    @LocalServerPort
    int port;

    private final WahaSimulator waha = WahaSimulator.start(Options.forTests());
    private TestTenant tenant;
    private ChannelId channel;
    private SimulatedSession session;

    @BeforeEach
    void signIn() {
        tenant = TestTenant.create(db, transaction);
    }

    @AfterEach
    void stop() {
        waha.close();
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aTextGoesOutOnceAndItsTicksComeBack(Engine engine) {
        connect(engine);
        var chat = chatWith(ANA);

        var message = write(chat, "Bom dia! 🌞");

        await().atMost(SOON).until(() -> status(message).equals("DELIVERED"));
        assertThat(waha.ledger().timesSent("Bom dia! 🌞")).isEqualTo(1);
        assertThat(inTenant(() -> db.sql("select count(*) from message where direction = 'OUTBOUND'").query(Long.class).single()))
                .as("the echo is no second message").isEqualTo(1);
    }

    /** NOWEB keeps no history unless its store is switched on: there the echo settles it. */
    @ParameterizedTest
    @EnumSource(value = Engine.class, names = {"GOWS", "WEBJS"})
    void aSendWhoseAnswerIsLostIsFoundInTheHistoryAndNotRepeated(Engine engine) {
        connect(engine, "message", "session.status");
        var chat = chatWith(ANA);
        waha.misbehave(Misbehaviour.none(1).with(Fault.RESET_AFTER_SENDING, 1));

        var message = write(chat, "Só uma vez");

        await().atMost(SOON).until(() -> ARRIVED.contains(status(message)));
        assertThat(waha.ledger().timesSent("Só uma vez")).isEqualTo(1);
    }

    @Test
    void whateverGoesWrongNothingIsSentTwiceAndTheStatusIsTrue() {
        connect(Engine.GOWS);
        var chat = chatWith(ANA);
        waha.misbehave(Misbehaviour.none(5).with(Fault.RESET_AFTER_SENDING, 0.2).with(Fault.RESET_BEFORE_SENDING, 0.2)
                .with(Fault.SLOW_ANSWER, 0.1).with(Fault.NO_ANSWER, 0.05).lateBy(Duration.ofMillis(500)));
        var messages = new LinkedHashMap<MessageId, String>();
        for (int n = 0; n < 30; n++) messages.put(write(chat, "Aviso " + n), "Aviso " + n);

        await().atMost(SOON.multipliedBy(2)).until(() -> messages.entrySet().stream().allMatch(one ->
                ARRIVED.contains(status(one.getKey()))
                        || status(one.getKey()).equals("UNKNOWN") && waha.ledger().timesSent(one.getValue()) == 0));

        messages.forEach((message, text) -> assertThat(waha.ledger().timesSent(text)).as(text)
                .isEqualTo(ARRIVED.contains(status(message)) ? 1 : 0));
    }

    /** Without echoes, and where no id is told beforehand: the history knows messages by what they say only. */
    @Test
    void whatIsWrittenOnceMoreIsNotTakenForWhatNeverWentOut() {
        connect(Engine.WEBJS, "message", "session.status");
        var chat = chatWith(ANA);
        waha.misbehave(Misbehaviour.none(1).with(Fault.RESET_BEFORE_SENDING, 1));
        var lost = write(chat, "Bom dia");
        await().atMost(SOON).until(() -> status(lost).equals("UNKNOWN"));
        waha.misbehave(Misbehaviour.none(1));

        var again = write(chat, "Bom dia");

        await().atMost(SOON).until(() -> ARRIVED.contains(status(again)));
        var open = intents.unsettled(1000).stream().filter(one -> one.channel().equals(channel)).toList();
        assertThat(open).hasSize(1);
        assertThat(sending.settle(open.getFirst(), Instant.now())).isEmpty();
        assertThat(sending.settle(open.getFirst(), Instant.now().plus(LONG)))
                .contains(new SendOutcome.NotInHistory());
    }

    @Test
    void aNumberTypedByHandIsReachedUnderTheSpellingThatWhatsAppKnows() {
        connect(Engine.GOWS);
        waha.isOnWhatsApp("553198000120");

        var message = write(new SendMessage.To.Phone(channel, new PhoneNumber("+5531998000120")), "Olá!");
        var nobody = write(new SendMessage.To.Phone(channel, new PhoneNumber("+5531998000199")), "Olá?");

        await().atMost(SOON).until(() -> ARRIVED.contains(status(message)));
        assertThat(waha.ledger().sent()).extracting(sent -> sent.chatId()).containsExactly("553198000120@c.us");
        await().atMost(SOON).until(() -> status(nobody).equals("FAILED"));
        assertThat(inTenant(() -> db.sql("select failure_code from message where id = :id").param("id", nobody.value())
                .query(String.class).single())).isEqualTo("not_on_whatsapp");
    }

    @Test
    void aMessageWaitsWhileTheNumberIsNotConnected() {
        connect(Engine.GOWS);
        var chat = chatWith(ANA);
        session.fail();

        var message = write(chat, "Quando der");

        await().atMost(SOON).until(() -> inTenant(() -> db.sql("""
                select count(*) from send_intent where state = 'QUEUED' and not_before > now()
                """).query(Long.class).single()) == 1);
        session.recover();
        await().atMost(SOON).until(() -> ARRIVED.contains(status(message)));
        assertThat(waha.ledger().timesSent("Quando der")).isEqualTo(1);
    }

    @Test
    void onlyAHistoryThatIsCompleteProvesThatNothingWasSent() {
        connect(Engine.GOWS);
        var now = Instant.now();
        assertThat(sending.settle(unsettled(now.minusSeconds(60)), now)).isEmpty();
        assertThat(sending.settle(unsettled(now.minus(LONG)), now)).contains(new SendOutcome.NotInHistory());
        waha.close();
        assertThat(sending.settle(unsettled(now.minus(LONG)), now)).as("nobody answers").isEmpty();
    }

    /** A phone paired anew shows nothing of before; what came since tells nothing of then. */
    @Test
    void anEmptyHistoryOfAChatThatWasNotEmptyProvesNothing() {
        connect(Engine.GOWS);
        var before = Instant.now();
        assertThat(sending.settle(unsettled(before, false, "3EB0FFFF"), before.plus(LONG))).isEmpty();
        session.customer("Ana Souza", ANA).writes("Oi");
        assertThat(sending.settle(unsettled(before.minus(LONG), false, "3EB0FFFF"), before.plus(LONG))).isEmpty();
        var after = Instant.now();
        assertThat(sending.settle(unsettled(after, false, "3EB0FFFF"), after.plus(LONG))).contains(new SendOutcome.NotInHistory());
    }

    @Test
    void whatWasSaidSinceDoesNotHideAMessageOfTheHistory() {
        connect(Engine.GOWS, "session.status");
        var ana = session.customer("Ana Souza", ANA);
        var claimed = Instant.now();
        var sent = session.typedOnOwnPhone(ana, "Oi");
        for (int n = 0; n < 130; n++) session.typedOnOwnPhone(ana, "Aviso " + n);
        assertThat(sending.settle(unsettled(claimed, false, sent), claimed.plus(LONG)))
                .hasValueSatisfying(outcome -> assertThat(outcome).isInstanceOf(SendOutcome.Sent.class));
    }

    private Unsettled unsettled(Instant claimedAt) {
        return unsettled(claimedAt, true, "3EB0FFFF");
    }

    private Unsettled unsettled(Instant claimedAt, boolean first, String externalId) {
        return new Unsettled(tenant.tenant(), channel, SendIntentId.create(), ChatId.create(),
                Optional.of(ANA + "@c.us"), "Oi", Optional.of(externalId), claimedAt, first,
                Cause.outside(Actor.system("test")));
    }

    private void connect(Engine engine, String... events) {
        var connected = TestChannels.of(tenant, port).connect(waha.url(), "vendas");
        channel = new ChannelId(connected.id());
        session = waha.session("vendas", engine)
                .deliverTo("http://127.0.0.1:" + port + connected.webhookPath(), Samples.SECRET, events).pair();
    }

    /** The customer writes first, so that there is a chat. */
    private SendMessage.To chatWith(String phone) {
        session.customer("Ana Souza", phone).writes("Oi");
        await().atMost(SOON).until(() ->
                inTenant(() -> db.sql("select count(*) from chat").query(Long.class).single()) == 1);
        return new SendMessage.To.Chat(new ChatId(inTenant(() -> db.sql("select id from chat").query(UUID.class).single())));
    }

    private MessageId write(SendMessage.To to, String text) {
        return Tenancy.call(tenant.tenant(), () -> Cause.outside(Actor.system("test")).call(() -> sendMessage.handle(
                new SendMessage.Command(to, Outgoing.text(text), Optional.empty(), new SendMessage.Author(Optional.empty(), "Ana Teste")))));
    }

    private String status(MessageId message) {
        return inTenant(() -> db.sql("select status from message where id = :id").param("id", message.value())
                .query(String.class).single());
    }

    private <T> T inTenant(Supplier<T> question) {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> question.get()));
    }
}
