package com.ventros.crm.conversations;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Everything that can happen to a message, as other modules see it; {@code contactId} is empty in groups. */
public sealed interface MessageEvent extends DomainEvent {

    /**
     * {@code direction} is INBOUND or OUTBOUND, {@code source} CUSTOMER, CRM, API or PHONE; {@code authorUserId} is the member who wrote
     * it here, and missing in events from before it was told.
     */
    @EventType(value = "message.created", description = "A message was received, written here, or seen as sent elsewhere.")
    record MessageCreated(UUID messageId, UUID chatId, Optional<UUID> contactId, Optional<UUID> sessionId,
            UUID channelId, String direction, String source, String type, Optional<String> text,
            Optional<String> externalId, String status, Instant sentAt, Optional<String> authorName,
            Optional<String> replyToExternalId, Optional<UUID> authorUserId) implements MessageEvent {}

    @EventType(value = "message.decrypted", description = "The content of a message that was awaited is here.")
    record MessageDecrypted(UUID messageId, UUID chatId, Optional<UUID> contactId, UUID channelId, String type,
            Optional<String> text) implements MessageEvent {}

    /** {@code code} was hidden in the text and is not in it any more. */
    @EventType(value = "message.code_received", description = "A customer's message carried the invisible code of a tracking link.")
    record MessageCodeReceived(UUID messageId, UUID chatId, Optional<UUID> contactId, UUID channelId, long code, Instant at)
            implements MessageEvent {}

    @EventType(value = "message.sent", description = "The provider took a message of ours.")
    record MessageSent(UUID messageId, UUID chatId, Optional<UUID> contactId, UUID channelId, Instant at)
            implements MessageEvent {}

    @EventType(value = "message.delivered", description = "A message of ours reached the recipient's device.")
    record MessageDelivered(UUID messageId, UUID chatId, Optional<UUID> contactId, UUID channelId, Instant at)
            implements MessageEvent {}

    @EventType(value = "message.read", description = "A message of ours was read.")
    record MessageRead(UUID messageId, UUID chatId, Optional<UUID> contactId, UUID channelId, Instant at)
            implements MessageEvent {}

    @EventType(value = "message.played", description = "A voice note of ours was listened to.")
    record MessagePlayed(UUID messageId, UUID chatId, Optional<UUID> contactId, UUID channelId, Instant at)
            implements MessageEvent {}

    @EventType(value = "message.failed", description = "A message of ours was certainly not delivered.")
    record MessageFailed(UUID messageId, UUID chatId, Optional<UUID> contactId, UUID channelId, String code,
            String detail) implements MessageEvent {}

    @EventType(value = "message.outcome_unknown",
            description = "Whether a message of ours was delivered is not known; it is not sent again.")
    record MessageOutcomeUnknown(UUID messageId, UUID chatId, Optional<UUID> contactId, UUID channelId)
            implements MessageEvent {}

    @EventType(value = "message.edited", description = "The writer changed the text of a message.")
    record MessageEdited(UUID messageId, UUID chatId, Optional<UUID> contactId, UUID channelId, String text,
            Instant at) implements MessageEvent {}

    /** {@code by} is {@code customer} or {@code us}. */
    @EventType(value = "message.revoked", description = "A message was deleted for everyone.")
    record MessageRevoked(UUID messageId, UUID chatId, Optional<UUID> contactId, UUID channelId, Instant at,
            String by) implements MessageEvent {}

    @EventType(value = "message.media_stored", description = "The file of a message was fetched from the channel and is kept here.")
    record MessageMediaStored(UUID messageId, UUID chatId, Optional<UUID> contactId, UUID channelId, UUID fileId,
            String mimeType, long bytes) implements MessageEvent {}

    @EventType(value = "message.media_failed", description = "The file of a message could not be had from the channel.")
    record MessageMediaFailed(UUID messageId, UUID chatId, Optional<UUID> contactId, UUID channelId, String code)
            implements MessageEvent {}

    /** {@code action} is {@code reaction}, {@code edit} or {@code revoke}; {@code value} the emoji or the new text. */
    @EventType(value = "message.action_requested",
            description = "Somebody here asked for a reaction, another wording or the deletion of a message.")
    record MessageActionRequested(UUID messageId, UUID chatId, Optional<UUID> contactId, UUID channelId, String action,
            Optional<String> value) implements MessageEvent {}

    /** {@code code} is {@code outcome_unknown} when it may have been done nevertheless. */
    @EventType(value = "message.action_failed",
            description = "What was asked of a message was refused, or nobody can tell whether it was done.")
    record MessageActionFailed(UUID messageId, UUID chatId, Optional<UUID> contactId, UUID channelId, String action,
            String code, String detail) implements MessageEvent {}

    /** No {@code emoji} when the reaction was taken back; {@code reactor} is {@code us}, {@code customer} or an address. */
    @EventType(value = "message.reacted", version = 2,
            description = "Somebody's reaction to a message was put, changed or taken back.")
    record MessageReacted(UUID messageId, UUID chatId, Optional<UUID> contactId, UUID channelId, Optional<String> emoji,
            String reactor) implements MessageEvent {}

    /** {@code options} is the voter's full present choice; {@code readable} is false when it cannot be told. */
    @EventType(value = "message.voted", description = "Somebody chose in a poll, chose anew or took the vote back.")
    record MessageVoted(UUID messageId, UUID chatId, Optional<UUID> contactId, UUID channelId, String voter,
            List<String> options, boolean readable) implements MessageEvent {}
}
