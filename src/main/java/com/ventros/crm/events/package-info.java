/**
 * Carries events from the transaction that raised them to whoever listens: outbox, relay, broker, inbox, event log.
 *
 * <p>Writers start with {@link com.ventros.crm.events.Outbox}, listeners with
 * {@link com.ventros.crm.events.EventConsumer}.
 */
@org.springframework.modulith.ApplicationModule(displayName = "Events", allowedDependencies = {"kernel", "tenancy"})
package com.ventros.crm.events;
