package com.ventros.crm.conversations;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Everything that can happen to a call, as other modules see it; {@code contactId} is empty in groups. */
public sealed interface CallEvent extends DomainEvent {

    @EventType(value = "call.received", description = "Somebody called.")
    record CallReceived(String callId, Optional<UUID> contactId, UUID channelId, boolean video, Instant at)
            implements CallEvent {}

    @EventType(value = "call.accepted", description = "A call was answered on some device.")
    record CallAccepted(String callId, Optional<UUID> contactId, UUID channelId, boolean video, Instant at)
            implements CallEvent {}

    @EventType(value = "call.rejected", description = "A call was refused or missed.")
    record CallRejected(String callId, Optional<UUID> contactId, UUID channelId, boolean video, Instant at)
            implements CallEvent {}
}
