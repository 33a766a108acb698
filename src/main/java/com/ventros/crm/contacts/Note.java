package com.ventros.crm.contacts;

import com.ventros.crm.contacts.NoteEvent.NoteCreated;
import com.ventros.crm.contacts.NoteEvent.NoteDeleted;
import com.ventros.crm.contacts.NoteEvent.NoteEdited;
import com.ventros.crm.contacts.NoteEvent.NoteMentioned;
import com.ventros.crm.contacts.NoteEvent.NotePinned;
import com.ventros.crm.contacts.NoteEvent.NoteRestored;
import com.ventros.crm.contacts.NoteEvent.NoteUnmentioned;
import com.ventros.crm.contacts.NoteEvent.NoteUnpinned;
import com.ventros.crm.kernel.Aggregate;
import com.ventros.crm.kernel.Codes;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Text;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Something written down about a contact, for the people who work here. */
final class Note extends Aggregate<NoteEvent> {

    enum Type { GENERAL, CALL, MEETING, COMPLAINT, FOLLOW_UP }

    enum Priority { LOW, NORMAL, HIGH, URGENT }

    /** What a note says, and how urgent that is. */
    record Wording(Type type, Priority priority, String text) {

        /** Some pages; what is longer is a document. */
        private static final int LONGEST = 10_000;

        /** What somebody typed; refused when it is no note. */
        static Wording typed(String type, String priority, String text) {
            var stored = text == null ? "" : Text.storable(text).strip();
            if (Text.isInvisible(stored) || stored.codePointCount(0, stored.length()) > LONGEST) {
                throw Refusal.invalid("text", "length", "A note has 1 to " + LONGEST + " characters.");
            }
            return new Wording(Codes.read("type", type, Type.values()), Codes.read("priority", priority, Priority.values()),
                    stored);
        }
    }

    final UUID id;
    final ContactId contact;
    final Instant createdAt;
    final Wording storedWording;
    private Wording wording;
    private Set<UUID> mentions;
    private boolean pinned;
    private Optional<Instant> editedAt;
    private Optional<Instant> deletedAt;
    private boolean changed;
    /** Version of the row as it was read; 0 for a note that has none yet. */
    final long storedVersion;

    Note(UUID id, ContactId contact, Wording wording, Collection<UUID> mentions, boolean pinned, Instant createdAt,
            Optional<Instant> editedAt, Optional<Instant> deletedAt, long storedVersion) {
        this.id = id;
        this.contact = contact;
        this.wording = wording;
        this.storedWording = wording;
        this.mentions = Set.copyOf(mentions);
        this.pinned = pinned;
        this.createdAt = createdAt;
        this.editedAt = editedAt;
        this.deletedAt = deletedAt;
        this.storedVersion = storedVersion;
    }

    static Note written(UUID id, ContactId contact, Wording wording, Set<UUID> mentions, Instant now) {
        var note = new Note(id, contact, wording, Set.of(), false, now, Optional.empty(), Optional.empty(), 0);
        note.raise(new NoteCreated(id, contact.value(), Codes.of(wording.type()), Codes.of(wording.priority()), wording.text()));
        note.mention(mentions);
        return note;
    }

    /** It says this now. */
    void edit(Wording now, Instant at) {
        mustBePresent();
        if (wording.equals(now)) return;
        wording = now;
        editedAt = Optional.of(at);
        changed = true;
        raise(new NoteEdited(id, contact.value(), Codes.of(now.type()), Codes.of(now.priority()), now.text()));
    }

    /** It mentions these members now; those whom it mentioned before are not told again. */
    void mention(Set<UUID> members) {
        mustBePresent();
        var fresh = new LinkedHashSet<>(members);
        fresh.removeAll(mentions);
        var gone = new LinkedHashSet<>(mentions);
        gone.removeAll(members);
        changed |= !mentions.equals(members);
        mentions = Set.copyOf(members);
        fresh.forEach(member -> raise(new NoteMentioned(id, contact.value(), member, wording.text())));
        gone.forEach(member -> raise(new NoteUnmentioned(id, contact.value(), member)));
    }

    /** It stands above the others, or among them again. */
    void pin(boolean above) {
        mustBePresent();
        if (pinned == above) return;
        pinned = above;
        changed = true;
        raise(above ? new NotePinned(id, contact.value()) : new NoteUnpinned(id, contact.value()));
    }

    void delete(Instant now) {
        if (deletedAt.isPresent()) return;
        deletedAt = Optional.of(now);
        changed = true;
        raise(new NoteDeleted(id, contact.value()));
    }

    void restore() {
        if (deletedAt.isEmpty()) return;
        deletedAt = Optional.empty();
        changed = true;
        raise(new NoteRestored(id, contact.value()));
    }

    Wording wording() {
        return wording;
    }

    Set<UUID> mentions() {
        return mentions;
    }

    boolean pinned() {
        return pinned;
    }

    Optional<Instant> editedAt() {
        return editedAt;
    }

    Optional<Instant> deletedAt() {
        return deletedAt;
    }

    boolean changed() {
        return changed;
    }

    private void mustBePresent() {
        if (deletedAt.isPresent()) throw Refusal.conflict("note_deleted", "This note is deleted; restore it first.");
    }
}
