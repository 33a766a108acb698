package com.ventros.crm.events;

import java.util.Optional;
import java.util.UUID;

/**
 * The mark of events that are delivered by a replay, bound while their consumer works on them.
 *
 * @param replay     which replay it is
 * @param generation the generation of the read model that it builds, when it rebuilds one
 */
public record Replayed(UUID replay, Optional<Integer> generation) {

    private static final ScopedValue<Replayed> CURRENT = ScopedValue.newInstance();

    /** The mark of the current work; empty when its events have just happened. */
    public static Optional<Replayed> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    void run(Runnable work) {
        ScopedValue.where(CURRENT, this).run(work);
    }
}
