package com.ventros.crm.conversations;

import com.ventros.crm.agents.AgentId;
import com.ventros.crm.agents.TeamId;
import com.ventros.crm.contacts.Tag;
import com.ventros.crm.kernel.Currencies;
import com.ventros.crm.kernel.Refusal;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What people and rules say about a session: who has it, how urgent it is, what came of it.
 *
 * @param assignedAt    when somebody was last given it, or it was taken from them; null for never
 * @param conversion    what it led to; of two sessions that are one, what was first
 * @param reopenedUntil how long silence does not end it after a person opened it again; null for always
 */
record Care(Optional<AgentId> agent, Optional<TeamId> team, Instant assignedAt, Priority priority, List<Tag> outcomes,
            Instant reopenedUntil, Optional<Conversion> conversion) {

    enum Priority { LOW, NORMAL, HIGH, URGENT }

    /** What it led to, and what that is worth. */
    record Conversion(Instant at, Tag outcome, Optional<Worth> worth) {}

    /** In the currency's smallest parts. */
    record Worth(long amount, Currency currency) {

        /** A thousand million millions: more than anything is worth, and exact in every JSON reader. */
        private static final long MOST = 1_000_000_000_000_000L;

        static Worth typed(Long amount, String currency) {
            if (amount == null || amount < 0 || amount > MOST) {
                throw Refusal.invalid("value.amount", "invalid",
                        "An amount is a whole number of the currency's smallest parts, from 0 to " + MOST + ".");
            }
            return new Worth(amount, Currencies.read("value.currency", currency == null ? "" : currency));
        }
    }

    static final Care NONE = new Care(Optional.empty(), Optional.empty(), null, Priority.NORMAL, List.of(), null,
            Optional.empty());

    /** More would say nothing any more. */
    static final int MOST_OUTCOMES = 20;

    Care givenTo(Optional<AgentId> nextAgent, Optional<TeamId> nextTeam, Instant at) {
        return new Care(nextAgent, nextTeam, at, priority, outcomes, reopenedUntil, conversion);
    }

    Care urgent(Priority next) {
        return new Care(agent, team, assignedAt, next, outcomes, reopenedUntil, conversion);
    }

    /** What it was converted to stays among them. */
    Care cameTo(Collection<Tag> next) {
        var sorted = new TreeSet<>(next.stream().map(Tag::name).toList());
        conversion.ifPresent(known -> sorted.add(known.outcome().name()));
        return new Care(agent, team, assignedAt, priority, sorted.stream().map(Tag::new).toList(), reopenedUntil,
                conversion);
    }

    Care reopened(Instant until) {
        return new Care(agent, team, assignedAt, priority, outcomes, until, conversion);
    }

    Care converted(Conversion to) {
        return new Care(agent, team, assignedAt, priority, outcomes, reopenedUntil, Optional.of(to));
    }

    /** Of two sessions that are one: whoever was given it later has it, and it is as urgent as either. */
    Care and(Care other) {
        var last = later(assignedAt, other.assignedAt);
        var holder = last == null || last.equals(assignedAt) ? this : other;
        var all = new TreeSet<String>();
        outcomes.forEach(tag -> all.add(tag.name()));
        other.outcomes.forEach(tag -> all.add(tag.name()));
        var first = Stream.of(conversion, other.conversion).flatMap(Optional::stream).min(Comparator.comparing(Conversion::at));
        var kept = Stream.concat(first.map(to -> to.outcome().name()).stream(), all.stream()).distinct().limit(MOST_OUTCOMES);
        return new Care(holder.agent, holder.team, last,
                priority.compareTo(other.priority) >= 0 ? priority : other.priority,
                kept.sorted().map(Tag::new).toList(), later(reopenedUntil, other.reopenedUntil), first);
    }

    /** The later of two times, either of which may be missing. */
    static Instant later(Instant a, Instant b) {
        return a == null || b != null && b.isAfter(a) ? b : a;
    }
}
