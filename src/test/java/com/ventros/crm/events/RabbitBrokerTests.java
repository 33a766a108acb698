package com.ventros.crm.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import com.ventros.crm.events.Broker.Lane;
import com.ventros.crm.events.Broker.Verdict;
import com.ventros.crm.kernel.Uuids;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** On the RabbitMQ that CRM_TEST_RABBITMQ_URL names. */
@Isolated
class RabbitBrokerTests extends BrokerContract {

    @BeforeAll
    static void needsRabbit() {
        TestRabbit.isNeeded();
    }

    static RabbitBroker connectTo(String url, Broker.DeadLetters deadLetters) {
        try {
            var factory = new ConnectionFactory();
            factory.setUri(url);
            var broker = new RabbitBroker(factory, List.of(new Address(factory.getHost(), factory.getPort())), deadLetters);
            broker.start();
            return broker;
        } catch (Exception wrong) {
            throw new IllegalStateException("not an address of RabbitMQ: " + url, wrong);
        }
    }

    @Override
    Broker connect(Broker.DeadLetters deadLetters) {
        return connectTo(TestRabbit.URL, deadLetters);
    }

    @BeforeEach
    void readyForWhatIsGivenUp() {
        ((RabbitBroker) broker).tryWhatWasGivenUp();
    }

    @Override
    void kill(Broker victim, Broker survivor) {
        ((RabbitBroker) victim).breakConnections();
    }

    @Override
    void disconnect(Broker broker) {
        ((RabbitBroker) broker).stop();
    }

    @Override
    void forget(List<String> queues) {
        try {
            onChannel(channel -> {
                for (var queue : queues) {
                    for (var name : List.of(queue, queue + ".bulk", queue + ".dlq")) channel.queueDelete(name);
                }
            });
        } catch (Exception gone) {
            throw new IllegalStateException(gone);
        }
    }

    @FunctionalInterface
    private interface OnChannel {
        void work(Channel channel) throws IOException;
    }

    private static void onChannel(OnChannel work) throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(TestRabbit.URL);
        var connection = factory.newConnection();
        try {
            work.work(connection.createChannel());
        } finally {
            connection.abort();
        }
    }

    @Test
    void lostConnectionsComeBackByThemselvesAndLoseNothing() throws Exception {
        var queue = queue();
        var got = ConcurrentHashMap.<Integer>newKeySet();
        subscribe(queue, 20, 2, deliveries -> {
            deliveries.forEach(delivery -> got.add(number(delivery.body())));
            return done(deliveries);
        });
        var over = new AtomicBoolean();
        var breaker = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 4; i++) {
                int seen = got.size();
                await().atMost(SOON).until(() -> over.get() || got.size() > seen + 100);
                ((RabbitBroker) broker).breakConnections();
            }
        });
        var confirmed = new HashSet<Integer>();
        for (int i = 0; i < 3_000; i += 20) {
            var batch = new ArrayList<Broker.Publication>();
            for (int j = i; j < i + 20; j++) batch.add(publication(queue, j));
            while (!batch.isEmpty()) {
                try {
                    var refused = broker.publish(batch, CONFIRM).stream().map(Broker.Refused::publication).toList();
                    batch.stream().filter(one -> !refused.contains(one)).forEach(one -> confirmed.add(number(one.body())));
                    batch.retainAll(refused);
                } catch (Broker.BrokerUnavailable away) {
                    Thread.onSpinWait();
                }
            }
        }
        over.set(true);
        breaker.join();
        await().atMost(SOON).until(() -> got.size() == 3_000);
        assertThat(confirmed).hasSize(3_000);
        await().atMost(SOON).until(() -> state(queue, Lane.INTERACTIVE).depth() == 0);
    }

    /** RabbitMQ counts a death for each that a lost connection held; the four killed programs say nothing about them. */
    @Test
    void whatReachedTheLimitIsTriedOnceMoreAlone() {
        var queue = queue();
        var sizes = new CopyOnWriteArrayList<Integer>();
        broker.subscribe(queue, 10, 1, deliveries -> {
            sizes.add(deliveries.size());
            return done(deliveries);
        }).close();
        publish(queue, 30);
        for (int death = 0; death <= Topology.DELIVERY_LIMIT; death++) killOneThatHolds(queue, 30, 1);
        await().atMost(SOON).until(() -> sizes.size() == 30);
        assertThat(sizes).containsOnly(1);
        await().atMost(SOON).until(() -> state(Topology.GIVEN_UP, Lane.INTERACTIVE).depth() == 0);
        assertThat(graveyard).isEmpty();
    }

    @Test
    void whatIsPublishedTogetherAndGoesTheSameWayIsOneMessage() {
        var queue = queue(word + ".#");
        publishTogether(IntStream.range(0, 250).mapToObj(i -> event(word + ".filled", i)).toList());
        await().atMost(SOON).until(() -> state(queue, Lane.INTERACTIVE).depth() == 3);
        var sizes = new CopyOnWriteArrayList<Integer>();
        var got = new CopyOnWriteArrayList<Integer>();
        subscribe(queue, 40, 1, deliveries -> {
            sizes.add(deliveries.size());
            deliveries.forEach(delivery -> got.add(number(delivery.body())));
            return done(deliveries);
        });
        await().atMost(SOON).until(() -> got.size() == 250);
        assertThat(got).isEqualTo(IntStream.range(0, 250).boxed().toList());
        assertThat(sizes).allMatch(size -> size <= 40);
    }

    @Test
    void largeOnesShareAMessageOnlyAsFarAsItIsOfUse() {
        var queue = queue(word + ".#");
        var large = "7".repeat(Parcel.MOST_BYTES / 3);
        var larger = large.repeat(4);
        publishTogether(Stream.of(large, large, large, large, larger, large).map(body -> new Broker.Publication(Uuids.v7(),
                Topology.DOMAIN_EVENTS + word + ".filled", Lane.INTERACTIVE, Map.of(), bytes(body))).toList());
        await().atMost(SOON).until(() -> state(queue, Lane.INTERACTIVE).depth() == 4);
        var got = collect(queue, 10, 1);
        await().atMost(SOON).until(() -> got.size() == 6);
        assertThat(got).extracting(delivery -> delivery.body().length).containsExactly(large.length(), large.length(), large.length(),
                large.length(), larger.length(), large.length());
    }

    @Test
    void whatReachedTheLimitTogetherIsTriedOnceMoreEachAlone() {
        var queue = queue(word + ".#");
        var got = new CopyOnWriteArrayList<Integer>();
        subscribe(queue, 10, 1, deliveries -> {
            if (deliveries.stream().anyMatch(delivery -> number(delivery.body()) == 7)) ((RabbitBroker) broker).breakConnections();
            else deliveries.forEach(delivery -> got.add(number(delivery.body())));
            return done(deliveries);
        });
        publishTogether(IntStream.range(0, 30).mapToObj(i -> event(word + ".filled", i)).toList());
        await().atMost(SOON).until(() -> graveyard.size() == 1);
        assertThat(graveyard.getFirst()).satisfies(letter -> {
            assertThat(letter.code()).isEqualTo("delivery_limit");
            assertThat(letter.delivery().queue()).isEqualTo(queue);
            assertThat(number(letter.delivery().body())).isEqualTo(7);
        });
        await().atMost(SOON).until(() -> new HashSet<>(got).size() == 29);
        await().atMost(SOON).until(() -> state(queue, Lane.INTERACTIVE).deadLetters() == 1);
    }

    @Test
    void aRefusedMessageRefusesAllInItAndHoldsUpNobodyElse() throws Exception {
        var open = queue(word + ".opened");
        var gone = queue(word + ".filled");
        forget(List.of(gone));
        var publications = IntStream.range(0, 60).mapToObj(i -> event(word + (i % 3 == 0 ? ".filled" : ".opened"), i)).toList();
        var refused = broker.publishInOrder(publications, publication -> number(publication.body()) % 30, CONFIRM);
        assertThat(refused.stream().filter(no -> no.why() == Broker.Refused.Reason.UNROUTABLE).map(no -> number(no.publication().body())))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 60).filter(i -> i % 3 == 0).boxed().toList());
        assertThat(refused).hasSize(20);
        var got = collect(open, 10, 1);
        await().atMost(SOON).until(() -> got.size() == 40);
        var again = broker.publishInOrder(List.of(event(word + ".filled", 1), event(word + ".opened", 1), event(word + ".opened", 2)),
                publication -> number(publication.body()), CONFIRM);
        assertThat(again).extracting(Broker.Refused::why)
                .containsExactlyInAnyOrder(Broker.Refused.Reason.UNROUTABLE, Broker.Refused.Reason.WAITS_FOR_EARLIER);
        await().atMost(SOON).until(() -> got.size() == 41);
    }

    /** Whoever may write into our queues may write this; the consumer says then that it cannot read it. */
    @Test
    void whatOnlySaysThatItIsAParcelIsHandedOverAsItIs() {
        var queue = queue();
        var got = collect(queue, 10, 1);
        var head = ByteBuffer.allocate(22).putLong(1).putLong(2).putShort((short) 0);
        var bodies = List.of(bytes("no parcel"), new byte[0], head.putInt(18, -1).array().clone(), head.putInt(18, Integer.MAX_VALUE).array().clone());
        var torn = bodies.stream().map(body -> new Broker.Publication(Uuids.v7(), queue, Lane.INTERACTIVE,
                Map.of(Parcel.HEADER, "2", Headers.ATTEMPT, "many"), body)).toList();
        assertThat(broker.publish(torn, CONFIRM)).isEmpty();
        await().atMost(SOON).until(() -> got.size() == bodies.size());
        assertThat(got).extracting(Broker.Delivery::body).containsExactlyElementsOf(bodies);
        assertThat(got).extracting(Broker.Delivery::id).containsExactlyElementsOf(torn.stream().map(Broker.Publication::id).toList());
    }

    private void publishTogether(List<Broker.Publication> publications) {
        assertThat(broker.publishInOrder(publications, Broker.Publication::id, CONFIRM)).isEmpty();
    }

    @Test
    void aQueueDeletedUnderItsConsumerIsThereAgainAfterAReconnect() throws Exception {
        var queue = queue();
        var got = collect(queue, 10, 1);
        publish(queue, 1);
        await().atMost(SOON).until(() -> got.size() == 1);
        forget(List.of(queue));
        ((RabbitBroker) broker).breakConnections();
        await().atMost(SOON).ignoreExceptions().until(() -> broker.publish(List.of(publication(queue, 2)), CONFIRM).isEmpty());
        await().atMost(SOON).until(() -> got.size() == 2);
    }

    @Test
    void anEventThatAKnownListenerShouldHearAndNoQueueTakesIsRefused() throws Exception {
        var queue = queue(word + ".#");
        forget(List.of(queue));
        var unroutable = event(word + ".filled");
        assertThat(broker.publish(List.of(unroutable), CONFIRM)).singleElement().satisfies(no -> {
            assertThat(no.publication()).isEqualTo(unroutable);
            assertThat(no.why()).isEqualTo(Broker.Refused.Reason.UNROUTABLE);
        });
    }

    @Test
    void aQueueDeletedUnderALivingConnectionIsDeclaredAgain() throws Exception {
        var queue = queue(word + ".#");
        var got = collect(queue, 10, 1);
        publish(queue, 1);
        await().atMost(SOON).until(() -> got.size() == 1);
        forget(List.of(queue));
        await().atMost(SOON).until(() -> broker.publish(List.of(event(word + ".filled")), CONFIRM).isEmpty());
        await().atMost(SOON).until(() -> got.size() == 2);
    }

    @Test
    void whatWasGivenUpIsDroppedAfterNoNumberOfDeliveries() throws Exception {
        forget(List.of(Topology.GIVEN_UP));
        ((RabbitBroker) broker).breakConnections();
        await().atMost(SOON).until(() -> broker.status().up());
        assertThat(refusal(Topology.GIVEN_UP, Map.of("x-queue-type", "quorum", "x-delivery-limit", 20))).contains("'" + Integer.MAX_VALUE + "'");
    }

    /** Versions before declared it without a limit, and RabbitMQ changes no queue that exists. */
    @Test
    void aQueueOfAnEarlierVersionStaysInUseUntilSomebodyDeletesIt() throws Exception {
        // The broker may have declared it anew in between.
        await().atMost(SOON).ignoreExceptions().until(() -> {
            onChannel(channel -> {
                channel.queueDelete(Topology.GIVEN_UP);
                channel.queueDeclare(Topology.GIVEN_UP, true, false, false, Map.of("x-queue-type", "quorum"));
            });
            return true;
        });
        ((RabbitBroker) broker).breakConnections();
        await().atMost(SOON).until(() -> broker.status().up());
        whatReachedTheLimitIsTriedOnceMoreAlone();

        forget(List.of(Topology.GIVEN_UP));
        await().atMost(SOON).ignoreExceptions().until(() -> state(Topology.GIVEN_UP, Lane.INTERACTIVE).consumers() > 0);
        assertThat(refusal(Topology.GIVEN_UP, Map.of("x-queue-type", "quorum"))).contains("'" + Integer.MAX_VALUE + "'");
    }

    @Test
    void deadLettersAreDroppedAfterNoNumberOfDeliveriesAndThoseOfAnEarlierVersionStayInUse() throws Exception {
        var queue = queue(word + ".#");
        var dead = queue + Topology.DEAD_SUFFIX;
        Map<String, Object> asBefore = Map.of("x-queue-type", "quorum", "x-message-ttl", Topology.DEAD_LETTERS_KEPT.toMillis());
        assertThat(refusal(dead, asBefore)).contains("x-delivery-limit").contains("'" + Integer.MAX_VALUE + "'");

        await().atMost(SOON).ignoreExceptions().until(() -> {
            onChannel(channel -> {
                channel.queueDelete(dead);
                channel.queueDeclare(dead, true, false, false, asBefore);
            });
            return true;
        });
        ((RabbitBroker) broker).breakConnections();
        await().atMost(SOON).until(() -> broker.status().up());
        broker.subscribe(queue, 1, 1, deliveries -> deliveries.stream().<Verdict>map(_ -> new Verdict.Dead("of_no_use", "of no use")).toList());
        await().atMost(SOON).until(() -> broker.publish(List.of(event(word + ".filled")), CONFIRM).isEmpty());
        await().atMost(SOON).ignoreExceptions().until(() -> state(queue, Lane.INTERACTIVE).deadLetters() > 0);
    }

    private static String refusal(String queue, Map<String, Object> arguments) throws Exception {
        return catchThrowable(() -> onChannel(channel -> channel.queueDeclare(queue, true, false, false, arguments)))
                .getCause().getMessage();
    }

    @Test
    void aBrokerThatIsAwayIsSaidToBe() {
        var away = connectTo("amqp://guest:guest@127.0.0.1:1", graveyard::addAll);
        try {
            assertThat(away.status().up()).isFalse();
            assertThat(catchThrowable(() -> away.publish(List.of(event("any.thing")), CONFIRM)))
                    .isInstanceOf(Broker.BrokerUnavailable.class);
        } finally {
            away.stop();
        }
    }
}
