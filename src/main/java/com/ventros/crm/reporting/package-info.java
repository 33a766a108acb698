/**
 * Figures: how much is used, how much is said when, and how long customers wait.
 *
 * <p>Two listeners keep them ({@code flow}), {@link com.ventros.crm.reporting.ReportView} shows them.
 */
@org.springframework.modulith.ApplicationModule(displayName = "Reporting",
        allowedDependencies = {"kernel", "tenancy", "events", "http", "accounts"})
package com.ventros.crm.reporting;
