package com.ventros.crm.billing;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.util.Optional;
import java.util.UUID;

/** Everything that can happen to what a company pays, as other modules see it. Prices are in a currency's smallest parts. */
public sealed interface BillingEvent extends DomainEvent {

    /** {@code status} is {@code active} or {@code pending}. */
    @EventType(value = "billing.account_opened", description = "A company has an account, on a plan.")
    record AccountOpened(UUID accountId, String status, String plan, long price, String currency, Plan.Allowed limits) implements BillingEvent {}

    @EventType(value = "billing.plan_assigned", description = "A company is on another plan from now on, or its plan has other terms.")
    record PlanAssigned(UUID accountId, String before, String plan, long price, String currency, Plan.Allowed limits) implements BillingEvent {}

    /** {@code before} and {@code now} are {@code pending}, {@code active}, {@code suspended} or {@code cancelled}. */
    @EventType(value = "billing.account_status_changed", description = "A company's account was activated, suspended or cancelled.")
    record AccountStatusChanged(UUID accountId, String before, String now, Optional<String> reason) implements BillingEvent {}

    /** {@code month} is written 2026-03. */
    @EventType(value = "billing.invoice_issued", description = "A company is to pay for a month that is over.")
    record InvoiceIssued(UUID invoiceId, long number, String month, String plan, long total, String currency) implements BillingEvent {}

    /** {@code by} is {@code by_hand}. */
    @EventType(value = "billing.invoice_paid", description = "An invoice was paid.")
    record InvoicePaid(UUID invoiceId, long number, String by, String note) implements BillingEvent {}

    @EventType(value = "billing.invoice_voided", description = "An invoice was taken back; nobody is to pay it.")
    record InvoiceVoided(UUID invoiceId, long number, String reason) implements BillingEvent {}

    @EventType(value = "billing.customer_changed", description = "It was said anew to whom a company's invoices go.")
    record CustomerChanged(String name, String country) implements BillingEvent {}
}
