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
     * @param known the contacts this person is known to be, if something else than an address told it
     */
    public record Person(ProjectId project, List<Seen> seen, Set<ContactId> known, Cause cause) {}

    /** Somebody as seen at a time by the provider's clock. */
    public record Seen(Sighting sighting, Instant at) {}

    private final Contacts contacts;
    private final List<Loans> loans;

    RecogniseContacts(Contacts contacts, List<Loans> loans) {
        this.contacts = contacts;
        this.loans = loans;
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
            for (var known : persons.get(i).known()) {
                var other = ids.putIfAbsent(known, i);
                if (other != null) groups.join(i, other);
            }
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
        var members = members(persons.size(), groups);
        var merged = mergedByPeople(members.values(), contactsOf);
        if (proves(persons, members.values(), contactsOf, merged)) return handle(persons);
        return settle(persons, identities, members, contactsOf, merged);
    }

    private static Map<Integer, List<Integer>> members(int persons, Groups groups) {
        var members = new TreeMap<Integer, List<Integer>>();
        for (int i = 0; i < persons; i++) members.computeIfAbsent(groups.of(i), _ -> new ArrayList<>()).add(i);
        return members;
    }

    /** Of contacts that are to become one, those that people merged with others; nearly always there are none. */
    private Set<ContactId> mergedByPeople(Collection<List<Integer>> groups, Map<Integer, Set<Contact>> contactsOf) {
        var becomeOne = groups.stream().map(group -> known(group, contactsOf)).filter(known -> known.size() > 1)
                .flatMap(Collection::stream).map(contact -> contact.id).toList();
        return becomeOne.isEmpty() ? Set.of() : contacts.mergedByPeople(becomeOne);
    }

    /**
     * A delivery may prove what people said: two that they merged, or merged with others, are one. A contact can be part of
     * one other only, so what they said is made final; whether it was anything is told.
     */
    private boolean proves(List<Person> persons, Collection<List<Integer>> groups, Map<Integer, Set<Contact>> contactsOf,
            Set<ContactId> merged) {
        boolean any = false;
        for (var group : groups) {
            var several = known(group, contactsOf).stream().filter(contact -> merged.contains(contact.id)).toList();
            if (several.size() < 2) continue;
            any = true;
            var wholes = several.stream().map(contact -> contact.part().map(Contact.Part::of).orElse(contact.id)).distinct().toList();
            contacts.makeFinal(wholes, now(), persons.get(group.getFirst()).cause());
        }
        return any;
    }

    private static TreeSet<Contact> known(List<Integer> group, Map<Integer, Set<Contact>> contactsOf) {
        var known = new TreeSet<>(Contact.BY_AGE);
        group.forEach(member -> known.addAll(contactsOf.getOrDefault(member, Set.of())));
        return known;
    }

    private List<ContactId> settle(List<Person> persons, List<Set<Key>> identities, Map<Integer, List<Integer>> members,
            Map<Integer, Set<Contact>> contactsOf, Set<ContactId> merged) {
        var now = now();
        var result = new ContactId[persons.size()];
        var saved = new ArrayList<Contact>();
        var causes = new HashMap<Contact, Cause>();
        var absorbed = new LinkedHashMap<ContactId, ContactId>();
        var heard = new LinkedHashMap<ContactId, List<Integer>>();
        for (var group : members.values()) {
            var proven = new TreeSet<Identity>();
            var known = known(group, contactsOf);
            Optional<ContactName> name = Optional.empty();
            for (var member : group) {
                identities.get(member).forEach(key -> proven.add(key.identity()));
                name = best(name, persons.get(member).seen());
            }
            var contact = known.isEmpty()
                    ? Contact.met(persons.get(group.getFirst()).project(), proven, name, now)
                    // One that people merged stays, whatever its age: what they may take back hangs on it.
                    : known.stream().filter(one -> merged.contains(one.id)).findFirst().orElse(known.first());
            known.remove(contact);
            for (var other : known) {
                contact.part().ifPresent(part -> loans.forEach(one -> one.lend(other.id, part.of(), contact.id)));
                contact.absorb(other);
                absorbed.put(other.id, contact.id);
            }
            contact.link(proven);
            name.ifPresent(contact::call);
            group.forEach(member -> persons.get(member).seen().forEach(one -> contact.seen(one.at())));
            causes.put(contact, persons.get(group.getFirst()).cause());
            saved.add(contact);
            contact.part().ifPresent(part -> heard.computeIfAbsent(part.of(), _ -> new ArrayList<>()).addAll(group));
            for (var member : group) result[member] = contact.id;
        }
        // Whoever writes is shown, and so is whom people merged the writer into.
        heard.forEach((id, group) -> {
            var whole = saved.stream().filter(one -> one.id.equals(id)).findFirst()
                    .orElseGet(() -> contacts.find(List.of(), List.of(id)).getFirst());
            group.forEach(member -> persons.get(member).seen().forEach(one -> whole.seen(one.at())));
            if (causes.putIfAbsent(whole, persons.get(group.getFirst()).cause()) == null) saved.add(whole);
        });
        contacts.save(saved, absorbed, now, causes::get);
        return List.of(result);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
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
            one.sighting().external().ifPresent(id -> keys.add(new Key(person.project(), new Identity(Identity.Kind.EXTERNAL, id))));
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
