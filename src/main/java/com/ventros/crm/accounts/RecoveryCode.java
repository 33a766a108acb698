package com.ventros.crm.accounts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Locale;

/** A code on paper for whoever has lost the phone. It is random and long, so a plain hash is enough. */
record RecoveryCode(String letters) {

    /** Crockford's alphabet: nothing in it is mistaken for something else. */
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    /** Eighty bits: beyond trying all of them, even for a thief of the table. */
    private static final int LENGTH = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    static RecoveryCode create() {
        var letters = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) letters.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        return new RecoveryCode(letters.toString());
    }

    /** What somebody typed, with whatever blanks and dashes. */
    static RecoveryCode typed(String text) {
        return new RecoveryCode(text.toUpperCase(Locale.ROOT).replaceAll("[^0-9A-Z]", ""));
    }

    /** In groups of four. */
    String text() {
        return letters.replaceAll("(.{4})(?=.)", "$1-");
    }

    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(letters.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return "RecoveryCode[hidden]";
    }
}
