package com.ventros.crm.channels;

import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.vault.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a channel keeps secret, as the vault sealed it.
 *
 * @param apiKey     opens WAHA to us; empty for a server without one
 * @param hmacSecret proves that a delivery comes from WAHA, or to a company's program that it comes from us; never missing
 */
record SealedSecrets(Optional<byte[]> apiKey, byte[] hmacSecret) {

    private static final int LONGEST = 500;
    /** Below that a secret can be found by trying while one delivery of WAHA is at hand. */
    private static final int SHORTEST_HMAC_SECRET = 16;

    static byte[] sealApiKey(Secrets vault, TenantId tenant, ChannelId channel, String apiKey) {
        if (apiKey.isBlank() || apiKey.length() > LONGEST) {
            throw Refusal.invalid("waha.apiKey", "api_key_invalid", "The API key is empty or too long.");
        }
        return vault.encrypt(apiKey.strip().getBytes(StandardCharsets.UTF_8), placeOfApiKey(tenant, channel));
    }

    static byte[] sealHmacSecret(Secrets vault, TenantId tenant, ChannelId channel, ChannelAddress of, String secret) {
        if (secret == null || secret.length() < SHORTEST_HMAC_SECRET || secret.length() > LONGEST) {
            throw Refusal.invalid(of instanceof WahaAddress ? "waha.hmacSecret" : "api.secret", "hmac_secret_invalid",
                    "The signing secret needs " + SHORTEST_HMAC_SECRET + " to " + LONGEST + " letters.");
        }
        return vault.encrypt(secret.getBytes(StandardCharsets.UTF_8), placeOfHmacSecret(tenant, channel));
    }

    static String openApiKey(Secrets vault, TenantId tenant, ChannelId channel, byte[] sealed) {
        return new String(vault.decrypt(sealed, placeOfApiKey(tenant, channel)), StandardCharsets.UTF_8);
    }

    static byte[] openHmacSecret(Secrets vault, TenantId tenant, ChannelId channel, byte[] sealed) {
        return vault.decrypt(sealed, placeOfHmacSecret(tenant, channel));
    }

    static String placeOfApiKey(TenantId tenant, ChannelId channel) {
        return place("api-key", tenant, channel);
    }

    static String placeOfHmacSecret(TenantId tenant, ChannelId channel) {
        return place("hmac-secret", tenant, channel);
    }

    private static String place(String field, TenantId tenant, ChannelId channel) {
        return "waha-" + field + ":" + tenant + ":" + channel;
    }
}
