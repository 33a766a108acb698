package com.ventros.crm.channels.waha.simulator;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How often the server goes wrong, and in which ways. The same seed draws the same faults for the same sequence of
 * deliveries or calls.
 *
 * @param seed           of the dice
 * @param probabilities  0 to 1 for each fault; a fault that is missing never happens
 * @param disorderWithin longest delay of a delivery that is overtaken by others
 * @param lateBy         delay of a late delivery, and of an answer that comes too late
 * @param outageFor      how long a session stays {@code FAILED}
 */
public record Misbehaviour(
        long seed, Map<Fault, Double> probabilities, Duration disorderWithin, Duration lateBy, Duration outageFor) {

    /** One way to go wrong. */
    public enum Fault {
        /** A delivery comes one to five times more, with the same request id. */
        DUPLICATE,
        /** A delivery is delayed, so that others overtake it. */
        DISORDER,
        /** A delivery comes much later than it arose. */
        LATE,
        /** A delivery never comes; only the history has its message. */
        LOST,
        /** A message comes twice, by phone and by LID; an ack comes by the other address. */
        LID_SWAP,
        /** A call that sends is answered with 500, and nothing was sent. */
        SERVER_ERROR,
        /** A call that sends is answered with 401, as when the server's key was changed, and nothing was sent. */
        KEY_REFUSED,
        /** WhatsApp's own limit: 500 with {@code rate-overlimit}, and nothing was sent. */
        RATE_LIMIT,
        /** The connection breaks before anything was sent. */
        RESET_BEFORE_SENDING,
        /** The message goes out, and the connection breaks before the answer. */
        RESET_AFTER_SENDING,
        /** The message goes out, but the call is never answered. */
        NO_ANSWER,
        /** The message goes out, and the answer comes late. */
        SLOW_ANSWER,
        /** The session goes to {@code FAILED} and comes back. */
        OUTAGE
    }

    public Misbehaviour {
        probabilities.forEach((fault, probability) -> {
            if (!(probability >= 0 && probability <= 1)) {
                throw new IllegalArgumentException(fault + " with probability " + probability);
            }
        });
        probabilities = Map.copyOf(probabilities);
    }

    /** A server without faults; add some by {@link #with}. */
    public static Misbehaviour none(long seed) {
        return new Misbehaviour(seed, Map.of(), Duration.ofMillis(400), Duration.ofSeconds(5), Duration.ofSeconds(2));
    }

    public Misbehaviour with(Fault fault, double probability) {
        var all = new EnumMap<Fault, Double>(Fault.class);
        all.putAll(probabilities);
        all.put(fault, probability);
        return new Misbehaviour(seed, all, disorderWithin, lateBy, outageFor);
    }

    public Misbehaviour disorderWithin(Duration longest) {
        return new Misbehaviour(seed, probabilities, longest, lateBy, outageFor);
    }

    public Misbehaviour lateBy(Duration delay) {
        return new Misbehaviour(seed, probabilities, disorderWithin, delay, outageFor);
    }

    public Misbehaviour outageFor(Duration time) {
        return new Misbehaviour(seed, probabilities, disorderWithin, lateBy, time);
    }
}
