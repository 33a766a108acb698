/**
 * Live screens: one stream of server-sent events for each, that resumes from the position it saw last.
 *
 * <p>Read {@code flow.OnWhatScreensShow} (events become positions), then {@link com.ventros.crm.realtime.LiveFeeds}
 * (positions become streams).
 */
@org.springframework.modulith.ApplicationModule(displayName = "Realtime",
        allowedDependencies = {"kernel", "tenancy", "events", "http", "conversations", "channels"})
package com.ventros.crm.realtime;
