package com.ventros.crm.conversations;

import com.ventros.crm.kernel.Uuids;
import java.util.Objects;
import java.util.UUID;

/** One number or account of ours at a provider: where it is said. */
public record ChannelId(UUID value) {

    public ChannelId {
        Objects.requireNonNull(value, "value");
    }

    public static ChannelId create() {
        return new ChannelId(Uuids.v7());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
