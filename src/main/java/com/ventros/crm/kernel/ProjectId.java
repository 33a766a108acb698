package com.ventros.crm.kernel;

import java.util.Objects;
import java.util.UUID;

/** A part of a tenant with contacts, channels and settings of its own. */
public record ProjectId(UUID value) {

    public ProjectId {
        Objects.requireNonNull(value, "value");
    }

    public static ProjectId create() {
        return new ProjectId(Uuids.v7());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
