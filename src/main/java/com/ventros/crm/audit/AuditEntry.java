package com.ventros.crm.audit;

import com.ventros.crm.events.Actor;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;

/**
 * One thing that somebody did, as the audit log keeps it.
 *
 * @param position its place in the tenant's chain: 1, 2, 3, without gaps; 0 before it has one
 * @param data     what exactly, as JSON text; its bytes are hashed as they stand
 */
public record AuditEntry(
        UUID tenant,
        long position,
        UUID eventId,
        String type,
        int version,
        String aggregateType,
        UUID aggregateId,
        Instant occurredAt,
        Instant recordedAt,
        Actor.Kind actorKind,
        String actorId,
        UUID correlationId,
        String data) {

    /** Bytes of a SHA-256 hash. */
    static final int HASH_BYTES = 32;
    /** Stands in for the hash before the first entry. */
    static final byte[] BEGINNING = new byte[HASH_BYTES];
    /** Of the way in which an entry becomes bytes; a changed way is a new number. */
    private static final byte FORMAT = 1;

    AuditEntry at(long place) {
        return new AuditEntry(tenant, place, eventId, type, version, aggregateType, aggregateId, occurredAt, recordedAt,
                actorKind, actorId, correlationId, data);
    }

    /**
     * The hash of this entry after the one before. What is hashed: the format (one byte), the hash before (32 bytes),
     * then each field in the order of this record as UTF-8 text, with its length in bytes (four, big-endian) in front.
     * Times are ISO-8601 in UTC.
     */
    byte[] hash(byte[] previous) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.write(previous);
            for (Object field : new Object[] {tenant, position, eventId, type, version, aggregateType, aggregateId,
                    occurredAt, recordedAt, actorKind, actorId, correlationId, data}) {
                var text = field.toString().getBytes(StandardCharsets.UTF_8);
                out.writeInt(text.length);
                out.write(text);
            }
            return MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory does not fail", impossible);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
