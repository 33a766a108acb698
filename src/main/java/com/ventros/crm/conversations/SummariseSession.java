package com.ventros.crm.conversations;

import com.ventros.crm.kernel.Refusal;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads a session and says in short what it was about. */
@Component
@Transactional(readOnly = true)
public class SummariseSession {

    /** Of a session that is longer the beginning and the end: what it was about, and how it went out. */
    private static final int READ_AT_EACH_END = 250;
    /** As much of a message as a summary shows. */
    private static final int SHOWN = 500;

    private final JdbcClient db;
    private final SessionView sessions;
    private final Summariser summariser;

    SummariseSession(JdbcClient db, SessionView sessions, Summariser summariser) {
        this.db = db;
        this.sessions = sessions;
        this.summariser = summariser;
    }

    /** Along {@code message_of_session}. */
    public SessionSummary handle(SessionId id) {
        var session = sessions.find(id).orElseThrow(() -> Refusal.notFound("session"));
        var said = db.sql("""
                with said as (
                    select id, direction, type, left(text, :shown) as text, sent_at, row_number() over (order by sent_at, id) as n,
                           count(*) over () as of
                      from message where session_id = :session and sent_at between :first and :last and revoked_at is null)
                select * from said where n <= :read or n > of - :read order by n
                """)
                .param("session", id.value()).param("shown", SHOWN).param("read", READ_AT_EACH_END)
                .param("first", Rows.utc(session.startedAt())).param("last", Rows.utc(session.lastMessageAt()))
                .query((row, _) -> new SessionSummary.Line(Rows.uuid(row, "id"), row.getString("direction").toLowerCase(Locale.ROOT),
                        row.getString("type").toLowerCase(Locale.ROOT), Optional.ofNullable(row.getString("text")),
                        Rows.instant(row, "sent_at"))).list();
        return summariser.summarise(session, said);
    }
}
