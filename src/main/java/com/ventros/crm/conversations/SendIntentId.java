package com.ventros.crm.conversations;

import com.ventros.crm.kernel.Uuids;
import java.util.Objects;
import java.util.UUID;

/** The intention to send one message, from the wish to the outcome. */
public record SendIntentId(UUID value) {

    public SendIntentId {
        Objects.requireNonNull(value, "value");
    }

    public static SendIntentId create() {
        return new SendIntentId(Uuids.v7());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
