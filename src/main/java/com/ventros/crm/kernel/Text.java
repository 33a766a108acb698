package com.ventros.crm.kernel;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.regex.Pattern;

/** Text from outside, made fit to be kept and compared. */
public final class Text {

    /** The order of PostgreSQL's collation "C" over UTF-8; Java's own order puts emoji before some other characters. */
    public static final Comparator<String> BY_CODE_POINTS =
            (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

    /** Blanks, signs that only steer how others are shown, and what is shown as nothing. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Z}\\p{Cc}\\p{Cf}\\p{Mn}\\u115F\\u1160\\u2800\\u3164\\uFFA0]*");

    private Text() {}

    /** Whether there is nothing in it that anybody could see: what people type like that is as good as empty. */
    public static boolean isInvisible(String text) {
        return INVISIBLE.matcher(text).matches();
    }

    /** The text without what PostgreSQL cannot hold: NUL is dropped, half a surrogate pair becomes U+FFFD. */
    public static String storable(String text) {
        if (isStorable(text)) return text;
        var clean = new StringBuilder(text.length());
        text.codePoints().filter(c -> c != 0)
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    /** The same signs in one form: "ã" is one character or two, whichever keyboard wrote it. */
    public static String oneForm(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /** The first {@code length} characters at most, never half of one. */
    public static String cut(String text, int length) {
        if (text.codePointCount(0, text.length()) <= length) return text;
        return text.substring(0, text.offsetByCodePoints(0, length));
    }

    /** Whether PostgreSQL can hold the text as it is. */
    public static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) return false;
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) i++;
            else if (Character.isSurrogate(c)) return false;
        }
        return true;
    }
}
