package com.ventros.crm.contacts.flow;

import com.ventros.crm.contacts.ImportContacts;
import com.ventros.crm.contacts.ImportContacts.Work;
import com.ventros.crm.events.Roles;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Enters the rows of imports, and takes them back, a step of each in turn: one company's file does not keep another's waiting.
 * Each import is worked on by one program; when that dies, another goes on after the last step that was committed.
 */
@Component
final class ContactImporter implements SmartLifecycle {

    /** Between two looks when there was nothing to do. */
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** After a failure, which is mostly a database that is away. */
    private static final Duration LONGER_PAUSE = Duration.ofSeconds(5);
    /** Imports taken up at one look. */
    private static final int AT_ONCE = 4;
    private static final long FORGET_EVERY_MILLIS = 3_600_000;

    private static final Logger log = LoggerFactory.getLogger(ContactImporter.class);

    private final ImportContacts importContacts;
    private final Roles roles;
    private final UUID me = UUID.randomUUID();
    private final Set<Work> mine = new HashSet<>();
    private volatile Thread thread;

    ContactImporter(ImportContacts importContacts, Roles roles) {
        this.importContacts = importContacts;
        this.roles = roles;
    }

    /** One step of each; false when there was nothing to do. */
    private boolean runOnce() {
        var found = importContacts.due(me, AT_ONCE);
        mine.retainAll(found);
        var moved = false;
        for (var work : found) {
            if (Thread.currentThread() != thread) return true;
            if (!Tenancy.call(work.tenant(), () -> importContacts.step(work.id(), me))) continue;
            mine.add(work);
            moved = true;
        }
        return moved;
    }

    private void loop() {
        while (Thread.currentThread() == thread) {
            var pause = PAUSE;
            try {
                if (runOnce()) continue;
            } catch (RuntimeException failed) {
                log.warn("Imports of contacts wait a moment", failed);
                pause = LONGER_PAUSE;
            }
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    @Scheduled(fixedDelay = FORGET_EVERY_MILLIS)
    void forget() {
        if (thread == null) return;
        for (var old : importContacts.aged()) {
            while (Tenancy.call(old.tenant(), () -> importContacts.forget(old.id()))) {
                log.debug("Rows of import {} are deleted because of their age", old.id());
            }
        }
    }

    @Override
    public void start() {
        if (!roles.worker()) return;
        thread = Thread.ofVirtual().name("contact-importer").unstarted(this::loop);
        thread.start();
    }

    @Override
    public void stop() {
        var stopped = thread;
        thread = null;
        if (stopped == null) return;
        LockSupport.unpark(stopped);
        try {
            stopped.join();
            mine.forEach(work -> Tenancy.run(work.tenant(), () -> importContacts.release(work.id(), me)));
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException away) {
            log.debug("The leases of imports end by themselves", away);
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
