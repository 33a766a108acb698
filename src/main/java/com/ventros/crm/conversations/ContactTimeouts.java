package com.ventros.crm.conversations;

import com.ventros.crm.contacts.ContactId;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/**
 * Whoever knows better than channel and project which silence ends a session with a contact. Conversations know none of
 * them, as little as contacts know whoever keeps rows that point to them.
 */
public interface ContactTimeouts {

    /** The silence for those of the contacts of whom something is known; within the transaction at hand. */
    Map<ContactId, Duration> of(Collection<ContactId> contacts);
}
