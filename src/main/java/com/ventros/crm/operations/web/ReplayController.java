package com.ventros.crm.operations.web;

import com.ventros.crm.events.Replays;
import com.ventros.crm.http.Cursor;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Paging;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Requires;
import com.ventros.crm.kernel.Refusal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Events that are delivered once more. */
@RestController
@RequestMapping("/api/v1/operations/replays")
class ReplayController {

    /** Which events to deliver again and to whom; what is missing limits nothing. A dry run may name no consumer. */
    record NewReplay(String consumer, Set<String> types, UUID aggregateId, Instant from, Instant to, Integer rate,
            Boolean dryRun) {

        Replays.Request request() {
            if (types != null && types.contains(null)) throw Refusal.invalid("types", "required", "None of them is null.");
            return new Replays.Request(consumer == null ? "" : consumer, types == null ? Set.of() : types,
                    Optional.ofNullable(aggregateId), Optional.ofNullable(from), Optional.ofNullable(to),
                    Optional.ofNullable(rate));
        }
    }

    /** What a dry run found. */
    record Counts(List<Replays.Count> counts, long events) {}

    private final Replays replays;

    ReplayController(Replays replays) {
        this.replays = replays;
    }

    /** Lists the replays, the newest first. */
    @GetMapping
    @Requires(Permission.OPERATIONS_READ)
    Page<Replays.Shown> list(Paging paging) {
        return Page.of(replays.list(paging.after().map(cursor -> cursor.uuid(0)), paging.fetch()), paging,
                replay -> Cursor.after(replay.id()));
    }

    /** Delivers events once more, or with {@code dryRun} counts which they are. */
    @PostMapping
    @Requires(Permission.OPERATIONS_WRITE)
    ResponseEntity<?> create(@RequestBody NewReplay asked) {
        if (Boolean.TRUE.equals(asked.dryRun())) {
            var counts = replays.dryRun(asked.request());
            return ResponseEntity.ok(new Counts(counts, counts.stream().mapToLong(Replays.Count::events).sum()));
        }
        if (asked.consumer() == null) throw Refusal.invalid("consumer", "required", "Name the consumer.");
        var replay = replays.start(asked.request());
        return ResponseEntity.created(URI.create("/api/v1/operations/replays/" + replay.id())).body(replay);
    }

    /** Shows a replay. */
    @GetMapping("/{id}")
    @Requires(Permission.OPERATIONS_READ)
    Replays.Shown get(@PathVariable UUID id) {
        return replays.find(id);
    }

    /** Pauses a replay. */
    @PostMapping("/{id}/pause")
    @Requires(Permission.OPERATIONS_WRITE)
    Replays.Shown pause(@PathVariable UUID id) {
        return replays.pause(id);
    }

    /** Goes on with a paused replay. */
    @PostMapping("/{id}/resume")
    @Requires(Permission.OPERATIONS_WRITE)
    Replays.Shown resume(@PathVariable UUID id) {
        return replays.resume(id);
    }

    /** Ends a replay before its time. */
    @PostMapping("/{id}/cancel")
    @Requires(Permission.OPERATIONS_WRITE)
    Replays.Shown cancel(@PathVariable UUID id) {
        return replays.cancel(id);
    }
}
