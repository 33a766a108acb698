package com.ventros.crm.replies.web;

import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.conversations.ChatId;
import com.ventros.crm.conversations.ConversationView;
import com.ventros.crm.http.Cursor;
import com.ventros.crm.http.IfMatch;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Paging;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Principal;
import com.ventros.crm.http.Requires;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.replies.CannedReplyId;
import com.ventros.crm.replies.CannedReplyView;
import com.ventros.crm.replies.KeepCannedReplies;
import com.ventros.crm.replies.UseCannedReplies;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Replies that are written once and sent often. */
@RestController
@RequestMapping("/api/v1/canned-replies")
class CannedReplyController {

    /** A reply to keep. {@code projectId} may be left out by a tenant with one project; a text, files or both. */
    record NewReply(UUID projectId, Boolean personal, @NotNull @Size(max = LONGEST) String shortCode,
            @NotNull @Size(max = LONGEST) String title, @Size(max = LONGEST) String text, List<@NotNull @Valid File> attachments) {}

    /** What to change; what is missing stays. */
    record Change(@Size(max = LONGEST) String shortCode, @Size(max = LONGEST) String title, @Size(max = LONGEST) String text,
            List<@NotNull @Valid File> attachments) {}

    record File(@NotNull UUID fileId, @NotNull @Size(max = 40) String type, @Size(max = LONGEST) String fileName) {}

    /** In which chat it is said. */
    record Where(@NotNull UUID chatId) {}

    /** In Java's characters, of which an emoji has two or more; the exact limits are those of the reply. */
    private static final int LONGEST = 8192;

    private final CannedReplyView view;
    private final KeepCannedReplies keep;
    private final UseCannedReplies use;
    private final ConversationView conversation;

    CannedReplyController(CannedReplyView view, KeepCannedReplies keep, UseCannedReplies use, ConversationView conversation) {
        this.view = view;
        this.keep = keep;
        this.use = use;
        this.conversation = conversation;
    }

    /** Lists everybody's replies and the caller's own, by short code. */
    @Requires(Permission.INBOX_READ)
    @GetMapping
    Page<CannedReplyView.Shown> list(Principal who, @RequestParam Optional<UUID> projectId, @RequestParam Optional<String> q,
            Paging paging) {
        return Page.of(view.list(keep.project(projectId.map(ProjectId::new)), KeepCannedReplies.member(who), q, paging), paging,
                reply -> Cursor.after(reply.shortCode(), reply.id()));
    }

    /** Keeps a reply, for everybody or for the caller alone. */
    @Requires(Permission.MESSAGE_SEND)
    @PostMapping
    ResponseEntity<CannedReplyView.Shown> write(Principal who, @Valid @RequestBody NewReply request) {
        var id = keep.write(new KeepCannedReplies.New(Optional.ofNullable(request.projectId()).map(ProjectId::new),
                Boolean.TRUE.equals(request.personal()), request.shortCode(), request.title(),
                Optional.ofNullable(request.text()), files(request.attachments()).orElse(List.of())), who);
        var made = find(id, who);
        return ResponseEntity.created(URI.create("/api/v1/canned-replies/" + id)).eTag(IfMatch.etag(made.version())).body(made);
    }

    /** Shows a reply, its gaps not filled. */
    @Requires(Permission.INBOX_READ)
    @GetMapping("/{id}")
    ResponseEntity<CannedReplyView.Shown> get(Principal who, @PathVariable UUID id) {
        var reply = find(new CannedReplyId(id), who);
        return IfMatch.ok(reply.version(), reply);
    }

    /** Changes a reply. */
    @Requires(Permission.MESSAGE_SEND)
    @PatchMapping("/{id}")
    ResponseEntity<CannedReplyView.Shown> change(Principal who, @PathVariable UUID id, IfMatch seen, @Valid @RequestBody Change request) {
        keep.change(new CannedReplyId(id), new KeepCannedReplies.Change(Optional.ofNullable(request.shortCode()),
                Optional.ofNullable(request.title()), Optional.ofNullable(request.text()), files(request.attachments())), who,
                seen::mustBe);
        return get(who, id);
    }

    /** Deletes a reply; what was sent from it stays. */
    @Requires(Permission.MESSAGE_SEND)
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Principal who, @PathVariable UUID id) {
        keep.delete(new CannedReplyId(id), who);
    }

    /** Shows what a reply would say to a contact. */
    @Requires(Permission.INBOX_READ)
    @GetMapping("/{id}/preview")
    UseCannedReplies.Filled preview(Principal who, @PathVariable UUID id, @RequestParam Optional<UUID> contactId) {
        var reply = new CannedReplyId(find(new CannedReplyId(id), who).id());
        return use.preview(reply, contactId.map(ContactId::new).orElseThrow(() ->
                Refusal.invalid("contactId", "required", "Say for whom.")), who);
    }

    /** Fills a reply for somebody who goes on writing with it, and counts it as used. */
    @Requires(Permission.MESSAGE_SEND)
    @PostMapping("/{id}/take")
    UseCannedReplies.Filled take(Principal who, @PathVariable UUID id, @Valid @RequestBody Where request) {
        return use.take(new CannedReplyId(id), new ChatId(request.chatId()), who);
    }

    /** Sends a reply as it is: its text, then each of its files as a message. */
    @Requires(Permission.MESSAGE_SEND)
    @PostMapping("/{id}/send")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Page<ConversationView.Shown> send(Principal who, @PathVariable UUID id, @Valid @RequestBody Where request) {
        return Page.whole(use.send(new CannedReplyId(id), new ChatId(request.chatId()), who).stream()
                .map(message -> conversation.find(message).orElseThrow()).toList());
    }

    private CannedReplyView.Shown find(CannedReplyId id, Principal who) {
        return view.find(id, KeepCannedReplies.member(who)).orElseThrow(() -> Refusal.notFound("canned_reply"));
    }

    private static Optional<List<KeepCannedReplies.TypedFile>> files(List<File> given) {
        return Optional.ofNullable(given).map(files -> files.stream().map(file -> new KeepCannedReplies.TypedFile(file.fileId(),
                file.type(), Optional.ofNullable(file.fileName()))).toList());
    }
}
