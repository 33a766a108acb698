package com.ventros.crm.tracking;

import com.ventros.crm.accounts.AccountView;
import com.ventros.crm.kernel.Refusal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What came of the ways by which people found us in some days. Whatever a contact brought is credited to one way of theirs: the
 * first, or the last before it. It counts in the days of that way, whenever it came.
 */
@Component
@Transactional(readOnly = true)
public class AttributionReport {

    /** By what ways are put together. */
    public enum By { SOURCE, MEDIUM, CAMPAIGN, LINK, AD }

    /** Which of a contact's ways is credited. */
    public enum Model { FIRST, LAST }

    /** Both days count, in the project's time zone; what is empty of the window is the last thirty days until today. */
    public record Query(Optional<UUID> project, Optional<LocalDate> from, Optional<LocalDate> to, By by, Model model) {}

    /**
     * What came of one source, medium, campaign, link or advertisement.
     *
     * @param key      empty where nobody said it
     * @param label    the link's name or the advertisement's title
     * @param clicks   how often the links were opened, and each message that came by an advertisement
     * @param contacts whose credited way it is
     * @param sessions of theirs
     * @param wonDeals of theirs, with what they are worth in each currency
     */
    public record Row(Optional<String> key, Optional<String> label, long clicks, long contacts, long sessions, long wonDeals,
            List<Sum> won, List<Sum> cost) {}

    /** {@code amount} is in the currency's smallest parts. */
    public record Sum(String currency, long amount) {}

    /** What is being put together. */
    private static final class Line {
        private String label;
        private long clicks;
        private long contacts;
        private long sessions;
        private long wonDeals;
        private final Map<String, Long> won = new TreeMap<>();
        private final Map<String, Long> cost = new TreeMap<>();

        /** It was said to cost nothing, and nothing came of it. */
        private boolean isEmpty() {
            return clicks + contacts + sessions + wonDeals == 0 && cost.values().stream().allMatch(amount -> amount == 0);
        }

        private Row shown(String key) {
            return new Row(Optional.of(key).filter(some -> !some.isEmpty()), Optional.ofNullable(label), clicks, contacts, sessions, wonDeals,
                    sums(won), sums(cost));
        }

        private static List<Sum> sums(Map<String, Long> by) {
            return by.entrySet().stream().map(one -> new Sum(one.getKey(), one.getValue())).toList();
        }
    }

    private static final int USUAL_DAYS = 30;
    /** A year with a day more: longer windows are asked for in parts. */
    private static final int MOST_DAYS = 367;
    /** More than anybody reads; those with the most contacts and clicks are shown. */
    static final int MOST_ROWS = 500;

    /**
     * The contacts that came by anything in the window are found along {@code tracking_touch_by_time}; all that is theirs along the
     * indexes by whole contact ({@code chat_of_person}, {@code session_of_chat}, {@code deal_by_contact}), and the way that is
     * credited along {@code tracking_touch_of}.
     */
    private static final String CAME = """
            came as (select distinct whole_id from tracking_touch where project_id = :project and at >= :low and at < :high)
            """;

    private final JdbcClient db;
    private final AccountView accounts;

    AttributionReport(JdbcClient db, AccountView accounts) {
        this.db = db;
        this.accounts = accounts;
    }

    /** Those with the most contacts first, five hundred at most. */
    public List<Row> rows(Query query, Instant now) {
        var project = accounts.projectOrOnly(query.project());
        var zone = ZoneId.of(project.timeZone());
        var last = query.to().orElseGet(() -> LocalDate.ofInstant(now, zone));
        var first = query.from().orElseGet(() -> last.minusDays(USUAL_DAYS - 1));
        if (first.isAfter(last) || first.until(last, ChronoUnit.DAYS) >= MOST_DAYS) {
            throw Refusal.invalid("from", "range", "From a day to the same or a later one, " + MOST_DAYS + " at most.");
        }
        var params = new HashMap<String, Object>();
        params.put("project", project.id());
        params.put("first", first);
        params.put("last", last);
        params.put("low", first.atStartOfDay(zone).toInstant().atOffset(ZoneOffset.UTC));
        params.put("high", last.plusDays(1).atStartOfDay(zone).toInstant().atOffset(ZoneOffset.UTC));
        var lines = new TreeMap<String, Line>();
        people(query, params, lines);
        deals(query, params, lines);
        costs(query, params, lines);
        lines.values().removeIf(Line::isEmpty);
        var rows = new ArrayList<Row>();
        lines.forEach((key, line) -> rows.add(line.shown(key)));
        rows.sort(Comparator.comparingLong(Row::contacts).thenComparingLong(Row::clicks).reversed());
        return List.copyOf(rows.subList(0, Math.min(rows.size(), MOST_ROWS)));
    }

    private void people(Query query, Map<String, Object> params, Map<String, Line> lines) {
        var key = key(query.by());
        var only = only(query.by());
        var label = label(query.by());
        db.sql("with " + CAME + """
                , things as (
                    select 'contact' as what, w.whole_id, 'infinity'::timestamptz as until from came w
                    union all
                    select 'session', w.whole_id, s.last_message_at from came w join chat c on c.whole_id = w.whole_id
                      join session s on s.chat_id = c.id)
                select x.what, %1$s as key, max(%2$s) as label, count(*) as count
                  from things x cross join lateral (%3$s) t left join tracking_link l on l.id = t.link_id
                 where t.at >= :low and t.at < :high and %4$s group by 1, 2
                union all
                select 'click', %1$s, max(%2$s), count(*) from tracking_touch t left join tracking_link l on l.id = t.link_id
                 where t.project_id = :project and t.kind = 'AD' and t.at >= :low and t.at < :high and %4$s group by 1, 2
                union all
                select 'click', %1$s, max(%2$s), sum(k.clicks)
                  from tracking_link l join tracking_click k on k.link_id = l.id
                 cross join (select 'LINK' as kind, null::boolean as paid, null as app, null as ad_id, null as ad_title) t
                 where l.project_id = :project and k.day between :first and :last and %4$s group by 1, 2
                """.formatted(key, label, credited(query.model(), "x.whole_id", "x.until"), only)).params(params)
                .query(row -> {
                    var line = lines.computeIfAbsent(row.getString("key"), _ -> new Line());
                    if (row.getString("label") != null) line.label = row.getString("label");
                    switch (row.getString("what")) {
                        case "contact" -> line.contacts += row.getLong("count");
                        case "session" -> line.sessions += row.getLong("count");
                        default -> line.clicks += row.getLong("count");
                    }
                });
    }

    /** Of a card that two contacts had and that was left since they are one, only the other counts. */
    private void deals(Query query, Map<String, Object> params, Map<String, Line> lines) {
        db.sql("with " + CAME + """
                select %1$s as key, max(%2$s) as label, d.currency, count(*) as count, sum(d.amount)::bigint as amount
                  from came w join deal d on d.whole_id = w.whole_id and d.left_because is distinct from 'MERGED'
                  join pipeline_status s on s.id = d.status_id and s.kind = 'WON'
                 cross join lateral (%3$s) t left join tracking_link l on l.id = t.link_id
                 where t.at >= :low and t.at < :high and %4$s group by 1, 3
                """.formatted(key(query.by()), label(query.by()), credited(query.model(), "w.whole_id", "d.status_since"), only(query.by())))
                .params(params)
                .query(row -> {
                    var line = lines.computeIfAbsent(row.getString("key"), _ -> new Line());
                    if (row.getString("label") != null) line.label = row.getString("label");
                    line.wonDeals += row.getLong("count");
                    if (row.getString("currency") != null) line.won.merge(row.getString("currency"), row.getLong("amount"), Long::sum);
                });
    }

    /** Nobody says what a link costs. */
    private void costs(Query query, Map<String, Object> params, Map<String, Line> lines) {
        var key = switch (query.by()) {
            case SOURCE -> "source";
            case MEDIUM -> "medium";
            case CAMPAIGN -> "campaign";
            case AD -> "ad_id";
            case LINK -> "''";
        };
        if (query.by() == By.LINK) return;
        db.sql("""
                select %1$s as key, currency, sum(amount)::bigint as amount from tracking_cost
                 where project_id = :project and day between :first and :last and (not :ofAds or ad_id <> '') group by 1, 2
                """.formatted(key)).params(params).param("ofAds", query.by() == By.AD)
                .query(row -> {
                    lines.computeIfAbsent(row.getString("key"), _ -> new Line()).cost.merge(row.getString("currency"), row.getLong("amount"), Long::sum);
                });
    }

    /** The way that is credited with what a contact brought by then. */
    private static String credited(Model model, String contact, String until) {
        var order = model == Model.FIRST ? "asc" : "desc";
        return "select * from tracking_touch e where e.whole_id = %s and e.at <= %s order by e.at %s, e.id %s limit 1".formatted(contact, until, order, order);
    }

    /** Of the touch {@code t} and its link {@code l}. */
    private static String key(By by) {
        var key = switch (by) {
            case SOURCE -> TouchView.SOURCE;
            case MEDIUM -> TouchView.MEDIUM;
            case CAMPAIGN -> "l.utm_campaign";
            case LINK -> "l.id::text";
            case AD -> "t.ad_id";
        };
        return "coalesce(" + key + ", '')";
    }

    private static String label(By by) {
        return switch (by) {
            case LINK -> "l.name";
            case AD -> "t.ad_title";
            case SOURCE, MEDIUM, CAMPAIGN -> "null::text";
        };
    }

    private static String only(By by) {
        return switch (by) {
            case LINK -> "t.kind = 'LINK'";
            case AD -> "t.kind = 'AD'";
            case SOURCE, MEDIUM, CAMPAIGN -> "true";
        };
    }
}
