package com.ventros.crm.conversations;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Everything that can happen to a chat, as other modules see it. */
public sealed interface ChatEvent extends DomainEvent {

    /** {@code since} is up to when it was read before; events from before this was told have none. */
    @EventType(value = "chat.read", description = "What was sent in a chat up to this time counts as read by us.")
    record ChatRead(UUID chatId, Instant at, Optional<Instant> since) implements ChatEvent {}

    @EventType(value = "chat.label_added", description = "A chat got a label of its channel.")
    record ChatLabelAdded(UUID chatId, UUID channelId, UUID labelId) implements ChatEvent {}

    @EventType(value = "chat.label_removed", description = "A chat lost a label of its channel.")
    record ChatLabelRemoved(UUID chatId, UUID channelId, UUID labelId) implements ChatEvent {}

    /** Not of what anybody did: what was kept had been wrong. */
    @EventType(value = "chat.recounted", description = "What a chat and its sessions keep of their messages was counted anew, and had been otherwise.")
    record ChatRecounted(UUID chatId, int unread, UUID lastMessageId) implements ChatEvent {}

    @EventType(value = "chat.merged", description = "Two chats turned out to be with one person.")
    record ChatMerged(UUID chatId, UUID absorbedId) implements ChatEvent {}
}
