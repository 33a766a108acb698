package com.ventros.crm.conversations;

import com.ventros.crm.kernel.TenantId;

/** Told within this program when a person begins to read a conversation: they will want to see whether the customer is typing. */
public record ChatOpened(TenantId tenant, ChatId chat) {}
