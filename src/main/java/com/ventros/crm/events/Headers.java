package com.ventros.crm.events;

import java.util.Set;

/** Names of the headers that the engine sets beside a message's own. */
final class Headers {

    static final String TENANT = "tenant-id";
    static final String TYPE = "type";
    static final String ATTEMPT = "crm-attempt";
    static final String FIRST_FAILED_AT = "crm-first-failed-at";
    static final String REASON = "crm-reason";
    static final String CODE = "crm-code";
    /** The replay that delivers an event of the past. */
    static final String REPLAY = "crm-replay";
    /** The failure that this delivery repeats. */
    static final String FAILURE = "crm-failure";

    /** What tells of earlier failures; a repetition begins without it. */
    static final Set<String> OF_FAILURES = Set.of(ATTEMPT, FIRST_FAILED_AT, REASON, CODE, FAILURE);

    private Headers() {}
}
