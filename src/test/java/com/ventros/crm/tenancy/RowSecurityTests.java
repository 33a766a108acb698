package com.ventros.crm.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestTenant;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.kernel.Uuids;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@DatabaseTest
class RowSecurityTests {

    /** Tables that belong to no tenant, each with the reason it may. */
    private static final List<String> TENANTLESS = List.of(
            "flyway_schema_history", // of the migrations
            "message_search", "message_stretch", // no login may touch them; a function reads them for the bound tenant (MessageSearchTests)
            "failures", // protected all the same, but some belong to nobody: a delivery that cannot be read names no tenant
            "contact_search", // no login may touch it; a function reads it for the bound tenant (ContactSearchTests)
            "event_consumers", "event_bindings", "event_recounts", // of the program's parts
            "event_nodes", "relay_leases", // the running programs and what they hold
            "broker_queues", "broker_messages", "broker_parcels", "broker_dead_letters") /* bytes on their way; crm_app cannot see them */;

    @Autowired
    JdbcClient db;

    @Autowired
    @Qualifier("system")
    JdbcClient system;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void aTenantSeesItsOwnRowsOnly() {
        var ours = TestTenant.create(db, transaction);
        var theirs = TestTenant.create(db, transaction);

        var seen = Tenancy.call(ours.tenant(), () -> transaction.execute(_ ->
                db.sql("select id from project").query(java.util.UUID.class).list()));

        assertThat(seen).containsExactly(ours.project().value()).doesNotContain(theirs.project().value());
    }

    @Test
    void workWithoutATenantSeesNothing() {
        TestTenant.create(db, transaction);
        assertThat(db.sql("select count(*) from project").query(Long.class).single()).isZero();
        assertThat(transaction.<Long>execute(_ -> db.sql("select count(*) from project").query(Long.class).single()))
                .isZero();
    }

    /** A program that stands still within a transaction holds its locks, and everybody else waits for it. */
    @Test
    void nobodyHoldsLocksForLongWithoutWorking() {
        for (var login : List.of(db, system)) {
            assertThat(login.sql("show idle_in_transaction_session_timeout").query(String.class).single()).isEqualTo("15s");
        }
    }

    /** An empty table is read whole in no time, until it is full of dead rows; nor is compiling worth its while here. */
    @Test
    void queuesAreAskedByTheirKeysHoweverEmptyTheyWereCountedLast() {
        for (var question : List.of("select * from broker_messages where queue = 1 and lane = 0 and owner is null",
                "select * from outbox_events where lane = 'INTERACTIVE' order by position limit 1000")) {
            assertThat(system.sql("explain " + question).query(String.class).list()).anyMatch(line -> line.contains("Index Scan"))
                    .anyMatch(line -> line.contains("Index Cond") && line.contains("lane"))
                    .noneMatch(line -> line.contains("Seq Scan") || line.contains("Bitmap"));
        }
        assertThat(system.sql("show jit").query(String.class).single()).isEqualTo("off");
    }

    @Test
    void aRowForAnotherTenantIsRefused() {
        var ours = TestTenant.create(db, transaction);
        assertThatThrownBy(() -> Tenancy.run(ours.tenant(), () -> transaction.executeWithoutResult(_ ->
                db.sql("insert into project (tenant_id, id, name, created_at) values (:t, :id, 'x', now())")
                        .param("t", TenantId.create().value()).param("id", Uuids.v7()).update())))
                .isInstanceOf(DataAccessException.class).rootCause().hasMessageContaining("row-level security");
    }

    @Test
    void everyTableIsProtected() {
        var unprotected = system.sql("""
                select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relname not in (:tenantless)
                   and not (c.relrowsecurity and c.relforcerowsecurity
                            and exists (select from pg_policy p where p.polrelid = c.oid)
                            and exists (select from pg_attribute a where a.attrelid = c.oid
                                         and a.attname = 'tenant_id' and a.attnotnull))
                """).param("tenantless", TENANTLESS).query(String.class).list();
        assertThat(unprotected).isEmpty();
    }

    @Test
    void neitherRoleMayPassRowSecurity() {
        var powerful = system.sql("""
                select rolname from pg_roles where rolname in ('crm_app', 'crm_system')
                   and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)
                """).query(String.class).list();
        assertThat(powerful).isEmpty();
    }

    @Test
    void everyForeignKeyBetweenTenantsTablesIncludesTheTenant() {
        var tenantless = system.sql("""
                select con.conrelid::regclass || ': ' || con.conname
                  from pg_constraint con
                 where con.contype = 'f' and con.connamespace = 'public'::regnamespace
                   and not exists (select from pg_attribute a
                                    where a.attrelid = con.conrelid and a.attnum = any (con.conkey)
                                      and a.attname = 'tenant_id')
                """).query(String.class).list();
        assertThat(tenantless).isEmpty();
    }
}
