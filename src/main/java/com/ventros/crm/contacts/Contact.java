package com.ventros.crm.contacts;

import com.ventros.crm.contacts.ContactEvent.ContactCreated;
import com.ventros.crm.contacts.ContactEvent.ContactCustomFieldSet;
import com.ventros.crm.contacts.ContactEvent.ContactDeleted;
import com.ventros.crm.contacts.ContactEvent.ContactEmailSet;
import com.ventros.crm.contacts.ContactEvent.ContactIdentityLinked;
import com.ventros.crm.contacts.ContactEvent.ContactIdentityUnlinked;
import com.ventros.crm.contacts.ContactEvent.ContactMergeReversed;
import com.ventros.crm.contacts.ContactEvent.ContactMerged;
import com.ventros.crm.contacts.ContactEvent.ContactNameChanged;
import com.ventros.crm.contacts.ContactEvent.ContactNameRemoved;
import com.ventros.crm.contacts.ContactEvent.ContactPhoneSet;
import com.ventros.crm.contacts.ContactEvent.ContactRestored;
import com.ventros.crm.contacts.ContactEvent.ContactTagAdded;
import com.ventros.crm.contacts.ContactEvent.ContactTagRemoved;
import com.ventros.crm.contacts.ContactEvent.ContactUpdated;
import com.ventros.crm.contacts.ContactEvent.FieldSet;
import com.ventros.crm.contacts.ContactEvent.OtherIdentity;
import com.ventros.crm.kernel.Aggregate;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/** A person who talks to us, under every name and number they are known by. */
final class Contact extends Aggregate<ContactEvent> {

    /** Of contacts that turn out to be one person the oldest survives; ids settle a tie. */
    static final Comparator<Contact> BY_AGE =
            Comparator.<Contact, Instant>comparing(c -> c.createdAt).thenComparing(c -> c.id.value());
    /** More addresses than any person has; a list that grows without end is somebody's mistake. */
    private static final int MOST_TYPED_IDENTITIES = 50;

    /** That people merged it into another contact, which is shown for both. */
    record Part(ContactId of, Instant since) {}

    final ContactId id;
    final ProjectId project;
    final Instant createdAt;
    private final SortedSet<Identity> identities;
    private final List<Identity> linked = new ArrayList<>();
    private final List<Identity> unlinked = new ArrayList<>();
    private Optional<ContactName> name;
    private final Optional<ContactName> nameBefore;
    private Optional<Language> language;
    private boolean languageLent;
    private Optional<Part> part;
    private Optional<Instant> deletedAt;
    private final boolean wasDeleted;
    /** Whether something is so new that the contact has a new version. */
    private boolean renewed;
    /** Version of the row as it was read; 0 for a contact that has none yet. */
    final long storedVersion;

    Contact(ContactId id, ProjectId project, Instant createdAt, Optional<ContactName> name, Optional<Language> language,
            boolean languageLent, Optional<Part> part, Optional<Instant> deletedAt, Collection<Identity> identities,
            long storedVersion) {
        this.id = id;
        this.project = project;
        this.createdAt = createdAt;
        this.name = name;
        this.nameBefore = name;
        this.language = language;
        this.languageLent = languageLent;
        this.part = part;
        this.deletedAt = deletedAt;
        this.wasDeleted = deletedAt.isPresent();
        this.identities = new TreeSet<>(identities);
        this.storedVersion = storedVersion;
    }

    /** Somebody we meet for the first time. */
    static Contact met(ProjectId project, Collection<Identity> identities, Optional<ContactName> name, Instant now) {
        return entered(project, identities, name, Optional.empty(), List.of(), List.of(), now);
    }

    /** Somebody new is entered with all that people know of them: one event tells it. */
    static Contact entered(ProjectId project, Collection<Identity> identities, Optional<ContactName> name, Optional<Language> language,
            Collection<Tag> tags, List<FieldSet> fields, Instant now) {
        var contact = new Contact(ContactId.create(), project, now, name, language, false, Optional.empty(),
                Optional.empty(), identities, 0);
        contact.linked.addAll(contact.identities);
        var first = Stream.of(Identity.Kind.PHONE, Identity.Kind.LID, Identity.Kind.EMAIL).map(contact::first)
                .flatMap(Optional::stream).toList();
        contact.raise(new ContactCreated(contact.id.value(), name.map(ContactName::text), contact.value(Identity.Kind.PHONE),
                contact.value(Identity.Kind.LID), contact.value(Identity.Kind.EMAIL), language.map(Language::tag),
                contact.identities.stream().filter(identity -> !first.contains(identity))
                        .map(identity -> new OtherIdentity(code(identity), identity.value())).toList(),
                tags.stream().map(Tag::name).sorted().toList(), fields));
        return contact;
    }

    /** A delivery proves that these, too, are this person, or a person says so. */
    void link(Collection<Identity> proven) {
        for (var identity : new TreeSet<>(proven)) {
            if (!identities.add(identity)) continue;
            linked.add(identity);
            raise(new ContactIdentityLinked(id.value(), code(identity), identity.value()));
            if (identity.kind() == Identity.Kind.PHONE) raise(new ContactPhoneSet(id.value(), identity.value()));
            if (identity.kind() == Identity.Kind.EMAIL) raise(new ContactEmailSet(id.value(), identity.value()));
        }
    }

    /** A person says under what else this contact is known; a private id is never said, only proven. */
    void linkTyped(Identity identity) {
        if (identities.size() >= MOST_TYPED_IDENTITIES && !identities.contains(identity)) {
            throw Refusal.conflict("identities_too_many",
                    "A contact has at most " + MOST_TYPED_IDENTITIES + " addresses and ids.");
        }
        link(List.of(identity));
    }

    /**
     * A person says that this was somebody else's, or is no longer in use. The last number or private id stays: without
     * it the next message of the same person would seem to be a stranger's.
     */
    void unlink(Identity identity) {
        if (!identities.contains(identity)) throw Refusal.notFound("identity");
        var onWhatsApp = identities.stream().filter(Identity::isOnWhatsApp).toList();
        if (identity.kind() == Identity.Kind.LID || onWhatsApp.equals(List.of(identity))) {
            throw Refusal.conflict("identity_needed", identity.kind() == Identity.Kind.LID
                    ? "A private id is known from the channel and stays."
                    : "Add the right number first: the last one that messages come from stays.");
        }
        withdraw(identity);
    }

    /** It was never this contact's: whoever said so takes it back, and nothing has come for it. */
    void withdraw(Identity identity) {
        if (!identities.remove(identity)) return;
        unlinked.add(identity);
        renewed = true;
        raise(new ContactIdentityUnlinked(id.value(), code(identity), identity.value()));
    }

    /** Whether so many more addresses and ids can be typed. */
    boolean hasRoomFor(int more) {
        return identities.size() + more <= MOST_TYPED_IDENTITIES;
    }

    /** Somebody calls this person so; a name that a person gave is never overwritten by the channel's. */
    void call(ContactName candidate) {
        var better = name.map(known -> known.orBetter(candidate)).orElse(candidate);
        var unchanged = name.filter(known -> known.text().equals(better.text()) && known.by() == better.by()).isPresent();
        name = Optional.of(better);
        if (!unchanged) {
            renewed = true;
            raise(new ContactNameChanged(id.value(), better.text(), better.by().name().toLowerCase(Locale.ROOT)));
        }
    }

    /** Whoever gave the present name takes it back: the contact is called as it was before, or nothing. */
    void callAsBefore(Optional<ContactName> before) {
        name = before;
        renewed = true;
        raise(before.<ContactEvent>map(known -> new ContactNameChanged(id.value(), known.text(), known.by().name().toLowerCase(Locale.ROOT)))
                .orElseGet(() -> new ContactNameRemoved(id.value())));
    }

    /** A person says that this is not the name; the channel may tell one again. */
    void callNothing() {
        if (name.isPresent()) callAsBefore(Optional.empty());
    }

    /** A person says in which language to speak with this one; empty when that is not known. */
    void speak(Optional<Language> now) {
        if (language.equals(now)) {
            // Said again, it is this contact's own.
            renewed |= languageLent;
            languageLent = false;
            return;
        }
        language = now;
        languageLent = false;
        renewed = true;
        raise(new ContactUpdated(id.value(), language.map(Language::tag)));
    }

    /** These tags are new on this contact. */
    void tagged(Collection<Tag> added) {
        for (var tag : added) {
            renewed = true;
            raise(new ContactTagAdded(id.value(), tag.name()));
        }
    }

    /** These tags were on this contact until now. */
    void untagged(Collection<Tag> removed) {
        for (var tag : removed) {
            renewed = true;
            raise(new ContactTagRemoved(id.value(), tag.name()));
        }
    }

    /** A custom field has this value now, or none. */
    void fieldSet(UUID field, String key, Optional<Object> value) {
        renewed = true;
        raise(new ContactCustomFieldSet(id.value(), field, key, value));
    }

    /** A person no longer wants to see this contact. */
    void delete(Instant now) {
        if (isDeleted()) return;
        deletedAt = Optional.of(now);
        renewed = true;
        raise(new ContactDeleted(id.value()));
    }

    /** It was not to be deleted after all. */
    void restore() {
        if (!isDeleted()) return;
        deletedAt = Optional.empty();
        renewed = true;
        raise(new ContactRestored(id.value()));
    }

    /** Somebody deleted who writes again is back: no message is hidden because of what was tidied up before. */
    void seen(Instant at) {
        if (deletedAt.filter(at::isAfter).isPresent()) restore();
    }

    /** The other contact was this person all along; its addresses come over without being news. */
    void absorb(Contact other) {
        identities.addAll(other.identities);
        renewed = true;
        raise(new ContactMerged(id.value(), other.id.value()));
        other.name.ifPresent(this::call);
        if (language.isEmpty()) speak(other.language);
        if (!other.isDeleted()) restore();
    }

    /** People say that the other is this person, too: it is shown as a part of this contact and stays what it is. */
    void take(Contact other, Instant now) {
        renewed = true;
        raise(new ContactMerged(id.value(), other.id.value()));
        borrow(other);
        other.part = Optional.of(new Part(id, now));
        other.renewed = true;
    }

    /** The other was somebody else after all; {@code left} are the parts that stay, which may lend what it lent. */
    void giveBack(Contact other, Collection<Contact> left) {
        renewed = true;
        raise(new ContactMergeReversed(id.value(), other.id.value()));
        var lent = name.filter(ContactName::isLent);
        if (lent.isPresent()) name = Optional.empty();
        if (languageLent) speak(Optional.empty());
        left.forEach(this::borrow);
        if (lent.isPresent() && name.isEmpty()) raise(new ContactNameRemoved(id.value()));
        other.part = Optional.empty();
        other.renewed = true;
        other.raise(new ContactMergeReversed(other.id.value(), id.value()));
    }

    private void borrow(Contact other) {
        if (name.isEmpty()) other.name.filter(own -> !own.isLent()).map(ContactName::lent).ifPresent(this::call);
        if (language.isEmpty() && other.language.isPresent()) {
            speak(other.language);
            languageLent = true;
        }
    }

    /** Refuses work on a contact that is deleted. */
    void mustBePresent() {
        if (isDeleted()) throw deleted();
    }

    static Refusal deleted() {
        return Refusal.conflict("contact_deleted", "This contact is deleted; restore it first.");
    }

    Optional<ContactName> name() {
        return name;
    }

    Optional<Language> language() {
        return language;
    }

    /** Empty when a part of this contact lends the one that is shown. */
    Optional<Language> ownLanguage() {
        return languageLent ? Optional.empty() : language;
    }

    boolean languageLent() {
        return languageLent;
    }

    /** Into which contact people merged it, if they did. */
    Optional<Part> part() {
        return part;
    }

    Optional<Instant> deletedAt() {
        return deletedAt;
    }

    boolean isDeleted() {
        return deletedAt.isPresent();
    }

    /** Whether this work deleted the contact or brought it back. */
    boolean wentOrCame() {
        return wasDeleted != isDeleted();
    }

    SortedSet<Identity> identities() {
        return Collections.unmodifiableSortedSet(identities);
    }

    /** Identities that this work added and no row has yet. */
    List<Identity> linked() {
        return linked;
    }

    /** Identities that this work removed and that still have a row. */
    List<Identity> unlinked() {
        return unlinked;
    }

    /** Whether the row must be written; a name told once more, only later, is kept but is no new version. */
    boolean changed() {
        return renewed() || !name.equals(nameBefore);
    }

    /** Version that the row has once this is saved. */
    long version() {
        return storedVersion + (renewed() ? 1 : 0);
    }

    /** Whether more is new than when the name was told last. */
    boolean renewed() {
        return storedVersion == 0 || renewed || !linked.isEmpty();
    }

    private static String code(Identity identity) {
        return identity.kind().name().toLowerCase(Locale.ROOT);
    }

    private Optional<Identity> first(Identity.Kind kind) {
        return identities.stream().filter(identity -> identity.kind() == kind).findFirst();
    }

    private Optional<String> value(Identity.Kind kind) {
        return first(kind).map(Identity::value);
    }
}
