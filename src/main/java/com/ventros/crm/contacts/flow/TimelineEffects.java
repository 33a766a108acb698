package com.ventros.crm.contacts.flow;

import com.ventros.crm.events.Effects;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** An entry of the timeline has the id of its event. */
@Component
class TimelineEffects implements Effects {

    private final JdbcClient db;

    TimelineEffects(JdbcClient db) {
        this.db = db;
    }

    @Override
    public List<Effect> of(Collection<UUID> correlations, Collection<UUID> events) {
        return db.sql("""
                select id, contact_id from timeline_entry
                 where id = any(:events) and generation = live_generation('timeline')
                """)
                .param("events", events.toArray(UUID[]::new))
                .query((row, _) -> new Effect(row.getObject(1, UUID.class), Optional.of("timeline"), "timeline_entry",
                        row.getString(1), Optional.empty(), Optional.empty(), Map.of("contactId", row.getString(2))))
                .list();
    }
}
