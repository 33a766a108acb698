/**
 * Where a contact came from: links that say so in the first message, and advertisements.
 *
 * <p>Start with {@link com.ventros.crm.tracking.TrackingLink} and {@link com.ventros.crm.tracking.FollowLink}, the way out; the way
 * back in is {@link com.ventros.crm.tracking.RecordTouches}, and what came of it all {@link com.ventros.crm.tracking.AttributionReport}.
 */
@org.springframework.modulith.ApplicationModule(displayName = "Tracking",
        allowedDependencies = {"kernel", "tenancy", "events", "http", "csv", "accounts", "contacts", "conversations", "channels", "pipelines", "specifications", "vault"})
package com.ventros.crm.tracking;
