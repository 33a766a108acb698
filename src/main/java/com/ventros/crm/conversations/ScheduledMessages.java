package com.ventros.crm.conversations;

import com.ventros.crm.conversations.ScheduledMessage.Plan;
import com.ventros.crm.conversations.ScheduledMessage.Reason;
import com.ventros.crm.conversations.ScheduledMessage.State;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.media.MediaId;
import com.ventros.crm.tenancy.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps messages that wait for their time, and what became of them. */
@Repository
class ScheduledMessages {

    /** Acts when nobody is there. */
    private static final Actor SCHEDULER = Actor.system("scheduler");

    private final JdbcClient db;
    private final Outbox outbox;

    ScheduledMessages(JdbcClient db, Outbox outbox) {
        this.db = db;
        this.outbox = outbox;
    }

    void add(ScheduledMessage message, Cause cause) {
        var content = message.plan().content();
        db.sql("""
                insert into scheduled_message (tenant_id, id, project_id, chat_id, channel_id, phone, type, text, content, file_id, reply_to_message_id,
                                               author_user_id, author_name, send_at, next_attempt_at, cancel_if_customer_writes,
                                               state, correlation_id, traceparent, created_at, version)
                values (:tenant, :id, :project, :chat, :channel, :phone, :type, :text, :content::jsonb, :file, :replyTo,
                        :user, :name, :sendAt, :sendAt, :cancelIf, 'PENDING', :correlation, :traceparent, :createdAt, 1)
                """)
                .param("tenant", Tenancy.current().value()).param("id", message.id.value())
                .param("project", message.place.project().value())
                .param("chat", message.place.chat().map(ChatId::value).orElse(null))
                .param("channel", message.place.channel().value())
                .param("phone", message.place.to() instanceof SendMessage.To.Phone(_, var phone) ? phone.e164() : null)
                .param("type", content.content.type().name()).param("text", content.content.text().orElse(null))
                .param("content", Said.written(content.content, Optional.empty()).extras().map(Rows::json).orElse(null))
                .param("file", content.file.map(MediaId::value).orElse(null))
                .param("replyTo", message.plan().replyTo().map(MessageId::value).orElse(null))
                .param("user", message.author.user().orElse(null)).param("name", message.author.name())
                .param("sendAt", Rows.utc(message.plan().sendAt()))
                .param("cancelIf", message.plan().cancelIfCustomerWrites())
                .param("correlation", cause.correlationId()).param("traceparent", cause.traceparent().orElse(null))
                .param("createdAt", Rows.utc(message.createdAt)).update();
        tell(message, 1, message.createdAt, cause);
    }

    /** Locked until the transaction ends. */
    Optional<ScheduledMessage> findForUpdate(ScheduledMessageId id) {
        return db.sql("select * from scheduled_message where id = :id for update").param("id", id.value())
                .query((row, _) -> message(row)).optional();
    }

    /** In which chat it is to be said; empty for a number. */
    Optional<ChatId> chat(ScheduledMessageId id) {
        return db.sql("select chat_id from scheduled_message where id = :id and chat_id is not null").param("id", id.value())
                .query((row, _) -> new ChatId(Rows.uuid(row, "chat_id"))).optional();
    }

    /** Under which cause it is sent: its time has come; it shares the correlation of the request that wrote it. */
    Optional<Cause> cause(ScheduledMessageId id) {
        return db.sql("select correlation_id, traceparent, send_at from scheduled_message where id = :id").param("id", id.value())
                .query((row, _) -> Cause.outside(Rows.uuid(row, "correlation_id"),
                        new Cause.Outside(Cause.Outside.Kind.SCHEDULE, id.value(), Rows.instant(row, "send_at"), "scheduled_message"),
                        SCHEDULER, Optional.ofNullable(row.getString("traceparent")))).optional();
    }

    void save(ScheduledMessage message, Instant now, Cause cause) {
        var state = message.state();
        db.sql("""
                update scheduled_message
                   set text = :text, send_at = :sendAt, next_attempt_at = :sendAt, cancel_if_customer_writes = :cancelIf,
                       state = :state, ended_at = :endedAt, reason = :reason, message_id = :message, version = version + 1
                 where id = :id
                """)
                .param("text", message.plan().content().content.text().orElse(null))
                .param("sendAt", Rows.utc(message.plan().sendAt())).param("cancelIf", message.plan().cancelIfCustomerWrites())
                .param("state", state.getClass().getSimpleName().toUpperCase(java.util.Locale.ROOT))
                .param("endedAt", Rows.utc(switch (state) {
                    case State.Pending _ -> null;
                    case State.Sent(var at, _) -> at;
                    case State.Cancelled(var at, _) -> at;
                    case State.Missed(var at) -> at;
                    case State.Failed(var at, _) -> at;
                }))
                .param("reason", switch (state) {
                    case State.Cancelled(_, var reason) -> reason.name();
                    case State.Failed(_, var code) -> code;
                    case State.Pending _, State.Sent _, State.Missed _ -> null;
                })
                .param("message", state instanceof State.Sent(_, var sent) ? sent.value() : null)
                .param("id", message.id.value()).update();
        tell(message, message.storedVersion + 1, now, cause);
    }

    /** Whatever it was that failed may be over then. */
    void postpone(ScheduledMessageId id, Instant until) {
        db.sql("update scheduled_message set next_attempt_at = :until where id = :id and state = 'PENDING'")
                .param("until", Rows.utc(until)).param("id", id.value()).update();
    }

    /**
     * Whether the customer of a message {@code m} has written since one {@code s} was scheduled. Providers tell whole seconds: of the second
     * in which it was scheduled counts what came here after it. Ids tell that, as they begin with the time at which they were made.
     */
    static final String WRITTEN_SINCE = """
            m.chat_id = s.chat_id and m.direction = 'INBOUND' and m.sent_at >= date_trunc('second', s.created_at)
                   and (m.sent_at > s.created_at or m.id > s.id)""";

    boolean hasCustomerWritten(ScheduledMessageId id) {
        return db.sql("select exists (select from scheduled_message s join message m on " + WRITTEN_SINCE + " where s.id = :id)")
                .param("id", id.value()).query(Boolean.class).single();
    }

    int waiting(ScheduledMessage.Place place) {
        return db.sql("""
                select count(*) from scheduled_message
                 where channel_id = :channel and chat_id is not distinct from :chat::uuid and state = 'PENDING'
                """)
                .param("channel", place.channel().value()).param("chat", place.chat().map(ChatId::value).orElse(null))
                .query(Integer.class).single();
    }

    private void tell(ScheduledMessage message, long version, Instant now, Cause cause) {
        outbox.append(message.takeEvents().stream().map(event -> new NewEvent(event, "scheduled_message", message.id.value(),
                version, Optional.of(message.place.project()), now, cause)).toList());
    }

    private static ScheduledMessage message(ResultSet row) throws SQLException {
        var channel = new ChannelId(Rows.uuid(row, "channel_id"));
        var phone = row.getString("phone");
        var content = Said.Extras.content(MessageType.valueOf(row.getString("type")), Optional.ofNullable(row.getString("text")),
                Optional.ofNullable(row.getString("content")).map(json -> Rows.read(json, Said.Extras.class)));
        var endedAt = Rows.instant(row, "ended_at");
        return new ScheduledMessage(new ScheduledMessageId(Rows.uuid(row, "id")),
                new ScheduledMessage.Place(phone == null ? new SendMessage.To.Chat(new ChatId(Rows.uuid(row, "chat_id")))
                        : new SendMessage.To.Phone(channel, new PhoneNumber(phone)), channel, new ProjectId(Rows.uuid(row, "project_id"))),
                new SendMessage.Author(Optional.ofNullable(Rows.uuid(row, "author_user_id")), row.getString("author_name")),
                new Plan(new Outgoing(content, Optional.ofNullable(Rows.uuid(row, "file_id")).map(MediaId::new)),
                        Optional.ofNullable(Rows.uuid(row, "reply_to_message_id")).map(MessageId::new),
                        Rows.instant(row, "send_at"), row.getBoolean("cancel_if_customer_writes")),
                switch (row.getString("state")) {
                    case "PENDING" -> new State.Pending();
                    case "SENT" -> new State.Sent(endedAt, new MessageId(Rows.uuid(row, "message_id")));
                    case "CANCELLED" -> new State.Cancelled(endedAt, Reason.valueOf(row.getString("reason")));
                    case "MISSED" -> new State.Missed(endedAt);
                    default -> new State.Failed(endedAt, row.getString("reason"));
                },
                Rows.instant(row, "created_at"), row.getLong("version"));
    }
}
