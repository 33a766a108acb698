package com.ventros.crm.http;

import io.github.bucket4j.TimeMeter;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.Optional;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.boot.amqp.health.RabbitHealthIndicator;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
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
    @Conditional(RedisConfigured.class)
    SharedBuckets sharedBuckets(RedisConnectionFactory connections) {
        return new SharedBuckets(connections);
    }

    @Bean
    Buckets buckets(Optional<SharedBuckets> shared) {
        return new Buckets(shared, TimeMeter.SYSTEM_NANOTIME);
    }

    /** Without a connection a command fails at once; by default it would wait in a line for one. */
    @Bean
    @Conditional(RedisConfigured.class)
    LettuceClientOptionsBuilderCustomizer failAtOnce() {
        return options -> options.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS);
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

        @ConditionalOnProperty("spring.data.redis.sentinel.master")
        static final class Sentinel {}

        @ConditionalOnProperty("spring.data.redis.cluster.nodes")
        static final class Cluster {}
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
