package com.ventros.crm.conversations;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The sessions of one chat: clusters of message times with no gap longer than the time-out.
 *
 * <p>A message extends the session in whose reach it lies, joins two when it lies in the reach of both, or starts one.
 * What results depends on the times alone, not on the order in which messages become known. A session that a person
 * closed is a wall: times on its two sides are never joined.
 */
final class ChatSessions {

    private static final Comparator<Session> BY_START =
            Comparator.comparing(Session::startedAt).thenComparing(session -> session.id.value());

    private final ChatId chat;
    private final List<Session> sessions;
    private final List<Session> absorbed = new ArrayList<>();

    /** The sessions must include the newest, and all that messages to come may reach. */
    ChatSessions(ChatId chat, Collection<Session> sessions) {
        this.chat = chat;
        this.sessions = new ArrayList<>(sessions);
    }

    /** The session of this message; ask it for {@link Session#present()} when all are heard. */
    Session hear(Waits.Heard message, Duration timeout) {
        Session home = null;
        for (var session : List.copyOf(sessions)) {
            if (!session.reaches(message.at(), timeout) || walled(message.at(), session.startedAt())) continue;
            home = home == null ? session : merge(home, session);
        }
        if (home == null) {
            home = Session.startedBy(chat, message, timeout);
            sessions.add(home);
        } else {
            home.hear(message, timeout);
        }
        return home;
    }

    /** Makes sessions of several chats, which turned out to be one, the sessions of this chat. */
    void join() {
        sessions.forEach(session -> session.moveTo(chat));
        sessions.sort(BY_START);
        Session before = null;
        for (var session : List.copyOf(sessions)) {
            if (before != null && !session.startedAt().isAfter(before.deadline())
                    && !walled(before.startedAt(), session.startedAt())) {
                before = merge(before, session);
            } else if (before == null || session.lastMessageAt().isAfter(before.lastMessageAt())) {
                before = session;
            }
        }
    }

    /** Only the newest session may be open, and only while its deadline is to come. */
    void settle(Instant now) {
        var newest = sessions.stream().max(BY_START);
        sessions.forEach(session -> session.settle(session == newest.orElseThrow(), now));
    }

    /** The open one survives, so that whoever watches it need not start anew; otherwise the older. */
    private Session merge(Session a, Session b) {
        var survivor = b.isOpen() && !a.isOpen() || a.isOpen() == b.isOpen() && BY_START.compare(b, a) < 0 ? b : a;
        var other = survivor == a ? b : a;
        survivor.absorb(other);
        sessions.remove(other);
        absorbed.add(other);
        return survivor;
    }

    private boolean walled(Instant a, Instant b) {
        return sessions.stream().map(Session::closedAt)
                .anyMatch(wall -> wall != null && a.isAfter(wall) != b.isAfter(wall));
    }

    List<Session> present() {
        return sessions;
    }

    List<Session> absorbed() {
        return absorbed;
    }
}
