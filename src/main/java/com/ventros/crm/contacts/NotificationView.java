package com.ventros.crm.contacts;

import com.ventros.crm.accounts.UserId;
import com.ventros.crm.http.Paging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What a member was told, without notes and contacts that are deleted. */
@Component
@Transactional(readOnly = true)
public class NotificationView {

    /**
     * That a note mentions the member, or that a session was escalated to a team of which nobody is there.
     *
     * @param kind        {@code mention} or {@code escalation}
     * @param contactId   the contact as it is shown
     * @param noteId      of a mention
     * @param excerpt     how the note begins now
     * @param mentionedBy the name of whoever wrote the mention
     * @param chatId      of an escalation
     * @param sessionId   of an escalation
     * @param teamName    as the team was called then
     */
    public record Shown(UUID id, String kind, UUID contactId, Optional<String> contactName, Optional<UUID> noteId, Optional<String> excerpt,
            Optional<String> mentionedBy, Optional<UUID> chatId, Optional<UUID> sessionId, Optional<String> teamName,
            Instant createdAt, Optional<Instant> seenAt) {}

    /** Two lines of a narrow list. */
    private static final int EXCERPT = 160;

    private static final String OWN = """
              from notification t left join note n on n.id = t.note_id
              join contact k on k.id = case when t.note_id is null then t.contact_id else n.contact_id end join contact w on w.id = k.whole_id
             where t.user_id = :user and n.deleted_at is null and w.deleted_at is null
            """;

    private final JdbcClient db;

    NotificationView(JdbcClient db) {
        this.db = db;
    }

    /** The newest first. */
    public List<Shown> of(UserId user, boolean unseen, Paging paging) {
        var params = new HashMap<String, Object>();
        var narrowed = unseen ? " and t.seen_at is null" : "";
        if (paging.after().isPresent()) {
            narrowed += " and (t.created_at, t.id) < (:afterTime::timestamptz, :afterId)";
            params.put("afterTime", paging.after().get().instant(0).toString());
            params.put("afterId", paging.after().get().uuid(1));
        }
        return db.sql("select t.*, left(n.text, :excerpt) as excerpt, w.id as shown_id, w.name" + OWN + narrowed
                        + " order by t.created_at desc, t.id desc" + paging.rows())
                .params(params).param("user", user.value()).param("excerpt", EXCERPT)
                .query((row, _) -> new Shown(row.getObject("id", UUID.class), row.getString("team_name") == null ? "mention" : "escalation",
                        row.getObject("shown_id", UUID.class), text(row, "name"), id(row, "note_id"), text(row, "excerpt"),
                        text(row, "mentioned_by"), id(row, "chat_id"), id(row, "session_id"), text(row, "team_name"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(row.getObject("seen_at", OffsetDateTime.class)).map(OffsetDateTime::toInstant))).list();
    }

    /** How many the member has not seen. */
    public long unseen(UserId user) {
        return db.sql("select count(*)" + OWN + " and t.seen_at is null").param("user", user.value()).query(Long.class).single();
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    private static Optional<UUID> id(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, UUID.class));
    }
}
