package com.ventros.crm.contacts;

import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.tenancy.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps contacts; whatever the number of them, the number of statements is the same. */
@Repository
class Contacts {

    /** Sets this lock apart from other advisory locks on the same project. */
    private static final long LOCK_FAMILY = 0x636f6e7461637473L;

    /** An identity and the project in which it is unique. */
    record Key(ProjectId project, Identity identity) {}

    private final JdbcClient db;
    private final Outbox outbox;
    private final Tags tags;
    private final List<Loans> loans;
    private final List<ContactReferences> references;

    Contacts(JdbcClient db, Outbox outbox, Tags tags, List<Loans> loans, List<ContactReferences> references) {
        this.db = db;
        this.outbox = outbox;
        this.tags = tags;
        this.loans = loans;
        this.references = references;
    }

    /** Waits until no other transaction recognises contacts in these projects; projects are taken in one order. */
    void lock(Collection<ProjectId> projects) {
        db.sql("""
                select count(pg_advisory_xact_lock(hashtextextended(p.id::text, :family)))
                  from (select distinct id from unnest(:projects::uuid[]) id order by id) p
                """)
                .param("family", LOCK_FAMILY)
                .param("projects", projects.stream().map(ProjectId::value).toArray(UUID[]::new))
                .query(Long.class).single();
    }

    /**
     * SQL of the contact in whose row the contact {@code :id} is kept; who is shown for it is that row's {@code whole_id}. It is a
     * question of its own: compared with a mere "coalesce", no id is looked up by its key under row security.
     */
    static final String KEPT = "(select coalesce((select survivor_id from contact_merge where absorbed_id = :id), :id))";

    /** Contacts that have any of the identities, and those with the given ids, each with all its identities. */
    List<Contact> find(Collection<Key> keys, Collection<ContactId> ids) {
        return load("""
                -- An "or" of the two ways to a contact would be answered by reading all contacts.
                select c.*, i.kind, i.value
                  from (select unnest(:ids::uuid[]) as id
                         union
                        select k.contact_id from contact_identity k
                          join unnest(:projects::uuid[], :kinds::text[], :values::text[]) s (project_id, kind, value)
                            using (project_id, kind, value)) f
                  join contact c on c.id = f.id
                  left join contact_identity i on i.whole_id = c.whole_id and i.contact_id = c.id
                """, Map.of(
                "ids", array(ids, ContactId::value, UUID[]::new),
                "projects", array(keys, key -> key.project().value(), UUID[]::new),
                "kinds", array(keys, key -> key.identity().kind().name(), String[]::new),
                "values", array(keys, key -> key.identity().value(), String[]::new)));
    }

    /** The contact, or who is shown for it; locked until the transaction ends. */
    Optional<Contact> findForUpdate(ContactId id) {
        return find(List.of(), List.of(hold(id, "update"))).stream().findFirst();
    }

    /**
     * Whom the id stands for until the transaction ends; their row is locked for {@code what}. Whoever was waited for may have merged
     * them: then the one who is shown now is taken as well. Other work takes several contacts in the order of their ids, and a merge may
     * go the other way; whom the database then refuses begins again.
     */
    ContactId hold(ContactId id, String what) {
        var held = survivor(id);
        while (true) {
            db.sql("select id from contact where id = :id for " + what).param("id", held.value()).query().listOfRows();
            var shown = survivor(id);
            if (shown.equals(held)) return held;
            held = shown;
        }
    }

    /** The same of many, by their ids; those that there are. */
    Map<ContactId, ContactId> hold(Collection<ContactId> ids, String what) {
        var held = survivors(ids);
        while (true) {
            db.sql("select id from contact where id = any (:ids) order by id for " + what)
                    .param("ids", array(new LinkedHashSet<>(held.values()), ContactId::value, UUID[]::new)).query().listOfRows();
            var shown = survivors(ids);
            if (shown.equals(held)) return held;
            held = shown;
        }
    }

    private Map<ContactId, ContactId> survivors(Collection<ContactId> ids) {
        var survivors = new HashMap<ContactId, ContactId>();
        db.sql("""
                select c.id, c.whole_id from contact c where c.id = any (:ids)
                union all
                select m.absorbed_id, c.whole_id from contact_merge m join contact c on c.id = m.survivor_id where m.absorbed_id = any (:ids)
                """).param("ids", array(ids, ContactId::value, UUID[]::new)).query((ResultSet row) -> {
                    survivors.put(new ContactId(row.getObject("id", UUID.class)), new ContactId(row.getObject("whole_id", UUID.class)));
                });
        return survivors;
    }

    /** Whom the id stands for today. */
    ContactId survivor(ContactId id) {
        return db.sql("select whole_id from contact where id = " + Contacts.KEPT).param("id", id.value())
                .query(UUID.class).optional().map(ContactId::new).orElse(id);
    }

    /** These contacts as they are, locked in one order until the transaction ends. */
    List<Contact> findForUpdate(Collection<ContactId> ids) {
        db.sql("select id from contact where id = any (:ids) order by id for update")
                .param("ids", array(ids, ContactId::value, UUID[]::new)).query().listOfRows();
        return find(List.of(), ids);
    }

    /** Contacts that people merged into this one, the first merged first. */
    List<ContactId> parts(ContactId whole) {
        return db.sql("select id from contact where part_of = :whole order by part_since, id").param("whole", whole.value())
                .query(UUID.class).list().stream().map(ContactId::new).toList();
    }

    /** Those of the contacts that people merged into another, or another into them. */
    Set<ContactId> mergedByPeople(Collection<ContactId> ids) {
        return Set.copyOf(db.sql("""
                select c.id from contact c where c.id = any (:ids)
                   and (c.part_of is not null or exists (select from contact p where p.part_of = c.id))
                """).param("ids", array(ids, ContactId::value, UUID[]::new))
                .query((row, _) -> new ContactId(row.getObject("id", UUID.class))).list());
    }

    /** What people merged is proven now: the parts of these contacts dissolve in them, and nothing is taken apart any more. */
    void makeFinal(Collection<ContactId> wholes, Instant now, Cause cause) {
        for (var whole : wholes) {
            var parts = parts(whole);
            if (parts.isEmpty()) continue;
            findForUpdate(Stream.concat(parts.stream(), Stream.of(whole)).toList());
            parts.forEach(part -> loans.forEach(one -> one.give(part, whole)));
            db.sql("update contact set part_of = null, part_since = null where part_of = :whole")
                    .param("whole", whole.value()).update();
            var absorbed = new LinkedHashMap<ContactId, ContactId>();
            parts.forEach(part -> absorbed.put(part, whole));
            dissolve(absorbed, now, cause);
        }
    }

    private List<Contact> load(String sql, Map<String, ?> params) {
        var rows = new LinkedHashMap<UUID, Row>();
        db.sql(sql).params(params).query((ResultSet row) -> {
            var id = row.getObject("id", UUID.class);
            var known = rows.get(id);
            if (known == null) rows.put(id, known = Row.read(id, row));
            if (row.getString("kind") != null) {
                known.identities.add(new Identity(Identity.Kind.valueOf(row.getString("kind")), row.getString("value")));
            }
        });
        return rows.values().stream().map(Row::contact).toList();
    }

    private record Row(UUID id, UUID project, Instant createdAt, Optional<ContactName> name, Optional<Language> language,
                       boolean languageLent, Optional<Contact.Part> part, Optional<Instant> deletedAt, long version,
                       List<Identity> identities) {

        static Row read(UUID id, ResultSet row) throws SQLException {
            var name = row.getString("name") == null ? Optional.<ContactName>empty() : Optional.of(new ContactName(
                    row.getString("name"), ContactName.SetBy.valueOf(row.getString("name_set_by")),
                    row.getObject("name_at", OffsetDateTime.class).toInstant()));
            return new Row(id, row.getObject("project_id", UUID.class),
                    row.getObject("created_at", OffsetDateTime.class).toInstant(), name,
                    Optional.ofNullable(row.getString("language")).map(Language::new), row.getBoolean("language_lent"),
                    part(row),
                    Optional.ofNullable(row.getObject("deleted_at", OffsetDateTime.class)).map(OffsetDateTime::toInstant),
                    row.getLong("version"), new ArrayList<>());
        }

        private static Optional<Contact.Part> part(ResultSet row) throws SQLException {
            var whole = row.getObject("part_of", UUID.class);
            return whole == null ? Optional.empty() : Optional.of(new Contact.Part(new ContactId(whole),
                    row.getObject("part_since", OffsetDateTime.class).toInstant()));
        }

        Contact contact() {
            return new Contact(new ContactId(id), new ProjectId(project), createdAt, name, language, languageLent,
                    part, deletedAt, identities, version);
        }
    }

    /** Saves one contact; refused as stale when somebody else has changed it since it was read. */
    void save(Contact contact, Instant now, Cause cause) {
        save(List.of(contact), Map.of(), now, _ -> cause);
    }

    /**
     * Saves contacts and dissolves those that were absorbed.
     *
     * @param absorbed each absorbed contact and who it was all along
     */
    void save(Collection<Contact> contacts, Map<ContactId, ContactId> absorbed, Instant now,
            Function<Contact, Cause> cause) {
        var events = new ArrayList<NewEvent>();
        for (var contact : contacts) {
            for (var event : contact.takeEvents()) {
                events.add(new NewEvent(event, "contact", contact.id.value(), contact.version(),
                        Optional.of(contact.project), now, cause.apply(contact)));
            }
        }
        insert(contacts.stream().filter(contact -> contact.storedVersion == 0).toList());
        if (!absorbed.isEmpty()) dissolve(absorbed, now, cause.apply(contacts.iterator().next()));
        var changed = contacts.stream().filter(contact -> contact.storedVersion > 0 && contact.changed()).toList();
        update(changed.stream().filter(Contact::renewed).toList());
        updateTimes(changed.stream().filter(contact -> !contact.renewed()).toList());
        insertIdentities(contacts);
        deleteIdentities(contacts);
        tags.count(wentOrCame(contacts, true), -1);
        tags.count(wentOrCame(contacts, false), 1);
        outbox.append(events);
    }

    private void insert(List<Contact> contacts) {
        if (contacts.isEmpty()) return;
        db.sql("""
                insert into contact (tenant_id, id, project_id, name, name_set_by, name_at, language, created_at, version)
                select :tenant, c.id, c.project_id, c.name, c.name_set_by, c.name_at, c.language, c.created_at, c.version
                  from
                """ + ROWS).params(columns(contacts)).param("tenant", Tenancy.current().value()).update();
    }

    private void update(List<Contact> contacts) {
        if (contacts.isEmpty()) return;
        var updated = db.sql("""
                update contact set name = c.name, name_set_by = c.name_set_by, name_at = c.name_at,
                       language = c.language, language_lent = c.language_lent, part_of = c.part_of, part_since = c.part_since,
                       deleted_at = c.deleted_at, version = c.version
                  from
                """ + ROWS + " where contact.id = c.id and contact.version = c.stored")
                .params(columns(contacts)).update();
        mustBe(contacts.size(), updated);
    }

    /** Of those who wrote under the name that they had: what else is as it was costs nothing, the sorted name least of all. */
    private void updateTimes(List<Contact> contacts) {
        if (contacts.isEmpty()) return;
        mustBe(contacts.size(), db.sql("""
                update contact set name_at = c.name_at from unnest(:ids::uuid[], :nameAt::timestamptz[], :stored::bigint[]) c (id, name_at, stored)
                 where contact.id = c.id and contact.version = c.stored
                """)
                .param("ids", array(contacts, contact -> contact.id.value(), UUID[]::new))
                .param("nameAt", array(contacts, contact -> contact.name().orElseThrow().at().toString(), String[]::new))
                .param("stored", array(contacts, contact -> contact.storedVersion, Long[]::new)).update());
    }

    private static void mustBe(int contacts, int updated) {
        if (updated < contacts) throw new Refusal(Refusal.Kind.STALE, "contact_changed", "Somebody else has changed this contact.");
    }

    private static final String ROWS = """
             unnest(:ids::uuid[], :projects::uuid[], :names::text[], :setBy::text[], :nameAt::timestamptz[],
                    :languages::text[], :lent::boolean[], :partOf::uuid[], :partSince::timestamptz[], :deletedAt::timestamptz[], :createdAt::timestamptz[], :versions::bigint[],
                    :stored::bigint[])
                 c (id, project_id, name, name_set_by, name_at, language, language_lent, part_of, part_since, deleted_at,
                    created_at, version, stored)
            """;

    private static Map<String, Object> columns(List<Contact> contacts) {
        var columns = new HashMap<String, Object>();
        columns.put("ids", array(contacts, contact -> contact.id.value(), UUID[]::new));
        columns.put("projects", array(contacts, contact -> contact.project.value(), UUID[]::new));
        columns.put("names", array(contacts, c -> c.name().map(ContactName::text).orElse(null), String[]::new));
        columns.put("setBy", array(contacts, c -> c.name().map(n -> n.by().name()).orElse("NONE"), String[]::new));
        columns.put("nameAt", array(contacts, c -> c.name().map(n -> n.at().toString()).orElse(null), String[]::new));
        columns.put("languages", array(contacts, c -> c.language().map(Language::tag).orElse(null), String[]::new));
        columns.put("lent", array(contacts, Contact::languageLent, Boolean[]::new));
        columns.put("partOf", array(contacts, c -> c.part().map(part -> part.of().value()).orElse(null), UUID[]::new));
        columns.put("partSince", array(contacts, c -> c.part().map(part -> part.since().toString()).orElse(null), String[]::new));
        columns.put("deletedAt", array(contacts, c -> c.deletedAt().map(Instant::toString).orElse(null), String[]::new));
        columns.put("createdAt", array(contacts, contact -> contact.createdAt.toString(), String[]::new));
        columns.put("versions", array(contacts, Contact::version, Long[]::new));
        columns.put("stored", array(contacts, contact -> contact.storedVersion, Long[]::new));
        return columns;
    }

    private void insertIdentities(Collection<Contact> contacts) {
        var ids = new ArrayList<UUID>();
        var keys = new ArrayList<Key>();
        for (var contact : contacts) {
            for (var identity : contact.linked()) {
                ids.add(contact.id.value());
                keys.add(new Key(contact.project, identity));
            }
        }
        if (keys.isEmpty()) return;
        db.sql("""
                insert into contact_identity (tenant_id, project_id, kind, value, contact_id, whole_id)
                select :tenant, i.*, c.whole_id
                  from unnest(:projects::uuid[], :kinds::text[], :values::text[], :ids::uuid[]) i (project, kind, value, contact)
                  join contact c on c.id = i.contact
                """)
                .param("tenant", Tenancy.current().value())
                .param("projects", array(keys, key -> key.project().value(), UUID[]::new))
                .param("kinds", array(keys, key -> key.identity().kind().name(), String[]::new))
                .param("values", array(keys, key -> key.identity().value(), String[]::new))
                .param("ids", ids.toArray(UUID[]::new))
                .update();
    }

    private void deleteIdentities(Collection<Contact> contacts) {
        var ids = new ArrayList<UUID>();
        var identities = new ArrayList<Identity>();
        for (var contact : contacts) {
            for (var identity : contact.unlinked()) {
                ids.add(contact.id.value());
                identities.add(identity);
            }
        }
        if (ids.isEmpty()) return;
        db.sql("""
                delete from contact_identity i using unnest(:contacts::uuid[], :kinds::text[], :values::text[]) u (contact, kind, value)
                 where i.contact_id = u.contact and i.kind = u.kind and i.value = u.value and i.project_id = any (:projects)
                """)
                .param("contacts", ids.toArray(UUID[]::new))
                .param("kinds", array(identities, identity -> identity.kind().name(), String[]::new))
                .param("values", array(identities, Identity::value, String[]::new))
                .param("projects", contacts.stream().map(contact -> contact.project.value()).distinct().toArray(UUID[]::new)).update();
    }

    private static List<ContactId> wentOrCame(Collection<Contact> contacts, boolean went) {
        return contacts.stream().filter(Contact::wentOrCame).filter(contact -> contact.isDeleted() == went && contact.part().isEmpty())
                .map(contact -> contact.id).toList();
    }

    private void dissolve(Map<ContactId, ContactId> absorbed, Instant now, Cause cause) {
        references.forEach(listener -> listener.moved(absorbed, cause));
        var pairs = List.copyOf(absorbed.entrySet());
        var from = array(pairs, pair -> pair.getKey().value(), UUID[]::new);
        var to = array(pairs, pair -> pair.getValue().value(), UUID[]::new);
        db.sql("""
                update contact_identity i set contact_id = m.new, whole_id = n.whole_id
                  from unnest(:from::uuid[], :to::uuid[]) m (old, new)
                  join contact o on o.id = m.old join contact n on n.id = m.new
                 where i.whole_id = o.whole_id and i.contact_id = m.old
                """).param("from", from).param("to", to).update();
        for (var column : List.of("timeline_entry.contact_id",
                "contact_merge.survivor_id")) {
            var name = column.split("\\.");
            db.sql("""
                    update %1$s set %2$s = m.new from unnest(:from::uuid[], :to::uuid[]) m (old, new)
                     where %1$s.%2$s = m.old
                    """.formatted(name[0], name[1])).param("from", from).param("to", to).update();
        }
        db.sql("""
                insert into contact_merge (tenant_id, absorbed_id, survivor_id, merged_at)
                select :tenant, m.*, :now from unnest(:from::uuid[], :to::uuid[]) m
                """).param("tenant", Tenancy.current().value()).param("now", utc(now))
                .param("from", from).param("to", to).update();
        db.sql("delete from contact where id = any (:from)").param("from", from).update();
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static <T, A> A[] array(Collection<T> items, Function<T, A> column, IntFunction<A[]> make) {
        return items.stream().map(column).toArray(make);
    }
}
