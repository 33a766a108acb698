package com.ventros.crm.http;

import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.tenancy.Collisions;
import com.ventros.crm.tenancy.Tenancy;
import com.ventros.crm.vault.Secrets;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.util.ContentCachingResponseWrapper;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A POST with an {@code Idempotency-Key} happens once, however often it is sent within a day.
 *
 * <p>The key's row, the effect and the answer are one transaction. So there is no moment in which one is there without
 * the other: a crash undoes all three, and an equal request meanwhile waits at the row and then reads the answer.
 * Refused requests keep nothing and may be sent again under their key.
 */
final class Idempotency extends OncePerRequestFilter {

    static final String HEADER = "Idempotency-Key";
    /** As promised in the API's documentation. */
    static final Duration KEPT = Duration.ofHours(24);

    private static final String MAY_REPEAT = Idempotency.class.getName() + ".mayRepeat";
    private static final String REPLAYED = "Idempotency-Replayed";
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");
    /** Longer than creating anything takes; a waiting request holds a connection, so not much longer. */
    private static final String LONGEST_WAIT = "2s";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final List<String> KEPT_HEADERS = List.of("Content-Type", "Location", "ETag");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private record Answer(byte[] fingerprint, int status, Map<String, String> headers, byte[] body) {}

    private record Request(Principal principal, String route, String key, byte[] fingerprint) {
        /** Seals the answer, which may hold a secret that is shown once. */
        String context() {
            return "idempotency:" + principal.id() + ":" + route + ":" + key;
        }
    }

    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final Secrets secrets;
    private final HandlerExceptionResolver problems;

    Idempotency(JdbcClient db, TransactionTemplate transaction, Secrets secrets, HandlerExceptionResolver problems) {
        this.db = db;
        this.transaction = transaction;
        this.secrets = secrets;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        // A file is kept under its contents: sent twice it is there once, without anybody remembering its bytes.
        return !"POST".equals(request.getMethod()) || request.getHeader(HEADER) == null || BodyLimit.isFile(request)
                || PrincipalFilter.principal(request).isEmpty();
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
        if (!claim(asked)) {
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

    /** True for the one request that may act; an equal one at the same time waits here until that one is done. */
    private boolean claim(Request asked) {
        try {
            db.sql("select set_config('lock_timeout', :wait, true)").param("wait", LONGEST_WAIT)
                    .query(String.class).single();
            var claimed = db.sql("""
                    insert into idempotency_key as k (tenant_id, principal_id, route, key, fingerprint, created_at)
                    values (:tenant, :principal, :route, :key, :fingerprint, now())
                    on conflict (tenant_id, principal_id, route, key) do update
                       set fingerprint = excluded.fingerprint, created_at = now(),
                           status = null, headers = null, body = null
                     where k.created_at < now() - :kept::interval
                    """)
                    .param("tenant", Tenancy.current().value()).param("principal", asked.principal().id())
                    .param("route", asked.route()).param("key", asked.key())
                    .param("fingerprint", asked.fingerprint()).param("kept", KEPT.toString())
                    .update() == 1;
            db.sql("select set_config('lock_timeout', '0', true)").query(String.class).single();
            return claimed;
        } catch (DataAccessException failed) {
            if (NestedExceptionUtils.getMostSpecificCause(failed) instanceof SQLException sql
                    && LOCK_NOT_AVAILABLE.equals(sql.getSQLState())) {
                throw new InProgress();
            }
            throw failed;
        }
    }

    private void replay(Request asked, ContentCachingResponseWrapper response) {
        var kept = db.sql("""
                select fingerprint, status, headers::text as headers, body from idempotency_key
                 where principal_id = :principal and route = :route and key = :key
                """)
                .param("principal", asked.principal().id()).param("route", asked.route()).param("key", asked.key())
                .query((row, _) -> new Answer(row.getBytes("fingerprint"), row.getInt("status"),
                        JSON.readValue(row.getString("headers"), new TypeReference<>() {}), row.getBytes("body")))
                .single();
        if (!MessageDigest.isEqual(kept.fingerprint(), asked.fingerprint())) {
            throw new Refusal(Refusal.Kind.INVALID, "idempotency_key_reused",
                    "This Idempotency-Key was used for another request.");
        }
        response.setStatus(kept.status());
        kept.headers().forEach(response::setHeader);
        response.setHeader(REPLAYED, "true");
        try {
            response.getOutputStream().write(secrets.decrypt(kept.body(), asked.context()));
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
        db.sql("""
                update idempotency_key set status = :status, headers = :headers::jsonb, body = :body
                 where principal_id = :principal and route = :route and key = :key
                """)
                .param("status", response.getStatus()).param("headers", JSON.writeValueAsString(headers))
                .param("body", secrets.encrypt(response.getContentAsByteArray(), asked.context()))
                .param("principal", asked.principal().id()).param("route", asked.route()).param("key", asked.key())
                .update();
    }

    private static Request read(HttpServletRequest request) {
        var key = request.getHeader(HEADER);
        if (!KEY.matcher(key).matches()) {
            throw new Malformed("idempotency_key_invalid", "Idempotency-Key has 1 to 200 visible ASCII characters.");
        }
        var query = Optional.ofNullable(request.getQueryString()).orElse("");
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            sha.update((query + "\n").getBytes(StandardCharsets.UTF_8));
            return new Request(PrincipalFilter.principal(request).orElseThrow(),
                    request.getMethod() + " " + request.getRequestURI(), key, sha.digest(BodyLimit.body(request)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /** Carries an {@link IOException} or {@link ServletException} through the transaction. */
    private static final class CheckedFailure extends Exception {
        CheckedFailure(Exception cause) {
            super(cause);
        }
    }

    /** An equal request is being worked on and takes unusually long. */
    static final class InProgress extends RuntimeException {
        InProgress() {
            super("An equal request is still being worked on.");
        }
    }
}
