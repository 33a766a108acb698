/**
 * Words that every module shares: typed ids, phone numbers, aggregates and what happens to them, refusals.
 *
 * <p>Nothing here knows Spring, SQL or HTTP. Start with {@link com.ventros.crm.kernel.Aggregate}.
 */
@org.springframework.modulith.ApplicationModule(displayName = "Kernel", allowedDependencies = {})
package com.ventros.crm.kernel;
