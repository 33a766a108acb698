package com.ventros.crm.events;

import tools.jackson.databind.json.JsonMapper;

/** How events are written as JSON; one mapper, so that a reader always understands a writer. */
final class EventJson {

    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private EventJson() {}
}
