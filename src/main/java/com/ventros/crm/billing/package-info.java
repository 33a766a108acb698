/**
 * What each company pays and how much it may have for it: accounts, plans, limits, usage, invoices.
 *
 * <p>Start with {@link com.ventros.crm.billing.BillingAccount}. The modules above ask {@link com.ventros.crm.billing.Limits}, the one
 * place where a limit stops somebody, and tell through {@link com.ventros.crm.billing.Holding} how much there is.
 */
@org.springframework.modulith.ApplicationModule(displayName = "Billing", allowedDependencies = {"kernel", "tenancy", "events", "http", "accounts"})
package com.ventros.crm.billing;
