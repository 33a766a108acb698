package com.ventros.crm.events;

/** A consumer met something that no repetition will mend; the delivery goes to the dead letters at once. */
public class PermanentFailure extends RuntimeException {

    private final String code;

    public PermanentFailure(String code, String detail) {
        super(detail);
        this.code = code;
    }

    public PermanentFailure(String code, String detail, Throwable cause) {
        super(detail, cause);
        this.code = code;
    }

    /** Stable reason, lower case with underscores. */
    public String code() {
        return code;
    }
}
