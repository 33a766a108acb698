package com.ventros.crm.events;

import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How events are written as JSON; one mapper, so that a reader always understands a writer. */
final class EventJson {

    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private EventJson() {}

    /** A whole envelope, as the relay publishes it. */
    static byte[] write(Envelope event) {
        var envelope = MAPPER.createObjectNode();
        envelope.put("sequence", event.sequence());
        envelope.put("id", event.id().toString());
        envelope.put("type", event.type());
        envelope.put("version", event.version());
        envelope.put("occurredAt", event.occurredAt().toString());
        envelope.put("tenantId", event.tenantId().toString());
        envelope.put("projectId", event.projectId().map(project -> project.value().toString()).orElse(null));
        envelope.put("aggregateType", event.aggregateType());
        envelope.put("aggregateId", event.aggregateId().toString());
        envelope.put("aggregateVersion", event.aggregateVersion());
        envelope.put("correlationId", event.correlationId().toString());
        envelope.put("causationId", event.causationId().map(UUID::toString).orElse(null));
        var actor = envelope.putObject("actor");
        actor.put("kind", event.actor().kind().name());
        actor.put("id", event.actor().id());
        envelope.put("traceparent", event.traceparent().orElse(null));
        envelope.set("data", event.data());
        return MAPPER.writeValueAsBytes(envelope);
    }

    /** The envelope as kept in the outbox: complete but for its sequence, which the database gives at the insert. */
    static byte[] withoutSequence(UUID id, String type, int version, TenantId tenant, NewEvent event, String data) {
        var envelope = MAPPER.createObjectNode();
        envelope.put("id", id.toString());
        envelope.put("type", type);
        envelope.put("version", version);
        envelope.put("occurredAt", event.occurredAt().toString());
        envelope.put("tenantId", tenant.toString());
        envelope.put("projectId", event.project().map(project -> project.value().toString()).orElse(null));
        envelope.put("aggregateType", event.aggregateType());
        envelope.put("aggregateId", event.aggregateId().toString());
        envelope.put("aggregateVersion", event.aggregateVersion());
        envelope.put("correlationId", event.cause().correlationId().toString());
        envelope.put("causationId", event.cause().causationId().toString());
        var actor = envelope.putObject("actor");
        actor.put("kind", event.cause().actor().kind().name());
        actor.put("id", event.cause().actor().id());
        envelope.put("traceparent", event.cause().traceparent().orElse(null));
        envelope.putRawValue("data", new tools.jackson.databind.util.RawValue(data));
        return MAPPER.writeValueAsBytes(envelope);
    }

    /** Sets the sequence in front, without reading the rest: the relay handles bytes only. */
    static byte[] withSequence(byte[] body, long sequence) {
        var head = ("{\"sequence\":" + sequence + ",").getBytes(StandardCharsets.US_ASCII);
        var whole = new byte[head.length + body.length - 1];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(body, 1, whole, head.length, body.length - 1);
        return whole;
    }

    /** Reads an envelope; a {@link PermanentFailure} when it is none. */
    static Envelope read(byte[] body) {
        try {
            var json = MAPPER.readTree(body);
            var actor = json.required("actor");
            return new Envelope(
                    uuid(json, "id"),
                    json.required("type").asString(),
                    json.required("version").asInt(),
                    Instant.parse(json.required("occurredAt").asString()),
                    new TenantId(uuid(json, "tenantId")),
                    optional(json, "projectId").map(UUID::fromString).map(ProjectId::new),
                    json.required("aggregateType").asString(),
                    uuid(json, "aggregateId"),
                    json.required("aggregateVersion").asLong(),
                    json.required("sequence").asLong(),
                    uuid(json, "correlationId"),
                    optional(json, "causationId").map(UUID::fromString),
                    new Actor(Actor.Kind.valueOf(actor.required("kind").asString()), actor.required("id").asString()),
                    optional(json, "traceparent"),
                    json.required("data"));
        } catch (JacksonException | IllegalArgumentException | java.time.format.DateTimeParseException unreadable) {
            throw new PermanentFailure("unreadable_event", "not an event envelope: " + unreadable.getMessage(), unreadable);
        }
    }

    private static UUID uuid(JsonNode json, String field) {
        return UUID.fromString(json.required(field).asString());
    }

    private static Optional<String> optional(JsonNode json, String field) {
        return json.hasNonNull(field) ? Optional.of(json.get(field).asString()) : Optional.empty();
    }
}
