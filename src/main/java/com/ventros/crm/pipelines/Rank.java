package com.ventros.crm.pipelines;

import com.ventros.crm.kernel.Refusal;
import java.util.Optional;

/**
 * Where a card stands in its column: a text that sorts by its characters, with room for another between any two.
 *
 * <p>The beginning is a whole number whose first letter tells its length ({@code a} and two digits, {@code b} and
 * three, ...; {@code Z} and {@code Y} for those below), so that cards put at the top or the end of a column make no
 * longer ranks; what follows is a fraction. As in David Greenspan's "Implementing Fractional Indexing".
 */
record Rank(String text) {

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int BASE = DIGITS.length();
    private static final char LOWEST = 'A';
    private static final char HIGHEST = 'z';
    /** As the column allows; reached only by about a thousand cards put, one after the other, into the same gap. */
    private static final int LONGEST = 200;

    /** A rank after the one and before the other; empty for the column's ends. */
    static Rank between(Optional<Rank> after, Optional<Rank> before) {
        var text = between(after.map(Rank::text).orElse(null), before.map(Rank::text).orElse(null));
        if (text.length() > LONGEST) {
            throw Refusal.conflict("position_exhausted", "There is no more room between these two; choose another place.");
        }
        return new Rank(text);
    }

    private static String between(String a, String b) {
        if (a != null && b != null && a.compareTo(b) >= 0) throw new IllegalArgumentException(a + " is not before " + b);
        if (a == null && b == null) return "a0";
        if (a == null) {
            var whole = whole(b);
            if (whole.length() < b.length()) return whole;
            var below = below(whole);
            return below == null ? whole + middle("", b.substring(whole.length())) : below;
        }
        var whole = whole(a);
        var above = above(whole);
        if (b == null) return above == null ? whole + middle(a.substring(whole.length()), null) : above;
        if (whole.equals(whole(b))) return whole + middle(a.substring(whole.length()), b.substring(whole.length()));
        return above != null && above.compareTo(b) < 0 ? above : whole + middle(a.substring(whole.length()), null);
    }

    /** A fraction between two that do not end with a zero; null for one. */
    private static String middle(String a, String b) {
        if (b != null) {
            int same = 0;
            while (same < b.length() && (same < a.length() ? a.charAt(same) : '0') == b.charAt(same)) same++;
            if (same > 0) {
                return b.substring(0, same) + middle(a.substring(Math.min(same, a.length())), b.substring(same));
            }
        }
        int low = a.isEmpty() ? 0 : DIGITS.indexOf(a.charAt(0));
        int high = b == null ? BASE : DIGITS.indexOf(b.charAt(0));
        if (high - low > 1) return String.valueOf(DIGITS.charAt((low + high + 1) / 2));
        if (b != null && b.length() > 1) return b.substring(0, 1);
        return DIGITS.charAt(low) + middle(a.isEmpty() ? "" : a.substring(1), null);
    }

    private static String whole(String rank) {
        char head = rank.charAt(0);
        return rank.substring(0, head >= 'a' ? head - 'a' + 2 : 'Z' - head + 2);
    }

    private static String above(String whole) {
        var digits = new StringBuilder(whole.substring(1));
        for (int i = digits.length() - 1; i >= 0; i--) {
            int next = DIGITS.indexOf(digits.charAt(i)) + 1;
            digits.setCharAt(i, DIGITS.charAt(next % BASE));
            if (next < BASE) return whole.charAt(0) + digits.toString();
        }
        char head = whole.charAt(0);
        if (head == HIGHEST) return null;
        if (head == 'Z') return "a0";
        char next = (char) (head + 1);
        return next + (next > 'a' ? digits.append('0').toString() : digits.substring(1));
    }

    private static String below(String whole) {
        var digits = new StringBuilder(whole.substring(1));
        for (int i = digits.length() - 1; i >= 0; i--) {
            int next = DIGITS.indexOf(digits.charAt(i)) - 1;
            digits.setCharAt(i, DIGITS.charAt(Math.floorMod(next, BASE)));
            if (next >= 0) return whole.charAt(0) + digits.toString();
        }
        char head = whole.charAt(0);
        if (head == LOWEST) return null;
        if (head == 'a') return "Zz";
        char next = (char) (head - 1);
        return next + (next < 'Z' ? digits.append('z').toString() : digits.substring(1));
    }
}
