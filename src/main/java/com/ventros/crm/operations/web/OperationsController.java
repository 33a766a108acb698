package com.ventros.crm.operations.web;

import com.ventros.crm.events.Broker.QueueState;
import com.ventros.crm.events.Queues;
import com.ventros.crm.http.Permission;
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
    private final Books books;

    OperationsController(Queues queues, Books books) {
        this.queues = queues;
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
}
