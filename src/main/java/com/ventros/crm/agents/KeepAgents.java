package com.ventros.crm.agents;

import com.ventros.crm.accounts.AccountView;
import com.ventros.crm.accounts.UserId;
import com.ventros.crm.billing.Limit;
import com.ventros.crm.billing.Limits;
import com.ventros.crm.kernel.Codes;
import com.ventros.crm.kernel.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Says who takes sessions, how many, and whether they are there. */
@Component
public class KeepAgents {

    /** {@code user} is the member that a human agent is; its name is taken over when none is said. */
    public record New(String kind, Optional<UUID> user, Optional<String> name, Optional<Integer> capacity,
            Optional<UUID> hours) {}

    /**
     * What to change; what is empty stays.
     *
     * @param hours empty inside: works at all hours
     */
    public record Change(AgentId agent, Optional<String> name, Optional<Integer> capacity,
            Optional<Optional<UUID>> hours) {}

    /** About as many conversations as one person holds at a time; the least that hides no forgotten setting. */
    static final int USUAL_CAPACITY = 10;
    /** Longer than a screen that is open stays silent, shorter than a customer's patience. */
    public static final Duration UNSEEN = Duration.ofMinutes(5);

    private final Agents agents;
    private final HoursBook hours;
    private final AccountView accounts;
    private final Limits limits;

    KeepAgents(Agents agents, HoursBook hours, AccountView accounts, Limits limits) {
        this.agents = agents;
        this.hours = hours;
        this.accounts = accounts;
        this.limits = limits;
    }

    @Transactional
    public AgentId create(New wanted) {
        var kind = Codes.read("kind", wanted.kind(), Agent.Kind.values());
        var member = wanted.user().map(user -> accounts.member(new UserId(user)).orElseThrow(() ->
                Refusal.invalid("userId", "member_unknown", "Nobody of this id works here.")));
        if (member.filter(one -> !one.active()).isPresent()) throw Agent.memberInactive();
        var name = wanted.name().or(() -> member.map(AccountView.Member::name)).orElse(null);
        var agent = Agent.create(kind, wanted.user(), new Agent.Profile(Typed.name(name),
                wanted.capacity().orElse(USUAL_CAPACITY), known(wanted.hours())), now());
        limits.mayAdd(Limit.AGENTS);
        agents.add(agent);
        return agent.id;
    }

    /** {@code version} refuses unless it is the one that the person had before their eyes. */
    @Transactional
    public void change(Change wanted, LongConsumer version) {
        with(wanted.agent(), agent -> {
            version.accept(agent.storedVersion);
            var old = agent.profile();
            agent.describe(new Agent.Profile(wanted.name().map(Typed::name).orElse(old.name()),
                    wanted.capacity().orElse(old.capacity()), wanted.hours().map(this::known).orElse(old.hours())));
        });
    }

    @Transactional
    public void archive(AgentId id) {
        with(id, agent -> agent.archive(now()));
    }

    @Transactional
    public void restore(AgentId id) {
        with(id, agent -> {
            if (agent.archivedAt().isPresent()) limits.mayAdd(Limit.AGENTS);
            agent.restore();
        });
    }

    /** Somebody says for an agent whether it is there. */
    @Transactional
    public void say(AgentId id, String availability) {
        say(id, availability, false);
    }

    /** A member says whether they are there. */
    @Transactional
    public AgentId sayForOneself(UUID user, String availability) {
        var id = agents.ofUser(user).orElseThrow(() -> Refusal.notFound("agent"));
        say(id, availability, true);
        return id;
    }

    /** A member's screen is open. */
    @Transactional
    public AgentId seen(UUID user) {
        var id = agents.ofUser(user).orElseThrow(() -> Refusal.notFound("agent"));
        with(id, agent -> agent.see(now()));
        return id;
    }

    /** A human agent who gave no sign of life for {@link #UNSEEN} is offline. */
    @Transactional
    public void miss(AgentId id, Instant now) {
        agents.findForUpdate(id).ifPresent(agent -> {
            agent.missSince(now.minus(UNSEEN), now.truncatedTo(ChronoUnit.MICROS));
            if (agent.changed()) agents.save(agent, now);
        });
    }

    /** A member who may not sign in any more is gone as an agent as well. */
    @Transactional
    public void leaveDeactivated(UserId user) {
        if (isActive(user)) return;
        agents.ofUser(user.value()).ifPresent(id -> with(id, agent -> agent.leave(now())));
    }

    private void say(AgentId id, String availability, boolean themselves) {
        var said = Codes.read("availability", availability, Agent.Availability.values());
        with(id, agent -> {
            if (said != Agent.Availability.OFFLINE && agent.user.filter(user -> !isActive(new UserId(user))).isPresent()) {
                throw Agent.memberInactive();
            }
            agent.say(said, themselves, now());
        });
    }

    private boolean isActive(UserId user) {
        return accounts.member(user).filter(AccountView.Member::active).isPresent();
    }

    private void with(AgentId id, Consumer<Agent> what) {
        var agent = agents.findForUpdate(id).orElseThrow(() -> Refusal.notFound("agent"));
        what.accept(agent);
        agents.save(agent, now());
    }

    private Optional<HoursId> known(Optional<UUID> wanted) {
        return wanted.map(HoursId::new).map(id -> hours.find(id).orElseThrow(() ->
                Refusal.invalid("hoursId", "unknown", "There are no such business hours.")).id);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
