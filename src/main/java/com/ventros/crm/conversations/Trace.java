package com.ventros.crm.conversations;

import com.ventros.crm.kernel.Text;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * All that is known of a message under the provider's id, whether or not the message itself is here yet.
 *
 * <p>Each fact only ever moves its value one way (highest, earliest, newest), so the result is the same in whatever
 * order and however often facts arrive.
 */
final class Trace {

    /** By whom a message was deleted. */
    enum By { CUSTOMER, US }

    /** Key of a message: where, and the provider's bare id. */
    record Key(ChannelId channel, String externalId) {}

    /** The values, as they are kept; null for what nobody told. */
    record Facts(Integer ack, boolean failed, Instant deliveredAt, Instant readAt, Instant playedAt, Instant editedAt,
                 String editedText, Instant revokedAt, By revokedBy, boolean readElsewhere) {

        static final Facts NONE = new Facts(null, false, null, null, null, null, null, null, null, false);
    }

    private static final int PENDING = 0;
    private static final int SERVER = 1;
    private static final int DEVICE = 2;
    private static final int READ = 3;
    private static final int PLAYED = 4;

    final Key key;
    private final Facts stored;
    private Facts facts;

    Trace(Key key, Facts stored) {
        this.key = key;
        this.stored = stored;
        this.facts = stored;
    }

    void acknowledged(AckLevel level, Instant at) {
        if (level == AckLevel.ERROR) {
            facts = new Facts(facts.ack, true, facts.deliveredAt, facts.readAt, facts.playedAt, facts.editedAt,
                    facts.editedText, facts.revokedAt, facts.revokedBy, facts.readElsewhere);
            return;
        }
        int rank = switch (level) {
            case ERROR, PENDING -> PENDING;
            case SERVER -> SERVER;
            case DEVICE -> DEVICE;
            case READ -> READ;
            case PLAYED -> PLAYED;
        };
        facts = new Facts(facts.ack == null ? rank : Math.max(facts.ack, rank), facts.failed,
                rank >= DEVICE ? earlier(facts.deliveredAt, at) : facts.deliveredAt,
                rank >= READ ? earlier(facts.readAt, at) : facts.readAt,
                rank >= PLAYED ? earlier(facts.playedAt, at) : facts.playedAt,
                facts.editedAt, facts.editedText, facts.revokedAt, facts.revokedBy, facts.readElsewhere);
    }

    /** Of two wordings the later counts; of two of one time the greater, so that order makes no difference. */
    void edited(String text, Instant at) {
        if (facts.editedAt != null) {
            int byTime = at.compareTo(facts.editedAt);
            if (byTime < 0 || byTime == 0 && Text.BY_CODE_POINTS.compare(text, facts.editedText) <= 0) return;
        }
        facts = new Facts(facts.ack, facts.failed, facts.deliveredAt, facts.readAt, facts.playedAt, at, text,
                facts.revokedAt, facts.revokedBy, facts.readElsewhere);
    }

    /** The first revocation counts; of two of one time ours. */
    void revoked(By by, Instant at) {
        if (facts.revokedAt != null) {
            int byTime = at.compareTo(facts.revokedAt);
            if (byTime > 0 || byTime == 0 && by.compareTo(facts.revokedBy) <= 0) return;
        }
        facts = new Facts(facts.ack, facts.failed, facts.deliveredAt, facts.readAt, facts.playedAt, facts.editedAt,
                facts.editedText, at, by, facts.readElsewhere);
    }

    void readElsewhere() {
        facts = new Facts(facts.ack, facts.failed, facts.deliveredAt, facts.readAt, facts.playedAt, facts.editedAt,
                facts.editedText, facts.revokedAt, facts.revokedBy, true);
    }

    /** How far an outgoing message has come; empty when the channel has said nothing that tells. */
    Optional<MessageStatus> outgoing() {
        int ack = facts.ack == null ? -1 : facts.ack;
        if (ack >= PLAYED) return Optional.of(MessageStatus.PLAYED);
        if (ack >= READ) return Optional.of(MessageStatus.READ);
        if (ack >= DEVICE) return Optional.of(MessageStatus.DELIVERED);
        if (facts.failed) return Optional.of(MessageStatus.FAILED);
        return ack >= SERVER ? Optional.of(MessageStatus.SENT) : Optional.empty();
    }

    Facts facts() {
        return facts;
    }

    boolean changed() {
        return !Objects.equals(stored, facts);
    }

    private static Instant earlier(Instant known, Instant at) {
        return known == null || at.isBefore(known) ? at : known;
    }
}
