package com.ventros.crm.contacts;

import com.ventros.crm.kernel.PhoneNumber;
import java.util.Comparator;
import java.util.Objects;

/** One thing that names a person: within a project, no two contacts share one. */
public record Identity(Kind kind, String value) implements Comparable<Identity> {

    /** What sort of name it is. */
    public enum Kind {
        /** Telephone number, E.164 in its canonical spelling. */
        PHONE,
        /** Digits of WhatsApp's private id: no phone number, though they may look like one. */
        LID,
        EMAIL,
        /** Id in another system. */
        EXTERNAL
    }

    private static final Comparator<Identity> ORDER =
            Comparator.comparing(Identity::kind).thenComparing(Identity::value);

    public Identity {
        Objects.requireNonNull(kind, "kind");
        if (value == null || value.isBlank()) throw new IllegalArgumentException("an identity has a value");
    }

    public static Identity of(PhoneNumber phone) {
        return new Identity(Kind.PHONE, phone.canonical().e164());
    }

    public static Identity ofLid(String digits) {
        return new Identity(Kind.LID, digits);
    }

    @Override
    public int compareTo(Identity other) {
        return ORDER.compare(this, other);
    }
}
