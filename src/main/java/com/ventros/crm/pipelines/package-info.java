/**
 * How a contact becomes a customer: pipelines, their statuses and the rules between them.
 *
 * <p>Start with {@link com.ventros.crm.pipelines.Pipeline}, the rules, and {@link com.ventros.crm.pipelines.Deal}, a contact
 * under them.
 */
@org.springframework.modulith.ApplicationModule(displayName = "Pipelines",
        allowedDependencies = {"kernel", "tenancy", "events", "http", "accounts", "contacts", "conversations",
                "specifications"})
package com.ventros.crm.pipelines;
