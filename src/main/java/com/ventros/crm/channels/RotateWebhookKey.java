package com.ventros.crm.channels;

import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Instant;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An administrator gives a channel a new webhook address, because the old one got into wrong hands. */
@Component
public class RotateWebhookKey {

    private final Channels channels;
    private final ApplicationEventPublisher listeners;

    RotateWebhookKey(Channels channels, ApplicationEventPublisher listeners) {
        this.channels = channels;
        this.listeners = listeners;
    }

    @Transactional
    public void handle(ChannelId id) {
        var channel = channels.lock(id).orElseThrow(() -> Refusal.notFound("channel"));
        channel.rotateWebhookKey();
        channels.save(channel, Instant.now());
        listeners.publishEvent(new ChannelChanged(Tenancy.current(), id));
    }
}
