package com.ventros.crm.channels;

import com.ventros.crm.conversations.ChannelId;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which pipeline somebody enters who is met on a channel for the first time. */
@Component
public class ChannelPipelines {

    private final JdbcClient db;

    ChannelPipelines(JdbcClient db) {
        this.db = db;
    }

    /** @param since when the channel came here: what began before is the history of its phone */
    public record Welcome(UUID pipeline, Instant since) {}

    /** Within a transaction; channels without one are missing. */
    public Map<ChannelId, Welcome> of(Collection<ChannelId> channels) {
        var pipelines = new HashMap<ChannelId, Welcome>();
        db.sql("select id, default_pipeline_id, created_at from channel where id = any (:ids) and default_pipeline_id is not null")
                .param("ids", channels.stream().map(ChannelId::value).toArray(UUID[]::new))
                .query((ResultSet row) -> {
                    pipelines.put(new ChannelId(row.getObject("id", UUID.class)), new Welcome(row.getObject("default_pipeline_id", UUID.class),
                            row.getObject("created_at", OffsetDateTime.class).toInstant()));
                });
        return pipelines;
    }
}
