package com.ventros.crm.billing;

import com.ventros.crm.accounts.Operators;
import com.ventros.crm.billing.BillingAccount.Status;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Whoever runs the installation puts companies on plans, and activates, suspends and cancels their accounts. What is done to
 * another company's account is an event of that company, with who did it.
 */
@Component
public class OperateAccounts {

    private final BillingAccounts accounts;
    private final Plans plans;
    private final Limits limits;
    private final BillingView view;
    private final Operators operators;
    private final TransactionTemplate transaction;
    private final TransactionTemplate apart;

    OperateAccounts(BillingAccounts accounts, Plans plans, Limits limits, BillingView view, Operators operators, PlatformTransactionManager transactions) {
        this.accounts = accounts;
        this.plans = plans;
        this.limits = limits;
        this.view = view;
        this.operators = operators;
        this.transaction = new TransactionTemplate(transactions);
        this.apart = new TransactionTemplate(transactions);
        this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** An account that the bound tenant may see: its own, or any if it runs the installation. */
    public BillingView.Account shown(UUID id) {
        return in(whose(id), view::account);
    }

    /** {@code version} refuses unless it is the one that the person had before their eyes. */
    public BillingView.Account assign(UUID id, String plan, LongConsumer version) {
        return change(id, (account, now) -> {
            version.accept(account.storedVersion);
            if (account.assign(plans.named(plan), now)) accounts.save(account, now);
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

    private BillingView.Account change(UUID id, BiConsumer<BillingAccount, Instant> what) {
        var tenant = whose(id);
        operators.mustRunInstallation(Tenancy.current());
        return in(tenant, () -> {
            what.accept(accounts.lock(), Instant.now().truncatedTo(ChronoUnit.MICROS));
            return view.account();
        });
    }

    /** Whether it is there is nobody's business but its company's and that of whoever runs the installation. */
    private TenantId whose(UUID id) {
        var caller = Tenancy.current();
        var tenant = accounts.whose(id).or(() -> Optional.of(caller).filter(own -> BillingAccounts.idOf(own).equals(id)));
        return tenant.filter(found -> found.equals(caller) || operators.runInstallation(caller))
                .orElseThrow(() -> Refusal.notFound("billing_account"));
    }

    /** A transaction is one tenant's: that of another company has its own. */
    private <T> T in(TenantId tenant, Supplier<T> work) {
        if (tenant.equals(Tenancy.current())) return transaction.execute(_ -> work.get());
        return Tenancy.call(tenant, () -> apart.execute(_ -> work.get()));
    }
}
