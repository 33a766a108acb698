package com.ventros.crm.operations.web;

import com.ventros.crm.events.Broker.QueueState;
import com.ventros.crm.events.Queues;
import com.ventros.crm.events.Topology;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Requires;
import com.ventros.crm.operations.Books;
import com.ventros.crm.operations.RelayView;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How the installation does. */
@RestController
@RequestMapping("/api/v1/operations")
class OperationsController {

    /**
     * One queue and lane; the lane in lower case, missing figures null. The rates are of the program that answers.
     *
     * @param deadLetterQueue where the dead of the queue are; null where none can die
     */
    record Queue(String name, String lane, long depth, long unacked, Long oldestAgeSeconds, int consumers,
            @Nullable String deadLetterQueue, long deadLetters, Long ttlSeconds, double publishedPerSecond, double settledPerSecond) {

        static Queue of(QueueState state) {
            return new Queue(state.name(), state.lane().name().toLowerCase(Locale.ROOT), state.depth(),
                    state.unacked(), state.oldestAgeSeconds().orElse(null), state.consumers(),
                    Topology.isShared(state.name()) ? null : state.name() + Topology.DEAD_SUFFIX, state.deadLetters(),
                    state.ttlSeconds().orElse(null), state.published(), state.settled());
        }
    }

    record QueueList(List<Queue> queues) {}

    record Relaying(List<RelayView.Partition> partitions, List<RelayView.Program> programs) {}

    private final Queues queues;
    private final RelayView relay;
    private final Books books;

    OperationsController(Queues queues, RelayView relay, Books books) {
        this.queues = queues;
        this.relay = relay;
        this.books = books;
    }

    /** Shows the queues of the installation. */
    @GetMapping("/queues")
    @Requires(Permission.OPERATIONS_READ)
    QueueList queues() {
        return new QueueList(queues.describe().stream().map(Queue::of).toList());
    }

    /** Shows how far the outbox is published, and by whom. */
    @GetMapping("/relay")
    @Requires(Permission.OPERATIONS_READ)
    Relaying relay() {
        return new Relaying(relay.partitions(), relay.programs());
    }

    /** Shows the books of the tenant: what was accepted, applied, lost and doubled. */
    @GetMapping("/summary")
    @Requires(Permission.OPERATIONS_READ)
    Books.Balance summary() {
        return books.balance();
    }
}
