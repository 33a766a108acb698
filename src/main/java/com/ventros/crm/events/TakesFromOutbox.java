package com.ventros.crm.events;

import com.ventros.crm.events.Broker.Lane;
import com.ventros.crm.events.Broker.Publication;
import java.util.SortedMap;

/** A broker whose queues lie beside the outbox, in the same database: an event goes from one to the other in one transaction. */
interface TakesFromOutbox {

    /**
     * Takes events out of the outbox and puts them into queues, all or none.
     *
     * @param events by their positions; the bodies are those that lie there, what the publications have for one does not count
     */
    void take(Lane lane, SortedMap<Long, Publication> events);
}
