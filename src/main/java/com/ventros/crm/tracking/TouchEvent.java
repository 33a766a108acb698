package com.ventros.crm.tracking;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.time.Instant;
import java.util.UUID;

/** That somebody came to us; of advertisements {@code tracking.ad_clicked} tells already. */
public sealed interface TouchEvent extends DomainEvent {

    /** {@code name} and {@code utm} are the link's at that time. */
    @EventType(value = "tracking.link_followed", description = "A customer wrote after following a tracking link.")
    record LinkFollowed(UUID contactId, UUID messageId, UUID channelId, UUID linkId, String name, Utm utm, Instant at) implements TouchEvent {}
}
