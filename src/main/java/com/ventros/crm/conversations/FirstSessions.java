package com.ventros.crm.conversations;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tells which sessions are the first with their contact on a channel. */
@Component
public class FirstSessions {

    private final JdbcClient db;

    FirstSessions(JdbcClient db) {
        this.db = db;
    }

    /** Of these, those before which there is none; what was joined to another one meanwhile is no session any more. */
    @Transactional(readOnly = true)
    public List<SessionId> among(Collection<SessionId> sessions) {
        return db.sql("""
                select s.id from session s
                 where s.id = any (:ids) and not exists (
                       select from session earlier where earlier.chat_id = s.chat_id and earlier.started_at < s.started_at)
                """).param("ids", Rows.uuids(sessions, SessionId::value)).query(UUID.class).list().stream().map(SessionId::new).toList();
    }
}
