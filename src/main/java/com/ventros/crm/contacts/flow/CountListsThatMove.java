package com.ventros.crm.contacts.flow;

import com.ventros.crm.contacts.KeepContactLists;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** "In the last thirty days" is somebody else tomorrow, and no event says so. Any number of nodes may look. */
@Component
class CountListsThatMove {

    private static final Logger log = LoggerFactory.getLogger(CountListsThatMove.class);
    /** A tenth of the age that a count may have. */
    private static final long LOOK_EVERY_MILLIS = 60_000;

    private final KeepContactLists lists;

    CountListsThatMove(KeepContactLists lists) {
        this.lists = lists;
    }

    @Scheduled(fixedDelay = LOOK_EVERY_MILLIS)
    void runOnce() {
        var now = Clock.systemUTC().instant();
        for (var tenant : lists.tenantsWithOverdue(now)) {
            try {
                Tenancy.run(tenant, () -> Cause.outside(Actor.system("contact-lists")).run(() -> lists.countOverdue(now)));
            } catch (RuntimeException failed) {
                log.warn("The lists of tenant {} could not be counted; the next look tries again", tenant, failed);
            }
        }
    }
}
