package com.ventros.crm.contacts;

import com.ventros.crm.events.Cause;
import com.ventros.crm.kernel.Refusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;

/** A person says what a contact is called and speaks, and what else is known of it; from then on the channel's word no longer counts. */
@Component
public class EditContact {

    /**
     * What to change; what is empty stays.
     *
     * @param name     empty inside: it has none
     * @param language empty inside: it is not known
     * @param fields   custom fields by key; null takes the value away
     */
    public record Command(ContactId contact, Optional<Optional<String>> name, Optional<Optional<String>> language,
            Map<String, JsonNode> fields) {}

    private final Contacts contacts;
    private final FieldValues values;
    private final Projects projects;

    EditContact(Contacts contacts, FieldValues values, Projects projects) {
        this.contacts = contacts;
        this.values = values;
        this.projects = projects;
    }

    /** {@code version} refuses unless it is the one that the person had before their eyes. */
    @Transactional
    public void handle(Command command, LongConsumer version) {
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var name = command.name().map(typed -> typed.map(text -> ContactName.typed(text, now)));
        var language = command.language().map(typed -> typed.map(Language::typed));
        var contact = contacts.findForUpdate(command.contact()).orElseThrow(() -> Refusal.notFound("contact"));
        version.accept(contact.storedVersion);
        contact.mustBePresent();
        name.ifPresent(wanted -> wanted.ifPresentOrElse(contact::call, contact::callNothing));
        language.ifPresent(contact::speak);
        values.set(contact, command.fields(), projects.orOnly(Optional.of(contact.project)).country());
        contacts.save(contact, now, Cause.current());
    }
}
