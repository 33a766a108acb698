package com.ventros.crm.accounts;

import com.ventros.crm.http.Buckets;
import com.ventros.crm.http.TooMany;
import io.github.bucket4j.BucketConfiguration;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import org.springframework.stereotype.Component;

/**
 * Stops guessing: so many wrong passwords for one e-mail address, so many from one network address, and then a pause.
 *
 * <p>An attempt counts from its start and is taken back when it succeeds, so that a thousand at once do not slip
 * through together.
 */
@Component
class SignInThrottle {

    /** A person who has forgotten which of their passwords it was needs fewer. */
    static final int WRONG_PER_EMAIL = 10;
    /** A whole office may sign in from one address. */
    static final int WRONG_PER_ADDRESS = 50;
    static final Duration WINDOW = Duration.ofMinutes(15);

    private static final BucketConfiguration OF_EMAIL = perWindow(WRONG_PER_EMAIL);
    private static final BucketConfiguration OF_ADDRESS = perWindow(WRONG_PER_ADDRESS);

    /** What else somebody may do only so often in the same time. */
    enum Limit {
        /** Of a million codes three are right at a time: ten guesses are far from finding one. */
        CODE(10),
        /** Nobody needs more letters for one password. */
        RESET_OF_EMAIL(3),
        /** A whole office may have forgotten. */
        RESET_FROM_ADDRESS(50),
        /** Nobody founds companies by the dozen. */
        SIGN_UP(5),
        /** A large team on its first day, and no use to whoever wants to send letters to strangers. */
        INVITATION(100);

        private final BucketConfiguration most;

        Limit(int most) {
            this.most = perWindow(most);
        }
    }

    private final Buckets buckets;

    SignInThrottle(Buckets buckets) {
        this.buckets = buckets;
    }

    /** Counts an attempt as wrong until {@link #succeeded} says otherwise; refused when there were too many. */
    void attempt(String email, String address) {
        take(email(email), OF_EMAIL);
        take(address(address), OF_ADDRESS);
    }

    /** It was right: the person's own counter begins anew, and the address is not blamed. */
    void succeeded(String email, String address) {
        buckets.fill(email(email), OF_EMAIL);
        buckets.giveBack(address(address), OF_ADDRESS);
    }

    /** Whoever reads the person's mail has chosen another password: the wrong ones before are forgotten. */
    void anew(String email) {
        buckets.fill(email(email), OF_EMAIL);
    }

    /** What was counted led to nothing. */
    void takeBack(Limit limit, String whose) {
        buckets.giveBack(name(limit.name(), whose), limit.most);
    }

    /** Counts one more; refused when there were too many. */
    void count(Limit limit, String whose) {
        var verdict = buckets.take(name(limit.name(), whose), limit.most);
        if (!verdict.allowed()) throw new TooMany("throttled", "That was often enough; wait a while.", verdict.retryAfter());
    }

    /** It was right: the count begins anew. */
    void forgive(Limit limit, String whose) {
        buckets.fill(name(limit.name(), whose), limit.most);
    }

    /** The password was right and something else is missing: this attempt is forgotten, and those before are not. */
    void undecided(String email, String address) {
        buckets.giveBack(email(email), OF_EMAIL);
        buckets.giveBack(address(address), OF_ADDRESS);
    }

    private void take(String name, BucketConfiguration limit) {
        var verdict = buckets.take(name, limit);
        if (!verdict.allowed()) {
            throw new TooMany("sign_in_throttled", "Too many wrong attempts; wait a while.", verdict.retryAfter());
        }
    }

    private static BucketConfiguration perWindow(int wrong) {
        return BucketConfiguration.builder()
                .addLimit(limit -> limit.capacity(wrong).refillIntervally(wrong, WINDOW)).build();
    }

    private static String email(String email) {
        return name("email", email);
    }

    /** Hashed: anybody may type anything of any length there, and it may become the name of a key in Redis. */
    private static String name(String what, String whose) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(whose.getBytes(StandardCharsets.UTF_8));
            return "sign-in:" + what + ":" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static String address(String address) {
        return "sign-in:address:" + address;
    }
}
