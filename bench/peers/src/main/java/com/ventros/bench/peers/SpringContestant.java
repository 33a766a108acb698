package com.ventros.bench.peers;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.amqp.support.converter.JacksonJsonMessageConverter;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A contestant that lives in a Spring Boot program. */
abstract class SpringContestant implements Contestant {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Program {

        @Bean
        JacksonJsonMessageConverter messageConverter() {
            return new JacksonJsonMessageConverter();
        }

        @Bean
        ConfirmingPublisher publisher(org.springframework.amqp.rabbit.core.RabbitTemplate rabbit) {
            return new ConfirmingPublisher(rabbit);
        }

        @Bean
        Gate gate() {
            return new Gate();
        }
    }

    final ConfigurableApplicationContext program;
    private final PlainConsumer consumer = new PlainConsumer();
    private final TransactionTemplate transaction;
    private final Map<String, String> settings;

    SpringContestant(Class<?> configuration, Map<String, String> settings) {
        this.settings = new TreeMap<>(settings);
        this.settings.put("spring.datasource.hikari.maximum-pool-size", Integer.toString(Servers.POOL));
        this.settings.put("spring.rabbitmq.publisher-confirm-type", "correlated");
        this.settings.put("spring.rabbitmq.cache.channel.size", "64");
        var arguments = new TreeMap<>(this.settings);
        arguments.put("logging.level.root", "warn");
        arguments.put("spring.main.banner-mode", "off");
        arguments.put("spring.datasource.url", Servers.postgresUrl());
        arguments.put("spring.datasource.username", Servers.postgresUser());
        arguments.put("spring.datasource.password", Servers.postgresPassword());
        arguments.put("spring.rabbitmq.addresses", Servers.rabbitUrl());
        program = new SpringApplicationBuilder(Program.class, configuration).web(WebApplicationType.NONE)
                .run(arguments.entrySet().stream().map(one -> "--" + one.getKey() + "=" + one.getValue()).toArray(String[]::new));
        transaction = new TransactionTemplate(program.getBean(PlatformTransactionManager.class));
    }

    /** Appends one event in the transaction at hand. */
    abstract void append(Event event);

    @Override
    public void append(List<Event> events) {
        transaction.executeWithoutResult(_ -> events.forEach(this::append));
    }

    @Override
    public void deliverTo(Arrivals arrivals) {
        consumer.deliverTo(arrivals);
    }

    @Override
    public void hold() {
        program.getBean(Gate.class).close();
    }

    @Override
    public void release() {
        program.getBean(Gate.class).open();
    }

    @Override
    public List<String> settings() {
        return settings.entrySet().stream().map(one -> one.getKey() + "=" + one.getValue()).toList();
    }

    @Override
    public void close() {
        release();
        program.close();
        consumer.close();
    }
}
