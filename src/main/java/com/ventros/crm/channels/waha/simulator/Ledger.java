package com.ventros.crm.channels.waha.simulator;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The truth, for comparing with what the product believes: what customers wrote, what reached them, and what became
 * of each delivery. The newest entries are kept, up to the limit of the options; the totals are complete.
 */
public final class Ledger {

    /** In place of an HTTP status when no answer came. */
    public static final int NO_ANSWER = 0;

    /** A message of a customer, or one typed on the shop's own phone. */
    public record Written(String session, String id, String phone, String words, boolean byShop, Instant at) {}

    /** A message that was really sent through the API. */
    public record Sent(String session, String id, String chatId, String text, Instant at) {}

    /** Something that the API did besides sending: {@code seen}, {@code typing}, {@code edit}, {@code reaction}… */
    public record Act(String session, String kind, String chatId, String messageId, String detail) {}

    /** Numbers since the start. */
    public record Totals(
            long written, long sent, long sendCalls, long deliveries, long accepted, long givenUp, long lost) {}

    /** What became of a delivery. */
    public enum Outcome {
        OPEN, ACCEPTED, GIVEN_UP, LOST
    }

    /** One delivery of one event to one webhook; copies of it are entries of their own with the same request id. */
    public static final class Delivery {
        private final String requestId;
        private final String session;
        private final String event;
        private final String messageId;
        private final URI url;
        private final List<Integer> answers = new ArrayList<>();
        private Outcome outcome = Outcome.OPEN;

        private Delivery(String requestId, String session, String event, String messageId, URI url) {
            this.requestId = requestId;
            this.session = session;
            this.event = event;
            this.messageId = messageId;
            this.url = url;
        }

        public String requestId() {
            return requestId;
        }

        public String session() {
            return session;
        }

        public String event() {
            return event;
        }

        /** The bare id of the message concerned; {@code ""} when it concerns none. */
        public String messageId() {
            return messageId;
        }

        public URI url() {
            return url;
        }

        /** The statuses answered so far, {@link #NO_ANSWER} for none. */
        public synchronized List<Integer> answers() {
            return List.copyOf(answers);
        }

        public synchronized Outcome outcome() {
            return outcome;
        }

        synchronized void answered(int status) {
            answers.add(status);
        }

        private synchronized void ended(Outcome outcome) {
            this.outcome = outcome;
        }

        @Override
        public String toString() {
            return event + " " + messageId + " " + outcome() + " " + answers();
        }
    }

    private final int limit;
    private final Deque<Written> written = new ArrayDeque<>();
    private final Deque<Sent> sent = new ArrayDeque<>();
    private final Deque<Act> acts = new ArrayDeque<>();
    private final Deque<Delivery> deliveries = new ArrayDeque<>();
    private final Map<String, Integer> sendCalls;
    private long writtenCount;
    private long sentCount;
    private long sendCallCount;
    private long deliveryCount;
    private long acceptedCount;
    private long givenUpCount;
    private long lostCount;

    Ledger(int limit) {
        this.limit = limit;
        this.sendCalls = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
                return size() > limit;
            }
        };
    }

    // Questions

    public synchronized List<Written> written() {
        return List.copyOf(written);
    }

    /** The bare ids of everything that customers wrote to this session. */
    public synchronized List<String> writtenIds(String session) {
        return written.stream().filter(w -> w.session.equals(session) && !w.byShop).map(Written::id).toList();
    }

    /** Everything sent through the API: a message that was sent twice is here twice. */
    public synchronized List<Sent> sent() {
        return List.copyOf(sent);
    }

    /** How many messages with this text were sent. */
    public synchronized long timesSent(String text) {
        return sent.stream().filter(s -> s.text.equals(text)).count();
    }

    /** How often the product asked to send the message of this bare id. */
    public synchronized int sendCalls(String id) {
        return sendCalls.getOrDefault(id, 0);
    }

    public synchronized List<Act> acts() {
        return List.copyOf(acts);
    }

    public synchronized List<Delivery> deliveries() {
        return List.copyOf(deliveries);
    }

    public List<Delivery> deliveries(Predicate<Delivery> which) {
        return deliveries().stream().filter(which).toList();
    }

    public synchronized Totals totals() {
        return new Totals(writtenCount, sentCount, sendCallCount, deliveryCount, acceptedCount, givenUpCount,
                lostCount);
    }

    // Entries

    synchronized void wrote(Written entry) {
        writtenCount++;
        keep(written, entry);
    }

    synchronized void sent(Sent entry) {
        sentCount++;
        keep(sent, entry);
    }

    synchronized void sendCalled(String id) {
        sendCallCount++;
        sendCalls.merge(id, 1, Integer::sum);
    }

    synchronized void did(Act entry) {
        keep(acts, entry);
    }

    synchronized Delivery delivering(String requestId, String session, String event, String messageId, URI url) {
        deliveryCount++;
        var entry = new Delivery(requestId, session, event, messageId, url);
        keep(deliveries, entry);
        return entry;
    }

    synchronized void accepted(Delivery entry) {
        acceptedCount++;
        entry.ended(Outcome.ACCEPTED);
    }

    synchronized void gaveUp(Delivery entry) {
        givenUpCount++;
        entry.ended(Outcome.GIVEN_UP);
    }

    synchronized void lost(String requestId, String session, String event, String messageId, URI url) {
        delivering(requestId, session, event, messageId, url).ended(Outcome.LOST);
        lostCount++;
    }

    private <T> void keep(Deque<T> entries, T entry) {
        entries.add(entry);
        if (entries.size() > limit) entries.poll();
    }
}
