package com.ventros.crm.contacts;

import com.ventros.crm.specifications.Field;
import java.util.List;
import java.util.Set;

/**
 * Whoever knows something of contacts that can be asked in a filter. Contacts know none of them, as little as whoever
 * keeps {@linkplain ContactReferences rows that point to them}. In the fields' SQL the contact is {@code c}.
 */
public interface ContactFieldSource {

    /** {@code region} tells how a number without country code is read. */
    List<Field> contactFields(String region);

    /** Names of those fields that get other values without an event that lists of contacts hear. */
    default Set<String> untold() {
        return Set.of();
    }
}
