package com.ventros.crm.contacts;

import com.ventros.crm.contacts.ContactEvent.FieldSet;
import com.ventros.crm.events.Cause;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Text;
import com.ventros.crm.specifications.Value;
import com.ventros.crm.tenancy.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the values of custom fields. */
@Repository
class FieldValues implements ContactReferences, Loans {

    private static final JsonMapper JSON = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    /** SQL of a contact's values as one JSON object by key, for the contact {@code c}. */
    static final String OBJECT = """
            (select coalesce(jsonb_object_agg(v.key, v.value), '{}')
               from (select d.key, case when d.type = 'MULTI_SELECT' then jsonb_agg(to_jsonb(v.words) order by v.position)
                            else (jsonb_agg(coalesce(to_jsonb(v.words), to_jsonb(trim_scale(v.amount::numeric / 1000000)), to_jsonb(v.truth),
                                    v.document, to_jsonb(to_char(v.moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')))
                                  ) -> 0) end as value
                       from custom_field_value v join custom_field d on d.id = v.field_id
                      where v.contact_id = c.id and d.archived_at is null group by v.field_id, d.key, d.type) v)
            """;

    private final JdbcClient db;
    private final CustomFields fields;

    FieldValues(JdbcClient db, CustomFields fields) {
        this.db = db;
        this.fields = fields;
    }

    /**
     * Sets fields of a contact whose row is held; what is so already is no news.
     *
     * @param typed by key; null takes the value away
     */
    void set(Contact contact, Map<String, JsonNode> typed, String region) {
        if (typed.isEmpty()) return;
        read(contact.project, typed, region).forEach((field, values) -> {
            if (replace(contact, field, values)) contact.fieldSet(field.id, field.key, told(field, values));
        });
    }

    /** What is typed of somebody new, all required fields among it. */
    Map<CustomField, List<Value>> entered(ProjectId project, Map<String, JsonNode> typed, String region) {
        for (var field : fields.of(project)) {
            if (field.required() && field.archivedAt().isEmpty() && !typed.containsKey(field.key)) {
                throw Refusal.invalid("fields." + field.key, "required", "This field is required.");
            }
        }
        return typed.isEmpty() ? Map.of() : read(project, typed, region);
    }

    /** The fields are held: an option that somebody chooses now cannot be taken out of them at the same moment. */
    private Map<CustomField, List<Value>> read(ProjectId project, Map<String, JsonNode> typed, String region) {
        var known = fields.held(project, typed.keySet()).stream().filter(field -> field.archivedAt().isEmpty())
                .collect(Collectors.toMap(field -> field.key, Function.identity()));
        var wanted = new TreeMap<CustomField, List<Value>>(Comparator.comparing(field -> field.key));
        typed.forEach((key, json) -> {
            var field = known.get(key);
            if (field == null) throw Refusal.invalid("fields." + Text.cut(key, 40), "field_unknown", "There is no such field.");
            wanted.put(field, FieldValue.read(field, json, region));
        });
        return wanted;
    }

    /** What is to be set: these values of one field of one contact, none to take it away. */
    record Setting(ContactId contact, CustomField field, List<Value> values) {}

    /** What the contacts have of their own, by the ids of the fields. */
    Map<ContactId, Map<UUID, List<Value>>> own(Collection<ContactId> contacts) {
        var found = new HashMap<ContactId, Map<UUID, List<Value>>>();
        db.sql("""
                select v.*, f.type from custom_field_value v join custom_field f on f.id = v.field_id
                 where v.contact_id = any (:contacts) and v.lent_by is null order by v.contact_id, v.field_id, v.position
                """).param("contacts", contacts.stream().map(ContactId::value).toArray(UUID[]::new))
                .query((ResultSet row) -> {
                    found.computeIfAbsent(new ContactId(row.getObject("contact_id", UUID.class)), _ -> new HashMap<>())
                            .computeIfAbsent(row.getObject("field_id", UUID.class), _ -> new ArrayList<>()).add(kept(row));
                });
        return found;
    }

    private static Value kept(ResultSet row) throws SQLException {
        if (row.getString("document") != null) return Value.Document.kept(row.getString("document"));
        if (row.getObject("amount") != null) return new Value.Amount(row.getLong("amount"));
        if (row.getObject("truth") != null) return new Value.Truth(row.getBoolean("truth"));
        if (row.getObject("moment") != null) return new Value.Moment(row.getObject("moment", OffsetDateTime.class).toInstant());
        if (row.getString("type").equals("DATE")) return new Value.Day(LocalDate.parse(row.getString("words")));
        return new Value.Words(row.getString("words"));
    }

    /** Sets the fields of many contacts, whose rows are held, to values that they have not; whoever calls tells it. */
    void write(Collection<Setting> settings) {
        if (settings.isEmpty()) return;
        db.sql("""
                delete from custom_field_value v using unnest(:contacts::uuid[], :fields::uuid[]) s (contact, field)
                 where v.contact_id = s.contact and v.field_id = s.field
                """)
                .param("contacts", settings.stream().map(one -> one.contact().value()).toArray(UUID[]::new))
                .param("fields", settings.stream().map(one -> one.field().id).toArray(UUID[]::new)).update();
        add(settings);
    }

    /** Gives contacts that have no values yet their first ones; whoever calls tells it. */
    void add(Collection<Setting> settings) {
        if (settings.isEmpty()) return;
        var contacts = new ArrayList<UUID>();
        var fieldIds = new ArrayList<UUID>();
        var positions = new ArrayList<Integer>();
        var all = new ArrayList<Value>();
        for (var setting : settings) {
            for (int i = 0; i < setting.values().size(); i++) {
                contacts.add(setting.contact().value());
                fieldIds.add(setting.field().id);
                positions.add(i);
                all.add(setting.values().get(i));
            }
        }
        db.sql("""
                insert into custom_field_value (tenant_id, contact_id, field_id, position, words, amount, moment, truth, document)
                select :tenant, v.contact, v.field, v.position, v.words, v.amount, v.moment, v.truth, v.document
                  from unnest(:contacts::uuid[], :fields::uuid[], :positions::smallint[], :words::text[], :amounts::bigint[],
                              :moments::timestamptz[], :truths::boolean[], :documents::jsonb[])
                       v (contact, field, position, words, amount, moment, truth, document)
                """)
                .params(columns(all)).param("tenant", Tenancy.current().value())
                .param("contacts", contacts.toArray(UUID[]::new)).param("fields", fieldIds.toArray(UUID[]::new))
                .param("positions", positions.toArray(Integer[]::new)).update();
    }

    /** Whether a contact has one of these choices. */
    boolean isAnyChosen(UUID field, Collection<String> options) {
        if (options.isEmpty()) return false;
        return db.sql("""
                select exists (select from custom_field_value where field_id = :field and words = any (:options))
                """).param("field", field).param("options", options.toArray(String[]::new)).query(Boolean.class).single();
    }

    /** Two contacts are one: the survivor's own value counts, else that of the absorbed one. */
    @Override
    public void moved(Map<ContactId, ContactId> survivors, Cause cause) {
        survivors.forEach((absorbed, survivor) -> {
            // What a part lends is not the survivor's own.
            db.sql("""
                    delete from custom_field_value v where contact_id = :survivor and lent_by is not null and exists (
                           select from custom_field_value o where o.contact_id = :absorbed and o.field_id = v.field_id)
                    """).param("survivor", survivor.value()).param("absorbed", absorbed.value()).update();
            db.sql("""
                    update custom_field_value v set contact_id = :survivor
                     where contact_id = :absorbed and not exists (
                           select from custom_field_value o where o.contact_id = :survivor and o.field_id = v.field_id)
                    """).param("survivor", survivor.value()).param("absorbed", absorbed.value()).update();
            db.sql("delete from custom_field_value where contact_id = :absorbed").param("absorbed", absorbed.value())
                    .update();
        });
    }

    @Override
    public void lend(ContactId from, ContactId whole, ContactId lender) {
        lend(from, whole, lender, "true", Map.of());
    }

    @Override
    public void takeBack(ContactId part, ContactId whole) {
        var taken = db.sql("delete from custom_field_value where contact_id = :whole and lent_by = :part returning field_id")
                .param("whole", whole.value()).param("part", part.value()).query(UUID.class).list();
        for (var other : Tags.others(db, part, whole)) {
            lend(other, whole, other, "v.field_id = any (:fields)", Map.of("fields", taken.toArray(UUID[]::new)));
        }
    }

    @Override
    public void give(ContactId part, ContactId whole) {
        db.sql("delete from custom_field_value where contact_id = :part").param("part", part.value()).update();
        db.sql("update custom_field_value set lent_by = null where contact_id = :whole and lent_by = :part")
                .param("whole", whole.value()).param("part", part.value()).update();
    }

    private void lend(ContactId from, ContactId whole, ContactId lender, String which, Map<String, ?> params) {
        db.sql("""
                insert into custom_field_value (tenant_id, contact_id, field_id, position, words, amount, moment, truth,
                                                document, lent_by)
                select v.tenant_id, :whole, v.field_id, v.position, v.words, v.amount, v.moment, v.truth, v.document, :lender
                  from custom_field_value v
                 where v.contact_id = :from and %s and not exists (
                       select from custom_field_value o where o.contact_id = :whole and o.field_id = v.field_id)
                """.formatted(which))
                .param("from", from.value()).param("whole", whole.value()).param("lender", lender.value()).params(params)
                .update();
    }

    /** False when the values are these already, and the contact's own. */
    private boolean replace(Contact contact, CustomField field, List<Value> kept) {
        return db.sql("""
                with wanted as (
                    select (ordinality - 1)::smallint as position, words collate "C" as words, amount, moment, truth, document
                      from unnest(:words::text[], :amounts::bigint[], :moments::timestamptz[], :truths::boolean[],
                                  :documents::jsonb[]) with ordinality w (words, amount, moment, truth, document)),
                gone as (delete from custom_field_value
                          where contact_id = :contact and field_id = :field
                            and position >= (select count(*) from wanted) returning position),
                come as (insert into custom_field_value as v (tenant_id, contact_id, field_id, position, words, amount,
                                                              moment, truth, document)
                         select :tenant, :contact, :field, w.* from wanted w
                             on conflict (tenant_id, contact_id, field_id, position) do update
                            set words = excluded.words, amount = excluded.amount, moment = excluded.moment,
                                truth = excluded.truth, document = excluded.document, lent_by = null
                          where v.lent_by is not null or (v.words, v.amount, v.moment, v.truth, v.document)
                                is distinct from (excluded.words, excluded.amount, excluded.moment, excluded.truth,
                                                  excluded.document)
                         returning position)
                select exists (select from gone) or exists (select from come)
                """)
                .params(columns(kept)).param("tenant", Tenancy.current().value()).param("contact", contact.id.value())
                .param("field", field.id).query(Boolean.class).single();
    }

    /** Each value in the array of its column's. */
    private static Map<String, Object> columns(List<Value> kept) {
        var n = kept.size();
        var words = new String[n];
        var amounts = new Long[n];
        var moments = new String[n];
        var truths = new Boolean[n];
        var documents = new String[n];
        for (int i = 0; i < n; i++) {
            switch (kept.get(i)) {
                case Value.Words(var text) -> words[i] = text;
                case Value.Day(var date) -> words[i] = date.toString();
                case Value.Amount(var millionths) -> amounts[i] = millionths;
                case Value.Moment(var at) -> moments[i] = at.atOffset(ZoneOffset.UTC).toString();
                case Value.Truth(var is) -> truths[i] = is;
                case Value.Document document -> documents[i] = (String) document.sql();
            }
        }
        return Map.of("words", words, "amounts", amounts, "moments", moments, "truths", truths, "documents", documents);
    }

    /** As the event of somebody new tells it. */
    static List<FieldSet> told(Map<CustomField, List<Value>> entered) {
        var told = new ArrayList<FieldSet>();
        entered.forEach((field, kept) -> told(field, kept).ifPresent(value -> told.add(new FieldSet(field.id, field.key, value))));
        told.sort(Comparator.comparing(FieldSet::key));
        return told;
    }

    /** As the event tells it: texts, numbers, truths, and lists and objects of these; empty for none. */
    static Optional<Object> told(CustomField field, List<Value> kept) {
        if (kept.isEmpty()) return Optional.empty();
        var all = kept.stream().map(FieldValues::plain).toList();
        return Optional.of(field.type == CustomField.Type.MULTI_SELECT ? all : all.getFirst());
    }

    private static Object plain(Value kept) {
        return switch (kept) {
            case Value.Words(var text) -> text;
            case Value.Day(var date) -> date.toString();
            case Value.Amount amount -> amount.number();
            case Value.Moment(var at) -> at.toString();
            case Value.Truth(var is) -> is;
            case Value.Document(var json) -> JSON.treeToValue(json, Object.class);
        };
    }
}
