package com.ventros.crm.events;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Chooses the broker: RabbitMQ when one is named, queues in PostgreSQL otherwise. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(Roles.class)
class EventsConfiguration {

    @Bean
    PostgresBroker broker(@Qualifier("system") JdbcClient system,
            @Qualifier("system") PlatformTransactionManager transactions, Nodes nodes, Bell bell, Failures failures) {
        return new PostgresBroker(system, new TransactionTemplate(transactions), nodes, bell, failures);
    }
}
