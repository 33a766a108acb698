package com.ventros.crm.http;

import com.ventros.crm.kernel.Refusal;
import java.time.Duration;

/** Too many requests of one kind; the caller is told when to come back. */
public final class TooMany extends Refusal {

    private final Duration retryAfter;

    public TooMany(String code, String detail, Duration retryAfter) {
        super(Kind.TOO_MANY, code, detail);
        this.retryAfter = retryAfter;
    }

    /** Whole seconds, rounded up. */
    public Duration retryAfter() {
        return Duration.ofSeconds(Math.max(1, retryAfter.plusMillis(999).toSeconds()));
    }
}
