package com.ventros.crm.events;

import com.ventros.crm.events.Broker.Delivery;
import com.ventros.crm.events.Broker.Lane;
import com.ventros.crm.events.Broker.Verdict;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.tenancy.Tenancy;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Brings events to everybody who listens: one transaction for a batch of one tenant, each event only once. */
@Component
final class Consumers implements SmartLifecycle {

    /** Some hundred events share a commit; more would only make the others wait. */
    static final int BATCH = 400;
    /** A second one would take half of what waits and then wait for the same tenant's rows: what comes meanwhile is the next batch. */
    static final int WORKERS = 1;
    /** Whoever asks others (Temporal, say) waits for their answers while the other batch is under way. */
    private static final int WORKERS_THAT_ASK_OTHERS = 2;

    private record Received(int index, Lane lane, Optional<UUID> replay, Envelope event) {}

    private final Broker broker;
    private final Inbox inbox;
    private final TransactionTemplate transaction;
    /** Of its own, so that taking it back takes nothing else back. */
    private final TransactionTemplate apart;
    private final List<EventConsumer> beans;
    private final List<RecountedModel> recounted;
    private final Map<String, EventConsumer> listening = new ConcurrentHashMap<>();
    private final Upcasters upcasters;
    private final Listeners listeners;
    private final Replays replays;
    private final MeterRegistry meters;
    private final EventMeters eventMeters;
    private final BulkPace pace;
    private final Roles roles;
    private final List<Broker.Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private volatile boolean running;

    Consumers(Broker broker, Inbox inbox, PlatformTransactionManager transactions, List<EventConsumer> beans,
            List<RecountedModel> recounted, Upcasters upcasters, Listeners listeners, Replays replays, MeterRegistry meters, EventMeters eventMeters, BulkPace pace, Roles roles) {
        this.broker = broker;
        this.inbox = inbox;
        this.transaction = new TransactionTemplate(transactions);
        this.apart = new TransactionTemplate(transactions);
        this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.beans = beans;
        this.recounted = recounted;
        beans.forEach(consumer -> listening.put(consumer.name(), consumer));
        this.meters = meters;
        this.eventMeters = eventMeters;
        this.pace = pace;
        this.roles = roles;
        this.upcasters = upcasters;
        this.listeners = listeners;
        this.replays = replays;
    }

    /** Every program declares all queues, so that one that only relays knows where events go. */
    @Override
    public void start() {
        beans.forEach(listeners::declare);
        recounted.forEach(listeners::declare);
        broker.declare(Topology.FIXED);
        broker.declare(beans.stream().map(Topology.Queue::of).toList());
        if (roles.worker()) beans.forEach(this::listen);
        running = true;
    }

    /** Opens the consumer's queue and works on it until the subscription is closed. */
    Broker.Subscription listen(EventConsumer consumer) {
        var queue = Topology.Queue.of(consumer);
        listeners.declare(consumer);
        broker.declare(List.of(queue));
        listening.put(consumer.name(), consumer);
        var subscription = broker.subscribe(queue.name(), BATCH,
                consumer.transactional() ? WORKERS : WORKERS_THAT_ASK_OTHERS, deliveries -> paced(consumer, deliveries));
        subscriptions.add(subscription);
        return subscription;
    }

    /** A batch is of one lane: a broker has workers of their own for each. Nobody waits for a consumer that waits for others. */
    private List<Verdict> paced(EventConsumer consumer, List<Delivery> deliveries) {
        if (deliveries.getFirst().lane() == Lane.INTERACTIVE) pace.people();
        else if (consumer.transactional()) return pace.bulk(() -> handle(consumer, deliveries));
        return handle(consumer, deliveries);
    }

    List<Verdict> handle(EventConsumer consumer, List<Delivery> deliveries) {
        var verdicts = new Verdict[deliveries.size()];
        var groups = new LinkedHashMap<List<Object>, List<Received>>();
        for (int i = 0; i < deliveries.size(); i++) {
            try {
                var event = upcasters.newest(EventJson.read(deliveries.get(i).body()));
                var lane = deliveries.get(i).lane();
                var replay = Optional.ofNullable(deliveries.get(i).headers().get(Headers.REPLAY)).map(UUID::fromString);
                groups.computeIfAbsent(List.of(event.tenantId(), lane, replay), _ -> new ArrayList<>())
                        .add(new Received(i, lane, replay, event));
            } catch (RuntimeException unreadable) {
                verdicts[i] = Judge.verdict(unreadable);
            }
        }
        for (var group : groups.values()) {
            try {
                together(consumer, group);
                group.forEach(one -> verdicts[one.index()] = new Verdict.Done());
            } catch (RuntimeException failed) {
                if (Judge.isOutage(failed)) throw failed;
                for (var one : group) {
                    verdicts[one.index()] = group.size() == 1 ? Judge.verdict(failed) : alone(consumer, one);
                }
            }
        }
        var outcomes = new ArrayList<String>();
        for (int i = 0; i < verdicts.length; i++) {
            var last = deliveries.get(i).attempt() > Topology.LADDER.size();
            outcomes.add(switch (verdicts[i]) {
                case Verdict.Again _ when last && consumer.forgets() -> {
                    verdicts[i] = new Verdict.Done();
                    yield "forgotten";
                }
                case Verdict.Done _ -> "done";
                case Verdict.Again _ -> "retried";
                case Verdict.Dead _ -> "dead";
            });
        }
        outcomes.stream().collect(Collectors.groupingBy(outcome -> outcome, Collectors.counting())).forEach((outcome, count) ->
                meters.counter("crm.events.consumed", "consumer", consumer.name(), "outcome", outcome).increment(count));
        return List.of(verdicts);
    }

    /** Lets a consumer work on an event and takes everything back. */
    Rehearsal rehearse(String name, byte[] body) {
        var consumer = Optional.ofNullable(listening.get(name)).filter(EventConsumer::transactional).orElseThrow(() ->
                Refusal.conflict("dry_run_impossible", "What this consumer does cannot be taken back."));
        try {
            var event = upcasters.newest(EventJson.read(body));
            return Tenancy.call(event.tenantId(), () -> event.asCause(Actor.system(name)).call(() -> apart.execute(undo -> {
                undo.setRollbackOnly();
                if (inbox.claim(name, List.of(event.id())).isEmpty()) return new Rehearsal("done_before");
                consumer.handle(List.of(event));
                return new Rehearsal("succeeds");
            })));
        } catch (RuntimeException failed) {
            if (Judge.isOutage(failed)) throw failed;
            return switch (Judge.verdict(failed)) {
                case Verdict.Dead(var code, var reason, var stack) ->
                        new Rehearsal("fails_for_good", Optional.of(code), Optional.of(reason), stack);
                case Verdict.Again(var reason, var stack) ->
                        new Rehearsal("fails_again", Optional.empty(), Optional.of(reason), stack);
                case Verdict.Done _ -> throw new IllegalStateException("a failed try is never done");
            };
        }
    }

    private Verdict alone(EventConsumer consumer, Received one) {
        try {
            together(consumer, List.of(one));
            return new Verdict.Done();
        } catch (RuntimeException failed) {
            if (Judge.isOutage(failed)) throw failed;
            return Judge.verdict(failed);
        }
    }

    private void together(EventConsumer consumer, List<Received> group) {
        var events = new LinkedHashMap<UUID, Envelope>();
        group.forEach(one -> events.putIfAbsent(one.event().id(), one.event()));
        TenantId tenant = group.getFirst().event().tenantId();
        var replay = group.getFirst().replay();
        group.getFirst().lane().run(() -> Tenancy.run(tenant, () -> because(consumer, group, () -> {
            if (replay.isPresent()) {
                again(consumer, replay.get(), events);
            } else if (consumer.transactional()) {
                transaction.executeWithoutResult(_ -> {
                    var fresh = inbox.claim(consumer.name(), events);
                    events.keySet().retainAll(fresh.stream().map(Envelope::id).collect(Collectors.toSet()));
                    if (!fresh.isEmpty()) consumer.handle(fresh);
                });
            } else {
                events.keySet().removeAll(transaction.execute(_ -> inbox.done(consumer.name(), events.keySet())));
                if (events.isEmpty()) return;
                consumer.handle(List.copyOf(events.values()));
                transaction.executeWithoutResult(_ -> inbox.claim(consumer.name(), events.keySet()));
            }
        })));
        if (group.getFirst().lane() == Lane.INTERACTIVE) events.values().forEach(event -> eventMeters.consumed(consumer.name(), event));
    }

    /** A replay is deliberate, so what was done before is done again, once; its redeliveries are dropped as any others. */
    private void again(EventConsumer consumer, UUID replay, Map<UUID, Envelope> events) {
        var name = consumer.name() + "@" + replay;
        if (consumer.transactional()) {
            transaction.executeWithoutResult(_ -> {
                events.keySet().retainAll(inbox.claim(name, events.keySet()));
                if (events.isEmpty()) return;
                replays.applying(replay, events.size()).ifPresent(mark -> {
                    claimToo(consumer, mark, events.keySet());
                    mark.run(() -> consumer.handle(List.copyOf(events.values())));
                });
            });
        } else {
            events.keySet().removeAll(transaction.execute(_ -> inbox.done(name, events.keySet())));
            if (events.isEmpty()) return;
            transaction.execute(_ -> replays.applying(replay, 0))
                    .ifPresent(mark -> mark.run(() -> consumer.handle(List.copyOf(events.values()))));
            transaction.executeWithoutResult(_ -> {
                var fresh = inbox.claim(name, events.keySet());
                replays.applying(replay, fresh.size()).ifPresent(mark -> claimToo(consumer, mark, fresh));
            });
        }
    }

    /** What a replay has done need not be done by a first delivery that is still on its way; a rebuild has not done it. */
    private void claimToo(EventConsumer consumer, Replayed mark, Set<UUID> events) {
        if (mark.generation().isEmpty()) inbox.claim(consumer.name(), events);
    }

    /**
     * An event that comes alone is the cause of what its consumer does. A batch has none in common: a consumer that
     * raises events does so because of one of them ({@link Envelope#asCause}), and is refused otherwise.
     */
    private static void because(EventConsumer consumer, List<Received> group, Runnable work) {
        if (group.size() > 1) work.run();
        else group.getFirst().event().asCause(Actor.system(consumer.name())).run(work);
    }

    @Override
    public void stop() {
        subscriptions.forEach(Broker.Subscription::close);
        subscriptions.clear();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return EnginePhase.CONSUMERS;
    }
}
