package com.ventros.crm.agents.web;

import com.ventros.crm.kernel.Refusal;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Which business hours a change names: missing leaves them, null takes them away. */
final class HoursReference {

    private HoursReference() {}

    static Optional<Optional<UUID>> of(JsonNode given) {
        if (given == null) return Optional.empty();
        if (given.isNull()) return Optional.of(Optional.empty());
        try {
            return Optional.of(Optional.of(UUID.fromString(given.asString(""))));
        } catch (IllegalArgumentException noId) {
            throw Refusal.invalid("hoursId", "invalid", "The id of business hours, or null.");
        }
    }
}
