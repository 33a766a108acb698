package com.ventros.crm.contacts;

import com.ventros.crm.events.Cause;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Text;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A person says what a contact is called; from then on the channel's word no longer counts. */
@Component
public class RenameContact {

    /** {@code expectedVersion} is the version that the person had before their eyes. */
    public record Command(ContactId contact, String name, long expectedVersion) {}

    private final Contacts contacts;

    RenameContact(Contacts contacts) {
        this.contacts = contacts;
    }

    @Transactional
    public void handle(Command command) {
        var name = Text.storable(command.name()).strip();
        if (name.isEmpty() || name.codePointCount(0, name.length()) > ContactName.MAX_LENGTH) {
            throw Refusal.invalid("name", "length",
                    "A name has 1 to " + ContactName.MAX_LENGTH + " characters.");
        }
        var contact = contacts.findForUpdate(command.contact()).orElseThrow(() -> Refusal.notFound("contact"));
        if (contact.storedVersion != command.expectedVersion()) {
            throw new Refusal(Refusal.Kind.STALE, "contact_changed", "Somebody else has changed this contact.");
        }
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        contact.call(new ContactName(name, ContactName.SetBy.PERSON, now));
        contacts.save(contact, now, Cause.current());
    }
}
