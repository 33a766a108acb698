package com.ventros.crm.contacts;

import com.ventros.crm.http.Paging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Notes as a screen shows them. */
@Component
@Transactional(readOnly = true)
public class NoteView {

    public record Shown(UUID id, UUID contactId, String type, String priority, String text, List<UUID> mentions,
            boolean pinned, String authorName, Instant createdAt, Optional<Instant> editedAt,
            Optional<Instant> deletedAt, long version) {}

    /** What a note said until somebody changed it. */
    public record Earlier(long version, String type, String priority, String text, Instant replacedAt,
            String editorName) {}

    /** Notes of a part are its own, and shown with the contact that it is a part of. */
    static final String OF_CONTACT = "contact_id in (select k.id from contact k where k.id = :contact or k.part_of = :contact)";

    private final JdbcClient db;

    NoteView(JdbcClient db) {
        this.db = db;
    }

    /** A contact's notes, or those that were deleted: pinned ones first, then the newest. */
    public List<Shown> of(UUID contact, boolean deleted, Paging paging) {
        var params = new HashMap<String, Object>();
        var after = "";
        if (paging.after().isPresent()) {
            after = " and (pinned, created_at, id) < (:pinned, :at::timestamptz, :id)";
            params.put("pinned", paging.after().get().number(0) == 1);
            params.put("at", paging.after().get().instant(1).toString());
            params.put("id", paging.after().get().uuid(2));
        }
        return db.sql("select * from note where " + OF_CONTACT + " and deleted_at is " + (deleted ? "not null" : "null") + after
                        + " order by pinned desc, created_at desc, id desc limit :limit")
                .params(params).param("contact", contact).param("limit", paging.fetch())
                .query((row, _) -> shown(row)).list();
    }

    /** A contact's note, deleted or not. */
    public Optional<Shown> find(UUID contact, UUID id) {
        return db.sql("select * from note where id = :id and " + OF_CONTACT).param("id", id)
                .param("contact", contact).query((row, _) -> shown(row)).optional();
    }

    /** What the note said before, the newest first. */
    public List<Earlier> history(UUID note, Paging paging) {
        return db.sql("""
                select * from note_wording where note_id = :note and version < :before order by version desc limit :limit
                """)
                .param("note", note).param("limit", paging.fetch())
                .param("before", paging.after().map(after -> after.number(0)).orElse(Long.MAX_VALUE))
                .query((row, _) -> new Earlier(row.getLong("version"), lower(row, "type"), lower(row, "priority"),
                        row.getString("text"), row.getObject("replaced_at", OffsetDateTime.class).toInstant(),
                        row.getString("editor_name"))).list();
    }

    private static Shown shown(ResultSet row) throws SQLException {
        return new Shown(row.getObject("id", UUID.class), row.getObject("contact_id", UUID.class), lower(row, "type"),
                lower(row, "priority"), row.getString("text"), List.of((UUID[]) row.getArray("mentions").getArray()),
                row.getBoolean("pinned"), row.getString("author_name"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(), instant(row, "edited_at"),
                instant(row, "deleted_at"), row.getLong("version"));
    }

    private static String lower(ResultSet row, String column) throws SQLException {
        return row.getString(column).toLowerCase(Locale.ROOT);
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
