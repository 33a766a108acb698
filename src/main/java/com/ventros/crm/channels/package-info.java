/**
 * Where it is said: channels and their life; one folder per provider.
 *
 * <p>Start with {@code waha/}: the webhook door, the translator from WAHA's words into ours, the client. {@code api/} is a
 * program of the company's own; {@link com.ventros.crm.channels.Provider} is what both do for us.
 */
@org.springframework.modulith.ApplicationModule(displayName = "Channels",
        allowedDependencies = {"kernel", "tenancy", "events", "http", "billing", "vault", "contacts", "media", "conversations", "pipelines"})
package com.ventros.crm.channels;
