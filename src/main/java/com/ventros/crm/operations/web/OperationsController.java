package com.ventros.crm.operations.web;

import com.ventros.crm.accounts.Operators;
import com.ventros.crm.events.Broker.QueueState;
import com.ventros.crm.events.Queues;
import com.ventros.crm.events.Topology;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Principal;
import com.ventros.crm.http.Requires;
import com.ventros.crm.operations.Books;
import com.ventros.crm.operations.RelayView;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** How the installation does. */
@RestController
@RequestMapping("/api/v1/operations")
class OperationsController {

    /**
     * One queue and lane; the lane in lower case, missing figures null. The rates are of the program that answers.
     *
     * @param abandoned       whether no running program has its consumer: nobody takes from it, and it may be removed
     * @param deadLetterQueue where the dead of the queue are; null where none can die
     */
    record Queue(String name, String lane, long depth, long unacked, Long oldestAgeSeconds, int consumers, boolean abandoned,
            @Nullable String deadLetterQueue, long deadLetters, Long ttlSeconds, double publishedPerSecond, double settledPerSecond) {

        static Queue of(QueueState state, boolean abandoned) {
            return new Queue(state.name(), state.lane().name().toLowerCase(Locale.ROOT), state.depth(),
                    state.unacked(), state.oldestAgeSeconds().orElse(null), state.consumers(), abandoned,
                    Topology.isShared(state.name()) ? null : state.name() + Topology.DEAD_SUFFIX, state.deadLetters(),
                    state.ttlSeconds().orElse(null), state.published(), state.settled());
        }
    }

    record QueueList(List<Queue> queues) {}

    record Relaying(List<RelayView.Partition> partitions, List<RelayView.Program> programs) {}

    private final Queues queues;
    private final RelayView relay;
    private final Books books;
    private final Operators operators;

    OperationsController(Queues queues, RelayView relay, Books books, Operators operators) {
        this.queues = queues;
        this.relay = relay;
        this.books = books;
        this.operators = operators;
    }

    /** Shows the queues of the installation. */
    @GetMapping("/queues")
    @Requires(Permission.OPERATIONS_READ)
    QueueList queues() {
        var abandoned = queues.abandoned();
        return new QueueList(queues.describe().stream().map(state -> Queue.of(state, abandoned.contains(state.name()))).toList());
    }

    /**
     * Removes the queue of a consumer that no running program has any more, with its dead letters; for those who run the
     * installation. One that holds anything goes with {@code discard=true} only.
     */
    @DeleteMapping("/queues/{name}")
    @Requires(Permission.OPERATIONS_WRITE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeQueue(Principal principal, @PathVariable String name, @RequestParam(defaultValue = "false") boolean discard) {
        queues.find(name);
        operators.mustRunInstallation(principal.tenant());
        queues.remove(name, discard);
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
