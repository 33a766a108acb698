package com.ventros.crm.events;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.ConnectionFactory;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.amqp.autoconfigure.RabbitConnectionDetails;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Chooses the broker: RabbitMQ when {@code spring.rabbitmq} names one, queues in PostgreSQL otherwise. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(Roles.class)
class EventsConfiguration {

    private static final Logger log = LoggerFactory.getLogger(EventsConfiguration.class);

    @Bean
    Broker broker(Environment environment, ObjectProvider<RabbitConnectionDetails> rabbit,
            @Qualifier("system") JdbcClient system, @Qualifier("system") PlatformTransactionManager transactions,
            Nodes nodes, Bell bell, Failures failures) {
        if (!environment.containsProperty("spring.rabbitmq.host") && !environment.containsProperty("spring.rabbitmq.addresses")) {
            return new PostgresBroker(system, new TransactionTemplate(transactions), nodes, bell, failures);
        }
        var details = rabbit.getObject();
        var factory = new ConnectionFactory();
        Optional.ofNullable(details.getUsername()).ifPresent(factory::setUsername);
        Optional.ofNullable(details.getPassword()).ifPresent(factory::setPassword);
        Optional.ofNullable(details.getVirtualHost()).ifPresent(factory::setVirtualHost);
        Optional.ofNullable(details.getSslBundle()).ifPresent(bundle -> factory.useSslProtocol(bundle.createSslContext()));
        var addresses = details.getAddresses().stream().map(address -> new Address(address.host(), address.port())).toList();
        log.info("Queues are in RabbitMQ at {}", addresses);
        return new RabbitBroker(factory, addresses, failures);
    }
}
