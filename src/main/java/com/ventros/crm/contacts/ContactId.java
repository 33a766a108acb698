package com.ventros.crm.contacts;

import com.ventros.crm.kernel.Uuids;
import java.util.Objects;
import java.util.UUID;

/** One person who talks to us. */
public record ContactId(UUID value) {

    public ContactId {
        Objects.requireNonNull(value, "value");
    }

    public static ContactId create() {
        return new ContactId(Uuids.v7());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
