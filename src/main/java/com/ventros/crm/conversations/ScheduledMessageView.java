package com.ventros.crm.conversations;

import com.ventros.crm.http.Paging;
import com.ventros.crm.kernel.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Messages that wait for their time, and what became of them. */
@Component
@Transactional(readOnly = true)
public class ScheduledMessageView {

    /**
     * A message that waits or waited.
     *
     * @param to              the number, when no chat was named
     * @param replyToMessageId the message it answers; if that was deleted by then, it is sent without showing it
     * @param customerHasWritten whether the customer has written since; with {@code cancelIfCustomerWrites} it will not be sent
     * @param status          {@code pending}, {@code sent}, {@code cancelled}, {@code missed} or {@code failed}
     * @param reason          why it was cancelled ({@code person}, {@code customer_wrote}), or the code of what failed
     * @param messageId       what was sent
     */
    public record Shown(UUID id, Optional<UUID> chatId, UUID channelId, Optional<String> to, String type, Optional<String> text,
            Optional<UUID> fileId, Optional<UUID> replyToMessageId, Optional<String> authorName, Instant sendAt, boolean cancelIfCustomerWrites,
            boolean customerHasWritten, String status, Optional<String> reason, Optional<Instant> endedAt,
            Optional<UUID> messageId, Instant createdAt, long version) {}

    private static final Set<String> STATUSES = Set.of("pending", "sent", "cancelled", "missed", "failed");

    private static final String SCHEDULED = """
            select s.*, s.chat_id is not null and exists (select from message m where %s) as customer_has_written
              from scheduled_message s
            """.formatted(ScheduledMessages.WRITTEN_SINCE);

    private final JdbcClient db;

    ScheduledMessageView(JdbcClient db) {
        this.db = db;
    }

    /** The next first: of a chat along {@code scheduled_message_of_chat}, of all along {@code scheduled_message_by_time}. */
    public List<Shown> list(Optional<ChatId> chat, Optional<String> status, Paging paging) {
        var where = new StringBuilder(" where true");
        var params = new HashMap<String, Object>();
        chat.ifPresent(id -> {
            where.append(" and s.chat_id = :chat");
            params.put("chat", id.value());
        });
        status.ifPresent(one -> {
            if (!STATUSES.contains(one)) throw Refusal.invalid("status", "invalid", "Say one of pending, sent, cancelled, missed, failed.");
            where.append(" and s.state = :state");
            params.put("state", one.toUpperCase(Locale.ROOT));
        });
        paging.after().ifPresent(after -> {
            where.append(" and (s.send_at, s.id) > (:afterTime::timestamptz, :afterId)");
            params.put("afterTime", after.instant(0).toString());
            params.put("afterId", after.uuid(1));
        });
        return db.sql(SCHEDULED + where + " order by s.send_at, s.id limit :limit").params(params)
                .param("limit", paging.fetch()).query((row, _) -> shown(row)).list();
    }

    public Optional<Shown> find(ScheduledMessageId id) {
        return db.sql(SCHEDULED + " where s.id = :id").param("id", id.value()).query((row, _) -> shown(row)).optional();
    }

    private static Shown shown(ResultSet row) throws SQLException {
        return new Shown(Rows.uuid(row, "id"), Optional.ofNullable(Rows.uuid(row, "chat_id")), Rows.uuid(row, "channel_id"),
                Optional.ofNullable(row.getString("phone")), row.getString("type").toLowerCase(Locale.ROOT),
                Optional.ofNullable(row.getString("text")), Optional.ofNullable(Rows.uuid(row, "file_id")),
                Optional.ofNullable(Rows.uuid(row, "reply_to_message_id")),
                Optional.ofNullable(row.getString("author_name")), Rows.instant(row, "send_at"),
                row.getBoolean("cancel_if_customer_writes"), row.getBoolean("customer_has_written"),
                row.getString("state").toLowerCase(Locale.ROOT),
                Optional.ofNullable(row.getString("reason")).map(reason -> reason.toLowerCase(Locale.ROOT)),
                Optional.ofNullable(Rows.instant(row, "ended_at")), Optional.ofNullable(Rows.uuid(row, "message_id")),
                Rows.instant(row, "created_at"), row.getLong("version"));
    }
}
