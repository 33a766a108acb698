package com.ventros.crm.conversations;

import com.ventros.crm.events.Cause;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.kernel.Refusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Somebody here has read a chat. */
@Component
public class MarkChatRead {

    private final Chats chats;
    private final Messages messages;
    private final Outbox outbox;

    MarkChatRead(Chats chats, Messages messages, Outbox outbox) {
        this.chats = chats;
        this.messages = messages;
        this.outbox = outbox;
    }

    /** @param upTo the last message that was seen, so that what comes meanwhile stays unread; the newest one when empty */
    @Transactional
    public void handle(ChatId id, Optional<MessageId> upTo) {
        var chat = chats.lock(id).orElseThrow(() -> Refusal.notFound("chat"));
        chat.readUntil(upTo.map(seen -> sentAt(seen, id)).orElseGet(() -> chat.last().at()));
        outbox.append(chats.update(List.of(chat), Instant.now().truncatedTo(ChronoUnit.MICROS), _ -> Cause.current()));
    }

    private Instant sentAt(MessageId seen, ChatId chat) {
        return messages.find(seen, Cause.current()).filter(message -> message.place.chat().equals(chat))
                .orElseThrow(() -> Refusal.invalid("upTo", "not_found", "There is no such message in this chat.")).sentAt;
    }
}
