package com.ventros.crm.events;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Address;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;

/**
 * Queues in RabbitMQ (3.10 and later): quorum queues, publisher confirms, mandatory routing.
 *
 * <p>What fails is published to a delay queue and then acknowledged, never given back: RabbitMQ would hand it out again
 * at once. What RabbitMQ itself gives up (its consumer died too often, it expired) passes through one queue that this
 * program reads: there each has one more try, alone, before it is recorded and rests in {@code <queue>.dlq}.
 *
 * <p>Events that are published together and go the same way travel in one message ({@link Parcel}); what fails of them goes on by itself.
 *
 * <p>Connections come back by themselves for
 * as long as it takes; the client's own recovery stays off because it mends neither a first connection nor a consumer
 * that the broker cancelled.
 */
final class RabbitBroker implements Broker, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RabbitBroker.class);

    private static final String EVENTS = "domain.events";
    private static final String BULK_SUFFIX = ".bulk";
    private static final String SEQUENCE = "crm-sequence";
    /** Each has its own window of confirms; a broker writes two logs at a time on the machines that it runs on. */
    private static final int OUTLETS = 2;
    /** A lost connection is tried again that often: soon after a restart, and no burden while it lasts. */
    private static final Duration RECONNECT_PAUSE = Duration.ofMillis(500);
    private static final Duration CONNECT_WAIT = Duration.ofSeconds(5);
    /** A peer that vanished without a word is noticed within two of these. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    /** How long a worker waits for a delivery before it looks whether it should stop. */
    private static final Duration LOOK = Duration.ofMillis(200);
    /** Retries and dead letters are published until they are kept; each try waits so long for its confirm. */
    private static final Duration CONFIRM_WAIT = Duration.ofSeconds(10);
    private static final int PERSISTENT = 2;
    /** So often may a consumer die with a delivery that nothing else was in hand with; once may be chance. */
    private static final int DEATHS_ALONE = 2;
    /** RabbitMQ's largest prefetch. */
    private static final int MOST_IN_HAND = 65_535;
    /** Messages in hand of a queue of events, each of which may be a parcel: full ones are 4 MB for a channel. */
    private static final int PARCELS_IN_HAND = 64;
    /** Where a message of {@link Topology#GIVEN_UP} came from, and why, if it was taken out of a parcel there. */
    private static final String ORIGIN = "x-crm-origin";
    private static final String GIVEN_UP_FOR = "x-crm-given-up-for";
    /**
     * What no lost connections will reach, which every version understands as a limit (none can be said since 4.0 only). Without
     * one, RabbitMQ 4 drops at the 21st delivery what it finds in {@link Topology#GIVEN_UP} or among dead letters: nothing comes after
     * those queues, and whoever looks through dead letters and is cut off has delivered them.
     */
    private static final int NO_LIMIT = Integer.MAX_VALUE;
    /** Dead letters in hand while their queue is tidied: some hundred kilobytes. */
    private static final int TIDIED_AT_ONCE = 200;

    private record Declared(Topology.Queue queue, List<Pattern> patterns) {
        static Declared of(Topology.Queue queue) {
            return new Declared(queue, queue.bindings().stream().map(Topology::regex).toList());
        }
    }

    private final ConnectionFactory factory;
    private final List<Address> addresses;
    private final DeadLetters deadLetters;
    private final Judge judge;
    private final Rates rates = new Rates();
    private final Map<String, Declared> declared = new ConcurrentHashMap<>();
    /** Queues by event type, as far as asked for. */
    private final Map<String, List<String>> listeners = new ConcurrentHashMap<>();
    private final Link publishing = new Link("ventros-publish");
    private final Link consuming = new Link("ventros-consume");
    private final List<Outlet> outlets = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();
    private final List<Consumption> consumptions = new CopyOnWriteArrayList<>();
    /** Who works on which queue in this program, or did. */
    private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
    private final Consumption givenUp = new Consumption(Topology.GIVEN_UP, 1, 1, false, this::lastTry);
    private volatile boolean running;
    private volatile String blocked;

    RabbitBroker(ConnectionFactory factory, List<Address> addresses, DeadLetters deadLetters) {
        this.factory = factory;
        this.addresses = addresses;
        this.deadLetters = deadLetters;
        this.judge = new Judge(deadLetters);
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setConnectionTimeout((int) CONNECT_WAIT.toMillis());
        factory.setRequestedHeartbeat((int) HEARTBEAT.toSeconds());
        for (int i = 0; i < OUTLETS; i++) outlets.add(new Outlet());
    }

    // --- connections

    /** A connection that is made when somebody needs it, and again after it was lost. */
    private final class Link {
        private final String name;
        private final ReentrantLock lock = new ReentrantLock();
        private volatile Connection connection;
        private long lastTry;

        Link(String name) {
            this.name = name;
        }

        Connection get() throws IOException {
            var open = connection;
            if (open != null && open.isOpen()) return open;
            lock.lock();
            try {
                if (connection != null && connection.isOpen()) return connection;
                if (lastTry != 0 && System.nanoTime() - lastTry < RECONNECT_PAUSE.toNanos()) {
                    throw new IOException("RabbitMQ was not there a moment ago");
                }
                lastTry = System.nanoTime();
                var made = factory.newConnection(addresses, name);
                if (this == publishing) {
                    blocked = null;
                    made.addBlockedListener(reason -> blocked = reason, () -> blocked = null);
                }
                try {
                    declareAll(made, List.copyOf(declared.values()));
                } catch (IOException | RuntimeException unfinished) {
                    made.abort((int) CONNECT_WAIT.toMillis());
                    throw unfinished;
                }
                connection = made;
                log.info("Connected {} to RabbitMQ at {}", name, made.getAddress());
                return made;
            } catch (TimeoutException late) {
                throw new IOException("RabbitMQ did not answer in time", late);
            } finally {
                lock.unlock();
            }
        }

        boolean isUp() {
            var open = connection;
            return open != null && open.isOpen();
        }

        void close() {
            var open = connection;
            if (open != null && open.isOpen()) open.abort((int) CONNECT_WAIT.toMillis());
        }
    }

    // --- topology

    @Override
    public void declare(List<Topology.Queue> queues) {
        var added = queues.stream().map(Declared::of).toList();
        added.forEach(one -> declared.put(one.queue().name(), one));
        listeners.clear();
        try {
            // A link that connects only now declares everything itself.
            declareAll(publishing.get(), added);
        } catch (IOException away) {
            log.warn("RabbitMQ is away, queues are declared when it is back: {}", away.getMessage());
        }
    }

    private void declareAll(Connection connection, List<Declared> queues) throws IOException {
        declareShared(connection);
        var old = new ArrayList<String>();
        if (!declareUnlimited(connection, Topology.GIVEN_UP, Map.of())) old.add(Topology.GIVEN_UP);
        for (var one : queues) {
            // A refused declaration closes its channel; the other queues should not suffer from it.
            try (var channel = connection.createChannel()) {
                declare(channel, one.queue());
                var dead = one.queue().name() + Topology.DEAD_SUFFIX;
                if (!declareUnlimited(connection, dead, Map.of("x-message-ttl", Topology.DEAD_LETTERS_KEPT.toMillis()))) old.add(dead);
            } catch (IOException | TimeoutException | AlreadyClosedException refused) {
                if (!connection.isOpen()) throw new IOException("lost the connection while declaring", refused);
                log.error("RabbitMQ refuses the queue {}: {}", one.queue().name(), reason(refused));
            }
        }
        if (!old.isEmpty()) {
            log.warn("Made by an earlier version, these queues stay as they are; each that is deleted while empty comes back as it should be: {}", old);
        }
    }

    private static String reason(Throwable failed) {
        return failed.getCause() == null ? failed.getMessage() : failed.getCause().getMessage();
    }

    private void declareShared(Connection connection) throws IOException {
        try (var channel = connection.createChannel()) {
            channel.exchangeDeclare(EVENTS, "topic", true);
            channel.exchangeDeclare(EVENTS + BULK_SUFFIX, "topic", true);
            // One delay queue for each rung serves all queues: it gives back by the routing key, which is the queue's name.
            for (var rung : Topology.LADDER) {
                var args = durable("");
                args.put("x-message-ttl", rung.toMillis());
                channel.exchangeDeclare(delay(rung), "fanout", true);
                channel.queueDeclare(delay(rung), true, false, false, args);
                channel.queueBind(delay(rung), delay(rung), "");
            }
        } catch (TimeoutException late) {
            throw new IOException(late);
        }
    }

    /**
     * A queue that drops nothing however often it was delivered. RabbitMQ changes no queue that exists and refuses its declaration with
     * other arguments; nor can one be replaced while something may come in. What an earlier version declared stays in use as it is, until
     * somebody deletes it: false then.
     */
    private static boolean declareUnlimited(Connection connection, String name, Map<String, Object> more) throws IOException {
        var args = new HashMap<>(more);
        args.put("x-queue-type", "quorum");
        args.put("x-delivery-limit", NO_LIMIT);
        try (var channel = connection.createChannel()) {
            channel.queueDeclare(name, true, false, false, args);
            return true;
        } catch (TimeoutException late) {
            throw new IOException(late);
        } catch (IOException refused) {
            if (!closedFor(refused, AMQP.PRECONDITION_FAILED)) throw refused;
            return false;
        }
    }

    private static boolean closedFor(IOException refused, int code) {
        return refused.getCause() instanceof ShutdownSignalException closed && closed.getReason() instanceof AMQP.Channel.Close close
                && close.getReplyCode() == code;
    }

    private static String delay(Duration rung) {
        return Topology.DELAY_PREFIX + rung.toSeconds() + "s";
    }

    /** Dead-lettering at least once needs the overflow behaviour that refuses. */
    private static Map<String, Object> durable(String deadLetterExchange) {
        var args = new HashMap<String, Object>();
        args.put("x-queue-type", "quorum");
        args.put("x-dead-letter-exchange", deadLetterExchange);
        args.put("x-dead-letter-strategy", "at-least-once");
        args.put("x-overflow", "reject-publish");
        return args;
    }

    private static void declare(Channel channel, Topology.Queue queue) throws IOException {
        var args = durable("");
        args.put("x-dead-letter-routing-key", Topology.GIVEN_UP);
        // Set by name: RabbitMQ 4 has a limit of its own.
        args.put("x-delivery-limit", Topology.DELIVERY_LIMIT);
        queue.ttl().ifPresent(ttl -> args.put("x-message-ttl", ttl.toMillis()));
        for (var lane : Lane.values()) {
            channel.queueDeclare(queue(queue.name(), lane), true, false, false, args);
            for (var binding : queue.bindings()) {
                channel.queueBind(queue(queue.name(), lane), exchange(lane), Topology.DOMAIN_EVENTS + binding);
            }
        }
    }

    @Override
    public void unbind(String queue, String binding) {
        declared.computeIfPresent(queue, (_, one) -> Declared.of(new Topology.Queue(queue,
                one.queue().bindings().stream().filter(its -> !its.equals(binding)).collect(Collectors.toSet()), one.queue().ttl())));
        listeners.clear();
        try (var channel = publishing.get().createChannel()) {
            for (var lane : Lane.values()) channel.queueUnbind(queue(queue, lane), exchange(lane), Topology.DOMAIN_EVENTS + binding);
        } catch (IOException | TimeoutException | ShutdownSignalException away) {
            throw new BrokerUnavailable("RabbitMQ does not unbind " + queue, away);
        }
    }

    @Override
    public void remove(String queue) {
        declared.remove(queue);
        listeners.clear();
        try (var channel = publishing.get().createChannel()) {
            for (var lane : Lane.values()) channel.queueDelete(queue(queue, lane));
            channel.queueDelete(queue + Topology.DEAD_SUFFIX);
        } catch (IOException | TimeoutException | ShutdownSignalException away) {
            throw new BrokerUnavailable("RabbitMQ does not remove " + queue, away);
        }
    }

    private static String queue(String name, Lane lane) {
        return lane == Lane.BULK ? name + BULK_SUFFIX : name;
    }

    private static String exchange(Lane lane) {
        return lane == Lane.BULK ? EVENTS + BULK_SUFFIX : EVENTS;
    }

    // --- publishing

    private record Out(String exchange, String routingKey, UUID id, Map<String, String> headers, byte[] body) {}

    /** What has become of a message: null while unknown, empty when kept. */
    private static final class Flight {
        /** Of what never left. */
        private static final Flight NEVER = ended("never sent");

        private final CompletableFuture<Optional<String>> fate = new CompletableFuture<>();
        private volatile boolean returned;

        static Flight ended(String why) {
            var flight = new Flight();
            flight.fate.complete(Optional.of(why));
            return flight;
        }
    }

    private static final String UNROUTABLE = "no queue takes it";
    private static final String NACKED = "RabbitMQ refused it (nack)";

    /** A channel in confirm mode with all that is not yet confirmed on it. */
    private final class Outlet {
        private final ReentrantLock lock = new ReentrantLock();
        private Channel channel;
        private ConcurrentNavigableMap<Long, Flight> flying = new ConcurrentSkipListMap<>();

        List<Flight> send(List<Out> messages) throws IOException {
            var flights = new ArrayList<Flight>(messages.size());
            lock.lock();
            try {
                if (channel == null || !channel.isOpen()) open();
                for (var message : messages) {
                    var flight = new Flight();
                    flights.add(flight);
                    long sequence = channel.getNextPublishSeqNo();
                    flying.put(sequence, flight);
                    var headers = new HashMap<String, Object>(message.headers());
                    headers.put(SEQUENCE, sequence);
                    var properties = new AMQP.BasicProperties.Builder().deliveryMode(PERSISTENT)
                            .messageId(message.id().toString()).timestamp(new Date()).headers(headers).build();
                    channel.basicPublish(message.exchange(), message.routingKey(), true, properties, message.body());
                }
            } catch (IOException | AlreadyClosedException lost) {
                if (flights.isEmpty()) throw new IOException("cannot publish", lost);
                // What was sent before the loss may have been kept or not; the rest was not.
                flights.getLast().fate.complete(Optional.of("the connection was lost"));
                while (flights.size() < messages.size()) flights.add(Flight.ended("the connection was lost"));
            } finally {
                lock.unlock();
            }
            return flights;
        }

        private void open() throws IOException {
            var opened = publishing.get().createChannel();
            if (opened == null) throw new IOException("RabbitMQ gives no further channel");
            opened.confirmSelect();
            var window = new ConcurrentSkipListMap<Long, Flight>();
            opened.addConfirmListener(
                    (tag, multiple) -> settle(window, tag, multiple, Optional.empty()),
                    (tag, multiple) -> settle(window, tag, multiple, Optional.of(NACKED)));
            opened.addReturnListener(returned -> {
                var sequence = returned.getProperties().getHeaders().get(SEQUENCE);
                var flight = window.get(((Number) sequence).longValue());
                if (flight != null) flight.returned = true;
            });
            opened.addShutdownListener(_ -> window.values().forEach(
                    flight -> flight.fate.complete(Optional.of("the connection was lost"))));
            channel = opened;
            flying = window;
        }

        private static void settle(ConcurrentNavigableMap<Long, Flight> window, long tag, boolean multiple, Optional<String> refusal) {
            if (multiple) {
                var settled = window.headMap(tag, true);
                settled.values().forEach(flight -> complete(flight, refusal));
                settled.clear();
            } else {
                var flight = window.remove(tag);
                if (flight != null) complete(flight, refusal);
            }
        }

        private static void complete(Flight flight, Optional<String> refusal) {
            flight.fate.complete(flight.returned ? Optional.of(UNROUTABLE) : refusal);
        }
    }

    @Override
    public List<Refused> publish(List<Publication> publications, Duration timeout) {
        var fates = send(publications.stream().map(RabbitBroker::out).toList(), timeout);
        var refused = new ArrayList<Refused>();
        for (int i = 0; i < fates.size(); i++) tell(publications.get(i), fates.get(i), refused);
        return refused;
    }

    /** What leaves as one message. */
    private final class Load {
        private final List<Publication> publications = new ArrayList<>();
        /** The loads that have an earlier one of one of its keys. */
        private final Set<Load> before = new HashSet<>();
        private final int number;
        private int bytes;
        private Flight flight = Flight.NEVER;

        Load(int number) {
            this.number = number;
        }

        boolean takes(Publication further) {
            return publications.size() < Parcel.MOST && bytes + further.body().length <= Parcel.MOST_BYTES;
        }

        void add(Publication publication) {
            publications.add(publication);
            bytes += publication.body().length;
        }

        boolean mayLeave(int sent) {
            return before.stream().allMatch(load -> load.number < sent && load.flight.fate.isDone());
        }

        Out out() {
            var first = publications.getFirst();
            if (publications.size() == 1) return RabbitBroker.out(first);
            var way = RabbitBroker.out(first);
            return new Out(way.exchange(), way.routingKey(), first.id(), Map.of(Parcel.HEADER, Integer.toString(publications.size())),
                    Parcel.packed(publications));
        }

        List<Refused> refusals(long deadline) {
            var fate = fate(flight, deadline);
            return publications.stream().flatMap(one -> refusal(one, fate).stream()).toList();
        }
    }

    /**
     * What goes the same way leaves in one message, in its order, unless something of its key went another way meanwhile. A message
     * leaves once those before it with one of its keys are confirmed and no sooner, since RabbitMQ may refuse the one and take the
     * next. Those of other keys are under way meanwhile, so that the window of confirms stays full.
     */
    @Override
    public List<Refused> publishInOrder(List<Publication> publications, Function<Publication, ?> key, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        var loads = loads(publications, key);
        var refused = new ArrayList<Refused>();
        var blocked = new HashSet<Object>();
        var outlet = outlet();
        int left = 0;
        while (left < loads.size()) {
            int to = left;
            while (to < loads.size() && loads.get(to).mayLeave(left)) to++;
            if (to == left) {
                loads.get(left).before.forEach(load -> fate(load.flight, deadline));
                continue;
            }
            var leaving = loads.subList(left, to);
            for (var load : leaving) {
                load.before.forEach(earlier -> earlier.refusals(deadline).forEach(no -> blocked.add(key.apply(no.publication()))));
                load.publications.removeIf(one -> blocked.contains(key.apply(one)) && refused.add(
                        new Refused(one, Refused.Reason.WAITS_FOR_EARLIER, "an earlier one was refused")));
            }
            var sent = leaving.stream().filter(load -> !load.publications.isEmpty()).toList();
            var flights = send(outlet, sent.stream().map(Load::out).toList(), deadline);
            for (int i = 0; i < flights.size(); i++) sent.get(i).flight = flights.get(i);
            left = to;
        }
        for (var load : loads) {
            var fate = fate(load.flight, deadline);
            load.publications.forEach(one -> tell(one, fate, refused));
        }
        return refused;
    }

    private List<Load> loads(List<Publication> publications, Function<Publication, ?> key) {
        var loads = new ArrayList<Load>();
        var open = new HashMap<List<Object>, Load>();
        var latest = new HashMap<Object, Load>();
        for (var publication : publications) {
            var way = List.<Object>of(publication.lane(), publication.routingKey());
            var its = key.apply(publication);
            var earlier = latest.get(its);
            var load = open.get(way);
            if (load == null || !load.takes(publication) || earlier != null && earlier.number > load.number) {
                load = new Load(loads.size());
                loads.add(load);
                open.put(way, load);
            }
            if (earlier != null && earlier != load) load.before.add(earlier);
            load.add(publication);
            latest.put(its, load);
        }
        return loads;
    }

    private static Out out(Publication publication) {
        return publication.routingKey().startsWith(Topology.DOMAIN_EVENTS)
                ? new Out(exchange(publication.lane()), publication.routingKey(), publication.id(), publication.headers(), publication.body())
                : new Out("", queue(publication.routingKey(), publication.lane()), publication.id(), publication.headers(), publication.body());
    }

    private void tell(Publication publication, Optional<String> fate, List<Refused> refused) {
        if (fate.isEmpty()) listeners(publication).forEach(queue -> rates.published(queue, publication.lane(), 1));
        refusal(publication, fate).ifPresent(refused::add);
    }

    private Optional<Refused> refusal(Publication publication, Optional<String> fate) {
        if (fate.isEmpty()) return Optional.empty();
        boolean unroutable = fate.get().equals(UNROUTABLE);
        if (unroutable && publication.routingKey().startsWith(Topology.DOMAIN_EVENTS) && listeners(publication).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Refused(publication, unroutable ? Refused.Reason.UNROUTABLE
                : fate.get().equals(NACKED) ? Refused.Reason.NOT_CONFIRMED : Refused.Reason.AWAY, fate.get()));
    }

    /** Queues that a publication goes to, as this program knows them. */
    private List<String> listeners(Publication publication) {
        if (!publication.routingKey().startsWith(Topology.DOMAIN_EVENTS)) return List.of(publication.routingKey());
        return listeners.computeIfAbsent(publication.routingKey().substring(Topology.DOMAIN_EVENTS.length()), type ->
                declared.values().stream().filter(one -> one.patterns().stream().anyMatch(pattern -> pattern.matcher(type).matches()))
                        .map(one -> one.queue().name()).toList());
    }

    /** For each message why it was not kept, or empty. */
    private List<Optional<String>> send(List<Out> messages, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        return send(outlet(), messages, deadline).stream().map(flight -> fate(flight, deadline)).toList();
    }

    private List<Flight> send(Outlet outlet, List<Out> messages, long deadline) {
        while (blocked != null && System.nanoTime() < deadline) LockSupport.parkNanos(LOOK.toNanos());
        if (blocked != null) {
            var reason = "RabbitMQ takes nothing at the moment: " + blocked;
            return messages.stream().map(_ -> Flight.ended(reason)).toList();
        }
        try {
            return outlet.send(messages);
        } catch (IOException | ShutdownSignalException away) {
            throw new BrokerUnavailable("RabbitMQ is away", away);
        }
    }

    private Outlet outlet() {
        return outlets.get(Math.floorMod(next.getAndIncrement(), OUTLETS));
    }

    /** Waits for it no longer than until the deadline, after which a confirm changes nothing any more. */
    private static Optional<String> fate(Flight flight, long deadline) {
        try {
            return flight.fate.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            flight.fate.complete(Optional.of("not confirmed in time"));
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            flight.fate.complete(Optional.of("interrupted"));
        }
        return flight.fate.join();
    }

    /** Publishes until everything is kept; false when told to stop before. */
    private boolean keep(List<Out> messages, BooleanSupplier goOn) {
        var rest = messages;
        while (!rest.isEmpty()) {
            if (!goOn.getAsBoolean()) return false;
            try {
                var refusals = send(rest, CONFIRM_WAIT);
                var left = new ArrayList<Out>();
                for (int i = 0; i < rest.size(); i++) {
                    if (refusals.get(i).isPresent()) {
                        log.warn("RabbitMQ did not keep a message for {}: {}", rest.get(i).routingKey(), refusals.get(i).get());
                        left.add(rest.get(i));
                    }
                }
                rest = left;
            } catch (BrokerUnavailable away) {
                log.debug("waiting for RabbitMQ", away);
            }
            if (!rest.isEmpty()) LockSupport.parkNanos(RECONNECT_PAUSE.toNanos());
        }
        return true;
    }

    // --- consuming

    /** A message as it came: one delivery, or those of a parcel. */
    private record In(long tag, List<Delivery> deliveries, int deaths, Optional<Instant> publishedAt, Map<String, Object> raw) {}

    @FunctionalInterface
    private interface Batch {
        /** True when everything is settled and may be acknowledged. */
        boolean work(List<In> deliveries, BooleanSupplier goOn);
    }

    @Override
    public Subscription subscribe(String queue, int batch, int workers, Handler handler) {
        if (!declared.containsKey(queue)) throw new IllegalArgumentException("no queue " + queue);
        var consumption = new Consumption(queue, batch, workers, true, (taken, goOn) -> {
            var deliveries = taken.stream().flatMap(in -> in.deliveries().stream()).toList();
            int together = Topology.company(taken.getFirst().deaths(), batch);
            for (int from = 0; from < deliveries.size(); from += together) {
                var some = deliveries.subList(from, Math.min(from + together, deliveries.size()));
                if (!settle(queue, handler, some, goOn)) return false;
            }
            return true;
        });
        consumptions.add(consumption);
        handlers.put(queue, handler);
        consumption.start();
        return consumption;
    }

    private boolean settle(String queue, Handler handler, List<Delivery> batch, BooleanSupplier goOn) {
        var judged = judge.judge(handler, batch, goOn);
        if (judged.isEmpty()) return false;
        var out = new ArrayList<Out>();
        for (var retry : judged.get().again()) {
            var delivery = retry.delivery();
            var headers = new LinkedHashMap<>(delivery.headers());
            headers.put(Headers.ATTEMPT, Integer.toString(delivery.attempt() + 1));
            headers.putIfAbsent(Headers.FIRST_FAILED_AT, Instant.now().toString());
            headers.put(Headers.REASON, retry.reason());
            out.add(new Out(delay(retry.delay()), queue(queue, delivery.lane()), delivery.id(), headers, delivery.body()));
        }
        judged.get().dead().forEach(letter -> out.add(grave(letter)));
        // Not told to stop here: the verdicts are in, and only the broker can keep us from carrying them out.
        return keep(out, () -> running);
    }

    private static Out grave(DeadLetter letter) {
        var delivery = letter.delivery();
        var headers = withAttempt(delivery);
        headers.put(Headers.CODE, letter.code());
        headers.put(Headers.REASON, letter.reason());
        headers.put(Headers.FIRST_FAILED_AT, letter.firstFailedAt().toString());
        return new Out("", delivery.queue() + Topology.DEAD_SUFFIX, delivery.id(), headers, delivery.body());
    }

    /**
     * RabbitMQ counts a death for everything that a lost connection held, so what reached the limit is mostly innocent.
     * Here each is tried with nothing else in hand, what was in a parcel too; only what takes its consumer along here as well is given up
     * for good.
     */
    private boolean lastTry(List<In> batch, BooleanSupplier goOn) {
        for (var in : batch) {
            var death = latestDeath(in.raw());
            var code = String.valueOf(in.raw().getOrDefault(GIVEN_UP_FOR, death.get("reason")));
            var from = String.valueOf(in.raw().getOrDefault(ORIGIN, death.get("queue")));
            var lane = from.endsWith(BULK_SUFFIX) ? Lane.BULK : Lane.INTERACTIVE;
            var queue = lane == Lane.BULK ? from.substring(0, from.length() - BULK_SUFFIX.length()) : from;
            var deliveries = in.deliveries().stream().map(one -> new Delivery(one.id(), queue, lane, one.attempt() - in.deaths(),
                    one.headers(), one.body())).toList();
            var handler = handlers.get(queue);
            boolean settled = code.equals("expired") || handler == null ? bury(deliveries, code, goOn)
                    : deliveries.size() > 1 ? part(deliveries, from, code, goOn)
                    : in.deaths() >= DEATHS_ALONE ? bury(deliveries, code, goOn) : settle(queue, handler, deliveries, goOn);
            if (!settled) return false;
        }
        return true;
    }

    /** Those of a parcel, one by one behind what waits for its last try already. */
    private boolean part(List<Delivery> deliveries, String from, String code, BooleanSupplier goOn) {
        return keep(deliveries.stream().map(one -> {
            var headers = withAttempt(one);
            headers.put(ORIGIN, from);
            headers.put(GIVEN_UP_FOR, code);
            return new Out("", Topology.GIVEN_UP, one.id(), headers, one.body());
        }).toList(), goOn);
    }

    /** What RabbitMQ gave up by itself is recorded and laid to rest with the others. */
    private boolean bury(List<Delivery> deliveries, String code, BooleanSupplier goOn) {
        var letters = deliveries.stream().map(one -> new DeadLetter(one, code, code.equals("expired")
                ? "it was in the queue for longer than it is of use" : "its consumer died with it each time",
                Optional.empty(), Judge.firstFailure(one))).toList();
        deadLetters.record(letters);
        return keep(letters.stream().map(RabbitBroker::grave).toList(), goOn);
    }

    /**
     * A queue gives its messages in their order only, so all are taken out once, and those that stay go in again at the
     * end before the old one is acknowledged: a crash in between leaves one twice, which the next time finds.
     */
    @Override
    public void tidy(String queue) {
        try (var channel = consuming.get().createChannel()) {
            long left = channel.queueDeclarePassive(queue + Topology.DEAD_SUFFIX).getMessageCount();
            var seen = new HashSet<UUID>();
            while (left > 0) {
                var taken = new ArrayList<In>();
                while (left > 0 && taken.size() < TIDIED_AT_ONCE) {
                    var got = channel.basicGet(queue + Topology.DEAD_SUFFIX, false);
                    left = got == null ? 0 : left - 1;
                    if (got != null) taken.add(read(queue, Lane.INTERACTIVE, got.getEnvelope(), got.getProps(), got.getBody()));
                }
                if (taken.isEmpty()) return;
                var letters = taken.stream().flatMap(one -> one.deliveries().stream()).toList();
                var open = deadLetters.open(queue, letters.stream().map(Delivery::id).toList());
                var stay = letters.stream().filter(one -> open.contains(one.id()) && seen.add(one.id()))
                        .map(one -> new Out("", queue + Topology.DEAD_SUFFIX, one.id(), withAttempt(one), one.body())).toList();
                if (!keep(stay, () -> running && channel.isOpen())) return;
                channel.basicAck(taken.getLast().tag(), true);
            }
        } catch (IOException | TimeoutException | ShutdownSignalException away) {
            throw new BrokerUnavailable("RabbitMQ does not show the dead letters of " + queue, away);
        }
    }

    private static Map<String, String> withAttempt(Delivery delivery) {
        var headers = new LinkedHashMap<>(delivery.headers());
        headers.put(Headers.ATTEMPT, Integer.toString(delivery.attempt()));
        return headers;
    }

    private static Map<?, ?> latestDeath(Map<String, Object> headers) {
        return headers.get("x-death") instanceof List<?> deaths && !deaths.isEmpty() && deaths.getFirst() instanceof Map<?, ?> death
                ? death : Map.of();
    }

    /**
     * Workers on one queue. All of a lane share one channel: RabbitMQ hands what one lost channel held to the next, and
     * of a dying program's channels each would count as a death. The bulk lane has its own, so that neither waits for
     * the other.
     */
    private final class Consumption implements Subscription {
        private final String queue;
        private final int batch;
        private final int workers;
        private final Batch work;
        private final List<Thread> threads = new ArrayList<>();
        private final Map<Lane, AtomicInteger> unacked = Map.of(Lane.INTERACTIVE, new AtomicInteger(), Lane.BULK, new AtomicInteger());
        private final Map<Lane, Instant> taken = new ConcurrentHashMap<>();
        private volatile boolean open = true;

        Consumption(String queue, int batch, int workers, boolean lanes, Batch work) {
            this.queue = queue;
            this.batch = batch;
            this.workers = workers;
            this.work = work;
            for (var lane : lanes ? Lane.values() : new Lane[] {Lane.INTERACTIVE}) {
                threads.add(Thread.ofVirtual().name(queue(queue, lane)).unstarted(() -> consume(lane)));
            }
        }

        void start() {
            threads.forEach(Thread::start);
        }

        /** When the message was published that came last. */
        Optional<Instant> takenLast(Lane lane) {
            return Optional.ofNullable(taken.get(lane));
        }

        private boolean goesOn() {
            return open && running;
        }

        private boolean hearsEvents() {
            var one = declared.get(queue);
            return one != null && !one.queue().bindings().isEmpty();
        }

        private void consume(Lane lane) {
            while (goesOn()) {
                try {
                    var channel = consuming.get().createChannel();
                    if (channel == null) throw new IOException("RabbitMQ gives no further channel");
                    try {
                        new Hands(channel, lane, lane == Lane.BULK ? 1 : workers).drain();
                    } finally {
                        abort(channel);
                    }
                } catch (IOException | RuntimeException lost) {
                    log.debug("{} consumes again in a moment", queue, lost);
                    if (goesOn()) LockSupport.parkNanos(RECONNECT_PAUSE.toNanos());
                    restore();
                }
            }
        }

        /** A queue that somebody deleted under a living connection would be missed until the next one. */
        private void restore() {
            try {
                // Those that all queues share are not among the declared, and are declared with any.
                if (goesOn() && consuming.isUp()) declareAll(consuming.get(), Stream.ofNullable(declared.get(queue)).toList());
            } catch (IOException | RuntimeException away) {
                log.debug("{} cannot be declared at the moment", queue, away);
            }
        }

        @Override
        public void close() {
            open = false;
            for (var thread : threads) {
                try {
                    thread.join();
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
            consumptions.remove(this);
        }

        /** What has arrived on one channel, and the workers who share it. */
        private final class Hands {
            private final Channel channel;
            private final Lane lane;
            private final int workers;
            private final BlockingQueue<In> arrived = new LinkedBlockingQueue<>();
            private final ReentrantLock taking = new ReentrantLock();
            private final ReentrantLock acknowledging = new ReentrantLock();
            /** Settled and not yet acknowledged, since something before it is still in work: first tag to last tag. */
            private final TreeMap<Long, Long> settled = new TreeMap<>();
            private long acknowledged;
            /** No more arrive. */
            private volatile boolean ended;

            Hands(Channel channel, Lane lane, int workers) {
                this.channel = channel;
                this.lane = lane;
                this.workers = workers;
            }

            /** Until the subscription ends and all that has arrived is worked off, or the channel or the queue is lost. */
            void drain() throws IOException {
                // Twice the batches: the next ones are on their way while these are worked on. Alone means alone.
                channel.basicQos(batch == 1 ? workers : Math.min(2 * batch * workers, hearsEvents() ? PARCELS_IN_HAND : MOST_IN_HAND));
                var tag = channel.basicConsume(queue(queue, lane), false, new DefaultConsumer(channel) {
                    @Override
                    public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
                        arrived.add(read(queue, lane, envelope, properties, body));
                    }

                    @Override
                    public void handleCancel(String tag) throws IOException {
                        channel.abort();
                    }
                });
                var threads = IntStream.range(0, workers)
                        .mapToObj(i -> Thread.ofVirtual().name(queue(queue, lane) + "-" + i).start(this::serve)).toList();
                for (var thread : threads) {
                    while (thread.isAlive()) {
                        if (!goesOn() && !ended) {
                            // What is here already is worked off: giving it back would count as a death of each.
                            channel.basicCancel(tag);
                            ended = true;
                        }
                        join(thread);
                    }
                }
                if (goesOn()) throw new IOException("the channel or the queue was lost");
            }

            private static void join(Thread thread) throws IOException {
                try {
                    thread.join(LOOK);
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted", stop);
                }
            }

            private boolean lives() {
                return running && channel.isOpen();
            }

            private void serve() {
                try {
                    while (lives()) {
                        var deliveries = take();
                        if (deliveries.isEmpty()) {
                            if (ended) return;
                            continue;
                        }
                        int many = count(deliveries);
                        unacked.get(lane).addAndGet(many);
                        try {
                            if (!settle(deliveries)) return;
                            acknowledge(deliveries.getFirst().tag(), deliveries.getLast().tag());
                            rates.settled(queue, lane, many);
                        } finally {
                            unacked.get(lane).addAndGet(-many);
                        }
                    }
                } catch (IOException | RuntimeException lost) {
                    log.debug("{} lost its channel", queue, lost);
                } finally {
                    // Whoever leaves before the end takes the channel along, so that all begin again.
                    if (!ended) abort(channel);
                }
            }

            /** Tried again in place: to let go of the channel would count as a death of everything in hand. */
            private boolean settle(List<In> deliveries) {
                while (lives()) {
                    try {
                        return work.work(deliveries, this::lives);
                    } catch (RuntimeException failed) {
                        log.warn("{} deliveries of {} cannot be settled at the moment", deliveries.size(), queue, failed);
                        LockSupport.parkNanos(RECONNECT_PAUSE.toNanos());
                    }
                }
                return false;
            }

            /** Batches end in any order; RabbitMQ is told of all up to the first that is still in work, in one word. */
            private void acknowledge(long first, long last) throws IOException {
                acknowledging.lock();
                try {
                    settled.put(first, last);
                    long before = acknowledged;
                    while (!settled.isEmpty() && settled.firstKey() == acknowledged + 1) {
                        acknowledged = settled.pollFirstEntry().getValue();
                    }
                    if (acknowledged > before) channel.basicAck(acknowledged, true);
                } finally {
                    acknowledging.unlock();
                }
            }

            private static int count(List<In> taken) {
                return taken.stream().mapToInt(in -> in.deliveries().size()).sum();
            }

            /** What died with its consumer before comes in small company ({@link Topology#company}). */
            private List<In> take() {
                var batched = new ArrayList<In>();
                taking.lock();
                try {
                    var first = arrived.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                    if (first == null) return batched;
                    batched.add(first);
                    int room = Topology.company(first.deaths(), batch) - first.deliveries().size();
                    for (var next = arrived.peek(); next != null; next = arrived.peek()) {
                        room -= next.deliveries().size();
                        if (room < 0 || next.deaths() != first.deaths()) break;
                        batched.add(arrived.poll());
                    }
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                    return batched;
                } finally {
                    taking.unlock();
                }
                batched.getLast().publishedAt().ifPresent(at -> taken.put(lane, at));
                return batched;
            }
        }
    }

    private static void abort(Channel channel) {
        try {
            channel.abort();
        } catch (IOException gone) {
            log.debug("the channel is gone already", gone);
        }
    }

    private static In read(String queue, Lane lane, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
        Map<String, Object> raw = properties.getHeaders() == null ? Map.of() : properties.getHeaders();
        int deaths = raw.get("x-delivery-count") instanceof Number count ? count.intValue() : 0;
        int attempt = attempt(raw);
        var deliveries = pieces(raw, properties.getMessageId(), body).stream()
                .map(piece -> new Delivery(piece.id(), queue, lane, attempt + deaths, piece.headers(), piece.body())).toList();
        return new In(envelope.getDeliveryTag(), deliveries, deaths, Optional.ofNullable(properties.getTimestamp()).map(Date::toInstant), raw);
    }

    private static int attempt(Map<String, Object> raw) {
        try {
            return raw.containsKey(Headers.ATTEMPT) ? Integer.parseInt(String.valueOf(raw.get(Headers.ATTEMPT))) : 1;
        } catch (NumberFormatException notOurs) {
            log.warn("A message says that it is tried for the {}th time", raw.get(Headers.ATTEMPT), notOurs);
            return 1;
        }
    }

    private static List<Parcel.Piece> pieces(Map<String, Object> raw, String messageId, byte[] body) {
        if (raw.containsKey(Parcel.HEADER)) {
            try {
                return Parcel.unpacked(body);
            } catch (UncheckedIOException torn) {
                log.warn("A message says that it is a parcel, and is none", torn); // whose queue it is will not be able to read it
            }
        }
        var texts = new LinkedHashMap<String, String>();
        raw.forEach((name, value) -> {
            if (!name.startsWith("x-") && !name.equals(SEQUENCE) && !name.equals(Headers.ATTEMPT)) texts.put(name, String.valueOf(value));
        });
        return List.of(new Parcel.Piece(id(messageId, body), texts, body));
    }

    /** A stranger's message may have no id of ours; the same bytes then get the same one. */
    private static UUID id(String messageId, byte[] body) {
        try {
            return UUID.fromString(messageId);
        } catch (IllegalArgumentException | NullPointerException none) {
            return UUID.nameUUIDFromBytes(body);
        }
    }

    // --- seen from outside

    @Override
    public List<QueueState> describe() {
        var states = new ArrayList<QueueState>();
        declared.values().stream().map(Declared::queue).sorted(Comparator.comparing(Topology.Queue::name))
                .forEach(one -> states.addAll(lines(one)));
        for (var shared : Stream.concat(Topology.LADDER.stream().map(RabbitBroker::delay), Stream.of(Topology.GIVEN_UP)).toList()) {
            var counts = counts(shared);
            states.add(new QueueState(shared, Lane.INTERACTIVE, counts.getMessageCount(), 0, Optional.empty(),
                    counts.getConsumerCount(), 0, Optional.empty(), 0, 0));
        }
        return states;
    }

    @Override
    public List<QueueState> describe(String queue) {
        try {
            return declared.containsKey(queue) ? List.of() : lines(new Topology.Queue(queue, Set.of(), Optional.empty()));
        } catch (BrokerUnavailable gone) {
            if (gone.getCause() instanceof IOException refused && closedFor(refused, AMQP.NOT_FOUND)) return List.of();
            throw gone;
        }
    }

    private List<QueueState> lines(Topology.Queue one) {
        var states = new ArrayList<QueueState>();
        for (var lane : Lane.values()) {
            var counts = counts(queue(one.name(), lane));
            long dead = lane == Lane.INTERACTIVE ? counts(one.name() + Topology.DEAD_SUFFIX).getMessageCount() : 0;
            long unacked = consumptions.stream().filter(mine -> mine.queue.equals(one.name()))
                    .mapToLong(mine -> mine.unacked.get(lane).get()).sum();
            var oldest = counts.getMessageCount() == 0 ? Optional.<Long>empty() : consumptions.stream()
                    .filter(mine -> mine.queue.equals(one.name())).flatMap(mine -> mine.takenLast(lane).stream())
                    .max(Comparator.naturalOrder()).map(at -> Duration.between(at, Instant.now()).toSeconds());
            states.add(new QueueState(one.name(), lane, counts.getMessageCount(), unacked, oldest, counts.getConsumerCount(),
                    dead, one.ttl().map(Duration::toSeconds), rates.publishedPerSecond(one.name(), lane),
                    rates.settledPerSecond(one.name(), lane)));
        }
        return states;
    }

    private AMQP.Queue.DeclareOk counts(String queue) {
        try (var channel = publishing.get().createChannel()) {
            return channel.queueDeclarePassive(queue);
        } catch (IOException | TimeoutException | ShutdownSignalException away) {
            throw new BrokerUnavailable("RabbitMQ does not tell about " + queue, away);
        }
    }

    @Override
    public Status status() {
        if (blocked != null) return new Status("rabbitmq", false, "takes nothing at the moment: " + blocked);
        try {
            publishing.get();
            return new Status("rabbitmq", true, "connected");
        } catch (IOException away) {
            return new Status("rabbitmq", false, away.getMessage());
        }
    }

    /** Breaks the connections as a failing network does; for tests of the recovery. */
    void breakConnections() {
        publishing.close();
        consuming.close();
    }

    @Override
    public void start() {
        running = true;
    }

    /** A program that works on no queue leaves it to others. */
    @EventListener(ApplicationReadyEvent.class)
    void allListen() {
        if (running && !handlers.isEmpty()) tryWhatWasGivenUp();
    }

    /** Not before all subscriptions are there: what nobody in this program can try is buried at once. */
    void tryWhatWasGivenUp() {
        givenUp.start();
    }

    @Override
    public void stop() {
        List.copyOf(consumptions).forEach(Consumption::close);
        givenUp.close();
        running = false;
        publishing.close();
        consuming.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return EnginePhase.BROKER;
    }
}
