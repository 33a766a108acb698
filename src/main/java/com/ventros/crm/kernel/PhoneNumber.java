package com.ventros.crm.kernel;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A telephone number in E.164: {@code +}, country code, subscriber, at most 15 digits.
 *
 * <p>Brazilian mobile numbers exist in two spellings, with and without the ninth digit, and WhatsApp keeps many under
 * the old one. Both name one person: {@link #canonical()} gives the one to store and compare (with the nine), and
 * {@link #spellings()} gives both.
 */
public record PhoneNumber(String e164) {

    /** What the library calls a country that nobody knows. */
    private static final String NO_COUNTRY = "ZZ";
    private static final int FEWEST_DIGITS = 6;
    private static final int MOST_DIGITS = 15;
    private static final String BRAZIL = "+55";
    /** +55, area code, nine, then 6 to 9 and seven digits: a mobile number that may have an old spelling. */
    private static final Pattern BRAZIL_WITH_NINE = Pattern.compile("\\+55([1-9]\\d)9([6-9]\\d{7})");
    /** The same number as it was written before the ninth digit came. */
    private static final Pattern BRAZIL_WITHOUT_NINE = Pattern.compile("\\+55([1-9]\\d)([6-9]\\d{7})");
    /** +55, area code, nine and eight digits. */
    private static final Pattern BRAZILIAN_MOBILE = Pattern.compile("\\+55([1-9][1-9])(9\\d{4})(\\d{4})");
    private static final PhoneNumberUtil LIB = PhoneNumberUtil.getInstance();

    public PhoneNumber {
        if (e164 == null || !isE164(e164)) {
            throw new IllegalArgumentException("not an E.164 number: " + e164);
        }
    }

    /** Digits as WhatsApp writes them, country code first and without a plus; empty when they are no number. */
    public static Optional<PhoneNumber> ofDigits(String digits) {
        var e164 = "+" + digits;
        return isE164(e164) ? Optional.of(new PhoneNumber(e164)) : Optional.empty();
    }

    /** By hand, since each message's numbers are looked at a dozen times. */
    private static boolean isE164(String text) {
        if (text.length() <= FEWEST_DIGITS || text.length() > 1 + MOST_DIGITS || text.charAt(0) != '+' || text.charAt(1) == '0') return false;
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') return false;
        }
        return true;
    }

    /**
     * A number as a person types it; without a country code it is read as one of {@code region} (ISO 3166, for
     * instance {@code BR}). Empty when it is no possible number.
     */
    public static Optional<PhoneNumber> parse(String typed, String region) {
        try {
            var number = LIB.parse(typed, region);
            if (!LIB.isPossibleNumber(number)) return Optional.empty();
            var e164 = LIB.format(number, PhoneNumberFormat.E164);
            return isE164(e164) ? Optional.of(new PhoneNumber(e164)) : Optional.empty();
        } catch (NumberParseException notANumber) {
            return Optional.empty();
        }
    }

    /** A number as a person types it with + and its country code; empty when it is no possible number, or has none. */
    public static Optional<PhoneNumber> parse(String typed) {
        return parse(typed, NO_COUNTRY);
    }

    /** The spelling to store and compare: a Brazilian mobile number always with its ninth digit. */
    public PhoneNumber canonical() {
        if (!e164.startsWith(BRAZIL)) return this;
        var old = BRAZIL_WITHOUT_NINE.matcher(e164);
        return old.matches() ? new PhoneNumber("+55" + old.group(1) + "9" + old.group(2)) : this;
    }

    /** Every spelling under which this number may be met, the canonical one first. */
    public List<PhoneNumber> spellings() {
        var canonical = canonical();
        var nine = BRAZIL_WITH_NINE.matcher(canonical.e164);
        return nine.matches()
                ? List.of(canonical, new PhoneNumber("+55" + nine.group(1) + nine.group(2)))
                : List.of(canonical);
    }

    /** As a person reads it, for instance {@code +55 11 99800-0101}. */
    public String international() {
        // As the library writes them, without its five microseconds for each number of a list; most are such ones.
        var mobile = BRAZILIAN_MOBILE.matcher(e164);
        if (mobile.matches()) return "+55 " + mobile.group(1) + " " + mobile.group(2) + "-" + mobile.group(3);
        try {
            return LIB.format(LIB.parse(e164, null), PhoneNumberFormat.INTERNATIONAL);
        } catch (NumberParseException keepAsItIs) {
            return e164;
        }
    }

    @Override
    public String toString() {
        return e164;
    }
}
