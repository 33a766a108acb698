package com.ventros.crm.events;

import com.ventros.crm.tenancy.Tenancy;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Remembers what each consumer has done, so that a second delivery of an event has no second effect. */
@Component
public class Inbox {

    /** Longer than a dead letter can wait for somebody to repeat it. */
    static final Duration KEPT = Topology.DEAD_LETTERS_KEPT.plusDays(5);

    private final JdbcClient db;
    private final JdbcClient system;

    Inbox(JdbcClient db, @Qualifier("system") JdbcClient system) {
        this.db = db;
        this.system = system;
    }

    /**
     * Marks events as done by the consumer, in the transaction of their effects.
     *
     * @return those that it has not done before; only they may have an effect
     */
    public Set<UUID> claim(String consumer, Collection<UUID> events) {
        // Sorted, so that two batches with the same events wait for each other in one order and never in a circle.
        return new HashSet<>(db.sql("""
                insert into processed_events (tenant_id, consumer_name, event_id)
                select :tenant, :consumer, unnest(:events::uuid[])
                on conflict do nothing returning event_id
                """)
                .param("tenant", Tenancy.current().value()).param("consumer", consumer)
                .param("events", new TreeSet<>(events).toArray(UUID[]::new))
                .query(UUID.class).list());
    }

    /**
     * Marks events as done by the consumer, in the transaction of their effects. What they say in words of somebody who was erased
     * since is left out.
     *
     * @return those that it has not done before; only they may have an effect
     */
    List<Envelope> claim(String consumer, Map<UUID, Envelope> events) {
        var sorted = new TreeMap<>(events);
        var forgotten = new HashMap<UUID, Boolean>();
        db.sql("""
                with fresh as (
                    insert into processed_events (tenant_id, consumer_name, event_id)
                    select :tenant, :consumer, unnest(:events::uuid[])
                    on conflict do nothing returning event_id)
                select f.event_id, a.aggregate_id is not null as forgotten
                  from fresh f join unnest(:events::uuid[], :aggregates::uuid[]) e (id, aggregate) on e.id = f.event_id
                  left join erased_aggregate a on a.aggregate_id = e.aggregate
                """)
                .param("tenant", Tenancy.current().value()).param("consumer", consumer)
                .param("events", sorted.keySet().toArray(UUID[]::new))
                .param("aggregates", sorted.values().stream().map(Envelope::aggregateId).toArray(UUID[]::new))
                .query((ResultSet row) -> {
                    forgotten.put(row.getObject("event_id", UUID.class), row.getBoolean("forgotten"));
                });
        return events.values().stream().filter(event -> forgotten.containsKey(event.id()))
                .map(event -> forgotten.get(event.id()) ? event.with(PersonalWords.without(event.data())) : event).toList();
    }

    /** Those of the events that the consumer has done before. */
    Set<UUID> done(String consumer, Collection<UUID> events) {
        return new HashSet<>(db.sql("""
                select event_id from processed_events
                 where consumer_name = :consumer and event_id = any(:events::uuid[])
                """)
                .param("consumer", consumer).param("events", events.toArray(UUID[]::new)).query(UUID.class).list());
    }

    /**
     * Forgets what was done so long ago that no delivery of it can come any more. The index by age leads to blocks of the table, which
     * this login does not use otherwise: it would read the whole table.
     */
    @Transactional("systemTransactionManager")
    void prune() {
        system.sql("set local enable_bitmapscan = on").update();
        system.sql("delete from processed_events where processed_at < now() - make_interval(secs => :kept)")
                .param("kept", KEPT.toSeconds()).update();
    }
}
