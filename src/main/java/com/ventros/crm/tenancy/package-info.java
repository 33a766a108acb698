/**
 * Whose data is it: one tenant bound to each unit of work, and a database that shows that tenant's rows only.
 *
 * <p>Start with {@link com.ventros.crm.tenancy.Tenancy}; {@link com.ventros.crm.tenancy.TenantTransactionManager}
 * carries the tenant into the database, where row security does the filtering.
 */
@org.springframework.modulith.ApplicationModule(displayName = "Tenancy", allowedDependencies = {"kernel", "embedded"})
package com.ventros.crm.tenancy;
