package com.ventros.crm.conversations;

import com.ventros.crm.contacts.ContactView;
import com.ventros.crm.http.Paging;
import com.ventros.crm.kernel.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Sessions as a screen shows them. */
@Component
@Transactional(readOnly = true)
public class SessionView {

    /**
     * A session. All times but {@code endedAt} and {@code assignedAt} are those of messages.
     *
     * @param status    {@code open} or {@code ended}
     * @param endReason {@code silence}, {@code resolved} or {@code closed}
     * @param version   rises with what people change and with the status, not with messages
     */
    public record Shown(UUID id, UUID chatId, UUID contactId, UUID channelId, UUID projectId, String status,
            Instant startedAt, Instant lastMessageAt, Instant deadline, Optional<Instant> endedAt,
            Optional<String> endReason, Counts counts, ShownWaits waits, Optional<UUID> agentId, Optional<UUID> teamId,
            Optional<Instant> assignedAt, String priority, List<String> outcomes, Optional<ShownConversion> conversion,
            long version) {}

    /** What it led to; {@code value} is empty when nobody said what that is worth. */
    public record ShownConversion(Instant at, String outcome, Optional<ShownValue> value) {}

    /** {@code amount} is in the currency's smallest parts. */
    public record ShownValue(long amount, String currency) {}

    /** Messages of the customer, ours, and both. */
    public record Counts(int messages, int inbound, int outbound) {}

    /**
     * How long the customer waited for people.
     *
     * @param waitingSince since when they have waited for an answer that nobody has given
     */
    public record ShownWaits(Optional<Instant> firstInboundAt, Optional<Instant> firstResponseAt,
            Optional<Long> firstResponseMillis, Optional<Instant> waitingSince, int answers, long waitedMillis,
            Optional<Long> averageMillis, Optional<Long> longestMillis) {}

    /** Somebody was given a session; nobody has it when both ids are missing. */
    public record Assignment(UUID id, Instant at, Optional<UUID> agentId, Optional<UUID> teamId, String how,
            Optional<String> note, String actorKind, String actorId) {}

    /**
     * What is asked for; what is empty does not matter.
     *
     * @param assigned whether an agent has it
     * @param waiting  whether a customer waits for an answer in it
     */
    public record Query(Optional<String> status, Optional<UUID> agent, Optional<UUID> team, Optional<UUID> channel,
            Optional<UUID> contact, Optional<UUID> chat, Optional<String> priority, Optional<Boolean> assigned,
            Optional<Boolean> waiting, Optional<Instant> from, Optional<Instant> to) {}

    private static final String SESSION = """
            select s.*, c.whole_id as contact_id, c.channel_id, c.project_id from session s join chat c on c.id = s.chat_id
            """;

    private final JdbcClient db;

    SessionView(JdbcClient db) {
        this.db = db;
    }

    /** Those that began last first. */
    public List<Shown> list(Query query, Paging paging) {
        var where = new StringBuilder(" where true");
        var params = new HashMap<String, Object>();
        query.status().ifPresent(status -> where.append(" and s.status = '").append(switch (status) {
            case "open" -> "OPEN";
            case "ended" -> "ENDED";
            default -> throw Refusal.invalid("status", "invalid", "Say one of open, ended.");
        }).append("'"));
        equal(query.agent(), "s.agent_id", "agent", where, params);
        equal(query.team(), "s.team_id", "team", where, params);
        equal(query.channel(), "c.channel_id", "channel", where, params);
        query.contact().ifPresent(contact -> {
            where.append(" and c.whole_id = ").append(ContactView.SHOWN);
            params.put("contact", contact);
        });
        equal(query.chat(), "s.chat_id", "chat", where, params);
        equal(query.priority().map(one -> CareForSessions.priority(one).name()), "s.priority", "priority", where, params);
        query.assigned().ifPresent(is -> where.append(is ? " and s.agent_id is not null" : " and s.agent_id is null"));
        query.waiting().ifPresent(is -> where.append(is ? " and s.waiting_since is not null" : " and s.waiting_since is null"));
        query.from().ifPresent(from -> {
            where.append(" and s.started_at >= :from");
            params.put("from", Rows.utc(from));
        });
        query.to().ifPresent(to -> {
            where.append(" and s.started_at < :to");
            params.put("to", Rows.utc(to));
        });
        paging.after().ifPresent(after -> {
            where.append(" and (s.started_at, s.id) < (:afterTime::timestamptz, :afterId)");
            params.put("afterTime", after.instant(0).toString());
            params.put("afterId", after.uuid(1));
        });
        return db.sql(SESSION + where + " order by s.started_at desc, s.id desc limit :limit")
                .params(params).param("limit", paging.fetch()).query((row, _) -> shown(row)).list();
    }

    private static void equal(Optional<?> value, String column, String name, StringBuilder where, HashMap<String, Object> params) {
        value.ifPresent(known -> {
            where.append(" and ").append(column).append(" = :").append(name);
            params.put(name, known);
        });
    }

    public Optional<Shown> find(SessionId id) {
        return db.sql(SESSION + " where s.id = :id").param("id", id.value()).query((row, _) -> shown(row)).optional();
    }

    /** Who had it, the last first. */
    public List<Assignment> assignments(SessionId id, Paging paging) {
        return db.sql("""
                select * from session_assignment
                 where session_id = :session and (:after::uuid is null or id < :after::uuid)
                 order by id desc limit :limit
                """)
                .param("session", id.value()).param("after", paging.after().map(after -> after.uuid(0)).orElse(null))
                .param("limit", paging.fetch())
                .query((row, _) -> new Assignment(Rows.uuid(row, "id"), Rows.instant(row, "at"), maybe(row, "agent_id"),
                        maybe(row, "team_id"), row.getString("how"), Optional.ofNullable(row.getString("note")),
                        lower(row, "actor_kind"), row.getString("actor_id"))).list();
    }

    private static Shown shown(ResultSet row) throws SQLException {
        var answers = row.getInt("answers");
        var waited = row.getLong("waited_millis");
        var firstInbound = Optional.ofNullable(Rows.instant(row, "first_inbound_at"));
        var firstResponse = Optional.ofNullable(Rows.instant(row, "first_response_at"));
        var waits = new ShownWaits(firstInbound, firstResponse,
                firstResponse.map(at -> Duration.between(firstInbound.orElseThrow(), at).toMillis()),
                Optional.ofNullable(Rows.instant(row, "waiting_since")), answers, waited,
                answers == 0 ? Optional.empty() : Optional.of(waited / answers),
                answers == 0 ? Optional.empty() : Optional.of(row.getLong("longest_wait_millis")));
        return new Shown(Rows.uuid(row, "id"), Rows.uuid(row, "chat_id"), Rows.uuid(row, "contact_id"),
                Rows.uuid(row, "channel_id"), Rows.uuid(row, "project_id"), lower(row, "status"),
                Rows.instant(row, "started_at"), Rows.instant(row, "last_message_at"), Rows.instant(row, "deadline"),
                Optional.ofNullable(Rows.instant(row, "ended_at")),
                Optional.ofNullable(row.getString("end_reason")).map(reason -> reason.toLowerCase(Locale.ROOT)),
                new Counts(row.getInt("message_count"), row.getInt("inbound_count"), row.getInt("outbound_count")), waits,
                maybe(row, "agent_id"), maybe(row, "team_id"), Optional.ofNullable(Rows.instant(row, "assigned_at")),
                lower(row, "priority"), List.of((String[]) row.getArray("outcomes").getArray()), conversion(row), row.getLong("revision"));
    }

    private static Optional<ShownConversion> conversion(ResultSet row) throws SQLException {
        if (row.getString("conversion_outcome") == null) return Optional.empty();
        var currency = row.getString("conversion_currency");
        return Optional.of(new ShownConversion(Rows.instant(row, "converted_at"), row.getString("conversion_outcome"),
                currency == null ? Optional.empty() : Optional.of(new ShownValue(row.getLong("conversion_amount"), currency))));
    }

    private static Optional<UUID> maybe(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(Rows.uuid(row, column));
    }

    private static String lower(ResultSet row, String column) throws SQLException {
        return row.getString(column).toLowerCase(Locale.ROOT);
    }
}
