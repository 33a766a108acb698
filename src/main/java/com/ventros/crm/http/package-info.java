/**
 * What all controllers share: who asks ({@link com.ventros.crm.http.Principal}) and what they may
 * ({@link com.ventros.crm.http.Requires}), problems, pages and cursors, versions, and creating posts that may be
 * repeated.
 *
 * <p>A controller method under {@code /api/v1} carries {@code @Requires} or {@code @Open}; one without is refused.
 * It throws {@link com.ventros.crm.kernel.Refusal} for what the domain refuses; {@code Problems} turns it into RFC 9457.
 */
@org.springframework.modulith.ApplicationModule(
        displayName = "HTTP", allowedDependencies = {"kernel", "tenancy", "events", "vault"})
package com.ventros.crm.http;
