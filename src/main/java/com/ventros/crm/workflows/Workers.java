package com.ventros.crm.workflows;

import com.ventros.crm.embedded.EmbeddedTemporal;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.WorkerFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Starts the workers as soon as Temporal answers, however long that takes: a Temporal that is away delays what waits
 * and stops nothing else. Afterwards it keeps the embedded one small.
 */
@Component
@EnableConfigurationProperties(WorkflowsProperties.class)
class Workers {

    private static final Logger log = LoggerFactory.getLogger(Workers.class);
    /** Often enough that a busy embedded Temporal is recycled near its limit, and an absent one is found again soon. */
    private static final long LOOK_EVERY_MILLIS = 2_000;
    private static final Duration CONNECT_WAIT = Duration.ofSeconds(1);

    private final WorkflowClient client;
    private final WorkerFactory workers;
    private final Optional<EmbeddedTemporal> embedded;
    private final List<OpenWork> openWork;
    private final int recycleAfter;
    private boolean ready;
    private boolean started;
    /** Generation of the embedded Temporal that knows all open work; none yet. */
    private long restored = -1;

    Workers(WorkflowClient client, ObjectProvider<WorkerFactory> workers, Optional<EmbeddedTemporal> embedded,
            List<OpenWork> openWork, WorkflowsProperties settings) {
        this.client = client;
        this.workers = workers.getIfAvailable();
        this.embedded = embedded;
        this.openWork = openWork;
        this.recycleAfter = settings.recycleAfter();
    }

    @EventListener(ApplicationReadyEvent.class)
    void onReady() {
        ready = true;
    }

    @Scheduled(fixedDelay = LOOK_EVERY_MILLIS)
    synchronized void look() {
        if (!ready || workers == null) return;
        try {
            if (!started) {
                client.getWorkflowServiceStubs().connect(CONNECT_WAIT);
                workers.start();
                started = true;
            }
            if (embedded.isPresent() && embedded.get().finishedRuns() >= recycleAfter) {
                embedded.get().recycle();
            }
            var generation = embedded.map(EmbeddedTemporal::generation).orElse(0L);
            if (restored != generation) {
                openWork.forEach(OpenWork::restore);
                restored = generation;
            }
        } catch (RuntimeException away) {
            log.warn("Temporal does not answer; time-outs and retries wait for it: {}", away.toString());
        }
    }
}
