package com.ventros.crm.conversations;

import java.time.Duration;
import java.time.Instant;

/** A stretch of a direct chat in which no silence was longer than the time-out. */
final class Session {

    /** Why a session is over. */
    enum End { SILENCE, CLOSED }

    /** Whether it goes on. */
    sealed interface State {
        record Open() implements State {}

        record Ended(Instant at, End reason) implements State {}
    }

    final SessionId id;
    /** As the row was read; null for a session that has none yet. */
    final State storedState;
    final long storedVersion;
    private ChatId chat;
    private Instant startedAt;
    private Instant lastMessageAt;
    private Instant deadline;
    private int messages;
    private State state;
    private Session mergedInto;
    private boolean changed;

    Session(SessionId id, ChatId chat, Instant startedAt, Instant lastMessageAt, Instant deadline, int messages,
            State state, long storedVersion) {
        this.id = id;
        this.chat = chat;
        this.startedAt = startedAt;
        this.lastMessageAt = lastMessageAt;
        this.deadline = deadline;
        this.messages = messages;
        this.state = state;
        this.storedState = storedVersion == 0 ? null : state;
        this.storedVersion = storedVersion;
    }

    static Session startedBy(ChatId chat, Instant message, Duration timeout) {
        return new Session(SessionId.create(), chat, message, message, message.plus(timeout), 1, new State.Open(), 0);
    }

    boolean reaches(Instant message, Duration timeout) {
        return !message.isBefore(startedAt.minus(timeout)) && !message.isAfter(lastMessageAt.plus(timeout));
    }

    void hear(Instant message, Duration timeout) {
        changed = true;
        messages++;
        if (message.isBefore(startedAt)) startedAt = message;
        if (message.isAfter(lastMessageAt)) {
            lastMessageAt = message;
            deadline = message.plus(timeout);
        }
    }

    /** A message that was counted turned out to be another one. */
    void forgetOne() {
        changed = true;
        messages--;
    }

    /** The other session was a part of this one all along. */
    void absorb(Session other) {
        changed = true;
        other.mergedInto = this;
        messages += other.messages;
        if (other.startedAt.isBefore(startedAt)) startedAt = other.startedAt;
        if (other.lastMessageAt.isAfter(lastMessageAt)) {
            lastMessageAt = other.lastMessageAt;
            deadline = other.deadline;
        }
        if (closedAt() == null && other.closedAt() != null) state = other.state;
    }

    /** Follows from the times alone, except that what a person closed stays closed unless somebody spoke since. */
    void settle(boolean newest, Instant now) {
        if (closedAt() != null && !lastMessageAt.isAfter(closedAt())) return;
        become(newest && deadline.isAfter(now) ? new State.Open() : new State.Ended(deadline, End.SILENCE));
    }

    void close(Instant now) {
        become(new State.Ended(now, End.CLOSED));
    }

    void moveTo(ChatId other) {
        if (!chat.equals(other)) changed = true;
        chat = other;
    }

    private void become(State next) {
        if (!next.equals(state)) changed = true;
        state = next;
    }

    /** When a person closed it; null otherwise. */
    Instant closedAt() {
        return state instanceof State.Ended(var at, var reason) && reason == End.CLOSED ? at : null;
    }

    /** This session, or the one that absorbed it. */
    Session present() {
        return mergedInto == null ? this : mergedInto.present();
    }

    boolean isOpen() {
        return state instanceof State.Open;
    }

    boolean changed() {
        return changed || storedVersion == 0;
    }

    long version() {
        return storedVersion + (changed() ? 1 : 0);
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
}
