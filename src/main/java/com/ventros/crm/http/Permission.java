package com.ventros.crm.http;

/** One thing that a user or an API key may do. Which role has which is said in the accounts module. */
public enum Permission {
    INBOX_READ,
    MESSAGE_SEND,
    CONTACT_READ,
    CONTACT_WRITE,
    CHANNEL_READ,
    CHANNEL_WRITE,
    PIPELINE_READ,
    PIPELINE_WRITE,
    AUTOMATION_READ,
    AUTOMATION_WRITE,
    WEBHOOK_READ,
    WEBHOOK_WRITE,
    REPORT_READ,
    API_KEY_MANAGE,
    TEAM_READ,
    TEAM_MANAGE,
    SETTINGS_WRITE,
    OPERATIONS_READ,
    OPERATIONS_WRITE
}
