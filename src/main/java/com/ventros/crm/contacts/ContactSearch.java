package com.ventros.crm.contacts;

import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.kernel.Text;
import com.ventros.crm.specifications.Folding;
import java.sql.Types;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
    /**
     * Condition on the id of a contact that is shown, the placeholder being the column. Without the offset PostgreSQL reads all
     * identities there are before it compares the first contact.
     */
    public static final String NUMBERS = """
            exists (select from contact_identity i where i.whole_id = %s
                       and (i.kind = 'PHONE' and (i.value like :searchDigits or i.value = any (:searchNumbers))
                            or i.kind in ('EMAIL', 'EXTERNAL') and folded(i.value) like :searchText) offset 0)
            """;

    /** Shorter runs of digits are found in too many numbers. */
    private static final int FEWEST_DIGITS = 3;
    /** The index is made of four letters in a row: three begin some of them, and two begin too many. */
    private static final int SHORTEST = 3;
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
        var folded = Folding.fold(Text.oneForm(text.strip()));
        params.put("searchText", Folding.within(folded));
        params.put("searchDigits", number ? "%" + digits + "%" : NO_NUMBER);
        params.put("searchNumbers", numbers.toArray(String[]::new));
        return new Found(folded.codePointCount(0, folded.length()) < SHORTEST ? Optional.empty() : few(folded, number ? digits : null, numbers), params);
    }

    private Optional<List<UUID>> few(String text, @Nullable String digits, Collection<String> numbers) {
        var found = db.sql("select search_contacts(:text, :digits, :numbers, :most)").param("text", text).param("digits", digits, Types.VARCHAR)
                .param("numbers", numbers.toArray(String[]::new)).param("most", FEW + 1).query(UUID.class).list();
        return found.size() > FEW ? Optional.empty() : Optional.of(found.stream().distinct().toList());
    }

    private List<String> regions() {
        return db.sql("select distinct country from project").query(String.class).list();
    }
}
