package com.ventros.crm.tracking;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.util.UUID;

/** That somebody said what was spent. */
public sealed interface CostEvent extends DomainEvent {

    @EventType(value = "tracking_cost.imported", description = "A file said what was spent on being found, and something of it was new.")
    record CostsImported(UUID importId, int rows, int changed) implements CostEvent {}
}
