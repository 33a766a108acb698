package com.ventros.crm.contacts;

import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.kernel.ProjectId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What others must know of a contact before they keep something about it, in their transaction. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class ContactStanding {

    /** {@code id} is whom the id that was asked for stands for today. */
    public record Standing(ContactId id, ProjectId project, boolean deleted) {}

    /** A custom field that a contact has no value of. */
    public record MissingField(String key, String label) {}

    private final Contacts contacts;
    private final JdbcClient db;

    ContactStanding(Contacts contacts, JdbcClient db) {
        this.contacts = contacts;
        this.db = db;
    }

    /** The contact, which until the transaction's end does not turn out to be somebody else. */
    public Optional<Standing> hold(ContactId id) {
        return db.sql("select id, project_id, deleted_at is not null as deleted from contact where id = :id")
                .param("id", contacts.hold(id, "key share").value())
                .query((row, _) -> new Standing(new ContactId(row.getObject("id", UUID.class)),
                        new ProjectId(row.getObject("project_id", UUID.class)), row.getBoolean("deleted"))).optional();
    }

    /** Whether the contact, or who is shown for it, is deleted just now. Nothing is held. */
    public boolean isDeleted(ContactId id) {
        return db.sql("select exists (select from contact where id = :id and deleted_at is not null)")
                .param("id", contacts.survivor(id).value()).query(Boolean.class).single();
    }

    /** Whether the number is that of a contact who is deleted just now. Nothing is held. */
    public boolean isDeleted(ProjectId project, PhoneNumber number) {
        return db.sql("""
                select exists (select from contact_identity i join contact w on w.id = i.whole_id
                                where i.project_id = :project and i.kind = 'PHONE' and i.value = :number and w.deleted_at is not null)
                """)
                .param("project", project.value()).param("number", Identity.of(number).value()).query(Boolean.class).single();
    }

    /** Which of these custom fields the contact has no value of; archived ones are not asked for. */
    public List<MissingField> missing(ContactId contact, Collection<UUID> fields) {
        if (fields.isEmpty()) return List.of();
        return db.sql("""
                select f.key, f.label from custom_field f
                 where f.id = any (:fields) and f.archived_at is null
                   and not exists (select from custom_field_value v where v.contact_id = :contact and v.field_id = f.id)
                 order by f.key
                """).param("fields", fields.toArray(UUID[]::new)).param("contact", contact.value())
                .query((row, _) -> new MissingField(row.getString("key"), row.getString("label"))).list();
    }
}
