package com.ventros.crm.replies;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Everything that can happen to a canned reply, as other modules see it; that it was used is only counted. */
public sealed interface CannedReplyEvent extends DomainEvent {

    /** {@code ownerId} is the only member who has it; empty for one that all of the project have. */
    @EventType(value = "canned_reply.created", description = "There is one more reply to choose from.")
    record CannedReplyCreated(UUID replyId, Optional<UUID> ownerId, String shortCode, String title, Optional<String> text,
            List<UUID> fileIds) implements CannedReplyEvent {}

    @EventType(value = "canned_reply.updated", description = "A canned reply says something else, or goes by another name.")
    record CannedReplyUpdated(UUID replyId, Optional<UUID> ownerId, String shortCode, String title, Optional<String> text,
            List<UUID> fileIds) implements CannedReplyEvent {}

    @EventType(value = "canned_reply.deleted", description = "A canned reply is gone; what was sent from it stays.")
    record CannedReplyDeleted(UUID replyId) implements CannedReplyEvent {}
}
