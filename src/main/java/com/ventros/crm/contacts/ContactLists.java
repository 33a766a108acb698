package com.ventros.crm.contacts;

import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.specifications.SpecificationSql;
import com.ventros.crm.tenancy.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps lists, who is on them, and how many. Whoever changes who is on a list holds its row: what is looked at after that
 * is the newest there is, and the count changes by what changed.
 */
@Repository
class ContactLists {

    private static final JsonMapper JSON = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    /** SQL of whether the contact {@code c} counts. */
    private static final String SHOWN = "(c.deleted_at is null and c.part_of is null)";

    private final JdbcClient db;
    private final JdbcClient system;
    private final Outbox outbox;

    ContactLists(JdbcClient db, @Qualifier("system") JdbcClient system, Outbox outbox) {
        this.db = db;
        this.system = system;
        this.outbox = outbox;
    }

    /** Across tenants: who has lists that time alone changes and that nobody looked at for so long. */
    List<TenantId> withOverdue(Instant before) {
        return system.sql("select distinct tenant_id from contact_list where moves and counted_at < :before")
                .param("before", utc(before)).query(UUID.class).list().stream().map(TenantId::new).toList();
    }

    List<UUID> overdue(Instant before) {
        return db.sql("select id from contact_list where moves and counted_at < :before order by id")
                .param("before", utc(before)).query(UUID.class).list();
    }

    /** Locked until the transaction ends. */
    Optional<ContactList> findForUpdate(UUID id) {
        return db.sql("select * from contact_list where id = :id for no key update").param("id", id)
                .query((row, _) -> list(row)).optional();
    }

    /** All that a filter fills, and those that people fill and that have any of the contacts; locked in one order. */
    List<ContactList> concernedForUpdate(Collection<UUID> contacts) {
        return db.sql("""
                select * from contact_list l
                 where l.project_id in (select project_id from contact where id = any (:contacts))
                   and (l.filter is not null or exists (
                        select from contact_list_member m where m.list_id = l.id and m.contact_id = any (:contacts)))
                 order by l.id for no key update of l
                """).param("contacts", contacts.toArray(UUID[]::new)).query((row, _) -> list(row)).list();
    }

    /** All of the custom field's project that a filter fills; locked in one order. */
    List<ContactList> dynamicForUpdate(UUID field) {
        return db.sql("""
                select * from contact_list l
                 where l.project_id = (select project_id from custom_field where id = :field) and l.filter is not null
                 order by l.id for no key update of l
                """).param("field", field).query((row, _) -> list(row)).list();
    }

    long count(ProjectId project) {
        return db.sql("select count(*) from contact_list where project_id = :project").param("project", project.value())
                .query(Long.class).single();
    }

    /** Whether there is any list at all: most tenants have none, and their events cost this look only. */
    boolean isAny() {
        return db.sql("select exists (select from contact_list)").query(Boolean.class).single();
    }

    /** Refused when the project has a list of this name; {@code moves} as the column has it. */
    void add(ContactList list, boolean moves) {
        named(() -> db.sql("""
                insert into contact_list (tenant_id, id, project_id, name, filter, moves, counted_at, created_at, version)
                values (:tenant, :id, :project, :name, :filter::jsonb, :moves, :countedAt, :now, 1)
                """)
                .param("tenant", Tenancy.current().value()).param("id", list.id).param("project", list.project.value())
                .param("name", list.name()).param("filter", list.filter().map(JSON::writeValueAsString).orElse(null))
                .param("moves", moves).param("countedAt", list.isDynamic() ? null : utc(list.createdAt))
                .param("now", utc(list.createdAt)).update());
        tell(list, 1, list.createdAt);
    }

    /** {@code moves} is that of a new filter. */
    void save(ContactList list, boolean moves, Instant now) {
        if (!list.changed()) return;
        named(() -> db.sql("""
                update contact_list set name = :name, filter = :filter::jsonb, version = version + 1,
                       moves = case when :recount then :moves else moves end,
                       counted_at = case when :recount then null else counted_at end
                 where id = :id
                """)
                .param("name", list.name()).param("filter", list.filter().map(JSON::writeValueAsString).orElse(null))
                .param("moves", moves).param("recount", list.filterChanged()).param("id", list.id).update());
        tell(list, list.storedVersion + 1, now);
    }

    void delete(ContactList list, Instant now) {
        db.sql("delete from contact_list where id = :id").param("id", list.id).update();
        tell(list, list.storedVersion + 1, now);
    }

    /** Puts contacts that are shown on a list that people fill; those that were not on it. */
    void put(ContactList list, Collection<ContactId> contacts, Instant now) {
        var ids = uuids(contacts);
        db.sql("update contact_list_member set lent_by = null where list_id = :list and contact_id = any (:ids) and lent_by is not null")
                .param("list", list.id).param("ids", ids).update();
        var added = db.sql("""
                insert into contact_list_member (tenant_id, list_id, contact_id, since, counts)
                select :tenant, :list, unnest(:ids::uuid[]), :now, true on conflict do nothing returning contact_id
                """)
                .param("tenant", Tenancy.current().value()).param("list", list.id).param("ids", ids).param("now", utc(now))
                .query(UUID.class).list();
        list.added(added);
        add(list, added.size());
        tell(list, list.storedVersion, now);
    }

    /** Takes a contact off a list that people fill; what is shown as a part of it does not bring it back. */
    void take(ContactList list, ContactId contact, Instant now) {
        db.sql("""
                update contact_list_member m set lent_to = :contact from contact p
                 where m.list_id = :list and p.id = m.contact_id and p.part_of = :contact
                """).param("list", list.id).param("contact", contact.value()).update();
        var gone = db.sql("""
                delete from contact_list_member where list_id = :list and contact_id = :contact returning counts
                """).param("list", list.id).param("contact", contact.value()).query(Boolean.class).list();
        if (gone.isEmpty()) return;
        list.removed(List.of(contact.value()));
        add(list, gone.getFirst() ? -1 : 0);
        tell(list, list.storedVersion, now);
    }

    /** Counts those of the contacts that are on a list that people fill as they are now: shown, or not. */
    void recount(ContactList list, Collection<UUID> contacts) {
        add(list, db.sql("""
                with changed as (update contact_list_member m set counts = not m.counts from contact c
                                  where m.list_id = :list and m.contact_id = any (:contacts) and c.id = m.contact_id
                                    and m.counts <> %s returning m.counts)
                select coalesce(sum(case when counts then 1 else -1 end), 0) from changed
                """.formatted(SHOWN)).param("list", list.id).param("contacts", contacts.toArray(UUID[]::new))
                .query(Long.class).single());
    }

    /** Looks which of the contacts meet the list's filter now. */
    void follow(ContactList list, SpecificationSql filter, Collection<UUID> contacts, Instant now) {
        var ids = contacts.toArray(UUID[]::new);
        var gone = db.sql("delete from contact_list_member m where m.list_id = :list and m.contact_id = any (:ids) and not "
                        + meets(filter) + " returning m.contact_id")
                .params(filter.params()).param("list", list.id).param("project", list.project.value()).param("ids", ids)
                .query(UUID.class).list();
        var come = db.sql("""
                insert into contact_list_member (tenant_id, list_id, contact_id, since, counts)
                select :tenant, :list, m.contact_id, :now, true from unnest(:ids::uuid[]) m (contact_id)
                 where
                """ + meets(filter) + " on conflict do nothing returning contact_id")
                .params(filter.params()).param("tenant", Tenancy.current().value()).param("list", list.id)
                .param("project", list.project.value()).param("now", utc(now)).param("ids", ids).query(UUID.class).list();
        list.removed(gone);
        list.added(come);
        add(list, come.size() - gone.size());
        tell(list, list.storedVersion, now);
    }

    /** Looks at all of the project's contacts. */
    void fill(ContactList list, SpecificationSql filter, Instant now) {
        db.sql("delete from contact_list_member m where m.list_id = :list and not " + meets(filter))
                .params(filter.params()).param("list", list.id).param("project", list.project.value()).update();
        db.sql("""
                insert into contact_list_member (tenant_id, list_id, contact_id, since, counts)
                select c.tenant_id, :list, c.id, :now, true from contact c where c.project_id = :project and %s and %s
                    on conflict do nothing
                """.formatted(SHOWN, filter.where()))
                .params(filter.params()).param("list", list.id).param("project", list.project.value())
                .param("now", utc(now)).update();
        counted(list, now);
    }

    /** The number of rows that count is the list's count; what changed meanwhile waits for the list's row. */
    void counted(ContactList list, Instant now) {
        var before = db.sql("select contact_count from contact_list where id = :id").param("id", list.id).query(Long.class).single();
        var contacts = db.sql("""
                update contact_list l set counted_at = :now, contact_count = (
                       select count(*) from contact_list_member m where m.list_id = l.id and m.counts)
                 where l.id = :id returning contact_count
                """).param("now", utc(now)).param("id", list.id).query(Long.class).single();
        if (!before.equals(contacts)) list.counted(contacts);
        tell(list, list.storedVersion, now);
    }

    /** Whether the part has still to bring its whole onto the list: a merge may be told twice, and the whole be taken off in between. */
    boolean bringsNow(ContactList list, UUID part, UUID whole) {
        return db.sql("""
                update contact_list_member m set lent_to = :whole from contact p
                 where m.list_id = :list and m.contact_id = :part and p.id = m.contact_id and p.part_of = :whole
                   and m.lent_to is distinct from :whole
                """).param("list", list.id).param("part", part).param("whole", whole).update() > 0;
    }

    /** A contact that was merged with another brings it onto the lists that people put it on. */
    void lend(ContactList list, UUID part, UUID whole, Instant now) {
        add(list, db.sql("""
                insert into contact_list_member (tenant_id, list_id, contact_id, since, counts, lent_by)
                select m.tenant_id, m.list_id, c.id, :now, %s, m.contact_id
                  from contact_list_member m join contact p on p.id = m.contact_id join contact c on c.id = p.part_of
                 where m.list_id = :list and m.contact_id = :part and c.id = :whole
                    on conflict do nothing returning counts::int
                """.formatted(SHOWN)).param("list", list.id).param("part", part).param("whole", whole).param("now", utc(now))
                .query(Integer.class).list().stream().mapToInt(Integer::intValue).sum());
    }

    /** Takes the contact off the list if only a contact put it there that is no part of it any more. */
    boolean takeBack(ContactList list, UUID part, UUID whole) {
        db.sql("""
                update contact_list_member m set lent_to = null where m.list_id = :list and m.contact_id = :part and m.lent_to = :whole
                   and not exists (select from contact p where p.id = :part and p.part_of = :whole)
                """).param("list", list.id).param("part", part).param("whole", whole).update();
        var gone = db.sql("""
                delete from contact_list_member m where m.list_id = :list and m.contact_id = :whole and m.lent_by = :part
                   and not exists (select from contact p where p.id = :part and p.part_of = :whole) returning counts::int
                """).param("list", list.id).param("part", part).param("whole", whole).query(Integer.class).list();
        gone.forEach(counted -> add(list, -counted));
        return !gone.isEmpty();
    }

    /** The absorbed contact is no more: its place is the survivor's. */
    void moveOver(ContactList list, UUID absorbed, UUID survivor, Instant now) {
        var gone = db.sql("""
                delete from contact_list_member m where m.list_id = :list and m.contact_id = :absorbed
                   and not exists (select from contact c where c.id = :absorbed) returning counts::int
                """).param("list", list.id).param("absorbed", absorbed).query(Integer.class).list();
        if (gone.isEmpty()) return;
        add(list, -gone.getFirst());
        if (list.isDynamic()) return;
        add(list, db.sql("""
                insert into contact_list_member (tenant_id, list_id, contact_id, since, counts)
                select :tenant, :list, c.id, :now, %s from contact c where c.id = :survivor
                    on conflict do nothing returning counts::int
                """.formatted(SHOWN)).param("tenant", Tenancy.current().value()).param("list", list.id)
                .param("survivor", survivor).param("now", utc(now)).query(Integer.class).list().stream()
                .mapToInt(Integer::intValue).sum());
    }

    /** Condition on the row {@code m}, whose contact may be anybody's. */
    private static String meets(SpecificationSql filter) {
        return "exists (select from contact c where c.id = m.contact_id and c.project_id = :project and " + SHOWN + " and "
                + filter.where() + ")";
    }

    private void add(ContactList list, long difference) {
        if (difference == 0) return;
        db.sql("update contact_list set contact_count = contact_count + :difference where id = :id")
                .param("difference", difference).param("id", list.id).update();
    }

    private void tell(ContactList list, long version, Instant now) {
        outbox.append(list.takeEvents().stream().map(event -> new NewEvent(event, "contact_list", list.id, version,
                Optional.of(list.project), now, Cause.current())).toList());
    }

    private static void named(Runnable write) {
        try {
            write.run();
        } catch (DuplicateKeyException taken) {
            throw Refusal.conflict("contact_list_exists", "There is a list of this name already.");
        }
    }

    private static ContactList list(ResultSet row) throws SQLException {
        return new ContactList(row.getObject("id", UUID.class), new ProjectId(row.getObject("project_id", UUID.class)),
                row.getObject("created_at", OffsetDateTime.class).toInstant(), row.getString("name"),
                Optional.ofNullable(row.getString("filter")).map(json -> JSON.readValue(json, Object.class)), row.getLong("version"));
    }

    private static UUID[] uuids(Collection<ContactId> ids) {
        return ids.stream().map(ContactId::value).toArray(UUID[]::new);
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
