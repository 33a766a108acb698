/**
 * How a contact becomes a customer: pipelines, their statuses and the rules between them.
 *
 * <p>Start with {@link com.ventros.crm.pipelines.Pipeline}.
 */
@org.springframework.modulith.ApplicationModule(displayName = "Pipelines",
        allowedDependencies = {"kernel", "tenancy", "events", "http", "accounts", "contacts"})
package com.ventros.crm.pipelines;
