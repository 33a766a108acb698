package com.ventros.crm.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * So many requests a second for each caller, and so many for all callers of a tenant, with room for a burst. Counted on
 * each node, so that the door needs nobody's help to stay open.
 */
final class RateLimit extends OncePerRequestFilter {

    /**
     * How much anybody may ask.
     *
     * @param perSecond       requests a second for one caller; many times what a person at a screen makes
     * @param burst           requests at once before that counts; an integration that catches up
     * @param tenantPerSecond the same for all callers of a tenant together
     * @param tenantBurst     the same
     */
    @ConfigurationProperties("crm.http.rate-limit")
    record Limits(@DefaultValue("100") int perSecond, @DefaultValue("1000") int burst,
            @DefaultValue("500") int tenantPerSecond, @DefaultValue("5000") int tenantBurst) {}

    /** A few megabytes; a bucket that is forgotten is a full one, and one that was idle for so long is full as well. */
    private static final int MAX_BUCKETS = 50_000;
    private static final Duration IDLE = Duration.ofMinutes(5);

    /** What a bucket says to one request. */
    record Verdict(boolean allowed, long remaining, Duration retryAfter) {}

    /**
     * A bucket that fills steadily. It keeps a single number, the moment at which it will be full again (the "generic
     * cell rate algorithm"), so a compare-and-set is all the locking it needs.
     */
    static final class Bucket {
        private final AtomicLong fullAt;

        Bucket(long now) {
            fullAt = new AtomicLong(now);
        }

        Verdict take(long now, int perSecond, int burst) {
            var step = Duration.ofSeconds(1).toNanos() / perSecond;
            while (true) {
                var known = fullAt.get();
                var next = Math.max(known, now) + step;
                var debt = next - now;
                if (debt > burst * step) return new Verdict(false, 0, Duration.ofNanos(debt - burst * step));
                if (fullAt.compareAndSet(known, next)) {
                    return new Verdict(true, burst - Math.ceilDiv(debt, step), Duration.ZERO);
                }
            }
        }
    }

    private final Limits limits;
    private final LongSupplier clock;
    private final Cache<Object, Bucket> buckets =
            Caffeine.newBuilder().maximumSize(MAX_BUCKETS).expireAfterAccess(IDLE).build();

    RateLimit(Limits limits, LongSupplier clock) {
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var principal = PrincipalFilter.principal(request);
        if (principal.isPresent()) {
            var own = bucket(principal.get().id()).take(clock.getAsLong(), limits.perSecond(), limits.burst());
            response.setHeader("RateLimit-Limit", Integer.toString(limits.burst()));
            response.setHeader("RateLimit-Remaining", Long.toString(own.remaining()));
            var verdict = own.allowed() ? bucket(principal.get().tenant())
                    .take(clock.getAsLong(), limits.tenantPerSecond(), limits.tenantBurst()) : own;
            if (!verdict.allowed()) {
                var seconds = Long.toString(Math.max(1, verdict.retryAfter().plusMillis(999).toSeconds()));
                response.setHeader("RateLimit-Reset", seconds);
                response.setHeader("Retry-After", seconds);
                Problem.of(HttpStatus.TOO_MANY_REQUESTS, "rate_limited", "Too many requests; slow down.", request)
                        .writeTo(response);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private Bucket bucket(Object whose) {
        return buckets.get(whose, _ -> new Bucket(clock.getAsLong()));
    }
}
