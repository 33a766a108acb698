package com.ventros.crm.contacts;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Everything that can happen to the definition of a custom field, as other modules see it. */
public sealed interface CustomFieldEvent extends DomainEvent {

    @EventType(value = "custom_field.created", description = "A project wants to know one more thing of its contacts.")
    record CustomFieldCreated(UUID fieldId, String key, String label, String type, List<String> options,
            Optional<String> currency, boolean required) implements CustomFieldEvent {}

    @EventType(value = "custom_field.updated", description = "A custom field has another label, other options or another duty.")
    record CustomFieldUpdated(UUID fieldId, String key, String label, List<String> options, boolean required)
            implements CustomFieldEvent {}

    @EventType(value = "custom_field.archived", description = "A custom field is no longer asked for; its values are kept.")
    record CustomFieldArchived(UUID fieldId, String key) implements CustomFieldEvent {}

    @EventType(value = "custom_field.restored", description = "An archived custom field is asked for again.")
    record CustomFieldRestored(UUID fieldId, String key) implements CustomFieldEvent {}
}
