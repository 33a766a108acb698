package com.ventros.crm.agents;

import com.ventros.crm.kernel.Uuids;
import java.util.Objects;
import java.util.UUID;

/** When somebody works. */
public record HoursId(UUID value) {

    public HoursId {
        Objects.requireNonNull(value, "value");
    }

    public static HoursId create() {
        return new HoursId(Uuids.v7());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
