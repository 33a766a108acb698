package com.ventros.crm.contacts.flow;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Makes one row of the many by which a company's contacts were counted; their sum is the same at any moment. */
@Component
public class SumContactCounts {

    /** A busy minute leaves some hundred rows, which a sum reads in no time. */
    private static final long SUM_EVERY_MILLIS = 60_000;
    /** As many as one statement should hold; more are summed the next time. */
    private static final int AT_ONCE = 10_000;

    private final JdbcClient system;

    SumContactCounts(@Qualifier("system") JdbcClient system) {
        this.system = system;
    }

    /** In one statement, so that whoever reads meanwhile finds the rows of before or the one of after. */
    @Scheduled(initialDelay = SUM_EVERY_MILLIS, fixedDelay = SUM_EVERY_MILLIS)
    public void run() {
        system.sql("""
                with many as (
                    select ctid from contact_count
                     where tenant_id in (select tenant_id from contact_count group by tenant_id having count(*) > 1)
                     limit :most for update skip locked),
                gone as (delete from contact_count where ctid in (select ctid from many) returning tenant_id, difference)
                insert into contact_count (tenant_id, difference) select tenant_id, sum(difference) from gone group by tenant_id
                """).param("most", AT_ONCE).update();
    }
}
