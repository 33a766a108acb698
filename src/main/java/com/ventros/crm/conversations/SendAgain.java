package com.ventros.crm.conversations;

import com.ventros.crm.events.Cause;
import com.ventros.crm.kernel.Refusal;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Sends once more what has failed, as a new message that says the same: no message is ever sent twice, and under the id of the one that
 * failed its channel may still tell something late. The failed one knows which message followed it, and has one such at most: whoever
 * asks again, at the same time or much later, gets that one. When that fails too, it is the one to be sent again.
 */
@Component
public class SendAgain {

    private final Chats chats;
    private final Messages messages;
    private final SendQueue queue;
    private final SendMessage sendMessage;

    SendAgain(Chats chats, Messages messages, SendQueue queue, SendMessage sendMessage) {
        this.chats = chats;
        this.messages = messages;
        this.queue = queue;
        this.sendMessage = sendMessage;
    }

    /** The message that says it once more. */
    @Transactional
    public MessageId handle(MessageId id, SendMessage.Author author) {
        var seen = find(id);
        // Whoever asks at the same time waits here, and finds it done.
        var chat = chats.lock(seen.place.chat()).orElseThrow(() -> new ConcurrencyFailureException("the chat was merged just now"));
        var intent = queue.ofMessage(id).orElseThrow(SendAgain::notFailed);
        if (intent.sentAgainAs().isPresent()) return intent.sentAgainAs().get();
        var message = find(id);
        if (message.state().status() != MessageStatus.FAILED) throw notFailed();
        var again = sendMessage.write(chat, messages.written(message), author);
        queue.sentAgain(intent.id(), again);
        return again;
    }

    private Message find(MessageId id) {
        return messages.find(id, Cause.current()).orElseThrow(() -> Refusal.notFound("message"));
    }

    private static Refusal notFailed() {
        return Refusal.conflict("message_not_failed", "Only a message of ours that has failed can be sent again.");
    }
}
