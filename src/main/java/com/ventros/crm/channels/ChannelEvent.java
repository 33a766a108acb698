package com.ventros.crm.channels;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.util.Optional;
import java.util.UUID;

/** Everything that can happen to a channel, as other modules see it. */
public sealed interface ChannelEvent extends DomainEvent {

    UUID channelId();

    @EventType(value = "channel.created", description = "A channel was set up; nothing was heard of it yet.")
    record Created(UUID channelId, String name, String type) implements ChannelEvent {}

    @EventType(value = "channel.updated", description = "Somebody changed a channel's name or settings.")
    record Updated(UUID channelId, String name, Optional<Integer> sessionTimeoutMinutes) implements ChannelEvent {}

    @EventType(value = "channel.connection_requested",
            description = "Somebody wants a channel to be connected; what becomes of it the provider reports.")
    record ConnectionRequested(UUID channelId) implements ChannelEvent {}

    @EventType(value = "channel.disconnection_requested",
            description = "Somebody wants a channel to stop, or to be logged out, after which it has to be paired again.")
    record DisconnectionRequested(UUID channelId, boolean logOut) implements ChannelEvent {}

    @EventType(value = "channel.archived", description = "A channel was given up: nothing comes or goes through it; its history stays.")
    record Archived(UUID channelId) implements ChannelEvent {}

    @EventType(value = "channel.restored", description = "A channel that was given up is there again; it has to be connected.")
    record Restored(UUID channelId) implements ChannelEvent {}

    @EventType(value = "channel.connected", description = "A channel is paired and can send; the number is told if known.")
    record Connected(UUID channelId, Optional<String> phone) implements ChannelEvent {}

    @EventType(value = "channel.disconnected", description = "A channel that was connected can no longer send.")
    record Disconnected(UUID channelId) implements ChannelEvent {}

    @EventType(value = "channel.status_changed", description = "A channel's state changed, to whichever.")
    record StatusChanged(UUID channelId, String status) implements ChannelEvent {}

    @EventType(value = "channel.webhook_key_rotated",
            description = "A channel has a new webhook address; the old one answers 404.")
    record WebhookKeyRotated(UUID channelId) implements ChannelEvent {}
}
