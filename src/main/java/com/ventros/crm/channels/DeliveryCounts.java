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
 */
@Component
public class DeliveryCounts {

    /** One channel on one day (UTC, of the acceptance). */
    public record Day(ChannelId channel, LocalDate day, long accepted, long applied) {}

    /** The tenant's deliveries since the first. */
    public record Total(long accepted, long applied) {}

    /** Whose delivery it was, and on which day it was accepted: a delivery is booked on one day, whenever it is applied. */
    public record Account(TenantId tenant, ChannelId channel, LocalDate day) {

        public static Account of(TenantId tenant, ChannelId channel, Instant acceptedAt) {
            return new Account(tenant, channel, LocalDate.ofInstant(acceptedAt, ZoneOffset.UTC));
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
                select channel_id, day, accepted, applied from delivery_count
                 where day >= :since order by day desc, channel_id
                """)
                .param("since", since)
                .query((row, _) -> new Day(new ChannelId(row.getObject("channel_id", UUID.class)),
                        row.getObject("day", LocalDate.class), row.getLong("accepted"), row.getLong("applied")))
                .list();
    }

    /** The bound tenant's total. */
    @Transactional(readOnly = true)
    public Total total() {
        return db.sql("""
                select coalesce(sum(accepted), 0) accepted, coalesce(sum(applied), 0) applied from delivery_count
                """).query(Total.class).single();
    }

    /** Books acceptances of any tenants. */
    public void accepted(Map<Account, Long> counts) {
        book(system, "accepted", counts);
    }

    /** Books what the bound tenant's transaction has applied, within it. */
    public void applied(Map<Account, Long> counts) {
        book(db, "applied", counts);
    }

    private static void book(JdbcClient client, String column, Map<Account, Long> counts) {
        if (counts.isEmpty()) return;
        // One order for all writers: two batches that book the same accounts do not lock each other out.
        var accounts = counts.keySet().stream()
                .sorted((a, b) -> a.toString().compareTo(b.toString())).toList();
        client.sql("""
                insert into delivery_count as c (tenant_id, channel_id, day, %1$s)
                select * from unnest(:tenants::uuid[], :channels::uuid[], :days::date[], :counts::bigint[])
                on conflict (tenant_id, channel_id, day) do update set %1$s = c.%1$s + excluded.%1$s
                """.formatted(column))
                .param("tenants", accounts.stream().map(account -> account.tenant().value()).toArray(UUID[]::new))
                .param("channels", accounts.stream().map(account -> account.channel().value()).toArray(UUID[]::new))
                .param("days", accounts.stream().map(account -> account.day().toString()).toArray(String[]::new))
                .param("counts", accounts.stream().map(counts::get).toArray(Long[]::new))
                .update();
    }
}
