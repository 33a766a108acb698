package com.ventros.crm.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ventros.crm.embedded.CannotStart;
import com.ventros.crm.embedded.EmbeddedProperties;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTests {

    private static final byte[] PLAIN = "o segredo".getBytes(UTF_8);

    private final byte[] oldMaster = filled(1);
    private final byte[] newMaster = filled(2);
    private final Secrets secrets = new Secrets(List.of(newMaster));

    @Test
    void whatIsSealedIsOpenedAgain() {
        assertThat(secrets.decrypt(secrets.encrypt(PLAIN, "channel:1"), "channel:1")).isEqualTo(PLAIN);
    }

    @Test
    void sealingTwiceShowsNotThatItIsTheSame() {
        assertThat(secrets.encrypt(PLAIN, "a")).isNotEqualTo(secrets.encrypt(PLAIN, "a"));
    }

    @Test
    void aSealedValueIsOfNoUseElsewhere() {
        var sealed = secrets.encrypt(PLAIN, "channel:1");
        assertThatThrownBy(() -> secrets.decrypt(sealed, "channel:2")).isInstanceOf(Secrets.CannotOpen.class);
    }

    @Test
    void everyChangedByteIsNoticed() {
        var sealed = secrets.encrypt(PLAIN, "a");
        for (int i = 0; i < sealed.length; i++) {
            var changed = sealed.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> secrets.decrypt(changed, "a")).isInstanceOf(Secrets.CannotOpen.class);
        }
        for (int length = 0; length < sealed.length; length++) {
            var cut = Arrays.copyOf(sealed, length);
            assertThatThrownBy(() -> secrets.decrypt(cut, "a")).isInstanceOf(Secrets.CannotOpen.class);
        }
    }

    @Test
    void afterARotationTheOldIsOpenedAndTheNewSeals() {
        var sealedBefore = new Secrets(List.of(oldMaster)).encrypt(PLAIN, "a");
        var rotated = new Secrets(List.of(newMaster, oldMaster));
        assertThat(rotated.decrypt(sealedBefore, "a")).isEqualTo(PLAIN);
        assertThat(rotated.isOld(sealedBefore)).isTrue();
        assertThat(rotated.isOld(rotated.encrypt(PLAIN, "a"))).isFalse();
        assertThatThrownBy(() -> secrets.decrypt(sealedBefore, "a")).isInstanceOf(Secrets.CannotOpen.class);
    }

    @Test
    void derivedKeysAreStableAndApart() {
        assertThat(secrets.derive("tokens")).hasSize(Secrets.KEY_BYTES).isEqualTo(secrets.derive("tokens"))
                .isNotEqualTo(secrets.derive("other"));
    }

    @Test
    void aKeyIsMadeBesideTheEmbeddedDatabaseOnly(@TempDir Path folder) throws IOException {
        var unset = new SecretsProperties(Optional.empty(), List.of());
        var embedded = new EmbeddedProperties(folder, Optional.empty(), false, "256MB");
        var vault = new VaultConfiguration();
        var external = "jdbc:postgresql://db.example/crm";
        assertThatThrownBy(() -> vault.secrets(unset, embedded, external)).isInstanceOf(CannotStart.class).hasMessageContaining("crm.secrets.key");
        assertThat(folder).isEmptyDirectory();
        var given = new SecretsProperties(Optional.of(Base64.getEncoder().encodeToString(newMaster)), List.of());
        assertThat(vault.secrets(given, embedded, external).decrypt(secrets.encrypt(PLAIN, "a"), "a")).isEqualTo(PLAIN);

        var sealed = vault.secrets(unset, embedded, "embedded").encrypt(PLAIN, "a");
        assertThat(vault.secrets(unset, embedded, external).decrypt(sealed, "a")).as("one that is there goes on being read").isEqualTo(PLAIN);
    }

    private static byte[] filled(int with) {
        var key = new byte[Secrets.KEY_BYTES];
        Arrays.fill(key, (byte) with);
        return key;
    }
}
