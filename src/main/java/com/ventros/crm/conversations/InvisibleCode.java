package com.ventros.crm.conversations;

import java.util.Optional;

/**
 * A number in a text that nobody sees: how a first message says which link its writer came by.
 *
 * <p>It is written with U+2060 to U+2064 (word joiner and the invisible operators of formulas), which no font draws, no blank
 * is trimmed with, no normal form changes and no emoji is made of: joiners and selectors of emoji, blanks of no width and marks
 * of direction are other characters. A frame stands at both ends, and a checksum in it, so that what is damaged is no code.
 * What a program puts between its characters does no harm: it is none of them, and stays in the text.
 */
public final class InvisibleCode {

    /**
     * A code that was found.
     *
     * @param text what is left without it: what its writer saw
     */
    public record Found(long code, String text) {}

    /** Where a code ends, and what stands between its characters. */
    private record Read(long code, int end, String between) {}

    /** So many numbers that nobody meets one by trying. */
    public static final int BITS = 40;
    private static final int CHECK_BITS = 16;
    private static final int BITS_A_CHARACTER = 2;
    private static final char FRAME = '\u2060';
    /** The first of four, one for each pair of bits. */
    private static final char ZERO = '\u2061';
    private static final int BODY = (BITS + CHECK_BITS) / BITS_A_CHARACTER;
    private static final int LENGTH = BODY + 2;
    /** An emoji of several characters at a few of its places, or one of two at each; a frame's other end is looked for no further. */
    private static final int MOST_BETWEEN = 100;
    /** CRC-16 as X.25 has it: every damage within sixteen bits is noticed, of any other all but one in 65,536. */
    private static final int POLYNOMIAL = 0x1021;

    private InvisibleCode() {}

    /** Behind the first word, where neither whatever trims the ends nor whoever writes on at them comes. */
    public static String hide(String text, long code) {
        if (code < 0 || code >>> BITS != 0) throw new IllegalArgumentException("a code has " + BITS + " bits, not " + code);
        int place = 0;
        while (place < text.length() && !isBlank(text.charAt(place))) place++;
        var hidden = new StringBuilder(text.length() + LENGTH).append(text, 0, place).append(FRAME);
        long bits = code << CHECK_BITS | check(code);
        for (int shift = BITS + CHECK_BITS - BITS_A_CHARACTER; shift >= 0; shift -= BITS_A_CHARACTER) {
            hidden.append((char) (ZERO + (bits >>> shift & 3)));
        }
        return hidden.append(FRAME).append(text, place, text.length()).toString();
    }

    /** The first code in a text, and the text without any; nearly all texts have none and are only looked through for its frame. */
    public static Optional<Found> find(String text) {
        int frame = text.indexOf(FRAME);
        if (frame < 0) return Optional.empty();
        var left = new StringBuilder();
        Optional<Long> first = Optional.empty();
        int kept = 0;
        while (frame >= 0) {
            var read = read(text, frame);
            if (read.isPresent()) {
                if (first.isEmpty()) first = read.map(Read::code);
                left.append(text, kept, frame).append(read.get().between());
                kept = read.get().end();
            }
            frame = text.indexOf(FRAME, Math.max(kept, frame + 1));
        }
        var rest = left.append(text, kept, text.length()).toString();
        return first.map(code -> new Found(code, rest));
    }

    /** The text as its writer saw it. */
    static String without(String text) {
        return find(text).map(Found::text).orElse(text);
    }

    /** Whether a text holds what codes are written with; then it can hide none without doubt. */
    public static boolean isIn(String text) {
        return text.chars().anyMatch(one -> one >= FRAME && one <= ZERO + 3);
    }

    private static Optional<Read> read(String text, int frame) {
        var between = new StringBuilder();
        long bits = 0;
        int digits = 0;
        for (int i = frame + 1; i < text.length() && between.length() <= MOST_BETWEEN; i++) {
            char one = text.charAt(i);
            int digit = one - ZERO;
            if (one == FRAME) {
                long code = bits >>> CHECK_BITS;
                return digits == BODY && (bits & 0xFFFF) == check(code) ? Optional.of(new Read(code, i + 1, between.toString())) : Optional.empty();
            }
            if (digit < 0 || digit > 3) {
                between.append(one);
            } else {
                if (++digits > BODY) return Optional.empty();
                bits = bits << BITS_A_CHARACTER | digit;
            }
        }
        return Optional.empty();
    }

    private static int check(long code) {
        int crc = 0xFFFF;
        for (int bit = BITS - 1; bit >= 0; bit--) {
            boolean carry = (crc >>> 15 ^ code >>> bit & 1) != 0;
            crc = crc << 1 & 0xFFFF;
            if (carry) crc ^= POLYNOMIAL;
        }
        return crc;
    }

    private static boolean isBlank(char one) {
        return Character.isWhitespace(one) || Character.isSpaceChar(one);
    }
}
