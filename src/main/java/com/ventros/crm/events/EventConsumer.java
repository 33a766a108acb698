package com.ventros.crm.events;

import java.util.List;
import java.util.Set;

/**
 * Somebody who listens to events. Each bean of this type gets a queue of its own, {@code crm.<name>}.
 *
 * <p>Delivery is at least once and arrival order is not promised; the engine drops what this consumer has done before
 * ({@code processed_events}, in the transaction of the effect), and a consumer compares versions.
 */
public interface EventConsumer {

    /** Name of the queue and of this consumer in {@code processed_events}; stable for ever. */
    String name();

    /** Which events it hears: event types with {@code *} for one word and {@code #} for any number of them. */
    Set<String> patterns();

    /**
     * Takes events of one tenant, which is bound, as is the transaction unless {@link #transactional()} says no.
     * What it raises is caused by one of the events: {@code event.asCause(...)} binds it.
     * Throw {@link PermanentFailure} for what will never work; anything else is tried again.
     */
    void handle(List<Envelope> events);

    /** What it means when events of the past are delivered on purpose; {@link Replayed} tells them from new ones. */
    default OnReplay onReplay() {
        return new OnReplay.Refuse("it has not said what a replay would mean for it.");
    }

    /** True where nothing depends on what it does: what fails on the last rung of the ladder as well is forgotten, and nobody has to look at it. */
    default boolean forgets() {
        return false;
    }

    /** False for work outside the database (it must bear repetition by itself): no transaction is opened around it. */
    default boolean transactional() {
        return true;
    }
}
