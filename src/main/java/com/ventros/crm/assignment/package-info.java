/**
 * Who is given a session without a person saying so, and who is given it instead when nobody answers.
 *
 * <p>{@link com.ventros.crm.assignment.KeepAssignmentRules} says how, {@link com.ventros.crm.assignment.AssignSessions}
 * does it.
 */
@org.springframework.modulith.ApplicationModule(displayName = "Assignment",
        allowedDependencies = {"kernel", "tenancy", "events", "http", "accounts", "agents", "contacts", "conversations"})
package com.ventros.crm.assignment;
