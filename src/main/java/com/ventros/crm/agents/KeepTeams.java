package com.ventros.crm.agents;

import com.ventros.crm.kernel.Refusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Says which agents work together, and when. */
@Component
public class KeepTeams {

    /**
     * What to change; what is empty stays.
     *
     * @param hours empty inside: works at all hours
     */
    public record Change(TeamId team, Optional<String> name, Optional<Optional<UUID>> hours) {}

    private final Teams teams;
    private final Agents agents;
    private final HoursBook hours;

    KeepTeams(Teams teams, Agents agents, HoursBook hours) {
        this.teams = teams;
        this.agents = agents;
        this.hours = hours;
    }

    @Transactional
    public TeamId create(String name, Optional<UUID> worksAt) {
        var team = Team.create(Typed.name(name), known(worksAt), now());
        teams.add(team);
        return team.id;
    }

    /** {@code version} refuses unless it is the one that the person had before their eyes. */
    @Transactional
    public void change(Change wanted, LongConsumer version) {
        with(wanted.team(), team -> {
            version.accept(team.storedVersion);
            team.describe(wanted.name().map(Typed::name).orElse(team.name()),
                    wanted.hours().map(this::known).orElse(team.hours()));
        });
    }

    @Transactional
    public void add(TeamId id, UUID agent) {
        with(id, team -> {
            var known = agents.findForUpdate(new AgentId(agent)).orElseThrow(() ->
                    Refusal.invalid("agentId", "unknown", "There is no such agent."));
            known.mustBePresent();
            team.add(known.id);
        });
    }

    @Transactional
    public void remove(TeamId id, AgentId agent) {
        with(id, team -> team.remove(agent));
    }

    @Transactional
    public void archive(TeamId id) {
        with(id, team -> team.archive(now()));
    }

    @Transactional
    public void restore(TeamId id) {
        with(id, Team::restore);
    }

    private void with(TeamId id, Consumer<Team> what) {
        var team = teams.findForUpdate(id).orElseThrow(() -> Refusal.notFound("team"));
        what.accept(team);
        teams.save(team, now());
    }

    private Optional<HoursId> known(Optional<UUID> wanted) {
        return wanted.map(HoursId::new).map(id -> hours.find(id).orElseThrow(() ->
                Refusal.invalid("hoursId", "unknown", "There are no such business hours.")).id);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
