package com.ventros.crm.events;

import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Uuids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** How the queues are, for whoever looks after them, and the end of those that nobody takes from any more. */
@Component
public class Queues {

    private final Broker broker;
    private final Listeners listeners;
    private final Outbox outbox;
    private final TransactionTemplate transaction;
    private final TransactionTemplate systemTransaction;

    Queues(Broker broker, Listeners listeners, Outbox outbox, PlatformTransactionManager transactions,
            @Qualifier("system") PlatformTransactionManager systemTransactions) {
        this.broker = broker;
        this.listeners = listeners;
        this.outbox = outbox;
        this.transaction = new TransactionTemplate(transactions);
        this.systemTransaction = new TransactionTemplate(systemTransactions);
    }

    /** One line for each queue and lane; {@link Broker.BrokerUnavailable} when nobody can tell. */
    public List<Broker.QueueState> describe() {
        var states = new ArrayList<>(broker.describe());
        var told = states.stream().map(Broker.QueueState::name).collect(Collectors.toSet());
        for (var queue : listeners.queues()) {
            if (!told.contains(queue)) states.addAll(broker.describe(queue));
        }
        return states;
    }

    /** The lines of one queue, none when the broker has lost it; refused when there is no such queue. */
    public List<Broker.QueueState> find(String queue) {
        var states = describe().stream().filter(state -> state.name().equals(queue)).toList();
        if (states.isEmpty() && !abandoned().contains(queue)) throw Refusal.notFound("queue");
        return states;
    }

    /** Names of the queues whose consumer no running program has, for instance since a version of the program did away with it. */
    public Set<String> abandoned() {
        return listeners.abandoned();
    }

    /**
     * Removes the queue of a consumer that no running program has, with its dead letters, and forgets the consumer. What comes in
     * between the look into the queue and its end goes with it: nobody would ever take it. The bound tenant's log tells of it.
     *
     * @param discard whether what is in it may be lost
     */
    public void remove(String queue, boolean discard) {
        var states = find(queue);
        systemTransaction.executeWithoutResult(_ -> {
            if (!HandleFailures.consumer(queue).map(listeners::forget).orElse(false) || states.stream().anyMatch(state -> state.consumers() > 0)) {
                throw Refusal.conflict("queue_in_use", "A program takes from it, or did a quarter of an hour ago.");
            }
            long messages = states.stream().mapToLong(state -> state.depth() + state.unacked() + state.deadLetters()).sum();
            if (messages > 0 && !discard) {
                throw Refusal.conflict("queue_not_empty", "It holds " + messages + " messages; say that they are to be discarded.");
            }
            broker.remove(queue);
            var id = Uuids.v7();
            transaction.executeWithoutResult(_ -> outbox.append(List.of(new NewEvent(new QueueEvent.Removed(id, queue, messages), "queue", id,
                    1, Optional.empty(), Instant.now(), Cause.current()))));
        });
    }
}
