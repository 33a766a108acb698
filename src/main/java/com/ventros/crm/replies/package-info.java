/**
 * What is said again and again: replies that are written once, with gaps that are filled for whom they are sent to.
 *
 * <p>Start with {@link com.ventros.crm.replies.UseCannedReplies}.
 */
@org.springframework.modulith.ApplicationModule(displayName = "Replies",
        allowedDependencies = {"kernel", "tenancy", "events", "http", "accounts", "contacts", "conversations", "media", "specifications"})
package com.ventros.crm.replies;
