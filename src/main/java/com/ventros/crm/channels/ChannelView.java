package com.ventros.crm.channels;

import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.kernel.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Channels as screens show them; secrets are only said to be there. */
@Component
@Transactional(readOnly = true)
public class ChannelView {

    /**
     * One channel. {@code status} and {@code type} in lower case, missing things null: of {@code waha} and {@code api} one
     * is there, and only WAHA needs a {@code webhookPath}. {@code leftOut} counts what came from groups while they were not wanted.
     */
    public record Item(UUID id, UUID projectId, String name, String type, String status, @Nullable Instant statusAt,
            @Nullable String phone, @Nullable Waha waha, @Nullable Api api, @Nullable String webhookPath,
            Integer sessionTimeoutMinutes, boolean groups, boolean statusPosts, @Nullable UUID defaultPipelineId,
            boolean readReceipts, long leftOut, @Nullable Instant archivedAt, long version) {}

    /** How its WAHA server is reached. */
    public record Waha(String url, String session, boolean hasApiKey, boolean hasHmacSecret) {}

    /** How a program of the company's own is reached. */
    public record Api(String url, boolean hasSecret) {}

    private static final String COLUMNS = """
            select id, project_id, name, type, status, status_at, phone, url, session_name, api_key is not null has_api_key,
                   webhook_key, session_timeout_minutes, groups, status_posts, default_pipeline_id, read_receipts, archived_at, version,
                   (select coalesce(sum(d.left_out), 0) from delivery_count d where d.channel_id = channel.id) left_out
              from channel
            """;

    private final JdbcClient db;

    ChannelView(JdbcClient db) {
        this.db = db;
    }

    /** Channels that are in use, or those that were given up, in the order of their names, from after the one named. */
    public List<Item> list(boolean archived, Optional<String> afterName, Optional<UUID> afterId, int limit) {
        return db.sql(COLUMNS + """
                 where (archived_at is not null) = :archived
                   and (cast(:afterName as text) is null or (name, id) > (:afterName, cast(:afterId as uuid)))
                 order by name, id limit :limit
                """)
                .param("archived", archived).param("afterName", afterName.orElse(null)).param("afterId", afterId.orElse(null)).param("limit", limit)
                .query((row, _) -> item(row)).list();
    }

    public Item get(ChannelId id) {
        return db.sql(COLUMNS + " where id = :id").param("id", id.value())
                .query((row, _) -> item(row)).optional().orElseThrow(() -> Refusal.notFound("channel"));
    }

    private static Item item(ResultSet row) throws SQLException {
        var statusAt = row.getObject("status_at", OffsetDateTime.class);
        var archivedAt = row.getObject("archived_at", OffsetDateTime.class);
        var waha = row.getString("type").equals(WahaAddress.TYPE);
        return new Item(row.getObject("id", UUID.class), row.getObject("project_id", UUID.class), row.getString("name"),
                row.getString("type"), row.getString("status").toLowerCase(),
                statusAt == null ? null : statusAt.toInstant(), row.getString("phone"),
                waha ? new Waha(row.getString("url"), row.getString("session_name"), row.getBoolean("has_api_key"), true) : null,
                waha ? null : new Api(row.getString("url"), true),
                waha ? "/webhooks/waha/" + row.getString("webhook_key") : null,
                row.getObject("session_timeout_minutes", Integer.class), row.getBoolean("groups"), row.getBoolean("status_posts"),
                row.getObject("default_pipeline_id", UUID.class), row.getBoolean("read_receipts"),
                row.getLong("left_out"), archivedAt == null ? null : archivedAt.toInstant(), row.getLong("version"));
    }
}
