package com.ventros.crm.billing;

import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Text;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What the state calls a company or a person, without points and dashes. In Brazil a CPF or a CNPJ, whose last two digits follow
 * from the others; a CNPJ has letters as well since 2026. Of other countries nothing is known but its length.
 */
record TaxId(String value) {

    private static final Pattern CPF = Pattern.compile("\\d{11}");
    private static final Pattern CNPJ = Pattern.compile("[0-9A-Z]{12}\\d{2}");
    private static final Pattern REPEATED = Pattern.compile("(.)\\1*");
    private static final int HEAVIEST_OF_CPF = 11;
    private static final int HEAVIEST_OF_CNPJ = 9;
    private static final int LONGEST = 40;

    /** As somebody typed it; refused when it cannot be one of that country. */
    static TaxId typed(String text, String country) {
        var typed = Text.storable(text).strip().toUpperCase(Locale.ROOT);
        if (!country.equals("BR")) {
            if (typed.isEmpty() || typed.codePointCount(0, typed.length()) > LONGEST || typed.chars().anyMatch(Character::isISOControl)) {
                throw Refusal.invalid("taxId", "length", "A tax id has 1 to " + LONGEST + " visible characters.");
            }
            return new TaxId(typed);
        }
        var id = typed.replaceAll("[\\s./-]", "");
        boolean good = !REPEATED.matcher(id).matches()
                && (CPF.matcher(id).matches() && checks(id, HEAVIEST_OF_CPF) || CNPJ.matcher(id).matches() && checks(id, HEAVIEST_OF_CNPJ));
        if (!good) throw Refusal.invalid("taxId", "invalid", "This is neither a CPF nor a CNPJ.");
        return new TaxId(id);
    }

    /** The two last digits, each from all before it: weights rise from 2, from right to left, and begin anew after the heaviest. */
    private static boolean checks(String id, int heaviest) {
        for (int place = id.length() - 2; place < id.length(); place++) {
            int sum = 0;
            for (int i = place - 1, weight = 2; i >= 0; i--, weight = weight == heaviest ? 2 : weight + 1) sum += (id.charAt(i) - '0') * weight;
            int digit = sum % 11 < 2 ? 0 : 11 - sum % 11;
            if (id.charAt(place) - '0' != digit) return false;
        }
        return true;
    }
}
