package com.ventros.crm.conversations;

import com.ventros.crm.agents.AgentId;
import com.ventros.crm.agents.TeamId;
import com.ventros.crm.contacts.Tag;
import com.ventros.crm.kernel.Aggregate;
import com.ventros.crm.kernel.Codes;
import com.ventros.crm.kernel.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A stretch of a direct chat in which no silence was longer than the time-out. */
final class Session extends Aggregate<SessionEvent> {

    /** Why a session is over: nobody spoke, or a person said so. */
    enum End { SILENCE, RESOLVED, CLOSED }

    /** Whether it goes on. */
    sealed interface State {
        record Open() implements State {}

        record Ended(Instant at, End reason) implements State {}
    }

    /** Where it takes place; events tell it. */
    record Place(UUID chat, UUID contact, UUID channel) {}

    /** Somebody was given it, or it was taken from them. */
    record Handover(Instant at, Optional<AgentId> agent, Optional<TeamId> team, String how, Optional<String> note) {}

    final SessionId id;
    /** As the row was read; null for a session that has none yet. */
    final State storedState;
    private final Instant storedDeadline;
    final long storedVersion;
    private final long storedRevision;
    private final Care storedCare;
    private final Waits storedWaits;
    private ChatId chat;
    private Instant startedAt;
    private Instant lastMessageAt;
    private Instant deadline;
    private int messages;
    private State state;
    private Waits waits;
    private Care care;
    private Session mergedInto;
    private boolean changed;
    private boolean mustRecount;
    private Instant toldAt;
    private boolean reopenedByHand;
    private final List<Waits.Heard> heard = new ArrayList<>();
    private final List<Handover> handovers = new ArrayList<>();

    Session(SessionId id, ChatId chat, Instant startedAt, Instant lastMessageAt, Instant deadline, int messages,
            State state, Waits waits, Care care, long storedRevision, long storedVersion) {
        this.id = id;
        this.chat = chat;
        this.startedAt = startedAt;
        this.lastMessageAt = lastMessageAt;
        this.deadline = deadline;
        this.messages = messages;
        this.state = state;
        this.waits = waits;
        this.care = care;
        this.storedState = storedVersion == 0 ? null : state;
        this.storedDeadline = deadline;
        this.storedCare = care;
        this.storedWaits = waits;
        this.storedRevision = storedRevision;
        this.storedVersion = storedVersion;
    }

    static Session startedBy(ChatId chat, Waits.Heard first, Duration timeout) {
        var session = new Session(SessionId.create(), chat, first.at(), first.at(), first.at().plus(timeout), 1,
                new State.Open(), Waits.NONE.and(first), Care.NONE, 0, 0);
        session.heard.add(first);
        return session;
    }

    boolean reaches(Instant message, Duration timeout) {
        var end = Care.later(lastMessageAt.plus(timeout), care.reopenedUntil());
        return !message.isBefore(startedAt.minus(timeout)) && !message.isAfter(end);
    }

    void hear(Waits.Heard message, Duration timeout) {
        changed = true;
        messages++;
        heard.add(message);
        if (waits.takes(message, lastMessageAt)) waits = waits.and(message);
        else mustRecount = true;
        if (message.at().isBefore(startedAt)) startedAt = message.at();
        if (message.at().isAfter(lastMessageAt)) {
            lastMessageAt = message.at();
            deadline = Care.later(message.at().plus(timeout), care.reopenedUntil());
        }
    }

    /** A message that was counted turned out to be another one. */
    void forgetOne() {
        changed = true;
        messages--;
        mustRecount = true;
    }

    /** A message that was counted turned out to be somebody else's. */
    void correct(Waits.Heard message) {
        heard.add(message);
        mustRecount = true;
    }

    /** The other session was a part of this one all along. */
    void absorb(Session other) {
        changed = true;
        mustRecount = true;
        other.mergedInto = this;
        messages += other.messages;
        heard.addAll(other.heard);
        if (other.startedAt.isBefore(startedAt)) startedAt = other.startedAt;
        if (other.lastMessageAt.isAfter(lastMessageAt)) {
            lastMessageAt = other.lastMessageAt;
            deadline = other.deadline;
        }
        care = care.and(other.care);
        deadline = Care.later(deadline, care.reopenedUntil());
        if (closedAt() == null && other.closedAt() != null) state = other.state;
    }

    /** Counts anew from all that is stored of it, and what this work has heard, which is newer. */
    void recount(Collection<Waits.Heard> stored) {
        var all = new LinkedHashMap<MessageId, Waits.Heard>();
        stored.forEach(one -> all.put(one.message(), one));
        heard.forEach(one -> all.put(one.message(), one));
        waits = Waits.of(all.values());
        messages = all.size();
        mustRecount = false;
        changed |= !waits.equals(storedWaits);
    }

    /** Takes what all its messages say in the place of what it kept; whether that was otherwise. How long it lasts stays, unless that were before the last of them. */
    boolean recounted(Collection<Waits.Heard> all) {
        var times = all.stream().map(Waits.Heard::at).sorted().toList();
        var said = Waits.of(all);
        if (said.equals(waits) && all.size() == messages && times.getFirst().equals(startedAt) && times.getLast().equals(lastMessageAt)) return false;
        waits = said;
        messages = all.size();
        startedAt = times.getFirst();
        if (!times.getLast().isBefore(deadline)) deadline = deadline.plus(Duration.between(lastMessageAt, times.getLast()));
        lastMessageAt = times.getLast();
        changed = true;
        return true;
    }

    boolean mustRecount() {
        return mustRecount;
    }

    /** Follows from the times alone, except that what a person closed stays closed unless somebody spoke since. */
    void settle(boolean newest, Instant now) {
        if (closedAt() != null && !lastMessageAt.isAfter(closedAt())) return;
        become(newest && deadline.isAfter(now) ? new State.Open() : new State.Ended(deadline, End.SILENCE));
    }

    /** An agent, a team, both or nobody has it from now on; {@code how} they came to it is a word for the history. */
    void assign(Optional<AgentId> agent, Optional<TeamId> team, String how, Optional<String> note, Instant now, Place place) {
        mustBeOpen();
        if (care.agent().equals(agent) && care.team().equals(team)) return;
        var before = care;
        give(agent, team, how, note, now);
        raise(agent.isPresent()
                ? new SessionEvent.SessionAgentAssigned(id.value(), place.chat(), place.contact(), place.channel(),
                        agent.get().value(), team.map(TeamId::value), before.agent().map(AgentId::value), how)
                : new SessionEvent.SessionUnassigned(id.value(), place.chat(), place.contact(), place.channel(),
                        team.map(TeamId::value), before.agent().map(AgentId::value), how));
    }

    /** Whoever has it hands it on to another agent, or to a team; refused when they have it already. */
    void transfer(Optional<AgentId> agent, Optional<TeamId> team, Optional<String> note, Instant now, Place place) {
        handOn(agent, team, "transfer", note, now, place);
    }

    /** It is more than whoever has it can do: it goes to somebody else, and is at least so urgent. */
    void escalate(Optional<AgentId> agent, Optional<TeamId> team, Care.Priority least, Optional<String> reason, Instant now, Place place) {
        handOn(agent, team, "escalation", reason, now, place);
        var before = care.priority();
        if (least.compareTo(before) > 0) care = care.urgent(least);
        raise(new SessionEvent.SessionEscalated(id.value(), place.chat(), place.contact(), place.channel(), Codes.of(before),
                Codes.of(care.priority()), reason, agent.map(AgentId::value), team.map(TeamId::value)));
    }

    private void handOn(Optional<AgentId> agent, Optional<TeamId> team, String how, Optional<String> note, Instant now, Place place) {
        mustBeOpen();
        if (care.agent().equals(agent) && (agent.isPresent() || care.team().equals(team))) {
            throw Refusal.conflict("same_assignee", "They have it already.");
        }
        var before = care;
        give(agent, team, how, note, now);
        raise(new SessionEvent.SessionTransferred(id.value(), place.chat(), place.contact(), place.channel(),
                before.agent().map(AgentId::value), before.team().map(TeamId::value), agent.map(AgentId::value),
                team.map(TeamId::value), note));
    }

    private void give(Optional<AgentId> agent, Optional<TeamId> team, String how, Optional<String> note, Instant now) {
        care = care.givenTo(agent, team, now);
        toldAt = now;
        handovers.add(new Handover(now, agent, team, how, note));
        changed = true;
    }

    /** It is more urgent than it was, or less. */
    void prioritise(Care.Priority next, Optional<String> reason, Instant now, Place place) {
        mustBeOpen();
        var before = care.priority();
        if (before == next) return;
        toldAt = now;
        care = care.urgent(next);
        changed = true;
        raise(next.compareTo(before) > 0
                ? new SessionEvent.SessionEscalated(id.value(), place.chat(), place.contact(), place.channel(),
                        Codes.of(before), Codes.of(next), reason, Optional.empty(), Optional.empty())
                : new SessionEvent.SessionPriorityLowered(id.value(), place.chat(), place.contact(), place.channel(),
                        Codes.of(before), Codes.of(next), reason));
    }

    /** What came of it; may be said when it is over as well. */
    void cameTo(Set<Tag> outcomes, Instant now, Place place) {
        var next = care.cameTo(outcomes);
        if (next.outcomes().size() > Care.MOST_OUTCOMES) {
            throw Refusal.invalid("outcomes", "length", "At most " + Care.MOST_OUTCOMES + " of them.");
        }
        if (care.equals(next)) return;
        toldAt = now;
        care = next;
        changed = true;
        raise(new SessionEvent.SessionOutcomesSet(id.value(), place.chat(), place.contact(), place.channel(),
                next.outcomes().stream().map(Tag::name).toList()));
    }

    /** It led to something, a sale or an appointment; may be said when it is over, and said again to correct it. */
    void convert(Tag outcome, Optional<Care.Worth> worth, Instant now, Place place) {
        var outcomes = new LinkedHashSet<>(care.outcomes());
        outcomes.add(outcome);
        if (outcomes.size() > Care.MOST_OUTCOMES) {
            throw Refusal.invalid("outcome", "length", "At most " + Care.MOST_OUTCOMES + " outcomes.");
        }
        var at = care.conversion().map(Care.Conversion::at).orElse(now);
        var next = care.converted(new Care.Conversion(at, outcome, worth)).cameTo(outcomes);
        if (care.equals(next)) return;
        toldAt = now;
        care = next;
        changed = true;
        raise(new SessionEvent.SessionConverted(id.value(), place.chat(), place.contact(), place.channel(),
                care.agent().map(AgentId::value), outcome.name(), worth.map(Care.Worth::amount),
                worth.map(known -> known.currency().getCurrencyCode()), at));
    }

    /** A person says that it is over; what is said from then on starts another. */
    void resolve(End reason, Instant now, Place place) {
        mustBeOpen();
        var at = now.isBefore(lastMessageAt) ? lastMessageAt : now;
        become(new State.Ended(at, reason));
        toldAt = now;
        if (reason == End.RESOLVED) {
            raise(new SessionEvent.SessionResolved(id.value(), place.chat(), place.contact(), place.channel(),
                    care.agent().map(AgentId::value), care.outcomes().stream().map(Tag::name).toList(), at));
        }
    }

    /** A person says that it is not over: it goes on for as long as a silence may last. */
    void reopen(boolean newest, Instant now, Duration timeout) {
        if (isOpen()) throw Refusal.conflict("session_open", "This session is open.");
        if (!newest) throw Refusal.conflict("session_not_newest", "The conversation has gone on in another session.");
        toldAt = now;
        reopenedByHand = true;
        care = care.reopened(now.plus(timeout));
        deadline = Care.later(deadline, care.reopenedUntil());
        become(new State.Open());
    }

    void moveTo(ChatId other) {
        if (!chat.equals(other)) changed = true;
        chat = other;
    }

    private void become(State next) {
        if (!next.equals(state)) changed = true;
        state = next;
    }

    void mustBeOpen() {
        if (!isOpen()) throw Refusal.conflict("session_ended", "This session is over; reopen it first.");
    }

    /** When a person closed it; null otherwise. */
    Instant closedAt() {
        return state instanceof State.Ended(var at, var reason) && reason != End.SILENCE ? at : null;
    }

    /** This session, or the one that absorbed it. */
    Session present() {
        return mergedInto == null ? this : mergedInto.present();
    }

    boolean isOpen() {
        return state instanceof State.Open;
    }

    /** Whether silence ends it earlier than it was said to: the time-out became shorter since. */
    boolean shortened() {
        return storedState instanceof State.Open && isOpen() && deadline.isBefore(storedDeadline);
    }

    /** Whether a member gave the first answer, another one than was known, at another time, or after another wait. */
    boolean isAnsweredOtherwise() {
        if (waits.firstResponseBy() == null) return storedWaits.firstResponseBy() != null;
        return !waits.firstResponseBy().equals(storedWaits.firstResponseBy()) || !waits.firstResponseAt().equals(storedWaits.firstResponseAt())
                || !waits.firstInboundAt().equals(storedWaits.firstInboundAt());
    }

    boolean changed() {
        return changed || storedVersion == 0;
    }

    long version() {
        return storedVersion + (changed() ? 1 : 0);
    }

    /** Rises with what people change and with the status, so that a message undoes nobody's look at it. */
    long revision() {
        return storedRevision + (storedVersion == 0 || !care.equals(storedCare) || !state.equals(storedState) ? 1 : 0);
    }

    ChatId chat() {
        return chat;
    }

    Instant startedAt() {
        return startedAt;
    }

    Instant lastMessageAt() {
        return lastMessageAt;
    }

    Instant deadline() {
        return deadline;
    }

    int messages() {
        return messages;
    }

    State state() {
        return state;
    }

    Waits waits() {
        return waits;
    }

    Care care() {
        return care;
    }

    /** Whether a person opened it again just now, and not a late message. */
    boolean reopenedByHand() {
        return reopenedByHand;
    }

    /** When people did what it raises. */
    Instant told() {
        return toldAt;
    }

    List<Handover> handovers() {
        return handovers;
    }
}
