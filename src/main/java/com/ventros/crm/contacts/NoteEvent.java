package com.ventros.crm.contacts;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.util.UUID;

/** Everything that can happen to a note, as other modules see it. */
public sealed interface NoteEvent extends DomainEvent {

    @EventType(value = "note.created", description = "Somebody wrote something down about a contact.")
    record NoteCreated(UUID noteId, UUID contactId, String type, String priority, String text) implements NoteEvent {}

    @EventType(value = "note.edited", description = "A note says something else now; its earlier wording is kept.")
    record NoteEdited(UUID noteId, UUID contactId, String type, String priority, String text) implements NoteEvent {}

    /** Raised once for each member whom a note did not mention before. */
    @EventType(value = "note.mentioned", description = "A note mentions a member, who is to be told.")
    record NoteMentioned(UUID noteId, UUID contactId, UUID userId, String text) implements NoteEvent {}

    /** Raised once for each member whom a note mentioned before. */
    @EventType(value = "note.unmentioned", description = "A note mentions a member no longer.")
    record NoteUnmentioned(UUID noteId, UUID contactId, UUID userId) implements NoteEvent {}

    @EventType(value = "note.pinned", description = "A note stands above the others from now on.")
    record NotePinned(UUID noteId, UUID contactId) implements NoteEvent {}

    @EventType(value = "note.unpinned", description = "A note stands among the others again.")
    record NoteUnpinned(UUID noteId, UUID contactId) implements NoteEvent {}

    @EventType(value = "note.deleted", description = "A note is no longer shown; it can be restored.")
    record NoteDeleted(UUID noteId, UUID contactId) implements NoteEvent {}

    @EventType(value = "note.restored", description = "A deleted note is shown again.")
    record NoteRestored(UUID noteId, UUID contactId) implements NoteEvent {}
}
