package com.ventros.crm.tracking;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What an advertisement led to, and that somebody decided whether Meta hears of it. */
public sealed interface ConversionEvent extends DomainEvent {

    /** {@code kind} is deal or session, {@code subjectId} its id; {@code amount} is in the currency's smallest parts. */
    @EventType(value = "tracking.conversion_recorded", description = "A contact who came by an advertisement was won, or a session of theirs led to something.")
    record ConversionRecorded(UUID contactId, UUID conversionId, String kind, UUID subjectId, Optional<Long> amount, Optional<String> currency,
            Instant at) implements ConversionEvent {}

    @EventType(value = "conversion.retried", description = "Somebody has Meta asked once more to take a conversion that it had refused.")
    record ConversionRetried(UUID conversionId) implements ConversionEvent {}

    @EventType(value = "tracking_settings.updated", description = "Somebody said whether, and where, Meta hears of conversions.")
    record ConversionSettingsUpdated(UUID projectId, boolean enabled, Optional<String> datasetId, Optional<String> businessAccountId,
            boolean newAccessToken) implements ConversionEvent {}
}
