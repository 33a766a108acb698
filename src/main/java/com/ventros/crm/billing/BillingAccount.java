package com.ventros.crm.billing;

import com.ventros.crm.billing.BillingEvent.AccountOpened;
import com.ventros.crm.billing.BillingEvent.AccountStatusChanged;
import com.ventros.crm.billing.BillingEvent.PlanAssigned;
import com.ventros.crm.kernel.Aggregate;
import com.ventros.crm.kernel.Codes;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Text;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
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

    /**
     * Which months are to be paid, those of UTC.
     *
     * @param from  the first that there is no invoice for
     * @param until the first that there will be none for; empty while the account is active
     */
    record Months(YearMonth from, Optional<YearMonth> until) {}

    private static final int LONGEST_TEXT = 500;

    final UUID id;
    final Instant openedAt;
    /** Version of the row as it was read; 0 for an account that has none yet. */
    final long storedVersion;
    private Standing standing;
    private Plan plan;
    private Instant planSince;
    private Months months;

    BillingAccount(UUID id, Standing standing, Plan plan, Instant planSince, Months months, Instant openedAt, long storedVersion) {
        this.id = id;
        this.standing = standing;
        this.plan = plan;
        this.planSince = planSince;
        this.months = months;
        this.openedAt = openedAt;
        this.storedVersion = storedVersion;
    }

    static BillingAccount open(UUID id, Plan plan, Status first, Instant now) {
        var month = month(now);
        var account = new BillingAccount(id, new Standing(first, now, Optional.empty()), plan, now,
                new Months(month, Optional.of(month).filter(_ -> first != Status.ACTIVE)), now, 0);
        account.raise(new AccountOpened(id, Codes.of(first), plan.code(), plan.price(), plan.currency(), plan.limits()));
        return account;
    }

    /** False when it is on that plan, with these very limits, already. Months that were free are never paid for. */
    boolean assign(Plan wanted, Instant now) {
        if (standing.status() == Status.CANCELLED) throw Refusal.conflict("billing_account_cancelled", "This account is cancelled for good.");
        if (wanted.equals(plan)) return false;
        var before = plan.code();
        if (plan.isFree()) months = new Months(later(months.from(), month(now)), months.until());
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
        var month = month(now);
        months = switch (next) {
            case ACTIVE -> new Months(later(months.from(), month), Optional.empty());
            case PENDING, SUSPENDED, CANCELLED -> new Months(months.from(), months.until().or(() -> Optional.of(month.plusMonths(1))));
        };
        standing = new Standing(next, now, typed.map(why -> said("reason", why)));
        raise(new AccountStatusChanged(id, Codes.of(before), Codes.of(next), standing.reason()));
    }

    /** The first month before this one that is to be paid and for which there is no invoice. A month that began is paid whole. */
    Optional<YearMonth> due(YearMonth before) {
        boolean due = !plan.isFree() && months.from().isBefore(before) && months.until().filter(until -> !months.from().isBefore(until)).isEmpty();
        return due ? Optional.of(months.from()) : Optional.empty();
    }

    /** There is an invoice for the month that was due. */
    void invoiced() {
        months = new Months(months.from().plusMonths(1), months.until());
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

    Months months() {
        return months;
    }

    /** What somebody says of what they do. */
    static String said(String field, String typed) {
        var said = Text.storable(typed).strip();
        if (Text.isInvisible(said) || said.codePointCount(0, said.length()) > LONGEST_TEXT) {
            throw Refusal.invalid(field, "length", "Say it in 1 to " + LONGEST_TEXT + " characters.");
        }
        return said;
    }

    private static YearMonth later(YearMonth one, YearMonth other) {
        return one.isAfter(other) ? one : other;
    }

    /** Months are those of UTC, for everybody. */
    static YearMonth month(Instant at) {
        return YearMonth.from(at.atOffset(ZoneOffset.UTC));
    }
}
