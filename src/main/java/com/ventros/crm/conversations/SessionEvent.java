package com.ventros.crm.conversations;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.time.Instant;
import java.util.UUID;

/** Everything that can happen to a session, as other modules see it. */
public sealed interface SessionEvent extends DomainEvent {

    @EventType(value = "session.started", description = "Somebody wrote after a silence, or for the first time.")
    record SessionStarted(UUID sessionId, UUID chatId, UUID contactId, UUID channelId, Instant startedAt,
            Instant deadline) implements SessionEvent {}

    /** {@code reason} is SILENCE, CLOSED (by a person) or MERGED (a late message joined it to another session). */
    @EventType(value = "session.ended", description = "A stretch of conversation is over.")
    record SessionEnded(UUID sessionId, UUID chatId, UUID contactId, UUID channelId, Instant endedAt, String reason)
            implements SessionEvent {}

    @EventType(value = "session.reopened", description = "A late message showed that the silence had not been one.")
    record SessionReopened(UUID sessionId, UUID chatId, UUID contactId, UUID channelId, Instant deadline)
            implements SessionEvent {}
}
