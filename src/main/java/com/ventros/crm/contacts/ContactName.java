package com.ventros.crm.contacts;

import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Text;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * What a contact is called, by whose word and since when. Of two names the {@linkplain #orBetter better} counts,
 * so that the result is the same in whatever order they are told.
 */
record ContactName(String text, SetBy by, Instant at) {

    /** Whose word it is, or that a merged contact lends it; a later constant outweighs an earlier one. */
    enum SetBy { MERGED, CHANNEL, PERSON }

    /** As long as the column; longer names from outside are cut, from people refused. */
    static final int MAX_LENGTH = 200;

    private static final Comparator<ContactName> WORTH = Comparator.comparing(ContactName::by)
            .thenComparing(ContactName::at).thenComparing(ContactName::text, Text.BY_CODE_POINTS);

    /** As the channel tells it; empty when nothing is left of it. */
    static Optional<ContactName> told(String pushName, Instant at) {
        var text = Text.cut(canonical(pushName), MAX_LENGTH).strip();
        return Text.isInvisible(text) ? Optional.empty() : Optional.of(new ContactName(text, SetBy.CHANNEL, at));
    }

    /** As a person says it; refused when nothing or too much is left of it. */
    static ContactName typed(String text, Instant at) {
        var name = canonical(text);
        if (Text.isInvisible(name) || name.codePointCount(0, name.length()) > MAX_LENGTH) {
            throw Refusal.invalid("name", "length", "A name has 1 to " + MAX_LENGTH + " characters.");
        }
        return new ContactName(name, SetBy.PERSON, at);
    }

    /** As it is kept, whether it is a name or not: in one Unicode form, so that what looks the same is found. */
    static String canonical(String text) {
        return Text.oneForm(Text.storable(text).strip());
    }

    /** As a contact without name borrows it from one that is shown as a part of it. */
    ContactName lent() {
        return new ContactName(text, SetBy.MERGED, at);
    }

    boolean isLent() {
        return by == SetBy.MERGED;
    }

    /** A person's word outweighs the channel's; of equals the newer counts. */
    ContactName orBetter(ContactName other) {
        return WORTH.compare(other, this) > 0 ? other : this;
    }
}
