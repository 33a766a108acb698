package com.ventros.crm.channels;

import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.kernel.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The books of the door: deliveries accepted, and deliveries applied (saved, or set aside for inspection). When nothing
 * is under way both are equal, or something was lost.
 *
 * <p>Acceptances are booked a second later. A program that was killed has not booked its last ones, so each run of a
 * program has books of its own: what was applied of a run was accepted by it, and what one run did not book never
 * makes up for what another one lost.
 */
@Component
public class DeliveryCounts {

    /**
     * One channel on one day (UTC, of the acceptance).
     *
     * @param leftOut of those that were applied, what the channel does not take in
     */
    public record Day(ChannelId channel, LocalDate day, long accepted, long applied, long leftOut) {}

    /** The tenant's deliveries since the first. */
    public record Total(long accepted, long applied) {}

    /**
     * Whose delivery it was, and on which day it was accepted: a delivery is booked on one day, whenever it is applied.
     *
     * @param run of the program that accepted it
     */
    public record Account(TenantId tenant, ChannelId channel, LocalDate day, UUID run) {

        public static Account of(TenantId tenant, ChannelId channel, Instant acceptedAt, UUID run) {
            return new Account(tenant, channel, LocalDate.ofInstant(acceptedAt, ZoneOffset.UTC), run);
        }
    }

    private final JdbcClient db;
    private final JdbcClient system;

    DeliveryCounts(JdbcClient db, @Qualifier("system") JdbcClient system) {
        this.db = db;
        this.system = system;
    }

    /** The bound tenant's days, newest first. */
    @Transactional(readOnly = true)
    public List<Day> days(LocalDate since) {
        return db.sql("""
                select channel_id, day, sum(greatest(accepted, applied)) accepted, sum(applied) applied, sum(left_out) left_out
                  from delivery_count where day >= :since
                 group by channel_id, day order by day desc, channel_id
                """)
                .param("since", since)
                .query((row, _) -> new Day(new ChannelId(row.getObject("channel_id", UUID.class)),
                        row.getObject("day", LocalDate.class), row.getLong("accepted"), row.getLong("applied"), row.getLong("left_out")))
                .list();
    }

    /** The bound tenant's total. */
    @Transactional(readOnly = true)
    public Total total() {
        return db.sql("""
                select coalesce(sum(greatest(accepted, applied)), 0) accepted, coalesce(sum(applied), 0) applied
                  from delivery_count
                """).query(Total.class).single();
    }

    /** Books how many deliveries of any tenants were accepted so far; to book the same again changes nothing. */
    public void accepted(Map<Account, Long> totals) {
        book(system, "accepted = greatest(c.accepted, excluded.accepted)", "accepted", totals);
    }

    /** Books what the bound tenant's transaction leaves out, within it: it counts as applied, too. */
    public void leftOut(Map<Account, Long> counts) {
        book(db, "left_out = c.left_out + excluded.left_out", "left_out", counts);
    }

    /** Books what the bound tenant's transaction has applied, within it. */
    public void applied(Map<Account, Long> counts) {
        book(db, "applied = c.applied + excluded.applied", "applied", counts);
    }

    private static void book(JdbcClient client, String change, String column, Map<Account, Long> counts) {
        if (counts.isEmpty()) return;
        // One order for all writers: two batches that book the same accounts do not lock each other out.
        var accounts = counts.keySet().stream()
                .sorted((a, b) -> a.toString().compareTo(b.toString())).toList();
        client.sql("""
                insert into delivery_count as c (tenant_id, channel_id, day, run, %s)
                select * from unnest(:tenants::uuid[], :channels::uuid[], :days::date[], :runs::uuid[], :counts::bigint[])
                on conflict (tenant_id, channel_id, day, run) do update set %s
                """.formatted(column, change))
                .param("tenants", accounts.stream().map(account -> account.tenant().value()).toArray(UUID[]::new))
                .param("channels", accounts.stream().map(account -> account.channel().value()).toArray(UUID[]::new))
                .param("days", accounts.stream().map(account -> account.day().toString()).toArray(String[]::new))
                .param("runs", accounts.stream().map(Account::run).toArray(UUID[]::new))
                .param("counts", accounts.stream().map(counts::get).toArray(Long[]::new))
                .update();
    }
}
