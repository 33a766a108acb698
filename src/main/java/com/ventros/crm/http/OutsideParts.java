package com.ventros.crm.http;

import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.temporal.serviceclient.WorkflowServiceStubs;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.boot.amqp.health.RabbitHealthIndicator;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.data.redis.health.DataRedisHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/** Looks after the servers beside PostgreSQL, as far as this installation uses them. */
@Configuration(proxyBeanMethods = false)
class OutsideParts {

    @Bean
    @Conditional(RedisConfigured.class)
    HealthIndicator redisHealthIndicator(RedisConnectionFactory connections) {
        return new DataRedisHealthIndicator(connections);
    }

    @Bean
    @Conditional(RabbitConfigured.class)
    HealthIndicator rabbitHealthIndicator(RabbitTemplate rabbit) {
        return new RabbitHealthIndicator(rabbit);
    }

    @Bean
    HealthIndicator temporalHealthIndicator(WorkflowServiceStubs temporal) {
        return () -> temporal.healthCheck().getStatus() == ServingStatus.SERVING
                ? Health.up().build() : Health.down().build();
    }

    static final class RedisConfigured extends AnyNestedCondition {
        RedisConfigured() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnProperty("spring.data.redis.host")
        static final class Host {}

        @ConditionalOnProperty("spring.data.redis.url")
        static final class Url {}
    }

    static final class RabbitConfigured extends AnyNestedCondition {
        RabbitConfigured() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnProperty("spring.rabbitmq.host")
        static final class Host {}

        @ConditionalOnProperty("spring.rabbitmq.addresses")
        static final class Addresses {}
    }
}
