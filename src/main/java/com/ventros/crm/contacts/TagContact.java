package com.ventros.crm.contacts;

import com.ventros.crm.events.Cause;
import com.ventros.crm.kernel.Refusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A person puts tags on a contact or takes them off; what is there already, or is not, is no news. */
@Component
public class TagContact {

    /** More than anybody reads. */
    static final int MOST_AT_ONCE = 50;

    private final Contacts contacts;
    private final Tags tags;

    TagContact(Contacts contacts, Tags tags) {
        this.contacts = contacts;
        this.tags = tags;
    }

    @Transactional
    public void put(ContactId id, Collection<String> typed) {
        var wanted = read(typed);
        var contact = present(id);
        contact.tagged(tags.put(contact, wanted));
        save(contact);
    }

    @Transactional
    public void take(ContactId id, String typed) {
        var contact = present(id);
        contact.untagged(tags.take(contact, Set.of(Tag.typed("tag", typed))));
        save(contact);
    }

    static Set<Tag> read(Collection<String> typed) {
        if (typed.size() > MOST_AT_ONCE) {
            throw Refusal.invalid("tags", "length", "At most " + MOST_AT_ONCE + " tags at once.");
        }
        var read = new LinkedHashSet<Tag>();
        typed.forEach(text -> read.add(Tag.typed("tags", text)));
        return read;
    }

    private Contact present(ContactId id) {
        var contact = contacts.findForUpdate(id).orElseThrow(() -> Refusal.notFound("contact"));
        contact.mustBePresent();
        return contact;
    }

    private void save(Contact contact) {
        contacts.save(contact, Instant.now().truncatedTo(ChronoUnit.MICROS), Cause.current());
    }
}
