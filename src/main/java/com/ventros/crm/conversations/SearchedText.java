package com.ventros.crm.conversations;

import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Text;
import com.ventros.crm.specifications.Folding;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What somebody looks for in messages: words that all occur, each perhaps as the beginning of one; capitals and accents
 * do not matter.
 *
 * @param words folded, none twice
 */
public record SearchedText(List<String> words) {

    /** Where something was found, in UTF-16 units as JavaScript and Java count them. */
    public record Match(int start, int end) {}

    /** As in {@code message_words} of the database, which says the same of every message. */
    private static final Pattern BORDER = Pattern.compile("[\\u0001-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u00bf"
            + "\\u2000-\\u206f\\u20a0-\\u20cf\\u2190-\\u2bff\\u3000-\\u303f\\ufe00-\\ufe0f\\x{1F000}-\\x{1FAFF}]+");
    private static final int LONGEST_WORD = 60;
    private static final int LONGEST = 200;
    /** Each is looked up; nobody remembers more of a message. */
    private static final int MOST_WORDS = 10;
    /** A single letter begins too many words to be looked up, so it is one of its own. */
    private static final int SHORTEST_BEGINNING = 2;

    public SearchedText {
        words = List.copyOf(words);
    }

    /** What was typed; refused when there is no word in it. */
    public static SearchedText typed(String text) {
        var words = new LinkedHashSet<String>();
        if (text.codePointCount(0, text.length()) > LONGEST) throw refused();
        for (var word : BORDER.split(Folding.fold(Text.storable(text)))) {
            if (!word.isEmpty()) words.add(Text.cut(word, LONGEST_WORD));
        }
        if (words.isEmpty() || words.size() > MOST_WORDS) throw refused();
        return new SearchedText(List.copyOf(words));
    }

    private static Refusal refused() {
        return Refusal.invalid("q", "length", "Say 1 to " + MOST_WORDS + " words, " + LONGEST + " characters at most.");
    }

    /** For PostgreSQL; no word has a sign in it that would mean something there. */
    String tsquery() {
        return words.stream().map(word -> "'" + word + "'" + (isBeginning(word) ? ":*" : "")).collect(Collectors.joining(" & "));
    }

    /** Where each of the words begins a word of the text, or is one, in the text's order. */
    public List<Match> in(String text) {
        var matches = new ArrayList<Match>();
        var folded = Folding.fold(text);
        var borders = BORDER.matcher(folded);
        var start = 0;
        while (start <= folded.length()) {
            var found = borders.find();
            var end = found ? borders.start() : folded.length();
            if (end > start) match(folded.substring(start, end), start, matches);
            if (!found) break;
            start = borders.end();
        }
        return matches;
    }

    private void match(String word, int start, List<Match> matches) {
        var longest = 0;
        for (var wanted : words) {
            if (isBeginning(wanted) ? word.startsWith(wanted) : word.equals(wanted)) longest = Math.max(longest, wanted.length());
        }
        if (longest > 0) matches.add(new Match(start, start + longest));
    }

    private static boolean isBeginning(String word) {
        return word.codePointCount(0, word.length()) >= SHORTEST_BEGINNING;
    }
}
