package com.ventros.crm.conversations;

import com.ventros.crm.events.Cause;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.kernel.Refusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Somebody here has read a chat up to its newest message. */
@Component
public class MarkChatRead {

    private final Chats chats;
    private final Outbox outbox;

    MarkChatRead(Chats chats, Outbox outbox) {
        this.chats = chats;
        this.outbox = outbox;
    }

    @Transactional
    public void handle(ChatId id) {
        var chat = chats.lock(id).orElseThrow(() -> Refusal.notFound("chat"));
        chat.readUntil(chat.last().at());
        outbox.append(chats.update(List.of(chat), Instant.now().truncatedTo(ChronoUnit.MICROS), _ -> Cause.current()));
    }
}
