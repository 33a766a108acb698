package com.ventros.bench.peers;

import java.util.List;
import java.util.Optional;

/** An outbox with its way to the consumer, set up as its own documentation recommends for throughput. */
public interface Contestant extends AutoCloseable {

    /** Appends the events in one transaction of their own. */
    void append(List<Event> events);

    /** From now on the consumer tells these arrivals. */
    void deliverTo(Arrivals arrivals);

    /** Publishes nothing until {@link #release}, so that a backlog gathers. */
    void hold();

    void release();

    /** That many keys which all fall into so many partitions; empty when it knows no such thing. */
    default Optional<List<String>> keys(int count, int partitions) {
        return Optional.empty();
    }

    /**
     * Works off so many deliveries, each with its mark against doubles and one row as its effect, acknowledged after the
     * commit; the seconds it took, or empty when it has no such thing.
     */
    default Optional<Double> consumeOnce(int events) {
        return Optional.empty();
    }

    /** What was set otherwise than by default. */
    List<String> settings();

    @Override
    void close();
}
