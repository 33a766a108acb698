package com.ventros.crm.agents;

import com.ventros.crm.kernel.Uuids;
import java.util.Objects;
import java.util.UUID;

/** Agents who do the same work. */
public record TeamId(UUID value) {

    public TeamId {
        Objects.requireNonNull(value, "value");
    }

    public static TeamId create() {
        return new TeamId(Uuids.v7());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
