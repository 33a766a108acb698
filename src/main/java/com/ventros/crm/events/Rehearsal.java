package com.ventros.crm.events;

import java.util.Optional;

/**
 * How it went when a consumer was tried out on an event.
 *
 * @param outcome {@code succeeds}, {@code done_before}, {@code fails_again} (a retry would follow) or {@code fails_for_good}
 */
public record Rehearsal(String outcome, Optional<String> code, Optional<String> reason, Optional<String> stackHead) {

    Rehearsal(String outcome) {
        this(outcome, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
