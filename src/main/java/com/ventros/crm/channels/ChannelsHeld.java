package com.ventros.crm.channels;

import com.ventros.crm.billing.Holding;
import com.ventros.crm.billing.Limit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many channels there are, connected or not; those that were given up do not count. */
@Component
class ChannelsHeld implements Holding {

    private final JdbcClient db;

    ChannelsHeld(JdbcClient db) {
        this.db = db;
    }

    @Override
    public Limit limit() {
        return Limit.CHANNELS;
    }

    /** Along the key; a company has dozens at most. */
    @Override
    public long count(long most) {
        return db.sql("select count(*) from (select from channel where archived_at is null limit :most) c")
                .param("most", most).query(Long.class).single();
    }
}
