package com.ventros.crm.vault;

import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The master key.
 *
 * @param key     32 bytes in Base64 that seal from now on; made and kept in {@code <data-dir>/secrets-key} when not
 *                set and the database is the embedded one. Several nodes need the same one
 * @param oldKeys keys that sealed before, still able to open
 */
@ConfigurationProperties("crm.secrets")
public record SecretsProperties(Optional<String> key, @DefaultValue List<String> oldKeys) {

    @Override
    public String toString() {
        return "SecretsProperties[hidden]";
    }
}
