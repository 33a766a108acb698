package com.ventros.crm.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets with AES-256-GCM under one master key, and opens what older master keys sealed.
 *
 * <p>Sealed bytes are: version, id of the key, nonce, cipher text with tag. The id is part of the master key's own
 * hash, so that a rotation needs no bookkeeping: the new key comes first and the old one stays among those that open.
 */
public final class Secrets {

    /** Bytes of a master key, and of every key derived from one: AES-256. */
    public static final int KEY_BYTES = 32;

    private static final byte VERSION = 1;
    private static final int KEY_ID_BYTES = 4;
    /** What GCM is made for; at random it is safe for some four thousand million seals under one key. */
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int HEADER_BYTES = 1 + KEY_ID_BYTES;

    private final byte[] newest;
    private final int newestId;
    private final Map<Integer, SecretKeySpec> sealingKeys = new LinkedHashMap<>();
    private final SecureRandom random = new SecureRandom();

    /** @param masterKeys the one that seals first, then those that still open */
    public Secrets(List<byte[]> masterKeys) {
        for (var master : masterKeys) {
            if (master.length != KEY_BYTES) {
                throw new IllegalArgumentException("a master key has " + KEY_BYTES + " bytes, not " + master.length);
            }
            sealingKeys.putIfAbsent(id(master), new SecretKeySpec(hkdf(master, "seal"), "AES"));
        }
        newest = masterKeys.getFirst().clone();
        newestId = id(newest);
    }

    /**
     * Seals the bytes.
     *
     * @param context what they are and whose, for instance {@code waha-api-key:<channel id>}; needed again to open
     *                them, so that a sealed value cannot be moved to another row
     */
    public byte[] encrypt(byte[] plain, String context) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        var header = ByteBuffer.allocate(HEADER_BYTES).put(VERSION).putInt(newestId).array();
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, sealingKeys.get(newestId), nonce, header, context).doFinal(plain);
            return ByteBuffer.allocate(HEADER_BYTES + NONCE_BYTES + sealed.length)
                    .put(header).put(nonce).put(sealed).array();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has AES-GCM", impossible);
        }
    }

    /** Opens what {@link #encrypt} sealed for the same context. */
    public byte[] decrypt(byte[] sealed, String context) {
        if (sealed.length < HEADER_BYTES + NONCE_BYTES || sealed[0] != VERSION) {
            throw new CannotOpen("these bytes were never sealed here", null);
        }
        var buffer = ByteBuffer.wrap(sealed);
        var header = new byte[HEADER_BYTES];
        buffer.get(header);
        var key = sealingKeys.get(ByteBuffer.wrap(header, 1, KEY_ID_BYTES).getInt());
        if (key == null) throw new CannotOpen("sealed with a master key that is not among those configured", null);
        var nonce = new byte[NONCE_BYTES];
        buffer.get(nonce);
        var rest = new byte[buffer.remaining()];
        buffer.get(rest);
        try {
            return cipher(Cipher.DECRYPT_MODE, key, nonce, header, context).doFinal(rest);
        } catch (GeneralSecurityException changed) {
            throw new CannotOpen("the sealed bytes were changed, or belong to another context", changed);
        }
    }

    /** True when the bytes were sealed with an older key and should be sealed anew. */
    public boolean isOld(byte[] sealed) {
        return ByteBuffer.wrap(sealed, 1, KEY_ID_BYTES).getInt() != newestId;
    }

    /** Whether there are keys that only open. */
    boolean hasOldKeys() {
        return sealingKeys.size() > 1;
    }

    /** A key of 32 bytes for one purpose: always the same one, and it tells nothing about the master key. */
    public byte[] derive(String purpose) {
        return hkdf(newest, "derive:" + purpose);
    }

    /** What was sealed cannot be opened: wrong key, wrong context, or changed bytes. */
    public static final class CannotOpen extends RuntimeException {
        CannotOpen(String why, Throwable cause) {
            super(why, cause);
        }
    }

    private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, byte[] header, String context)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(header);
        cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static byte[] hkdf(byte[] master, String info) {
        try {
            return KDF.getInstance("HKDF-SHA256").deriveData(HKDFParameterSpec.ofExtract().addIKM(master)
                    .thenExpand(("ventros:" + info).getBytes(StandardCharsets.UTF_8), KEY_BYTES));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java since 25 has HKDF", impossible);
        }
    }

    private static int id(byte[] master) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(master)).getInt();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
