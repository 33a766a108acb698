package com.ventros.crm.replies;

import com.ventros.crm.conversations.MessageType;
import com.ventros.crm.conversations.Outgoing;
import com.ventros.crm.kernel.Aggregate;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Text;
import com.ventros.crm.media.MediaId;
import com.ventros.crm.replies.CannedReplyEvent.CannedReplyCreated;
import com.ventros.crm.replies.CannedReplyEvent.CannedReplyDeleted;
import com.ventros.crm.replies.CannedReplyEvent.CannedReplyUpdated;
import com.ventros.crm.specifications.Folding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A reply that is written once and sent often, by everybody in a project or by one member. */
final class CannedReply extends Aggregate<CannedReplyEvent> {

    /** A file that goes with it, and as what it is shown. */
    record Attachment(MediaId file, MessageType as, Optional<String> name) {}

    /** What it says and goes by. */
    record Wording(String shortCode, String title, Optional<String> text, List<Attachment> attachments) {

        Wording {
            attachments = List.copyOf(attachments);
        }
    }

    private static final Pattern SHORT_CODE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,39}");
    private static final int LONGEST_TITLE = 200;
    /** Each is a message of its own; nobody wants more at once. */
    private static final int MOST_ATTACHMENTS = 5;

    final CannedReplyId id;
    final ProjectId project;
    /** Whose it is; empty for one that all have. */
    final Optional<UUID> owner;
    final Instant createdAt;
    /** Version of the row as it was read; 0 for a reply that has none yet. */
    final long storedVersion;
    private Wording wording;

    CannedReply(CannedReplyId id, ProjectId project, Optional<UUID> owner, Wording wording, Instant createdAt,
            long storedVersion) {
        this.id = id;
        this.project = project;
        this.owner = owner;
        this.wording = wording;
        this.createdAt = createdAt;
        this.storedVersion = storedVersion;
    }

    /** {@code known} tells which variables there are. */
    static CannedReply write(ProjectId project, Optional<UUID> owner, Wording typed, Predicate<String> known, Instant now) {
        var reply = new CannedReply(CannedReplyId.create(), project, owner, checked(typed, known), now, 0);
        reply.raise(new CannedReplyCreated(reply.id.value(), owner, reply.wording.shortCode(), reply.wording.title(),
                reply.wording.text(), reply.files()));
        return reply;
    }

    void rewrite(Wording typed, Predicate<String> known) {
        var next = checked(typed, known);
        if (next.equals(wording)) return;
        wording = next;
        raise(new CannedReplyUpdated(id.value(), owner, wording.shortCode(), wording.title(), wording.text(), files()));
    }

    void delete() {
        raise(new CannedReplyDeleted(id.value()));
    }

    /** What it says to somebody. */
    Optional<Template> template() {
        return wording.text().map(text -> Template.read(text, _ -> true));
    }

    Wording wording() {
        return wording;
    }

    private List<UUID> files() {
        return wording.attachments().stream().map(attachment -> attachment.file().value()).toList();
    }

    /** A short code as it is kept and searched: without capitals and accents. */
    static String folded(String shortCode) {
        return Folding.fold(Text.storable(shortCode).strip());
    }

    private static Wording checked(Wording typed, Predicate<String> known) {
        var shortCode = folded(typed.shortCode());
        if (!SHORT_CODE.matcher(shortCode).matches()) {
            throw Refusal.invalid("shortCode", "invalid", "A short code is up to 40 letters, digits, _ and -, such as bom-dia.");
        }
        var title = Text.storable(typed.title()).strip();
        if (Text.isInvisible(title) || title.codePointCount(0, title.length()) > LONGEST_TITLE
                || title.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.invalid("title", "length", "A title has 1 to " + LONGEST_TITLE + " visible characters.");
        }
        var text = typed.text().map(Text::storable).filter(words -> !Text.isInvisible(words));
        if (text.isEmpty() && typed.attachments().isEmpty()) {
            throw Refusal.invalid("text", "required", "A reply has a text, or files, or both.");
        }
        text.ifPresent(words -> {
            if (words.codePointCount(0, words.length()) > Outgoing.MAX_TEXT) {
                throw Refusal.invalid("text", "length", "A text has 1 to " + Outgoing.MAX_TEXT + " characters.");
            }
            Template.read(words, known);
        });
        if (typed.attachments().size() > MOST_ATTACHMENTS) {
            throw Refusal.invalid("attachments", "length", "At most " + MOST_ATTACHMENTS + " files go with a reply.");
        }
        return new Wording(shortCode, title, text, typed.attachments());
    }
}
