package com.ventros.crm.channels.waha;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** WAHA's signature: HMAC-SHA512 over the bytes of the body exactly as they came, in hex. */
final class Signature {

    private static final String ALGORITHM = "HmacSHA512";

    private Signature() {}

    /** Compares in constant time; a missing signature fits nothing. */
    static boolean fits(byte[] body, byte[] secret, String claimed) {
        if (claimed == null) return false;
        return MessageDigest.isEqual(of(body, secret).getBytes(StandardCharsets.US_ASCII),
                claimed.strip().getBytes(StandardCharsets.UTF_8));
    }

    static String of(byte[] body, byte[] secret) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has HMAC-SHA512", impossible);
        }
    }
}
