package com.ventros.crm.webhooks.flow;

import com.ventros.crm.events.Effects;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was told to the outside because of an event, with every try. */
@Component
class WebhookEffects implements Effects {

    private final JdbcClient db;

    WebhookEffects(JdbcClient db) {
        this.db = db;
    }

    @Override
    public List<Effect> of(Collection<UUID> correlations, Collection<UUID> events) {
        var tries = new LinkedHashMap<UUID, List<Map<String, Object>>>();
        var ids = events.toArray(UUID[]::new);
        db.sql("""
                select a.delivery_id, a.attempt, a.at, a.took_millis, a.status, a.reason
                  from webhook_delivery d join webhook_attempt a on a.delivery_id = d.id
                 where d.event_id = any(:events) order by a.attempt
                """).param("events", ids)
                .query((row, _) -> {
                    Map<String, Object> one = new LinkedHashMap<>();
                    one.put("attempt", row.getInt("attempt"));
                    one.put("at", row.getTimestamp("at").toInstant());
                    one.put("tookMillis", row.getLong("took_millis"));
                    one.put("status", row.getObject("status"));
                    one.put("reason", row.getString("reason"));
                    return Map.entry(row.getObject("delivery_id", UUID.class), one);
                }).list()
                .forEach(one -> tries.computeIfAbsent(one.getKey(), _ -> new ArrayList<>()).add(one.getValue()));
        return db.sql("""
                select id, event_id, endpoint_id, type, state, next_attempt_at, created_at from webhook_delivery
                 where event_id = any(:events)
                """).param("events", ids)
                .query((row, _) -> {
                    var id = row.getObject("id", UUID.class);
                    return new Effect(row.getObject("event_id", UUID.class), Optional.of("webhooks"), "webhook", id.toString(),
                            Optional.of(row.getString("state").toLowerCase(Locale.ROOT)),
                            Optional.of(row.getTimestamp("created_at").toInstant()),
                            Map.of("endpointId", row.getObject("endpoint_id", UUID.class), "type", row.getString("type"),
                                    "nextAttemptAt", row.getTimestamp("next_attempt_at").toInstant(),
                                    "attempts", tries.getOrDefault(id, List.of())));
                }).list();
    }
}
