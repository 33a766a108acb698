package com.ventros.crm.contacts;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Everything that can happen to an export of contacts, as other modules see it. */
public sealed interface ContactExportEvent extends DomainEvent {

    /** Told before the first contact is. What a filter asks for stays out of it: it may name somebody. */
    @EventType(value = "contact_export.made", description = "Somebody took contacts out, as a file.")
    record ContactExportMade(UUID exportId, Optional<UUID> listId, boolean filtered, List<String> columns) implements ContactExportEvent {}
}
