/**
 * Keeps what must not be read at rest: seals small texts, and derives keys for other purposes from one master key.
 *
 * <p>Start with {@link com.ventros.crm.vault.Secrets}.
 */
@org.springframework.modulith.ApplicationModule(displayName = "Vault", allowedDependencies = {"kernel", "tenancy", "embedded"})
package com.ventros.crm.vault;
