package com.ventros.crm.contacts;

import com.ventros.crm.contacts.Contacts.Key;
import com.ventros.crm.events.Cause;
import com.ventros.crm.kernel.ProjectId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds out who the people are that deliveries show, and makes the contacts that are missing.
 *
 * <p>A contact is a connected set of identities: whatever one delivery shows together belongs together, so the order
 * of deliveries makes no difference. Contacts that turn out to be connected become one.
 */
@Component
public class RecogniseContacts {

    /**
     * One person, as one or several deliveries prove them.
     *
     * @param seen  all of this one person
     * @param known the contact this person is known to be, if something else than an address told it
     */
    public record Person(ProjectId project, List<Seen> seen, Optional<ContactId> known, Cause cause) {}

    /** Somebody as seen at a time by the provider's clock. */
    public record Seen(Sighting sighting, Instant at) {}

    private final Contacts contacts;

    RecogniseContacts(Contacts contacts) {
        this.contacts = contacts;
    }

    /**
     * Makes this transaction the only one that recognises contacts in these projects until it ends. To be taken before
     * reading what the work depends on, so that nobody is recognised twice and no two such works wait for each other.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void lock(Collection<ProjectId> projects) {
        contacts.lock(projects);
    }

    /** Who each of the persons is, in the order given. */
    @Transactional
    public List<ContactId> handle(List<Person> persons) {
        if (persons.isEmpty()) return List.of();
        contacts.lock(new LinkedHashSet<>(persons.stream().map(Person::project).toList()));
        var identities = persons.stream().map(RecogniseContacts::identities).toList();
        var groups = new Groups(persons.size());
        var holder = new HashMap<Key, Integer>();
        for (int i = 0; i < persons.size(); i++) {
            for (var key : identities.get(i)) {
                var other = holder.putIfAbsent(key, i);
                if (other != null) groups.join(i, other);
            }
        }
        var ids = new HashMap<ContactId, Integer>();
        for (int i = 0; i < persons.size(); i++) {
            var known = persons.get(i).known();
            if (known.isEmpty()) continue;
            var other = ids.putIfAbsent(known.get(), i);
            if (other != null) groups.join(i, other);
        }
        var found = contacts.find(holder.keySet(), ids.keySet());
        var contactsOf = new HashMap<Integer, Set<Contact>>();
        for (var contact : found) {
            var members = new TreeSet<Integer>();
            contact.identities().forEach(identity -> {
                var person = holder.get(new Key(contact.project, identity));
                if (person != null) members.add(person);
            });
            if (ids.containsKey(contact.id)) members.add(ids.get(contact.id));
            for (var member : members) groups.join(members.first(), member);
            contactsOf.computeIfAbsent(members.first(), _ -> new LinkedHashSet<>()).add(contact);
        }
        return settle(persons, identities, groups, contactsOf);
    }

    private List<ContactId> settle(List<Person> persons, List<Set<Key>> identities, Groups groups,
            Map<Integer, Set<Contact>> contactsOf) {
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var members = new TreeMap<Integer, List<Integer>>();
        for (int i = 0; i < persons.size(); i++) members.computeIfAbsent(groups.of(i), _ -> new ArrayList<>()).add(i);
        var result = new ContactId[persons.size()];
        var saved = new ArrayList<Contact>();
        var causes = new HashMap<Contact, Cause>();
        var absorbed = new LinkedHashMap<ContactId, ContactId>();
        for (var group : members.values()) {
            var proven = new TreeSet<Identity>();
            var known = new TreeSet<>(Contact.BY_AGE);
            Optional<ContactName> name = Optional.empty();
            for (var member : group) {
                identities.get(member).forEach(key -> proven.add(key.identity()));
                known.addAll(contactsOf.getOrDefault(member, Set.of()));
                name = best(name, persons.get(member).seen());
            }
            var contact = known.isEmpty()
                    ? Contact.met(persons.get(group.getFirst()).project(), proven, name, now)
                    : known.removeFirst();
            for (var other : known) {
                contact.absorb(other);
                absorbed.put(other.id, contact.id);
            }
            contact.link(proven);
            name.ifPresent(contact::call);
            group.forEach(member -> persons.get(member).seen().forEach(one -> contact.seen(one.at())));
            causes.put(contact, persons.get(group.getFirst()).cause());
            saved.add(contact);
            for (var member : group) result[member] = contact.id;
        }
        contacts.save(saved, absorbed, now, causes::get);
        return List.of(result);
    }

    private static Optional<ContactName> best(Optional<ContactName> name, List<Seen> seen) {
        for (var one : seen) {
            var told = one.sighting().pushName().flatMap(pushName -> ContactName.told(pushName, one.at()));
            if (told.isEmpty()) continue;
            name = Optional.of(name.map(best -> best.orBetter(told.get())).orElse(told.get()));
        }
        return name;
    }

    private static Set<Key> identities(Person person) {
        var keys = new LinkedHashSet<Key>();
        for (var one : person.seen()) {
            one.sighting().phone().ifPresent(phone -> keys.add(new Key(person.project(), Identity.of(phone))));
            one.sighting().lid().ifPresent(lid -> keys.add(new Key(person.project(), Identity.ofLid(lid))));
        }
        return keys;
    }

    /** Which of the persons are one and the same: sets that only ever grow together. */
    private static final class Groups {
        private final int[] parent;

        Groups(int size) {
            parent = new int[size];
            for (int i = 0; i < size; i++) parent[i] = i;
        }

        int of(int member) {
            while (parent[member] != member) member = parent[member] = parent[parent[member]];
            return member;
        }

        void join(int a, int b) {
            int first = Math.min(of(a), of(b));
            int second = Math.max(of(a), of(b));
            parent[second] = first;
        }
    }
}
