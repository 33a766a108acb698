package com.ventros.crm.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.events.Broker.DeadLetter;
import com.ventros.crm.events.Broker.Delivery;
import com.ventros.crm.events.Broker.Lane;
import com.ventros.crm.events.Broker.Publication;
import com.ventros.crm.events.Broker.Refused;
import com.ventros.crm.events.Broker.Verdict;
import com.ventros.crm.kernel.Uuids;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every broker promises. */
abstract class BrokerContract {

    /** Generous: two cores may be busy with others. */
    static final Duration SOON = Duration.ofSeconds(30);
    static final Duration CONFIRM = Duration.ofSeconds(10);

    final List<DeadLetter> graveyard = new CopyOnWriteArrayList<>();
    /** Messages whose failure nobody waits for any more. */
    final Set<UUID> settled = ConcurrentHashMap.newKeySet();
    final Set<UUID> repeated = ConcurrentHashMap.newKeySet();
    final List<String> queues = new CopyOnWriteArrayList<>();
    private final List<Broker.Subscription> open = new ArrayList<>();
    /** A word of its own for each test, so that its events reach its queues only. */
    final String word = "t" + UUID.randomUUID().toString().replace("-", "");
    Broker broker;

    /** A program's broker, running. */
    abstract Broker connect(Broker.DeadLetters deadLetters);

    /** Ends a program's broker as a hard kill does: it settles nothing, and others have its deliveries back within seconds. */
    abstract void kill(Broker victim, Broker survivor);

    abstract void disconnect(Broker broker);

    abstract void forget(List<String> queues);

    @BeforeEach
    void connectOne() {
        broker = connect(new Broker.DeadLetters() {
            @Override
            public void record(List<DeadLetter> letters) {
                graveyard.addAll(letters);
            }

            @Override
            public void done(List<Delivery> repetitions) {
                repetitions.forEach(one -> repeated.add(one.id()));
            }

            @Override
            public Set<UUID> open(String queue, Collection<UUID> messages) {
                return messages.stream().filter(one -> !settled.contains(one)).collect(Collectors.toSet());
            }
        });
    }

    @AfterEach
    void closeAll() {
        open.forEach(Broker.Subscription::close);
        disconnect(broker);
        forget(queues);
    }

    @Test
    void whatIsPublishedArrivesAsItWas() {
        var queue = queue();
        var got = collect(queue, 10, 1);
        var sent = new Publication(Uuids.v7(), queue, Lane.INTERACTIVE, Map.of("channel", "ção", "type", "x"), bytes("olá"));
        assertThat(broker.publish(List.of(sent), CONFIRM)).isEmpty();
        await().atMost(SOON).until(() -> got.size() == 1);
        var delivery = got.getFirst();
        assertThat(delivery.id()).isEqualTo(sent.id());
        assertThat(delivery.queue()).isEqualTo(queue);
        assertThat(delivery.attempt()).isEqualTo(1);
        assertThat(delivery.headers()).containsAllEntriesOf(sent.headers());
        assertThat(delivery.body()).isEqualTo(sent.body());
    }

    @Test
    void whatIsPublishedBeforeAnybodyListensIsKept() {
        var queue = queue();
        publish(queue, 50);
        var got = collect(queue, 10, 1);
        await().atMost(SOON).until(() -> got.size() == 50);
        await().atMost(SOON).until(() -> state(queue, Lane.INTERACTIVE).depth() == 0);
    }

    @Test
    void anEventGoesToEveryQueueThatIsBoundToIt() {
        var all = collect(queue(word + ".#"), 10, 1);
        var one = collect(queue(word + ".filled", "other.*"), 10, 1);
        var none = collect(queue(word + ".opened.*"), 10, 1);
        broker.publish(List.of(event(word + ".filled"), event(word + ".opened")), CONFIRM);
        await().atMost(SOON).until(() -> all.size() == 2 && one.size() == 1);
        assertThat(none).isEmpty();
    }

    @Test
    void aQueueHearsNoMoreWhatItWasUnboundFrom() {
        var queue = queue(word + ".filled", word + ".opened");
        var got = collect(queue, 10, 1);
        publish(queue, 1);
        broker.unbind(queue, word + ".filled");
        broker.unbind(queue, word + ".never-bound");
        var bulk = new Publication(Uuids.v7(), Topology.DOMAIN_EVENTS + word + ".filled", Lane.BULK, Map.of(), bytes("bulk"));
        assertThat(broker.publish(List.of(bulk, event(word + ".filled"), event(word + ".opened")), CONFIRM)).isEmpty();
        await().atMost(SOON).until(() -> got.size() == 2);
        assertThat(got).extracting(one -> new String(one.body(), StandardCharsets.UTF_8)).containsExactly("0", word + ".opened");
        assertThat(state(queue, Lane.BULK).depth()).isZero();
    }

    @Test
    void toUnbindAQueueThatIsGoneIsNoFailure() {
        var queue = queue(word + ".filled");
        forget(List.of(queue));
        broker.unbind(queue, word + ".filled");
    }

    @Test
    void anEventThatNobodyHearsIsNotRefused() {
        assertThat(broker.publish(List.of(event(word + ".unheard")), CONFIRM)).isEmpty();
    }

    @Test
    void aMessageForAQueueThatDoesNotExistIsRefused() {
        var queue = queue();
        var lost = publication(word + ".nowhere", 1);
        var refused = broker.publish(List.of(publication(queue, 0), lost, publication(queue, 2)), CONFIRM);
        assertThat(refused).singleElement().satisfies(no -> {
            assertThat(no.publication()).isEqualTo(lost);
            assertThat(no.why()).isEqualTo(Refused.Reason.UNROUTABLE);
        });
        var got = collect(queue, 10, 1);
        await().atMost(SOON).until(() -> got.size() == 2);
    }

    @Test
    void whatComesAfterARefusedOneOfTheSameKeyWaits() {
        var queue = queue();
        var publications = List.of(
                publication(queue, 1), publication(word + ".nowhere", 1), publication(queue, 2), publication(queue, 1));
        var refused = broker.publishInOrder(publications, publication -> number(publication.body()), CONFIRM);
        assertThat(refused).extracting(Refused::publication)
                .containsExactlyInAnyOrder(publications.get(1), publications.get(3));
        var got = collect(queue, 10, 1);
        await().atMost(SOON).until(() -> got.size() == 2);
    }

    @Test
    void whatIsPublishedTogetherComesInTheOrderOfItsKey() {
        var got = collect(queue(word + ".#"), 40, 1);
        var types = List.of(".filled", ".opened", ".filled", ".read", ".read");
        var publications = IntStream.range(0, 500).mapToObj(i -> event(word + types.get(i % types.size()), i)).toList();
        assertThat(broker.publishInOrder(publications, publication -> number(publication.body()) % 7, CONFIRM)).isEmpty();
        await().atMost(SOON).until(() -> got.size() == 500);
        assertThat(got).extracting(Delivery::id).containsExactlyInAnyOrderElementsOf(publications.stream().map(Publication::id).toList());
        got.stream().map(delivery -> number(delivery.body())).collect(Collectors.groupingBy(number -> number % 7)).values()
                .forEach(ofOneKey -> assertThat(ofOneKey).isSorted());
    }

    @Test
    void ofWhatIsPublishedTogetherEachFaresByItself() {
        var queue = queue(word + ".#");
        var seen = new CopyOnWriteArrayList<Integer>();
        subscribe(queue, 20, 1, deliveries -> deliveries.stream().<Verdict>map(delivery -> {
            seen.add(number(delivery.body()));
            if (number(delivery.body()) == 3) return new Verdict.Dead("three", "we do not do threes");
            return number(delivery.body()) == 5 && delivery.attempt() == 1 ? new Verdict.Again("not yet") : new Verdict.Done();
        }).toList());
        var publications = IntStream.range(0, 30).mapToObj(i -> event(word + ".filled", i)).toList();
        assertThat(broker.publishInOrder(publications, Publication::id, CONFIRM)).isEmpty();
        await().atMost(SOON).until(() -> Collections.frequency(seen, 5) == 2);
        await().atMost(SOON).until(() -> state(queue, Lane.INTERACTIVE).depth() == 0 && state(queue, Lane.INTERACTIVE).unacked() == 0);
        assertThat(seen).hasSize(31);
        assertThat(graveyard).singleElement().satisfies(letter -> {
            assertThat(letter.code()).isEqualTo("three");
            assertThat(letter.delivery().id()).isEqualTo(publications.get(3).id());
            assertThat(letter.delivery().headers()).containsAllEntriesOf(publications.get(3).headers());
        });
        assertThat(state(queue, Lane.INTERACTIVE).deadLetters()).isEqualTo(1);
    }

    @Test
    void oneWorkerGetsMessagesInTheirOrder() {
        var queue = queue();
        var got = collect(queue, 50, 1);
        publish(queue, 1_000);
        await().atMost(SOON).until(() -> got.size() == 1_000);
        assertThat(got.stream().map(delivery -> number(delivery.body())).toList())
                .isEqualTo(IntStream.range(0, 1_000).boxed().toList());
    }

    @Test
    void manyAreHandedOverTogetherAndASingleOneAtOnce() {
        var queue = queue();
        publish(queue, 100);
        var sizes = new CopyOnWriteArrayList<Integer>();
        subscribe(queue, 40, 1, deliveries -> {
            sizes.add(deliveries.size());
            return done(deliveries);
        });
        await().atMost(SOON).until(() -> sizes.stream().mapToInt(Integer::intValue).sum() == 100);
        assertThat(sizes).allMatch(size -> size <= 40).anyMatch(size -> size > 1);
        publish(queue, 1);
        await().atMost(SOON).until(() -> sizes.getLast() == 1);
    }

    @Test
    void manyPublishersAtOnceLoseNothing() throws Exception {
        var queue = queue();
        var got = collect(queue, 100, 2);
        try (var publishers = Executors.newVirtualThreadPerTaskExecutor()) {
            var work = IntStream.range(0, 300).<Callable<List<Refused>>>mapToObj(i ->
                    () -> broker.publish(List.of(publication(queue, i)), CONFIRM)).toList();
            for (var result : publishers.invokeAll(work)) assertThat(result.get()).isEmpty();
        }
        await().atMost(SOON).until(() -> got.stream().map(Delivery::id).distinct().count() == 300);
    }

    @Test
    void whatFailsComesAgainAfterOneTwoAndFourSecondsAndThenIsDead() {
        var queue = queue();
        var times = new CopyOnWriteArrayList<Long>();
        var attempts = new CopyOnWriteArrayList<Integer>();
        subscribe(queue, 10, 2, deliveries -> {
            deliveries.forEach(delivery -> {
                times.add(System.nanoTime());
                attempts.add(delivery.attempt());
            });
            return Collections.nCopies(deliveries.size(), new Verdict.Again("not today"));
        });
        publish(queue, 1);
        await().atMost(SOON).until(() -> graveyard.size() == 1);
        assertThat(attempts).containsExactly(1, 2, 3, 4);
        for (int i = 0; i < 3; i++) {
            assertThat(Duration.ofNanos(times.get(i + 1) - times.get(i)))
                    .isBetween(Topology.LADDER.get(i).minusMillis(20), Topology.LADDER.get(i).plusSeconds(3));
        }
        var letter = graveyard.getFirst();
        assertThat(letter.code()).isEqualTo("attempts_exhausted");
        assertThat(letter.reason()).isEqualTo("not today");
        assertThat(letter.delivery().queue()).isEqualTo(queue);
        assertThat(Duration.between(letter.firstFailedAt(), java.time.Instant.now())).isGreaterThan(Duration.ofSeconds(6));
        await().atMost(SOON).until(() -> state(queue, Lane.INTERACTIVE).deadLetters() == 1);
    }

    @Test
    void whatWillNeverWorkIsDeadAtOnceAndTheOthersGoOn() {
        var queue = queue();
        var got = new CopyOnWriteArrayList<Integer>();
        subscribe(queue, 10, 1, deliveries -> deliveries.stream().<Verdict>map(delivery -> {
            if (number(delivery.body()) == 3) return new Verdict.Dead("three", "we do not do threes");
            got.add(number(delivery.body()));
            return new Verdict.Done();
        }).toList());
        publish(queue, 6);
        await().atMost(SOON).until(() -> got.size() == 5 && graveyard.size() == 1);
        assertThat(graveyard.getFirst().code()).isEqualTo("three");
        assertThat(graveyard.getFirst().delivery().attempt()).isEqualTo(1);
        await().atMost(SOON).until(() -> state(queue, Lane.INTERACTIVE).deadLetters() == 1);
    }

    @Test
    void anExceptionMeansAllOfThemAgain() {
        var queue = queue();
        var attempts = new CopyOnWriteArrayList<Integer>();
        subscribe(queue, 10, 1, deliveries -> {
            deliveries.forEach(delivery -> attempts.add(delivery.attempt()));
            if (deliveries.getFirst().attempt() == 1) throw new IllegalStateException("a bad start");
            return done(deliveries);
        });
        publish(queue, 5);
        await().atMost(SOON).until(() -> Collections.frequency(attempts, 2) == 5);
        assertThat(graveyard).isEmpty();
    }

    @Test
    void aPersonNeverWaitsBehindAMillionRows() {
        var queue = queue();
        var bulk = IntStream.range(0, 300)
                .mapToObj(i -> new Publication(Uuids.v7(), queue, Lane.BULK, Map.of(), bytes(Integer.toString(i)))).toList();
        assertThat(broker.publish(bulk, CONFIRM)).isEmpty();
        var started = new CountDownLatch(1);
        var gate = new CountDownLatch(1);
        var people = new CopyOnWriteArrayList<Delivery>();
        var rows = new AtomicInteger();
        subscribe(queue, 5, 1, deliveries -> {
            if (deliveries.getFirst().lane() == Lane.BULK) {
                started.countDown();
                try {
                    gate.await();
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                }
                rows.addAndGet(deliveries.size());
            } else {
                people.addAll(deliveries);
            }
            return done(deliveries);
        });
        try {
            await().atMost(SOON).until(() -> started.getCount() == 0);
            publish(queue, 3);
            await().atMost(SOON).until(() -> people.size() == 3);
            assertThat(rows.get()).isZero();
        } finally {
            gate.countDown();
        }
        await().atMost(SOON).until(() -> rows.get() == 300);
    }

    @Test
    void whatOutlivedItsUseIsDead() {
        var queue = "crm.test-" + Uuids.v7();
        queues.add(queue);
        broker.declare(List.of(new Topology.Queue(queue, Set.of(), Optional.of(Duration.ofSeconds(1)))));
        publish(queue, 2);
        await().atMost(SOON).until(() -> onRecord(queue, "expired") == 2);
        var got = collect(queue, 10, 1);
        publish(queue, 1);
        await().atMost(SOON).until(() -> got.size() == 1);
    }

    @Test
    void aDeadLetterWhoseFailureIsSettledIsTakenAway() {
        var queue = queue();
        subscribe(queue, 10, 1, deliveries -> Collections.nCopies(deliveries.size(), new Verdict.Dead("never", "it never will")));
        publish(queue, 5);
        await().atMost(SOON).until(() -> state(queue, Lane.INTERACTIVE).deadLetters() == 5);
        broker.tidy(queue);
        await().atMost(SOON).until(() -> state(queue, Lane.INTERACTIVE).deadLetters() == 5);
        graveyard.stream().limit(3).forEach(letter -> settled.add(letter.delivery().id()));
        broker.tidy(queue);
        await().atMost(SOON).until(() -> state(queue, Lane.INTERACTIVE).deadLetters() == 2);
    }

    @Test
    void theBrokerIsToldOfARepetitionThatComesThrough() {
        var queue = queue();
        collect(queue, 10, 1);
        var repetition = new Publication(Uuids.v7(), queue, Lane.BULK, Map.of(Headers.FAILURE, Uuids.v7().toString()), bytes("1"));
        broker.publish(List.of(repetition, publication(queue, 2)), CONFIRM);
        await().atMost(SOON).until(() -> repeated.contains(repetition.id()));
        assertThat(repeated).hasSize(1);
    }

    @Test
    void whatTheProgramPublishesAndSettlesIsCounted() {
        var queue = queue(word + ".#");
        var got = collect(queue, 10, 1);
        publish(queue, 20);
        broker.publish(List.of(event(word + ".filled")), CONFIRM);
        await().atMost(SOON).until(() -> got.size() == 21);
        await().atMost(SOON).until(() -> state(queue, Lane.INTERACTIVE).published() > 2 && state(queue, Lane.INTERACTIVE).settled() > 2);
        assertThat(state(queue, Lane.BULK).published()).isZero();
    }

    @Test
    void whatAKilledProgramHeldGoesToAnother() {
        var queue = queue();
        var victim = connect(graveyard::addAll);
        victim.declare(List.of(new Topology.Queue(queue, Set.of(), Optional.empty())));
        var held = new CountDownLatch(1);
        var never = new CountDownLatch(1);
        var victims = victim.subscribe(queue, 10, 1, deliveries -> {
            held.countDown();
            try {
                never.await();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
            return done(deliveries);
        });
        publish(queue, 1);
        await().atMost(SOON).until(() -> held.getCount() == 0);
        var got = collect(queue, 10, 1);
        try {
            kill(victim, broker);
            await().atMost(SOON).until(() -> got.size() == 1);
            assertThat(got.getFirst().attempt()).isEqualTo(2);
        } finally {
            // The victim wakes up late: what it says then no longer counts.
            never.countDown();
            victims.close();
            disconnect(victim);
        }
        await().atMost(SOON).until(() -> state(queue, Lane.INTERACTIVE).depth() == 0);
        assertThat(got).hasSize(1);
    }

    /** One of them may be the reason, so not all at once; most are not, so not each by itself. */
    @Test
    void whatAKilledProgramHeldComesInSmallCompany() {
        var queue = queue();
        publish(queue, 60);
        killOneThatHolds(queue, 60, 1);
        var sizes = new CopyOnWriteArrayList<Integer>();
        var got = ConcurrentHashMap.<Integer>newKeySet();
        subscribe(queue, 60, 1, deliveries -> {
            if (deliveries.getFirst().attempt() == 2) sizes.add(deliveries.size());
            deliveries.forEach(delivery -> got.add(number(delivery.body())));
            return done(deliveries);
        });
        await().atMost(SOON).until(() -> got.size() == 60);
        assertThat(sizes).isNotEmpty().allMatch(size -> size <= Topology.company(1, 60));
        assertThat(sizes).anyMatch(size -> size > 1);
    }

    /** It may quote what a customer wrote; a database that refuses it must not hold up the queue. */
    @Test
    void aReasonMayHoldAnything() {
        var queue = queue();
        var attempts = new CopyOnWriteArrayList<Integer>();
        subscribe(queue, 10, 1, deliveries -> deliveries.stream().<Verdict>map(delivery -> {
            attempts.add(delivery.attempt());
            var reason = "cannot read \0 and half a \ud83d";
            return delivery.attempt() == 1 ? new Verdict.Again(reason) : new Verdict.Dead("unreadable", reason);
        }).toList());
        publish(queue, 1);
        await().atMost(SOON).until(() -> graveyard.size() == 1);
        assertThat(attempts).containsExactly(1, 2);
        assertThat(graveyard.getFirst().reason()).isEqualTo("cannot read  and half a \ufffd");
        await().atMost(SOON).until(() -> state(queue, Lane.INTERACTIVE).deadLetters() == 1);
    }

    @Test
    void whatKillsEveryProgramIsDeadAndOnRecord() {
        var queue = queue();
        publish(queue, 1);
        for (int death = 0; death <= Topology.DELIVERY_LIMIT; death++) killOneThatHolds(queue, 1, 1);
        await().atMost(SOON).until(() -> onRecord(queue, "delivery_limit") == 1);
        await().atMost(SOON).until(() -> state(queue, Lane.INTERACTIVE).deadLetters() == 1);
    }

    /** However many workers it had: what one lets go of must not come to the next, which dies as well. */
    @Test
    void aKilledProgramIsOneDeath() {
        var queue = queue();
        IntStream.range(0, 8).forEach(part -> assertThat(broker.publish(IntStream.range(5 * part, 5 * part + 5)
                .mapToObj(i -> publication(queue, i)).toList(), CONFIRM)).isEmpty());
        killOneThatHolds(queue, 5, 8);
        var attempts = new ConcurrentHashMap<Integer, Integer>();
        subscribe(queue, 40, 1, deliveries -> {
            deliveries.forEach(delivery -> attempts.put(number(delivery.body()), delivery.attempt()));
            return done(deliveries);
        });
        await().atMost(SOON).until(() -> attempts.size() == 40);
        assertThat(attempts.values()).allMatch(attempt -> attempt <= 2);
        assertThat(graveyard).isEmpty();
    }

    // --- words of the tests

    /** A program whose workers take a batch each and are never heard of again. */
    void killOneThatHolds(String queue, int batch, int workers) {
        var victim = connect(graveyard::addAll);
        victim.declare(List.of(new Topology.Queue(queue, Set.of(), Optional.empty())));
        var held = new CountDownLatch(workers);
        var never = new CountDownLatch(1);
        var victims = victim.subscribe(queue, batch, workers, deliveries -> {
            held.countDown();
            try {
                never.await();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
            return done(deliveries);
        });
        await().atMost(SOON).until(() -> held.getCount() == 0);
        kill(victim, broker);
        never.countDown();
        victims.close();
        disconnect(victim);
    }

    /** How many messages of the queue were recorded with this code. */
    long onRecord(String queue, String code) {
        return graveyard.stream().filter(letter -> letter.delivery().queue().equals(queue) && letter.code().equals(code)).count();
    }

    String queue(String... bindings) {
        var name = "crm.test-" + Uuids.v7();
        queues.add(name);
        broker.declare(List.of(new Topology.Queue(name, Set.of(bindings), Optional.empty())));
        return name;
    }

    List<Delivery> collect(String queue, int batch, int workers) {
        var got = new CopyOnWriteArrayList<Delivery>();
        subscribe(queue, batch, workers, deliveries -> {
            got.addAll(deliveries);
            return done(deliveries);
        });
        return got;
    }

    void subscribe(String queue, int batch, int workers, Broker.Handler handler) {
        open.add(broker.subscribe(queue, batch, workers, handler));
    }

    static List<Verdict> done(List<Delivery> deliveries) {
        return Collections.nCopies(deliveries.size(), new Verdict.Done());
    }

    void publish(String queue, int count) {
        assertThat(broker.publish(IntStream.range(0, count).mapToObj(i -> publication(queue, i)).toList(), CONFIRM)).isEmpty();
    }

    static Publication publication(String queue, int number) {
        return new Publication(Uuids.v7(), queue, Lane.INTERACTIVE, Map.of(), bytes(Integer.toString(number)));
    }

    static Publication event(String type) {
        return new Publication(Uuids.v7(), Topology.DOMAIN_EVENTS + type, Lane.INTERACTIVE, Map.of(), bytes(type));
    }

    static Publication event(String type, int number) {
        return new Publication(Uuids.v7(), Topology.DOMAIN_EVENTS + type, Lane.INTERACTIVE, Map.of(Headers.TYPE, type),
                bytes(Integer.toString(number)));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static int number(byte[] body) {
        return Integer.parseInt(new String(body, StandardCharsets.UTF_8));
    }

    Broker.QueueState state(String queue, Lane lane) {
        return broker.describe().stream().filter(state -> state.name().equals(queue) && state.lane() == lane).findFirst().orElseThrow();
    }
}
