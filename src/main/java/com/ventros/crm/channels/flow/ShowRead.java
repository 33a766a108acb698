package com.ventros.crm.channels.flow;

import com.ventros.crm.channels.ChannelConnections;
import com.ventros.crm.channels.Providers;
import com.ventros.crm.channels.ReadMarks;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.conversations.ChatId;
import com.ventros.crm.conversations.ReadMessages;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Shows those who wrote in a chat that it was read, unless their channel keeps that to itself. */
@Component
class ShowRead {

    private final ReadMessages read;
    private final ReadMarks marks;
    private final ChannelConnections channels;
    private final Providers providers;

    ShowRead(ReadMessages read, ReadMarks marks, ChannelConnections channels, Providers providers) {
        this.read = read;
        this.marks = marks;
        this.channels = channels;
        this.providers = providers;
    }

    /**
     * What came after a time, or all, until another; the channel that cannot show it now, if so.
     *
     * @param away whether it is known of a channel that it cannot
     */
    Optional<ChannelId> show(ChatId chat, Optional<Instant> since, Instant until, Predicate<ChannelId> away) {
        var cannot = read.between(since, until, chat)
                .filter(messages -> channels.tellsReads(Tenancy.current(), messages.channel()))
                .filter(messages -> away.test(messages.channel())
                        || providers.of(messages.channel()).filter(provider -> !provider.seen(messages)).isPresent())
                .map(ReadMessages.Read::channel);
        if (cannot.isEmpty()) marks.shown(chat, until);
        return cannot;
    }
}
