package com.ventros.crm.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

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

    private static byte[] filled(int with) {
        var key = new byte[Secrets.KEY_BYTES];
        Arrays.fill(key, (byte) with);
        return key;
    }
}
