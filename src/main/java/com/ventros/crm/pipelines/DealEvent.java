package com.ventros.crm.pipelines;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Everything that can happen to a contact in a pipeline, as other modules see it. Each event tells the whole card, as it is
 * after it.
 */
public sealed interface DealEvent extends DomainEvent {

    /**
     * A contact in a pipeline.
     *
     * @param kind     the status's: open, won or lost
     * @param rank     sorts the cards of a status by its characters
     * @param amount   in the currency's smallest parts
     * @param version  rises with each change of the deal
     */
    record Card(UUID pipelineId, UUID statusId, String kind, String rank, Optional<Long> amount, Optional<String> currency,
            Optional<UUID> lossReasonId, Instant enteredAt, Instant statusSince, long version) {}

    UUID dealId();

    UUID contactId();

    Card card();

    @EventType(value = "contact.entered_pipeline", description = "A contact is in a pipeline, for the first time or again.")
    record EnteredPipeline(UUID dealId, UUID contactId, Card card) implements DealEvent {}

    @EventType(value = "contact.pipeline_status_changed",
            description = "A contact left one status of its pipeline, after so many seconds, and is in another.")
    record PipelineStatusChanged(UUID dealId, UUID contactId, UUID fromStatusId, long secondsInStatus, Card card)
            implements DealEvent {}

    @EventType(value = "contact.exited_pipeline",
            description = "A contact is in a pipeline no longer: left, contact_deleted, or merged with one who is in it.")
    record ExitedPipeline(UUID dealId, UUID contactId, String because, long secondsInStatus, Card card) implements DealEvent {}

    @EventType(value = "deal.reordered", description = "A card stands elsewhere in its column.")
    record DealReordered(UUID dealId, UUID contactId, Card card) implements DealEvent {}

    @EventType(value = "deal.value_set", description = "What a deal is worth is known, is another amount, or is no longer known.")
    record DealValueSet(UUID dealId, UUID contactId, Card card) implements DealEvent {}

    @EventType(value = "deal.won", description = "A deal reached a status of kind won.")
    record DealWon(UUID dealId, UUID contactId, Card card) implements DealEvent {}

    @EventType(value = "deal.lost", description = "A deal reached a status of kind lost.")
    record DealLost(UUID dealId, UUID contactId, Optional<String> reason, Card card) implements DealEvent {}

    @EventType(value = "deal.reopened", description = "A deal that was won or lost is open again.")
    record DealReopened(UUID dealId, UUID contactId, Card card) implements DealEvent {}

    @EventType(value = "deal.contact_merged", description = "The contact of a deal turned out to be another one.")
    record DealContactMerged(UUID dealId, UUID contactId, UUID absorbedId, Card card) implements DealEvent {}
}
