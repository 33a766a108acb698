package com.ventros.crm.conversations.web;

import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.conversations.ChatId;
import com.ventros.crm.conversations.ChatOpened;
import com.ventros.crm.conversations.ConversationView;
import com.ventros.crm.conversations.InboxView;
import com.ventros.crm.conversations.MarkChatRead;
import com.ventros.crm.conversations.MessageId;
import com.ventros.crm.conversations.SendMessage;
import com.ventros.crm.conversations.TellTyping;
import com.ventros.crm.http.Cursor;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Paging;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Principal;
import com.ventros.crm.http.Requires;
import com.ventros.crm.kernel.Refusal;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The inbox. */
@RestController
@RequestMapping("/api/v1/chats")
class ChatController {

    /** Whether somebody is writing. */
    record Typing(@NotNull Boolean typing) {}

    /** Longer than any name. */
    private static final int MAX_SEARCH = 200;

    private final InboxView inbox;
    private final ConversationView conversation;
    private final MarkChatRead markChatRead;
    private final TellTyping tellTyping;
    private final ApplicationEventPublisher listeners;

    ChatController(InboxView inbox, ConversationView conversation, MarkChatRead markChatRead, TellTyping tellTyping,
            ApplicationEventPublisher listeners) {
        this.tellTyping = tellTyping;
        this.listeners = listeners;
        this.inbox = inbox;
        this.conversation = conversation;
        this.markChatRead = markChatRead;
    }

    /** Lists the chats, those with the latest activity first; with {@code label} those that have it. */
    @Requires(Permission.INBOX_READ)
    @GetMapping
    Page<InboxView.Shown> list(@RequestParam(defaultValue = "all") String filter, @RequestParam Optional<String> q,
            @RequestParam Optional<UUID> channelId, @RequestParam Optional<UUID> label, Paging paging) {
        var unreadOnly = switch (filter) {
            case "all" -> false;
            case "unread" -> true;
            default -> throw Refusal.invalid("filter", "unknown", "filter is all or unread.");
        };
        if (q.filter(text -> text.length() > MAX_SEARCH).isPresent()) {
            throw Refusal.invalid("q", "length", "A search has at most " + MAX_SEARCH + " characters.");
        }
        return Page.of(inbox.list(new InboxView.Query(unreadOnly, q, channelId.map(ChannelId::new), label), paging), paging,
                chat -> Cursor.after(chat.lastActivityAt(), chat.id()));
    }

    /** Shows a chat. */
    @Requires(Permission.INBOX_READ)
    @GetMapping("/{id}")
    InboxView.Shown get(@PathVariable UUID id) {
        return inbox.find(new ChatId(id)).orElseThrow(() -> Refusal.notFound("chat"));
    }

    /** Lists the messages of a chat, the newest first. */
    @Requires(Permission.INBOX_READ)
    @GetMapping("/{id}/messages")
    Page<ConversationView.Shown> messages(Principal principal, @PathVariable UUID id, Paging paging) {
        if (principal.kind() == Principal.Kind.USER && paging.after().isEmpty()) {
            listeners.publishEvent(new ChatOpened(principal.tenant(), new ChatId(id)));
        }
        return Page.of(conversation.list(new ChatId(id), paging), paging,
                message -> Cursor.after(message.sentAt(), message.id()));
    }

    /** Marks a chat as read up to the message {@code upTo}, or up to its newest one; the customer sees it unless the channel keeps it to itself. */
    @Requires(Permission.MESSAGE_SEND)
    @PostMapping("/{id}/read")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void read(@PathVariable UUID id, @RequestParam Optional<UUID> upTo) {
        markChatRead.handle(new ChatId(id), upTo.map(MessageId::new));
    }

    /** Shows the customer, and colleagues on the live stream, that the caller is writing in a chat. It ends with {@code false}, or ten seconds after the last {@code true}. */
    @Requires(Permission.MESSAGE_SEND)
    @PostMapping("/{id}/typing")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void typing(Principal principal, @PathVariable UUID id, @Valid @RequestBody Typing body) {
        var user = principal.kind() == Principal.Kind.USER ? Optional.of(principal.id()) : Optional.<UUID>empty();
        tellTyping.handle(new ChatId(id), new SendMessage.Author(user, principal.name()), body.typing());
    }
}
