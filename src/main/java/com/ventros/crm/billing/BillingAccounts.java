package com.ventros.crm.billing;

import com.ventros.crm.billing.BillingAccount.Months;
import com.ventros.crm.billing.BillingAccount.Standing;
import com.ventros.crm.billing.BillingAccount.Status;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.kernel.Codes;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Keeps accounts, one for each tenant. One that has no row yet is as it would be opened now, so that nobody waits for it and no
 * limit is passed by before it is there.
 */
@Repository
class BillingAccounts {

    private final JdbcClient db;
    private final JdbcClient system;
    private final Outbox outbox;
    private final Plans plans;

    BillingAccounts(JdbcClient db, @Qualifier("system") JdbcClient system, Outbox outbox, Plans plans) {
        this.db = db;
        this.system = system;
        this.outbox = outbox;
        this.plans = plans;
    }

    /** The bound tenant's. */
    BillingAccount present() {
        return find("").orElseGet(this::fresh);
    }

    /** The bound tenant's, opened if need be and locked until the transaction ends; rows that refer to it do not wait. */
    BillingAccount lock() {
        return find(" for no key update").orElseGet(() -> {
            open();
            return find(" for no key update").orElseThrow();
        });
    }

    /** Once, however often. */
    void open() {
        var account = fresh();
        var added = db.sql("""
                insert into billing_account (tenant_id, id, status, status_since, plan_code, plan_name, price, currency, plan_since, agents_allowed,
                                             channels_allowed, contacts_allowed, messages_allowed, invoice_from, invoice_until, opened_at, version)
                values (:tenant, :id, :status, :since, :code, :name, :price, :currency, :planSince, :agents, :channels, :contacts, :messages,
                        :from, :until, :opened, 1)
                    on conflict (tenant_id) do nothing
                """).params(params(account)).param("tenant", Tenancy.current().value())
                .param("opened", account.openedAt.atOffset(ZoneOffset.UTC)).update();
        if (added == 1) tell(account, account.openedAt);
    }

    void save(BillingAccount account, Instant now) {
        db.sql("""
                update billing_account set status = :status, status_since = :since, status_reason = :reason, plan_code = :code, plan_name = :name,
                       price = :price, currency = :currency, plan_since = :planSince, agents_allowed = :agents, channels_allowed = :channels,
                       contacts_allowed = :contacts, messages_allowed = :messages, invoice_from = :from, invoice_until = :until, version = version + 1
                 where id = :id
                """).params(params(account)).param("reason", account.standing().reason().orElse(null)).update();
        tell(account, now);
    }

    /** There are invoices for some months more, which is no other version of what people change. */
    void saveMonths(BillingAccount account) {
        db.sql("update billing_account set invoice_from = :from where id = :id").param("from", account.months().from().atDay(1)).param("id", account.id).update();
    }

    /** Across tenants: those with months before this one to be paid, along {@code billing_account_due}. */
    List<TenantId> due(YearMonth before, int limit) {
        return system.sql("""
                select tenant_id from billing_account
                 where price > 0 and invoice_from < :month and invoice_from < coalesce(invoice_until, 'infinity') order by invoice_from limit :limit
                """).param("month", before.atDay(1)).param("limit", limit).query(UUID.class).list().stream().map(TenantId::new).toList();
    }

    /** Whose account this is, of all tenants. */
    Optional<TenantId> whose(UUID id) {
        return system.sql("select tenant_id from billing_account where id = :id").param("id", id).query(UUID.class).optional().map(TenantId::new);
    }

    /** The id that the account of a tenant gets, which so has one before it is opened. */
    static UUID idOf(TenantId tenant) {
        return Uuids.v5(tenant.value(), "billing-account");
    }

    static BillingAccount account(ResultSet row) throws SQLException {
        return new BillingAccount(row.getObject("id", UUID.class), new Standing(Status.valueOf(row.getString("status")), instant(row, "status_since"),
                Optional.ofNullable(row.getString("status_reason"))), new Plan(row.getString("plan_code"), row.getString("plan_name"),
                row.getLong("price"), row.getString("currency"), new Plan.Allowed(allowed(row, "agents"), allowed(row, "channels"),
                allowed(row, "contacts"), allowed(row, "messages"))), instant(row, "plan_since"),
                new Months(month(row, "invoice_from").orElseThrow(), month(row, "invoice_until")), instant(row, "opened_at"), row.getLong("version"));
    }

    BillingAccount fresh() {
        return BillingAccount.open(idOf(Tenancy.current()), plans.usual(), plans.first(), Instant.now().truncatedTo(ChronoUnit.MICROS));
    }

    private Optional<BillingAccount> find(String lock) {
        return db.sql("select * from billing_account" + lock).query((row, _) -> account(row)).optional();
    }

    private void tell(BillingAccount account, Instant now) {
        outbox.append(account.takeEvents().stream().map(event -> new NewEvent(event, "billing_account", account.id, account.storedVersion + 1,
                Optional.empty(), now, Cause.current())).toList());
    }

    private static Map<String, Object> params(BillingAccount account) {
        var params = new HashMap<String, Object>();
        params.put("id", account.id);
        params.put("status", account.standing().status().name());
        params.put("since", account.standing().since().atOffset(ZoneOffset.UTC));
        params.put("code", account.plan().code());
        params.put("name", account.plan().name());
        params.put("price", account.plan().price());
        params.put("currency", account.plan().currency());
        params.put("planSince", account.planSince().atOffset(ZoneOffset.UTC));
        params.put("from", account.months().from().atDay(1));
        params.put("until", account.months().until().map(until -> until.atDay(1)).orElse(null));
        for (var limit : Limit.values()) params.put(Codes.of(limit), account.plan().limits().of(limit).orElse(null));
        return params;
    }

    private static Optional<Long> allowed(ResultSet row, String what) throws SQLException {
        return Optional.ofNullable(row.getObject(what + "_allowed", Long.class));
    }

    private static Optional<YearMonth> month(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, LocalDate.class)).map(YearMonth::from);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
