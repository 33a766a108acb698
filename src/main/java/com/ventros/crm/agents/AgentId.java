package com.ventros.crm.agents;

import com.ventros.crm.kernel.Uuids;
import java.util.Objects;
import java.util.UUID;

/** Somebody or something that takes sessions. */
public record AgentId(UUID value) {

    public AgentId {
        Objects.requireNonNull(value, "value");
    }

    public static AgentId create() {
        return new AgentId(Uuids.v7());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
