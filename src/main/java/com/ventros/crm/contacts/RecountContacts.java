package com.ventros.crm.contacts;

import com.ventros.crm.events.RecountedModel;
import com.ventros.crm.tenancy.Tenancy;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes anew what lists of contacts are searched, sorted and counted by, which lies beside the contacts: the names and addresses that a search
 * looks through, the copies that stand with tags, how many carry a tag, and how many contacts there are.
 */
@Component
class RecountContacts implements RecountedModel {

    private static final UUID GREATEST = new UUID(-1, -1);

    private final JdbcClient db;
    private final TransactionTemplate transaction;

    RecountContacts(JdbcClient db, PlatformTransactionManager transactions) {
        this.db = db;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public String name() {
        return "contacts";
    }

    @Override
    public long rows() {
        return db.sql("select count(*) from contact").query(Long.class).single();
    }

    @Override
    public Page recount(UUID after, int most) {
        var page = transaction.<List<UUID>>execute(_ -> db.sql("select id from contact where id > :after order by id limit :most")
                .param("after", after).param("most", most).query(UUID.class).list());
        boolean last = page.size() < most;
        // Of the last page, whatever is kept of contacts that are no more as well.
        var upTo = last ? GREATEST : page.getLast();
        // Nobody waits for the look; what seems wrong may have been written meanwhile, and is looked at again while nobody writes it.
        var wrong = transaction.<List<UUID>>execute(_ -> wrong(after, upTo, List.of()));
        int mended = wrong.isEmpty() ? 0 : transaction.<Integer>execute(_ -> mend(after, upTo, wrong));
        if (last) mended += transaction.<Integer>execute(_ -> countTags() + countContacts());
        return new Page(last ? Optional.empty() : Optional.of(upTo), page.size(), mended);
    }

    private int mend(UUID after, UUID upTo, Collection<UUID> contacts) {
        db.sql("select id from contact where id = any (:ids) order by id for update").param("ids", contacts.toArray(UUID[]::new)).query().listOfRows();
        int mended = (int) wrong(after, upTo, contacts).stream().filter(contacts::contains).count();
        db.sql("""
                update contact_tag t set contact_sort_name = c.sort_name, contact_created_at = c.created_at
                  from contact c
                 where c.id = t.contact_id and c.id = any (:ids)
                   and (t.contact_sort_name <> c.sort_name or t.contact_created_at <> c.created_at)
                """).param("ids", contacts.toArray(UUID[]::new)).update();
        return mended;
    }

    /** Contacts whose search rows or copies are not what they say; the search rows of those in {@code mended} are right afterwards. */
    private List<UUID> wrong(UUID after, UUID upTo, Collection<UUID> mended) {
        return db.sql("""
                with said as (
                    select id, whole_id, 'NAME' as kind, name as text from contact where id > :after and id <= :upTo and name is not null
                     union all
                    select contact_id, whole_id, kind, value from contact_identity
                     where contact_id > :after and contact_id <= :upTo and kind <> 'LID')
                select d.id
                  from (select array_agg(id) as ids, array_agg(whole_id) as wholes, array_agg(kind) as kinds, array_agg(text) as texts from said) s
                 cross join lateral contact_search_differences(:after, :upTo, :mended, s.ids, s.wholes, s.kinds, s.texts) d (id)
                 union
                select c.id from contact c join contact_tag t on t.contact_id = c.id
                 where c.id > :after and c.id <= :upTo and (t.contact_sort_name <> c.sort_name or t.contact_created_at <> c.created_at)
                """).param("after", after).param("upTo", upTo).param("mended", mended.toArray(UUID[]::new)).query(UUID.class).list();
    }

    /** By the difference within one look, so that what is tagged meanwhile is neither overlooked nor counted twice. */
    private int countTags() {
        return db.sql("""
                with counted as materialized (
                    select g.project_id, g.name, n.contacts - g.contact_count as missing
                      from tag g cross join lateral (
                           select count(c.id) as contacts from contact_tag t
                             join contact c on c.id = t.contact_id and c.deleted_at is null and c.part_of is null
                            where t.project_id = g.project_id and t.tag = g.name) n
                     where n.contacts <> g.contact_count),
                locked as materialized (
                    select g.project_id, g.name, d.missing from tag g join counted d using (project_id, name)
                     order by g.project_id, g.name for no key update of g)
                update tag g set contact_count = g.contact_count + l.missing from locked l
                 where g.project_id = l.project_id and g.name = l.name
                """).update();
    }

    private int countContacts() {
        return db.sql("""
                insert into contact_count (tenant_id, difference)
                select :tenant, d.missing
                  from (select (select count(*) from contact where deleted_at is null and part_of is null)
                             - (select coalesce(sum(difference), 0) from contact_count) as missing) d
                 where d.missing <> 0
                """).param("tenant", Tenancy.current().value()).update();
    }
}
