package com.ventros.crm.channels.flow;

import com.ventros.crm.channels.ReadMarks;
import com.ventros.crm.conversations.ChatEvent.ChatRead;
import com.ventros.crm.conversations.ChatId;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Envelope;
import com.ventros.crm.events.EventConsumer;
import com.ventros.crm.events.OnReplay;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Somebody here has read a chat: those who wrote are shown it. What was read on the phone its WhatsApp has told already. What does not
 * work now is kept, and tried again by {@link ReadMarker}.
 */
@Component
final class OnChatRead implements EventConsumer {

    private final ShowRead show;
    private final ReadMarks marks;

    OnChatRead(ShowRead show, ReadMarks marks) {
        this.show = show;
        this.marks = marks;
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
            var chat = new ChatId(told.chatId());
            var since = marks.since(chat, told.since());
            show.show(chat, since, told.at(), marks::waitFor).ifPresent(channel -> marks.keep(chat, channel, since, told.at()));
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
