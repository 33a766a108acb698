package com.ventros.crm.contacts;

import com.ventros.crm.accounts.UserId;
import com.ventros.crm.http.Paging;
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
     * That a note mentions the member.
     *
     * @param contactId   the contact as it is shown
     * @param excerpt     how the note begins now
     * @param mentionedBy the name of whoever wrote the mention
     */
    public record Shown(UUID id, UUID contactId, Optional<String> contactName, UUID noteId, String excerpt, String mentionedBy,
            Instant createdAt, Optional<Instant> seenAt) {}

    /** Two lines of a narrow list. */
    private static final int EXCERPT = 160;

    private static final String OWN = """
              from notification t join note n on n.id = t.note_id join contact k on k.id = n.contact_id join contact w on w.id = k.whole_id
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
                .query((row, _) -> new Shown(row.getObject("id", UUID.class), row.getObject("shown_id", UUID.class),
                        Optional.ofNullable(row.getString("name")), row.getObject("note_id", UUID.class), row.getString("excerpt"),
                        row.getString("mentioned_by"), row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(row.getObject("seen_at", OffsetDateTime.class)).map(OffsetDateTime::toInstant))).list();
    }

    /** How many the member has not seen. */
    public long unseen(UserId user) {
        return db.sql("select count(*)" + OWN + " and t.seen_at is null").param("user", user.value()).query(Long.class).single();
    }
}
