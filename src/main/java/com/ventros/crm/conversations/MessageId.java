package com.ventros.crm.conversations;

import com.ventros.crm.kernel.Uuids;
import java.util.Objects;
import java.util.UUID;

/** One thing said. */
public record MessageId(UUID value) {

    public MessageId {
        Objects.requireNonNull(value, "value");
    }

    public static MessageId create() {
        return new MessageId(Uuids.v7());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
