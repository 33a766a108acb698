package com.ventros.crm.kernel;

import java.util.List;

/**
 * A request that the domain refuses, for a reason the caller can act on.
 * At the HTTP door it becomes an RFC 9457 problem with this {@code code}.
 */
public class Refusal extends RuntimeException {

    /** What sort of refusal it is; the door maps it to a status. */
    public enum Kind { INVALID, UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT, STALE, TOO_MANY, UNAVAILABLE }

    /** What is wrong with one field of the request. */
    public record FieldError(String field, String code, String detail) {}

    private final Kind kind;
    private final String code;
    private final List<FieldError> errors;

    public Refusal(Kind kind, String code, String detail, List<FieldError> errors) {
        super(detail);
        this.kind = kind;
        this.code = code;
        this.errors = List.copyOf(errors);
    }

    public Refusal(Kind kind, String code, String detail) {
        this(kind, code, detail, List.of());
    }

    /** The thing is not there, or belongs to somebody else, which looks the same. */
    public static Refusal notFound(String what) {
        return new Refusal(Kind.NOT_FOUND, what + "_not_found", "There is no such " + what.replace('_', ' ') + ".");
    }

    /** One field of the request does not hold what it should. */
    public static Refusal invalid(String field, String code, String detail) {
        return new Refusal(Kind.INVALID, "validation_failed", detail, List.of(new FieldError(field, code, detail)));
    }

    public static Refusal conflict(String code, String detail) {
        return new Refusal(Kind.CONFLICT, code, detail);
    }

    public Kind kind() {
        return kind;
    }

    /** Stable, lower case with underscores; part of the API. */
    public String code() {
        return code;
    }

    public List<FieldError> errors() {
        return errors;
    }
}
