package com.ventros.crm.events;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Queues that keep what they confirmed. Two implementations, RabbitMQ and PostgreSQL, pass one contract suite; what is
 * a retry, a delay, a dead letter or a lane means the same on both.
 */
public interface Broker {

    /**
     * A message to publish.
     *
     * @param routingKey name of a queue, or {@code domain.events.<type>}, which goes to every queue bound to it
     * @param headers    short texts beside the body
     */
    record Publication(UUID id, String routingKey, Lane lane, Map<String, String> headers, byte[] body) {}

    /** People wait for the one; imports, broadcasts and replays go by the other. */
    enum Lane { INTERACTIVE, BULK }

    /**
     * A message delivered.
     *
     * @param attempt 1 at the first time, counting deliveries whose consumer failed or died
     */
    record Delivery(UUID id, String queue, int attempt, Map<String, String> headers, byte[] body) {}

    /** Takes a batch of deliveries and says what becomes of each; an exception means: all of them again. */
    @FunctionalInterface
    interface Handler {
        List<Verdict> handle(List<Delivery> deliveries);
    }

    /** What becomes of a delivery. */
    sealed interface Verdict {
        /** Done; forget it. */
        record Done() implements Verdict {}

        /** Again after a while, on the ladder of delays; after the last rung it is dead. */
        record Again(String reason) implements Verdict {}

        /** Never again: to the dead letters, with the reason. */
        record Dead(String code, String reason) implements Verdict {}
    }

    /** A publication that the broker did not keep: refused, unroutable, or not confirmed in time. */
    record Refused(Publication publication, String reason) {}

    /**
     * Publishes and waits until each is kept durably or refused.
     *
     * @return what was not kept, empty when all is well
     * @throws BrokerUnavailable when the broker cannot be asked at all
     */
    List<Refused> publish(List<Publication> publications, Duration timeout);

    /**
     * Consumes a queue with all its lanes.
     *
     * @param batch   most deliveries handed over at once; a single one is handed over as soon as it comes
     * @param workers batches worked on at the same time
     */
    Subscription subscribe(String queue, int batch, int workers, Handler handler);

    /** An open consumption; closing it ends it after the batch at hand. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /** The broker cannot be reached. */
    class BrokerUnavailable extends RuntimeException {
        public BrokerUnavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
