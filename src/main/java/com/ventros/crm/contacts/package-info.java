/**
 * People who talk to us: who they are, every address they are known under, and what happened with them.
 */
@org.springframework.modulith.ApplicationModule(displayName = "Contacts", allowedDependencies = {"kernel", "tenancy", "events", "http", "accounts", "billing", "specifications", "csv"})
package com.ventros.crm.contacts;
