package com.ventros.crm.contacts;

import com.ventros.crm.accounts.AccountView;
import com.ventros.crm.accounts.UserId;
import com.ventros.crm.kernel.Codes;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Uuids;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** People write down what they know of a contact, for each other. */
@Component
public class WriteNotes {

    /** {@code author} is the writer's name. */
    public record New(ContactId contact, String type, String priority, String text, Set<UUID> mentions, String author) {}

    /** What to change; what is empty stays. {@code editor} is the name of whoever does. */
    public record Change(ContactId contact, UUID note, Optional<String> type, Optional<String> priority,
            Optional<String> text, Optional<Set<UUID>> mentions, Optional<Boolean> pinned, String editor) {}

    /** More people than work on one case. */
    private static final int MOST_MENTIONS = 20;

    private final Notes notes;
    private final Contacts contacts;
    private final AccountView accounts;

    WriteNotes(Notes notes, Contacts contacts, AccountView accounts) {
        this.notes = notes;
        this.contacts = contacts;
        this.accounts = accounts;
    }

    @Transactional
    public UUID write(New wanted) {
        var contact = contact(wanted.contact());
        contact.mustBePresent();
        var note = Note.written(Uuids.v7(), contact.id, Note.Wording.typed(wanted.type(), wanted.priority(), wanted.text()),
                members(wanted.mentions(), Set.of()), now());
        notes.add(note, contact.project, wanted.author());
        return note.id;
    }

    /** {@code version} refuses unless it is the one that the person had before their eyes. */
    @Transactional
    public void change(Change wanted, LongConsumer version) {
        change(wanted.contact(), wanted.note(), wanted.editor(), note -> {
            version.accept(note.storedVersion);
            var old = note.wording();
            note.edit(Note.Wording.typed(wanted.type().orElse(Codes.of(old.type())),
                    wanted.priority().orElse(Codes.of(old.priority())), wanted.text().orElse(old.text())), now());
            wanted.mentions().ifPresent(mentioned -> note.mention(members(mentioned, note.mentions())));
            wanted.pinned().ifPresent(note::pin);
        });
    }

    @Transactional
    public void delete(ContactId contact, UUID id, String editor) {
        change(contact, id, editor, note -> note.delete(now()));
    }

    @Transactional
    public void restore(ContactId contact, UUID id, String editor) {
        change(contact, id, editor, Note::restore);
    }

    private void change(ContactId id, UUID noteId, String editor, Consumer<Note> what) {
        var contact = contact(id);
        contact.mustBePresent();
        var note = notes.findForUpdate(contact.id, noteId).orElseThrow(() -> Refusal.notFound("note"));
        what.accept(note);
        notes.save(note, contact.project, editor, now());
    }

    private Contact contact(ContactId id) {
        return contacts.find(List.of(), List.of(contacts.hold(id, "key share"))).stream().findFirst()
                .orElseThrow(() -> Refusal.notFound("contact"));
    }

    /** Those who have left since they were mentioned stay so. */
    private Set<UUID> members(Set<UUID> mentioned, Set<UUID> before) {
        if (mentioned.size() > MOST_MENTIONS) {
            throw Refusal.invalid("mentions", "length", "At most " + MOST_MENTIONS + " members.");
        }
        for (var user : mentioned) {
            if (!before.contains(user) && accounts.member(new UserId(user)).filter(AccountView.Member::active).isEmpty()) {
                throw Refusal.invalid("mentions", "member_unknown", "Nobody of this id works here.");
            }
        }
        return mentioned;
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
