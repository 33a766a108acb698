package com.ventros.crm.conversations;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;

/**
 * How much was said in a session, and how long the customer waited for people, by the times of messages.
 *
 * <p>A wait begins with the first thing that a customer says after a person's answer (or at all) and ends with the first
 * thing that a person of ours says after it; what a program says ends none. Of two things said at one time the customer's
 * comes first. What results depends on what was said alone, not on the order in which it became known.
 *
 * @param waitingSince when the wait began that nobody has ended; null for none
 * @param answers      waits that were ended
 */
record Waits(int inbound, int outbound, Instant firstInboundAt, Instant firstResponseAt, Instant waitingSince,
             int answers, long waitedMillis, long longestMillis) {

    /** Who said something: the customer, a person of ours, or a program. */
    enum Who {
        CUSTOMER, PERSON, PROGRAM;

        /** Somebody at our phone is a person, and so is whoever writes here under their name; everything else is a program. */
        static Who of(Message.Source source, boolean namesUser) {
            return switch (source) {
                case CUSTOMER -> CUSTOMER;
                case PHONE -> PERSON;
                case CRM -> namesUser ? PERSON : PROGRAM;
                case API -> PROGRAM;
            };
        }
    }

    /** Something was said. */
    record Heard(MessageId message, Instant at, Who who) {}

    static final Waits NONE = new Waits(0, 0, null, null, null, 0, 0, 0);

    private static final Comparator<Heard> IN_ORDER = Comparator.comparing(Heard::at).thenComparing(Heard::who);

    static Waits of(Collection<Heard> all) {
        var waits = NONE;
        for (var heard : all.stream().sorted(IN_ORDER).toList()) waits = waits.and(heard);
        return waits;
    }

    /** Whether it may simply be added after all that was said until {@code last}. */
    boolean takes(Heard heard, Instant last) {
        if (heard.who == Who.PROGRAM || heard.at.isAfter(last)) return true;
        return heard.at.equals(last) && (heard.who == Who.PERSON || waitingSince != null);
    }

    /** With something that was said after all the rest. */
    Waits and(Heard heard) {
        return switch (heard.who) {
            case CUSTOMER -> new Waits(inbound + 1, outbound, firstInboundAt == null ? heard.at : firstInboundAt,
                    firstResponseAt, waitingSince == null ? heard.at : waitingSince, answers, waitedMillis, longestMillis);
            case PERSON -> waitingSince == null ? oneMoreFromUs() : answeredAt(heard.at);
            case PROGRAM -> oneMoreFromUs();
        };
    }

    private Waits answeredAt(Instant at) {
        var waited = Duration.between(waitingSince, at).toMillis();
        return new Waits(inbound, outbound + 1, firstInboundAt, firstResponseAt == null ? at : firstResponseAt, null,
                answers + 1, waitedMillis + waited, Math.max(longestMillis, waited));
    }

    private Waits oneMoreFromUs() {
        return new Waits(inbound, outbound + 1, firstInboundAt, firstResponseAt, waitingSince, answers, waitedMillis,
                longestMillis);
    }
}
