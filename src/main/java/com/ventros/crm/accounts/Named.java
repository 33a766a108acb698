package com.ventros.crm.accounts;

import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Text;

/** Names that people give: something visible, and not a novel. */
final class Named {

    private static final int MAX_LENGTH = 200;

    private Named() {}

    /** The name without surrounding space; refused when nothing, or too much, is left. */
    static String checked(String field, String name) {
        var stripped = name.strip();
        if (Text.isInvisible(stripped)) throw Refusal.invalid(field, "required", "Say a name.");
        if (stripped.length() > MAX_LENGTH || stripped.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.invalid(field, "length", "A name has 1 to " + MAX_LENGTH + " visible characters.");
        }
        return stripped;
    }
}
