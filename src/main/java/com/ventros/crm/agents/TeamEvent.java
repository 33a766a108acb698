package com.ventros.crm.agents;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.util.Optional;
import java.util.UUID;

/** Everything that can happen to a team, as other modules see it. */
public sealed interface TeamEvent extends DomainEvent {

    @EventType(value = "team.created", description = "Agents can work together in a team from now on.")
    record TeamCreated(UUID teamId, String name, Optional<UUID> hoursId) implements TeamEvent {}

    @EventType(value = "team.updated", description = "A team is called otherwise, or works at other hours.")
    record TeamUpdated(UUID teamId, String name, Optional<UUID> hoursId) implements TeamEvent {}

    @EventType(value = "team.agent_added", description = "An agent works in a team from now on.")
    record TeamAgentAdded(UUID teamId, UUID agentId) implements TeamEvent {}

    @EventType(value = "team.agent_removed", description = "An agent no longer works in a team.")
    record TeamAgentRemoved(UUID teamId, UUID agentId) implements TeamEvent {}

    @EventType(value = "team.archived", description = "A team takes no sessions any more.")
    record TeamArchived(UUID teamId) implements TeamEvent {}

    @EventType(value = "team.restored", description = "An archived team takes sessions again.")
    record TeamRestored(UUID teamId) implements TeamEvent {}
}
