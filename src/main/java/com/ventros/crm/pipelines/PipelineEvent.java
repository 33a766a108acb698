package com.ventros.crm.pipelines;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Everything that can happen to a pipeline and its statuses, as other modules see it. */
public sealed interface PipelineEvent extends DomainEvent {

    UUID pipelineId();

    @EventType(value = "pipeline.created", description = "A project has one more way from first contact to won or lost; its statuses are told one by one.")
    record PipelineCreated(UUID pipelineId, String name) implements PipelineEvent {}

    @EventType(value = "pipeline.updated", description = "A pipeline has another name or session time-out (none: as the channel says).")
    record PipelineUpdated(UUID pipelineId, String name, Optional<Integer> sessionTimeoutMinutes) implements PipelineEvent {}

    @EventType(value = "pipeline.default_changed", description = "A pipeline became the one that is meant when none is named, or is it no longer.")
    record PipelineDefaultChanged(UUID pipelineId, boolean isDefault) implements PipelineEvent {}

    @EventType(value = "pipeline.statuses_ordered", description = "The statuses of a pipeline stand in another order.")
    record PipelineStatusesOrdered(UUID pipelineId, List<UUID> statusIds) implements PipelineEvent {}

    @EventType(value = "pipeline.archived", description = "Nobody enters or moves in a pipeline any more; who is in it stays.")
    record PipelineArchived(UUID pipelineId) implements PipelineEvent {}

    @EventType(value = "pipeline.restored", description = "An archived pipeline is in use again.")
    record PipelineRestored(UUID pipelineId) implements PipelineEvent {}

    @EventType(value = "pipeline.loss_reason_added", description = "There is one more reason for which something can be lost.")
    record LossReasonAdded(UUID pipelineId, UUID lossReasonId, String text) implements PipelineEvent {}

    @EventType(value = "pipeline.loss_reason_changed", description = "A reason for loss has another wording, is archived or restored.")
    record LossReasonChanged(UUID pipelineId, UUID lossReasonId, String text, boolean archived) implements PipelineEvent {}

    @EventType(value = "status.created", description = "A pipeline has one more status, at the end.")
    record StatusCreated(UUID pipelineId, UUID statusId, String name, String kind, String colour) implements PipelineEvent {}

    @EventType(value = "status.updated", description = "A status has another name or colour.")
    record StatusUpdated(UUID pipelineId, UUID statusId, String name, String colour) implements PipelineEvent {}

    @EventType(value = "status.transitions_set", description = "From a status one gets to these only; to every other when none are told.")
    record StatusTransitionsSet(UUID pipelineId, UUID statusId, Optional<List<UUID>> next) implements PipelineEvent {}

    @EventType(value = "status.required_fields_set", description = "Only a contact with values of these custom fields gets into a status.")
    record StatusRequiredFieldsSet(UUID pipelineId, UUID statusId, List<UUID> fieldIds) implements PipelineEvent {}

    @EventType(value = "status.archived", description = "Nobody gets into a status any more.")
    record StatusArchived(UUID pipelineId, UUID statusId) implements PipelineEvent {}

    @EventType(value = "status.restored", description = "An archived status is in use again.")
    record StatusRestored(UUID pipelineId, UUID statusId) implements PipelineEvent {}
}
