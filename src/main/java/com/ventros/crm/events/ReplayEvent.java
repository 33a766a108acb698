package com.ventros.crm.events;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What is done with replays, and by whom: their audit. */
public sealed interface ReplayEvent extends DomainEvent {

    /** {@code kind} is {@code repeat}, {@code rebuild} or {@code recount}; the times are those of recording. */
    @EventType(value = "replay.started", description = "Somebody had events of the past delivered to a consumer once more.")
    record Started(UUID replayId, String consumer, String kind, List<String> types, Optional<UUID> aggregateId,
            Optional<Instant> from, Optional<Instant> to, Optional<Integer> rate) implements ReplayEvent {}

    @EventType(value = "replay.paused", description = "A replay publishes nothing for the moment.")
    record Paused(UUID replayId, String consumer) implements ReplayEvent {}

    @EventType(value = "replay.resumed", description = "A paused replay goes on where it was.")
    record Resumed(UUID replayId, String consumer) implements ReplayEvent {}

    @EventType(value = "replay.cancelled", description = "A replay was ended before it was through.")
    record Cancelled(UUID replayId, String consumer) implements ReplayEvent {}

    /** {@code mended} are rows that a recount found otherwise than they should be; none for what is no recount. */
    @EventType(value = "replay.completed", description = "A replay is through; a rebuilt read model is the one that is read now.")
    record Completed(UUID replayId, String consumer, long published, long applied, Optional<Long> mended) implements ReplayEvent {}
}
