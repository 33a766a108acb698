package com.ventros.crm.kernel;

import java.util.Objects;
import java.util.UUID;

/** One customer company of ours; nothing of one tenant is ever seen by another. */
public record TenantId(UUID value) {

    public TenantId {
        Objects.requireNonNull(value, "value");
    }

    public static TenantId create() {
        return new TenantId(Uuids.v7());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
