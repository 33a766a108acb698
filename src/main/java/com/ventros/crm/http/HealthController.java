package com.ventros.crm.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Is the CRM well? Without PostgreSQL it is not (503). Without one of the others it works on, degraded (200): messages
 * are taken in, and wait.
 */
@RestController
class HealthController {

    /** What a part is called here, and by which name Spring knows its check. */
    private static final Map<String, String> PARTS = parts();
    /** A check that takes longer has failed for all practical purposes. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** Everybody may ask, so a thousand askers cost no more than one. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** @param parts {@code up}, {@code down}, or {@code not_used} where the program's own replacement serves */
    record Answer(String status, Map<String, String> parts) {}

    private record Checked(long nanoTime, Answer answer) {}

    private final HealthContributorRegistry checks;
    private Checked last;

    HealthController(HealthContributorRegistry checks) {
        this.checks = checks;
    }

    /**
     * Says how the server and its parts are. Without PostgreSQL the answer is a 503; without one of the others it
     * works on, degraded.
     */
    @Open
    @GetMapping("/health")
    ResponseEntity<Answer> health() {
        var answer = fresh();
        var status = answer.status().equals("unhealthy") ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.OK;
        return ResponseEntity.status(status).header("Cache-Control", "no-store").body(answer);
    }

    private synchronized Answer fresh() {
        if (last == null || System.nanoTime() - last.nanoTime() > FRESH.toNanos()) {
            last = new Checked(System.nanoTime(), check());
        }
        return last.answer();
    }

    private Answer check() {
        var running = new LinkedHashMap<String, FutureTask<Boolean>>();
        PARTS.forEach((part, name) -> {
            var contributor = checks.getContributor(name);
            if (contributor == null) return;
            var task = new FutureTask<>(() -> isUp(contributor));
            Thread.ofVirtual().name("health-" + part).start(task);
            running.put(part, task);
        });
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var states = new LinkedHashMap<String, String>();
        PARTS.keySet().forEach(part -> states.put(part, running.containsKey(part)
                ? await(running.get(part), deadline) ? "up" : "down" : "not_used"));
        var status = states.get("postgres").equals("down") ? "unhealthy"
                : states.containsValue("down") ? "degraded" : "healthy";
        return new Answer(status, states);
    }

    private static boolean await(FutureTask<Boolean> task, long deadline) {
        try {
            return task.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException failed) {
            task.cancel(true);
            return false;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean isUp(HealthContributor contributor) {
        return switch (contributor) {
            case HealthIndicator one -> Status.UP.equals(one.health().getStatus());
            case CompositeHealthContributor many ->
                    many.stream().allMatch(entry -> isUp(entry.contributor()));
            default -> throw new IllegalStateException("an unknown kind of check: " + contributor.getClass());
        };
    }

    private static Map<String, String> parts() {
        var parts = new LinkedHashMap<String, String>();
        parts.put("postgres", "db");
        parts.put("rabbitmq", "rabbit");
        parts.put("redis", "redis");
        parts.put("temporal", "temporal");
        return parts;
    }
}
