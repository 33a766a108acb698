package com.ventros.crm.conversations;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * How much was said in a session, and how long the customer waited for people, by the times of messages.
 *
 * <p>A wait begins with the first thing that a customer says after a person's answer (or at all) and ends with the first
 * thing that a person of ours says after it; what a program says ends none. Of two things said at one time the customer's
 * comes first. What results depends on what was said alone, not on the order in which it became known.
 *
 * @param firstResponseBy the member who gave the first answer; null for somebody at a phone
 * @param waitingSince    when the wait began that nobody has ended; null for none
 * @param answers         waits that were ended
 */
record Waits(int inbound, int outbound, Instant firstInboundAt, Instant firstResponseAt, UUID firstResponseBy,
             Instant waitingSince, int answers, long waitedMillis, long longestMillis) {

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

    /** Something was said; by which member, where one is named. */
    record Heard(MessageId message, Instant at, Who who, Optional<UUID> member) {}

    static final Waits NONE = new Waits(0, 0, null, null, null, null, 0, 0, 0);

    /** Of two persons who answer at one time one is the first, whoever becomes known first. */
    private static final Comparator<Heard> IN_ORDER = Comparator.comparing(Heard::at).thenComparing(Heard::who)
            .thenComparing(heard -> heard.member().orElse(null), Comparator.nullsLast(Comparator.naturalOrder()));

    static Waits of(Collection<Heard> all) {
        var waits = NONE;
        for (var heard : all.stream().sorted(IN_ORDER).toList()) waits = waits.and(heard);
        return waits;
    }

    /** Whether it may simply be added after all that was said until {@code last}. */
    boolean takes(Heard heard, Instant last) {
        if (heard.who == Who.PROGRAM || heard.at.isAfter(last)) return true;
        if (!heard.at.equals(last)) return false;
        return heard.who == Who.PERSON ? !heard.at.equals(firstResponseAt) || Objects.equals(heard.member.orElse(null), firstResponseBy)
                : waitingSince != null;
    }

    /** With something that was said after all the rest. */
    Waits and(Heard heard) {
        return switch (heard.who) {
            case CUSTOMER -> new Waits(inbound + 1, outbound, firstInboundAt == null ? heard.at : firstInboundAt,
                    firstResponseAt, firstResponseBy, waitingSince == null ? heard.at : waitingSince, answers, waitedMillis, longestMillis);
            case PERSON -> waitingSince == null ? oneMoreFromUs() : answered(heard);
            case PROGRAM -> oneMoreFromUs();
        };
    }

    private Waits answered(Heard heard) {
        var waited = Duration.between(waitingSince, heard.at).toMillis();
        boolean first = firstResponseAt == null;
        return new Waits(inbound, outbound + 1, firstInboundAt, first ? heard.at : firstResponseAt,
                first ? heard.member.orElse(null) : firstResponseBy, null, answers + 1, waitedMillis + waited, Math.max(longestMillis, waited));
    }

    private Waits oneMoreFromUs() {
        return new Waits(inbound, outbound + 1, firstInboundAt, firstResponseAt, firstResponseBy, waitingSince, answers,
                waitedMillis, longestMillis);
    }
}
