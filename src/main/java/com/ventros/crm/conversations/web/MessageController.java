package com.ventros.crm.conversations.web;

import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.conversations.ChatId;
import com.ventros.crm.conversations.ConversationView;
import com.ventros.crm.conversations.MessageId;
import com.ventros.crm.conversations.SendMessage;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Principal;
import com.ventros.crm.http.Requires;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.kernel.Refusal;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Single messages, and writing them. */
@RestController
@RequestMapping("/api/v1/messages")
class MessageController {

    /** Either a chat, or a channel and a number. */
    record NewMessage(UUID chatId, UUID channelId, @Size(max = 40) String to, @NotNull @Size(max = 8192) String text,
            UUID replyToMessageId) {}

    private final ConversationView conversation;
    private final SendMessage sendMessage;

    MessageController(ConversationView conversation, SendMessage sendMessage) {
        this.conversation = conversation;
        this.sendMessage = sendMessage;
    }

    /** Shows a message. */
    @Requires(Permission.INBOX_READ)
    @GetMapping("/{id}")
    ConversationView.Shown get(@PathVariable UUID id) {
        return conversation.find(new MessageId(id)).orElseThrow(() -> Refusal.notFound("message"));
    }

    /** Takes a message to send. The answer says that it is queued; its status tells what becomes of it. */
    @Requires(Permission.MESSAGE_SEND)
    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    ConversationView.Shown send(Principal principal, @Valid @RequestBody NewMessage body) {
        var user = principal.kind() == Principal.Kind.USER ? Optional.of(principal.id()) : Optional.<UUID>empty();
        var id = sendMessage.handle(new SendMessage.Command(to(body), body.text(),
                Optional.ofNullable(body.replyToMessageId()).map(MessageId::new),
                new SendMessage.Author(user, principal.name())));
        return get(id.value());
    }

    private static SendMessage.To to(NewMessage body) {
        if (body.chatId() != null && body.channelId() == null && body.to() == null) {
            return new SendMessage.To.Chat(new ChatId(body.chatId()));
        }
        if (body.chatId() != null || body.channelId() == null || body.to() == null) {
            throw Refusal.invalid("chatId", "ambiguous", "Give either chatId, or channelId and to.");
        }
        // A region would guess; to whom a message goes is not to be guessed.
        return new SendMessage.To.Phone(new ChannelId(body.channelId()), PhoneNumber.parse(body.to(), null)
                .orElseThrow(() -> Refusal.invalid("to", "not_a_number", "Write the number with + and country code.")));
    }
}
