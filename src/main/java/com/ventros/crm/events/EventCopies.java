package com.ventros.crm.events;

import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Whoever keeps copies of events: when a person is erased, they say no more than the log does. */
public interface EventCopies {

    /**
     * Puts this data in place of what the copies say.
     *
     * @param data by the ids of events
     * @return how many rows of which tables said more
     */
    Map<String, Long> replace(Map<UUID, JsonNode> data);
}
