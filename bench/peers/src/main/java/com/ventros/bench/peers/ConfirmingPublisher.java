package com.ventros.bench.peers;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/** Spring AMQP with correlated confirms, as the peers' own modules for RabbitMQ use it; persistent is its default. */
final class ConfirmingPublisher {

    private static final long CONFIRM_SECONDS = 10;

    private final RabbitTemplate rabbit;

    ConfirmingPublisher(RabbitTemplate rabbit) {
        this.rabbit = rabbit;
    }

    void send(Object event) {
        var correlation = new CorrelationData();
        rabbit.convertAndSend("", PlainConsumer.QUEUE, event, correlation);
        try {
            var confirm = correlation.getFuture().get(CONFIRM_SECONDS, TimeUnit.SECONDS);
            if (!confirm.ack()) throw new IllegalStateException("RabbitMQ refused it: " + confirm.reason());
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException("not confirmed", failed);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stop);
        }
    }
}
