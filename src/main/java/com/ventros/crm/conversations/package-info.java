/**
 * What is said: chats, messages, and the sessions that silence ends and people care for.
 */
@org.springframework.modulith.ApplicationModule(displayName = "Conversations",
        allowedDependencies = {"kernel", "tenancy", "events", "http", "billing", "agents", "contacts", "media", "workflows", "specifications"})
package com.ventros.crm.conversations;
