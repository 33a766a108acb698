package com.ventros.crm.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneNumberTests {

    @ParameterizedTest(name = "{0} is kept as {1}, {2}")
    @CsvSource({
        "+553198000120,  +5531998000120, the old spelling of a mobile number",
        "+5531998000120, +5531998000120, the same with its ninth digit",
        "+5511998000131, +5511998000131, with the nine since it was new",
        "+551130000130,  +551130000130,  a land line never gets a nine",
        "+5511915000001, +5511915000001, a mobile number whose last eight digits are somebody's land line",
        "+5491155000132, +5491155000132, Argentina has a nine of its own",
        "+4915550000133, +4915550000133, Germany begins with 49155 and is not Brazil",
        "+50588880134,   +50588880134,   Nicaragua begins with 505",
        "+558001234567,  +558001234567,  toll-free"})
    void aBrazilianMobileNumberIsKeptWithItsNinthDigitAndNoOtherIsTouched(String met, String kept, String what) {
        assertThat(new PhoneNumber(met).canonical().e164()).as(what).isEqualTo(kept);
    }

    @Test
    void bothSpellingsAreKnownOnlyWhereBothExist() {
        assertThat(new PhoneNumber("+553198000120").spellings())
                .containsExactly(new PhoneNumber("+5531998000120"), new PhoneNumber("+553198000120"));
        assertThat(new PhoneNumber("+5511915000001").spellings()).containsExactly(new PhoneNumber("+5511915000001"));
        assertThat(new PhoneNumber("+551130000130").spellings()).containsExactly(new PhoneNumber("+551130000130"));
    }

    @ParameterizedTest(name = "{0} in {1} is {2}")
    @CsvSource({
        "(31) 99800-0120,   BR, +5531998000120",
        "031 99800 0120,    BR, +5531998000120",
        "+55 31 9800-0120,  BR, +553198000120",
        "910 000 107,       PT, +351910000107",
        "+1 212 555 0100,   BR, +12125550100"})
    void aNumberThatAPersonTypesIsReadInTheChannelsCountry(String typed, String region, String e164) {
        assertThat(PhoneNumber.parse(typed, region).orElseThrow().e164()).isEqualTo(e164);
    }

    @Test
    void whatIsNoNumberIsNone() {
        assertThat(PhoneNumber.parse("lid 214816000000104", "BR")).isEmpty();
        assertThat(PhoneNumber.parse("", "BR")).isEmpty();
        assertThat(PhoneNumber.ofDigits("0123456789")).isEmpty();
        assertThatThrownBy(() -> new PhoneNumber("5531998000120")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBrazilianMobileNumberIsShownAsTheLibraryWritesIt() throws NumberParseException {
        var library = PhoneNumberUtil.getInstance();
        for (int area = 10; area <= 99; area++) {
            for (var subscriber : List.of("900000000", "912345678", "951830274", "998000101", "999999999")) {
                var number = new PhoneNumber("+55" + area + subscriber);
                assertThat(number.international())
                        .isEqualTo(library.format(library.parse(number.e164(), null), PhoneNumberFormat.INTERNATIONAL));
            }
        }
        assertThat(new PhoneNumber("+5511998000101").international()).isEqualTo("+55 11 99800-0101");
    }
}
