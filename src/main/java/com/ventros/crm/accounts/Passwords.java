package com.ventros.crm.accounts;

import com.ventros.crm.http.TooMany;
import com.ventros.crm.kernel.EmailAddress;
import com.ventros.crm.kernel.Refusal;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/** Hashes passwords with Argon2id and compares them. */
@Component
class Passwords {

    /** The second of OWASP's recommended settings: 19 MiB, two passes, one lane. */
    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    /** Long enough to make guessing pointless at the rate we allow; NIST asks for eight and advises more. */
    static final int MIN_LENGTH = 10;
    /** A passphrase fits; hashing a megabyte does not. */
    static final int MAX_LENGTH = 200;
    /** Four at once take 80 MB; a flood of sign-ins must not take the heap. */
    private static final int AT_ONCE = 4;
    private static final Duration LONGEST_QUEUE = Duration.ofSeconds(5);

    /** No password has it, and a comparison costs what one with somebody's costs; made without hashing, for the start's sake. */
    static final String NOBODYS = "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
            .formatted(MEMORY_KIB, PASSES, LANES, zeros(SALT_BYTES), zeros(HASH_BYTES));

    private final Argon2PasswordEncoder argon2 =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);
    private final Semaphore slots = new Semaphore(AT_ONCE, true);

    /**
     * Hashes a new password; refuses one that is too easy.
     *
     * @param field of the request, that holds it
     */
    String hash(String field, String password, EmailAddress email) {
        if (password.length() < MIN_LENGTH || password.length() > MAX_LENGTH) {
            throw Refusal.invalid(field, "length",
                    "A password has " + MIN_LENGTH + " to " + MAX_LENGTH + " characters.");
        }
        if (password.toLowerCase(Locale.ROOT).contains(email.value())) {
            throw Refusal.invalid(field, "contains_email", "A password does not contain the e-mail address.");
        }
        return slot(() -> argon2.encode(password));
    }

    boolean matches(String password, String hash) {
        return password.length() <= MAX_LENGTH && slot(() -> argon2.matches(password, hash));
    }

    /** True when the hash was made with settings that we have since made stronger. */
    boolean isOutdated(String hash) {
        return argon2.upgradeEncoding(hash);
    }

    /** Hashes a password that is right, and so may be older than today's rules. */
    String rehash(String password) {
        return slot(() -> argon2.encode(password));
    }

    /** Takes as long as a comparison with somebody's password would, so that the time tells nothing. */
    void matchNobody(String password) {
        matches(password, NOBODYS);
    }

    private static String zeros(int bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(new byte[bytes]);
    }

    private <T> T slot(Supplier<T> work) {
        try {
            if (!slots.tryAcquire(LONGEST_QUEUE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new TooMany("sign_in_busy", "Too many people are signing in at once.", LONGEST_QUEUE);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new Refusal(Refusal.Kind.UNAVAILABLE, "stopping", "The server is stopping.");
        }
        try {
            return work.get();
        } finally {
            slots.release();
        }
    }
}
