package com.ventros.crm.channels.waha.simulator;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Everything the simulator does later or beside, each task on a virtual thread of its own. */
final class Agenda implements AutoCloseable {

    interface Task {
        void run() throws InterruptedException;
    }

    /** Tasks end at once when interrupted; one that needs longer than this is a fault worth hearing about. */
    private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(10);

    private static final System.Logger LOG = System.getLogger(Agenda.class.getName());

    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("waha-simulator-", 0).factory());
    private final Object turn = new Object();
    private int open;

    /** Does it after a while; until it is done, the world is not quiet. */
    void after(Duration delay, Task task) {
        synchronized (turn) {
            open++;
        }
        try {
            threads.execute(() -> {
                try {
                    if (delay.isPositive()) Thread.sleep(delay);
                    run(task);
                } catch (InterruptedException closing) {
                    Thread.currentThread().interrupt();
                } finally {
                    done();
                }
            });
        } catch (RejectedExecutionException closing) {
            done();
        }
    }

    /** Does something that waits for others, or for ever, and so does not keep the world from being quiet. */
    void aside(Task task) {
        try {
            threads.execute(() -> {
                try {
                    run(task);
                } catch (InterruptedException closing) {
                    Thread.currentThread().interrupt();
                }
            });
        } catch (RejectedExecutionException closing) {
            LOG.log(System.Logger.Level.DEBUG, "not started while closing");
        }
    }

    private static void run(Task task) throws InterruptedException {
        try {
            task.run();
        } catch (RuntimeException fault) {
            LOG.log(System.Logger.Level.ERROR, "a simulated task failed", fault);
        }
    }

    private void done() {
        synchronized (turn) {
            open--;
            turn.notifyAll();
        }
    }

    int open() {
        synchronized (turn) {
            return open;
        }
    }

    boolean awaitQuiet(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        synchronized (turn) {
            while (open > 0) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) return false;
                turn.wait(left);
            }
            return true;
        }
    }

    ExecutorService threads() {
        return threads;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(LONGEST_FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "simulated tasks still run after {0}", LONGEST_FAREWELL);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
