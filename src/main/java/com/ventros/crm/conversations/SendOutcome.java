package com.ventros.crm.conversations;

import java.time.Duration;
import java.time.Instant;

/** What became of an attempt to send a message. */
public sealed interface SendOutcome {

    /** The provider took it, or its history or echo shows it: under this bare id, at this time by its clock. */
    record Sent(String externalId, Instant at) implements SendOutcome {}

    /**
     * The provider refused it, so it has certainly not been delivered.
     *
     * @param code      stable, lower case with underscores
     * @param permanent false when another try may succeed: it is made after a while, a limited number of times
     */
    record Refused(String code, String detail, boolean permanent) implements SendOutcome {}

    /** Nothing was tried (not connected, slowed down): back into the queue until then, without counting as a try. */
    record Again(Duration after) implements SendOutcome {}

    /** It may have been delivered, or not: never sent again, settled by the echo or the provider's history. */
    record Unknown(String detail) implements SendOutcome {}

    /**
     * It may have been delivered, or not, and the provider promises to do a request of one id once however often it is
     * made: it is made again after a while, a limited number of times, and then stays unknown.
     */
    record Unsure(String detail) implements SendOutcome {}

    /** The provider's history was searched and does not have it: it was not delivered, a person may send it anew. */
    record NotInHistory() implements SendOutcome {}
}
