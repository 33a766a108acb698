package com.ventros.crm.realtime;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What a screen is told.
 *
 * @param position order within the tenant, without gaps; 0 for what is shown and never kept (somebody is typing)
 * @param data     the event's own data, as JSON text
 * @param onlyFor  the member whose screens alone show it; empty when all do
 */
public record LiveEvent(
        long position, String type, Instant occurredAt, String aggregateType, UUID aggregateId,
        @JsonRawValue String data, @JsonIgnore Optional<UUID> onlyFor) {

    boolean isFor(UUID viewer) {
        return onlyFor.isEmpty() || onlyFor.get().equals(viewer);
    }
}
