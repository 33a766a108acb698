/**
 * Tells customers' own programs what happens: endpoints, and one delivery for each event that an endpoint wants.
 *
 * <p>{@link com.ventros.crm.webhooks.PublicEvents} is the one table of what is told under which name;
 * {@code flow.OnPublishedEvent} makes deliveries of events, {@code flow.WebhookSender} sends them.
 */
@org.springframework.modulith.ApplicationModule(
        displayName = "Webhooks", allowedDependencies = {"kernel", "tenancy", "events", "vault", "http"})
package com.ventros.crm.webhooks;
