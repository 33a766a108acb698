package com.ventros.crm.channels.waha;

import com.ventros.crm.tenancy.Tenancy;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps what WAHA sent and we do not know, one example of each event: a new release may send many of one kind. */
@Repository
public class UnknownDeliveries {

    private static final int LONGEST_EVENT = 100;

    private final JdbcClient db;

    UnknownDeliveries(JdbcClient db) {
        this.db = db;
    }

    /** In the bound tenant's transaction. */
    public void keep(String event, RawDelivery delivery) {
        db.sql("""
                insert into unknown_delivery as u (tenant_id, event, seen, first_seen, last_seen, channel_id, sample)
                values (:tenant, :event, 1, :at, :at, :channel, :sample)
                on conflict (tenant_id, event) do update
                   set seen = u.seen + 1, first_seen = least(u.first_seen, excluded.first_seen),
                       last_seen = greatest(u.last_seen, excluded.last_seen),
                       channel_id = excluded.channel_id, sample = excluded.sample
                """)
                .param("tenant", Tenancy.current().value())
                .param("event", storable(event))
                .param("at", delivery.receivedAt().atOffset(ZoneOffset.UTC))
                .param("channel", delivery.channel().value()).param("sample", delivery.body())
                .update();
    }

    /** U+0000 is the one character that PostgreSQL's text cannot hold. */
    private static String storable(String event) {
        var text = event.replace("\0", "");
        return text.length() <= LONGEST_EVENT ? text : text.substring(0, LONGEST_EVENT);
    }
}
