package com.ventros.crm.events;

import com.ventros.crm.events.Broker.Lane;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** A broker whose queues lie beside the outbox, in the same database: events go from one to the other in one transaction. */
interface TakesFromOutbox {

    /**
     * What has been taken.
     *
     * @param oldest when the oldest of the events was appended
     */
    record Taken(int events, Optional<Instant> oldest) {}

    /**
     * Takes the next events of these partitions that may go ({@link Outbox#MAY_GO}) out of the outbox and puts them into queues, in their order, all or
     * none.
     *
     * @param mark where to begin; it is moved
     */
    Taken take(Lane lane, Collection<Integer> partitions, int most, LowWaterMark mark);
}
