package com.ventros.crm.contacts;

import com.ventros.crm.events.Cause;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.tenancy.Tenancy;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Keeps which contact carries which tag, and how many carry each. Whoever calls holds the contacts' rows; the counters
 * are taken last and in their order, so that no two works wait for each other.
 */
@Repository
class Tags implements ContactReferences, Loans {

    private final JdbcClient db;

    Tags(JdbcClient db) {
        this.db = db;
    }

    /** Puts the tags on a contact that is not deleted; those that it did not carry before. */
    SortedSet<Tag> put(Contact contact, Collection<Tag> tags) {
        var names = names(tags);
        keep(contact.project, names);
        db.sql("""
                update contact_tag set lent_by = null
                 where contact_id = :contact and tag = any (:names) and lent_by is not null
                """).param("contact", contact.id.value()).param("names", names).update();
        var added = db.sql("""
                insert into contact_tag (tenant_id, contact_id, project_id, tag)
                select :tenant, :contact, :project, unnest(:names::text[]) on conflict do nothing returning tag
                """)
                .param("tenant", Tenancy.current().value()).param("contact", contact.id.value())
                .param("project", contact.project.value()).param("names", names)
                .query(String.class).list();
        return counted(contact, added, 1);
    }

    /** The project has these tags until the transaction ends. One that goes with an erased person at this moment is made anew. */
    private void keep(ProjectId project, String[] names) {
        long held;
        do {
            db.sql("""
                    insert into tag (tenant_id, project_id, name)
                    select :tenant, :project, unnest(:names::text[]) on conflict do nothing
                    """)
                    .param("tenant", Tenancy.current().value()).param("project", project.value()).param("names", names).update();
            held = db.sql("""
                    select count(*) from (select from tag where project_id = :project and name = any (:names) order by name for key share) t
                    """).param("project", project.value()).param("names", names).query(Long.class).single();
        } while (held < names.length);
    }

    /**
     * Waits for whoever puts one of these tags on, and lets nobody else, until the transaction ends. To be called before their counters
     * are changed: whoever puts one on has to change its counter as well.
     */
    void hold(ProjectId project, Collection<Tag> tags) {
        db.sql("select name from tag where project_id = :project and name = any (:names) order by name for update")
                .param("project", project.value()).param("names", names(tags)).query().listOfRows();
    }

    /** Forgets those of the tags, which are held, that no contact carries, be it a deleted one; how many. */
    long forgetUnused(ProjectId project, Collection<Tag> tags) {
        return db.sql("""
                delete from tag g where g.project_id = :project and g.name = any (:names)
                   and not exists (select from contact_tag t where t.project_id = g.project_id and t.tag = g.name)
                """).param("project", project.value()).param("names", names(tags)).update();
    }

    /** What the contacts carry that is their own. */
    Map<ContactId, Set<Tag>> own(Collection<ContactId> contacts) {
        return carried(contacts, "lent_by is null");
    }

    /** What the contacts carry only as long as a part of them lends it. */
    Map<ContactId, Set<Tag>> lent(Collection<ContactId> contacts) {
        return carried(contacts, "lent_by is not null");
    }

    private Map<ContactId, Set<Tag>> carried(Collection<ContactId> contacts, String which) {
        var found = new HashMap<ContactId, Set<Tag>>();
        db.sql("select contact_id, tag from contact_tag where contact_id = any (:contacts) and " + which).param("contacts", uuids(contacts))
                .query((ResultSet row) -> {
                    found.computeIfAbsent(new ContactId(row.getObject("contact_id", UUID.class)), _ -> new HashSet<>())
                            .add(new Tag(row.getString("tag")));
                });
        return found;
    }

    /** That a contact gets a tag, or loses it. */
    record Tagging(ContactId contact, Tag tag) {}

    /** Puts tags on many contacts of one project that are not deleted and have none of them of their own; whoever calls tells it. */
    void putAll(ProjectId project, Collection<Tagging> taggings) {
        if (taggings.isEmpty()) return;
        keep(project, names(taggings.stream().map(Tagging::tag).toList()));
        add(db.sql("""
                with added as (
                    insert into contact_tag (tenant_id, contact_id, project_id, tag)
                    select :tenant, t.contact, :project, t.tag from unnest(:contacts::uuid[], :tags::text[]) t (contact, tag)
                        on conflict (tenant_id, contact_id, tag) do update set lent_by = null where contact_tag.lent_by is not null
                    returning tag, xmax = 0 as fresh)
                select :project::uuid as project_id, tag as name, count(*) as difference from added where fresh group by tag
                """)
                .params(columns(taggings)).param("tenant", Tenancy.current().value()).param("project", project.value())
                .query(Difference.class).list());
    }

    /** Takes tags off many contacts that are not deleted; whoever calls tells it. */
    void takeAll(Collection<Tagging> taggings) {
        if (taggings.isEmpty()) return;
        add(db.sql("""
                with gone as (
                    delete from contact_tag t using unnest(:contacts::uuid[], :tags::text[]) g (contact, tag)
                     where t.contact_id = g.contact and t.tag = g.tag returning t.project_id, t.tag)
                select project_id, tag as name, -count(*) as difference from gone group by project_id, tag
                """).params(columns(taggings)).query(Difference.class).list());
    }

    private static Map<String, Object> columns(Collection<Tagging> taggings) {
        return Map.of("contacts", taggings.stream().map(one -> one.contact().value()).toArray(UUID[]::new),
                "tags", taggings.stream().map(one -> one.tag().name()).toArray(String[]::new));
    }

    /** Takes the tags off a contact that is not deleted; those that it did carry. */
    SortedSet<Tag> take(Contact contact, Collection<Tag> tags) {
        var taken = db.sql("delete from contact_tag where contact_id = :contact and tag = any (:names) returning tag")
                .param("contact", contact.id.value()).param("names", names(tags)).query(String.class).list();
        return counted(contact, taken, -1);
    }

    /** The contacts are deleted now, or are back: their tags count no longer, or again. */
    void count(Collection<ContactId> contacts, int each) {
        if (!contacts.isEmpty()) add(differences(contacts, each));
    }

    /** What the tags of these contacts count for. */
    List<Difference> differences(Collection<ContactId> contacts, int each) {
        return db.sql("""
                select project_id, tag as name, count(*) * :each as difference from contact_tag
                 where contact_id = any (:contacts) group by project_id, tag
                """)
                .param("each", each).param("contacts", uuids(contacts)).query(Difference.class).list();
    }

    /** Two contacts are one: so are their tags. */
    @Override
    public void moved(Map<ContactId, ContactId> survivors, Cause cause) {
        var concerned = new ArrayList<>(survivors.keySet());
        concerned.addAll(survivors.values());
        db.sql("select id from contact where id = any (:ids) order by id for update").param("ids", uuids(concerned))
                .query().listOfRows();
        // What both have is the survivor's own, even if only a part lent it until now.
        db.sql("""
                update contact_tag t set lent_by = null
                  from unnest(:from::uuid[], :to::uuid[]) p (old, new)
                  join contact_tag o on o.contact_id = p.old and o.lent_by is null
                 where t.contact_id = p.new and t.tag = o.tag and t.lent_by is not null
                """)
                .param("from", uuids(survivors.keySet())).param("to", uuids(survivors.values())).update();
        add(db.sql("""
                with pair as (select * from unnest(:from::uuid[], :to::uuid[]) p (old, new)),
                gone as (delete from contact_tag t using pair where t.contact_id = pair.old returning t.*, pair.new),
                come as (insert into contact_tag (tenant_id, contact_id, project_id, tag)
                         select distinct tenant_id, new, project_id, tag from gone on conflict do nothing returning *),
                changed as (select contact_id, project_id, tag, -1 as one from gone
                            union all select contact_id, project_id, tag, 1 from come)
                select x.project_id, x.tag as name, sum(x.one) as difference
                  from changed x join contact c on c.id = x.contact_id
                 where c.deleted_at is null and c.part_of is null group by x.project_id, x.tag
                """)
                .param("from", uuids(survivors.keySet())).param("to", uuids(survivors.values()))
                .query(Difference.class).list());
    }

    @Override
    public void lend(ContactId from, ContactId whole, ContactId lender) {
        lend(from, whole, lender, "t.contact_id = :from", Map.of());
    }

    @Override
    public void takeBack(ContactId part, ContactId whole) {
        var taken = db.sql("""
                delete from contact_tag where contact_id = :whole and lent_by = :part returning project_id, tag as name, -1 as difference
                """).param("whole", whole.value()).param("part", part.value()).query(Difference.class).list();
        count(whole, taken);
        for (var other : others(db, part, whole)) {
            lend(other, whole, other, "t.contact_id = :from and t.tag = any (:tags)",
                    Map.of("tags", taken.stream().map(Difference::name).toArray(String[]::new)));
        }
    }

    @Override
    public void give(ContactId part, ContactId whole) {
        db.sql("delete from contact_tag where contact_id = :part").param("part", part.value()).update();
        db.sql("update contact_tag set lent_by = null where contact_id = :whole and lent_by = :part")
                .param("whole", whole.value()).param("part", part.value()).update();
    }

    /** The other parts of the contact, the first merged first. */
    static List<ContactId> others(JdbcClient db, ContactId part, ContactId whole) {
        return db.sql("select id from contact where part_of = :whole and id <> :part order by part_since, id")
                .param("whole", whole.value()).param("part", part.value())
                .query((row, _) -> new ContactId(row.getObject("id", UUID.class))).list();
    }

    private void lend(ContactId from, ContactId whole, ContactId lender, String which, Map<String, ?> params) {
        count(whole, db.sql("""
                insert into contact_tag (tenant_id, contact_id, project_id, tag, lent_by)
                select t.tenant_id, :whole, t.project_id, t.tag, :lender from contact_tag t where %s
                    on conflict do nothing returning project_id, tag as name, 1 as difference
                """.formatted(which))
                .param("from", from.value()).param("whole", whole.value()).param("lender", lender.value()).params(params)
                .query(Difference.class).list());
    }

    /** Tags of a deleted contact do not count. */
    private void count(ContactId contact, List<Difference> differences) {
        if (db.sql("select deleted_at is null from contact where id = :id").param("id", contact.value())
                .query(Boolean.class).single()) add(differences);
    }

    private SortedSet<Tag> counted(Contact contact, List<String> names, int each) {
        add(names.stream().map(name -> new Difference(contact.project.value(), name, each)).toList());
        var tags = new TreeSet<>(Comparator.comparing(Tag::name));
        names.forEach(name -> tags.add(new Tag(name)));
        return tags;
    }

    /** By how much the count of a tag changes. */
    record Difference(UUID projectId, String name, long difference) {}

    /** A count that would be less than nothing was wrong before: then it is what the rows say, which are as they are to be by now. */
    void add(List<Difference> differences) {
        if (differences.isEmpty()) return;
        var wrong = db.sql("""
                with difference as (select * from unnest(:projects::uuid[], :names::text[], :counts::bigint[])
                                                  d (project_id, name, count)),
                locked as materialized (
                    select t.project_id, t.name, t.contact_count, d.count from tag t join difference d using (project_id, name)
                     order by t.project_id, t.name for no key update of t),
                added as (
                    update tag t set contact_count = t.contact_count + l.count from locked l
                     where t.project_id = l.project_id and t.name = l.name and l.contact_count + l.count >= 0)
                select project_id, name, count as difference from locked where contact_count + count < 0
                """)
                .param("projects", differences.stream().map(Difference::projectId).toArray(UUID[]::new))
                .param("names", differences.stream().map(Difference::name).toArray(String[]::new))
                .param("counts", differences.stream().map(Difference::difference).toArray(Long[]::new))
                .query(Difference.class).list();
        if (wrong.isEmpty()) return;
        db.sql("""
                update tag g set contact_count = (
                       select count(*) from contact_tag t join contact c on c.id = t.contact_id
                        where t.project_id = g.project_id and t.tag = g.name and c.deleted_at is null and c.part_of is null)
                  from unnest(:projects::uuid[], :names::text[]) w (project_id, name)
                 where g.project_id = w.project_id and g.name = w.name
                """)
                .param("projects", wrong.stream().map(Difference::projectId).toArray(UUID[]::new))
                .param("names", wrong.stream().map(Difference::name).toArray(String[]::new)).update();
    }

    /** In their order, for the same reason as the counters. */
    private static String[] names(Collection<Tag> tags) {
        return tags.stream().map(Tag::name).distinct().sorted().toArray(String[]::new);
    }

    private static UUID[] uuids(Collection<ContactId> ids) {
        return ids.stream().map(ContactId::value).toArray(UUID[]::new);
    }
}
