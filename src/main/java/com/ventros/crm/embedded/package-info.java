/**
 * Parts that the program brings along, so that it runs without any set-up: PostgreSQL and Temporal.
 * Each steps aside as soon as an external one is configured.
 */
@org.springframework.modulith.ApplicationModule(displayName = "Embedded parts", allowedDependencies = {})
package com.ventros.crm.embedded;
