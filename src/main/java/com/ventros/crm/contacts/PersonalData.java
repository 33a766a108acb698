package com.ventros.crm.contacts;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * Whoever keeps something of people. Contacts know none of them; they are asked, in one transaction, when a person wants to see
 * what is kept or to be forgotten. {@link HeldRows} does the most of it.
 */
public interface PersonalData {

    /**
     * One person: the contact that is shown, its parts, and all that they are known under.
     *
     * @param absorbed ids of contacts that turned out to be this person
     */
    record Person(UUID contact, Set<UUID> contacts, Set<UUID> absorbed, Collection<Identity> identities) {}

    /**
     * What was removed.
     *
     * @param rows       how many of which tables
     * @param aggregates whose events told of the person
     * @param files      how many are in nobody's message any more
     */
    record Removed(Map<String, Long> rows, Set<UUID> aggregates, int files) {

        /** Both. */
        public Removed and(Removed more) {
            var all = new TreeMap<>(rows);
            more.rows.forEach((table, count) -> all.merge(table, count, Long::sum));
            var both = new TreeSet<>(aggregates);
            both.addAll(more.aggregates);
            return new Removed(all, both, files + more.files);
        }
    }

    /** All rows that are kept of the person, by their tables. */
    Map<String, List<JsonNode>> of(Person person);

    /** Removes them. */
    Removed erase(Person person);
}
