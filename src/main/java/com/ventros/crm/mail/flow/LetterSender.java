package com.ventros.crm.mail.flow;

import com.ventros.crm.events.Roles;
import com.ventros.crm.mail.SendLetters;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Has letters sent as they become due. What waits is in the database, so a restart forgets none. */
@Component
class LetterSender implements SmartLifecycle {

    /** One look into a nearly empty index; whoever waits for a letter does not feel it. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    private static final Logger log = LoggerFactory.getLogger(LetterSender.class);

    private final SendLetters letters;
    private final Roles roles;
    private volatile Thread loop;

    LetterSender(SendLetters letters, Roles roles) {
        this.letters = letters;
        this.roles = roles;
    }

    private void loop() {
        while (isRunning()) {
            try {
                if (letters.runOnce() > 0) continue;
            } catch (RuntimeException away) {
                log.warn("No letter can be sent now: {}", away.toString());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    @Override
    public void start() {
        if (!roles.worker()) return;
        loop = Thread.ofVirtual().name("letter-sender").unstarted(this::loop);
        loop.start();
    }

    /** A letter under way is sent once more after its lease, with a new link. */
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
