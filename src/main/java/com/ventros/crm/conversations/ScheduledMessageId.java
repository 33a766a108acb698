package com.ventros.crm.conversations;

import com.ventros.crm.kernel.Uuids;
import java.util.Objects;
import java.util.UUID;

/** A message that is written now and sent later. */
public record ScheduledMessageId(UUID value) {

    public ScheduledMessageId {
        Objects.requireNonNull(value, "value");
    }

    public static ScheduledMessageId create() {
        return new ScheduledMessageId(Uuids.v7());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
