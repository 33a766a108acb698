package com.ventros.crm.http;

/** A request that cannot even be understood: answered with 400, whereas a well-formed one with wrong values gets 422. */
public final class Malformed extends RuntimeException {

    private final String code;

    public Malformed(String code, String detail) {
        super(detail);
        this.code = code;
    }

    /** Stable, lower case with underscores; part of the API. */
    public String code() {
        return code;
    }
}
