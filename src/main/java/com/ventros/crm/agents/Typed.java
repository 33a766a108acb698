package com.ventros.crm.agents;

import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Text;

/** What people type about agents; refused when it makes no sense. */
final class Typed {

    /** As long as the columns. */
    private static final int LONGEST_NAME = 200;

    private Typed() {}

    static String name(String typed) {
        var name = typed == null ? "" : Text.storable(typed).strip();
        if (Text.isInvisible(name) || name.codePointCount(0, name.length()) > LONGEST_NAME
                || name.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.invalid("name", "length", "A name has 1 to " + LONGEST_NAME + " visible characters.");
        }
        return name;
    }
}
