package com.ventros.crm.conversations;

import com.ventros.crm.events.Cause;
import com.ventros.crm.kernel.Refusal;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Which messages can be answered, and by what. */
@Component
class Answers {

    private final Messages messages;

    Answers(Messages messages) {
        this.messages = messages;
    }

    /** What it refers to, as the channel names it; refused unless it can answer a message that is in the chat and on the channel. */
    Incoming.Reply to(MessageId id, Outgoing answer, Chat chat) {
        if (!answer.mayAnswer()) {
            throw Refusal.invalid("replyToMessageId", "not_supported", "A poll or a contact cannot answer a message.");
        }
        var target = find(id, chat.id)
                .orElseThrow(() -> Refusal.invalid("replyToMessageId", "not_found", "There is no such message in this chat."));
        var externalId = Optional.ofNullable(target.state().externalId()).orElseThrow(() ->
                Refusal.invalid("replyToMessageId", "not_sent", "That message has not been sent yet."));
        return new Incoming.Reply(externalId, Optional.ofNullable(target.state().text()));
    }

    /** Whether the message is still in the chat, for everybody to see. */
    boolean stands(MessageId id, ChatId chat) {
        return find(id, chat).filter(message -> message.state().revokedAt() == null).isPresent();
    }

    private Optional<Message> find(MessageId id, ChatId chat) {
        return messages.find(id, Cause.current()).filter(message -> message.place.chat().equals(chat));
    }
}
