package com.ventros.crm.tracking;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.util.UUID;

/** Everything that can happen to a tracking link, as other modules see it; that it was opened is only counted. */
public sealed interface TrackingLinkEvent extends DomainEvent {

    @EventType(value = "tracking_link.created", description = "There is one more address by which people come.")
    record TrackingLinkCreated(UUID linkId, String name, UUID channelId, String text, Utm utm) implements TrackingLinkEvent {}

    @EventType(value = "tracking_link.updated", description = "A tracking link is called, says or leads otherwise, or was put away or brought back.")
    record TrackingLinkUpdated(UUID linkId, String name, UUID channelId, String text, Utm utm, boolean archived)
            implements TrackingLinkEvent {}

    @EventType(value = "tracking_link.deleted", description = "A tracking link that nobody had opened is gone.")
    record TrackingLinkDeleted(UUID linkId) implements TrackingLinkEvent {}
}
