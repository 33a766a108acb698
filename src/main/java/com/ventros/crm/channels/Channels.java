package com.ventros.crm.channels;

import com.ventros.crm.channels.Channel.Number;
import com.ventros.crm.channels.Channel.Report;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.tenancy.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** Writes channels, and what happened to them, in one transaction. */
@Repository
class Channels {

    private final JdbcClient db;
    private final Outbox outbox;

    Channels(JdbcClient db, Outbox outbox) {
        this.db = db;
        this.outbox = outbox;
    }

    void add(Channel channel, Instant at) {
        try {
            bind(channel, db.sql("""
                    insert into channel (tenant_id, id, project_id, name, type, url, session_name, api_key, hmac_secret,
                                         webhook_key, status, status_at, status_detail, phone, lid,
                                         session_timeout_minutes, groups, status_posts, default_pipeline_id, read_receipts,
                                         archived_at, created_at)
                    values (:tenant, :id, :project, :name, :type, :url, :session, :apiKey, :hmacSecret,
                            :webhookKey, :status, :statusAt, :statusDetail, :phone, :lid, :timeout, :groups, :statusPosts,
                            :pipeline, :readReceipts, :archivedAt, :createdAt)
                    """))
                    .param("tenant", Tenancy.current().value())
                    .param("type", channel.address().type()).param("project", channel.project.value())
                    .param("createdAt", at.atOffset(ZoneOffset.UTC))
                    .update();
        } catch (DuplicateKeyException twice) {
            throw sessionTaken();
        }
        append(channel, 0, at);
    }

    void save(Channel channel, Instant at) {
        int updated;
        try {
            updated = bind(channel, db.sql("""
                    update channel
                       set name = :name, url = :url, session_name = :session, api_key = :apiKey,
                           hmac_secret = :hmacSecret, webhook_key = :webhookKey, status = :status,
                           status_at = :statusAt, status_detail = :statusDetail, phone = :phone, lid = :lid,
                           session_timeout_minutes = :timeout, groups = :groups, status_posts = :statusPosts,
                           default_pipeline_id = :pipeline, read_receipts = :readReceipts, archived_at = :archivedAt, version = version + 1
                     where id = :id and version = :version
                    """))
                    .param("version", channel.version)
                    .update();
        } catch (DuplicateKeyException twice) {
            throw sessionTaken();
        }
        if (updated == 0) {
            throw new Refusal(Refusal.Kind.STALE, "channel_changed", "The channel was changed by somebody else meanwhile.");
        }
        append(channel, channel.version + 1, at);
    }

    /** Keeps what the provider reported of a channel that is held. Nobody decided it, so the version that a person has seen stays. */
    void saveReport(Channel channel, Instant at) {
        bind(channel, db.sql("""
                update channel
                   set status = :status, status_at = :statusAt, status_detail = :statusDetail, phone = :phone, lid = :lid
                 where id = :id
                """))
                .update();
        append(channel, channel.version, at);
    }

    /** The channel, held against changes by others until the transaction ends. */
    Optional<Channel> lock(ChannelId id) {
        return db.sql("select * from channel where id = :id for update").param("id", id.value())
                .query((row, _) -> rebuild(row)).optional();
    }

    private void append(Channel channel, long version, Instant at) {
        var cause = Cause.current();
        outbox.append(channel.takeEvents().stream()
                .map(event -> new NewEvent(event, "channel", channel.id.value(), version,
                        Optional.of(channel.project), at, cause))
                .toList());
    }

    private static StatementSpec bind(Channel channel, StatementSpec statement) {
        return statement
                .param("id", channel.id.value())
                .param("name", channel.name())
                .param("url", channel.address().url())
                .param("session", channel.address() instanceof WahaAddress waha ? waha.session() : null)
                .param("apiKey", channel.secrets().apiKey().orElse(null))
                .param("hmacSecret", channel.secrets().hmacSecret())
                .param("webhookKey", channel.webhookKey())
                .param("status", channel.status().name())
                .param("statusAt", channel.lastReport().map(report -> report.at().atOffset(ZoneOffset.UTC)).orElse(null))
                .param("statusDetail", channel.lastReport().flatMap(Report::detail).orElse(null))
                .param("phone", channel.number().map(number -> number.phone().e164()).orElse(null))
                .param("lid", channel.number().flatMap(Number::lid).orElse(null))
                .param("timeout", channel.settings().sessionTimeoutMinutes().orElse(null))
                .param("groups", channel.settings().groups()).param("statusPosts", channel.settings().statusPosts())
                .param("pipeline", channel.settings().defaultPipeline().orElse(null))
                .param("readReceipts", channel.settings().readReceipts())
                .param("archivedAt", channel.archivedAt().map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null));
    }

    private static Channel rebuild(ResultSet row) throws SQLException {
        var statusAt = row.getObject("status_at", OffsetDateTime.class);
        return new Channel(
                new ChannelId(row.getObject("id", UUID.class)),
                new ProjectId(row.getObject("project_id", UUID.class)),
                row.getLong("version"),
                row.getString("name"),
                address(row),
                new SealedSecrets(Optional.ofNullable(row.getBytes("api_key")), row.getBytes("hmac_secret")),
                row.getString("webhook_key"),
                statusAt == null ? Optional.empty() : Optional.of(new Report(
                        ChannelStatus.valueOf(row.getString("status")), statusAt.toInstant(),
                        Optional.ofNullable(row.getString("status_detail")))),
                row.getString("phone") == null ? Optional.empty() : Optional.of(new Number(
                        new PhoneNumber(row.getString("phone")), Optional.ofNullable(row.getString("lid")))),
                new ChannelSettings(Optional.ofNullable(row.getObject("session_timeout_minutes", Integer.class)),
                        row.getBoolean("groups"), row.getBoolean("status_posts"),
                        Optional.ofNullable(row.getObject("default_pipeline_id", UUID.class)), row.getBoolean("read_receipts")),
                Optional.ofNullable(row.getObject("archived_at", OffsetDateTime.class)).map(OffsetDateTime::toInstant));
    }

    private static ChannelAddress address(ResultSet row) throws SQLException {
        return row.getString("type").equals(WahaAddress.TYPE)
                ? new WahaAddress(row.getString("url"), row.getString("session_name"))
                : new EndpointAddress(row.getString("url"));
    }

    private static Refusal sessionTaken() {
        return Refusal.conflict("session_in_use", "Another channel already uses this session of this server.");
    }
}
