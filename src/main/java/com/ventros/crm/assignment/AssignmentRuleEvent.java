package com.ventros.crm.assignment;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.util.Optional;
import java.util.UUID;

/** Everything that can happen to a rule of assignment, as other modules see it. */
public sealed interface AssignmentRuleEvent extends DomainEvent {

    /** Holds for one of {@code projectId}, {@code channelId} and {@code teamId}. */
    @EventType(value = "assignment_rule.created", description = "Sessions of a project, a channel or a team are given to agents by a rule from now on.")
    record AssignmentRuleCreated(UUID ruleId, Optional<UUID> projectId, Optional<UUID> channelId, Optional<UUID> teamId,
            String strategy, Optional<UUID> toTeamId, Optional<Integer> noResponseMinutes,
            Optional<Integer> inactivityMinutes, Optional<UUID> escalateToTeamId) implements AssignmentRuleEvent {}

    @EventType(value = "assignment_rule.updated", description = "A rule gives sessions to agents otherwise from now on.")
    record AssignmentRuleUpdated(UUID ruleId, String strategy, Optional<UUID> toTeamId,
            Optional<Integer> noResponseMinutes, Optional<Integer> inactivityMinutes, Optional<UUID> escalateToTeamId)
            implements AssignmentRuleEvent {}

    @EventType(value = "assignment_rule.deleted", description = "A rule no longer gives sessions to agents.")
    record AssignmentRuleDeleted(UUID ruleId) implements AssignmentRuleEvent {}
}
