package com.ventros.crm.conversations;

import com.ventros.crm.kernel.Uuids;
import java.util.Objects;
import java.util.UUID;

/** All that is said with one person, or in one group, on one channel. */
public record ChatId(UUID value) {

    public ChatId {
        Objects.requireNonNull(value, "value");
    }

    public static ChatId create() {
        return new ChatId(Uuids.v7());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
