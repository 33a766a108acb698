package com.ventros.crm.http;

import io.github.bucket4j.BucketConfiguration;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** So many requests a second for each caller, and so many for all callers of a tenant, with room for a burst. */
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

    private final Buckets buckets;
    private final BucketConfiguration ofCaller;
    private final BucketConfiguration ofTenant;
    private final String burst;

    RateLimit(Limits limits, Buckets buckets) {
        this.buckets = buckets;
        ofCaller = limit(limits.perSecond(), limits.burst());
        ofTenant = limit(limits.tenantPerSecond(), limits.tenantBurst());
        burst = Integer.toString(limits.burst());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var principal = PrincipalFilter.principal(request);
        if (principal.isPresent()) {
            var own = buckets.take("caller:" + principal.get().id(), ofCaller);
            response.setHeader("RateLimit-Limit", burst);
            response.setHeader("RateLimit-Remaining", Long.toString(own.remaining()));
            var verdict = own.allowed() ? buckets.take("tenant:" + principal.get().tenant(), ofTenant) : own;
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

    private static BucketConfiguration limit(int perSecond, int burst) {
        return BucketConfiguration.builder()
                .addLimit(limit -> limit.capacity(burst).refillGreedy(perSecond, Duration.ofSeconds(1))).build();
    }
}
