package com.ventros.crm.tenancy;

import com.ventros.crm.embedded.EmbeddedDatabase;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.springframework.context.SmartLifecycle;

/**
 * Makes the database what this release needs (it answers, its roles can log in, its migrations are applied) while the
 * rest of the program is put together. Whoever wants a connection before waits for it; nothing begins to work before.
 */
final class DatabasePreparation implements SmartLifecycle {

    private final DatabaseLogins logins;
    private final Optional<EmbeddedDatabase> embedded;
    private FutureTask<Void> work;
    private volatile boolean done;

    DatabasePreparation(DatabaseLogins logins, Optional<EmbeddedDatabase> embedded) {
        this.logins = logins;
        this.embedded = embedded;
    }

    /** Begins, with the migrations at its end. */
    synchronized void begin(Runnable migrations) {
        work = new FutureTask<>(() -> {
            embedded.ifPresent(EmbeddedDatabase::awaitServing);
            logins.prepare();
            migrations.run();
        }, null);
        Thread.ofPlatform().name("database-preparation").daemon().start(work);
    }

    /** Returns when the database is ready, and throws what kept it from being so. */
    void await() {
        if (done) return;
        try {
            begun().get();
            done = true;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException known) throw known;
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the database was prepared", stop);
        }
    }

    /** A command beside the program migrates nothing. */
    private synchronized FutureTask<Void> begun() {
        if (work == null) begin(() -> {});
        return work;
    }

    @Override
    public void start() {
        await();
    }

    @Override
    public void stop() {
        // Connections are given back by those who took them.
    }

    @Override
    public boolean isRunning() {
        return done;
    }

    /** Before everything that works. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
