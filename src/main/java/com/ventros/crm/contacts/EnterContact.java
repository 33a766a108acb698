package com.ventros.crm.contacts;

import com.ventros.crm.billing.Limit;
import com.ventros.crm.billing.Limits;
import com.ventros.crm.contacts.FieldValues.Setting;
import com.ventros.crm.contacts.Tags.Tagging;
import com.ventros.crm.events.Cause;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;

/** A person, or another program, enters somebody by hand. */
@Component
public class EnterContact {

    /**
     * @param project the tenant's only project when empty
     * @param fields  custom fields by key
     */
    public record Command(Optional<ProjectId> project, Optional<String> name, Optional<String> language,
            TypedIdentities identities, Collection<String> tags, Map<String, JsonNode> fields) {}

    private final Contacts contacts;
    private final Tags tags;
    private final FieldValues values;
    private final ContactDuplicates duplicates;
    private final Projects projects;
    private final Limits limits;

    EnterContact(Contacts contacts, Tags tags, FieldValues values, ContactDuplicates duplicates,
            Projects projects, Limits limits) {
        this.contacts = contacts;
        this.tags = tags;
        this.values = values;
        this.duplicates = duplicates;
        this.projects = projects;
        this.limits = limits;
    }

    /** Refused, with whose it is, when somebody already has one of the numbers, addresses or ids. */
    @Transactional
    public ContactId handle(Command command) {
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var project = projects.orOnly(command.project());
        var name = command.name().map(typed -> ContactName.typed(typed, now));
        var language = command.language().map(Language::typed);
        var wanted = TagContact.read(command.tags());
        var identities = command.identities().read(project.country());
        if (name.isEmpty() && identities.isEmpty()) {
            throw Refusal.invalid("name", "required", "Say a name, a number, an e-mail address or an id.");
        }
        contacts.lock(List.of(project.id()));
        duplicates.mustBeNobodys(project.id(), identities);
        var fields = values.entered(project.id(), command.fields(), project.country());
        var contact = Contact.entered(project.id(), identities, name, language, wanted, FieldValues.told(fields), now);
        limits.mayAdd(Limit.CONTACTS);
        contacts.save(contact, now, Cause.current());
        values.add(fields.entrySet().stream().map(field -> new Setting(contact.id, field.getKey(), field.getValue())).toList());
        tags.putAll(project.id(), wanted.stream().map(tag -> new Tagging(contact.id, tag)).toList());
        return contact.id;
    }
}
