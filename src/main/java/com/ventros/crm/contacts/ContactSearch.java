package com.ventros.crm.contacts;

import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.specifications.Folding;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds contacts by what somebody types: a part of the name or of an address, whatever its capitals and accents, or of the
 * number in either of its spellings, with or without country code.
 *
 * <p>Few are looked up in an index first. Of many, the next page is soon met by walking along the list that is shown, so
 * each row is compared on the way.
 */
@Component
public class ContactSearch {

    /**
     * What is looked for.
     *
     * @param few    the contacts that have it, those that are shown; empty when there are more than can be listed, or the
     *               text is too short to be looked up
     * @param params values for {@link #NAMES} and {@link #NUMBERS}
     */
    public record Found(Optional<List<UUID>> few, Map<String, Object> params) {}

    /** Condition on a text column, the placeholder being the column without capitals and accents. */
    public static final String NAMES = "%s like :searchText";
    /** Condition on the id of a contact that is shown, the placeholder being the column. */
    public static final String NUMBERS = """
            exists (select from contact_identity i where i.whole_id = %s
                       and (i.kind = 'PHONE' and (i.value like :searchDigits or i.value = any (:searchNumbers))
                            or i.kind in ('EMAIL', 'EXTERNAL') and folded(i.value) like :searchText))
            """;

    /** Shorter runs of digits are found in too many numbers. */
    private static final int FEWEST_DIGITS = 3;
    /** What the index is made of: a shorter text is in no trigram. */
    private static final int TRIGRAM = 3;
    /** So many are sorted in no time; of more, a page of fifty is met within a few thousand rows of a million. */
    private static final int FEW = 1_000;
    /** A number always begins with one plus: a pattern with two finds none. */
    private static final String NO_NUMBER = "++";

    private final JdbcClient db;

    ContactSearch(JdbcClient db) {
        this.db = db;
    }

    /** Within the bound tenant. */
    public Found find(String text) {
        var digits = text.replaceAll("\\D", "");
        var numbers = new LinkedHashSet<String>();
        Stream.concat(PhoneNumber.ofDigits(digits).stream(),
                        regions().stream().flatMap(region -> PhoneNumber.parse(text, region).stream()))
                .forEach(number -> numbers.add(number.canonical().e164()));
        boolean number = digits.length() >= FEWEST_DIGITS && text.matches("[\\d\\s()+./-]+");
        var params = new HashMap<String, Object>();
        params.put("searchText", "%" + Folding.fold(text.strip()).replaceAll("([\\\\%_])", "\\\\$1") + "%");
        params.put("searchDigits", number ? "%" + digits + "%" : NO_NUMBER);
        params.put("searchNumbers", numbers.toArray(String[]::new));
        return new Found(text.strip().length() < TRIGRAM ? Optional.empty() : few(params, number), params);
    }

    private Optional<List<UUID>> few(Map<String, Object> params, boolean number) {
        var found = db.sql("select search_contacts(:searchText, case when :number then :searchDigits end, :searchNumbers, :most)")
                .params(params).param("number", number).param("most", FEW + 1).query(UUID.class).list();
        return found.size() > FEW ? Optional.empty() : Optional.of(found.stream().distinct().toList());
    }

    private List<String> regions() {
        return db.sql("select distinct country from project").query(String.class).list();
    }
}
