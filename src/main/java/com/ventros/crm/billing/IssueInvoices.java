package com.ventros.crm.billing;

import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes an invoice for each month that is over, of each account that has a price and was active in it. Invoice and the account's next month are
 * one transaction under the account's lock: of two programs the second finds it written.
 */
@Component
public class IssueInvoices {

    private static final Logger log = LoggerFactory.getLogger(IssueInvoices.class);
    /** By then the last events of a month are counted, unless something stands still for longer. */
    private static final Duration COUNTED = Duration.ofHours(6);
    /** Accounts at one look; what is left follows at once. */
    private static final int AT_ONCE = 50;

    private final BillingAccounts accounts;
    private final Invoices invoices;
    private final UsageView usage;
    private final KeepCustomer customers;
    private final TransactionTemplate transaction;

    IssueInvoices(BillingAccounts accounts, Invoices invoices, UsageView usage, KeepCustomer customers, TransactionTemplate transaction) {
        this.accounts = accounts;
        this.invoices = invoices;
        this.usage = usage;
        this.customers = customers;
        this.transaction = transaction;
    }

    /** Across tenants; how many were written. */
    public int runOnce(Instant now) {
        var written = 0;
        var month = BillingAccount.month(now.minus(COUNTED));
        for (var tenant : accounts.due(month, AT_ONCE)) {
            try {
                written += Tenancy.call(tenant, () -> Cause.outside(Actor.system("invoices")).call(() -> transaction.execute(_ ->
                        issue(accounts.lock(), month, now))));
            } catch (RuntimeException failed) {
                log.warn("The invoices of {} are not written yet; others are", tenant, failed);
            }
        }
        return written;
    }

    /** Those that are due of a locked account, before something about it changes. */
    void before(BillingAccount account, Instant now) {
        issue(account, BillingAccount.month(now), now);
    }

    private int issue(BillingAccount account, YearMonth before, Instant now) {
        var issued = 0;
        for (var month = account.due(before); month.isPresent(); month = account.due(before)) {
            var plan = account.plan();
            invoices.add(Invoice.issue(new Invoice.Face(invoices.nextNumber(), month.get(), plan.code(), plan.name(), plan.price(), plan.currency(),
                    usage.of(month.get()), customers.customer(), now.truncatedTo(ChronoUnit.MICROS))));
            account.invoiced();
            issued++;
        }
        if (issued > 0) accounts.saveMonths(account);
        return issued;
    }
}
