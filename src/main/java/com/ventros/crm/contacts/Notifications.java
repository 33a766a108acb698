package com.ventros.crm.contacts;

import com.ventros.crm.contacts.NoteEvent.NoteMentioned;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps what members are told of notes that mention them, in the transaction of the note. */
@Repository
class Notifications {

    private final JdbcClient db;

    Notifications(JdbcClient db) {
        this.db = db;
    }

    /**
     * Tells whoever the note mentions since now, but nobody of what they wrote themselves, and takes back what those were told whom it
     * no longer mentions.
     *
     * @param by the name of whoever wrote or changed the note
     */
    void follow(Note note, Collection<NoteEvent> news, String by, Instant now) {
        var writer = Cause.current().actor();
        var told = news.stream().flatMap(event -> event instanceof NoteMentioned mention ? Stream.of(mention.userId()) : Stream.empty())
                .filter(user -> writer.kind() != Actor.Kind.USER || !user.toString().equals(writer.id())).toArray(UUID[]::new);
        db.sql("delete from notification where note_id = :note and user_id <> all (:mentions)")
                .param("note", note.id).param("mentions", note.mentions().toArray(UUID[]::new)).update();
        if (told.length == 0) return;
        db.sql("""
                insert into notification (tenant_id, id, user_id, note_id, mentioned_by, created_at)
                select :tenant, n.id, n.member, :note, :by, :now from unnest(:ids::uuid[], :users::uuid[]) n (id, member)
                """)
                .param("tenant", Tenancy.current().value()).param("note", note.id).param("by", by)
                .param("now", now.atOffset(ZoneOffset.UTC)).param("users", told)
                .param("ids", Stream.of(told).map(_ -> Uuids.v7()).toArray(UUID[]::new)).update();
    }
}
