package com.ventros.crm.billing;

import com.ventros.crm.kernel.EmailAddress;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Text;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** To whom invoices go, as the law knows them. */
record Customer(String name, Optional<TaxId> taxId, EmailAddress email, Optional<String> address, String country) {

    private static final Set<String> COUNTRIES = Arrays.stream(Locale.getISOCountries()).collect(Collectors.toUnmodifiableSet());
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_ADDRESS = 500;

    /** As somebody typed it; a blank tax id or address is none. */
    static Customer typed(String name, Optional<String> taxId, String email, Optional<String> address, String country) {
        if (!COUNTRIES.contains(country)) throw Refusal.invalid("country", "unknown", "A country has two letters, for instance BR.");
        var named = Text.storable(name).strip();
        if (Text.isInvisible(named) || named.codePointCount(0, named.length()) > LONGEST_NAME || named.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.invalid("name", "length", "A name has 1 to " + LONGEST_NAME + " visible characters.");
        }
        var place = address.map(Text::storable).map(String::strip).filter(text -> !Text.isInvisible(text));
        if (place.filter(text -> text.codePointCount(0, text.length()) > LONGEST_ADDRESS).isPresent()) {
            throw Refusal.invalid("address", "length", "An address has up to " + LONGEST_ADDRESS + " characters.");
        }
        return new Customer(named, taxId.filter(text -> !text.isBlank()).map(text -> TaxId.typed(text, country)), EmailAddress.typed(email), place, country);
    }
}
