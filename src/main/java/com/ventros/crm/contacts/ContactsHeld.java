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

    /** The sum of what each statement added or took away, which is kept: a million is not counted at each look. */
    @Override
    public long count(long most) {
        return db.sql("select coalesce(sum(difference), 0)::bigint from contact_count").query(Long.class).single();
    }
}
