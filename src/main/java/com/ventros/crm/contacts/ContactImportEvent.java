package com.ventros.crm.contacts;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.util.List;
import java.util.UUID;

/** Everything that can happen to an import of contacts, as other modules see it. What becomes of a contact is told of the contact. */
public sealed interface ContactImportEvent extends DomainEvent {

    @EventType(value = "contact_import.created", description = "A file with contacts was handed in.")
    record ContactImportCreated(UUID importId, int rows) implements ContactImportEvent {}

    /** {@code columns}: what each column of the file is; empty for one that is left out. */
    @EventType(value = "contact_import.started", description = "The contacts of a file are being entered.")
    record ContactImportStarted(UUID importId, int rows, List<String> columns) implements ContactImportEvent {}

    @EventType(value = "contact_import.finished", description = "Every row of a file was looked at.")
    record ContactImportFinished(UUID importId, int created, int updated, int unchanged, int refused)
            implements ContactImportEvent {}

    /** The numbers are those of the rows that were entered before. */
    @EventType(value = "contact_import.cancelled", description = "An import will not go on; what was entered stays.")
    record ContactImportCancelled(UUID importId, int created, int updated, int unchanged, int refused)
            implements ContactImportEvent {}

    @EventType(value = "contact_import.undo_started", description = "What an import entered is being taken back.")
    record ContactImportUndoStarted(UUID importId) implements ContactImportEvent {}

    /** {@code left} rows had changed things that somebody has changed since. */
    @EventType(value = "contact_import.undone", description = "What an import entered was taken back where nobody had touched it since.")
    record ContactImportUndone(UUID importId, int deleted, int restored, int left) implements ContactImportEvent {}
}
