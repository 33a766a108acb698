package com.ventros.crm.conversations;

import com.ventros.crm.kernel.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Told within this program when somebody here begins to write in a chat, still does, or has stopped. Shown live to the customer and to
 * colleagues, never stored.
 *
 * @param address of the chat, as its channel gave it; empty while that has not told where a typed number is
 * @param user    who writes; empty for a program
 * @param name    of whoever writes
 */
public record TypingChanged(TenantId tenant, ChatId chat, ChannelId channel, Optional<String> address, Optional<UUID> user, String name,
        boolean typing, Instant at) {}
