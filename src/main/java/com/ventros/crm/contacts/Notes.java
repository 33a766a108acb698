package com.ventros.crm.contacts;

import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.tenancy.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps notes and what they said before. */
@Repository
class Notes implements ContactReferences {

    private final JdbcClient db;
    private final Notifications notifications;
    private final Outbox outbox;

    Notes(JdbcClient db, Notifications notifications, Outbox outbox) {
        this.db = db;
        this.notifications = notifications;
        this.outbox = outbox;
    }

    /** The note, if it is this contact's; locked until the transaction ends. */
    Optional<Note> findForUpdate(ContactId contact, UUID id) {
        return db.sql("select * from note where id = :id and " + NoteView.OF_CONTACT + " for update")
                .param("id", id).param("contact", contact.value()).query((row, _) -> note(row)).optional();
    }

    void add(Note note, ProjectId project, String author) {
        var actor = Cause.current().actor();
        db.sql("""
                insert into note (tenant_id, id, contact_id, type, priority, text, mentions, author_kind, author_id,
                                  author_name, created_at, version)
                values (:tenant, :id, :contact, :type, :priority, :text, :mentions, :kind, :author, :name, :now, 1)
                """)
                .param("tenant", Tenancy.current().value()).param("id", note.id).param("contact", note.contact.value())
                .param("type", note.wording().type().name()).param("priority", note.wording().priority().name())
                .param("text", note.wording().text()).param("mentions", note.mentions().toArray(UUID[]::new))
                .param("kind", actor.kind().name()).param("author", actor.id()).param("name", author)
                .param("now", utc(note.createdAt)).update();
        tell(note, project, 1, author, note.createdAt);
    }

    /** {@code editor} is the name of whoever changes it. */
    void save(Note note, ProjectId project, String editor, Instant now) {
        if (!note.changed()) return;
        if (!note.wording().equals(note.storedWording)) keepEarlierWording(note, editor, now);
        db.sql("""
                update note set type = :type, priority = :priority, text = :text, mentions = :mentions, pinned = :pinned,
                       edited_at = :editedAt, deleted_at = :deletedAt, version = version + 1
                 where id = :id
                """)
                .param("type", note.wording().type().name()).param("priority", note.wording().priority().name())
                .param("text", note.wording().text()).param("mentions", note.mentions().toArray(UUID[]::new))
                .param("pinned", note.pinned()).param("editedAt", note.editedAt().map(Notes::utc).orElse(null))
                .param("deletedAt", note.deletedAt().map(Notes::utc).orElse(null)).param("id", note.id).update();
        tell(note, project, note.storedVersion + 1, editor, now);
    }

    /** Two contacts are one: so are their notes. */
    @Override
    public void moved(Map<ContactId, ContactId> survivors, Cause cause) {
        db.sql("""
                update note n set contact_id = p.new from unnest(:from::uuid[], :to::uuid[]) p (old, new)
                 where n.contact_id = p.old
                """)
                .param("from", survivors.keySet().stream().map(ContactId::value).toArray(UUID[]::new))
                .param("to", survivors.values().stream().map(ContactId::value).toArray(UUID[]::new)).update();
    }

    @Override
    public Map<String, Long> held(ContactId contact) {
        return Map.of("notes", db.sql("select count(*) from note where deleted_at is null and " + NoteView.OF_CONTACT)
                .param("contact", contact.value()).query(Long.class).single());
    }

    private void keepEarlierWording(Note note, String editor, Instant now) {
        var actor = Cause.current().actor();
        var wording = note.storedWording;
        db.sql("""
                insert into note_wording (tenant_id, note_id, version, type, priority, text, replaced_at, editor_kind,
                                          editor_id, editor_name)
                values (:tenant, :id, :version, :type, :priority, :text, :now, :kind, :editor, :name)
                """)
                .param("tenant", Tenancy.current().value()).param("id", note.id).param("version", note.storedVersion)
                .param("type", wording.type().name()).param("priority", wording.priority().name())
                .param("text", wording.text()).param("now", utc(now)).param("kind", actor.kind().name())
                .param("editor", actor.id()).param("name", editor).update();
    }

    private void tell(Note note, ProjectId project, long version, String by, Instant now) {
        var events = note.takeEvents();
        notifications.follow(note, events, by, now);
        outbox.append(events.stream().map(event -> new NewEvent(event, "note", note.id, version,
                Optional.of(project), now, Cause.current())).toList());
    }

    private static Note note(ResultSet row) throws SQLException {
        return new Note(row.getObject("id", UUID.class), new ContactId(row.getObject("contact_id", UUID.class)),
                new Note.Wording(Note.Type.valueOf(row.getString("type")),
                        Note.Priority.valueOf(row.getString("priority")), row.getString("text")),
                List.of((UUID[]) row.getArray("mentions").getArray()), row.getBoolean("pinned"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(), instant(row, "edited_at"),
                instant(row, "deleted_at"), row.getLong("version"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
