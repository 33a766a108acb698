/**
 * Who takes sessions: people and programs, their teams, whether they are there, when they work and how much they take.
 *
 * <p>Start with {@link com.ventros.crm.agents.KeepAgents}; {@link com.ventros.crm.agents.AgentsAtWork} tells the modules
 * above who could take something now.
 */
@org.springframework.modulith.ApplicationModule(
        displayName = "Agents", allowedDependencies = {"kernel", "tenancy", "events", "http", "accounts", "billing"})
package com.ventros.crm.agents;
