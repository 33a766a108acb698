package com.ventros.crm.billing;

/** What is counted of a month: messages that were written here or came from customers, and what was new. */
public enum Metered { MESSAGES_SENT, MESSAGES_RECEIVED, CONTACTS_ADDED, CHANNELS_ADDED, AGENTS_ADDED }
