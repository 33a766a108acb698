package com.ventros.crm.channels;

import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.kernel.TenantId;

/** Told within this program once a change of a channel's settings is committed, so that copies of them are dropped. */
public record ChannelChanged(TenantId tenant, ChannelId channel) {}
