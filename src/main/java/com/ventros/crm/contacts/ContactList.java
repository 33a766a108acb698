package com.ventros.crm.contacts;

import com.ventros.crm.contacts.ContactListEvent.ContactListContactAdded;
import com.ventros.crm.contacts.ContactListEvent.ContactListContactRemoved;
import com.ventros.crm.contacts.ContactListEvent.ContactListCounted;
import com.ventros.crm.contacts.ContactListEvent.ContactListCreated;
import com.ventros.crm.contacts.ContactListEvent.ContactListDeleted;
import com.ventros.crm.contacts.ContactListEvent.ContactListUpdated;
import com.ventros.crm.kernel.Aggregate;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Text;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

/** Contacts under one name: those whom people put on it, or those who meet its filter. Which of the two it is stays. */
final class ContactList extends Aggregate<ContactListEvent> {

    private static final int LONGEST_NAME = 100;

    final UUID id;
    final ProjectId project;
    final Instant createdAt;
    private String name;
    private Optional<Object> filter;
    private boolean changed;
    private boolean filterChanged;
    /** Version of the row as it was read; 0 for a list that has none yet. */
    final long storedVersion;

    ContactList(UUID id, ProjectId project, Instant createdAt, String name, Optional<Object> filter, long storedVersion) {
        this.id = id;
        this.project = project;
        this.createdAt = createdAt;
        this.name = name;
        this.filter = filter;
        this.storedVersion = storedVersion;
    }

    /** {@code filter} was read before, so that it is one, and is maps and lists here; empty: people fill the list. */
    static ContactList made(UUID id, ProjectId project, String name, Optional<Object> filter, Instant now) {
        var list = new ContactList(id, project, now, name(name), filter, 0);
        list.raise(new ContactListCreated(id, list.name, list.filter));
        return list;
    }

    void change(Optional<String> newName, Optional<Object> newFilter) {
        var wanted = newName.map(ContactList::name).orElse(name);
        if (newFilter.isPresent() && filter.isEmpty()) {
            throw Refusal.conflict("list_static", "People fill this list; make another one for a filter.");
        }
        filterChanged = newFilter.isPresent() && !newFilter.equals(filter);
        if (!filterChanged && wanted.equals(name)) return;
        changed = true;
        name = wanted;
        filter = newFilter.or(() -> filter);
        raise(new ContactListUpdated(id, name, filter));
    }

    void delete() {
        raise(new ContactListDeleted(id));
    }

    void added(Collection<UUID> contacts) {
        contacts.forEach(contact -> raise(new ContactListContactAdded(id, contact)));
    }

    void removed(Collection<UUID> contacts) {
        contacts.forEach(contact -> raise(new ContactListContactRemoved(id, contact)));
    }

    void counted(long contacts) {
        raise(new ContactListCounted(id, contacts));
    }

    /** Refuses to put somebody on a list, or to take somebody off it, that a filter fills. */
    void mustBeFilledByPeople() {
        if (isDynamic()) throw Refusal.conflict("list_dynamic", "A filter says who is on this list.");
    }

    boolean isDynamic() {
        return filter.isPresent();
    }

    String name() {
        return name;
    }

    Optional<Object> filter() {
        return filter;
    }

    boolean changed() {
        return changed;
    }

    /** Whether all contacts must be looked at anew. */
    boolean filterChanged() {
        return filterChanged;
    }

    private static String name(String typed) {
        var name = typed == null ? "" : Text.storable(typed).strip();
        if (Text.isInvisible(name) || name.codePointCount(0, name.length()) > LONGEST_NAME) {
            throw Refusal.invalid("name", "length", "A name has 1 to " + LONGEST_NAME + " characters.");
        }
        return name;
    }
}
