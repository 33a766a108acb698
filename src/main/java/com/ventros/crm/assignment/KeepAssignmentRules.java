package com.ventros.crm.assignment;

import com.ventros.crm.agents.AgentView;
import com.ventros.crm.agents.TeamId;
import com.ventros.crm.kernel.Codes;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Uuids;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Says how sessions come to agents. */
@Component
public class KeepAssignmentRules {

    /** For one of a project, a channel and a team. */
    public record New(Optional<UUID> project, Optional<UUID> channel, Optional<UUID> team, String strategy,
            Optional<UUID> toTeam, Optional<Integer> noResponseMinutes, Optional<Integer> inactivityMinutes, Optional<UUID> escalateTo) {}

    /** What to change; what is empty stays, what is empty inside is taken away. */
    public record Change(UUID rule, Optional<String> strategy, Optional<Optional<UUID>> toTeam,
            Optional<Optional<Integer>> noResponseMinutes, Optional<Optional<Integer>> inactivityMinutes,
            Optional<Optional<UUID>> escalateTo) {}

    /** A rule as a screen shows it. */
    public record Shown(UUID id, Optional<UUID> projectId, Optional<UUID> channelId, Optional<UUID> teamId,
            String strategy, Optional<UUID> toTeamId, Optional<Integer> noResponseMinutes,
            Optional<Integer> inactivityMinutes, Optional<UUID> escalateToTeamId, long version) {}

    private final AssignmentRules rules;
    private final AgentView agents;

    KeepAssignmentRules(AssignmentRules rules, AgentView agents) {
        this.rules = rules;
        this.agents = agents;
    }

    @Transactional(readOnly = true)
    public List<Shown> list() {
        return rules.all().stream().map(KeepAssignmentRules::shown).toList();
    }

    @Transactional
    public Shown create(New wanted) {
        var scope = new AssignmentRule.Scope(wanted.project(), wanted.channel(), wanted.team());
        if (!rules.isThere(scope)) {
            throw Refusal.invalid(wanted.project().isPresent() ? "projectId" : wanted.channel().isPresent() ? "channelId" : "teamId",
                    "unknown", "There is no such thing.");
        }
        var rule = AssignmentRule.create(Uuids.v7(), scope, new AssignmentRule.Terms(
                strategy(wanted.strategy()), team("toTeamId", wanted.toTeam()), wanted.noResponseMinutes(),
                wanted.inactivityMinutes(), team("escalateToTeamId", wanted.escalateTo())), now());
        rules.add(rule);
        return find(rule.id);
    }

    /** {@code version} refuses unless it is the one that the person had before their eyes. */
    @Transactional
    public Shown change(Change wanted, LongConsumer version) {
        var rule = locked(wanted.rule());
        version.accept(rule.storedVersion);
        var old = rule.terms();
        rule.change(new AssignmentRule.Terms(
                wanted.strategy().map(KeepAssignmentRules::strategy).orElse(old.strategy()),
                wanted.toTeam().map(team -> team("toTeamId", team)).orElse(old.toTeam()),
                wanted.noResponseMinutes().orElse(old.noResponseMinutes()),
                wanted.inactivityMinutes().orElse(old.inactivityMinutes()),
                wanted.escalateTo().map(team -> team("escalateToTeamId", team)).orElse(old.escalateTo())));
        rules.save(rule, now());
        return find(rule.id);
    }

    @Transactional
    public void delete(UUID id) {
        var rule = locked(id);
        rule.delete();
        rules.delete(rule, now());
    }

    private static AssignmentRule.Strategy strategy(String typed) {
        return Codes.read("strategy", typed, AssignmentRule.Strategy.values());
    }

    private Shown find(UUID id) {
        return shown(locked(id));
    }

    private AssignmentRule locked(UUID id) {
        return rules.findForUpdate(id).orElseThrow(() -> Refusal.notFound("assignment_rule"));
    }

    private Optional<TeamId> team(String field, Optional<UUID> wanted) {
        return wanted.map(TeamId::new).map(id -> {
            agents.team(id).orElseThrow(() -> Refusal.invalid(field, "unknown", "There is no such team."));
            return id;
        });
    }

    private static Shown shown(AssignmentRule rule) {
        var terms = rule.terms();
        return new Shown(rule.id, rule.scope.project(), rule.scope.channel(), rule.scope.team(), Codes.of(terms.strategy()),
                terms.toTeam().map(TeamId::value), terms.noResponseMinutes(), terms.inactivityMinutes(),
                terms.escalateTo().map(TeamId::value), rule.storedVersion);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
