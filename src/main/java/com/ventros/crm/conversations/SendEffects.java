package com.ventros.crm.conversations;

import com.ventros.crm.events.Effects;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What somebody wanted to send, and how far that is. */
@Component
class SendEffects implements Effects {

    private final JdbcClient db;

    SendEffects(JdbcClient db) {
        this.db = db;
    }

    @Override
    public List<Effect> of(Collection<UUID> correlations, Collection<UUID> events) {
        return db.sql("""
                select id, message_id, channel_id, act, state, attempts, queued_at, claimed_at, settled_at,
                       coalesce(causation_id, correlation_id) as caused_by
                  from send_intent where correlation_id = any(:correlations)
                """)
                .param("correlations", correlations.toArray(UUID[]::new))
                .query((row, _) -> {
                    Map<String, Object> facts = new LinkedHashMap<>();
                    facts.put("messageId", Rows.uuid(row, "message_id"));
                    facts.put("channelId", Rows.uuid(row, "channel_id"));
                    facts.put("act", row.getString("act").toLowerCase(Locale.ROOT));
                    facts.put("attempts", row.getInt("attempts"));
                    facts.put("claimedAt", Rows.instant(row, "claimed_at"));
                    facts.put("settledAt", Rows.instant(row, "settled_at"));
                    return new Effect(Rows.uuid(row, "caused_by"), Optional.empty(), "send", row.getString("id"),
                            Optional.of(row.getString("state").toLowerCase(Locale.ROOT)), Optional.of(Rows.instant(row, "queued_at")), facts);
                })
                .list();
    }
}
