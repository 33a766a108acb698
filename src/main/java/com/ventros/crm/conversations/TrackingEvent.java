package com.ventros.crm.conversations;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.time.Instant;
import java.util.UUID;

/** What conversations tell about where somebody came from. */
public sealed interface TrackingEvent extends DomainEvent {

    @EventType(value = "tracking.ad_clicked", description = "A customer wrote after tapping an advertisement or a post's button.")
    record AdClicked(UUID contactId, UUID messageId, UUID channelId, Instant at, AdClick ad) implements TrackingEvent {}
}
