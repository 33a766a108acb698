package com.ventros.crm.contacts;

import com.ventros.crm.events.Cause;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * Whoever keeps rows that point to contacts. Contacts know none of them; they are told, in the same transaction and
 * before the absorbed contacts are gone, that these were other people all along.
 */
public interface ContactReferences {

    /** Makes everything that points to a key of {@code survivors} point to its value; no value is itself a key. */
    void moved(Map<ContactId, ContactId> survivors, Cause cause);

    /** How much is kept for the contact as it is shown, by what it is; what a merge of people would bring along. */
    default Map<String, Long> held(ContactId contact) {
        return Map.of();
    }

    /** Those of the contacts for whom anything is kept. */
    default Set<ContactId> known(Collection<ContactId> contacts) {
        return Set.of();
    }
}
