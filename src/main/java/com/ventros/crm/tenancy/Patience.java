package com.ventros.crm.tenancy;

import java.time.Duration;
import java.util.Optional;

/** How long a statement may take while somebody waits for its answer. Work that nobody waits for takes the time it needs. */
public final class Patience {

    private static final ScopedValue<Duration> WITH_A_STATEMENT = ScopedValue.newInstance();

    private Patience() {}

    /**
     * Does the work, in whose transactions for a tenant each statement ends with a {@link org.springframework.dao.QueryTimeoutException} after
     * that time, also one that only waits for a lock.
     *
     * @param most to the millisecond
     */
    public static <R, X extends Throwable> R call(Duration most, ScopedValue.CallableOp<? extends R, X> work) throws X {
        return ScopedValue.where(WITH_A_STATEMENT, most).<R, X>call(work);
    }

    static Optional<Duration> bound() {
        return WITH_A_STATEMENT.isBound() ? Optional.of(WITH_A_STATEMENT.get()) : Optional.empty();
    }
}
