package com.ventros.crm.contacts;

import com.ventros.crm.kernel.PhoneNumber;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What somebody types to find a contact: a part of the name, or of the number in either of its spellings, with or
 * without country code. To be bound to {@link #NAMES} and {@link #NUMBERS}.
 */
public record ContactSearch(String text, Collection<String> regions) {

    /** Shorter runs of digits are found in too many numbers. */
    private static final int FEWEST_DIGITS = 3;

    /** Condition on a text column, the placeholder being the column. */
    public static final String NAMES = "%s ilike :searchText";
    /** Condition on the id of a contact that is shown, the placeholder being the column. */
    public static final String NUMBERS = """
            exists (select from contact_identity i where i.whole_id = %s
                       and (i.kind = 'PHONE' and (i.value like :searchDigits or i.value = any (:searchNumbers))
                            or i.kind in ('EMAIL', 'EXTERNAL') and i.value ilike :searchText))
            """;

    /** Values for the parameters of the conditions. */
    public Map<String, Object> params() {
        var digits = text.replaceAll("\\D", "");
        var numbers = new LinkedHashSet<String>();
        Stream.concat(PhoneNumber.ofDigits(digits).stream(),
                        regions.stream().flatMap(region -> PhoneNumber.parse(text, region).stream()))
                .forEach(number -> numbers.add(number.canonical().e164()));
        boolean number = digits.length() >= FEWEST_DIGITS && text.matches("[\\d\\s()+./-]+");
        return Map.of("searchText", "%" + text.strip().replaceAll("([\\\\%_])", "\\\\$1") + "%",
                // A number always begins with a plus: a pattern with two finds none.
                "searchDigits", number ? "%" + digits + "%" : "++",
                "searchNumbers", numbers.toArray(String[]::new));
    }
}
