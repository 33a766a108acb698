package com.ventros.crm.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ventros.crm.kernel.Refusal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaxIdTests {

    private static final String GOOD_CNPJ = "12ABC34501DE35";
    private static final String GOOD_CPF = "52998224725";

    /** The third is the example that the Receita Federal gives for a CNPJ with letters. */
    @ParameterizedTest
    @CsvSource({"529.982.247-25, 52998224725", "11.222.333/0001-81, 11222333000181", "12.abc.345/01de-35, 12ABC34501DE35",
            "00.000.000/0001-91, 00000000000191"})
    void whatBrazilGivesIsKeptWithoutItsPoints(String typed, String kept) {
        assertThat(TaxId.typed(typed, "BR").value()).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "52998224726", "529982247250", "11111111111", "00000000000000", "11222333000182", "12ABC34501DEAB", "AAAAAAAAAAA",
            "１１２２２３３３０００１８１"})
    void nonsenseIsRefused(String typed) {
        assertThatThrownBy(() -> TaxId.typed(typed, "BR")).isInstanceOf(Refusal.class);
    }

    @Test
    void aDigitThatIsMistypedIsNoticed() {
        var random = new Random(52);
        for (var good : new String[] {GOOD_CPF, GOOD_CNPJ}) {
            for (int n = 0; n < 200; n++) {
                var at = random.nextInt(good.length());
                var other = (char) ('0' + random.nextInt(10));
                if (other == good.charAt(at) || Character.isLetter(good.charAt(at))) continue;
                var wrong = good.substring(0, at) + other + good.substring(at + 1);
                assertThatThrownBy(() -> TaxId.typed(wrong, "BR")).as(wrong).isInstanceOf(Refusal.class);
            }
        }
    }

    @Test
    void ofOtherCountriesNothingIsKnownButItsLength() {
        assertThat(TaxId.typed(" de 123456789 ", "DE").value()).isEqualTo("DE 123456789");
        assertThatThrownBy(() -> TaxId.typed("x".repeat(41), "PT")).isInstanceOf(Refusal.class);
    }
}
