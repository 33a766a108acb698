package com.ventros.crm.billing;

import com.ventros.crm.kernel.Codes;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The one place where an account or a plan stops somebody. The API asks here before anything is changed, use cases before they make
 * something that a plan limits; what customers send is never asked about. Where the plan has no limit, asking is one row read by its
 * key and nobody waits for anybody.
 */
@Component
public class Limits {

    /** How far a limit is used; {@code allowed} is empty where it has no end. */
    record Stand(long used, Optional<Long> allowed) {}

    /** How many more there may be, held for whoever asked until their transaction ends. */
    public static final class Room {

        private final BillingAccount account;
        private final Limit limit;
        private final LongSupplier all;
        private long used;

        private Room(BillingAccount account, Limit limit, LongSupplier all, long used) {
            this.account = account;
            this.limit = limit;
            this.all = all;
            this.used = used;
        }

        /** Takes one place; refused when there is none, or the account is not active. */
        public void take() {
            mustBeActive(account);
            account.plan().limits().of(limit).filter(allowed -> used >= allowed).ifPresent(allowed -> {
                // It was counted no further than it is allowed, and may be more: the plan was a larger one once.
                throw reached(limit, Math.max(used, all.getAsLong()), allowed);
            });
            used++;
        }
    }

    private final JdbcClient db;
    private final BillingAccounts accounts;
    private final MessageCounts messages;
    private final Map<Limit, Holding> holdings;

    Limits(JdbcClient db, BillingAccounts accounts, MessageCounts messages, List<Holding> holdings) {
        this.db = db;
        this.accounts = accounts;
        this.messages = messages;
        this.holdings = holdings.stream().collect(Collectors.toMap(Holding::limit, Function.identity()));
    }

    /** One more of these is about to be made in this transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void mayAdd(Limit limit) {
        room(limit).take();
    }

    /**
     * How many more of these may be made in this transaction. Others who ask for the same tenant wait for its end, if the plan has
     * a limit: they count what this one made.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Room room(Limit limit) {
        var account = accounts.present();
        if (!account.isActive() || account.plan().limits().of(limit).isEmpty()) return new Room(account, limit, () -> 0, 0);
        account = accounts.lock();
        return new Room(account, limit, () -> all(limit), account.plan().limits().of(limit).map(allowed -> holdings.get(limit).count(allowed)).orElse(0L));
    }

    /** Something is about to go out, or to be changed, that counts as nothing. */
    @Transactional(readOnly = true)
    public void mustBeActive() {
        mustBeActive(accounts.present());
    }

    /**
     * A message was written. Said last in its transaction: where the plan limits messages, the next one of the tenant waits here for
     * the commit, and for nothing else.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void sent(Instant at) {
        var account = accounts.present();
        mustBeActive(account);
        account.plan().limits().of(Limit.MESSAGES).ifPresent(allowed -> {
            if (account.storedVersion == 0) accounts.open();
            count(BillingAccount.month(at), allowed);
        });
    }

    /** The messages of a plan are limited from now on: they are counted from what was metered of the month. */
    void limitMessages(Instant now) {
        db.sql("delete from billing_month where month >= :month").param("month", BillingAccount.month(now).atDay(1)).update();
    }

    Stand stand(Limit limit, Instant now) {
        var allowed = accounts.present().plan().limits().of(limit);
        if (limit != Limit.MESSAGES) return new Stand(all(limit), allowed);
        var month = BillingAccount.month(now);
        return new Stand(allowed.flatMap(_ -> counted(month)).orElseGet(() -> metered(month)), allowed);
    }

    private long all(Limit limit) {
        return holdings.get(limit).count(Long.MAX_VALUE);
    }

    private void count(YearMonth month, long allowed) {
        if (takeOne(month, allowed)) return;
        if (counted(month).isEmpty()) {
            db.sql("insert into billing_month (tenant_id, month, sent) values (:tenant, :month, :sent) on conflict do nothing")
                    .param("tenant", Tenancy.current().value()).param("month", month.atDay(1)).param("sent", metered(month)).update();
            if (takeOne(month, allowed)) return;
        }
        throw reached(Limit.MESSAGES, counted(month).orElse(allowed), allowed);
    }

    private boolean takeOne(YearMonth month, long allowed) {
        return db.sql("update billing_month set sent = sent + 1 where month = :month and sent < :allowed")
                .param("month", month.atDay(1)).param("allowed", allowed).update() == 1;
    }

    private Optional<Long> counted(YearMonth month) {
        return db.sql("select sent from billing_month where month = :month").param("month", month.atDay(1)).query(Long.class).optional();
    }

    /** Messages of the month that were counted from events: a moment late, and the same but for that. */
    private long metered(YearMonth month) {
        return messages.between(month, month).stream().mapToLong(MessageCounts.Count::written).sum();
    }

    private static void mustBeActive(BillingAccount account) {
        if (account.isActive()) return;
        throw Refusal.conflict("billing_account_not_active",
                "The company's account is " + Codes.of(account.standing().status())
                        + ": until it is active nothing is sent or changed. What is there can be read, exported and erased, and what comes is kept.");
    }

    private static Refusal reached(Limit limit, long used, long allowed) {
        var what = Codes.of(limit);
        var detail = "The plan allows " + allowed + " " + what + (limit == Limit.MESSAGES ? " a month" : "") + ", and there are " + used + ".";
        return new Refusal(Refusal.Kind.CONFLICT, "limit_reached", detail,
                List.of(new Refusal.FieldError(what, "limit_reached", "used " + used + " of " + allowed)));
    }
}
