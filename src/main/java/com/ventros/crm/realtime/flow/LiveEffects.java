package com.ventros.crm.realtime.flow;

import com.ventros.crm.events.Effects;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where an event stands in the live stream, for as long as that is kept. */
@Component
class LiveEffects implements Effects {

    private final JdbcClient db;

    LiveEffects(JdbcClient db) {
        this.db = db;
    }

    /** The position was given in the transaction that marked the event as done: the time leads the index to it. */
    @Override
    public List<Effect> of(Collection<UUID> correlations, Collection<UUID> events) {
        return db.sql("""
                select l.event_id, l.position, l.kept_at
                  from processed_events p join live_event l on l.kept_at = p.processed_at and l.event_id = p.event_id
                 where p.consumer_name = 'realtime' and p.event_id = any(:events)
                """)
                .param("events", events.toArray(UUID[]::new))
                .query((row, _) -> new Effect(row.getObject(1, UUID.class), Optional.of("realtime"), "live_position",
                        row.getString(2), Optional.empty(), Optional.of(row.getTimestamp(3).toInstant()), Map.of()))
                .list();
    }
}
