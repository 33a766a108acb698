package com.ventros.crm.webhooks;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.util.List;
import java.util.UUID;

/** What happens to endpoints. */
public sealed interface WebhookEvent extends DomainEvent {

    @EventType(value = "webhook.endpoint_created", description = "Events of some types go to a customer's program from now on.")
    record EndpointCreated(UUID endpointId, String url, List<String> eventTypes) implements WebhookEvent {}

    @EventType(value = "webhook.endpoint_updated", description = "An endpoint's address, event types or state were changed.")
    record EndpointUpdated(UUID endpointId, String url, List<String> eventTypes, boolean active) implements WebhookEvent {}

    @EventType(value = "webhook.endpoint_disabled", description = "An endpoint answered 410, gone, and gets nothing any more.")
    record EndpointDisabled(UUID endpointId, String url) implements WebhookEvent {}

    @EventType(value = "webhook.endpoint_deleted", description = "An endpoint and what was still to be delivered to it are gone.")
    record EndpointDeleted(UUID endpointId, String url) implements WebhookEvent {}
}
