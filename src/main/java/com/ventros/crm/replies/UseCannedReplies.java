package com.ventros.crm.replies;

import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.conversations.ChatId;
import com.ventros.crm.conversations.MessageId;
import com.ventros.crm.conversations.Outgoing;
import com.ventros.crm.conversations.SendMessage;
import com.ventros.crm.http.Principal;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.media.MediaFiles;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Says a canned reply to somebody, with its gaps filled for them. */
@Component
public class UseCannedReplies {

    /** What would be said; {@code missing} are variables that have neither value nor default, and stand in the text as they are. */
    public record Filled(Optional<String> text, List<CannedReplyView.ShownFile> attachments, List<String> missing) {}

    private final CannedReplies replies;
    private final Variables variables;
    private final SendMessage sendMessage;
    private final MediaFiles files;

    UseCannedReplies(CannedReplies replies, Variables variables, SendMessage sendMessage, MediaFiles files) {
        this.replies = replies;
        this.variables = variables;
        this.sendMessage = sendMessage;
        this.files = files;
    }

    /** What it would say to a contact of whom no chat is meant. */
    @Transactional(readOnly = true)
    public Filled preview(CannedReplyId id, ContactId contact, Principal who) {
        return filled(find(id, who), new Variables.For.Contact(contact), who);
    }

    /** Somebody takes it into the message they are writing. */
    @Transactional
    public Filled take(CannedReplyId id, ChatId chat, Principal who) {
        var filled = filled(find(id, who), new Variables.For.Chat(chat), who);
        replies.used(id, now());
        return filled;
    }

    /** Sends it: the text, then each file, all of them or none; refused when a gap stays empty. */
    @Transactional
    public List<MessageId> send(CannedReplyId id, ChatId chat, Principal who) {
        var reply = find(id, who);
        var filled = filled(reply, new Variables.For.Chat(chat), who);
        if (!filled.missing().isEmpty()) {
            throw new Refusal(Refusal.Kind.CONFLICT, "variables_empty",
                    "Nothing is known to say for " + String.join(", ", filled.missing()) + ".",
                    filled.missing().stream().map(one -> new Refusal.FieldError(one, "empty", "It has no value and no default.")).toList());
        }
        var contents = new ArrayList<Outgoing>();
        filled.text().map(Outgoing::text).ifPresent(contents::add);
        for (var attachment : reply.wording().attachments()) {
            contents.add(Outgoing.file(attachment.as(), files.find(attachment.file()).orElseThrow(() -> Refusal.notFound("file")),
                    Optional.empty(), attachment.name()));
        }
        var author = new SendMessage.Author(KeepCannedReplies.member(who), who.name());
        var sent = contents.stream().map(content -> sendMessage.handle(
                new SendMessage.Command(new SendMessage.To.Chat(chat), content, Optional.empty(), author))).toList();
        replies.used(id, now());
        return sent;
    }

    private CannedReply find(CannedReplyId id, Principal who) {
        return replies.find(id, KeepCannedReplies.member(who)).orElseThrow(() -> Refusal.notFound("canned_reply"));
    }

    private Filled filled(CannedReply reply, Variables.For whom, Principal who) {
        var values = variables.of(whom, reply.project, KeepCannedReplies.member(who).map(_ -> who.name()));
        var said = reply.template().map(template -> template.fill(values));
        return new Filled(said.map(Template.Filled::text), CannedReplyView.files(reply.wording()),
                said.map(Template.Filled::missing).orElse(List.of()));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
