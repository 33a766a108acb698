package com.ventros.crm.billing;

import com.ventros.crm.accounts.Operators;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.tenancy.Tenancy;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Work on what may be another company's, for whoever runs the installation. Nobody names a company: whose it is follows from what
 * is named. A transaction is one tenant's, so that of another company is one of its own.
 */
@Component
class OnBehalf {

    private final Operators operators;
    private final TransactionTemplate transaction;
    private final TransactionTemplate apart;

    OnBehalf(Operators operators, PlatformTransactionManager transactions) {
        this.operators = operators;
        this.transaction = new TransactionTemplate(transactions);
        this.apart = new TransactionTemplate(transactions);
        this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** For the owner and for whoever runs the installation; to anybody else it is not there. */
    <T> T look(Optional<TenantId> owner, Refusal otherwise, Supplier<T> work) {
        return in(seen(owner, otherwise), work);
    }

    /** For whoever runs the installation; its owner is told that it is not theirs to change. */
    <T> T act(Optional<TenantId> owner, Refusal otherwise, Supplier<T> work) {
        var tenant = seen(owner, otherwise);
        operators.mustRunInstallation(Tenancy.current());
        return in(tenant, work);
    }

    private TenantId seen(Optional<TenantId> owner, Refusal otherwise) {
        var caller = Tenancy.current();
        return owner.filter(tenant -> tenant.equals(caller) || operators.runInstallation(caller)).orElseThrow(() -> otherwise);
    }

    private <T> T in(TenantId tenant, Supplier<T> work) {
        if (tenant.equals(Tenancy.current())) return transaction.execute(_ -> work.get());
        return Tenancy.call(tenant, () -> apart.execute(_ -> work.get()));
    }
}
