package com.ventros.crm.conversations;

import com.ventros.crm.conversations.ScheduledMessageEvent.ScheduledMessageCancelled;
import com.ventros.crm.conversations.ScheduledMessageEvent.ScheduledMessageChanged;
import com.ventros.crm.conversations.ScheduledMessageEvent.ScheduledMessageCreated;
import com.ventros.crm.conversations.ScheduledMessageEvent.ScheduledMessageFailed;
import com.ventros.crm.conversations.ScheduledMessageEvent.ScheduledMessageMissed;
import com.ventros.crm.conversations.ScheduledMessageEvent.ScheduledMessageSent;
import com.ventros.crm.kernel.Aggregate;
import com.ventros.crm.kernel.Codes;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A message that is written now and sent later, once or not at all. */
final class ScheduledMessage extends Aggregate<ScheduledMessageEvent> {

    /** Why it will not be sent. */
    enum Reason { PERSON, CUSTOMER_WROTE }

    /** What became of it. */
    sealed interface State {
        record Pending() implements State {}

        record Sent(Instant at, MessageId message) implements State {}

        record Cancelled(Instant at, Reason reason) implements State {}

        /** The program was off, or sending failed, for too long. */
        record Missed(Instant at) implements State {}

        record Failed(Instant at, String code) implements State {}
    }

    /** Where it goes to. */
    record Place(SendMessage.To to, ChannelId channel, ProjectId project) {

        Optional<ChatId> chat() {
            return to instanceof SendMessage.To.Chat(var chat) ? Optional.of(chat) : Optional.empty();
        }
    }

    /** What is sent, in answer to what, when, and unless what. */
    record Plan(Outgoing content, Optional<MessageId> replyTo, Instant sendAt, boolean cancelIfCustomerWrites) {}

    /** So much later than planned it says the wrong thing more often than not: an hour after nine is not nine. */
    static final Duration TOO_LATE = Duration.ofHours(1);
    /** As much of the text as lists show. */
    private static final int PREVIEW = 200;

    final ScheduledMessageId id;
    final Place place;
    final SendMessage.Author author;
    final Instant createdAt;
    /** Version of the row as it was read; 0 for one that has none yet. */
    final long storedVersion;
    private Plan plan;
    private State state;

    ScheduledMessage(ScheduledMessageId id, Place place, SendMessage.Author author, Plan plan, State state,
            Instant createdAt, long storedVersion) {
        this.id = id;
        this.place = place;
        this.author = author;
        this.plan = plan;
        this.state = state;
        this.createdAt = createdAt;
        this.storedVersion = storedVersion;
    }

    static ScheduledMessage write(Place place, SendMessage.Author author, Plan plan, Instant now) {
        mustBeAhead(plan.sendAt(), now);
        if (plan.cancelIfCustomerWrites() && place.chat().isEmpty()) {
            throw Refusal.invalid("cancelIfCustomerWrites", "not_supported", "Only in a chat that is there can somebody write before.");
        }
        if (plan.replyTo().isPresent() && place.chat().isEmpty()) {
            throw Refusal.invalid("replyToMessageId", "not_supported", "Only in a chat that is there is something to answer.");
        }
        var message = new ScheduledMessage(ScheduledMessageId.create(), place, author, plan, new State.Pending(), now, 0);
        message.raise(new ScheduledMessageCreated(message.id.value(), message.chat(), place.channel().value(), message.type(),
                message.preview(), plan.sendAt(), plan.cancelIfCustomerWrites()));
        return message;
    }

    void change(Plan next, Instant now) {
        mustWait();
        if (!next.sendAt().equals(plan.sendAt())) mustBeAhead(next.sendAt(), now);
        if (next.cancelIfCustomerWrites() && place.chat().isEmpty()) {
            throw Refusal.invalid("cancelIfCustomerWrites", "not_supported", "Only in a chat that is there can somebody write before.");
        }
        plan = next;
        raise(new ScheduledMessageChanged(id.value(), chat(), place.channel().value(), type(), preview(), plan.sendAt(),
                plan.cancelIfCustomerWrites()));
    }

    void cancel(Reason reason, Instant now) {
        mustWait();
        state = new State.Cancelled(now, reason);
        raise(new ScheduledMessageCancelled(id.value(), chat(), place.channel().value(), Codes.of(reason)));
    }

    void sent(MessageId message, Instant now) {
        mustWait();
        state = new State.Sent(now, message);
        raise(new ScheduledMessageSent(id.value(), chat(), place.channel().value(), message.value()));
    }

    void miss(Instant now) {
        mustWait();
        state = new State.Missed(now);
        raise(new ScheduledMessageMissed(id.value(), chat(), place.channel().value(), plan.sendAt()));
    }

    void fail(String code, Instant now) {
        mustWait();
        state = new State.Failed(now, code);
        raise(new ScheduledMessageFailed(id.value(), chat(), place.channel().value(), code));
    }

    boolean isDue(Instant now) {
        return state instanceof State.Pending && !plan.sendAt().isAfter(now);
    }

    boolean isTooLate(Instant now) {
        return plan.sendAt().plus(TOO_LATE).isBefore(now);
    }

    Plan plan() {
        return plan;
    }

    State state() {
        return state;
    }

    private void mustWait() {
        if (!(state instanceof State.Pending)) {
            throw Refusal.conflict("scheduled_message_over", "It was sent, cancelled or missed already.");
        }
    }

    private static void mustBeAhead(Instant at, Instant now) {
        if (!at.isAfter(now)) throw Refusal.invalid("sendAt", "past", "That time is over.");
    }

    private Optional<UUID> chat() {
        return place.chat().map(ChatId::value);
    }

    private String type() {
        return Codes.of(plan.content().content.type());
    }

    private Optional<String> preview() {
        return plan.content().content.text().map(text -> Text.cut(text, PREVIEW));
    }
}
