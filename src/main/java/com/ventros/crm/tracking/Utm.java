package com.ventros.crm.tracking;

import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Text;
import java.util.Locale;
import java.util.Optional;

/**
 * How marketing says where somebody came from: the five words that are called UTM. In small letters, so that Facebook and
 * facebook are one source.
 */
public record Utm(String source, Optional<String> medium, Optional<String> campaign, Optional<String> term, Optional<String> content) {

    private static final int LONGEST = 100;

    /** As somebody types them; of those that may be missing a blank one is. */
    static Utm typed(String source, Optional<String> medium, Optional<String> campaign, Optional<String> term, Optional<String> content) {
        return new Utm(word("utm.source", source).orElseThrow(() ->
                Refusal.invalid("utm.source", "required", "Say of which source it is, such as instagram.")),
                medium.flatMap(typed -> word("utm.medium", typed)), campaign.flatMap(typed -> word("utm.campaign", typed)),
                term.flatMap(typed -> word("utm.term", typed)), content.flatMap(typed -> word("utm.content", typed)));
    }

    /** One of the words; empty when nothing stands there. */
    static Optional<String> word(String field, String typed) {
        var word = Text.storable(typed).strip().toLowerCase(Locale.ROOT);
        if (word.codePointCount(0, word.length()) > LONGEST || word.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.invalid(field, "length", "This has at most " + LONGEST + " visible characters.");
        }
        return Optional.of(word).filter(some -> !some.isEmpty());
    }
}
