package com.ventros.crm.events;

import com.ventros.crm.kernel.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

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
    enum Lane {
        INTERACTIVE, BULK;

        private static final ScopedValue<Lane> CURRENT = ScopedValue.newInstance();

        /** Does the work with all events it raises going by this lane. */
        public <R, X extends Throwable> R call(ScopedValue.CallableOp<? extends R, X> work) throws X {
            return ScopedValue.where(CURRENT, this).<R, X>call(work);
        }

        /** Does the work with all events it raises going by this lane. */
        public void run(Runnable work) {
            ScopedValue.where(CURRENT, this).run(work);
        }

        /** The lane of the current work, {@link #INTERACTIVE} unless somebody said otherwise. */
        public static Lane current() {
            return CURRENT.orElse(INTERACTIVE);
        }
    }

    /**
     * A message delivered.
     *
     * @param attempt 1 at the first time, counting deliveries whose consumer failed or died
     */
    record Delivery(UUID id, String queue, Lane lane, int attempt, Map<String, String> headers, byte[] body) {
        public Delivery(UUID id, String queue, int attempt, Map<String, String> headers, byte[] body) {
            this(id, queue, Lane.INTERACTIVE, attempt, headers, body);
        }
    }

    /** Takes a batch of deliveries and says what becomes of each; an exception means: all of them again. */
    @FunctionalInterface
    interface Handler {
        List<Verdict> handle(List<Delivery> deliveries);
    }

    /** What becomes of a delivery. Reasons may quote what a customer wrote, so what no database can hold is left out. */
    sealed interface Verdict {
        /** Done; forget it. */
        record Done() implements Verdict {}

        /** Again after a while, on the ladder of delays; after the last rung it is dead. */
        record Again(String reason, Optional<String> stackHead) implements Verdict {
            public Again {
                reason = Text.storable(reason);
                stackHead = stackHead.map(Text::storable);
            }

            public Again(String reason) {
                this(reason, Optional.empty());
            }
        }

        /** Never again: to the dead letters, with the reason. */
        record Dead(String code, String reason, Optional<String> stackHead) implements Verdict {
            public Dead {
                reason = Text.storable(reason);
                stackHead = stackHead.map(Text::storable);
            }

            public Dead(String code, String reason) {
                this(code, reason, Optional.empty());
            }
        }
    }

    /** A publication that the broker did not keep: refused, unroutable, or not confirmed in time. */
    record Refused(Publication publication, Reason why, String reason) {

        /** Why it was not kept. {@code AWAY}: the broker was lost or blocked before it said anything about this one. */
        public enum Reason { UNROUTABLE, NOT_CONFIRMED, WAITS_FOR_EARLIER, AWAY }
    }

    /**
     * A delivery that was given up.
     *
     * @param code          stable reason: the consumer's own, {@code attempts_exhausted}, {@code delivery_limit} (its
     *                      consumer died again and again) or {@code expired}
     * @param firstFailedAt when it failed first
     */
    record DeadLetter(Delivery delivery, String code, String reason, Optional<String> stackHead, Instant firstFailedAt) {}

    /** Is told of every dead delivery before the broker lets go of it, so that none is silent. */
    @FunctionalInterface
    interface DeadLetters {
        void record(List<DeadLetter> letters);

        /** These repeated an earlier failure, and came through. */
        default void done(List<Delivery> repeated) {}

        /** Those of the messages whose failure still waits for somebody. */
        default Set<UUID> open(String queue, Collection<UUID> messages) {
            return Set.copyOf(messages);
        }
    }

    /**
     * How a queue is, one line for each lane.
     *
     * @param depth            messages ready or waiting for their next try; on RabbitMQ events that were published together are one
     * @param unacked          messages in the hands of consumers (of this program, where the broker cannot say)
     * @param oldestAgeSeconds age of the oldest message: on RabbitMQ, which does not tell, of the one that this program
     *                         took last while others wait behind it
     * @param published        a second, by this program, over the last ten
     * @param settled          a second, by this program, over the last ten: done, sent round again or dead
     */
    record QueueState(String name, Lane lane, long depth, long unacked, Optional<Long> oldestAgeSeconds, int consumers,
            long deadLetters, Optional<Long> ttlSeconds, double published, double settled) {}

    /** Makes sure that the queues and their bindings exist, now and after each loss of the broker. */
    void declare(List<Topology.Queue> queues);

    /** Ends a binding of a queue, in both lanes; what came by it stays. Whoever declares it once more has it back. */
    void unbind(String queue, String binding);

    /**
     * Publishes and waits until each is kept durably or refused. A domain event to which nobody listens is not refused.
     *
     * @return what was not kept, empty when all is well
     * @throws BrokerUnavailable when the broker cannot be asked at all
     */
    List<Refused> publish(List<Publication> publications, Duration timeout);

    /**
     * Publishes so that what comes later never overtakes: when one is refused, the later ones of the same key wait. What goes the same
     * way may travel together, and is refused together.
     *
     * @param key what keeps its order, for instance the aggregate
     */
    default List<Refused> publishInOrder(List<Publication> publications, Function<Publication, ?> key, Duration timeout) {
        var refused = new ArrayList<Refused>();
        var blocked = new HashSet<Object>();
        var rest = publications;
        while (!rest.isEmpty()) {
            var wave = new ArrayList<Publication>();
            var later = new ArrayList<Publication>();
            var taken = new HashMap<Object, Publication>();
            for (var publication : rest) {
                var its = key.apply(publication);
                if (blocked.contains(its)) {
                    refused.add(new Refused(publication, Refused.Reason.WAITS_FOR_EARLIER, "an earlier one was refused"));
                } else if (taken.putIfAbsent(its, publication) == null) {
                    wave.add(publication);
                } else {
                    later.add(publication);
                }
            }
            for (var no : publish(wave, timeout)) {
                refused.add(no);
                blocked.add(key.apply(no.publication()));
            }
            rest = later;
        }
        return refused;
    }

    /**
     * Consumes a queue with all its lanes.
     *
     * @param batch   most deliveries handed over at once; a single one is handed over as soon as it comes
     * @param workers batches worked on at the same time
     */
    Subscription subscribe(String queue, int batch, int workers, Handler handler);

    /** Takes the dead letters out of {@code <queue>.dlq} whose failure is settled, or that are there twice. */
    void tidy(String queue);

    /** How every declared queue is. */
    List<QueueState> describe();

    /** How a queue is that this program does not declare; empty where there is none, or {@link #describe()} tells of it. */
    default List<QueueState> describe(String queue) {
        return List.of();
    }

    /** Removes a queue and all that is in it, its dead letters too; nothing happens where there is none. */
    void remove(String queue);

    /** Whether the broker answers, and what it is. */
    Status status();

    /** Whether the broker answers. */
    record Status(String kind, boolean up, String detail) {}

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
