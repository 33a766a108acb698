package com.ventros.crm.conversations;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.tenancy.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps sessions; whoever changes one holds the lock of its chat. */
@Repository
class Sessions {

    /** Times of new messages in a chat, widened by the time-out: sessions within may be reached. */
    record Reach(ChatId chat, Instant from, Instant to) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Row(UUID tenantId, UUID id, UUID chatId, String status, Instant startedAt, Instant lastMessageAt,
                       Instant deadline, int messageCount, Instant endedAt, String endReason, long version) {}

    private final JdbcClient db;

    Sessions(JdbcClient db) {
        this.db = db;
    }

    /** Sessions within reach, and the newest of each chat. */
    List<Session> find(Collection<Reach> reaches) {
        if (reaches.isEmpty()) return List.of();
        return db.sql("""
                select s.*
                  from unnest(:chats::uuid[], :from::timestamptz[], :to::timestamptz[]) r (chat_id, low, high)
                  join session s on s.chat_id = r.chat_id and s.started_at <= r.high and s.last_message_at >= r.low
                union
                select n.*
                  from unnest(:chats::uuid[]) r (chat_id)
                  cross join lateral (select * from session s where s.chat_id = r.chat_id
                                       order by started_at desc, id desc limit 1) n
                """)
                .param("chats", Rows.uuids(reaches, reach -> reach.chat().value()))
                .param("from", Rows.times(reaches, Reach::from)).param("to", Rows.times(reaches, Reach::to))
                .query((row, _) -> session(row)).list();
    }

    /** All sessions of these chats. */
    List<Session> ofChats(Collection<ChatId> chats) {
        return db.sql("select * from session where chat_id = any (:chats)")
                .param("chats", Rows.uuids(chats, ChatId::value)).query((row, _) -> session(row)).list();
    }

    Optional<Session> find(SessionId id) {
        return db.sql("select * from session where id = :id").param("id", id.value())
                .query((row, _) -> session(row)).optional();
    }

    /** The sessions of one chat as they are now, and those that are no more. */
    record Saved(Chat chat, Cause cause, Collection<Session> present, Collection<Session> absorbed) {}

    /**
     * Saves what became of sessions: first what makes room for another open one.
     * Returns the events to append.
     */
    List<NewEvent> save(Collection<Saved> chats) {
        var gone = chats.stream().flatMap(saved -> saved.absorbed().stream())
                .filter(session -> session.storedVersion > 0).toList();
        if (!gone.isEmpty()) {
            db.sql("""
                    update message m set session_id = p.new from unnest(:from::uuid[], :to::uuid[]) p (old, new)
                     where m.session_id = p.old
                    """)
                    .param("from", Rows.uuids(gone, session -> session.id.value()))
                    .param("to", Rows.uuids(gone, session -> session.present().id.value())).update();
            db.sql("delete from session where id = any (:ids)")
                    .param("ids", Rows.uuids(gone, session -> session.id.value())).update();
        }
        var changed = chats.stream().flatMap(saved -> saved.present().stream()).filter(Session::changed).toList();
        update(changed.stream().filter(session -> session.storedVersion > 0 && !session.isOpen()).toList());
        update(changed.stream().filter(session -> session.storedVersion > 0 && session.isOpen()).toList());
        var fresh = changed.stream().filter(session -> session.storedVersion == 0).toList();
        if (!fresh.isEmpty()) {
            db.sql("insert into session select * from jsonb_populate_recordset(null::session, :rows::jsonb)")
                    .param("rows", Rows.json(fresh.stream().map(Sessions::row).toList())).update();
        }
        return chats.stream().flatMap(saved -> events(saved).stream()).toList();
    }

    private void update(List<Session> sessions) {
        if (sessions.isEmpty()) return;
        db.sql("""
                update session set chat_id = r.chat_id, status = r.status, started_at = r.started_at,
                                   last_message_at = r.last_message_at, deadline = r.deadline,
                                   message_count = r.message_count, ended_at = r.ended_at, end_reason = r.end_reason,
                                   version = r.version
                  from jsonb_populate_recordset(null::session, :rows::jsonb) r
                 where session.id = r.id
                """).param("rows", Rows.json(sessions.stream().map(Sessions::row).toList())).update();
    }

    private static List<NewEvent> events(Saved saved) {
        var events = new ArrayList<NewEvent>();
        var chat = saved.chat();
        var contact = chat.contact().map(ContactId::value).orElseThrow();
        for (var session : saved.absorbed()) {
            if (session.storedVersion == 0) continue;
            events.add(event(saved, session, session.storedVersion + 1, session.lastMessageAt(),
                    new SessionEvent.SessionEnded(session.id.value(), chat.id.value(), contact, chat.channel.value(),
                            session.lastMessageAt(), "MERGED")));
        }
        for (var session : saved.present()) {
            if (session.storedState == null) {
                events.add(event(saved, session, session.version(), session.startedAt(),
                        new SessionEvent.SessionStarted(session.id.value(), chat.id.value(), contact,
                                chat.channel.value(), session.startedAt(), session.deadline())));
            }
            boolean wasOpen = session.storedState == null || session.storedState instanceof Session.State.Open;
            if (wasOpen && session.state() instanceof Session.State.Ended(var at, var reason)) {
                events.add(event(saved, session, session.version(), at,
                        new SessionEvent.SessionEnded(session.id.value(), chat.id.value(), contact,
                                chat.channel.value(), at, reason.name())));
            }
            if (!wasOpen && session.isOpen()) {
                events.add(event(saved, session, session.version(), session.lastMessageAt(),
                        new SessionEvent.SessionReopened(session.id.value(), chat.id.value(), contact,
                                chat.channel.value(), session.deadline())));
            }
        }
        return events;
    }

    private static NewEvent event(Saved saved, Session session, long version, Instant at, SessionEvent event) {
        return new NewEvent(event, "session", session.id.value(), version, Optional.of(saved.chat().project), at,
                saved.cause());
    }

    private static Row row(Session session) {
        var ended = session.state() instanceof Session.State.Ended over ? over : null;
        return new Row(Tenancy.current().value(), session.id.value(), session.chat().value(),
                ended == null ? "OPEN" : "ENDED", session.startedAt(), session.lastMessageAt(), session.deadline(),
                session.messages(), ended == null ? null : ended.at(), ended == null ? null : ended.reason().name(),
                session.version());
    }

    private static Session session(ResultSet row) throws SQLException {
        var state = row.getString("status").equals("OPEN") ? new Session.State.Open()
                : new Session.State.Ended(Rows.instant(row, "ended_at"), Session.End.valueOf(row.getString("end_reason")));
        return new Session(new SessionId(Rows.uuid(row, "id")), new ChatId(Rows.uuid(row, "chat_id")),
                Rows.instant(row, "started_at"), Rows.instant(row, "last_message_at"), Rows.instant(row, "deadline"),
                row.getInt("message_count"), state, row.getLong("version"));
    }
}
