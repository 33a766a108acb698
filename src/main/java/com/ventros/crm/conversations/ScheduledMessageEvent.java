package com.ventros.crm.conversations;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Everything that can happen to a message that waits for its time, as other modules see it. {@code chatId} is empty for one
 * that goes to a number; what was sent is told by the message itself from then on.
 */
public sealed interface ScheduledMessageEvent extends DomainEvent {

    @EventType(value = "scheduled_message.created", description = "Somebody wrote a message that is to be sent later.")
    record ScheduledMessageCreated(UUID scheduledMessageId, Optional<UUID> chatId, UUID channelId, String type,
            Optional<String> preview, Instant sendAt, boolean cancelIfCustomerWrites) implements ScheduledMessageEvent {}

    @EventType(value = "scheduled_message.changed", description = "A message that waits is to be sent at another time, or says something else.")
    record ScheduledMessageChanged(UUID scheduledMessageId, Optional<UUID> chatId, UUID channelId, String type,
            Optional<String> preview, Instant sendAt, boolean cancelIfCustomerWrites) implements ScheduledMessageEvent {}

    /** {@code reason} is {@code person} or {@code customer_wrote}. */
    @EventType(value = "scheduled_message.cancelled", description = "A message that waited will not be sent.")
    record ScheduledMessageCancelled(UUID scheduledMessageId, Optional<UUID> chatId, UUID channelId, String reason)
            implements ScheduledMessageEvent {}

    @EventType(value = "scheduled_message.sent", description = "A message that waited went the way of all messages.")
    record ScheduledMessageSent(UUID scheduledMessageId, Optional<UUID> chatId, UUID channelId, UUID messageId)
            implements ScheduledMessageEvent {}

    @EventType(value = "scheduled_message.missed", description = "Nothing was sent at the time of a message, and then it was too late.")
    record ScheduledMessageMissed(UUID scheduledMessageId, Optional<UUID> chatId, UUID channelId, Instant sendAt)
            implements ScheduledMessageEvent {}

    /** {@code code} is that of the refusal. */
    @EventType(value = "scheduled_message.failed", description = "A message could not be sent when its time had come.")
    record ScheduledMessageFailed(UUID scheduledMessageId, Optional<UUID> chatId, UUID channelId, String code)
            implements ScheduledMessageEvent {}
}
