package com.ventros.crm.events;

import com.ventros.crm.events.catalog.Catalogue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings events of any age to the newest version of their type, one version at a time. A program with a hole in a chain
 * does not start: it would find out in the middle of a replay.
 */
@Component
final class Upcasters {

    private final Map<String, Integer> newest = new HashMap<>();
    private final Map<String, Map<Integer, Upcaster>> chains = new HashMap<>();

    Upcasters(Catalogue catalogue, List<Upcaster> upcasters) {
        catalogue.entries().forEach(entry -> newest.put(entry.type(), entry.version()));
        for (var upcaster : upcasters) {
            var name = upcaster.type() + " version " + upcaster.from();
            if (upcaster.from() < 1 || upcaster.from() >= newest.getOrDefault(upcaster.type(), 0)) {
                throw new IllegalStateException("an upcaster reads " + name + ", which is no earlier version");
            }
            if (chains.computeIfAbsent(upcaster.type(), _ -> new HashMap<>()).put(upcaster.from(), upcaster) != null) {
                throw new IllegalStateException("two upcasters read " + name);
            }
        }
        newest.forEach((type, version) -> {
            for (int from = 1; from < version; from++) {
                if (!chains.getOrDefault(type, Map.of()).containsKey(from)) {
                    throw new IllegalStateException("no upcaster reads " + type + " version " + from);
                }
            }
        });
    }

    /**
     * The event as its newest version tells it. One that a newer program wrote is nothing to guess at: it is tried
     * again, by then perhaps by that program.
     */
    Envelope newest(Envelope event) {
        int version = newest.getOrDefault(event.type(), event.version());
        if (event.version() == version) return event;
        if (event.version() > version) {
            throw new IllegalStateException("%s version %d was written by a newer program; this one knows version %d"
                    .formatted(event.type(), event.version(), version));
        }
        var data = (ObjectNode) event.data().deepCopy();
        for (int from = event.version(); from < version; from++) data = chains.get(event.type()).get(from).upcast(data);
        return new Envelope(event.id(), event.type(), version, event.occurredAt(), event.tenantId(), event.projectId(),
                event.aggregateType(), event.aggregateId(), event.aggregateVersion(), event.sequence(),
                event.correlationId(), event.causationId(), event.actor(), event.traceparent(), data);
    }
}
