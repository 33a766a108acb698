package com.ventros.crm.media;

import com.ventros.crm.kernel.Uuids;
import java.util.Objects;
import java.util.UUID;

/** A file of a tenant's. */
public record MediaId(UUID value) {

    public MediaId {
        Objects.requireNonNull(value, "value");
    }

    static MediaId create() {
        return new MediaId(Uuids.v7());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
