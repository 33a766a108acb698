package com.ventros.crm.webhooks;

import com.ventros.crm.http.StandardSignature;
import java.time.Instant;
import java.util.Base64;

/** Signs a delivery, with a secret that we made up and gave out once. */
public final class Signature {

    /** What a secret's text starts with; its bytes follow in Base64. */
    static final String SECRET_PREFIX = "whsec_";

    private Signature() {}

    /** The header {@code webhook-signature}. */
    public static String of(byte[] secret, String id, Instant at, byte[] body) {
        return StandardSignature.of(secret, id, at, body);
    }

    static String text(byte[] secret) {
        return SECRET_PREFIX + Base64.getEncoder().encodeToString(secret);
    }
}
