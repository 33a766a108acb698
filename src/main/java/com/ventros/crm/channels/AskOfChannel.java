package com.ventros.crm.channels;

import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.kernel.Refusal;
import java.time.Instant;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Somebody asks for a channel to be connected or disconnected: whether that may be, and that it was asked. */
@Component
public class AskOfChannel {

    private final Channels channels;

    AskOfChannel(Channels channels) {
        this.channels = channels;
    }

    @Transactional
    public void toConnect(ChannelId id) {
        ask(id, Channel::askToConnect);
    }

    /** @param logOut whether its phone has to pair it anew afterwards */
    @Transactional
    public void toDisconnect(ChannelId id, boolean logOut) {
        ask(id, channel -> channel.askToDisconnect(logOut));
    }

    private void ask(ChannelId id, Consumer<Channel> wish) {
        var channel = channels.lock(id).orElseThrow(() -> Refusal.notFound("channel"));
        wish.accept(channel);
        channels.save(channel, Instant.now());
    }
}
