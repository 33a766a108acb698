package com.ventros.crm.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopologyTests {

    /** As RabbitMQ's topic exchange understands them. */
    @ParameterizedTest
    @CsvSource({
            "#,               bottle.filled,      true",
            "bottle.*,        bottle.filled,      true",
            "bottle.*,        bottle,             false",
            "bottle.*,        bottle.filled.half, false",
            "bottle.#,        bottle,             true",
            "bottle.#,        bottle.filled.half, true",
            "bottle.#,        bottles.filled,     false",
            "*.filled,        bottle.filled,      true",
            "*.filled,        filled,             false",
            "#.filled,        filled,             true",
            "#.filled,        bottle.filled,      true",
            "#.filled,        bottle.unfilled,    false",
            "bottle.filled,   bottle.filled,      true",
            "bottle.filled,   bottlexfilled,      false"})
    void aPatternAcceptsWhatTheTopicExchangeWould(String pattern, String type, boolean accepted) {
        assertThat(Topology.regex(pattern).matcher(type).matches()).isEqualTo(accepted);
    }
}
