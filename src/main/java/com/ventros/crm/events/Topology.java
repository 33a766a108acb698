package com.ventros.crm.events;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which queues there are and what they hear: the one description that both brokers, the screens and the docs follow. */
public final class Topology {

    /** What a domain event's routing key starts with; its type follows. */
    public static final String DOMAIN_EVENTS = "domain.events.";
    /** What the queue of an {@link EventConsumer} starts with; its name follows. */
    public static final String CONSUMER_PREFIX = "crm.";
    /** What the queue of a queue's dead letters ends with. */
    public static final String DEAD_SUFFIX = ".dlq";
    /** RabbitMQ's own queues, which all others share, start with one of these: retries that wait, and what it gave up. */
    static final String DELAY_PREFIX = "crm.delay.";
    static final String GIVEN_UP = "crm.given-up";
    /** Raw deliveries of WAHA, kept before they are answered. */
    public static final String WAHA_RAW = "waha.events.raw";
    /** Deliveries of WAHA that could not be read. */
    public static final String WAHA_PARSE_ERRORS = "waha.events.parse_errors";
    /** Events on their way to customers' endpoints. */
    public static final String WEBHOOKS_OUTBOUND = "webhooks.outbound";

    /** How long a failed delivery waits before each further try; after the last one it is dead. */
    public static final List<Duration> LADDER = List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
    /** How often a delivery's consumer may die with it before it is taken for the reason. */
    public static final int DELIVERY_LIMIT = 3;
    /** Of hundreds that a killed program held, at most one is the reason. */
    private static final int COMPANY_AFTER_ONE_DEATH = 20;
    private static final int COMPANY_AFTER_TWO_DEATHS = 5;
    /** Dead letters are kept for so long: a month gives time to notice, mend and repeat. */
    public static final Duration DEAD_LETTERS_KEPT = Duration.ofDays(30);

    /** The queues that belong to no consumer of events. */
    public static final List<Queue> FIXED = List.of(
            new Queue(WAHA_RAW, Set.of(), Optional.empty()),
            new Queue(WAHA_PARSE_ERRORS, Set.of(), Optional.empty()),
            new Queue(WEBHOOKS_OUTBOUND, Set.of(), Optional.empty()));

    /**
     * A queue. Each has both lanes, the ladder of delays and dead letters ({@code <name>.dlq}) of its own.
     *
     * @param bindings patterns of event types: {@code *} stands for one word, {@code #} for any number of them
     * @param ttl      after that long in the queue a message is dead, where it is no use any more
     */
    public record Queue(String name, Set<String> bindings, Optional<Duration> ttl) {

        static Queue of(EventConsumer consumer) {
            return new Queue(CONSUMER_PREFIX + consumer.name(), consumer.patterns(), Optional.empty());
        }
    }

    private Topology() {}

    /**
     * How many deliveries are handed over together that died with their consumer so often: should one of them be the
     * reason, it takes fewer along each time and none at the last, and a takeover does not work off everything singly.
     */
    static int company(int deaths, int batch) {
        return switch (deaths) {
            case 0 -> batch;
            case 1 -> Math.min(batch, COMPANY_AFTER_ONE_DEATH);
            case 2 -> Math.min(batch, COMPANY_AFTER_TWO_DEATHS);
            default -> 1;
        };
    }

    /** Whether it serves all queues; nothing in it can die. */
    public static boolean isShared(String queue) {
        return queue.startsWith(DELAY_PREFIX) || queue.equals(GIVEN_UP);
    }

    /** What a binding pattern accepts, as a regular expression on event types. */
    static Pattern regex(String binding) {
        var regex = new StringBuilder();
        var words = binding.split("\\.");
        for (int i = 0; i < words.length; i++) {
            switch (words[i]) {
                case "#" -> regex.append(i == 0 ? "([^.]+(\\.[^.]+)*)?" : "(\\.[^.]+)*");
                case "*" -> regex.append(separator(words, i)).append("[^.]+");
                case String word -> regex.append(separator(words, i)).append(Pattern.quote(word));
            }
        }
        return Pattern.compile(regex.toString());
    }

    /** After a leading {@code #}, which may stand for nothing, the dot may be missing too. */
    private static String separator(String[] words, int i) {
        if (i == 0) return "";
        return i == 1 && words[0].equals("#") ? "(?:^|\\.)" : "\\.";
    }
}
