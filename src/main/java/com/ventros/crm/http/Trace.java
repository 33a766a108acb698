package com.ventros.crm.http;

import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.Cause.Outside;
import com.ventros.crm.kernel.Uuids;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives each request the id under which all its effects are found: the caller's {@code X-Request-Id} (a UUID) or the
 * trace id of its {@code traceparent}, else a new one. The answer names it in {@code X-Request-Id}.
 */
final class Trace extends OncePerRequestFilter {

    private static final String ATTRIBUTE = Trace.class.getName();
    private static final String HEADER = "X-Request-Id";
    private static final String TRACEPARENT_HEADER = "traceparent";
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    /** W3C trace context, version 00; a trace id of zeros is invalid there. */
    private static final Pattern TRACEPARENT = Pattern.compile("00-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

    /** What the request leads to is caused by it; those of one {@code traceparent} share a correlation. */
    static Cause cause(HttpServletRequest request, Actor actor) {
        var correlation = of(request);
        var id = fromCaller(request).isPresent() ? Uuids.v7() : correlation;
        return Cause.outside(correlation, new Outside(Outside.Kind.REQUEST, id, Instant.now(),
                request.getMethod() + " " + request.getRequestURI()), actor,
                Optional.ofNullable(request.getHeader(TRACEPARENT_HEADER))
                        .filter(context -> TRACEPARENT.matcher(context).matches()));
    }

    /** The id of this request. */
    static UUID of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof UUID known) return known;
        var id = fromCaller(request).orElseGet(Uuids::v7);
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var id = of(request).toString();
        response.setHeader(HEADER, id);
        try (var _ = MDC.putCloseable("traceId", id)) {
            chain.doFilter(request, response);
        }
    }

    private static Optional<UUID> fromCaller(HttpServletRequest request) {
        var requestId = request.getHeader(HEADER);
        if (requestId != null && UUID_TEXT.matcher(requestId).matches()) return Optional.of(UUID.fromString(requestId));
        var traceparent = request.getHeader(TRACEPARENT_HEADER);
        if (traceparent == null) return Optional.empty();
        var match = TRACEPARENT.matcher(traceparent);
        if (!match.matches()) return Optional.empty();
        var hex = match.group(1);
        return Optional.of(new UUID(
                Long.parseUnsignedLong(hex.substring(0, 16), 16), Long.parseUnsignedLong(hex.substring(16), 16)));
    }
}
