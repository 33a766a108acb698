package com.ventros.bench.peers;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** The consumer of those who publish to RabbitMQ and leave consuming to others: a quorum queue, acknowledged in hundreds. */
final class PlainConsumer implements AutoCloseable {

    static final String QUEUE = "bench";
    private static final int PREFETCH = 1_000;
    private static final int ACKNOWLEDGED_AT_ONCE = 100;

    private final Connection connection;
    private volatile Arrivals arrivals;

    PlainConsumer() {
        try {
            connection = Servers.rabbit().newConnection("bench-consumer");
            var channel = connection.createChannel();
            channel.queueDeclare(QUEUE, true, false, false, Map.of("x-queue-type", "quorum"));
            channel.basicQos(PREFETCH);
            channel.basicConsume(QUEUE, false, new DefaultConsumer(channel) {
                private int waiting;

                @Override
                public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body)
                        throws IOException {
                    arrivals.arrived(Event.number(body));
                    if (++waiting < ACKNOWLEDGED_AT_ONCE) return;
                    waiting = 0;
                    channel.basicAck(envelope.getDeliveryTag(), true);
                }
            });
        } catch (IOException | TimeoutException away) {
            throw new IllegalStateException("RabbitMQ is away", away);
        }
    }

    void deliverTo(Arrivals arrivals) {
        this.arrivals = arrivals;
    }

    @Override
    public void close() {
        connection.abort();
    }
}
