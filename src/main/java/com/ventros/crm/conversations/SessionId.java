package com.ventros.crm.conversations;

import com.ventros.crm.kernel.Uuids;
import java.util.Objects;
import java.util.UUID;

/** One stretch of a chat without a long silence. */
public record SessionId(UUID value) {

    public SessionId {
        Objects.requireNonNull(value, "value");
    }

    public static SessionId create() {
        return new SessionId(Uuids.v7());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
