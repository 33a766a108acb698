/**
 * What an operator sees: queues, what was given up, and whether everything accepted was applied.
 */
@org.springframework.modulith.ApplicationModule(displayName = "Operations",
        allowedDependencies = {"kernel", "tenancy", "events", "events :: catalog", "http", "accounts", "channels"})
package com.ventros.crm.operations;
