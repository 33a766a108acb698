package com.ventros.crm.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestTenant;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@DatabaseTest
class InboxTests {

    @Autowired
    Inbox inbox;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    @Qualifier("system")
    JdbcClient system;

    @Autowired
    @Qualifier("system")
    PlatformTransactionManager systemTransactions;

    /** It is the longest table there is: some rows a message, for weeks. */
    @Test
    void whatNoDeliveryAsksForAnyMoreIsForgottenWithoutReadingTheRest() {
        var tenant = TestTenant.create(db, transaction).tenant();
        var old = Uuids.v7();
        var young = Uuids.v7();
        Tenancy.run(tenant, () -> transaction.executeWithoutResult(_ -> {
            inbox.claim("timeline", List.of(old, young));
            db.sql("update processed_events set processed_at = now() - make_interval(secs => :kept) where event_id = :old")
                    .param("kept", Inbox.KEPT.plusMinutes(1).toSeconds()).param("old", old).update();
        }));
        long scans = new TransactionTemplate(systemTransactions).execute(_ -> {
            inbox.prune();
            return system.sql("select seq_scan from pg_stat_xact_user_tables where relname = 'processed_events'").query(Long.class).single();
        });
        assertThat(scans).isZero();
        Set<UUID> left = Tenancy.call(tenant, () -> transaction.execute(_ -> inbox.done("timeline", List.of(old, young))));
        assertThat(left).containsExactly(young);
    }
}
