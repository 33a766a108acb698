package com.ventros.crm.channels.waha;

import com.ventros.crm.channels.ChannelConnections.Door;
import com.ventros.crm.channels.DeliveryCounts.Account;
import com.ventros.crm.channels.WahaAddress;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.events.Broker.Delivery;
import com.ventros.crm.events.Broker.Lane;
import com.ventros.crm.events.Broker.Publication;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.kernel.Uuids;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A delivery of a provider as it came, and where it belongs.
 *
 * @param provider    whose words the body is in, as the channel's row names it
 * @param id          of this acceptance; the provider's own retries get ids of their own
 * @param requestId   the provider's name for the delivery, the same in every retry
 * @param correlation the outside cause that all effects share, the same for every retry
 * @param run         of the program that accepted it, in whose books it stands
 */
public record RawDelivery(
        String provider,
        UUID id,
        TenantId tenant,
        ProjectId project,
        ChannelId channel,
        Instant receivedAt,
        Optional<String> requestId,
        UUID correlation,
        UUID run,
        byte[] body) {

    /** Where accepted deliveries wait for the translator. */
    public static final String QUEUE = "waha.events.raw";

    private static final String PROVIDER = "provider";
    private static final String TENANT = "tenant-id";
    private static final String PROJECT = "project-id";
    private static final String CHANNEL = "channel-id";
    private static final String RECEIVED_AT = "received-at";
    private static final String REQUEST_ID = "request-id";
    private static final String CORRELATION = "correlation-id";
    private static final String RUN = "run-id";
    /** Of what was accepted before runs had books of their own. */
    private static final String NO_RUN = "00000000-0000-0000-0000-000000000000";
    private static final UUID THIS_RUN = Uuids.v7();
    /** Providers' ids are short; a longer one is not worth keeping whole. */
    private static final int LONGEST_REQUEST_ID = 128;

    static RawDelivery accepted(Door door, Instant receivedAt, Optional<String> requestId, byte[] body) {
        var name = requestId.map(String::strip).filter(id -> !id.isEmpty() && id.length() <= LONGEST_REQUEST_ID);
        return accepted(WahaAddress.TYPE, door.tenant(), door.project(), door.channel(), receivedAt, name, body);
    }

    /** Of any provider, under its own name for the delivery. */
    public static RawDelivery accepted(String provider, TenantId tenant, ProjectId project, ChannelId channel, Instant receivedAt,
            Optional<String> name, byte[] body) {
        return new RawDelivery(provider, Uuids.v7(), tenant, project, channel, receivedAt, name,
                Uuids.v5(channel.value(), name.orElseGet(() -> sha256(body))), THIS_RUN, body);
    }

    /** As read from the queue. */
    public static RawDelivery of(Delivery delivery) {
        var headers = delivery.headers();
        // What was accepted before there was another provider names none.
        return new RawDelivery(headers.getOrDefault(PROVIDER, WahaAddress.TYPE), delivery.id(), new TenantId(UUID.fromString(headers.get(TENANT))),
                new ProjectId(UUID.fromString(headers.get(PROJECT))), new ChannelId(UUID.fromString(headers.get(CHANNEL))),
                Instant.parse(headers.get(RECEIVED_AT)), Optional.of(headers.get(REQUEST_ID)).filter(id -> !id.isEmpty()),
                UUID.fromString(headers.get(CORRELATION)), UUID.fromString(headers.getOrDefault(RUN, NO_RUN)),
                delivery.body());
    }

    /** In whose books it stands. */
    public Account account() {
        return Account.of(tenant, channel, receivedAt, run);
    }

    Publication publication() {
        return new Publication(id, QUEUE, Lane.INTERACTIVE, headers(), body);
    }

    /** Short texts that travel beside the body. */
    public Map<String, String> headers() {
        return Map.of(PROVIDER, provider, TENANT, tenant.toString(), PROJECT, project.toString(), CHANNEL, channel.toString(),
                RECEIVED_AT, receivedAt.toString(), REQUEST_ID, requestId.orElse(""), CORRELATION, correlation.toString(),
                RUN, run.toString());
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
