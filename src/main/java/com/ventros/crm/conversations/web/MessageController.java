package com.ventros.crm.conversations.web;

import com.ventros.crm.conversations.ActOnMessage;
import com.ventros.crm.conversations.ConversationView;
import com.ventros.crm.conversations.MessageId;
import com.ventros.crm.conversations.MessageSearch;
import com.ventros.crm.conversations.SearchedText;
import com.ventros.crm.conversations.SendAgain;
import com.ventros.crm.conversations.SendMessage;
import com.ventros.crm.http.Cursor;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Paging;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Principal;
import com.ventros.crm.http.Requires;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.media.MediaFiles;
import jakarta.validation.Valid;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Single messages, writing them, and what can be done to them. */
@RestController
@RequestMapping("/api/v1/messages")
class MessageController {

    private final ConversationView conversation;
    private final MessageSearch search;
    private final SendMessage sendMessage;
    private final SendAgain sendAgain;
    private final ActOnMessage actOnMessage;
    private final MediaFiles files;

    MessageController(ConversationView conversation, MessageSearch search, SendMessage sendMessage, SendAgain sendAgain,
            ActOnMessage actOnMessage, MediaFiles files) {
        this.sendAgain = sendAgain;
        this.conversation = conversation;
        this.search = search;
        this.sendMessage = sendMessage;
        this.actOnMessage = actOnMessage;
        this.files = files;
    }

    /** Shows a message. */
    @Requires(Permission.INBOX_READ)
    @GetMapping("/{id}")
    ConversationView.Shown get(@PathVariable UUID id) {
        return conversation.find(new MessageId(id)).orElseThrow(() -> Refusal.notFound("message"));
    }

    /** Finds messages that hold these words, or words that begin with them; the newest first. */
    @Requires(Permission.INBOX_READ)
    @GetMapping("/search")
    Page<MessageSearch.Found> search(@RequestParam Optional<String> q, @RequestParam Optional<UUID> contactId,
            @RequestParam Optional<UUID> chatId, @RequestParam Optional<UUID> channelId, @RequestParam Optional<String> direction,
            @RequestParam Optional<String> type, @RequestParam Optional<String> from, @RequestParam Optional<String> to, Paging paging) {
        var words = SearchedText.typed(q.orElse(""));
        return Page.of(search.search(words, new MessageSearch.Query(contactId, chatId, channelId, direction, type,
                        from.map(text -> Times.typed("from", text)), to.map(text -> Times.typed("to", text))), paging),
                paging, found -> Cursor.after(found.sentAt(), found.id()));
    }

    /** Takes a message to send, or something to do to one. The answer shows it queued, or already on its way; its status, or its actions, tell what becomes of it. */
    @Requires(Permission.MESSAGE_SEND)
    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    ConversationView.Shown send(Principal principal, @Valid @RequestBody NewMessage body) {
        body.mustSayOneThing();
        var act = body.act();
        if (act.isPresent()) {
            if (body.isAddressed()) {
                throw Refusal.invalid("chatId", "ambiguous", "A reaction, edit or revocation names its message only.");
            }
            actOnMessage.handle(new MessageId(act.get().getKey()), act.get().getValue(), onlyThoseOf(principal));
            return get(act.get().getKey());
        }
        var id = sendMessage.handle(new SendMessage.Command(body.recipient(), body.content(files),
                Optional.ofNullable(body.replyToMessageId()).map(MessageId::new), author(principal)));
        return get(id.value());
    }

    /** Sends a message that has failed once more, as a new message that says the same. However often it is asked for, there is one; the answer shows it. */
    @Requires(Permission.MESSAGE_SEND)
    @PostMapping("/{id}/send-again")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ConversationView.Shown sendAgain(Principal principal, @PathVariable UUID id) {
        return get(sendAgain.handle(new MessageId(id), author(principal)).value());
    }

    private static SendMessage.Author author(Principal principal) {
        return new SendMessage.Author(principal.kind() == Principal.Kind.USER ? Optional.of(principal.id()) : Optional.empty(), principal.name());
    }

    /** Who answers for the words that all of us send may change a colleague's as well; a key writes for the company. */
    private static Optional<UUID> onlyThoseOf(Principal principal) {
        boolean all = principal.kind() != Principal.Kind.USER || principal.may(Permission.AUTOMATION_WRITE);
        return all ? Optional.empty() : Optional.of(principal.id());
    }
}
