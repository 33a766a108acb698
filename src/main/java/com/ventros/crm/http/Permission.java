package com.ventros.crm.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** One thing that a user or an API key may do. Which role has which is said in the accounts module. */
public enum Permission {
    INBOX_READ,
    MESSAGE_SEND,
    MESSAGE_RECEIVE,
    CONTACT_READ,
    CONTACT_WRITE,
    CONTACT_IMPORT,
    CONTACT_EXPORT,
    CONTACT_ERASE,
    CHANNEL_READ,
    CHANNEL_WRITE,
    PIPELINE_READ,
    PIPELINE_WRITE,
    PIPELINE_MANAGE,
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
    OPERATIONS_WRITE,
    AUDIT_READ,
    BILLING_READ,
    BILLING_MANAGE;

    /** The name as the API writes it, for instance {@code inbox_read}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The permission with this code. */
    public static Optional<Permission> of(String code) {
        return Arrays.stream(values()).filter(permission -> permission.code().equals(code)).findFirst();
    }
}
