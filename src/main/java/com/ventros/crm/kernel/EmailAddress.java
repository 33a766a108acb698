package com.ventros.crm.kernel;

import java.util.Locale;
import java.util.regex.Pattern;

/** An e-mail address as we compare it: without surrounding space, in lower case. */
public record EmailAddress(String value) {

    /** The longest that SMTP can carry. */
    private static final int MAX_LENGTH = 254;
    /** Something, an at sign, a name with a dot; whether anybody reads it, only a letter can tell. */
    private static final Pattern SHAPE = Pattern.compile("[^\\s@\\p{Cntrl}]{1,64}@[^\\s@.\\p{Cntrl}]+(\\.[^\\s@.\\p{Cntrl}]+)+");

    public EmailAddress {
        if (!value.equals(canonical(value)) || value.length() > MAX_LENGTH || !SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("not an e-mail address in lower case");
        }
    }

    /** What somebody typed; refused when it is no address. */
    public static EmailAddress typed(String text) {
        try {
            return new EmailAddress(canonical(text));
        } catch (IllegalArgumentException noAddress) {
            throw Refusal.invalid("email", "invalid", "This is not an e-mail address.");
        }
    }

    /** As it is compared, whether it is an address or not. */
    public static String canonical(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return value;
    }
}
