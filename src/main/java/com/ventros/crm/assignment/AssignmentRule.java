package com.ventros.crm.assignment;

import com.ventros.crm.agents.AgentId;
import com.ventros.crm.agents.TeamId;
import com.ventros.crm.kernel.Aggregate;
import com.ventros.crm.kernel.Codes;
import com.ventros.crm.kernel.Refusal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** How sessions of a project, a channel or a team come to agents. */
final class AssignmentRule extends Aggregate<AssignmentRuleEvent> {

    /** By whose hand: a person's, each in turn, who has the fewest, or who had the contact's last session. */
    enum Strategy { MANUAL, ROUND_ROBIN, LEAST_BUSY, STICKY }

    /** What it holds for: one of these. */
    record Scope(Optional<UUID> project, Optional<UUID> channel, Optional<UUID> team) {

        Scope {
            if ((project.isPresent() ? 1 : 0) + (channel.isPresent() ? 1 : 0) + (team.isPresent() ? 1 : 0) != 1) {
                throw Refusal.invalid("projectId", "ambiguous", "Give one of projectId, channelId and teamId.");
            }
        }
    }

    /**
     * What it does.
     *
     * @param toTeam            whose agents are given what no team has; empty for all agents
     * @param noResponseMinutes after which an agent whose customer waits loses the session to another
     * @param inactivityMinutes after which an agent who is away or offline loses it
     * @param escalateTo        who has a session from when it is escalated and nobody is named
     */
    record Terms(Strategy strategy, Optional<TeamId> toTeam, Optional<Integer> noResponseMinutes,
            Optional<Integer> inactivityMinutes, Optional<TeamId> escalateTo) {

        /** A week. */
        private static final int LONGEST = 7 * 24 * 60;

        Terms {
            mustBeMinutes("noResponseMinutes", noResponseMinutes);
            mustBeMinutes("inactivityMinutes", inactivityMinutes);
        }

        /** Refused when somebody says it and not when it is read, as older rules may say so. */
        void mustBeObeyed() {
            if (strategy != Strategy.MANUAL || noResponseMinutes.isEmpty() && inactivityMinutes.isEmpty()) return;
            throw Refusal.invalid(noResponseMinutes.isPresent() ? "noResponseMinutes" : "inactivityMinutes", "not_with_manual",
                    "Where people give sessions by hand, none goes to somebody else after some minutes.");
        }

        private static void mustBeMinutes(String field, Optional<Integer> minutes) {
            if (minutes.filter(one -> one < 1 || one > LONGEST).isPresent()) {
                throw Refusal.invalid(field, "range", "1 to " + LONGEST + " minutes.");
            }
        }
    }

    final UUID id;
    final Scope scope;
    final Instant createdAt;
    /** Version of the row as it was read; 0 for a rule that has none yet. */
    final long storedVersion;
    private Terms terms;
    private Optional<AgentId> lastAgent;
    private boolean changed;
    private boolean turned;

    AssignmentRule(UUID id, Scope scope, Terms terms, Optional<AgentId> lastAgent, Instant createdAt, long storedVersion) {
        this.id = id;
        this.scope = scope;
        this.terms = terms;
        this.lastAgent = lastAgent;
        this.createdAt = createdAt;
        this.storedVersion = storedVersion;
        mustFit(terms);
    }

    static AssignmentRule create(UUID id, Scope scope, Terms terms, Instant now) {
        terms.mustBeObeyed();
        var rule = new AssignmentRule(id, scope, terms, Optional.empty(), now, 0);
        rule.raise(new AssignmentRuleEvent.AssignmentRuleCreated(id, scope.project(), scope.channel(), scope.team(),
                Codes.of(terms.strategy()), terms.toTeam().map(TeamId::value), terms.noResponseMinutes(), terms.inactivityMinutes(),
                terms.escalateTo().map(TeamId::value)));
        return rule;
    }

    void change(Terms now) {
        mustFit(now);
        if (terms.equals(now)) return;
        now.mustBeObeyed();
        terms = now;
        changed = true;
        raise(new AssignmentRuleEvent.AssignmentRuleUpdated(id, Codes.of(now.strategy()), now.toTeam().map(TeamId::value),
                now.noResponseMinutes(), now.inactivityMinutes(), now.escalateTo().map(TeamId::value)));
    }

    void delete() {
        raise(new AssignmentRuleEvent.AssignmentRuleDeleted(id));
    }

    /** It was this agent's turn. */
    void turn(AgentId agent) {
        lastAgent = Optional.of(agent);
        turned = true;
    }

    private void mustFit(Terms wanted) {
        if (scope.team().isPresent() && wanted.toTeam().isPresent()) {
            throw Refusal.invalid("toTeamId", "invalid", "A team's sessions go to that team.");
        }
        if (wanted.escalateTo().isPresent() && wanted.escalateTo().map(TeamId::value).equals(scope.team())) {
            throw Refusal.invalid("escalateToTeamId", "invalid", "A team's sessions are escalated to another team.");
        }
    }

    Terms terms() {
        return terms;
    }

    Optional<AgentId> lastAgent() {
        return lastAgent;
    }

    boolean changed() {
        return changed;
    }

    boolean turned() {
        return turned;
    }
}
