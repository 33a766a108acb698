package com.ventros.crm.billing;

import com.ventros.crm.billing.BillingAccount.Status;
import com.ventros.crm.http.Paging;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import org.springframework.stereotype.Component;

/**
 * Whoever runs the installation puts companies on plans, and activates, suspends and cancels their accounts. What is done to
 * another company's account is an event of that company, with who did it.
 */
@Component
public class OperateAccounts {

    private final BillingAccounts accounts;
    private final Plans plans;
    private final Limits limits;
    private final IssueInvoices invoices;
    private final BillingView view;
    private final InvoiceView invoiceView;
    private final OnBehalf onBehalf;

    OperateAccounts(BillingAccounts accounts, Plans plans, Limits limits, IssueInvoices invoices, BillingView view, InvoiceView invoiceView, OnBehalf onBehalf) {
        this.accounts = accounts;
        this.plans = plans;
        this.limits = limits;
        this.invoices = invoices;
        this.view = view;
        this.invoiceView = invoiceView;
        this.onBehalf = onBehalf;
    }

    /** An account that the bound tenant may see: its own, or any if it runs the installation. */
    public BillingView.Account shown(UUID id) {
        return onBehalf.look(whose(id), Refusal.notFound("billing_account"), view::account);
    }

    /** Its invoices, the last first. */
    public List<InvoiceView.Shown> invoices(UUID id, Paging paging) {
        return onBehalf.look(whose(id), Refusal.notFound("billing_account"), () -> invoiceView.list(paging));
    }

    /** {@code version} refuses unless it is the one that the person had before their eyes. */
    public BillingView.Account assign(UUID id, String plan, LongConsumer version) {
        return change(id, (account, now) -> {
            version.accept(account.storedVersion);
            boolean unlimited = account.plan().limits().of(Limit.MESSAGES).isEmpty();
            if (!account.assign(plans.named(plan), now)) return;
            accounts.save(account, now);
            if (unlimited) limits.limitMessages(now);
        });
    }

    public BillingView.Account activate(UUID id, Optional<String> reason) {
        return become(id, Status.ACTIVE, reason);
    }

    public BillingView.Account suspend(UUID id, String reason) {
        return become(id, Status.SUSPENDED, Optional.of(reason));
    }

    /** For good. */
    public BillingView.Account cancel(UUID id, String reason) {
        return become(id, Status.CANCELLED, Optional.of(reason));
    }

    private BillingView.Account become(UUID id, Status next, Optional<String> reason) {
        return change(id, (account, now) -> {
            account.become(next, reason, now);
            accounts.save(account, now);
        });
    }

    /** What is due until now is due on the old terms. */
    private BillingView.Account change(UUID id, BiConsumer<BillingAccount, Instant> what) {
        return onBehalf.act(whose(id), Refusal.notFound("billing_account"), () -> {
            var account = accounts.lock();
            var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
            invoices.before(account, now);
            what.accept(account, now);
            return view.account();
        });
    }

    /** The caller's own has an id before it has a row. */
    private Optional<TenantId> whose(UUID id) {
        return accounts.whose(id).or(() -> Optional.of(Tenancy.current()).filter(own -> BillingAccounts.idOf(own).equals(id)));
    }
}
