package com.ventros.crm.vault;

import com.ventros.crm.embedded.CannotStart;
import com.ventros.crm.embedded.EmbeddedProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Finds the master key: from the settings, else in a file of the data folder. Beside the embedded database that file is made at the first
 * start; beside another one it would be lost with the folder, and another in each program, while what it sealed stays in the database.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({SecretsProperties.class, EmbeddedProperties.class})
class VaultConfiguration {

    private static final Logger log = LoggerFactory.getLogger(VaultConfiguration.class);
    private static final String FILE = "secrets-key";
    private static final String EMBEDDED = "embedded";

    @Bean
    Secrets secrets(SecretsProperties settings, EmbeddedProperties embedded, @Value("${spring.datasource.url:" + EMBEDDED + "}") String database) {
        var keys = new ArrayList<byte[]>();
        keys.add(decode(settings.key().filter(key -> !key.isBlank()).orElseGet(() -> keyFile(embedded.dataDir(), database.equals(EMBEDDED)))));
        settings.oldKeys().stream().map(VaultConfiguration::decode).forEach(keys::add);
        return new Secrets(List.copyOf(keys));
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException notBase64) {
            // the text itself must not get into a log, so the cause stays behind
            throw new IllegalStateException("crm.secrets: a key is not Base64 of " + Secrets.KEY_BYTES + " bytes");
        }
    }

    private static String keyFile(Path dataDir, boolean mayBeMade) {
        var file = dataDir.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                if (!mayBeMade) {
                    throw new CannotStart("There is no master key for the secrets in the database.", "Set crm.secrets.key to 32 bytes in Base64"
                            + " (openssl rand -base64 32), the same in all programs, and keep a copy apart from the database.");
                }
                create(file);
            }
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot keep the master key in " + file + "; set crm.secrets.key", failed);
        }
    }

    /** Written aside and then linked into place: whoever finds the file finds a whole key. */
    private static void create(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        var bytes = new byte[Secrets.KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        var aside = Files.createTempFile(file.toAbsolutePath().getParent(), FILE, ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(aside, Base64.getEncoder().encodeToString(bytes));
            Files.createLink(file, aside);
            log.info("Made a master key for secrets in {}; back it up apart from the database", file);
        } catch (FileAlreadyExistsException somebodyWasFaster) {
            log.debug("Another start made {} at the same moment", file);
        } finally {
            Files.deleteIfExists(aside);
        }
    }
}
