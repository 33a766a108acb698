package com.ventros.crm.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TotpTests {

    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
    private static final Instant NOW = Instant.ofEpochSecond(1_111_111_111);

    /** Appendix B of RFC 6238, the last six of its eight digits. */
    @Test
    void itComputesWhatTheStandardDoes() {
        Map.of(59L, "287082", 1_111_111_109L, "081804", 1_111_111_111L, "050471", 1_234_567_890L, "005924",
                2_000_000_000L, "279037", 20_000_000_000L, "353130").forEach((second, code) ->
                assertThat(Totp.code(SECRET, Totp.step(Instant.ofEpochSecond(second)))).isEqualTo(code));
    }

    @Test
    void aPhoneMayBeALittleEarlyOrLate() {
        var step = Totp.step(NOW);
        for (var near = step - 1; near <= step + 1; near++) {
            assertThat(Totp.stepOf(Totp.code(SECRET, near), SECRET, NOW, -1)).hasValue(near);
        }
        assertThat(Totp.stepOf(Totp.code(SECRET, step - 2), SECRET, NOW, -1)).isEmpty();
        assertThat(Totp.stepOf(Totp.code(SECRET, step + 2), SECRET, NOW, -1)).isEmpty();
    }

    @Test
    void aCodeThatWasTakenOrOneBeforeItIsNotTakenAgain() {
        var step = Totp.step(NOW);
        assertThat(Totp.stepOf(Totp.code(SECRET, step), SECRET, NOW, step)).isEmpty();
        assertThat(Totp.stepOf(Totp.code(SECRET, step - 1), SECRET, NOW, step)).isEmpty();
        assertThat(Totp.stepOf(Totp.code(SECRET, step + 1), SECRET, NOW, step)).hasValue(step + 1);
    }

    /** Section 10 of RFC 4648, and the secret above. */
    @Test
    void secretsAreWrittenAsAppsReadThem() {
        Map.of("", "", "f", "MY", "fo", "MZXQ", "foo", "MZXW6", "foob", "MZXW6YQ", "fooba", "MZXW6YTB", "foobar", "MZXW6YTBOI")
                .forEach((plain, text) -> assertThat(Totp.base32(plain.getBytes(StandardCharsets.US_ASCII))).isEqualTo(text));
        assertThat(Totp.base32(SECRET)).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }

    @Test
    void recoveryCodesAreReadHoweverTheyAreTyped() {
        var seen = new HashSet<String>();
        for (int i = 0; i < 100; i++) {
            var code = RecoveryCode.create();
            assertThat(seen.add(code.text())).isTrue();
            assertThat(code.text()).matches("(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}");
            assertThat(RecoveryCode.typed(" " + code.text().toLowerCase().replace("-", " ")).hash()).isEqualTo(code.hash());
        }
    }
}
