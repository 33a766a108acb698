package com.ventros.crm.events;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.util.UUID;

/** What people do with queues: their audit. */
public sealed interface QueueEvent extends DomainEvent {

    /** {@code messages} were in it, dead letters included, and are lost. */
    @EventType(value = "queue.removed", description = "Somebody removed the queue of a consumer that no program has any more.")
    record Removed(UUID removalId, String queue, long messages) implements QueueEvent {}
}
