package com.ventros.crm.http;

import com.ventros.crm.kernel.Refusal;
import org.springframework.http.ResponseEntity;

/**
 * The version that a caller has seen and wants to change, from the header {@code If-Match: "3"}. A controller method
 * takes it as a parameter; a request without the header is refused with 428.
 */
public record IfMatch(long version) {

    /** The same version as an answer's {@code ETag}. */
    public static String etag(long version) {
        return "\"" + version + "\"";
    }

    /** An answer of 200 that carries the version of what it shows. */
    public static <T> ResponseEntity<T> ok(long version, T body) {
        return ResponseEntity.ok().eTag(etag(version)).body(body);
    }

    /** Refuses (412) unless the caller has seen the current version. */
    public void mustBe(long current) {
        if (version != current) throw stale();
    }

    /** Somebody else has changed it since the caller looked. */
    public static Refusal stale() {
        return new Refusal(Refusal.Kind.STALE, "version_stale", "It has been changed since you read it; read it again.");
    }
}
