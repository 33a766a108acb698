package com.ventros.crm.tracking;

import com.ventros.crm.conversations.InvisibleCode;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;

/** What names a link in its address, and hidden in the text of whoever came by it. */
record LinkCode(long value) {

    /** Of digits and letters those that nobody mistakes for another (Crockford's), so that an address can be read out. */
    private static final String LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int BITS_A_LETTER = 5;
    private static final int LENGTH = InvisibleCode.BITS / BITS_A_LETTER;
    private static final SecureRandom RANDOM = new SecureRandom();

    static LinkCode random() {
        return new LinkCode(RANDOM.nextLong() >>> Long.SIZE - InvisibleCode.BITS);
    }

    /** As it stands in an address; what somebody copied with capitals, or an O for a nought, is read as it was meant. */
    static Optional<LinkCode> read(String typed) {
        if (typed.length() != LENGTH) return Optional.empty();
        long value = 0;
        for (var letter : typed.toLowerCase(Locale.ROOT).replace('o', '0').replace('i', '1').replace('l', '1').toCharArray()) {
            int digit = LETTERS.indexOf(letter);
            if (digit < 0) return Optional.empty();
            value = value << BITS_A_LETTER | digit;
        }
        return Optional.of(new LinkCode(value));
    }

    String text() {
        var text = new StringBuilder();
        for (int shift = InvisibleCode.BITS - BITS_A_LETTER; shift >= 0; shift -= BITS_A_LETTER) {
            text.append(LETTERS.charAt((int) (value >>> shift) & LETTERS.length() - 1));
        }
        return text.toString();
    }
}
