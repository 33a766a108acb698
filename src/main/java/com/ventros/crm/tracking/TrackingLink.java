package com.ventros.crm.tracking;

import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.conversations.InvisibleCode;
import com.ventros.crm.kernel.Aggregate;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Text;
import com.ventros.crm.tracking.TrackingLinkEvent.TrackingLinkCreated;
import com.ventros.crm.tracking.TrackingLinkEvent.TrackingLinkDeleted;
import com.ventros.crm.tracking.TrackingLinkEvent.TrackingLinkUpdated;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * A short address that leads to a chat with one of our numbers. The text that waits there hides the link's code; one that is
 * archived is out of sight, and still leads on whoever finds it printed.
 */
final class TrackingLink extends Aggregate<TrackingLinkEvent> {

    /** What people call it, whom it leads to, and what is said of whoever comes by it. */
    record Wording(String name, ChannelId channel, String text, Utm utm) {}

    private static final int LONGEST_NAME = 200;
    /** Each of its characters may be twelve in an address, and addresses beyond some 8,000 are cut off on their way. */
    private static final int LONGEST_TEXT = 500;

    final TrackingLinkId id;
    final ProjectId project;
    final LinkCode code;
    final Instant createdAt;
    /** Version of the row as it was read; 0 for a link that has none yet. */
    final long storedVersion;
    private Wording wording;
    private Optional<Instant> archivedAt;

    TrackingLink(TrackingLinkId id, ProjectId project, LinkCode code, Wording wording, Optional<Instant> archivedAt, Instant createdAt,
            long storedVersion) {
        this.id = id;
        this.project = project;
        this.code = code;
        this.wording = wording;
        this.archivedAt = archivedAt;
        this.createdAt = createdAt;
        this.storedVersion = storedVersion;
    }

    static TrackingLink make(ProjectId project, LinkCode code, Wording typed, Instant now) {
        var link = new TrackingLink(TrackingLinkId.create(), project, code, checked(typed), Optional.empty(), now, 0);
        link.raise(new TrackingLinkCreated(link.id.value(), link.wording.name(), link.wording.channel().value(), link.wording.text(),
                link.wording.utm()));
        return link;
    }

    /** False when it is all the same. */
    boolean change(Wording typed, boolean archived, Instant now) {
        var next = checked(typed);
        if (next.equals(wording) && archived == archivedAt.isPresent()) return false;
        wording = next;
        archivedAt = archived ? archivedAt.or(() -> Optional.of(now)) : Optional.empty();
        raise(new TrackingLinkUpdated(id.value(), wording.name(), wording.channel().value(), wording.text(), wording.utm(), archived));
        return true;
    }

    void delete() {
        raise(new TrackingLinkDeleted(id.value()));
    }

    /** Where it leads: a chat with the number, in which its text waits to be sent. */
    static String target(PhoneNumber number, String text, LinkCode code) {
        var said = URLEncoder.encode(InvisibleCode.hide(text, code.value()), StandardCharsets.UTF_8).replace("+", "%20");
        return "https://wa.me/" + number.e164().substring(1) + "?text=" + said;
    }

    Wording wording() {
        return wording;
    }

    Optional<Instant> archivedAt() {
        return archivedAt;
    }

    private static Wording checked(Wording typed) {
        var name = Text.storable(typed.name()).strip();
        if (Text.isInvisible(name) || name.codePointCount(0, name.length()) > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.invalid("name", "length", "A name has 1 to " + LONGEST_NAME + " visible characters.");
        }
        var text = Text.storable(typed.text()).strip();
        if (Text.isInvisible(text) || text.codePointCount(0, text.length()) > LONGEST_TEXT) {
            throw Refusal.invalid("text", "length", "A text has 1 to " + LONGEST_TEXT + " characters.");
        }
        if (InvisibleCode.isIn(text)) {
            throw Refusal.invalid("text", "invisible_characters", "The text holds invisible characters (U+2060 to U+2064); type it anew.");
        }
        return new Wording(name, typed.channel(), text, typed.utm());
    }
}
