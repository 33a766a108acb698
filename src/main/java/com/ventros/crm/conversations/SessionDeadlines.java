package com.ventros.crm.conversations;

import com.ventros.crm.events.Cause;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.kernel.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** When sessions are over. The deadline lives in the session's row and moves with each message; who waits looks again. */
@Component
public class SessionDeadlines {

    /** A session that silence will end. */
    public record OpenSession(TenantId tenant, SessionId session, Instant deadline) {}

    private final JdbcClient system;
    private final Chats chats;
    private final Sessions sessions;
    private final Outbox outbox;

    SessionDeadlines(@Qualifier("system") JdbcClient system, Chats chats, Sessions sessions, Outbox outbox) {
        this.system = system;
        this.chats = chats;
        this.sessions = sessions;
        this.outbox = outbox;
    }

    /** When silence will have ended it; empty when it is over, merged into another, or unknown. */
    @Transactional(readOnly = true)
    public Optional<Instant> deadline(SessionId session) {
        return sessions.find(session).filter(Session::isOpen).map(Session::deadline);
    }

    /** Ends the session if its deadline has come. Returns the deadline to wait for; empty when it is over. */
    @Transactional
    public Optional<Instant> endIfSilent(SessionId id, Instant now) {
        var found = locked(id);
        if (found.isEmpty()) return Optional.empty();
        var session = found.get().session();
        if (session.deadline().isAfter(now)) return Optional.of(session.deadline());
        session.settle(true, now);
        save(found.get());
        return Optional.empty();
    }

    /** Across tenants: open sessions whose deadline is before that time, the earliest first. */
    public List<OpenSession> open(Instant dueBefore, int limit) {
        return system.sql("""
                select tenant_id, id, deadline from session where status = 'OPEN' and deadline < :before
                 order by deadline limit :limit
                """).param("before", Rows.utc(dueBefore)).param("limit", limit)
                .query((row, _) -> new OpenSession(new TenantId(Rows.uuid(row, "tenant_id")),
                        new SessionId(Rows.uuid(row, "id")), Rows.instant(row, "deadline"))).list();
    }

    private record Locked(Chat chat, Session session) {}

    /** The session, if it is open; its chat is locked, so that no message moves it meanwhile. */
    private Optional<Locked> locked(SessionId id) {
        var seen = sessions.find(id).filter(Session::isOpen);
        if (seen.isEmpty()) return Optional.empty();
        var chat = chats.lock(seen.get().chat())
                .orElseThrow(() -> new ConcurrencyFailureException("the chat was merged just now"));
        return sessions.find(id).filter(Session::isOpen).map(session -> new Locked(chat, session));
    }

    private void save(Locked locked) {
        outbox.append(sessions.save(List.of(
                new Sessions.Saved(locked.chat(), Cause.current(), List.of(locked.session()), List.of()))));
    }
}
