package com.ventros.crm.events;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.util.UUID;

/** What people do with what was given up. */
public sealed interface FailureEvent extends DomainEvent {

    @EventType(value = "failure.retried", description = "Somebody sent what had failed to its queue once more.")
    record FailureRetried(UUID failureId, String source, UUID messageId, String code) implements FailureEvent {}

    @EventType(value = "failure.edited", description = "Somebody mended the data of an event that had failed; what it was is kept.")
    record FailureEdited(UUID failureId, String source, UUID messageId, String code) implements FailureEvent {}

    @EventType(value = "failure.discarded", description = "Somebody decided that what had failed is not to be repeated.")
    record FailureDiscarded(UUID failureId, String source, UUID messageId, String code, String reason)
            implements FailureEvent {}
}
