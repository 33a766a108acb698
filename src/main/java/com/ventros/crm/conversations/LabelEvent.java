package com.ventros.crm.conversations;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.util.Optional;
import java.util.UUID;

/** Everything that can happen to a label, as other modules see it. */
public sealed interface LabelEvent extends DomainEvent {

    @EventType(value = "label.changed", description = "A channel has a new label, or one has another name or colour.")
    record LabelChanged(UUID labelId, UUID channelId, String name, Optional<String> colour) implements LabelEvent {}

    @EventType(value = "label.deleted", description = "A channel has a label no more; no chat has it any longer.")
    record LabelDeleted(UUID labelId, UUID channelId, String name) implements LabelEvent {}
}
