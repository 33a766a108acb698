package com.ventros.crm.agents;

import com.ventros.crm.kernel.Aggregate;
import com.ventros.crm.kernel.Codes;
import com.ventros.crm.kernel.Refusal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Somebody or something that takes sessions. */
final class Agent extends Aggregate<AgentEvent> {

    /** What it is: a member of the company, a model, a program with rules, or whoever answers on the phone itself. */
    enum Kind { HUMAN, AI, BOT, CHANNEL }

    /** Whether it is there. */
    enum Availability { ONLINE, AWAY, OFFLINE }

    /** Why it is no longer as available as before. */
    enum Reason { SAID, UNSEEN, ARCHIVED }

    /** What can be said about an agent; {@code capacity} is how many open sessions it takes at one time. */
    record Profile(String name, int capacity, Optional<HoursId> hours) {

        /** No person keeps so many apart, and a program that takes more needs no limit. */
        static final int MOST_SESSIONS = 1_000;

        Profile {
            if (capacity < 0 || capacity > MOST_SESSIONS) {
                throw Refusal.invalid("capacity", "range", "An agent takes 0 to " + MOST_SESSIONS + " sessions.");
            }
        }
    }

    final AgentId id;
    final Kind kind;
    final Optional<UUID> user;
    final Instant createdAt;
    /** Version of the row as it was read; 0 for an agent that has none yet. */
    final long storedVersion;
    private Profile profile;
    private Availability availability;
    private Instant since;
    private Optional<Instant> lastSeenAt;
    private Optional<Instant> archivedAt;
    private boolean changed;

    Agent(AgentId id, Kind kind, Optional<UUID> user, Profile profile, Availability availability, Instant since,
            Optional<Instant> lastSeenAt, Instant createdAt, Optional<Instant> archivedAt, long storedVersion) {
        this.id = id;
        this.kind = kind;
        this.user = user;
        this.profile = profile;
        this.availability = availability;
        this.since = since;
        this.lastSeenAt = lastSeenAt;
        this.createdAt = createdAt;
        this.archivedAt = archivedAt;
        this.storedVersion = storedVersion;
    }

    /** Nobody is there before they said so. */
    static Agent create(Kind kind, Optional<UUID> user, Profile profile, Instant now) {
        if ((kind == Kind.HUMAN) != user.isPresent()) {
            throw Refusal.invalid("userId", "invalid", "A human agent is a member; no other agent is.");
        }
        var agent = new Agent(AgentId.create(), kind, user, profile, Availability.OFFLINE, now, Optional.empty(), now,
                Optional.empty(), 0);
        agent.raise(new AgentEvent.AgentCreated(agent.id.value(), Codes.of(kind), user, profile.name(),
                profile.capacity(), profile.hours().map(HoursId::value)));
        return agent;
    }

    void describe(Profile now) {
        mustBePresent();
        if (profile.equals(now)) return;
        profile = now;
        changed = true;
        raise(new AgentEvent.AgentUpdated(id.value(), now.name(), now.capacity(), now.hours().map(HoursId::value)));
    }

    /** Somebody says whether it is there; a human who says so themselves is seen by it. */
    void say(Availability now, boolean themselves, Instant at) {
        mustBePresent();
        if (themselves || now != Availability.OFFLINE) see(at);
        become(now, Reason.SAID, at);
    }

    /** A sign of life; whether it is there does not change by it. */
    void see(Instant at) {
        if (lastSeenAt.filter(seen -> !at.isAfter(seen)).isEmpty()) lastSeenAt = Optional.of(at);
    }

    /** A human gave no sign of life since that time: offline, whatever they said. */
    void missSince(Instant time, Instant now) {
        if (kind == Kind.HUMAN && lastSeenAt.filter(seen -> !seen.isBefore(time)).isEmpty()) {
            become(Availability.OFFLINE, Reason.UNSEEN, now);
        }
    }

    /** The member that it is may not sign in any more: gone without being archived. */
    void leave(Instant now) {
        if (archivedAt.isPresent()) return;
        become(Availability.OFFLINE, Reason.UNSEEN, now);
        changed = true;
        raise(new AgentEvent.AgentLeft(id.value()));
    }

    void archive(Instant now) {
        if (archivedAt.isPresent()) return;
        become(Availability.OFFLINE, Reason.ARCHIVED, now);
        archivedAt = Optional.of(now);
        changed = true;
        raise(new AgentEvent.AgentArchived(id.value()));
    }

    void restore() {
        if (archivedAt.isEmpty()) return;
        archivedAt = Optional.empty();
        changed = true;
        raise(new AgentEvent.AgentRestored(id.value()));
    }

    private void become(Availability now, Reason why, Instant at) {
        if (availability == now) return;
        raise(new AgentEvent.AgentAvailabilityChanged(id.value(), Codes.of(availability), Codes.of(now),
                Codes.of(why), at));
        availability = now;
        since = at;
        changed = true;
    }

    void mustBePresent() {
        if (archivedAt.isPresent()) throw Refusal.conflict("agent_archived", "This agent is archived; restore it first.");
    }

    static Refusal memberInactive() {
        return Refusal.conflict("member_inactive", "This member is deactivated and takes no sessions.");
    }

    Profile profile() {
        return profile;
    }

    Availability availability() {
        return availability;
    }

    Instant since() {
        return since;
    }

    Optional<Instant> lastSeenAt() {
        return lastSeenAt;
    }

    Optional<Instant> archivedAt() {
        return archivedAt;
    }

    boolean changed() {
        return changed;
    }
}
