package com.ventros.crm.replies;

import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Text;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** A text with gaps that are filled when it is used: <code>Olá, {{contact.firstName|cliente}}!</code>. */
record Template(List<Part> parts) {

    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";
    /** As much of a wrong name as a refusal repeats. */
    private static final int TOLD = 40;

    /** A stretch of the text. */
    sealed interface Part {
        record Words(String text) implements Part {}

        /** {@code otherwise} is said when the variable has no value, and may be nothing at all. */
        record Gap(String variable, Optional<String> otherwise) implements Part {}
    }

    /** The text with its gaps filled; {@code missing} are those that have neither value nor default, and stand as they were. */
    record Filled(String text, List<String> missing) {}

    /** Refused when a gap does not end, holds another, or is for something unknown. */
    static Template read(String text, Predicate<String> known) {
        var parts = new ArrayList<Part>();
        var at = 0;
        for (var open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, at)) {
            var close = text.indexOf(CLOSE, open + OPEN.length());
            if (close < 0) throw Refusal.invalid("text", "variable_unclosed", "A variable ends with }}.");
            if (open > at) parts.add(new Part.Words(text.substring(at, open)));
            if (text.substring(open + OPEN.length(), close).contains(OPEN)) {
                throw Refusal.invalid("text", "variable_nested", "What is said without a value holds no variable itself.");
            }
            var gap = text.substring(open + OPEN.length(), close).split("\\|", 2);
            var variable = gap[0].strip();
            if (!known.test(variable)) {
                throw Refusal.invalid("text", "variable_unknown", "There is no variable " + Text.cut(variable, TOLD) + ".");
            }
            parts.add(new Part.Gap(variable, gap.length == 1 ? Optional.empty() : Optional.of(gap[1].strip())));
            at = close + CLOSE.length();
        }
        if (at < text.length()) parts.add(new Part.Words(text.substring(at)));
        return new Template(List.copyOf(parts));
    }

    /** What a value says is words, whatever it looks like: a contact may be called {{agent.name}}. */
    Filled fill(Function<String, Optional<String>> values) {
        var text = new StringBuilder();
        var missing = new LinkedHashSet<String>();
        for (var part : parts) {
            switch (part) {
                case Part.Words(var words) -> text.append(words);
                case Part.Gap(var variable, var otherwise) -> text.append(values.apply(variable).or(() -> otherwise)
                        .orElseGet(() -> {
                            missing.add(variable);
                            return OPEN + variable + CLOSE;
                        }));
            }
        }
        return new Filled(text.toString(), List.copyOf(missing));
    }
}
