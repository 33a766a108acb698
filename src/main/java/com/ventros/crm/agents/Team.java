package com.ventros.crm.agents;

import com.ventros.crm.kernel.Aggregate;
import com.ventros.crm.kernel.Refusal;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Agents who do the same work. */
final class Team extends Aggregate<TeamEvent> {

    /** More than a company of the size this is made for has. */
    private static final int MOST_AGENTS = 500;

    final TeamId id;
    final Instant createdAt;
    /** Version of the row as it was read; 0 for a team that has none yet. */
    final long storedVersion;
    private String name;
    private Optional<HoursId> hours;
    private final Set<AgentId> agents;
    private Optional<Instant> archivedAt;
    private boolean changed;

    Team(TeamId id, String name, Optional<HoursId> hours, Collection<AgentId> agents, Instant createdAt,
            Optional<Instant> archivedAt, long storedVersion) {
        this.id = id;
        this.name = name;
        this.hours = hours;
        this.agents = new LinkedHashSet<>(agents);
        this.createdAt = createdAt;
        this.archivedAt = archivedAt;
        this.storedVersion = storedVersion;
    }

    static Team create(String name, Optional<HoursId> hours, Instant now) {
        var team = new Team(TeamId.create(), name, hours, Set.of(), now, Optional.empty(), 0);
        team.raise(new TeamEvent.TeamCreated(team.id.value(), name, hours.map(HoursId::value)));
        return team;
    }

    void describe(String name, Optional<HoursId> hours) {
        mustBePresent();
        if (this.name.equals(name) && this.hours.equals(hours)) return;
        this.name = name;
        this.hours = hours;
        changed = true;
        raise(new TeamEvent.TeamUpdated(id.value(), name, hours.map(HoursId::value)));
    }

    void add(AgentId agent) {
        mustBePresent();
        if (agents.contains(agent)) return;
        if (agents.size() >= MOST_AGENTS) {
            throw Refusal.conflict("team_full", "A team has at most " + MOST_AGENTS + " agents.");
        }
        agents.add(agent);
        changed = true;
        raise(new TeamEvent.TeamAgentAdded(id.value(), agent.value()));
    }

    void remove(AgentId agent) {
        if (!agents.remove(agent)) return;
        changed = true;
        raise(new TeamEvent.TeamAgentRemoved(id.value(), agent.value()));
    }

    void archive(Instant now) {
        if (archivedAt.isPresent()) return;
        archivedAt = Optional.of(now);
        changed = true;
        raise(new TeamEvent.TeamArchived(id.value()));
    }

    void restore() {
        if (archivedAt.isEmpty()) return;
        archivedAt = Optional.empty();
        changed = true;
        raise(new TeamEvent.TeamRestored(id.value()));
    }

    private void mustBePresent() {
        if (archivedAt.isPresent()) throw Refusal.conflict("team_archived", "This team is archived; restore it first.");
    }

    String name() {
        return name;
    }

    Optional<HoursId> hours() {
        return hours;
    }

    Set<AgentId> agents() {
        return agents;
    }

    Optional<Instant> archivedAt() {
        return archivedAt;
    }

    boolean changed() {
        return changed;
    }
}
