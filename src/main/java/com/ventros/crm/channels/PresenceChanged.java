package com.ventros.crm.channels;

import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.conversations.Incoming.PresenceState;
import com.ventros.crm.kernel.TenantId;
import java.time.Instant;

/**
 * Somebody is typing, recording, online or gone. Shown live to whoever looks, never stored.
 *
 * @param chatAddress the chat as the channel names it
 * @param participant who, as the channel names them
 */
public record PresenceChanged(
        TenantId tenant, ChannelId channel, String chatAddress, String participant, PresenceState state, Instant at) {}
