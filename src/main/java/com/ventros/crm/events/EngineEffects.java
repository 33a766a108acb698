package com.ventros.crm.events;

import com.ventros.crm.tenancy.Tenancy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which listeners have worked on an event, and where it was given up. */
@Component
final class EngineEffects implements Effects {

    private final JdbcClient db;
    private final JdbcClient system;
    private final String[] consumers;

    EngineEffects(JdbcClient db, @Qualifier("system") JdbcClient system, List<EventConsumer> consumers) {
        this.db = db;
        this.system = system;
        this.consumers = consumers.stream().map(EventConsumer::name).toArray(String[]::new);
    }

    @Override
    public List<Effect> of(Collection<UUID> correlations, Collection<UUID> events) {
        var ids = events.toArray(UUID[]::new);
        var effects = new ArrayList<>(db.sql("""
                select event_id, consumer_name, processed_at from processed_events
                 where consumer_name = any(:consumers) and event_id = any(:events)
                """)
                .param("consumers", consumers).param("events", ids)
                .query((row, _) -> new Effect(row.getObject(1, UUID.class), Optional.empty(), "consumer", row.getString(2),
                        Optional.of("done"), Optional.of(row.getTimestamp(3).toInstant()), Map.of()))
                .list());
        effects.addAll(system.sql("""
                select id, source, message_id, code, reason, attempts, first_at, last_at, state from failures
                 where message_id = any(:events) and tenant_id = :tenant
                """)
                .param("events", ids).param("tenant", Tenancy.current().value())
                .query((row, _) -> {
                    Instant last = row.getTimestamp("last_at").toInstant();
                    return new Effect(row.getObject("message_id", UUID.class), Optional.empty(), "failure",
                            row.getString("id"), Optional.of(row.getString("state")), Optional.of(last),
                            Map.of("source", row.getString("source"), "code", row.getString("code"),
                                    "reason", row.getString("reason"), "attempts", row.getInt("attempts"),
                                    "firstAt", row.getTimestamp("first_at").toInstant()));
                })
                .list());
        return effects;
    }
}
