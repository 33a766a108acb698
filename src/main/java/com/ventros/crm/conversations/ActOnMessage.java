package com.ventros.crm.conversations;

import com.ventros.crm.billing.Limits;
import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.contacts.RecogniseContacts;
import com.ventros.crm.conversations.SendQueue.Act;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Text;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Somebody here reacts to a message, changes its wording or deletes it for everyone. It waits for its turn as a message
 * does; what the chat shows changes once the channel has done it.
 */
@Component
public class ActOnMessage {

    /** What is asked of a message. */
    public sealed interface What {

        /** One emoji; empty takes ours back. */
        record React(String emoji) implements What {}

        /** Another wording for a message of ours. */
        record Edit(String text) implements What {}

        /** Deletes a message of ours for everyone; one that still waits is not sent at all. */
        record Revoke() implements What {}
    }

    /** WhatsApp takes no edits of older messages. */
    static final Duration EDITABLE_FOR = Duration.ofMinutes(15);
    /** WhatsApp deletes no older messages for everyone: two days and a half. */
    static final Duration REVOCABLE_FOR = Duration.ofHours(60);
    /** The longest emoji, a family of four with skin tones, has eleven code points. */
    private static final int LONGEST_EMOJI = 32;
    private static final Pattern ONE_CHARACTER = Pattern.compile("\\X");

    private final RecogniseContacts recogniseContacts;
    private final Messages messages;
    private final MessageFiles files;
    private final SendQueue queue;
    private final Outbox outbox;
    private final Limits limits;

    ActOnMessage(RecogniseContacts recogniseContacts, Messages messages, MessageFiles files, SendQueue queue, Outbox outbox,
            Limits limits) {
        this.recogniseContacts = recogniseContacts;
        this.messages = messages;
        this.files = files;
        this.queue = queue;
        this.outbox = outbox;
        this.limits = limits;
    }

    /** @param only whose messages may be changed: a member's own; empty for whoever may change everybody's */
    @Transactional
    public void handle(MessageId id, What what, Optional<UUID> only) {
        var cause = Cause.current();
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var seen = messages.find(id, cause).orElseThrow(() -> Refusal.notFound("message"));
        if (what instanceof What.Revoke && waits(seen.state())) {
            takeOut(seen, only, cause, now);
            return;
        }
        limits.mustBeActive();
        if (seen.state().externalId() == null) throw notSent();
        var key = new Trace.Key(seen.place.channel(), seen.state().externalId());
        // Whoever receives would otherwise write the message as it was before.
        recogniseContacts.lock(Set.of(seen.place.project()));
        var entry = messages.open(Map.of(key, cause)).get(key);
        var message = entry.message.filter(found -> found.id.equals(id)).orElseThrow(ActOnMessage::notSent);
        var text = check(message, what, now);
        if (!(what instanceof What.React)) mustBeOf(only, message);
        var act = switch (what) {
            case What.React _ -> Act.REACT;
            case What.Edit _ -> Act.EDIT;
            case What.Revoke _ -> Act.REVOKE;
        };
        queue.add(SendIntentId.create(), message, act, text, now, cause);
        message.discussed(new MessageEvent.MessageActionRequested(id.value(), message.place.chat().value(),
                message.place.contact().map(ContactId::value), message.place.channel().value(), name(act),
                Optional.of(text).filter(words -> !words.isEmpty())));
        outbox.append(messages.save(List.of(message), List.of(entry), now));
    }

    /** A sender that asks whether the channel is connected at this moment has it as being sent, and gives it back. */
    private static boolean waits(Message.State state) {
        return state.status() == MessageStatus.QUEUED || state.status() == MessageStatus.SENDING && state.externalId() == null;
    }

    /** Only what was never tried is certainly not out. */
    private void takeOut(Message seen, Optional<UUID> only, Cause cause, Instant now) {
        mustBeOf(only, seen);
        recogniseContacts.lock(Set.of(seen.place.project()));
        var intent = queue.ofMessage(seen.id).orElseThrow(ActOnMessage::notSent);
        if (intent.state() != SendQueue.State.QUEUED || intent.attempts() > 0) {
            throw Refusal.conflict("message_on_its_way", "That message may be out already; delete it once it is sent.");
        }
        var message = messages.find(Map.of(intent.message(), intent.messageSentAt()), cause).get(intent.message());
        message.outcome(MessageStatus.FAILED, new Message.Failure("cancelled", "It was taken back before it was sent."));
        queue.update(intent.id(), SendQueue.State.FAILED, intent.attempts(), now, intent.externalId());
        outbox.append(messages.save(List.of(message), List.of(), now));
    }

    private void mustBeOf(Optional<UUID> only, Message message) {
        if (only.isPresent() && !messages.author(message).equals(only)) {
            throw new Refusal(Refusal.Kind.FORBIDDEN, "not_the_author", "Somebody else wrote this message.");
        }
    }

    /** As the API and the events call it. */
    static String name(Act act) {
        return switch (act) {
            case REACT -> "reaction";
            case EDIT, REVOKE, SEND -> act.name().toLowerCase(Locale.ROOT);
        };
    }

    private String check(Message message, What what, Instant now) {
        switch (message.state().status()) {
            case RECEIVED, SENT, DELIVERED, READ, PLAYED -> { }
            case QUEUED, SENDING, FAILED, UNKNOWN -> throw notSent();
        }
        if (message.state().revokedAt() != null) {
            throw Refusal.conflict("message_revoked", "That message was deleted.");
        }
        return switch (what) {
            case What.React(var emoji) -> emoji(emoji);
            case What.Edit(var text) -> {
                mustBeOurs(message);
                var words = Outgoing.words("edit.text", text, files.carries(message.id) ? Outgoing.MAX_CAPTION : Outgoing.MAX_TEXT);
                if (message.state().text() == null) {
                    throw Refusal.conflict("message_without_text", "That message has no text to change.");
                }
                if (message.sentAt.plus(EDITABLE_FOR).isBefore(now)) {
                    throw Refusal.conflict("edit_too_late", "WhatsApp takes no edits after 15 minutes.");
                }
                yield words;
            }
            case What.Revoke _ -> {
                mustBeOurs(message);
                if (message.sentAt.plus(REVOCABLE_FOR).isBefore(now)) {
                    throw Refusal.conflict("revoke_too_late", "WhatsApp deletes no messages after 60 hours.");
                }
                yield "";
            }
        };
    }

    private static void mustBeOurs(Message message) {
        if (message.inbound()) throw Refusal.conflict("message_not_ours", "Only messages of ours can be changed.");
    }

    /** One visible character that is an emoji; digits and the like count only with the sign that makes them one. */
    private static String emoji(String given) {
        var emoji = Text.storable(given).strip();
        if (emoji.isEmpty()) return emoji;
        boolean one = emoji.length() <= LONGEST_EMOJI && ONE_CHARACTER.matcher(emoji).matches();
        boolean shown = emoji.codePoints().anyMatch(Character::isEmojiPresentation)
                || emoji.codePoints().anyMatch(Character::isEmoji) && emoji.codePoints().anyMatch(c -> c > 0xFF);
        if (!one || !shown) throw Refusal.invalid("reaction.emoji", "not_an_emoji", "One emoji, or none to take it back.");
        return emoji;
    }

    private static Refusal notSent() {
        return Refusal.conflict("message_not_sent", "That message has not been sent.");
    }
}
