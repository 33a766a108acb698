package com.ventros.crm.lab;

import com.sun.net.httpserver.HttpServer;
import com.ventros.crm.channels.waha.simulator.Ad;
import com.ventros.crm.channels.waha.simulator.Content;
import com.ventros.crm.channels.waha.simulator.Customer;
import com.ventros.crm.channels.waha.simulator.Engine;
import com.ventros.crm.channels.waha.simulator.Ledger;
import com.ventros.crm.channels.waha.simulator.Misbehaviour;
import com.ventros.crm.channels.waha.simulator.Misbehaviour.Fault;
import com.ventros.crm.channels.waha.simulator.Options;
import com.ventros.crm.channels.waha.simulator.SimulatedSession;
import com.ventros.crm.channels.waha.simulator.WahaSimulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What happened on WhatsApp in the last eight hours, as WAHA tells it: written by the simulator, which speaks the three
 * engines' dialects, and kept to be delivered later, in whatever order and as often as the lab likes.
 */
record Story(List<Delivery> deliveries, List<List<Delivery>> beacons) {

    static final String SECRET = "a secret that only the two of us know";
    /** Two numbers of the shop on each engine. */
    static final Map<String, Engine> SESSIONS = sessions();

    /** One delivery, exactly as it came; {@code messageId} is WhatsApp's id of the message concerned, or empty. */
    record Delivery(int index, String session, String requestId, String hmac, String event, String messageId, byte[] body) {}

    private record Caught(String session, String requestId, String hmac, long arose, long order, byte[] body) {}

    private static final Duration SPAN = Duration.ofHours(8);
    /** By then every session of the story is over by its silence, so that the end state does not depend on the clock. */
    private static final Duration OVER_SINCE = Duration.ofMinutes(5);
    private static final Duration QUIET = Duration.ofMinutes(3);
    /** Deliveries of an average customer: some hundred, enough for many to meet in one chat. */
    private static final int DELIVERIES_OF_A_CUSTOMER = 100;
    /** Enough that every part of the work, which is shared out by the customer, has one or other of them. */
    private static final int BEACONS_AT_ONCE = 8;

    /** A clock that the lab moves, no further than the story's end, and that never shows the same time twice. */
    private static final class StoryClock extends Clock {
        private final AtomicLong millis;
        private final long end;

        StoryClock(Instant start, Instant end) {
            millis = new AtomicLong(start.toEpochMilli());
            this.end = end.toEpochMilli();
        }

        void pass(long more) {
            millis.updateAndGet(at -> Math.max(at, Math.min(at + more, end)));
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis.incrementAndGet());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static Map<String, Engine> sessions() {
        var sessions = new LinkedHashMap<String, Engine>();
        for (var engine : Engine.values()) {
            for (int n = 1; n <= 2; n++) sessions.put("loja-" + engine.name().toLowerCase(Locale.ROOT) + "-" + n, engine);
        }
        return sessions;
    }

    /**
     * Tells a story of at least so many deliveries.
     *
     * @param beacons sets of single messages of people who never wrote before, not among the deliveries: fresh ones, by
     *                which to see whether everything works again
     */
    static Story tell(long seed, int deliveries, int beacons) throws Exception {
        var caught = new ConcurrentLinkedQueue<Caught>();
        var order = new AtomicLong();
        var door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        door.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        door.createContext("/", exchange -> {
            try (exchange) {
                var headers = exchange.getRequestHeaders();
                caught.add(new Caught(exchange.getRequestURI().getPath().substring(1), headers.getFirst("X-Webhook-Request-Id"),
                        headers.getFirst("X-Webhook-Hmac"), Long.parseLong(headers.getFirst("X-Webhook-Timestamp")),
                        order.incrementAndGet(), exchange.getRequestBody().readAllBytes()));
                exchange.sendResponseHeaders(200, -1);
            } catch (IOException | RuntimeException broken) {
                throw new IllegalStateException("a delivery could not be kept", broken);
            }
        });
        door.start();
        var end = Instant.now().minus(OVER_SINCE);
        var clock = new StoryClock(end.minus(SPAN), end);
        try (var waha = WahaSimulator.start(Options.forTests().withSeed(seed).withClock(clock))) {
            waha.misbehave(Misbehaviour.none(seed).with(Fault.LID_SWAP, 0.05));
            var sessions = new ArrayList<SimulatedSession>();
            SESSIONS.forEach((name, engine) -> sessions.add(waha.session(name, engine)
                    .deliverTo("http://127.0.0.1:" + door.getAddress().getPort() + "/" + name, SECRET).pair()));
            var beaconIds = new Teller(new Random(seed), clock, waha, sessions).tell(deliveries, beacons);
            if (!waha.awaitQuiet(QUIET)) throw new IllegalStateException("the story did not come to its end");
            return bound(waha, List.copyOf(caught), beaconIds);
        } finally {
            door.stop(0);
        }
    }

    private static Story bound(WahaSimulator waha, List<Caught> caught, List<Set<String>> beaconIds) {
        var meanings = new HashMap<String, Ledger.Delivery>();
        waha.ledger().deliveries().forEach(delivery -> meanings.put(delivery.requestId(), delivery));
        var inOrder = caught.stream().sorted(Comparator.comparingLong(Caught::arose).thenComparingLong(Caught::order)).toList();
        var deliveries = new ArrayList<Delivery>();
        var beacons = new ArrayList<List<Delivery>>();
        beaconIds.forEach(_ -> beacons.add(new ArrayList<>()));
        int index = 0;
        for (var one : inOrder) {
            var meaning = meanings.get(one.requestId());
            var delivery = new Delivery(index++, one.session(), one.requestId(), one.hmac(), meaning.event(), meaning.messageId(), one.body());
            var beacon = beaconIds.stream().filter(ids -> ids.contains(meaning.messageId())).findFirst();
            beacon.ifPresentOrElse(ids -> beacons.get(beaconIds.indexOf(ids)).add(delivery), () -> deliveries.add(delivery));
        }
        return new Story(deliveries, beacons);
    }

    /** Every delivery there is, in the order of the story. */
    List<Delivery> all() {
        var all = new ArrayList<>(deliveries);
        beacons.forEach(all::addAll);
        all.sort(Comparator.comparingInt(Delivery::index));
        return all;
    }

    /** Lets people live: they write, correct themselves, take back, react, read; the shop answers from its phone. */
    private static final class Teller {

        private record Sent(SimulatedSession session, Customer customer, String id) {}

        private final Random random;
        private final StoryClock clock;
        private final WahaSimulator waha;
        private final List<SimulatedSession> sessions;
        private final List<Sent> theirs = new ArrayList<>();
        private final List<Sent> ours = new ArrayList<>();
        private int said;

        Teller(Random random, StoryClock clock, WahaSimulator waha, List<SimulatedSession> sessions) {
            this.random = random;
            this.clock = clock;
            this.waha = waha;
            this.sessions = sessions;
        }

        /** WhatsApp's ids of the beacons' messages. */
        List<Set<String>> tell(int deliveries, int beacons) {
            int people = Math.max(12, deliveries / DELIVERIES_OF_A_CUSTOMER);
            // Two deliveries for most of what happens.
            var step = SPAN.toMillis() * 9 / 10 / Math.max(1, deliveries / 2);
            while (waha.ledger().totals().deliveries() < deliveries) {
                clock.pass((long) (random.nextDouble() * 2 * step));
                happen(customer(sessions.get(random.nextInt(sessions.size())), random.nextInt(people)));
            }
            var ids = new ArrayList<Set<String>>();
            for (int set = 0; set < beacons; set++) {
                var messages = new HashSet<String>();
                for (int n = 0; n < BEACONS_AT_ONCE; n++) {
                    var session = sessions.get((set + n) % sessions.size());
                    var fresh = session.customer("Novo " + set + "-" + n, "5521997%06d".formatted(set * 100 + n));
                    messages.add(fresh.writes("acabei de chegar"));
                }
                ids.add(messages);
            }
            return ids;
        }

        private record Met(SimulatedSession session, Customer customer) {}

        private Met customer(SimulatedSession session, int person) {
            var phone = "5511997%06d".formatted(person);
            var customer = person % 3 == 0
                    ? session.customer("Cliente " + person, phone, "2148" + "%011d".formatted(person))
                    : session.customer("Cliente " + person, phone);
            if (customer.lid().isPresent() && random.nextInt(20) == 0) customer.addressedByLid();
            return new Met(session, customer);
        }

        private void happen(Met met) {
            var customer = met.customer();
            switch (random.nextInt(20)) {
                case 0, 1 -> earlier(theirs).ifPresent(sent -> sent.customer().edits(sent.id(), "melhor dizendo " + ++said));
                case 2 -> earlier(theirs).ifPresent(sent -> sent.customer().deletes(sent.id()));
                case 3, 4 -> earlier(random.nextBoolean() ? theirs : ours).ifPresent(sent ->
                        sent.customer().reactsTo(sent.id(), random.nextInt(4) == 0 ? "" : random.nextBoolean() ? "👍" : "❤️"));
                case 5, 6 -> ours.add(new Sent(met.session(), customer,
                        met.session().typedOnOwnPhone(customer, "resposta " + ++said)));
                case 7, 8 -> earlier(ours).ifPresent(sent -> sent.customer().reads(sent.id()));
                case 9 -> customer.writesIn(met.session().group("Grupo " + random.nextInt(3)), "para todos " + ++said);
                case 10 -> theirs.add(new Sent(met.session(), customer, customer.clicksAdAndWrites(new Ad("23851" + said,
                        "https://fb.me/" + said, "ARA" + said, "Oferta", "Venha ver", "instagram"), "vi o anúncio " + ++said)));
                case 11 -> theirs.add(new Sent(met.session(), customer, customer.sends(content())));
                case 12 -> {
                    var before = earlier(theirs);
                    if (before.isPresent()) {
                        before.get().customer().writesInReplyTo(before.get().id(), "sobre isso " + ++said);
                    }
                }
                default -> theirs.add(new Sent(met.session(), customer, customer.writes("mensagem " + ++said)));
            }
        }

        private Content content() {
            return switch (random.nextInt(4)) {
                case 0 -> Content.photo("foto " + ++said);
                case 1 -> Content.voice(7);
                case 2 -> Content.document("nota.pdf", "");
                default -> Content.sticker();
            };
        }

        /** One of the last hundred. */
        private Optional<Sent> earlier(List<Sent> sent) {
            if (sent.isEmpty()) return Optional.empty();
            return Optional.of(sent.get(sent.size() - 1 - random.nextInt(Math.min(sent.size(), 100))));
        }
    }
}
