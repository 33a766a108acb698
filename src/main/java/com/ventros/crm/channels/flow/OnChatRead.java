package com.ventros.crm.channels.flow;

import com.ventros.crm.channels.ChannelConnections;
import com.ventros.crm.channels.Providers;
import com.ventros.crm.conversations.ChatEvent.ChatRead;
import com.ventros.crm.conversations.ChatId;
import com.ventros.crm.conversations.ReadMessages;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Envelope;
import com.ventros.crm.events.EventConsumer;
import com.ventros.crm.events.OnReplay;
import com.ventros.crm.tenancy.Tenancy;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Somebody here has read a chat: those who wrote are shown it, unless their channel keeps that to itself. What was read on
 * the phone its WhatsApp has told already. What does not work now is tried again on the ladder of delays, and then left.
 */
@Component
final class OnChatRead implements EventConsumer {

    private final ReadMessages read;
    private final ChannelConnections channels;
    private final Providers providers;

    OnChatRead(ReadMessages read, ChannelConnections channels, Providers providers) {
        this.read = read;
        this.channels = channels;
        this.providers = providers;
    }

    @Override
    public String name() {
        return "read-receipts";
    }

    @Override
    public Set<String> patterns() {
        return Set.of("chat.read");
    }

    @Override
    public OnReplay onReplay() {
        return new OnReplay.Refuse("customers were shown long ago that this was read.");
    }

    @Override
    public void handle(List<Envelope> events) {
        for (var event : events) {
            if (event.actor().kind() == Actor.Kind.CHANNEL) continue;
            var told = event.dataAs(ChatRead.class);
            read.between(told.since(), told.at(), new ChatId(told.chatId()))
                    .filter(messages -> channels.tellsReads(Tenancy.current(), messages.channel()))
                    .filter(messages -> providers.of(messages.channel()).filter(provider -> !provider.seen(messages)).isPresent())
                    .ifPresent(messages -> {
                        throw new IllegalStateException("Channel " + messages.channel() + " cannot show now what was read.");
                    });
        }
    }

    /** Ticks that stay grey are no work for anybody. */
    @Override
    public boolean forgets() {
        return true;
    }

    /** A call to a provider takes some seconds when it is in trouble; no transaction waits for it. */
    @Override
    public boolean transactional() {
        return false;
    }
}
