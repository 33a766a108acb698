package com.ventros.crm.billing;

/** What a plan may limit; messages are those that are written here in a month, the others as many as there are at a time. */
public enum Limit { AGENTS, CHANNELS, CONTACTS, MESSAGES }
