package com.ventros.crm.agents;

import com.ventros.crm.kernel.TenantId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Human agents of all tenants who gave no sign of life for too long and are not offline yet. */
@Component
public class UnseenAgents {

    /** Somebody who seems to have gone without a word. */
    public record Unseen(TenantId tenant, AgentId agent) {}

    private final JdbcClient system;

    UnseenAgents(@Qualifier("system") JdbcClient system) {
        this.system = system;
    }

    public List<Unseen> since(Instant time, int limit) {
        return system.sql("""
                select tenant_id, id from agent
                 where kind = 'HUMAN' and availability <> 'OFFLINE' and coalesce(last_seen_at, '-infinity') < :time
                 order by last_seen_at nulls first limit :limit
                """)
                .param("time", time.atOffset(ZoneOffset.UTC)).param("limit", limit)
                .query((row, _) -> new Unseen(new TenantId(row.getObject("tenant_id", UUID.class)),
                        new AgentId(row.getObject("id", UUID.class)))).list();
    }
}
