package com.ventros.crm.conversations;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.ventros.crm.agents.AgentId;
import com.ventros.crm.agents.TeamId;
import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.contacts.Tag;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps sessions; whoever changes one holds the lock of its chat. */
@Repository
class Sessions {

    /** Times of new messages in a chat, widened by the time-out: sessions within may be reached. */
    record Reach(ChatId chat, Instant from, Instant to) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Row(UUID tenantId, UUID id, UUID chatId, String status, Instant startedAt, Instant lastMessageAt,
                       Instant deadline, int messageCount, Instant endedAt, String endReason, int inboundCount,
                       int outboundCount, Instant firstInboundAt, Instant firstResponseAt, UUID firstResponseBy, Instant waitingSince,
                       int answers, long waitedMillis, long longestWaitMillis, UUID agentId, UUID teamId,
                       Instant assignedAt, String priority, List<String> outcomes, Instant reopenedUntil, long revision,
                       long version, Instant convertedAt, String conversionOutcome, Long conversionAmount,
                       String conversionCurrency) {}

    private static final String HEARD = "id, session_id, sent_at, source, author_user_id from message";
    private static final Columns<Row> COLUMNS = Columns.of(Row.class);
    private static final String INSERT = "insert into session (%s) select * from %s".formatted(COLUMNS.names(), COLUMNS.table());

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record HandoverRow(UUID tenantId, UUID id, UUID sessionId, Instant at, UUID agentId, UUID teamId, String how,
                               String note, String actorKind, String actorId) {}

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

    List<Session> all(Collection<SessionId> ids) {
        return db.sql("select * from session where id = any (:ids)").param("ids", Rows.uuids(ids, SessionId::value))
                .query((row, _) -> session(row)).list();
    }

    /** Whether its chat has gone on in no other session. */
    boolean isNewest(Session session) {
        return db.sql("""
                select not exists (select from session
                                    where chat_id = :chat and (started_at, id) > (:startedAt, :id))
                """)
                .param("chat", session.chat().value()).param("startedAt", Rows.utc(session.startedAt()))
                .param("id", session.id.value()).query(Boolean.class).single();
    }

    /** The sessions of one chat as they are now, and those that are no more. */
    record Saved(Chat chat, Cause cause, Collection<Session> present, Collection<Session> absorbed) {}

    /**
     * Saves what became of sessions: first what makes room for another open one.
     * Returns the events to append.
     */
    List<NewEvent> save(Collection<Saved> chats) {
        recount(chats.stream().flatMap(saved -> saved.present().stream()).filter(Session::mustRecount).toList(),
                chats.stream().flatMap(saved -> saved.absorbed().stream()).toList());
        var gone = chats.stream().flatMap(saved -> saved.absorbed().stream())
                .filter(session -> session.storedVersion > 0).toList();
        if (!gone.isEmpty()) {
            db.sql("""
                    update message m set session_id = p.new from unnest(:from::uuid[], :to::uuid[]) p (old, new)
                     where m.session_id = p.old
                    """)
                    .param("from", Rows.uuids(gone, session -> session.id.value()))
                    .param("to", Rows.uuids(gone, session -> session.present().id.value())).update();
            db.sql("""
                    update session_assignment a set session_id = p.new from unnest(:from::uuid[], :to::uuid[]) p (old, new)
                     where a.session_id = p.old
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
            COLUMNS.bind(db.sql(INSERT), fresh.stream().map(Sessions::row).toList()).update();
        }
        remember(chats);
        return chats.stream().flatMap(saved -> events(saved).stream()).toList();
    }

    /** Most messages are the newest of their session, which needs none of this. */
    private void recount(List<Session> sessions, List<Session> absorbed) {
        if (sessions.isEmpty()) return;
        var homes = new HashMap<UUID, Session>();
        sessions.forEach(session -> homes.put(session.id.value(), session));
        absorbed.stream().filter(session -> homes.containsValue(session.present()))
                .forEach(session -> homes.put(session.id.value(), session.present()));
        var stored = new HashMap<Session, List<Waits.Heard>>();
        db.sql("select " + HEARD + " where session_id = any (:sessions) and sent_at between :first and :last")
                .param("sessions", homes.keySet().toArray(UUID[]::new))
                .param("first", Rows.utc(sessions.stream().map(Session::startedAt).min(Comparator.naturalOrder()).orElseThrow()))
                .param("last", Rows.utc(sessions.stream().map(Session::lastMessageAt).max(Comparator.naturalOrder()).orElseThrow()))
                .query((ResultSet row) -> {
                    stored.computeIfAbsent(homes.get(Rows.uuid(row, "session_id")), _ -> new ArrayList<>()).add(heard(row));
                });
        sessions.forEach(session -> session.recount(stored.getOrDefault(session, List.of())));
    }

    /** All that was said in the sessions of these chats. */
    Map<SessionId, List<Waits.Heard>> saidIn(Collection<ChatId> chats) {
        var said = new HashMap<SessionId, List<Waits.Heard>>();
        db.sql("select " + HEARD + " where chat_id = any (:chats) and session_id is not null")
                .param("chats", Rows.uuids(chats, ChatId::value)).query((ResultSet row) -> {
                    said.computeIfAbsent(new SessionId(Rows.uuid(row, "session_id")), _ -> new ArrayList<>()).add(heard(row));
                });
        return said;
    }

    private static Waits.Heard heard(ResultSet row) throws SQLException {
        var member = Optional.ofNullable(Rows.uuid(row, "author_user_id"));
        return new Waits.Heard(new MessageId(Rows.uuid(row, "id")), Rows.instant(row, "sent_at"),
                Waits.Who.of(Message.Source.valueOf(row.getString("source")), member.isPresent()), member);
    }

    /** Who was given a session. */
    private void remember(Collection<Saved> chats) {
        var rows = new ArrayList<HandoverRow>();
        for (var saved : chats) {
            for (var session : saved.present()) {
                session.handovers().forEach(one -> rows.add(new HandoverRow(Tenancy.current().value(), Uuids.v7(),
                        session.id.value(), one.at(), one.agent().map(AgentId::value).orElse(null),
                        one.team().map(TeamId::value).orElse(null), one.how(), one.note().orElse(null),
                        saved.cause().actor().kind().name(), saved.cause().actor().id())));
            }
        }
        if (rows.isEmpty()) return;
        db.sql("insert into session_assignment select * from jsonb_populate_recordset(null::session_assignment, :rows::jsonb)")
                .param("rows", Rows.json(rows)).update();
    }

    private void update(List<Session> sessions) {
        if (sessions.isEmpty()) return;
        COLUMNS.bind(db.sql("""
                update session set chat_id = r.chat_id, status = r.status, started_at = r.started_at,
                                   last_message_at = r.last_message_at, deadline = r.deadline,
                                   message_count = r.message_count, ended_at = r.ended_at, end_reason = r.end_reason,
                                   inbound_count = r.inbound_count, outbound_count = r.outbound_count,
                                   first_inbound_at = r.first_inbound_at, first_response_at = r.first_response_at,
                                   first_response_by = r.first_response_by,
                                   waiting_since = r.waiting_since, answers = r.answers,
                                   waited_millis = r.waited_millis, longest_wait_millis = r.longest_wait_millis,
                                   agent_id = r.agent_id, team_id = r.team_id, assigned_at = r.assigned_at,
                                   priority = r.priority, outcomes = r.outcomes, reopened_until = r.reopened_until,
                                   revision = r.revision, version = r.version,
                                   converted_at = r.converted_at, conversion_outcome = r.conversion_outcome,
                                   conversion_amount = r.conversion_amount, conversion_currency = r.conversion_currency
                  from %s
                 where session.id = r.id
                """.formatted(COLUMNS.table())), sessions.stream().map(Sessions::row).toList()).update();
    }

    private static List<NewEvent> events(Saved saved) {
        var events = new ArrayList<NewEvent>();
        var chat = saved.chat();
        var contact = chat.contact().map(ContactId::value).orElseThrow();
        for (var session : saved.absorbed()) {
            if (session.storedVersion == 0) continue;
            events.add(event(saved, session, session.storedVersion + 1, session.lastMessageAt(),
                    new SessionEvent.SessionEnded(session.id.value(), chat.id.value(), contact, chat.channel.value(),
                            session.lastMessageAt(), "MERGED", Optional.empty())));
        }
        for (var session : saved.present()) {
            if (session.storedState == null) {
                events.add(event(saved, session, session.version(), session.startedAt(),
                        new SessionEvent.SessionStarted(session.id.value(), chat.id.value(), contact,
                                chat.channel.value(), session.startedAt(), session.deadline())));
            }
            if (session.isAnsweredOtherwise()) {
                var waits = session.waits();
                var at = Optional.ofNullable(waits.firstResponseAt());
                events.add(event(saved, session, session.version(), at.orElse(session.lastMessageAt()),
                        new SessionEvent.SessionFirstAnswered(session.id.value(), chat.id.value(), contact, chat.channel.value(),
                                Optional.ofNullable(waits.firstResponseBy()), at, firstResponseMillis(waits))));
            }
            boolean wasOpen = session.storedState == null || session.storedState instanceof Session.State.Open;
            if (wasOpen && session.state() instanceof Session.State.Ended(var at, var reason)) {
                events.add(event(saved, session, session.version(), at,
                        new SessionEvent.SessionEnded(session.id.value(), chat.id.value(), contact,
                                chat.channel.value(), at, reason.name(), Optional.of(figures(session)))));
            }
            if (!wasOpen && session.isOpen()) {
                boolean byHand = session.reopenedByHand();
                events.add(event(saved, session, session.version(), byHand ? session.told() : session.lastMessageAt(),
                        new SessionEvent.SessionReopened(session.id.value(), chat.id.value(), contact,
                                chat.channel.value(), session.deadline(), Optional.of(byHand ? "PERSON" : "LATE_MESSAGE"))));
            }
            if (session.shortened()) {
                events.add(event(saved, session, session.version(), session.lastMessageAt(),
                        new SessionEvent.SessionShortened(session.id.value(), chat.id.value(), contact, chat.channel.value(), session.deadline())));
            }
            for (var event : session.takeEvents()) {
                events.add(event(saved, session, session.version(), session.told(), event));
            }
        }
        return events;
    }

    private static Optional<Care.Conversion> conversion(ResultSet row) throws SQLException {
        if (row.getString("conversion_outcome") == null) return Optional.empty();
        var currency = row.getString("conversion_currency");
        return Optional.of(new Care.Conversion(Rows.instant(row, "converted_at"), new Tag(row.getString("conversion_outcome")),
                currency == null ? Optional.empty()
                        : Optional.of(new Care.Worth(row.getLong("conversion_amount"), Currency.getInstance(currency)))));
    }

    private static SessionEvent.Figures figures(Session session) {
        var waits = session.waits();
        return new SessionEvent.Figures(session.startedAt(), session.care().agent().map(AgentId::value),
                session.care().team().map(TeamId::value), waits.inbound(), waits.outbound(),
                firstResponseMillis(waits), waits.answers(), waits.waitedMillis());
    }

    private static Optional<Long> firstResponseMillis(Waits waits) {
        return Optional.ofNullable(waits.firstResponseAt()).map(at -> Duration.between(waits.firstInboundAt(), at).toMillis());
    }

    private static NewEvent event(Saved saved, Session session, long version, Instant at, SessionEvent event) {
        return new NewEvent(event, "session", session.id.value(), version, Optional.of(saved.chat().project), at,
                saved.cause());
    }

    private static Row row(Session session) {
        var ended = session.state() instanceof Session.State.Ended over ? over : null;
        var waits = session.waits();
        var care = session.care();
        var worth = care.conversion().flatMap(Care.Conversion::worth);
        return new Row(Tenancy.current().value(), session.id.value(), session.chat().value(),
                ended == null ? "OPEN" : "ENDED", session.startedAt(), session.lastMessageAt(), session.deadline(),
                session.messages(), ended == null ? null : ended.at(), ended == null ? null : ended.reason().name(),
                waits.inbound(), waits.outbound(), waits.firstInboundAt(), waits.firstResponseAt(), waits.firstResponseBy(),
                waits.waitingSince(), waits.answers(), waits.waitedMillis(), waits.longestMillis(), care.agent().map(AgentId::value).orElse(null),
                care.team().map(TeamId::value).orElse(null), care.assignedAt(), care.priority().name(),
                care.outcomes().stream().map(Tag::name).toList(), care.reopenedUntil(), session.revision(),
                session.version(), care.conversion().map(Care.Conversion::at).orElse(null),
                care.conversion().map(to -> to.outcome().name()).orElse(null), worth.map(Care.Worth::amount).orElse(null),
                worth.map(known -> known.currency().getCurrencyCode()).orElse(null));
    }

    private static Session session(ResultSet row) throws SQLException {
        var state = row.getString("status").equals("OPEN") ? new Session.State.Open()
                : new Session.State.Ended(Rows.instant(row, "ended_at"), Session.End.valueOf(row.getString("end_reason")));
        var waits = new Waits(row.getInt("inbound_count"), row.getInt("outbound_count"),
                Rows.instant(row, "first_inbound_at"), Rows.instant(row, "first_response_at"), Rows.uuid(row, "first_response_by"),
                Rows.instant(row, "waiting_since"), row.getInt("answers"), row.getLong("waited_millis"),
                row.getLong("longest_wait_millis"));
        var care = new Care(Optional.ofNullable(Rows.uuid(row, "agent_id")).map(AgentId::new),
                Optional.ofNullable(Rows.uuid(row, "team_id")).map(TeamId::new), Rows.instant(row, "assigned_at"),
                Care.Priority.valueOf(row.getString("priority")),
                Stream.of((String[]) row.getArray("outcomes").getArray()).map(Tag::new).toList(),
                Rows.instant(row, "reopened_until"), conversion(row));
        return new Session(new SessionId(Rows.uuid(row, "id")), new ChatId(Rows.uuid(row, "chat_id")),
                Rows.instant(row, "started_at"), Rows.instant(row, "last_message_at"), Rows.instant(row, "deadline"),
                row.getInt("message_count"), state, waits, care, row.getLong("revision"), row.getLong("version"));
    }
}
