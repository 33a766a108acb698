package com.ventros.crm.operations.web;

import com.ventros.crm.events.Broker.QueueState;
import com.ventros.crm.events.Failures;
import com.ventros.crm.events.Queues;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Paging;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Principal;
import com.ventros.crm.http.Requires;
import com.ventros.crm.operations.Books;
import java.util.List;
import java.util.Locale;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/operations")
class OperationsController {

    /** One queue and lane; the lane in lower case, missing figures null. */
    record Queue(String name, String lane, long depth, long unacked, Long oldestAgeSeconds, int consumers,
            long deadLetters, Long ttlSeconds) {

        static Queue of(QueueState state) {
            return new Queue(state.name(), state.lane().name().toLowerCase(Locale.ROOT), state.depth(),
                    state.unacked(), state.oldestAgeSeconds().orElse(null), state.consumers(), state.deadLetters(),
                    state.ttlSeconds().orElse(null));
        }
    }

    record QueueList(List<Queue> queues) {}

    private final Queues queues;
    private final Failures failures;
    private final Books books;

    OperationsController(Queues queues, Failures failures, Books books) {
        this.queues = queues;
        this.failures = failures;
        this.books = books;
    }

    @GetMapping("/queues")
    @Requires(Permission.OPERATIONS_READ)
    QueueList queues() {
        return new QueueList(queues.describe().stream().map(Queue::of).toList());
    }

    @GetMapping("/summary")
    @Requires(Permission.OPERATIONS_READ)
    Books.Balance summary() {
        return books.balance();
    }

    /** The latest, as many as the limit says; there is no further page yet. */
    @GetMapping("/failures")
    @Requires(Permission.OPERATIONS_READ)
    Page<Failures.Failure> failures(Principal principal, Paging paging) {
        return Page.whole(failures.latest(principal.tenant().value(), paging.limit()));
    }
}
