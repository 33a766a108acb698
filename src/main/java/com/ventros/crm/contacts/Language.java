package com.ventros.crm.contacts;

import com.ventros.crm.kernel.Refusal;
import java.util.regex.Pattern;

/** The language to speak with somebody: ISO 639 with or without a country, for instance {@code pt-BR} or {@code en}. */
record Language(String tag) {

    private static final Pattern SHAPE = Pattern.compile("[a-z]{2,3}(-[A-Z]{2})?");

    Language {
        if (!SHAPE.matcher(tag).matches()) throw new IllegalArgumentException("not a language: " + tag);
    }

    /** What somebody typed; refused when it is no language. */
    static Language typed(String text) {
        if (!SHAPE.matcher(text).matches()) {
            throw Refusal.invalid("language", "invalid", "A language is written like pt-BR or en.");
        }
        return new Language(text);
    }
}
