/**
 * Who did what: an append-only record of what people, keys and the program itself did, chained by hashes within each
 * tenant so that a change made behind the program's back shows.
 *
 * <p>{@code flow.OnWhatSomebodyDid} decides what is recorded, {@link com.ventros.crm.audit.AuditLog} keeps and checks it.
 */
@org.springframework.modulith.ApplicationModule(
        displayName = "Audit", allowedDependencies = {"kernel", "tenancy", "events", "http"})
package com.ventros.crm.audit;
