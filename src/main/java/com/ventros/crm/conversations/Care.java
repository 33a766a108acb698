package com.ventros.crm.conversations;

import com.ventros.crm.agents.AgentId;
import com.ventros.crm.agents.TeamId;
import com.ventros.crm.contacts.Tag;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What people and rules say about a session: who has it, how urgent it is, what came of it.
 *
 * @param assignedAt    when somebody was last given it, or it was taken from them; null for never
 * @param reopenedUntil how long silence does not end it after a person opened it again; null for always
 */
record Care(Optional<AgentId> agent, Optional<TeamId> team, Instant assignedAt, Priority priority, List<Tag> outcomes,
            Instant reopenedUntil) {

    enum Priority { LOW, NORMAL, HIGH, URGENT }

    static final Care NONE = new Care(Optional.empty(), Optional.empty(), null, Priority.NORMAL, List.of(), null);

    /** More would say nothing any more. */
    static final int MOST_OUTCOMES = 20;

    Care givenTo(Optional<AgentId> nextAgent, Optional<TeamId> nextTeam, Instant at) {
        return new Care(nextAgent, nextTeam, at, priority, outcomes, reopenedUntil);
    }

    Care urgent(Priority next) {
        return new Care(agent, team, assignedAt, next, outcomes, reopenedUntil);
    }

    Care cameTo(Collection<Tag> next) {
        var sorted = new TreeSet<>(next.stream().map(Tag::name).toList());
        return new Care(agent, team, assignedAt, priority, sorted.stream().map(Tag::new).toList(), reopenedUntil);
    }

    Care reopened(Instant until) {
        return new Care(agent, team, assignedAt, priority, outcomes, until);
    }

    /** Of two sessions that are one: whoever was given it later has it, and it is as urgent as either. */
    Care and(Care other) {
        var last = later(assignedAt, other.assignedAt);
        var holder = last == null || last.equals(assignedAt) ? this : other;
        var all = new TreeSet<String>();
        outcomes.forEach(tag -> all.add(tag.name()));
        other.outcomes.forEach(tag -> all.add(tag.name()));
        return new Care(holder.agent, holder.team, last,
                priority.compareTo(other.priority) >= 0 ? priority : other.priority,
                all.stream().limit(MOST_OUTCOMES).map(Tag::new).toList(), later(reopenedUntil, other.reopenedUntil));
    }

    /** The later of two times, either of which may be missing. */
    static Instant later(Instant a, Instant b) {
        return a == null || b != null && b.isAfter(a) ? b : a;
    }
}
