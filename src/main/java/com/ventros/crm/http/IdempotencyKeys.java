package com.ventros.crm.http;

import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.tenancy.Tenancy;
import com.ventros.crm.vault.Secrets;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Keeps what was answered under each {@code Idempotency-Key} of the last day. Whoever asks is in the transaction of the effect. */
@Repository
class IdempotencyKeys {

    static final String HEADER = "Idempotency-Key";
    static final String REPLAYED = "Idempotency-Replayed";
    /** As promised in the API's documentation. */
    static final Duration KEPT = Duration.ofHours(24);

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");
    /** Longer than creating anything takes; a waiting request holds a connection, so not much longer. */
    private static final String LONGEST_WAIT = "2s";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    record Answer(int status, Map<String, String> headers, byte[] body) {}

    /** Who asks under which key; the fingerprint is of all that is asked. */
    record Request(UUID caller, String route, String key, byte[] fingerprint) {
        /** Seals the answer, which may hold a secret that is shown once. */
        String context() {
            return "idempotency:" + caller + ":" + route + ":" + key;
        }
    }

    private final JdbcClient db;
    private final Secrets secrets;

    IdempotencyKeys(JdbcClient db, Secrets secrets) {
        this.db = db;
        this.secrets = secrets;
    }

    /** The key that a request carries. */
    static String key(HttpServletRequest request) {
        var key = request.getHeader(HEADER);
        if (!KEY.matcher(key).matches()) {
            throw new Malformed("idempotency_key_invalid", "Idempotency-Key has 1 to 200 visible ASCII characters.");
        }
        return key;
    }

    /** The same for requests with equal parameters and equal contents. */
    static byte[] fingerprint(String query, byte[] contents) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            sha.update((query + "\n").getBytes(StandardCharsets.UTF_8));
            return sha.digest(contents);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    static String query(HttpServletRequest request) {
        return Optional.ofNullable(request.getQueryString()).orElse("");
    }

    static String route(HttpServletRequest request) {
        return request.getMethod() + " " + request.getRequestURI();
    }

    /** True for the one request that may act; an equal one at the same time waits here until that one is done. */
    boolean claim(Request asked) {
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
                    .param("tenant", Tenancy.current().value()).param("principal", asked.caller())
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

    /** What the one that acted was answered; refused when it asked for something else. */
    Answer kept(Request asked) {
        return db.sql("""
                select fingerprint, status, headers::text as headers, body from idempotency_key
                 where principal_id = :principal and route = :route and key = :key
                """)
                .param("principal", asked.caller()).param("route", asked.route()).param("key", asked.key())
                .query((row, _) -> {
                    if (!MessageDigest.isEqual(row.getBytes("fingerprint"), asked.fingerprint())) {
                        throw new Refusal(Refusal.Kind.INVALID, "idempotency_key_reused",
                                "This Idempotency-Key was used for another request.");
                    }
                    return new Answer(row.getInt("status"), JSON.readValue(row.getString("headers"), new TypeReference<>() {}),
                            secrets.decrypt(row.getBytes("body"), asked.context()));
                })
                .single();
    }

    void keep(Request asked, Answer answer) {
        db.sql("""
                update idempotency_key set status = :status, headers = :headers::jsonb, body = :body
                 where principal_id = :principal and route = :route and key = :key
                """)
                .param("status", answer.status()).param("headers", JSON.writeValueAsString(answer.headers()))
                .param("body", secrets.encrypt(answer.body(), asked.context()))
                .param("principal", asked.caller()).param("route", asked.route()).param("key", asked.key())
                .update();
    }

    /** An equal request is being worked on and takes unusually long. */
    static final class InProgress extends RuntimeException {
        InProgress() {
            super("An equal request is still being worked on.");
        }
    }
}
