package com.ventros.crm.replies;

import com.ventros.crm.accounts.AccountView;
import com.ventros.crm.conversations.MessageType;
import com.ventros.crm.conversations.Outgoing;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Principal;
import com.ventros.crm.kernel.Codes;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.media.FileName;
import com.ventros.crm.media.MediaFiles;
import com.ventros.crm.media.MediaId;
import com.ventros.crm.replies.CannedReply.Attachment;
import com.ventros.crm.replies.CannedReply.Wording;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes canned replies. Who sends messages keeps their own; those that everybody has belong to those who say how the
 * company answers by itself.
 */
@Component
public class KeepCannedReplies {

    /** A file by its id, and as what it is to be shown. */
    public record TypedFile(UUID file, String type, Optional<String> name) {}

    /** {@code project} is the tenant's only one when empty. */
    public record New(Optional<ProjectId> project, boolean personal, String shortCode, String title, Optional<String> text,
            List<TypedFile> files) {}

    /** What to change; what is empty stays, and a blank text goes. */
    public record Change(Optional<String> shortCode, Optional<String> title, Optional<String> text,
            Optional<List<TypedFile>> files) {}

    /** More than a person finds their way in; everybody's, and each member's own. */
    private static final int MOST = 1_000;

    private final CannedReplies replies;
    private final Variables variables;
    private final AccountView accounts;
    private final MediaFiles files;

    KeepCannedReplies(CannedReplies replies, Variables variables, AccountView accounts, MediaFiles files) {
        this.replies = replies;
        this.variables = variables;
        this.accounts = accounts;
        this.files = files;
    }

    @Transactional
    public CannedReplyId write(New wanted, Principal who) {
        var project = project(wanted.project());
        if (wanted.personal() && member(who).isEmpty()) {
            throw Refusal.invalid("personal", "not_supported", "Only a person has replies of their own.");
        }
        var owner = wanted.personal() ? member(who) : Optional.<UUID>empty();
        mustKeep(owner, who);
        if (replies.count(project, owner) >= MOST) {
            throw Refusal.conflict("canned_replies_too_many", "There are at most " + MOST + " of them.");
        }
        var reply = CannedReply.write(project, owner, new Wording(wanted.shortCode(), wanted.title(), wanted.text(),
                attachments(wanted.files())), variables.known(project), now());
        replies.add(reply);
        return reply.id;
    }

    /** {@code version} refuses unless it is the one that the person had before their eyes. */
    @Transactional
    public void change(CannedReplyId id, Change wanted, Principal who, LongConsumer version) {
        var reply = locked(id, who);
        version.accept(reply.storedVersion);
        var old = reply.wording();
        reply.rewrite(new Wording(wanted.shortCode().orElse(old.shortCode()), wanted.title().orElse(old.title()),
                wanted.text().or(old::text), wanted.files().map(this::attachments).orElse(old.attachments())),
                variables.known(reply.project));
        if (!reply.wording().equals(old)) replies.save(reply, now());
    }

    @Transactional
    public void delete(CannedReplyId id, Principal who) {
        var reply = locked(id, who);
        reply.delete();
        replies.delete(reply, now());
    }

    /** The project asked for, or the only one there is. */
    @Transactional(readOnly = true)
    public ProjectId project(Optional<ProjectId> wanted) {
        var all = accounts.projects().stream().map(project -> new ProjectId(project.id())).toList();
        if (wanted.isPresent()) {
            return wanted.filter(all::contains).orElseThrow(() -> Refusal.notFound("project"));
        }
        if (all.size() != 1) throw Refusal.invalid("projectId", "project_missing", "Say which project is meant.");
        return all.getFirst();
    }

    /** Whose own replies a caller sees; a program has none. */
    public static Optional<UUID> member(Principal who) {
        return who.kind() == Principal.Kind.USER ? Optional.of(who.id()) : Optional.empty();
    }

    private CannedReply locked(CannedReplyId id, Principal who) {
        var reply = replies.findForUpdate(id, member(who)).orElseThrow(() -> Refusal.notFound("canned_reply"));
        mustKeep(reply.owner, who);
        return reply;
    }

    private static void mustKeep(Optional<UUID> owner, Principal who) {
        if (owner.isPresent() || who.may(Permission.AUTOMATION_WRITE)) return;
        throw new Refusal(Refusal.Kind.FORBIDDEN, "permission_missing", "A reply that everybody has needs the permission "
                + Permission.AUTOMATION_WRITE.code() + ".");
    }

    private List<Attachment> attachments(List<TypedFile> typed) {
        var attachments = new ArrayList<Attachment>();
        for (var one : typed) {
            var field = "attachments[" + attachments.size() + "]";
            var as = Codes.read(field + ".type", one.type(), MessageType.IMAGE, MessageType.VIDEO, MessageType.VOICE,
                    MessageType.AUDIO, MessageType.DOCUMENT);
            var file = files.find(new MediaId(one.file())).orElseThrow(() ->
                    Refusal.invalid(field + ".fileId", "not_found", "There is no such file."));
            Outgoing.mustShow(as, file, field + ".fileId");
            attachments.add(new Attachment(file.id(), as, one.name().map(FileName::clean)));
        }
        return attachments;
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
