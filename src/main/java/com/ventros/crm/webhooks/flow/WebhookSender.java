package com.ventros.crm.webhooks.flow;

import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.Roles;
import com.ventros.crm.tenancy.Tenancy;
import com.ventros.crm.webhooks.Deliveries;
import com.ventros.crm.webhooks.Deliveries.Claimed;
import com.ventros.crm.webhooks.Deliveries.Outcome;
import com.ventros.crm.webhooks.Endpoints;
import com.ventros.crm.webhooks.Signature;
import com.ventros.crm.webhooks.WebhooksProperties;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Sends deliveries that are due, signed as Standard Webhooks says. At least once: a receiver that sees a
 * {@code webhook-id} again has heard it before. The schedule of further tries lies in the rows, so a restart forgets none.
 */
@Component
@EnableConfigurationProperties(WebhooksProperties.class)
class WebhookSender implements SmartLifecycle {

    /** One look into a small index; a receiver does not feel it. */
    private static final Duration PAUSE = Duration.ofMillis(500);
    /** Tries under way at the same time; each waits for somebody else's server most of the time. */
    private static final int AT_ONCE = 50;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int GONE = 410;

    private static final Logger log = LoggerFactory.getLogger(WebhookSender.class);

    private final Deliveries deliveries;
    private final Endpoints endpoints;
    private final Duration timeout;
    private final Roles roles;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER).executor(Executors.newVirtualThreadPerTaskExecutor()).build();
    private final Semaphore free = new Semaphore(AT_ONCE);
    private ExecutorService workers;
    private volatile Thread loop;

    WebhookSender(Deliveries deliveries, Endpoints endpoints, WebhooksProperties settings, Roles roles) {
        this.deliveries = deliveries;
        this.endpoints = endpoints;
        this.timeout = settings.timeout();
        this.roles = roles;
    }

    private void loop() {
        while (isRunning()) {
            try {
                var claimed = deliveries.claim(Math.max(1, free.availablePermits()));
                for (var one : claimed) {
                    free.acquireUninterruptibly();
                    workers.execute(() -> {
                        try {
                            deliver(one);
                        } catch (RuntimeException failed) {
                            log.error("Delivery {} comes again when its lease has run out", one.id(), failed);
                        } finally {
                            free.release();
                        }
                    });
                }
                if (!claimed.isEmpty()) continue;
            } catch (RuntimeException away) {
                log.warn("No webhook can be sent now: {}", away.toString());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void deliver(Claimed claimed) {
        var at = Instant.now();
        var outcome = attempt(claimed, at);
        var took = Duration.between(at, Instant.now());
        Tenancy.run(claimed.tenant(), () -> Cause.outside(Actor.system("webhook-sender")).run(() -> {
            deliveries.record(claimed, at, took, outcome);
            if (outcome instanceof Outcome.Never never && never.status().equals(Optional.of(GONE))) {
                endpoints.disable(claimed.endpoint());
            }
        }));
    }

    private Outcome attempt(Claimed claimed, Instant at) {
        try {
            var refusal = endpoints.refusal(claimed.url());
            if (refusal.isPresent()) return new Outcome.Never(Optional.empty(), refusal.get());
            var id = claimed.id().toString();
            var request = HttpRequest.newBuilder(claimed.url()).timeout(timeout)
                    .header("Content-Type", "application/json").header("User-Agent", "Ventros-Webhooks")
                    .header("webhook-id", id).header("webhook-timestamp", Long.toString(at.getEpochSecond()))
                    .header("webhook-signature", Signature.of(claimed.secret(), id, at, claimed.body()))
                    .POST(BodyPublishers.ofByteArray(claimed.body()));
            claimed.traceparent().ifPresent(trace -> request.header("traceparent", trace));
            var answer = http.send(request.build(), BodyHandlers.ofInputStream());
            answer.body().close(); // what it says is of no interest, however long it is
            return judged(answer.statusCode());
        } catch (IOException failed) {
            return new Outcome.Later(Optional.empty(), failed.getClass().getSimpleName());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return new Outcome.Later(Optional.empty(), "the program stopped");
        }
    }

    /** A refusal is final, except those that ask for patience. */
    private static Outcome judged(int status) {
        if (status / 100 == 2) return new Outcome.Taken(status);
        var reason = "answered " + status;
        return status / 100 == 5 || status == 408 || status == 429
                ? new Outcome.Later(Optional.of(status), reason) : new Outcome.Never(Optional.of(status), reason);
    }

    @Override
    public void start() {
        if (!roles.worker()) return;
        workers = Executors.newVirtualThreadPerTaskExecutor();
        loop = Thread.ofVirtual().name("webhook-sender").unstarted(this::loop);
        loop.start();
    }

    @Override
    public void stop() {
        var stopped = loop;
        loop = null;
        if (stopped == null) return;
        LockSupport.unpark(stopped);
        workers.shutdown();
        try {
            if (!workers.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("Some webhooks did not end in {}; they are sent again", timeout);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return loop != null;
    }
}
