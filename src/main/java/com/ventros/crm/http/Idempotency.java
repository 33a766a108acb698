package com.ventros.crm.http;

import com.ventros.crm.http.IdempotencyKeys.Answer;
import com.ventros.crm.http.IdempotencyKeys.Request;
import com.ventros.crm.tenancy.Collisions;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * A POST with an {@code Idempotency-Key} happens once, however often it is sent within a day.
 *
 * <p>The key's row, the effect and the answer are one transaction. So there is no moment in which one is there without
 * the other: a crash undoes all three, and an equal request meanwhile waits at the row and then reads the answer.
 * Refused requests keep nothing and may be sent again under their key.
 */
final class Idempotency extends OncePerRequestFilter {

    private static final String MAY_REPEAT = Idempotency.class.getName() + ".mayRepeat";
    private static final List<String> KEPT_HEADERS = List.of("Content-Type", "Location", "ETag");

    private final IdempotencyKeys keys;
    private final TransactionTemplate transaction;
    private final HandlerExceptionResolver problems;

    Idempotency(IdempotencyKeys keys, TransactionTemplate transaction, HandlerExceptionResolver problems) {
        this.keys = keys;
        this.transaction = transaction;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        // A file is known once it was read, which takes as long as its sender likes: whoever keeps it looks at the key (FilesOnce).
        return !"POST".equals(request.getMethod()) || request.getHeader(IdempotencyKeys.HEADER) == null || BodyLimit.isFile(request)
                || PrincipalFilter.principal(request).isEmpty() || isOpen(request);
    }

    /** Whoever signs in, joins or sets up is nobody yet, whatever else the request carries: it is no work of that company's. */
    private static boolean isOpen(HttpServletRequest request) {
        var path = request.getRequestURI();
        return !path.startsWith("/api/v1/") || path.startsWith("/api/v1/auth/") || path.equals("/api/v1/setup");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var buffered = new ContentCachingResponseWrapper(response);
        try {
            var asked = read(request);
            Collisions.again(last -> {
                request.setAttribute(MAY_REPEAT, !last);
                return transaction.execute(status -> once(asked, request, buffered, chain, status));
            });
        } catch (RuntimeException failed) {
            if (failed.getCause() instanceof CheckedFailure checked) throw new ServletException(checked.getCause());
            buffered.resetBuffer();
            if (problems.resolveException(request, buffered, null, failed) == null) throw failed;
        }
        buffered.copyBodyToResponse();
    }

    /** Whether this request begins again when its transaction collides, so that nothing is to be said of it. */
    static boolean mayRepeat(HttpServletRequest request) {
        return Boolean.TRUE.equals(request.getAttribute(MAY_REPEAT));
    }

    private Void once(Request asked, HttpServletRequest request, ContentCachingResponseWrapper response,
            FilterChain chain, TransactionStatus status) {
        if (!keys.claim(asked)) {
            replay(asked, response);
            return null;
        }
        try {
            chain.doFilter(request, response);
        } catch (IOException | ServletException failed) {
            if (failed.getCause() instanceof ConcurrencyFailureException collided) throw collided;
            throw new IllegalStateException(new CheckedFailure(failed));
        }
        if (response.getStatus() >= 200 && response.getStatus() < 300) {
            keep(asked, response);
        } else {
            status.setRollbackOnly();
        }
        return null;
    }

    private void replay(Request asked, ContentCachingResponseWrapper response) {
        var kept = keys.kept(asked);
        response.setStatus(kept.status());
        kept.headers().forEach(response::setHeader);
        response.setHeader(IdempotencyKeys.REPLAYED, "true");
        try {
            response.getOutputStream().write(kept.body());
        } catch (IOException failed) {
            throw new IllegalStateException(new CheckedFailure(failed));
        }
    }

    private void keep(Request asked, ContentCachingResponseWrapper response) {
        var headers = new LinkedHashMap<String, String>();
        for (var name : KEPT_HEADERS) {
            Optional.ofNullable(name.equals("Content-Type") ? response.getContentType() : response.getHeader(name))
                    .ifPresent(value -> headers.put(name, value));
        }
        keys.keep(asked, new Answer(response.getStatus(), headers, response.getContentAsByteArray()));
    }

    private static Request read(HttpServletRequest request) {
        return new Request(PrincipalFilter.principal(request).orElseThrow().id(), IdempotencyKeys.route(request), IdempotencyKeys.key(request),
                IdempotencyKeys.fingerprint(IdempotencyKeys.query(request), BodyLimit.body(request)));
    }

    /** Carries an {@link IOException} or {@link ServletException} through the transaction. */
    private static final class CheckedFailure extends Exception {
        CheckedFailure(Exception cause) {
            super(cause);
        }
    }
}
