/**
 * Companies and the people who work there: tenants, users and their roles, invitations, API keys, sign-in, the first administrator.
 *
 * <p>Start with {@link com.ventros.crm.accounts.OpenTenant}, then {@link com.ventros.crm.accounts.SignIn}.
 * {@link com.ventros.crm.accounts.Role} is the one table of who may do what; {@link com.ventros.crm.accounts.Member} has the
 * rules by which a team changes.
 */
@org.springframework.modulith.ApplicationModule(
        displayName = "Accounts", allowedDependencies = {"kernel", "tenancy", "events", "vault", "http", "mail"})
package com.ventros.crm.accounts;
