package com.ventros.crm.conversations;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Everything that can happen to a session, as other modules see it. */
public sealed interface SessionEvent extends DomainEvent {

    @EventType(value = "session.started", description = "Somebody wrote after a silence, or for the first time.")
    record SessionStarted(UUID sessionId, UUID chatId, UUID contactId, UUID channelId, Instant startedAt,
            Instant deadline) implements SessionEvent {}

    /**
     * How a session went.
     *
     * @param firstResponseMillis from the customer's first message to a person's first answer to it
     * @param answers             waits that ended with an answer, together {@code waitedMillis} long
     */
    record Figures(Instant startedAt, Optional<UUID> agentId, Optional<UUID> teamId, int inbound, int outbound,
            Optional<Long> firstResponseMillis, int answers, long waitedMillis) {}

    /**
     * {@code reason} is SILENCE, RESOLVED or CLOSED (by a person), or MERGED (a late message joined it to another); then,
     * and in events from before there were any, there are no figures.
     */
    @EventType(value = "session.ended", description = "A stretch of conversation is over.")
    record SessionEnded(UUID sessionId, UUID chatId, UUID contactId, UUID channelId, Instant endedAt, String reason,
            Optional<Figures> figures) implements SessionEvent {}

    /** {@code reason} is LATE_MESSAGE or PERSON; events from before persons could have none. */
    @EventType(value = "session.reopened",
            description = "A session goes on: a late message showed that the silence had been none, or a person said so.")
    record SessionReopened(UUID sessionId, UUID chatId, UUID contactId, UUID channelId, Instant deadline,
            Optional<String> reason) implements SessionEvent {}

    @EventType(value = "session.shortened",
            description = "A session is over earlier than was said: the silence that ends it had become shorter when somebody wrote.")
    record SessionShortened(UUID sessionId, UUID chatId, UUID contactId, UUID channelId, Instant deadline) implements SessionEvent {}

    /** {@code how} is person, or the rule by which it came to them. */
    @EventType(value = "session.agent_assigned", description = "An agent has a session from now on.")
    record SessionAgentAssigned(UUID sessionId, UUID chatId, UUID contactId, UUID channelId, UUID agentId,
            Optional<UUID> teamId, Optional<UUID> previousAgentId, String how) implements SessionEvent {}

    @EventType(value = "session.unassigned", description = "No agent has a session any more; a team may have it.")
    record SessionUnassigned(UUID sessionId, UUID chatId, UUID contactId, UUID channelId, Optional<UUID> teamId,
            Optional<UUID> previousAgentId, String how) implements SessionEvent {}

    /** To an agent or to a team. */
    @EventType(value = "session.transferred", description = "Whoever had a session handed it on.")
    record SessionTransferred(UUID sessionId, UUID chatId, UUID contactId, UUID channelId, Optional<UUID> fromAgentId,
            Optional<UUID> fromTeamId, Optional<UUID> toAgentId, Optional<UUID> toTeamId, Optional<String> note)
            implements SessionEvent {}

    /** Of a phone's answer {@code userId} is empty; told again when an earlier one becomes known, or none is left. */
    @EventType(value = "session.first_answered", description = "A member gave a session's customer the first answer.")
    record SessionFirstAnswered(UUID sessionId, UUID chatId, UUID contactId, UUID channelId, Optional<UUID> userId,
            Optional<Instant> answeredAt, Optional<Long> waitedMillis) implements SessionEvent {}

    @EventType(value = "session.resolved", description = "A person said that what a session was about is done.")
    record SessionResolved(UUID sessionId, UUID chatId, UUID contactId, UUID channelId, Optional<UUID> agentId,
            List<String> outcomes, Instant resolvedAt) implements SessionEvent {}

    /** To whom it went with that, which {@code session.transferred} tells as well; nobody where it stayed with whoever had it. */
    @EventType(value = "session.escalated", description = "A session is more urgent than it was, or more than whoever had it could do.")
    record SessionEscalated(UUID sessionId, UUID chatId, UUID contactId, UUID channelId, String before, String now,
            Optional<String> reason, Optional<UUID> toAgentId, Optional<UUID> toTeamId) implements SessionEvent {}

    @EventType(value = "session.priority_lowered", description = "A session is less urgent than it was.")
    record SessionPriorityLowered(UUID sessionId, UUID chatId, UUID contactId, UUID channelId, String before, String now,
            Optional<String> reason) implements SessionEvent {}

    @EventType(value = "session.outcomes_set", description = "Somebody said what came of a session.")
    record SessionOutcomesSet(UUID sessionId, UUID chatId, UUID contactId, UUID channelId, List<String> outcomes)
            implements SessionEvent {}

    /** {@code outcome} is among the session's outcomes; {@code amount} is in the currency's smallest parts. */
    @EventType(value = "session.converted", description = "A session led to something, perhaps of a value; told again when that is corrected.")
    record SessionConverted(UUID sessionId, UUID chatId, UUID contactId, UUID channelId, Optional<UUID> agentId, String outcome,
            Optional<Long> amount, Optional<String> currency, Instant convertedAt) implements SessionEvent {}
}
