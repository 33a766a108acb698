package com.ventros.crm.events;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * An event as it travels and is kept.
 *
 * @param sequence order within the aggregate, rising with each event
 * @param data     what happened, in the newest version of its type
 */
public record Envelope(
        UUID id,
        String type,
        int version,
        Instant occurredAt,
        TenantId tenantId,
        Optional<ProjectId> projectId,
        String aggregateType,
        UUID aggregateId,
        long aggregateVersion,
        long sequence,
        UUID correlationId,
        Optional<UUID> causationId,
        Actor actor,
        Optional<String> traceparent,
        JsonNode data) {

    /** The cause under which a listener works on this event. */
    public Cause asCause(Actor listener) {
        return new Cause(correlationId, id, listener, Optional.empty(), traceparent);
    }

    /** The same event, saying this. */
    Envelope with(JsonNode other) {
        return new Envelope(id, type, version, occurredAt, tenantId, projectId, aggregateType, aggregateId, aggregateVersion, sequence,
                correlationId, causationId, actor, traceparent, other);
    }

    /** The data as the record that was raised. */
    public <T extends DomainEvent> T dataAs(Class<T> type) {
        return EventJson.MAPPER.treeToValue(data, type);
    }
}
