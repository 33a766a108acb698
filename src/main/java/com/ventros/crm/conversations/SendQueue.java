package com.ventros.crm.conversations;

import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.tenancy.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps the wishes to send until their outcome is known. */
@Repository
class SendQueue {

    /** Where a wish stands. */
    enum State { QUEUED, SENDING, SENT, FAILED, UNKNOWN }

    /** What is to be done: send a message, or something to one that is there already. */
    enum Act { SEND, REACT, EDIT, REVOKE }

    /** Something done to a message of which the channel itself told. */
    record Seen(MessageId message, Act act, String text) {}

    /** The same act as we asked for it; {@code at} is our own time. */
    record Done(MessageId message, Act act, String text, Instant at) {}

    /** A send that may have gone out, whose id nobody knows yet. */
    record InFlight(SendIntentId id, MessageId message, Instant messageSentAt, ChatId chat, String text,
                    Instant claimedAt) {}

    private final JdbcClient db;

    SendQueue(JdbcClient db) {
        this.db = db;
    }

    /**
     * Something to do.
     *
     * @param message to be sent, or the one it is about
     * @param text    what an echo is recognised by; for an act the emoji, the new wording, or nothing
     */
    void add(SendIntentId id, Message message, Act act, String text, Instant now, Cause cause) {
        db.sql("""
                insert into send_intent (tenant_id, id, message_id, message_sent_at, chat_id, channel_id, act, text,
                                         state, not_before, queued_at, correlation_id, causation_id, traceparent)
                values (:tenant, :id, :message, :sentAt, :chat, :channel, :act, :text, 'QUEUED', :now, :now,
                        :correlation, :causation, :traceparent)
                """)
                .param("tenant", Tenancy.current().value()).param("id", id.value())
                .param("message", message.id.value()).param("sentAt", Rows.utc(message.sentAt))
                .param("chat", message.place.chat().value()).param("channel", message.place.channel().value())
                .param("act", act.name()).param("text", text).param("now", Rows.utc(now))
                .param("correlation", cause.correlationId()).param("causation", cause.causationId())
                .param("traceparent", cause.traceparent().orElse(null)).update();
    }

    /** What a send leads to is caused by it, and by the request behind it. */
    static Cause cause(ResultSet row, UUID intent, Actor actor) throws SQLException {
        return new Cause(Rows.uuid(row, "correlation_id"), intent, actor, Optional.empty(),
                Optional.ofNullable(row.getString("traceparent")));
    }

    /** Sends in these chats that may have gone out under an id that nobody knows, oldest first. */
    List<InFlight> inFlight(Collection<ChatId> chats) {
        if (chats.isEmpty()) return List.of();
        return new ArrayList<>(db.sql("""
                select id, message_id, message_sent_at, chat_id, text, claimed_at from send_intent
                 where chat_id = any (:chats) and state in ('SENDING', 'UNKNOWN') and act = 'SEND'
                   and external_id is null
                 order by position for update
                """)
                .param("chats", Rows.uuids(chats, ChatId::value))
                .query((row, _) -> new InFlight(new SendIntentId(Rows.uuid(row, "id")),
                        new MessageId(Rows.uuid(row, "message_id")), Rows.instant(row, "message_sent_at"),
                        new ChatId(Rows.uuid(row, "chat_id")), row.getString("text"), Rows.instant(row, "claimed_at")))
                .list());
    }

    /** The channel itself shows what became of these messages of ours: nothing is left to send or to find out. */
    void settle(Collection<Message> messages) {
        if (messages.isEmpty()) return;
        db.sql("""
                update send_intent i
                   set state = m.state, settled_at = now(), external_id = coalesce(i.external_id, m.external_id)
                  from unnest(:messages::uuid[], :states::text[], :externals::text[]) m (id, state, external_id)
                 where i.message_id = m.id and i.act = 'SEND' and i.state in ('QUEUED', 'SENDING', 'UNKNOWN')
                """)
                .param("messages", Rows.uuids(messages, message -> message.id.value()))
                .param("states", Rows.texts(messages,
                        m -> m.state().status() == MessageStatus.FAILED ? State.FAILED.name() : State.SENT.name()))
                .param("externals", Rows.texts(messages, message -> message.state().externalId()))
                .update();
    }

    /**
     * The channel shows these acts of ours as done: whatever became of the call, nothing is left to do. Returns those
     * whose call has not told it yet.
     */
    List<Done> settleActs(Collection<Seen> seen) {
        if (seen.isEmpty()) return List.of();
        return db.sql("""
                update send_intent i set state = 'SENT', settled_at = now(), failure_code = null, failure_detail = null
                  from unnest(:messages::uuid[], :acts::text[], :texts::text[]) s (message, act, text)
                 where i.message_id = s.message and i.act = s.act and i.text = s.text and i.attempts > 0
                   and i.state in ('QUEUED', 'SENDING', 'UNKNOWN')
                returning i.message_id, i.act, i.text, i.claimed_at
                """)
                .param("messages", Rows.uuids(seen, one -> one.message().value()))
                .param("acts", Rows.texts(seen, one -> one.act().name())).param("texts", Rows.texts(seen, Seen::text))
                .query((row, _) -> new Done(new MessageId(Rows.uuid(row, "message_id")),
                        Act.valueOf(row.getString("act")), row.getString("text"), Rows.instant(row, "claimed_at")))
                .list();
    }

    /** Two messages turned out to be one: what is asked of it stays asked. */
    void move(Message twin, Message message) {
        db.sql("update send_intent set message_id = :message, message_sent_at = :at where message_id = :twin")
                .param("message", message.id.value()).param("at", Rows.utc(message.sentAt))
                .param("twin", twin.id.value()).update();
    }

    /** One wish to send, or to do something to a message. */
    record Intent(SendIntentId id, MessageId message, Instant messageSentAt, ChatId chat, ChannelId channel, Act act,
                  String text, State state, int attempts, Instant claimedAt, Optional<String> externalId,
                  Optional<MessageId> sentAgainAs) {}

    Optional<Intent> find(SendIntentId id, boolean lock) {
        return find("id = :id" + (lock ? " for update" : ""), id.value());
    }

    /** The wish to send the message, locked: nobody begins to send it meanwhile. */
    Optional<Intent> ofMessage(MessageId message) {
        return find("message_id = :id and act = 'SEND' for update", message.value());
    }

    private Optional<Intent> find(String which, UUID id) {
        return db.sql("select * from send_intent where " + which).param("id", id)
                .query((row, _) -> new Intent(new SendIntentId(Rows.uuid(row, "id")), new MessageId(Rows.uuid(row, "message_id")),
                        Rows.instant(row, "message_sent_at"), new ChatId(Rows.uuid(row, "chat_id")),
                        new ChannelId(Rows.uuid(row, "channel_id")), Act.valueOf(row.getString("act")),
                        row.getString("text"), State.valueOf(row.getString("state")), row.getInt("attempts"),
                        Rows.instant(row, "claimed_at"), Optional.ofNullable(row.getString("external_id")),
                        Optional.ofNullable(Rows.uuid(row, "sent_again_as")).map(MessageId::new)))
                .optional();
    }

    /** What failed is said once more by this message. */
    void sentAgain(SendIntentId id, MessageId again) {
        db.sql("update send_intent set sent_again_as = :again where id = :id")
                .param("id", id.value()).param("again", again.value()).update();
    }

    /** How an act ended, or why it is tried again. */
    void acted(SendIntentId id, State state, int attempts, Instant notBefore, Optional<Message.Failure> failure) {
        update(id, state, attempts, notBefore, Optional.empty());
        db.sql("update send_intent set failure_code = :code, failure_detail = :detail where id = :id")
                .param("id", id.value()).param("code", failure.map(Message.Failure::code).orElse(null))
                .param("detail", failure.map(Message.Failure::detail).orElse(null)).update();
    }

    void update(SendIntentId id, State state, int attempts, Instant notBefore, Optional<String> externalId) {
        db.sql("""
                update send_intent set state = :state, attempts = :attempts, not_before = :notBefore,
                                       external_id = :external,
                                       settled_at = case when :state in ('SENT', 'FAILED') then now() end
                 where id = :id
                """)
                .param("id", id.value()).param("state", state.name()).param("attempts", attempts)
                .param("notBefore", Rows.utc(notBefore)).param("external", externalId.orElse(null)).update();
    }
}
