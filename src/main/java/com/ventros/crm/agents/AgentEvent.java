package com.ventros.crm.agents;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Everything that can happen to an agent, as other modules see it. */
public sealed interface AgentEvent extends DomainEvent {

    /** {@code kind} is human, ai, bot or channel; only a human has a {@code userId}. */
    @EventType(value = "agent.created", description = "Somebody or something can take sessions from now on.")
    record AgentCreated(UUID agentId, String kind, Optional<UUID> userId, String name, int capacity,
            Optional<UUID> hoursId) implements AgentEvent {}

    @EventType(value = "agent.updated", description = "An agent is called otherwise, takes more or less, or works at other hours.")
    record AgentUpdated(UUID agentId, String name, int capacity, Optional<UUID> hoursId) implements AgentEvent {}

    /** {@code reason} is said (by the agent, or by somebody for them), unseen (for too long) or archived. */
    @EventType(value = "agent.availability_changed", description = "An agent is online, away or offline from now on.")
    record AgentAvailabilityChanged(UUID agentId, String before, String now, String reason, Instant at)
            implements AgentEvent {}

    @EventType(value = "agent.archived", description = "An agent takes no sessions any more; what they did stays.")
    record AgentArchived(UUID agentId) implements AgentEvent {}

    /** Nothing tells that they are back: a member who may sign in again says that they are online. */
    @EventType(value = "agent.left", description = "The member that an agent is was deactivated; what they had open is nobody's.")
    record AgentLeft(UUID agentId) implements AgentEvent {}

    @EventType(value = "agent.restored", description = "An archived agent can take sessions again.")
    record AgentRestored(UUID agentId) implements AgentEvent {}
}
