package com.ventros.crm.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestTenant;
import com.ventros.crm.contacts.PersonalData.Person;
import com.ventros.crm.tenancy.Tenancy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Whoever adds a table that says something of a person has to say how it forgets them. */
@DatabaseTest
class PersonalDataTests {

    /** Columns by whose names one finds a person, or something that is theirs. */
    private static final String OF_A_PERSON =
            "(contact|whole|survivor|absorbed|chat|message|session|deal|note)_id|phone|email|lid|author_.*|reactor|voter|target_id|external_id";

    /** Tables that have such a column and are not looked through for a person, each with the reason why they need not be. */
    private static final Map<String, String> NEED_NOT = Map.ofEntries(
            Map.entry("app_user", "a member of the team"),
            Map.entry("email_change", "the address a member had"),
            Map.entry("invitation", "somebody who is to become one"),
            Map.entry("channel", "the company's own number"),
            Map.entry("billing_customer", "whom the company's own invoices go to"),
            Map.entry("board_card", "goes when its deal leaves the board"),
            Map.entry("contact_erasure", "says that somebody was erased, and no more"),
            Map.entry("failures", "ForgetEvents takes the words out of their events"),
            Map.entry("read_mark", "until when a chat was read, for an hour"),
            Map.entry("report_assignment", "ids, and when"),
            Map.entry("report_contact", "ids, and how many"),
            Map.entry("report_message", "ids, and when"),
            Map.entry("report_session", "ids, and how long"));

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    OwnData ownData;

    @Autowired
    List<PersonalData> keepers;

    @Test
    void everyTableThatNamesAPersonIsLookedThroughOrSaysWhyNot() {
        var nobody = new Person(UUID.randomUUID(), Set.of(UUID.randomUUID()), Set.of(), List.of());
        var looked = new TreeSet<String>();
        Tenancy.run(TestTenant.create(db, transaction).tenant(), () -> transaction.executeWithoutResult(_ -> {
            looked.addAll(ownData.of(nobody).keySet());
            keepers.forEach(keeper -> looked.addAll(keeper.of(nobody).keySet()));
        }));
        var naming = new TreeMap<String, String>();
        db.sql("""
                select c.table_name, string_agg(c.column_name, ', ') from information_schema.columns c
                  join pg_class t on t.relname = c.table_name and t.relkind in ('r', 'p') and not t.relispartition
                 where c.table_schema = 'public' and t.relnamespace = 'public'::regnamespace and c.column_name ~ ('^(' || :names || ')$')
                 group by 1
                """).param("names", OF_A_PERSON).query(row -> {
            naming.put(row.getString(1), row.getString(2));
        });
        assertThat(naming).as("the question finds what is there").containsKeys("contact_identity", "message", "deal", "note");
        naming.keySet().removeAll(looked);
        assertThat(naming.keySet()).as(naming.toString()).containsExactlyInAnyOrderElementsOf(NEED_NOT.keySet());
    }
}
