package com.ventros.crm.kernel;

import java.util.ArrayList;
import java.util.List;

/** Keeps state and rules together, and remembers what happened until its repository saves both in one transaction. */
public abstract class Aggregate<E extends DomainEvent> {

    private final List<E> raised = new ArrayList<>();

    protected final void raise(E event) {
        raised.add(event);
    }

    /** Hands over what happened since the last call, in order. */
    public final List<E> takeEvents() {
        var events = List.copyOf(raised);
        raised.clear();
        return events;
    }
}
