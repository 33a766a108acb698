package com.ventros.crm.contacts.flow;

import com.ventros.crm.contacts.EraseContact;
import com.ventros.crm.events.Roles;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks for copies of what erased people were told of in events, until no work of that time can be under way. Any number of nodes may look. */
@Component
class ErasureSweeper {

    private static final Logger log = LoggerFactory.getLogger(ErasureSweeper.class);
    /** What waits in a queue is found before a person has read the answer. */
    private static final long LOOK_EVERY_MILLIS = 1_000;

    private final EraseContact erasures;
    private final Roles roles;

    ErasureSweeper(EraseContact erasures, Roles roles) {
        this.erasures = erasures;
        this.roles = roles;
    }

    @Scheduled(fixedDelay = LOOK_EVERY_MILLIS)
    void runOnce() {
        if (!roles.worker()) return;
        for (var due : erasures.due(Instant.now())) {
            try {
                Tenancy.run(due.tenant(), () -> erasures.sweep(due.id()));
            } catch (RuntimeException failed) {
                log.warn("Copies of what erasure {} removed are looked for again at the next look", due.id(), failed);
            }
        }
    }
}
