package com.ventros.crm.accounts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.ventros.crm.http.TooMany;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/**
 * Stops guessing: so many wrong passwords for one e-mail address, so many from one network address, and then a pause.
 *
 * <p>Counted on each node in bounded memory. An attempt counts from its start and is taken back when it succeeds, so
 * that a thousand at once do not slip through together.
 */
@Component
class SignInThrottle {

    /** A person who has forgotten which of their passwords it was needs fewer. */
    static final int WRONG_PER_EMAIL = 10;
    /** A whole office may sign in from one address. */
    static final int WRONG_PER_ADDRESS = 50;
    static final Duration WINDOW = Duration.ofMinutes(15);
    /** A few megabytes; who fills it up loses the oldest counters and has paid with as many hashes. */
    private static final int MAX_COUNTERS = 20_000;

    private final Cache<String, AtomicInteger> wrong =
            Caffeine.newBuilder().maximumSize(MAX_COUNTERS).expireAfterWrite(WINDOW).build();

    /** Counts an attempt as wrong until {@link #succeeded} says otherwise; refused when there were too many. */
    void attempt(String email, String address) {
        count("email " + email, WRONG_PER_EMAIL);
        count("address " + address, WRONG_PER_ADDRESS);
    }

    /** It was right: the person's own counter begins anew, and the address is not blamed. */
    void succeeded(String email, String address) {
        wrong.invalidate("email " + email);
        wrong.get("address " + address, _ -> new AtomicInteger()).updateAndGet(n -> Math.max(0, n - 1));
    }

    private void count(String key, int limit) {
        if (wrong.get(key, _ -> new AtomicInteger()).incrementAndGet() > limit) {
            throw new TooMany("sign_in_throttled", "Too many wrong attempts; wait a while.", WINDOW);
        }
    }
}
