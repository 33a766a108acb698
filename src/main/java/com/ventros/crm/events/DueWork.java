package com.ventros.crm.events;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Does what is due, as long as there is something, and looks again after a pause. What waits is in the database and claimed there for
 * a while, so that several programs may look, a restart forgets nothing, and what was under way at a stop is done once more.
 */
public abstract class DueWork implements SmartLifecycle {

    private final String name;
    private final Duration pause;
    private final IntSupplier some;
    private final Roles roles;
    private volatile Thread loop;

    /**
     * @param name of its thread
     * @param some does some of what is due and tells how much there was
     */
    protected DueWork(String name, Duration pause, IntSupplier some, Roles roles) {
        this.name = name;
        this.pause = pause;
        this.some = some;
        this.roles = roles;
    }

    private void loop() {
        while (isRunning()) {
            try {
                if (some.getAsInt() > 0) continue;
            } catch (RuntimeException away) {
                LoggerFactory.getLogger(getClass()).warn("Nothing can be done now: {}", away.toString());
            }
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    @Override
    public void start() {
        if (!roles.worker()) return;
        loop = Thread.ofVirtual().name(name).unstarted(this::loop);
        loop.start();
    }

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
