package com.ventros.crm.embedded;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A part cannot start here, and a person can do something about it: they read two sentences, no stack trace. */
public final class CannotStart extends IllegalStateException {

    private final String what;
    private final String remedy;

    CannotStart(String what, String remedy, Throwable cause) {
        super(what + " " + remedy, cause);
        this.what = what;
        this.remedy = remedy;
    }

    public CannotStart(String what, String remedy) {
        this(what, remedy, null);
    }

    /** Spring finds it by {@code META-INF/spring.factories}. */
    static final class Analyzer extends AbstractFailureAnalyzer<CannotStart> {
        @Override
        protected FailureAnalysis analyze(Throwable root, CannotStart reason) {
            return new FailureAnalysis(reason.what, reason.remedy, root);
        }
    }
}
