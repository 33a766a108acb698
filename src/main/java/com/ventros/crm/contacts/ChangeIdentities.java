package com.ventros.crm.contacts;

import com.ventros.crm.events.Cause;
import com.ventros.crm.kernel.Refusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A person says under what else a contact is known, or no longer is. */
@Component
public class ChangeIdentities {

    /** {@code kind} is {@code phone}, {@code email} or {@code external}; the value as it was typed. */
    public record Command(ContactId contact, String kind, String value) {}

    private static final Set<String> KINDS = Set.of("phone", "email", "external");

    private final Contacts contacts;
    private final ContactDuplicates duplicates;
    private final JdbcClient db;

    ChangeIdentities(Contacts contacts, ContactDuplicates duplicates, JdbcClient db) {
        this.contacts = contacts;
        this.duplicates = duplicates;
        this.db = db;
    }

    /** Refused, with whose it is, when somebody else has it. */
    @Transactional
    public void add(Command command) {
        var contact = present(command.contact());
        var identity = identity(command, contact);
        if (holder(contact, identity).isPresent()) return;
        duplicates.mustBeNobodys(contact.project, identity, "value");
        contact.linkTyped(identity);
        save(contact);
    }

    @Transactional
    public void remove(Command command) {
        var contact = present(command.contact());
        var identity = identity(command, contact);
        var holder = holder(contact, identity).orElse(contact);
        holder.unlink(identity);
        save(holder);
    }

    private Contact present(ContactId id) {
        var found = contacts.find(List.of(), List.of(contacts.survivor(id))).stream().findFirst().orElseThrow(() -> Refusal.notFound("contact"));
        // Before the contact's row, as in all other work on identities.
        contacts.lock(List.of(found.project));
        var contact = contacts.findForUpdate(found.id).orElseThrow(() -> Refusal.notFound("contact"));
        contact.mustBePresent();
        return contact;
    }

    /** The contact, or the part of it, that has the identity. */
    private Optional<Contact> holder(Contact contact, Identity identity) {
        if (contact.identities().contains(identity)) return Optional.of(contact);
        return contacts.findForUpdate(contacts.parts(contact.id)).stream()
                .filter(part -> part.identities().contains(identity)).findFirst();
    }

    private Identity identity(Command command, Contact contact) {
        if (command.kind() == null || !KINDS.contains(command.kind())) {
            throw Refusal.invalid("kind", "invalid", "The kind is phone, email or external.");
        }
        var region = db.sql("select country from project where id = :project").param("project", contact.project.value())
                .query(String.class).single();
        return Identity.typed("value", Identity.Kind.valueOf(command.kind().toUpperCase(Locale.ROOT)), command.value(),
                region);
    }

    private void save(Contact contact) {
        contacts.save(contact, Instant.now().truncatedTo(ChronoUnit.MICROS), Cause.current());
    }
}
