package com.ventros.crm.contacts;

import com.ventros.crm.kernel.EmailAddress;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Text;
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

    /** Longer than the ids of any system we know. */
    private static final int MAX_EXTERNAL = 200;

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

    /**
     * What somebody typed; refused when it is no value of this kind.
     *
     * @param field  the request's field, for the refusal
     * @param region how a number without country code is read
     */
    static Identity typed(String field, Kind kind, String text, String region) {
        if (text == null) throw Refusal.invalid(field, "required", "Say which.");
        var value = Text.storable(text).strip();
        return switch (kind) {
            case PHONE -> of(PhoneNumber.parse(value, region).orElseThrow(() ->
                    Refusal.invalid(field, "invalid", "This is not a telephone number.")));
            case EMAIL -> {
                try {
                    yield new Identity(Kind.EMAIL, new EmailAddress(EmailAddress.canonical(value)).value());
                } catch (IllegalArgumentException noAddress) {
                    throw Refusal.invalid(field, "invalid", "This is not an e-mail address.");
                }
            }
            case EXTERNAL -> {
                if (value.isEmpty() || value.codePointCount(0, value.length()) > MAX_EXTERNAL) {
                    throw Refusal.invalid(field, "length", "An id has 1 to " + MAX_EXTERNAL + " characters.");
                }
                yield new Identity(Kind.EXTERNAL, value);
            }
            case LID -> throw Refusal.invalid(field, "invalid", "A private id is proven by its channel, never typed.");
        };
    }

    /** Whether messages come from it. */
    boolean isOnWhatsApp() {
        return kind == Kind.PHONE || kind == Kind.LID;
    }

    @Override
    public int compareTo(Identity other) {
        return ORDER.compare(this, other);
    }
}
