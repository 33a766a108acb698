package com.ventros.crm.events;

import com.ventros.crm.kernel.Uuids;
import java.util.Optional;
import java.util.UUID;

/**
 * Why something happens: the outside cause (a delivery, a request, a schedule) that all effects share, the event or
 * command directly before, and who acted.
 */
public record Cause(UUID correlationId, Optional<UUID> causationId, Actor actor) {

    private static final ScopedValue<Cause> CAUSE = ScopedValue.newInstance();

    /** A new outside cause, with nothing before it. */
    public static Cause outside(Actor actor) {
        return new Cause(Uuids.v7(), Optional.empty(), actor);
    }

    /** Does the work because of this cause; events raised within carry it. */
    public void run(Runnable work) {
        ScopedValue.where(CAUSE, this).run(work);
    }

    /** Does the work because of this cause and hands on what it returns or throws. */
    public <R, X extends Throwable> R call(ScopedValue.CallableOp<? extends R, X> work) throws X {
        return ScopedValue.where(CAUSE, this).<R, X>call(work);
    }

    /** The cause of the current work; an {@link IllegalStateException} when no door bound one. */
    public static Cause current() {
        if (!CAUSE.isBound()) throw new IllegalStateException("no cause is bound to this work");
        return CAUSE.get();
    }
}
