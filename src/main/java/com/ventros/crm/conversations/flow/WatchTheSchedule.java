package com.ventros.crm.conversations.flow;

import com.ventros.crm.conversations.SendScheduled;
import com.ventros.crm.events.Roles;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks for messages whose time has come; on however many nodes each is sent once. */
@Component
class WatchTheSchedule {

    private static final Logger log = LoggerFactory.getLogger(WatchTheSchedule.class);
    /** People plan by the minute; a second later is on time. */
    private static final long LOOK_EVERY_MILLIS = 1_000;

    private final SendScheduled sendScheduled;
    private final Roles roles;

    WatchTheSchedule(SendScheduled sendScheduled, Roles roles) {
        this.sendScheduled = sendScheduled;
        this.roles = roles;
    }

    @Scheduled(fixedDelay = LOOK_EVERY_MILLIS)
    void look() {
        if (!roles.worker()) return;
        try {
            int looked;
            do {
                looked = sendScheduled.runOnce(Clock.systemUTC().instant().truncatedTo(ChronoUnit.MICROS));
            } while (sendScheduled.isFull(looked));
        } catch (RuntimeException away) {
            log.warn("The schedule cannot be read now: {}", away.toString());
        }
    }
}
