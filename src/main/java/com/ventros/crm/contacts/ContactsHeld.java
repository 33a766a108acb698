package com.ventros.crm.contacts;

import com.ventros.crm.billing.Holding;
import com.ventros.crm.billing.Limit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many contacts there are; deleted ones are left out, and so are those that people merged into another. */
@Component
class ContactsHeld implements Holding {

    private final JdbcClient db;

    ContactsHeld(JdbcClient db) {
        this.db = db;
    }

    @Override
    public Limit limit() {
        return Limit.CONTACTS;
    }

    /** Along {@code contact_by_age}, no further than asked for. */
    @Override
    public long count(long most) {
        return db.sql("select count(*) from (select from contact where deleted_at is null and part_of is null limit :most) c")
                .param("most", most).query(Long.class).single();
    }
}
