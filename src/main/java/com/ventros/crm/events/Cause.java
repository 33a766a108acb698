package com.ventros.crm.events;

import com.ventros.crm.kernel.Uuids;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Why something happens: the id that all effects share, what was directly before (an event, a send, or the outside
 * cause itself), and who acted.
 *
 * @param outside     the outside cause, if it is what was directly before; the events it leads to tell of it in the log
 * @param traceparent the W3C trace context of the request at its beginning, handed on as it came
 */
public record Cause(
        UUID correlationId, UUID causationId, Actor actor, Optional<Outside> outside, Optional<String> traceparent) {

    /**
     * Where a chain of effects begins.
     *
     * @param at   when it came in or was due
     * @param name what it is known as: the provider's id of a delivery, a request's method and path, what was planned, a
     *             workflow's id, a part of the program
     */
    public record Outside(Kind kind, UUID id, Instant at, String name) {

        /**
         * What sort of beginning it is; {@code SCHEDULE} is the time that somebody chose, {@code PROGRAM} acts by itself, at its
         * start or because it is time.
         */
        public enum Kind { DELIVERY, REQUEST, SCHEDULE, WORKFLOW, PROGRAM }

        /** Longer names are cut: it is for reading. */
        private static final int LONGEST_NAME = 200;

        public Outside {
            if (name.length() > LONGEST_NAME) name = name.substring(0, LONGEST_NAME);
        }
    }

    private static final ScopedValue<Cause> CAUSE = ScopedValue.newInstance();

    /** A part of the program acts by itself, with nothing before it. */
    public static Cause outside(Actor actor) {
        return outside(Outside.Kind.PROGRAM, actor.id(), actor);
    }

    /** A new outside cause, now. */
    public static Cause outside(Outside.Kind kind, String name, Actor actor) {
        var id = Uuids.v7();
        return outside(id, new Outside(kind, id, Instant.now(), name), actor, Optional.empty());
    }

    /** An outside cause; several may share a correlation, as the requests of one trace do. */
    public static Cause outside(UUID correlationId, Outside outside, Actor actor, Optional<String> traceparent) {
        return new Cause(correlationId, outside.id(), actor, Optional.of(outside), traceparent);
    }

    /** The same cause, with somebody else acting. */
    public Cause by(Actor other) {
        return new Cause(correlationId, causationId, other, outside, traceparent);
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
        return bound().orElseThrow(() -> new IllegalStateException("no cause is bound to this work"));
    }

    /** The cause of the current work, if a door bound one. */
    public static Optional<Cause> bound() {
        return CAUSE.isBound() ? Optional.of(CAUSE.get()) : Optional.empty();
    }
}
