package com.ventros.crm.conversations;

import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.contacts.RecogniseContacts;
import com.ventros.crm.contacts.RecogniseContacts.Person;
import com.ventros.crm.conversations.SendQueue.Act;
import com.ventros.crm.conversations.SendQueue.Intent;
import com.ventros.crm.conversations.SendQueue.State;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Says what became of a send. What the channel itself shows of the message (its echo, an acknowledgement) outweighs
 * what the sender believes; and a send whose outcome is not known never goes back into the queue, unless its provider
 * promises to do it once however often it is asked ({@link SendOutcome.Unsure}).
 */
@Component
public class RecordSendOutcome {

    /** With the delays between them about ten minutes: longer than a reconnect takes, shorter than people wait. */
    private static final int MOST_ATTEMPTS = 5;
    private static final Duration FIRST_DELAY = Duration.ofSeconds(30);
    /** Each pause is four times the one before: five tries take seven minutes. */
    private static final Duration FIRST_REPETITION = Duration.ofSeconds(5);
    /** A reaction that comes many minutes later means something else: five tries take little more than a minute. */
    private static final Duration FIRST_ACT_DELAY = Duration.ofSeconds(5);

    private final RecogniseContacts recogniseContacts;
    private final Chats chats;
    private final Messages messages;
    private final Sessions sessions;
    private final Reactions reactions;
    private final MessageFiles files;
    private final SendQueue queue;
    private final Outbox outbox;

    RecordSendOutcome(RecogniseContacts recogniseContacts, Chats chats, Messages messages, Sessions sessions,
            Reactions reactions, MessageFiles files, SendQueue queue, Outbox outbox) {
        this.recogniseContacts = recogniseContacts;
        this.chats = chats;
        this.messages = messages;
        this.sessions = sessions;
        this.reactions = reactions;
        this.files = files;
        this.queue = queue;
        this.outbox = outbox;
    }

    /** False when it came too late: the outcome was settled otherwise, and nothing changes. */
    @Transactional
    public boolean handle(SendIntentId id, SendOutcome outcome) {
        var cause = Cause.current();
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var found = queue.find(id, false);
        if (found.isEmpty()) return false;
        if (found.get().act() != Act.SEND) return acted(found.get(), outcome, cause, now);
        if (outcome instanceof SendOutcome.Sent sent && found.get().externalId().isEmpty() && recognised(found.get(), sent, cause)) {
            found = queue.find(id, false);
        }
        return sent(found.orElseThrow(), outcome, cause, now);
    }

    /**
     * Its echo may have come first, and from an address of the customer that nobody knew: then both are one person.
     * Another send of ours under its id proves nothing. False when there was nothing to recognise.
     */
    private boolean recognised(Intent intent, SendOutcome.Sent sent, Cause cause) {
        var key = new Trace.Key(intent.channel(), sent.externalId());
        var echo = Optional.ofNullable(messages.whereabouts(List.of(key)).get(key))
                .filter(one -> !one.chat().equals(intent.chat()) && one.source() != Message.Source.CRM);
        if (echo.isEmpty()) return false;
        var place = messages.find(Map.of(intent.message(), intent.messageSentAt()), cause).get(intent.message()).place;
        recogniseContacts.handle(List.of(new Person(place.project(), List.of(),
                new HashSet<>(List.of(place.contact().orElseThrow(), echo.get().contact().orElseThrow())), cause)));
        return true;
    }

    private boolean sent(Intent found, SendOutcome outcome, Cause cause, Instant now) {
        // Whoever receives locks the chat, what is known under the id, the send; so must we, or we would wait for each other.
        var chat = chats.lock(found.chat())
                .orElseThrow(() -> new ConcurrencyFailureException("the chat was merged just now"));
        var externalId = outcome instanceof SendOutcome.Sent sent ? Optional.of(sent.externalId()) : found.externalId();
        var entry = externalId.map(known -> open(new Trace.Key(found.channel(), known), cause));
        var intent = queue.find(found.id(), true).orElseThrow();
        if (!isNews(outcome, intent)) return false;
        if (!intent.externalId().equals(found.externalId())) {
            throw new ConcurrencyFailureException("its id was told just now");
        }
        var message = messages.find(Map.of(intent.message(), intent.messageSentAt()), cause).get(intent.message());
        var events = new ArrayList<NewEvent>();
        if (entry.isPresent()) {
            var twin = entry.get().message.filter(other -> !other.id.equals(message.id));
            if (twin.filter(other -> other.source() == Message.Source.CRM).isPresent()) {
                // Of two sends that say the same the other got this one's echo. Each is still one message of its own.
                return sent(found, new SendOutcome.Unknown("Its id was taken for that of another send."), cause, now);
            }
            if (twin.filter(other -> !other.place.chat().equals(chat.id)).isPresent()) {
                throw new ConcurrencyFailureException("its echo came just now");
            }
            if (twin.isPresent()) events.addAll(dissolve(twin.get(), message, chat, cause, now));
            entry.get().message = Optional.of(message);
        }
        var shown = entry.flatMap(known -> known.trace.outgoing());
        var next = shown.map(status -> status == MessageStatus.FAILED ? State.FAILED : State.SENT)
                .orElseGet(() -> believed(outcome, intent));
        // Nobody works on it any more, and nobody knows: a later receipt may tell.
        boolean open = next == State.FAILED && outcome instanceof SendOutcome.Unsure;
        message.outcome(open ? MessageStatus.UNKNOWN : status(next), next == State.FAILED && !open ? failure(outcome) : null);
        entry.ifPresent(known -> message.follow(known.trace));
        var again = outcome instanceof SendOutcome.Again;
        queue.update(intent.id(), next, again ? intent.attempts() - 1 : intent.attempts(), notBefore(outcome, intent, now), externalId);
        events.addAll(messages.save(List.of(message), entry.stream().toList(), now));
        events.addAll(chats.update(List.of(chat), now, _ -> cause));
        outbox.append(events);
        return true;
    }

    /** What the channel showed meanwhile has settled it, and counts. */
    private static boolean isNews(SendOutcome outcome, Intent intent) {
        return switch (outcome) {
            case SendOutcome.Sent _, SendOutcome.Refused _, SendOutcome.Unsure _ ->
                    intent.state() == State.SENDING || intent.state() == State.UNKNOWN;
            case SendOutcome.Again _, SendOutcome.Unknown _ -> intent.state() == State.SENDING;
            case SendOutcome.NotInHistory _ -> intent.state() == State.UNKNOWN;
        };
    }

    /**
     * What became of an act on a message. Done twice it is the same as done once, so an act whose outcome is not known
     * is tried again, which no message ever is.
     */
    private boolean acted(Intent found, SendOutcome outcome, Cause cause, Instant now) {
        var target = messages.find(Map.of(found.message(), found.messageSentAt()), cause).get(found.message());
        if (target == null) return false;
        var key = new Trace.Key(found.channel(), target.state().externalId());
        // An echo in a batch at this moment would see the message as it was, and tell of the same change once more.
        recogniseContacts.lock(Set.of(target.place.project()));
        var entry = open(key, cause);
        var intent = queue.find(found.id(), true).orElseThrow();
        if (!isNews(outcome, intent)) return false;
        var message = entry.message.orElse(target);
        boolean last = intent.attempts() >= MOST_ATTEMPTS;
        var next = switch (outcome) {
            case SendOutcome.Sent _ -> State.SENT;
            case SendOutcome.Refused refused -> refused.permanent() || last ? State.FAILED : State.QUEUED;
            case SendOutcome.Again _ -> State.QUEUED;
            case SendOutcome.Unknown _, SendOutcome.Unsure _ -> last ? State.UNKNOWN : State.QUEUED;
            case SendOutcome.NotInHistory _ -> State.FAILED;
        };
        var failure = Optional.<Message.Failure>empty();
        if (next == State.SENT) done(intent, entry, message);
        if (next == State.FAILED) failure = Optional.of(failure(outcome));
        if (next == State.UNKNOWN) {
            failure = Optional.of(new Message.Failure("outcome_unknown", "The channel did not say whether it did it."));
        }
        failure.ifPresent(why -> message.discussed(new MessageEvent.MessageActionFailed(message.id.value(),
                message.place.chat().value(), message.place.contact().map(ContactId::value),
                message.place.channel().value(), ActOnMessage.name(intent.act()), why.code(), why.detail())));
        boolean again = outcome instanceof SendOutcome.Again;
        queue.acted(intent.id(), next, again ? intent.attempts() - 1 : intent.attempts(),
                outcome instanceof SendOutcome.Again(var after) ? now.plus(after)
                        : now.plus(FIRST_ACT_DELAY.multipliedBy(1L << Math.max(0, intent.attempts() - 1))), failure);
        message.follow(entry.trace);
        outbox.append(messages.save(List.of(message), List.of(entry), now));
        return true;
    }

    /**
     * As its echo would say, which may never come, but at our time: the provider names none. The echo changes nothing
     * then.
     */
    private void done(Intent intent, Messages.Entry entry, Message message) {
        var at = intent.claimedAt();
        switch (intent.act()) {
            case EDIT -> entry.trace.edited(intent.text(), at);
            case REVOKE -> entry.trace.revoked(Trace.By.US, at);
            case REACT -> reactions.react(List.of(new Reactions.Reaction(entry.trace.key, Reactions.US, intent.text(), at)))
                    .forEach(news -> message.discussed(news.event(message)));
            case SEND -> throw new IllegalStateException("no act: " + intent.id());
        }
    }

    private Messages.Entry open(Trace.Key key, Cause cause) {
        return messages.open(Map.of(key, cause)).get(key);
    }

    private static State believed(SendOutcome outcome, Intent intent) {
        return switch (outcome) {
            case SendOutcome.Sent _ -> State.SENT;
            case SendOutcome.Refused refused ->
                    refused.permanent() || intent.state() == State.UNKNOWN || intent.attempts() >= MOST_ATTEMPTS
                            ? State.FAILED : State.QUEUED;
            case SendOutcome.Again _ -> State.QUEUED;
            case SendOutcome.Unsure _ -> intent.attempts() >= MOST_ATTEMPTS ? State.FAILED : State.QUEUED;
            case SendOutcome.Unknown _ -> State.UNKNOWN;
            case SendOutcome.NotInHistory _ -> State.FAILED;
        };
    }

    private static Instant notBefore(SendOutcome outcome, Intent intent, Instant now) {
        return switch (outcome) {
            case SendOutcome.Again(var after) -> now.plus(after);
            case SendOutcome.Refused _ -> now.plus(FIRST_DELAY.multipliedBy(1L << Math.max(0, intent.attempts() - 1)));
            case SendOutcome.Unsure _ -> now.plus(FIRST_REPETITION.multipliedBy(1L << 2 * Math.max(0, intent.attempts() - 1)));
            case SendOutcome.Sent _, SendOutcome.Unknown _, SendOutcome.NotInHistory _ -> now;
        };
    }

    private static MessageStatus status(State state) {
        return switch (state) {
            case QUEUED -> MessageStatus.QUEUED;
            case SENDING -> MessageStatus.SENDING;
            case SENT -> MessageStatus.SENT;
            case FAILED -> MessageStatus.FAILED;
            case UNKNOWN -> MessageStatus.UNKNOWN;
        };
    }

    private static Message.Failure failure(SendOutcome outcome) {
        return switch (outcome) {
            case SendOutcome.Refused refused -> new Message.Failure(refused.code(), refused.detail());
            case SendOutcome.NotInHistory _ ->
                    new Message.Failure("not_delivered", "The channel's history does not have the message.");
            case SendOutcome.Sent _, SendOutcome.Again _, SendOutcome.Unknown _, SendOutcome.Unsure _ -> null;
        };
    }

    /** Its echo came first and was taken for a message of somebody else's: there was only ever one. */
    private List<NewEvent> dissolve(Message twin, Message message, Chat chat, Cause cause, Instant now) {
        queue.move(twin, message);
        files.delete(twin);
        messages.delete(twin);
        chat.replaceLast(messages.last(chat.id));
        if (twin.session() == null || message.session() == null) return List.of();
        var counted = sessions.find(message.session());
        var other = sessions.find(twin.session());
        if (counted.isEmpty() || other.isEmpty()) return List.of();
        var session = counted.get();
        if (other.get().id.equals(session.id)) {
            session.forgetOne();
            return sessions.save(List.of(new Sessions.Saved(chat, cause, List.of(session), List.of())));
        }
        if (other.get().messages() > 1) {
            other.get().forgetOne();
            return sessions.save(List.of(new Sessions.Saved(chat, cause, List.of(other.get()), List.of())));
        }
        session.absorb(other.get());
        session.forgetOne();
        session.settle(true, now);
        return sessions.save(List.of(new Sessions.Saved(chat, cause, List.of(session), List.of(other.get()))));
    }
}
