package com.ventros.crm.accounts;

import com.ventros.crm.kernel.Uuids;
import java.util.Objects;
import java.util.UUID;

/** A person who can sign in. */
public record UserId(UUID value) {

    public UserId {
        Objects.requireNonNull(value, "value");
    }

    public static UserId create() {
        return new UserId(Uuids.v7());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
