package com.ventros.crm.conversations.web;

import com.ventros.crm.conversations.ChatId;
import com.ventros.crm.conversations.MessageId;
import com.ventros.crm.conversations.ScheduleMessages;
import com.ventros.crm.conversations.ScheduledMessageId;
import com.ventros.crm.conversations.ScheduledMessageView;
import com.ventros.crm.conversations.SendMessage;
import com.ventros.crm.http.Cursor;
import com.ventros.crm.http.IfMatch;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Paging;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Principal;
import com.ventros.crm.http.Requires;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.media.MediaFiles;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Messages that are written now and sent later. */
@RestController
@RequestMapping("/api/v1/scheduled-messages")
class ScheduledMessageController {

    /** When which message is to be sent; with {@code cancelIfCustomerWrites} only if the customer has not written by then. */
    record NewScheduledMessage(@NotNull @Size(max = 40) String sendAt, Boolean cancelIfCustomerWrites,
            @NotNull @Valid NewMessage message) {}

    /** What to change; what is missing stays. */
    record Change(@Size(max = 40) String sendAt, @Size(max = LONGEST) String text, Boolean cancelIfCustomerWrites) {}

    /** In Java's characters, of which an emoji has two or more; the exact limit is that of a text. */
    private static final int LONGEST = 8192;

    private final ScheduledMessageView view;
    private final ScheduleMessages schedule;
    private final MediaFiles files;

    ScheduledMessageController(ScheduledMessageView view, ScheduleMessages schedule, MediaFiles files) {
        this.view = view;
        this.schedule = schedule;
        this.files = files;
    }

    /** Lists messages that wait for their time and those that waited, the earliest first. */
    @Requires(Permission.INBOX_READ)
    @GetMapping
    Page<ScheduledMessageView.Shown> list(@RequestParam Optional<UUID> chatId, @RequestParam Optional<String> status, Paging paging) {
        return Page.of(view.list(chatId.map(ChatId::new), status, paging), paging, one -> Cursor.after(one.sendAt(), one.id()));
    }

    /** Takes a message to send at a time. */
    @Requires(Permission.MESSAGE_SEND)
    @PostMapping
    ResponseEntity<ScheduledMessageView.Shown> schedule(Principal principal, @Valid @RequestBody NewScheduledMessage request) {
        request.message().mustSayOneThing();
        if (request.message().act().isPresent()) {
            throw Refusal.invalid("message", "not_supported", "Reactions, edits and revocations are for now.");
        }
        var user = principal.kind() == Principal.Kind.USER ? Optional.of(principal.id()) : Optional.<UUID>empty();
        var id = schedule.schedule(new ScheduleMessages.New(request.message().recipient(), request.message().content(files),
                Optional.ofNullable(request.message().replyToMessageId()).map(MessageId::new),
                new SendMessage.Author(user, principal.name()), Times.typed("sendAt", request.sendAt()),
                Boolean.TRUE.equals(request.cancelIfCustomerWrites())));
        var made = find(id);
        return ResponseEntity.created(URI.create("/api/v1/scheduled-messages/" + id)).eTag(IfMatch.etag(made.version())).body(made);
    }

    /** Shows a message that waits or waited. */
    @Requires(Permission.INBOX_READ)
    @GetMapping("/{id}")
    ResponseEntity<ScheduledMessageView.Shown> get(@PathVariable UUID id) {
        var shown = find(new ScheduledMessageId(id));
        return IfMatch.ok(shown.version(), shown);
    }

    /** Changes a message that waits: its time, its text, or whether the customer's writing cancels it. */
    @Requires(Permission.MESSAGE_SEND)
    @PatchMapping("/{id}")
    ResponseEntity<ScheduledMessageView.Shown> change(@PathVariable UUID id, IfMatch seen, @Valid @RequestBody Change request) {
        schedule.change(new ScheduledMessageId(id), new ScheduleMessages.Change(
                Optional.ofNullable(request.sendAt()).map(text -> Times.typed("sendAt", text)), Optional.ofNullable(request.text()),
                Optional.ofNullable(request.cancelIfCustomerWrites())), seen::mustBe);
        return get(id);
    }

    /** Sees to it that a message that waits is not sent. */
    @Requires(Permission.MESSAGE_SEND)
    @PostMapping("/{id}/cancel")
    ResponseEntity<ScheduledMessageView.Shown> cancel(@PathVariable UUID id) {
        schedule.cancel(new ScheduledMessageId(id));
        return get(id);
    }

    private ScheduledMessageView.Shown find(ScheduledMessageId id) {
        return view.find(id).orElseThrow(() -> Refusal.notFound("scheduled_message"));
    }
}
