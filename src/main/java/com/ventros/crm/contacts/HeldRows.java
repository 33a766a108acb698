package com.ventros.crm.contacts;

import com.ventros.crm.contacts.PersonalData.Person;
import com.ventros.crm.contacts.PersonalData.Removed;
import com.ventros.crm.kernel.PhoneNumber;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Shows and deletes the rows that are kept of a person, wherever they are: what is shown is what is deleted. */
@Component
public class HeldRows {

    /**
     * Rows of the table {@code t} that are kept of a person.
     *
     * @param where     SQL in which the person's contacts are {@code :contacts}, and what they write under is {@code :phones} (in E.164, in
     *                  each spelling) and {@code :lids}
     * @param aggregate column with the id under which events tell of the row, if they do
     */
    public record Held(String table, String where, Optional<String> aggregate) {

        public static Held row(String table, String where) {
            return new Held(table, where, Optional.empty());
        }

        public static Held aggregate(String table, String where) {
            return new Held(table, where, Optional.of("id"));
        }
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient db;

    HeldRows(JdbcClient db) {
        this.db = db;
    }

    /** As they are kept, by their tables. */
    public Map<String, List<JsonNode>> read(List<Held> held, Person person) {
        var found = new LinkedHashMap<String, List<JsonNode>>();
        for (var one : held) {
            found.put(one.table(), db.sql("select (to_jsonb(t) - 'tenant_id')::text from " + one.table() + " t where " + one.where())
                    .params(params(person)).query(String.class).list().stream().map(JSON::readTree).toList());
        }
        return found;
    }

    /** In the order in which they are named; the first are those that refer to the others. */
    public Removed delete(List<Held> held, Person person) {
        var rows = new TreeMap<String, Long>();
        var aggregates = new TreeSet<UUID>();
        for (var one : held) {
            var sql = "delete from " + one.table() + " t where " + one.where();
            long count;
            if (one.aggregate().isPresent()) {
                var ids = db.sql(sql + " returning t." + one.aggregate().get()).params(params(person)).query(UUID.class).list();
                aggregates.addAll(ids);
                count = ids.size();
            } else {
                count = db.sql(sql).params(params(person)).update();
            }
            if (count > 0) rows.merge(one.table(), count, Long::sum);
        }
        return new Removed(rows, aggregates, 0);
    }

    /** What the conditions ask for. */
    public Map<String, Object> params(Person person) {
        return Map.of("contacts", person.contacts().toArray(UUID[]::new), "phones", phones(person).toArray(String[]::new),
                "lids", values(person, Identity.Kind.LID).toArray(String[]::new));
    }

    private static Stream<String> phones(Person person) {
        return values(person, Identity.Kind.PHONE).flatMap(number -> new PhoneNumber(number).spellings().stream()).map(PhoneNumber::e164);
    }

    private static Stream<String> values(Person person, Identity.Kind kind) {
        return person.identities().stream().filter(identity -> identity.kind() == kind).map(Identity::value);
    }
}
