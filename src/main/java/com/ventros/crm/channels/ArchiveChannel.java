package com.ventros.crm.channels;

import com.ventros.crm.billing.Limit;
import com.ventros.crm.billing.Limits;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Instant;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An administrator gives up a channel, or takes it up again. What was said on it stays. */
@Component
public class ArchiveChannel {

    private final Channels channels;
    private final Limits limits;
    private final ApplicationEventPublisher listeners;

    ArchiveChannel(Channels channels, Limits limits, ApplicationEventPublisher listeners) {
        this.channels = channels;
        this.limits = limits;
        this.listeners = listeners;
    }

    @Transactional
    public void archive(ChannelId id) {
        var now = Instant.now();
        var channel = channels.lock(id).orElseThrow(() -> Refusal.notFound("channel"));
        if (!channel.archive(now)) return;
        channels.save(channel, now);
        listeners.publishEvent(new ChannelChanged(Tenancy.current(), id));
    }

    /** Refused when the plan has no room for one more, or another channel has its session meanwhile. */
    @Transactional
    public void restore(ChannelId id) {
        var channel = channels.lock(id).orElseThrow(() -> Refusal.notFound("channel"));
        if (channel.archivedAt().isEmpty()) return;
        limits.mayAdd(Limit.CHANNELS);
        var now = Instant.now();
        channel.restore(now);
        channels.save(channel, now);
        listeners.publishEvent(new ChannelChanged(Tenancy.current(), id));
    }
}
