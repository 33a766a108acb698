package com.ventros.crm.reporting;

import com.ventros.crm.accounts.AccountView;
import com.ventros.crm.kernel.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reports. Days, hours and months are those of the project's time zone; what has nothing in it is left out. */
@Component
@Transactional(readOnly = true)
public class ReportView {

    /** What was used in a month on a channel; {@code month} is written 2026-03. */
    public record Usage(String month, UUID channelId, long inbound, long outbound, long activeContacts, long sessions) {}

    /** By what figures are put together. */
    public enum Group { DAY, HOUR, CHANNEL, AGENT }

    /**
     * Figures of a day, an hour of the day, a channel or an agent ({@code agentId} is empty where nobody had the session).
     * Messages belong to no agent, so they are empty there. Sessions count where they began; the rest is known of those that
     * are over.
     *
     * @param firstResponses sessions in which a person answered; average and median are over them
     * @param resolved       sessions of which a person said that they are done; the average is from their beginning to that
     * @param activity       what agents did then, whenever the sessions began and whether or not they are over; only by or of an agent
     */
    public record Figures(Optional<LocalDate> day, Optional<Integer> hour, Optional<UUID> channelId, Optional<UUID> agentId,
            Optional<Long> inbound, Optional<Long> outbound, long sessions, long ended, long firstResponses,
            Optional<Long> averageFirstResponseMillis, Optional<Long> medianFirstResponseMillis, long resolved,
            Optional<Long> averageResolutionMillis, Optional<Activity> activity) {}

    /**
     * What agents did.
     *
     * @param sessionsTaken  sessions that were given to them, each once
     * @param messagesSent   messages that they wrote here
     * @param firstResponses sessions in which they were the first person who answered; the average is of the customers' waits for that
     * @param resolved       sessions that they had when these were resolved
     */
    public record Activity(long sessionsTaken, long messagesSent, long firstResponses, Optional<Long> averageFirstResponseMillis, long resolved) {}

    /** Both days count. What is empty of the window is the last thirty days until today. */
    public record Query(Optional<UUID> project, Optional<LocalDate> from, Optional<LocalDate> to, Group group, Optional<UUID> channel,
            Optional<UUID> agent) {}

    private static final int USUAL_DAYS = 30;
    private static final int USUAL_MONTHS = 12;
    /** A year with a day more: longer windows are asked for in parts. */
    private static final int MOST_DAYS = 367;
    private static final int MOST_MONTHS = 24;

    private final JdbcClient db;
    private final AccountView accounts;

    ReportView(JdbcClient db, AccountView accounts) {
        this.db = db;
        this.accounts = accounts;
    }

    /** By month and channel, the oldest first; what is empty of the window is the last twelve months. */
    public List<Usage> usage(Optional<UUID> wanted, Optional<YearMonth> from, Optional<YearMonth> to, Instant now) {
        var project = accounts.projectOrOnly(wanted);
        var zone = ZoneId.of(project.timeZone());
        var last = to.orElseGet(() -> YearMonth.from(now.atZone(zone)));
        var first = from.orElseGet(() -> last.minusMonths(USUAL_MONTHS - 1));
        if (first.isAfter(last) || first.until(last, ChronoUnit.MONTHS) >= MOST_MONTHS) {
            throw Refusal.invalid("from", "range", "From a month to the same or a later one, " + MOST_MONTHS + " at most.");
        }
        return db.sql("""
                with volume as (
                    select to_char(quarter at time zone :zone, 'YYYY-MM') as month, channel_id, sum(inbound)::bigint as inbound,
                           sum(outbound)::bigint as outbound
                      from report_volume
                     where generation = live_generation('message-figures') and project_id = :project
                       and quarter >= :low and quarter < :high
                     group by 1, 2),
                contacts as (
                    select to_char(month, 'YYYY-MM') as month, channel_id, count(*) as contacts from report_contact
                     where generation = live_generation('message-figures') and project_id = :project
                       and month between :first and :last
                     group by 1, 2),
                sessions as (
                    select to_char(started_at at time zone :zone, 'YYYY-MM') as month, channel_id, count(*) as sessions
                      from report_session
                     where generation = live_generation('session-figures') and project_id = :project and not gone
                       and started_at >= :low and started_at < :high
                     group by 1, 2)
                select * from volume full join contacts using (month, channel_id) full join sessions using (month, channel_id)
                 order by month, channel_id
                """)
                .param("zone", zone.getId()).param("project", project.id())
                .param("low", first.atDay(1).atStartOfDay(zone).toInstant().atOffset(ZoneOffset.UTC))
                .param("high", last.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant().atOffset(ZoneOffset.UTC))
                .param("first", first.atDay(1)).param("last", last.atDay(1))
                .query((row, _) -> new Usage(row.getString("month"), row.getObject("channel_id", UUID.class), row.getLong("inbound"),
                        row.getLong("outbound"), row.getLong("contacts"), row.getLong("sessions"))).list();
    }

    /** In the order of days, hours or ids. */
    public List<Figures> figures(Query query, Instant now) {
        var project = accounts.projectOrOnly(query.project());
        var zone = ZoneId.of(project.timeZone());
        var last = query.to().orElseGet(() -> LocalDate.ofInstant(now, zone));
        var first = query.from().orElseGet(() -> last.minusDays(USUAL_DAYS - 1));
        if (first.isAfter(last) || first.until(last, ChronoUnit.DAYS) >= MOST_DAYS) {
            throw Refusal.invalid("from", "range", "From a day to the same or a later one, " + MOST_DAYS + " at most.");
        }
        var params = new HashMap<String, Object>();
        params.put("channel", query.channel().orElse(null));
        params.put("agent", query.agent().orElse(null));
        var ofAgents = query.group() == Group.AGENT || query.agent().isPresent();
        return db.sql("""
                with volume as (
                    select %s as key, sum(inbound)::bigint as inbound, sum(outbound)::bigint as outbound
                      from report_volume
                     where not :ofAgents and generation = live_generation('message-figures') and project_id = :project
                       and quarter >= :low and quarter < :high and (:channel::uuid is null or channel_id = :channel::uuid)
                     group by 1),
                sessions as (
                    select %s as key, count(*) as sessions, count(ended_at) as ended, count(first_response_millis) as responses,
                           round(avg(first_response_millis))::bigint as response,
                           round(percentile_cont(0.5) within group (order by first_response_millis))::bigint as median,
                           count(*) filter (where resolved) as resolved,
                           round(avg(extract(epoch from ended_at - started_at) * 1000) filter (where resolved))::bigint as resolution
                      from report_session
                     where generation = live_generation('session-figures') and project_id = :project and not gone
                       and started_at >= :low and started_at < :high and (:channel::uuid is null or channel_id = :channel::uuid)
                       and (:agent::uuid is null or agent_id = :agent::uuid)
                     group by 1),
                acts as (
                    select at, channel_id, agent_id, session_id as taken, null::bigint as sent, null::bigint as answer, false as resolved
                      from report_assignment
                     where generation = live_generation('assignment-figures') and project_id = :project and at >= :low and at < :high
                    union all
                    select w.quarter, w.channel_id, a.id, null, w.messages, null, false
                      from report_writer w join agent a on a.user_id = w.user_id
                     where w.generation = live_generation('message-figures') and w.project_id = :project
                       and w.quarter >= :low and w.quarter < :high
                    union all
                    select s.answered_at, s.channel_id, a.id, null, null, s.answered_millis, false
                      from report_session s join agent a on a.user_id = s.answered_by
                     where s.generation = live_generation('session-figures') and s.project_id = :project and not s.gone
                       and s.answered_at >= :low and s.answered_at < :high
                    union all
                    select ended_at, channel_id, agent_id, null, null, null, true from report_session
                     where generation = live_generation('session-figures') and project_id = :project and not gone and resolved
                       and agent_id is not null and ended_at >= :low and ended_at < :high),
                activity as (
                    select %s as key, count(distinct taken) as taken, coalesce(sum(sent), 0)::bigint as sent, count(answer) as answers,
                           round(avg(answer))::bigint as answer, count(*) filter (where resolved) as done
                      from acts
                     where :ofAgents and (:channel::uuid is null or channel_id = :channel::uuid)
                       and (:agent::uuid is null or agent_id = :agent::uuid)
                     group by 1)
                select * from volume full join sessions using (key) full join activity using (key) order by key
                """.formatted(key(query.group(), "quarter"), key(query.group(), "started_at"), key(query.group(), "at")))
                .param("zone", zone.getId()).param("project", project.id()).param("ofAgents", ofAgents).params(params)
                .param("low", first.atStartOfDay(zone).toInstant().atOffset(ZoneOffset.UTC))
                .param("high", last.plusDays(1).atStartOfDay(zone).toInstant().atOffset(ZoneOffset.UTC))
                .query((row, _) -> figures(row, query.group(), ofAgents)).list();
    }

    /** The text by which rows are put together; empty for sessions that nobody had. */
    private static String key(Group group, String at) {
        return switch (group) {
            case DAY -> "to_char(" + at + " at time zone :zone, 'YYYY-MM-DD')";
            case HOUR -> "to_char(" + at + " at time zone :zone, 'HH24')";
            case CHANNEL -> "channel_id::text";
            case AGENT -> at.equals("quarter") ? "''" : "coalesce(agent_id::text, '')";
        };
    }

    private static Figures figures(ResultSet row, Group group, boolean ofAgents) throws SQLException {
        var key = row.getString("key");
        return new Figures(Optional.of(key).filter(_ -> group == Group.DAY).map(LocalDate::parse),
                Optional.of(key).filter(_ -> group == Group.HOUR).map(Integer::valueOf),
                Optional.of(key).filter(_ -> group == Group.CHANNEL).map(UUID::fromString),
                Optional.of(key).filter(id -> group == Group.AGENT && !id.isEmpty()).map(UUID::fromString),
                ofAgents ? Optional.empty() : Optional.of(row.getLong("inbound")),
                ofAgents ? Optional.empty() : Optional.of(row.getLong("outbound")), row.getLong("sessions"), row.getLong("ended"),
                row.getLong("responses"), maybe(row, "response"), maybe(row, "median"), row.getLong("resolved"), maybe(row, "resolution"),
                ofAgents ? Optional.of(new Activity(row.getLong("taken"), row.getLong("sent"), row.getLong("answers"), maybe(row, "answer"),
                        row.getLong("done"))) : Optional.empty());
    }

    private static Optional<Long> maybe(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, Long.class));
    }
}
