package com.ventros.crm.tracking;

import com.ventros.crm.kernel.Uuids;
import java.util.Objects;
import java.util.UUID;

/** An address that says by which way somebody came. */
public record TrackingLinkId(UUID value) {

    public TrackingLinkId {
        Objects.requireNonNull(value, "value");
    }

    public static TrackingLinkId create() {
        return new TrackingLinkId(Uuids.v7());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
