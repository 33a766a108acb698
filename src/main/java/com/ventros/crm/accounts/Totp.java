package com.ventros.crm.accounts;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Codes of RFC 6238 as every authenticator app computes them: HMAC-SHA-1, thirty seconds, six digits. */
final class Totp {

    /** As long as the hash, which RFC 4226 recommends. */
    static final int SECRET_BYTES = 20;
    static final Duration STEP = Duration.ofSeconds(30);
    /** Phones are a little late or early, and people type slowly. */
    private static final int STEPS_AROUND = 1;
    private static final int MODULUS = 1_000_000;
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final SecureRandom RANDOM = new SecureRandom();

    private Totp() {}

    static byte[] secret() {
        var secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return secret;
    }

    static long step(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), STEP.toSeconds());
    }

    static String code(byte[] secret, long step) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            var hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            var offset = hash[hash.length - 1] & 0xf;
            return "%06d".formatted((ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE) % MODULUS);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has HMAC-SHA-1", impossible);
        }
    }

    /** The step whose code this is, if it is near and later than the last one taken; takes as long for every code. */
    static OptionalLong stepOf(String code, byte[] secret, Instant now, long lastTaken) {
        var typed = code.getBytes(StandardCharsets.UTF_8);
        var found = OptionalLong.empty();
        for (var step = step(now) - STEPS_AROUND; step <= step(now) + STEPS_AROUND; step++) {
            var equal = MessageDigest.isEqual(code(secret, step).getBytes(StandardCharsets.UTF_8), typed);
            if (equal && step > lastTaken) found = OptionalLong.of(step);
        }
        return found;
    }

    /** As people type it into an app that cannot see the picture. */
    static String base32(byte[] secret) {
        var text = new StringBuilder();
        for (int bit = 0; bit < secret.length * 8; bit += 5) {
            int value = 0;
            for (int i = bit; i < bit + 5; i++) {
                value = value << 1 | (i < secret.length * 8 ? secret[i / 8] >> (7 - i % 8) & 1 : 0);
            }
            text.append(BASE32.charAt(value));
        }
        return text.toString();
    }
}
