package com.ventros.crm.events;

/** Names of the headers that the engine sets beside a message's own. */
final class Headers {

    static final String TENANT = "tenant-id";
    static final String TYPE = "type";
    static final String ATTEMPT = "crm-attempt";
    static final String FIRST_FAILED_AT = "crm-first-failed-at";
    static final String REASON = "crm-reason";
    static final String CODE = "crm-code";

    private Headers() {}
}
