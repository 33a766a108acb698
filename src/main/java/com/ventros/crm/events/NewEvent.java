package com.ventros.crm.events;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.ProjectId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An event on its way from an aggregate into the outbox.
 *
 * @param aggregateType    lower case, for instance {@code contact}
 * @param aggregateVersion version of the aggregate after the change; consumers compare it instead of arrival order
 * @param occurredAt       when it happened in the world (the provider's time for what a channel reports)
 */
public record NewEvent(
        DomainEvent data,
        String aggregateType,
        UUID aggregateId,
        long aggregateVersion,
        Optional<ProjectId> project,
        Instant occurredAt,
        Cause cause) {}
