package com.ventros.crm.channels;

import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.vault.SealedColumn;
import com.ventros.crm.vault.Secrets;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is needed to talk with a channel's provider: by its webhook key at the door, by its id when we call. */
@Component
public class ChannelConnections {

    /** A channel as seen from its door; found across tenants, since a delivery does not say whose it is. */
    public record Door(TenantId tenant, ProjectId project, ChannelId channel, String session, byte[] hmacSecret) {}

    /** A channel as seen by a caller of its WAHA server. */
    public record Server(ChannelId channel, WahaAddress waha, Optional<String> apiKey) {}

    /** A channel as seen by whoever calls the company's own program behind it; the secret signs what goes there. */
    public record Endpoint(ChannelId channel, ProjectId project, String url, byte[] secret) {}

    /** Where a channel's deliveries are taken, and what signs them. */
    public record Webhook(String key, String hmacSecret) {}

    /** A channel that is on its way to being connected. */
    public record Underway(TenantId tenant, ChannelId channel) {}

    private final JdbcClient system;
    private final Secrets vault;

    ChannelConnections(@Qualifier("system") JdbcClient system, Secrets vault) {
        this.system = system;
        this.vault = vault;
    }

    @Bean
    static SealedColumn sealedApiKeys() {
        return new SealedColumn("channel", "id", "api_key", (tenant, id) -> SealedSecrets.placeOfApiKey(new TenantId(tenant), new ChannelId(id)));
    }

    @Bean
    static SealedColumn sealedHmacSecrets() {
        return new SealedColumn("channel", "id", "hmac_secret", (tenant, id) -> SealedSecrets.placeOfHmacSecret(new TenantId(tenant), new ChannelId(id)));
    }

    /** What a channel of this tenant tells its WAHA server about its door. */
    public Optional<Webhook> webhook(TenantId of, ChannelId id) {
        return system.sql("select webhook_key, hmac_secret from channel where tenant_id = :tenant and id = :id")
                .param("tenant", of.value()).param("id", id.value())
                .query((row, _) -> new Webhook(row.getString("webhook_key"), new String(
                        SealedSecrets.openHmacSecret(vault, of, id, row.getBytes("hmac_secret")), StandardCharsets.UTF_8)))
                .optional();
    }

    /** The channel behind a webhook address. */
    public Optional<Door> door(String webhookKey) {
        return system.sql("""
                select tenant_id, project_id, id, session_name, hmac_secret from channel
                 where webhook_key = :key and type = 'waha' and archived_at is null
                """)
                .param("key", webhookKey)
                .query((row, _) -> {
                    var tenant = tenant(row);
                    var channel = new ChannelId(row.getObject("id", UUID.class));
                    return new Door(tenant, new ProjectId(row.getObject("project_id", UUID.class)), channel,
                            row.getString("session_name"),
                            SealedSecrets.openHmacSecret(vault, tenant, channel, row.getBytes("hmac_secret")));
                })
                .optional();
    }

    /** The server behind a channel of this tenant that is in use. */
    public Optional<Server> server(TenantId of, ChannelId id) {
        return server(of, id, false);
    }

    /** The server behind a channel of this tenant that was given up. */
    public Optional<Server> serverOfArchived(TenantId of, ChannelId id) {
        return server(of, id, true);
    }

    private Optional<Server> server(TenantId of, ChannelId id, boolean archived) {
        return system.sql("""
                select tenant_id, id, url, session_name, api_key from channel
                 where tenant_id = :tenant and id = :id and type = 'waha' and (archived_at is not null) = :archived
                """)
                .param("tenant", of.value()).param("id", id.value()).param("archived", archived)
                .query((row, _) -> new Server(id, new WahaAddress(row.getString("url"), row.getString("session_name")),
                        Optional.ofNullable(row.getBytes("api_key"))
                                .map(sealed -> SealedSecrets.openApiKey(vault, of, id, sealed))))
                .optional();
    }

    /** The program behind a channel of this tenant. */
    public Optional<Endpoint> endpoint(TenantId of, ChannelId id) {
        return system.sql("""
                select project_id, url, hmac_secret from channel
                 where tenant_id = :tenant and id = :id and type = 'api' and archived_at is null
                """)
                .param("tenant", of.value()).param("id", id.value())
                .query((row, _) -> new Endpoint(id, new ProjectId(row.getObject("project_id", UUID.class)), row.getString("url"),
                        SealedSecrets.openHmacSecret(vault, of, id, row.getBytes("hmac_secret"))))
                .optional();
    }

    /** Which provider a channel of this tenant has. */
    public Optional<String> type(TenantId of, ChannelId id) {
        return system.sql("select type from channel where tenant_id = :tenant and id = :id")
                .param("tenant", of.value()).param("id", id.value()).query(String.class).optional();
    }

    /** Whether whoever writes on a channel of this tenant is shown that it was read. */
    public boolean tellsReads(TenantId of, ChannelId id) {
        return system.sql("select read_receipts and archived_at is null from channel where tenant_id = :tenant and id = :id")
                .param("tenant", of.value()).param("id", id.value()).query(Boolean.class).optional().orElse(false);
    }

    /** Whether a channel of this tenant that is in use has this session. */
    public boolean isUsed(TenantId of, WahaAddress waha) {
        return system.sql("""
                select exists (select from channel
                                where tenant_id = :tenant and url = :url and session_name = :session and archived_at is null)
                """)
                .param("tenant", of.value()).param("url", waha.url()).param("session", waha.session()).query(Boolean.class).single();
    }

    /** Whether a channel of this tenant was given up. */
    public boolean isArchived(TenantId of, ChannelId id) {
        return system.sql("select archived_at is not null from channel where tenant_id = :tenant and id = :id")
                .param("tenant", of.value()).param("id", id.value()).query(Boolean.class).optional().orElse(false);
    }

    /** Whether anything can go through a channel of this tenant. */
    public boolean isConnected(TenantId of, ChannelId id) {
        return system.sql("select status = 'CONNECTED' from channel where tenant_id = :tenant and id = :id")
                .param("tenant", of.value()).param("id", id.value()).query(Boolean.class).optional().orElse(false);
    }

    /** Whether a channel of this tenant waits for its phone, as far as is known. */
    public boolean isPairing(TenantId of, ChannelId id) {
        return system.sql("select status = 'PAIRING' from channel where tenant_id = :tenant and id = :id")
                .param("tenant", of.value()).param("id", id.value()).query(Boolean.class).optional().orElse(false);
    }

    /** Channels of any tenants that start or wait for their phone. */
    public List<Underway> underway() {
        return system.sql("select tenant_id, id from channel where status in ('STARTING', 'PAIRING')")
                .query((row, _) -> new Underway(tenant(row), new ChannelId(row.getObject("id", UUID.class)))).list();
    }

    private static TenantId tenant(ResultSet row) throws SQLException {
        return new TenantId(row.getObject("tenant_id", UUID.class));
    }
}
