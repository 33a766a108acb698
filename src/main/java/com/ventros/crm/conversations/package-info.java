/**
 * What is said: chats, messages, and the sessions that silence ends.
 */
@org.springframework.modulith.ApplicationModule(displayName = "Conversations",
        allowedDependencies = {"kernel", "tenancy", "events", "http", "contacts", "workflows", "specifications"})
package com.ventros.crm.conversations;
