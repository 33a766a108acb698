package com.ventros.crm.contacts;

import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Text;
import java.util.Locale;

/**
 * A word that people put on contacts. Spelling does not make two of one: a tag is lower case, in one Unicode form, with
 * single blanks.
 */
public record Tag(String name) {

    /** As long as the column. */
    private static final int MAX_LENGTH = 50;

    public Tag {
        if (!name.equals(canonical(name)) || !fits(name)) throw new IllegalArgumentException("not a tag: " + name);
    }

    /** What somebody typed into a field; refused when nothing or too much is left of it. */
    public static Tag typed(String field, String text) {
        if (text == null) throw Refusal.invalid(field, "required", "Say which word.");
        var name = canonical(Text.storable(text));
        if (Text.isInvisible(name) || !fits(name)) throw Refusal.invalid(field, "length", "It has 1 to " + MAX_LENGTH + " characters.");
        return new Tag(name);
    }

    /** As it is kept, whether it is a tag or not. */
    static String canonical(String text) {
        return Text.oneForm(text.toLowerCase(Locale.ROOT))
                .replaceAll("[\\s\\p{Z}\\p{Cntrl}]+", " ").strip();
    }

    private static boolean fits(String name) {
        return !name.isEmpty() && name.codePointCount(0, name.length()) <= MAX_LENGTH;
    }

    @Override
    public String toString() {
        return name;
    }
}
