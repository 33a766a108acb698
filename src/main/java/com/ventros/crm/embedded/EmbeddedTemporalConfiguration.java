package com.ventros.crm.embedded;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Starts Temporal in process unless {@code spring.temporal.connection.target} names one. */
@Configuration(proxyBeanMethods = false)
class EmbeddedTemporalConfiguration {

    @Bean
    @ConditionalOnProperty(EmbeddedTemporalAddress.PORT)
    EmbeddedTemporal embeddedTemporal(@Value("${" + EmbeddedTemporalAddress.PORT + "}") int port) {
        return new EmbeddedTemporal(port);
    }
}
