package com.ventros.crm.billing;

import com.ventros.crm.kernel.Codes;
import com.ventros.crm.kernel.Refusal;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the company uses. Months are those of UTC. */
@Component
public class UsageView {

    /** What was used in a month, which is written 2026-03; messages are those written here and those of customers. */
    public record Month(String month, long messagesSent, long messagesReceived, long contactsAdded, long channelsAdded, long agentsAdded) {}

    /** How far a limit is used now; {@code limit} is agents, channels, contacts or messages (of this month), {@code allowed} null without an end. */
    public record LimitUsage(String limit, long used, Optional<Long> allowed) {}

    private static final int USUAL_MONTHS = 12;
    private static final int MOST_MONTHS = 24;

    private final JdbcClient db;
    private final MessageCounts messages;
    private final Limits limits;

    UsageView(JdbcClient db, MessageCounts messages, Limits limits) {
        this.db = db;
        this.messages = messages;
        this.limits = limits;
    }

    /** The oldest first, months without anything left out; what is empty of the window is the last twelve months. */
    @Transactional(readOnly = true)
    public List<Month> months(Optional<YearMonth> from, Optional<YearMonth> to, Instant now) {
        var last = to.orElseGet(() -> BillingAccount.month(now));
        var first = from.orElseGet(() -> last.minusMonths(USUAL_MONTHS - 1));
        if (first.isAfter(last) || first.until(last, ChronoUnit.MONTHS) >= MOST_MONTHS) {
            throw Refusal.invalid("from", "range", "From a month to the same or a later one, " + MOST_MONTHS + " at most.");
        }
        return used(first, last).entrySet().stream().map(month -> shown(month.getKey(), month.getValue())).toList();
    }

    /** What was used in a month. */
    Map<Metered, Long> of(YearMonth month) {
        return used(month, month).getOrDefault(month, Map.of());
    }

    private Map<YearMonth, Map<Metered, Long>> used(YearMonth first, YearMonth last) {
        var months = new TreeMap<YearMonth, Map<Metered, Long>>();
        Function<YearMonth, Map<Metered, Long>> of = month -> months.computeIfAbsent(month, _ -> new EnumMap<>(Metered.class));
        db.sql("""
                select month, what, used from billing_usage
                 where generation = live_generation('billing-usage') and month between :first and :last
                """).param("first", first.atDay(1)).param("last", last.atDay(1))
                .query((ResultSet row) -> {
                    of.apply(YearMonth.from(row.getObject("month", LocalDate.class))).put(Metered.valueOf(row.getString("what")), row.getLong("used"));
                });
        messages.between(first, last).forEach(count -> {
            of.apply(count.month()).put(Metered.MESSAGES_SENT, count.written());
            of.apply(count.month()).put(Metered.MESSAGES_RECEIVED, count.received());
        });
        return months;
    }

    /** In the order agents, channels, contacts, messages. */
    @Transactional(readOnly = true)
    public List<LimitUsage> limits(Instant now) {
        return Stream.of(Limit.values()).map(limit -> {
            var stand = limits.stand(limit, now);
            return new LimitUsage(Codes.of(limit), stand.used(), stand.allowed());
        }).toList();
    }

    private static Month shown(YearMonth month, Map<Metered, Long> used) {
        return new Month(month.toString(), used.getOrDefault(Metered.MESSAGES_SENT, 0L), used.getOrDefault(Metered.MESSAGES_RECEIVED, 0L),
                used.getOrDefault(Metered.CONTACTS_ADDED, 0L), used.getOrDefault(Metered.CHANNELS_ADDED, 0L), used.getOrDefault(Metered.AGENTS_ADDED, 0L));
    }
}
