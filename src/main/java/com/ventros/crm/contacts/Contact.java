package com.ventros.crm.contacts;

import com.ventros.crm.contacts.ContactEvent.ContactCreated;
import com.ventros.crm.contacts.ContactEvent.ContactIdentityLinked;
import com.ventros.crm.contacts.ContactEvent.ContactMerged;
import com.ventros.crm.contacts.ContactEvent.ContactNameChanged;
import com.ventros.crm.contacts.ContactEvent.ContactPhoneSet;
import com.ventros.crm.kernel.Aggregate;
import com.ventros.crm.kernel.ProjectId;
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

/** A person who talks to us, under every name and number they are known by. */
final class Contact extends Aggregate<ContactEvent> {

    /** Of contacts that turn out to be one person the oldest survives; ids settle a tie. */
    static final Comparator<Contact> BY_AGE =
            Comparator.<Contact, Instant>comparing(c -> c.createdAt).thenComparing(c -> c.id.value());

    final ContactId id;
    final ProjectId project;
    final Instant createdAt;
    private final SortedSet<Identity> identities;
    private final List<Identity> linked = new ArrayList<>();
    private Optional<ContactName> name;
    private final Optional<ContactName> nameBefore;
    private boolean absorbedSomebody;
    private boolean renamed;
    /** Version of the row as it was read; 0 for a contact that has none yet. */
    final long storedVersion;

    Contact(ContactId id, ProjectId project, Instant createdAt, Optional<ContactName> name,
            Collection<Identity> identities, long storedVersion) {
        this.id = id;
        this.project = project;
        this.createdAt = createdAt;
        this.name = name;
        this.nameBefore = name;
        this.identities = new TreeSet<>(identities);
        this.storedVersion = storedVersion;
    }

    /** Somebody we meet for the first time. */
    static Contact met(ProjectId project, Collection<Identity> identities, Optional<ContactName> name, Instant now) {
        var contact = new Contact(ContactId.create(), project, now, name, identities, 0);
        contact.linked.addAll(contact.identities);
        contact.raise(new ContactCreated(contact.id.value(), name.map(ContactName::text),
                contact.first(Identity.Kind.PHONE), contact.first(Identity.Kind.LID)));
        return contact;
    }

    /** A delivery proves that these, too, are this person. */
    void link(Collection<Identity> proven) {
        for (var identity : new TreeSet<>(proven)) {
            if (!identities.add(identity)) continue;
            linked.add(identity);
            raise(new ContactIdentityLinked(id.value(), identity.kind().name().toLowerCase(Locale.ROOT),
                    identity.value()));
            if (identity.kind() == Identity.Kind.PHONE) raise(new ContactPhoneSet(id.value(), identity.value()));
        }
    }

    /** Somebody calls this person so; a name that a person gave is never overwritten by the channel's. */
    void call(ContactName candidate) {
        var better = name.map(known -> known.orBetter(candidate)).orElse(candidate);
        var unchanged = name.filter(known -> known.text().equals(better.text()) && known.by() == better.by()).isPresent();
        name = Optional.of(better);
        if (!unchanged) {
            renamed = true;
            raise(new ContactNameChanged(id.value(), better.text(), better.by().name().toLowerCase(Locale.ROOT)));
        }
    }

    /** The other contact was this person all along; its addresses come over without being news. */
    void absorb(Contact other) {
        identities.addAll(other.identities);
        absorbedSomebody = true;
        raise(new ContactMerged(id.value(), other.id.value()));
        other.name.ifPresent(this::call);
    }

    Optional<ContactName> name() {
        return name;
    }

    SortedSet<Identity> identities() {
        return Collections.unmodifiableSortedSet(identities);
    }

    /** Identities that this work added and no row has yet. */
    List<Identity> linked() {
        return linked;
    }

    /** Whether the row must be written; a name told once more, only later, is kept but is no new version. */
    boolean changed() {
        return renewed() || !name.equals(nameBefore);
    }

    /** Version that the row has once this is saved. */
    long version() {
        return storedVersion + (renewed() ? 1 : 0);
    }

    private boolean renewed() {
        return storedVersion == 0 || absorbedSomebody || !linked.isEmpty() || renamed;
    }

    private Optional<String> first(Identity.Kind kind) {
        return identities.stream().filter(identity -> identity.kind() == kind).map(Identity::value).findFirst();
    }
}
