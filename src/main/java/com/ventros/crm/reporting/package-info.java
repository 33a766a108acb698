/**
 * Figures: how much is used, how much is said when, how long customers wait, and what agents do.
 *
 * <p>Three listeners keep them ({@code flow}), {@link com.ventros.crm.reporting.ReportView} shows them, and billing asks how many
 * messages there were.
 */
@org.springframework.modulith.ApplicationModule(displayName = "Reporting",
        allowedDependencies = {"kernel", "tenancy", "events", "http", "accounts", "billing"})
package com.ventros.crm.reporting;
