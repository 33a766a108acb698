package com.ventros.crm.agents;

import com.ventros.crm.billing.Holding;
import com.ventros.crm.billing.Limit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many agents there are, archived ones left out. */
@Component
class AgentsHeld implements Holding {

    private final JdbcClient db;

    AgentsHeld(JdbcClient db) {
        this.db = db;
    }

    @Override
    public Limit limit() {
        return Limit.AGENTS;
    }

    /** A company has hundreds at most, of which the whole table of a tenant is read along its key. */
    @Override
    public long count(long most) {
        return db.sql("select count(*) from (select from agent where archived_at is null limit :most) a").param("most", most).query(Long.class).single();
    }
}
