/**
 * Time and patience: starts Temporal's workers, starts workflows by their business ids, and puts open work back in
 * after a Temporal that forgot it.
 *
 * <p>A workflow decides when, a use case decides what: the workflows themselves live in the modules they serve.
 * Start with {@link com.ventros.crm.workflows.Workflows}.
 */
@org.springframework.modulith.ApplicationModule(displayName = "Workflows", allowedDependencies = {"kernel", "embedded"})
package com.ventros.crm.workflows;
