package com.ventros.crm.contacts;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.util.Optional;
import java.util.UUID;

/** Everything that can happen to a list of contacts, as other modules see it. */
public sealed interface ContactListEvent extends DomainEvent {

    /** {@code filter} is empty for a list that people fill. */
    @EventType(value = "contact_list.created", description = "There is one more list of contacts.")
    record ContactListCreated(UUID listId, String name, Optional<Object> filter) implements ContactListEvent {}

    @EventType(value = "contact_list.updated", description = "A list of contacts has another name, or another filter says who is on it.")
    record ContactListUpdated(UUID listId, String name, Optional<Object> filter) implements ContactListEvent {}

    @EventType(value = "contact_list.deleted", description = "A list of contacts is gone; its contacts are not.")
    record ContactListDeleted(UUID listId) implements ContactListEvent {}

    @EventType(value = "contact_list.contact_added",
            description = "A contact is on a list: somebody put it there, or it meets the list's filter now.")
    record ContactListContactAdded(UUID listId, UUID contactId) implements ContactListEvent {}

    @EventType(value = "contact_list.contact_removed", description = "A contact is on a list no longer.")
    record ContactListContactRemoved(UUID listId, UUID contactId) implements ContactListEvent {}

    /** Whom a new filter, or the passing of time, brings and takes is told as a number, not one by one. */
    @EventType(value = "contact_list.counted", description = "All contacts were looked at, and so many are on a list now.")
    record ContactListCounted(UUID listId, long contacts) implements ContactListEvent {}
}
