package com.ventros.crm.tracking.flow;

import com.ventros.crm.events.Roles;
import com.ventros.crm.tracking.SendConversions;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Has conversions told as they become due. What waits is in the database, so a restart forgets none. */
@Component
class ConversionSender implements SmartLifecycle {

    /** One look into a nearly empty index; nobody waits for it. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(ConversionSender.class);

    private final SendConversions conversions;
    private final Roles roles;
    private volatile Thread loop;

    ConversionSender(SendConversions conversions, Roles roles) {
        this.conversions = conversions;
        this.roles = roles;
    }

    private void loop() {
        while (isRunning()) {
            try {
                if (conversions.runOnce() > 0) continue;
            } catch (RuntimeException away) {
                log.warn("No conversion can be told now: {}", away.toString());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    @Override
    public void start() {
        if (!roles.worker()) return;
        loop = Thread.ofVirtual().name("conversion-sender").unstarted(this::loop);
        loop.start();
    }

    /** One under way is told once more after its lease, under the same id. */
    @Override
    public void stop() {
        var stopped = loop;
        loop = null;
        if (stopped != null) LockSupport.unpark(stopped);
    }

    @Override
    public boolean isRunning() {
        return loop != null;
    }
}
