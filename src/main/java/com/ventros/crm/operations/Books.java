package com.ventros.crm.operations;

import com.ventros.crm.channels.DeliveryCounts;
import com.ventros.crm.events.Queues;
import com.ventros.crm.events.Topology;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Whether everything that was accepted was applied, once. */
@Component
public class Books {

    /** Doubles are looked for among the messages of so long: a repeated delivery comes within hours, not months. */
    static final Duration LOOKED_AT = Duration.ofDays(1);

    /**
     * The bound tenant's books.
     *
     * @param accepted deliveries answered 200
     * @param applied  deliveries saved, or set aside for inspection
     * @param waiting  deliveries on their way, of all tenants, since queues do not tell them apart
     * @param setAside deliveries given up: kept among the failures, or discarded by somebody
     * @param lost     accepted, and neither applied, waiting nor set aside
     * @param doubled  messages of the last day that are there more than once
     */
    public record Balance(long accepted, long applied, long waiting, long setAside, long lost, long doubled) {}

    private final DeliveryCounts deliveries;
    private final Queues queues;
    private final JdbcClient db;
    private final JdbcClient system;

    Books(DeliveryCounts deliveries, Queues queues, JdbcClient db, @Qualifier("system") JdbcClient system) {
        this.deliveries = deliveries;
        this.queues = queues;
        this.db = db;
        this.system = system;
    }

    @Transactional(readOnly = true)
    public Balance balance() {
        // Waiting is asked first: a delivery applied meanwhile then counts twice here, never as lost.
        var raw = queues.describe().stream().filter(queue -> queue.name().equals(Topology.WAHA_RAW)).toList();
        var spooled = system.sql("select count(*) from waha_spool").query(Long.class).single();
        var waiting = raw.stream().mapToLong(queue -> queue.depth() + queue.unacked()).sum() + spooled;
        var setAside = setAside();
        var total = deliveries.total();
        var lost = Math.max(0, total.accepted() - total.applied() - waiting - setAside);
        return new Balance(total.accepted(), total.applied(), waiting, setAside, lost, doubled());
    }

    private long setAside() {
        return db.sql("select count(*) from failures where source = :source and state in ('open', 'discarded')")
                .param("source", Topology.WAHA_RAW).query(Long.class).single();
    }

    /** The key of a message is unique in {@code message_ref}; this looks at the messages themselves all the same. */
    private long doubled() {
        return db.sql("""
                select count(*) - count(distinct (channel_id, external_id)) from message
                 where sent_at > :since and external_id is not null
                """)
                .param("since", Instant.now().minus(LOOKED_AT).atOffset(ZoneOffset.UTC))
                .query(Long.class).single();
    }
}
