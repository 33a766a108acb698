package com.ventros.crm.contacts;

import com.ventros.crm.contacts.HeldRows.Held;
import com.ventros.crm.contacts.PersonalData.Person;
import com.ventros.crm.contacts.PersonalData.Removed;
import com.ventros.crm.events.ForgetEvents;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.kernel.ProjectId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** What contacts themselves keep of a person; removed last, since all else refers to it. */
@Component
class OwnData {

    private static final List<Held> HELD = List.of(
            Held.row("note_wording", "t.note_id in (select id from note where contact_id = any (:contacts))"),
            Held.row("notification", "t.contact_id = any (:contacts) or t.note_id in (select id from note where contact_id = any (:contacts))"),
            Held.aggregate("note", "t.contact_id = any (:contacts)"),
            Held.row("contact_list_member", "t.contact_id = any (:contacts)"),
            Held.row("contact_tag", "t.contact_id = any (:contacts) or t.lent_by = any (:contacts)"),
            Held.row("custom_field_value", "t.contact_id = any (:contacts) or t.lent_by = any (:contacts)"),
            Held.row("timeline_entry", "t.contact_id = any (:contacts)"),
            Held.row("contact_identity", "t.whole_id = any (:contacts)"),
            Held.row("contact_merge", "t.survivor_id = any (:contacts)"),
            Held.aggregate("contact", "t.id = any (:contacts)"));
    private static final Held IMPORTED = Held.row("contact_import_row", "t.contact_id = any (:contacts)");
    /** Of a telephone number: what is the same however people write it, for a row that nobody could read as one. */
    private static final int LAST_DIGITS = 8;

    private final HeldRows rows;
    private final Tags tags;
    private final ForgetEvents told;
    private final JdbcClient db;

    OwnData(HeldRows rows, Tags tags, ForgetEvents told, JdbcClient db) {
        this.told = told;
        this.rows = rows;
        this.tags = tags;
        this.db = db;
    }

    Map<String, List<JsonNode>> of(Person person) {
        var all = new ArrayList<>(HELD);
        all.add(IMPORTED);
        return rows.read(all, person);
    }

    Removed erase(Person person) {
        var params = rows.params(person);
        var words = words(person);
        projects(params).forEach(project -> tags.hold(project, words));
        var untagged = tags.differences(db.sql("select id from contact where id = any (:contacts) and deleted_at is null and part_of is null")
                .params(params).query((row, _) -> new ContactId(row.getObject("id", UUID.class))).list(), -1);
        db.sql("""
                -- Nobody is kept because of a number that is wrong.
                update contact_list l set contact_count = greatest(contact_count - m.counting, 0)
                  from (select list_id, count(*) as counting from contact_list_member where contact_id = any (:contacts) and counts
                         group by list_id) m
                 where l.id = m.list_id
                """).params(params).update();
        var projects = projects(params);
        var imported = imported(person, params);
        var removed = rows.delete(HELD, person);
        tags.add(untagged);
        long unused = projects.stream().mapToLong(project -> tags.forgetUnused(project, words)).sum();
        var aggregates = new TreeSet<>(person.contacts());
        aggregates.addAll(person.absorbed());
        return removed.and(new Removed(Map.of("contact_import_row", imported, "tag", unused), aggregates, 0));
    }

    /** The tags that the person carries or carried: a word that was about them alone may have been taken off long ago. */
    private Set<Tag> words(Person person) {
        var contacts = person.contacts().stream().map(ContactId::new).toList();
        var words = new HashSet<Tag>();
        List.of(tags.own(contacts), tags.lent(contacts)).forEach(carried -> carried.values().forEach(words::addAll));
        var aggregates = new TreeSet<>(person.contacts());
        aggregates.addAll(person.absorbed());
        told.told(aggregates).stream().filter(event -> event.path("type").asString().equals("contact.tag_removed"))
                .map(event -> event.path("data").path("tag")).filter(JsonNode::isString).forEach(tag -> words.add(new Tag(tag.asString())));
        return words;
    }

    private List<ProjectId> projects(Map<String, Object> params) {
        return db.sql("select distinct project_id from contact where id = any (:contacts)").params(params).query(UUID.class).list().stream()
                .map(ProjectId::new).toList();
    }

    /**
     * Rows of files stay as numbers. Those that no contact came of are looked through for the person's numbers, addresses, ids and
     * name: a file that was handed in and never entered holds them as well.
     */
    private long imported(Person person, Map<String, Object> params) {
        var digits = new TreeSet<String>();
        var words = new TreeSet<String>();
        for (var identity : person.identities()) {
            if (identity.kind() == Identity.Kind.PHONE) digits.add(last(new PhoneNumber(identity.value())));
            else words.add(identity.value().toLowerCase(Locale.ROOT));
        }
        db.sql("select name from contact where id = any (:contacts) and name is not null").params(params).query(String.class).list()
                .forEach(name -> words.add(name.toLowerCase(Locale.ROOT)));
        return db.sql("""
                update contact_import_row t set cells = '[]', contact_id = null, contact_version = null, field = null,
                       reason = case when reason is null then null else 'erased' end,
                       changes = case when changes is null then null else '[]'::jsonb end, undone_left = null
                 where t.contact_id = any (:contacts)
                    or t.contact_id is null and exists (
                       select from jsonb_array_elements_text(t.cells) c (cell)
                        where regexp_split_to_array(lower(btrim(c.cell)), '\\s*[|;,\\n]\\s*') && :words::text[]
                           or exists (select from unnest(:digits::text[]) d (digits)
                                       where strpos(regexp_replace(c.cell, '\\D', '', 'g'), d.digits) > 0))
                """).params(params).param("words", words.toArray(String[]::new)).param("digits", digits.toArray(String[]::new)).update();
    }

    private static String last(PhoneNumber number) {
        return number.e164().substring(Math.max(1, number.e164().length() - LAST_DIGITS));
    }
}
