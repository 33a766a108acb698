package com.ventros.crm.vault;

import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.tenancy.Tenancy;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Seals with the newest master key what older ones sealed, so that these can be thrown away: at each start that still names any.
 * A value is replaced only while it is the one that was read, so neither a change of somebody's nor another program is undone.
 */
@Component
class SealAnew {

    /**
     * What came of it.
     *
     * @param sealed     values that an older key had sealed
     * @param unreadable values that none of the keys opens
     */
    record Outcome(int sealed, int unreadable) {
        private Outcome plus(Outcome other) {
            return new Outcome(sealed + other.sealed, unreadable + other.unreadable);
        }
    }

    private record Value(UUID key, byte[] sealed) {}

    private static final Logger log = LoggerFactory.getLogger(SealAnew.class);
    private static final Outcome NOTHING = new Outcome(0, 0);

    private final JdbcClient db;
    private final JdbcClient system;
    private final TransactionTemplate transaction;
    private final Secrets secrets;
    private final List<SealedColumn> columns;

    SealAnew(JdbcClient db, @Qualifier("system") JdbcClient system, TransactionTemplate transaction, Secrets secrets, List<SealedColumn> columns) {
        this.db = db;
        this.system = system;
        this.transaction = transaction;
        this.secrets = secrets;
        this.columns = columns;
    }

    /** Beside everything else: what is not sealed anew yet is opened all the same. */
    @EventListener(ApplicationReadyEvent.class)
    void start() {
        if (secrets.hasOldKeys()) Thread.ofVirtual().name("seal-anew").start(this::ofAll);
    }

    private void ofAll() {
        try {
            var outcome = NOTHING;
            for (var tenant : system.sql("select tenant_id from tenant").query(UUID.class).list()) {
                outcome = outcome.plus(of(new TenantId(tenant)));
            }
            if (outcome.unreadable() > 0) {
                log.error("{} secrets were sealed with a key that is neither crm.secrets.key nor among crm.secrets.old-keys: add it there, or give them again",
                        outcome.unreadable());
            } else {
                log.info("Sealed {} secrets anew; none needs crm.secrets.old-keys any more, but answers of repeated posts for a day", outcome.sealed());
            }
        } catch (RuntimeException failed) {
            log.error("Not all secrets are sealed anew: keep crm.secrets.old-keys; the next start goes on", failed);
        }
    }

    Outcome of(TenantId tenant) {
        return Tenancy.call(tenant, () -> transaction.execute(_ ->
                columns.stream().map(column -> of(tenant, column)).reduce(NOTHING, Outcome::plus)));
    }

    private Outcome of(TenantId tenant, SealedColumn column) {
        int sealed = 0;
        int unreadable = 0;
        for (var value : values(column)) {
            if (!secrets.isOld(value.sealed())) continue;
            try {
                var context = column.context().of(tenant.value(), value.key());
                sealed += replace(column, value, secrets.encrypt(secrets.decrypt(value.sealed(), context), context));
            } catch (Secrets.CannotOpen lost) {
                log.warn("{} of {} {} cannot be opened: {}", column.column(), column.table(), value.key(), lost.getMessage());
                unreadable++;
            }
        }
        return new Outcome(sealed, unreadable);
    }

    private List<Value> values(SealedColumn column) {
        return db.sql("select %s as id, %s as sealed from %s where %2$s is not null".formatted(column.key(), column.column(), column.table()))
                .query((row, _) -> new Value(row.getObject("id", UUID.class), row.getBytes("sealed"))).list();
    }

    private int replace(SealedColumn column, Value value, byte[] anew) {
        return db.sql("update %s set %s = :anew where %s = :id and %2$s = :old".formatted(column.table(), column.column(), column.key()))
                .param("anew", anew).param("id", value.key()).param("old", value.sealed()).update();
    }
}
