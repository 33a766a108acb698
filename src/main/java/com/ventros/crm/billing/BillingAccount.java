package com.ventros.crm.billing;

import com.ventros.crm.billing.BillingEvent.AccountOpened;
import com.ventros.crm.billing.BillingEvent.AccountStatusChanged;
import com.ventros.crm.billing.BillingEvent.PlanAssigned;
import com.ventros.crm.kernel.Aggregate;
import com.ventros.crm.kernel.Codes;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Text;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What a company has agreed upon with whoever runs the installation: on which plan it is, and whether it may work. */
final class BillingAccount extends Aggregate<BillingEvent> {

    /** Only whoever is active writes to customers and makes something new; what customers write is taken in any state. */
    enum Status {
        PENDING, ACTIVE, SUSPENDED, CANCELLED;

        Set<Status> next() {
            return switch (this) {
                case PENDING, SUSPENDED -> Set.of(ACTIVE, CANCELLED);
                case ACTIVE -> Set.of(SUSPENDED, CANCELLED);
                case CANCELLED -> Set.of();
            };
        }
    }

    /** In which state, since when and why; nobody says why an account begins. */
    record Standing(Status status, Instant since, Optional<String> reason) {}

    private static final int LONGEST_REASON = 500;

    final UUID id;
    final Instant openedAt;
    /** Version of the row as it was read; 0 for an account that has none yet. */
    final long storedVersion;
    private Standing standing;
    private Plan plan;
    private Instant planSince;

    BillingAccount(UUID id, Standing standing, Plan plan, Instant planSince, Instant openedAt, long storedVersion) {
        this.id = id;
        this.standing = standing;
        this.plan = plan;
        this.planSince = planSince;
        this.openedAt = openedAt;
        this.storedVersion = storedVersion;
    }

    static BillingAccount open(UUID id, Plan plan, Status first, Instant now) {
        var account = new BillingAccount(id, new Standing(first, now, Optional.empty()), plan, now, now, 0);
        account.raise(new AccountOpened(id, Codes.of(first), plan.code(), plan.price(), plan.currency(), plan.limits()));
        return account;
    }

    /** False when it is on that plan, with these very limits, already. */
    boolean assign(Plan wanted, Instant now) {
        if (standing.status() == Status.CANCELLED) throw Refusal.conflict("billing_account_cancelled", "This account is cancelled for good.");
        if (wanted.equals(plan)) return false;
        var before = plan.code();
        plan = wanted;
        planSince = now;
        raise(new PlanAssigned(id, before, plan.code(), plan.price(), plan.currency(), plan.limits()));
        return true;
    }

    void become(Status next, Optional<String> typed, Instant now) {
        if (!standing.status().next().contains(next)) {
            throw Refusal.conflict("billing_status_refused",
                    "An account that is " + Codes.of(standing.status()) + " cannot become " + Codes.of(next) + ".");
        }
        var before = standing.status();
        standing = new Standing(next, now, typed.map(BillingAccount::reason));
        raise(new AccountStatusChanged(id, Codes.of(before), Codes.of(next), standing.reason()));
    }

    boolean isActive() {
        return standing.status() == Status.ACTIVE;
    }

    Standing standing() {
        return standing;
    }

    Plan plan() {
        return plan;
    }

    Instant planSince() {
        return planSince;
    }

    static String reason(String typed) {
        var reason = Text.storable(typed).strip();
        if (reason.isEmpty() || reason.codePointCount(0, reason.length()) > LONGEST_REASON) {
            throw Refusal.invalid("reason", "length", "A reason has 1 to " + LONGEST_REASON + " characters.");
        }
        return reason;
    }
}
