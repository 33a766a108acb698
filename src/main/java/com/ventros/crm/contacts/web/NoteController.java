package com.ventros.crm.contacts.web;

import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.contacts.ContactView;
import com.ventros.crm.contacts.NoteView;
import com.ventros.crm.contacts.WriteNotes;
import com.ventros.crm.http.Cursor;
import com.ventros.crm.http.IfMatch;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Paging;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Principal;
import com.ventros.crm.http.Requires;
import com.ventros.crm.kernel.Refusal;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What people write down about a contact. */
@RestController
@RequestMapping("/api/v1/contacts/{contactId}/notes")
class NoteController {

    record NewNote(String type, String priority, String text, List<UUID> mentions) {}

    /** What to change; what is missing stays. */
    record Change(String type, String priority, String text, List<UUID> mentions, Boolean pinned) {}

    private final WriteNotes write;
    private final NoteView view;
    private final ContactView contacts;

    NoteController(WriteNotes write, NoteView view, ContactView contacts) {
        this.write = write;
        this.view = view;
        this.contacts = contacts;
    }

    /** Lists the notes on a contact, or those that were deleted, pinned ones first. */
    @Requires(Permission.CONTACT_READ)
    @GetMapping
    Page<NoteView.Shown> list(@PathVariable UUID contactId, @RequestParam Optional<Boolean> deleted, Paging paging) {
        return Page.of(view.of(contact(contactId), deleted.orElse(false), paging), paging,
                note -> Cursor.after(note.pinned() ? 1 : 0, note.createdAt(), note.id()));
    }

    /** Writes a note. */
    @Requires(Permission.CONTACT_WRITE)
    @PostMapping
    ResponseEntity<NoteView.Shown> write(@PathVariable UUID contactId, Principal principal, @RequestBody NewNote request) {
        var id = write.write(new WriteNotes.New(new ContactId(contactId),
                request.type() == null ? "general" : request.type(),
                request.priority() == null ? "normal" : request.priority(), request.text(),
                members(request.mentions() == null ? List.of() : request.mentions()), principal.name()));
        var note = find(contactId, id);
        return ResponseEntity.created(URI.create("/api/v1/contacts/" + contactId + "/notes/" + id))
                .eTag(IfMatch.etag(note.version())).body(note);
    }

    /** Shows a note. */
    @Requires(Permission.CONTACT_READ)
    @GetMapping("/{id}")
    ResponseEntity<NoteView.Shown> get(@PathVariable UUID contactId, @PathVariable UUID id) {
        var note = find(contactId, id);
        return IfMatch.ok(note.version(), note);
    }

    /** Changes a note; what it said before is kept. */
    @Requires(Permission.CONTACT_WRITE)
    @PatchMapping("/{id}")
    ResponseEntity<NoteView.Shown> change(@PathVariable UUID contactId, @PathVariable UUID id, IfMatch seen,
            Principal principal, @RequestBody Change request) {
        write.change(new WriteNotes.Change(new ContactId(contactId), id, Optional.ofNullable(request.type()),
                Optional.ofNullable(request.priority()), Optional.ofNullable(request.text()),
                Optional.ofNullable(request.mentions()).map(NoteController::members),
                Optional.ofNullable(request.pinned()), principal.name()), seen::mustBe);
        return get(contactId, id);
    }

    /** Deletes a note, which can be restored. */
    @Requires(Permission.CONTACT_WRITE)
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID contactId, @PathVariable UUID id, Principal principal) {
        write.delete(new ContactId(contactId), id, principal.name());
    }

    /** Restores a deleted note. */
    @Requires(Permission.CONTACT_WRITE)
    @PostMapping("/{id}/restore")
    ResponseEntity<NoteView.Shown> restore(@PathVariable UUID contactId, @PathVariable UUID id, Principal principal) {
        write.restore(new ContactId(contactId), id, principal.name());
        return get(contactId, id);
    }

    /** Lists what the note said before. */
    @Requires(Permission.CONTACT_READ)
    @GetMapping("/{id}/history")
    Page<NoteView.Earlier> history(@PathVariable UUID contactId, @PathVariable UUID id, Paging paging) {
        return Page.of(view.history(find(contactId, id).id(), paging), paging, one -> Cursor.after(one.version()));
    }

    private UUID contact(UUID id) {
        return contacts.find(new ContactId(id)).orElseThrow(() -> Refusal.notFound("contact")).id();
    }

    private NoteView.Shown find(UUID contact, UUID id) {
        return view.find(contact(contact), id).orElseThrow(() -> Refusal.notFound("note"));
    }

    private static Set<UUID> members(List<UUID> given) {
        if (given.stream().anyMatch(Objects::isNull)) throw Refusal.invalid("mentions", "required", "None of them is null.");
        return new LinkedHashSet<>(given);
    }
}
