package com.ventros.crm.contacts;

import com.ventros.crm.billing.Limit;
import com.ventros.crm.billing.Limits;
import com.ventros.crm.events.Cause;
import com.ventros.crm.kernel.Refusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A contact is taken out of sight, or comes back; nothing of it is lost either way. */
@Component
public class DeleteContact {

    private final Contacts contacts;
    private final Limits limits;

    DeleteContact(Contacts contacts, Limits limits) {
        this.contacts = contacts;
        this.limits = limits;
    }

    @Transactional
    public void delete(ContactId id) {
        var contact = find(id);
        var now = now();
        contact.delete(now);
        contacts.save(contact, now, Cause.current());
    }

    @Transactional
    public void restore(ContactId id) {
        var contact = find(id);
        if (contact.isDeleted()) limits.mayAdd(Limit.CONTACTS);
        contact.restore();
        contacts.save(contact, now(), Cause.current());
    }

    private Contact find(ContactId id) {
        return contacts.findForUpdate(id).orElseThrow(() -> Refusal.notFound("contact"));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
