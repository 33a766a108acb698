package com.ventros.crm.contacts;

import com.ventros.crm.events.Cause;
import com.ventros.crm.kernel.Refusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * People say that two contacts are one person, and may take it back. The one that is merged stays as it is and becomes a
 * part of the other: what comes for its addresses is kept with it, what people do is done to the contact that is shown.
 */
@Component
public class MergeContacts {

    private static final Comparator<Contact> FIRST_MERGED =
            Comparator.<Contact, Instant>comparing(part -> part.part().orElseThrow().since()).thenComparing(Contact.BY_AGE);

    private final Contacts contacts;
    private final Tags tags;
    private final List<Loans> loans;

    MergeContacts(Contacts contacts, Tags tags, List<Loans> loans) {
        this.contacts = contacts;
        this.tags = tags;
        this.loans = loans;
    }

    /** {@code other} is shown as a part of {@code into} from now on; parts that it has come along. */
    @Transactional
    public void merge(ContactId into, ContactId other) {
        contacts.lock(List.of(find(contacts.survivor(into), Refusal.notFound("contact")).project));
        var wholeId = contacts.survivor(into);
        var otherId = contacts.survivor(other);
        if (wholeId.equals(otherId)) throw Refusal.conflict("same_contact", "The two are one contact already.");
        var parts = contacts.parts(otherId);
        var all = contacts.findForUpdate(Stream.concat(parts.stream(), Stream.of(wholeId, otherId)).toList());
        var whole = one(all, wholeId, Refusal.notFound("contact"));
        var absorbed = one(all, otherId, Refusal.invalid("contactId", "unknown", "There is no such contact."));
        if (!whole.project.equals(absorbed.project)) {
            throw Refusal.conflict("other_project", "The two are in different projects.");
        }
        whole.mustBePresent();
        absorbed.mustBePresent();
        var now = now();
        var left = new ArrayList<>(all);
        left.removeAll(List.of(whole, absorbed));
        left.sort(FIRST_MERGED);
        while (!left.isEmpty()) release(absorbed, left.removeFirst(), left, now);
        join(whole, absorbed, now);
        for (var part : parts) join(whole, find(part, Refusal.notFound("contact")), now);
        contacts.save(whole, now, Cause.current());
    }

    /** {@code part} is somebody of their own again, with what is its own and what came for it meanwhile. */
    @Transactional
    public void undo(ContactId shown, ContactId part) {
        contacts.lock(List.of(find(part, Refusal.notFound("merge")).project));
        var wholeId = contacts.survivor(shown);
        var all = contacts.findForUpdate(Stream.concat(contacts.parts(wholeId).stream(), Stream.of(wholeId)).toList());
        var whole = one(all, wholeId, Refusal.notFound("contact"));
        var left = new ArrayList<>(all);
        left.remove(whole);
        var leaving = one(left, part, Refusal.notFound("merge"));
        left.remove(leaving);
        left.sort(FIRST_MERGED);
        release(whole, leaving, left, now());
        contacts.save(whole, now(), Cause.current());
    }

    private void join(Contact whole, Contact other, Instant now) {
        loans.forEach(one -> one.lend(other.id, whole.id, other.id));
        whole.take(other, now);
        contacts.save(other, now, Cause.current());
        if (!other.isDeleted()) tags.count(List.of(other.id), -1);
    }

    private void release(Contact whole, Contact leaving, List<Contact> left, Instant now) {
        loans.forEach(one -> one.takeBack(leaving.id, whole.id));
        whole.giveBack(leaving, left);
        contacts.save(leaving, now, Cause.current());
        if (!leaving.isDeleted()) tags.count(List.of(leaving.id), 1);
    }

    private Contact find(ContactId id, Refusal otherwise) {
        return one(contacts.find(List.of(), List.of(id)), id, otherwise);
    }

    private static Contact one(List<Contact> all, ContactId id, Refusal otherwise) {
        return all.stream().filter(contact -> contact.id.equals(id)).findFirst().orElseThrow(() -> otherwise);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
