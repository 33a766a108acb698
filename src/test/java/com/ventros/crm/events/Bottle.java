package com.ventros.crm.events;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** An aggregate for tests of the engines: a bottle that is filled drop by drop. */
final class Bottle {

    @EventType(value = "bottle.filled", description = "A drop fell into a bottle.")
    record Filled(UUID bottle, int drop) implements DomainEvent {}

    @EventType(value = "bottle.opened", description = "Somebody opened a bottle.")
    record Opened(UUID bottle) implements DomainEvent {}

    static NewEvent filled(UUID bottle, int drop) {
        return event(bottle, drop, new Filled(bottle, drop));
    }

    static NewEvent opened(UUID bottle) {
        return event(bottle, 1, new Opened(bottle));
    }

    static List<NewEvent> drops(UUID bottle, int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(drop -> filled(bottle, drop)).toList();
    }

    private static NewEvent event(UUID bottle, long version, DomainEvent data) {
        return new NewEvent(data, "bottle", bottle, version, Optional.empty(), Instant.now(),
                Cause.outside(Actor.system("test")));
    }

    private Bottle() {}
}
