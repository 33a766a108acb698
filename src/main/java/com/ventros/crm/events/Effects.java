package com.ventros.crm.events;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a module has done because of events, told to whoever asks what became of a cause. Each module that keeps effects
 * tells of its own.
 */
public interface Effects {

    /** The bound tenant's effects of these events, and of these correlations beside their events; within the transaction at hand. */
    List<Effect> of(Collection<UUID> correlations, Collection<UUID> events);

    /**
     * One effect; it names no contents.
     *
     * @param causedBy the event, send or outside cause directly before
     * @param consumer whose effect it is, if a listener's
     * @param kind     what sort of thing it is, for instance {@code timeline_entry}
     * @param id       of the thing, or what it is known as
     * @param state    how far it is, if it is not simply there
     * @param at       when it came about, if that is known
     */
    record Effect(UUID causedBy, Optional<String> consumer, String kind, String id, Optional<String> state,
            Optional<Instant> at, Map<String, Object> facts) {}
}
