package com.ventros.crm.replies;

import com.ventros.crm.kernel.Uuids;
import java.util.Objects;
import java.util.UUID;

/** A reply that is written once and sent often. */
public record CannedReplyId(UUID value) {

    public CannedReplyId {
        Objects.requireNonNull(value, "value");
    }

    public static CannedReplyId create() {
        return new CannedReplyId(Uuids.v7());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
