package com.ventros.crm.conversations;

import com.ventros.crm.conversations.ScheduledMessage.Place;
import com.ventros.crm.conversations.ScheduledMessage.Plan;
import com.ventros.crm.events.Cause;
import com.ventros.crm.kernel.Refusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Somebody here writes a message that is to be sent later, and may think better of it until then. */
@Component
public class ScheduleMessages {

    /** @param replyTo the message it answers, of the same chat */
    public record New(SendMessage.To to, Outgoing content, Optional<MessageId> replyTo, SendMessage.Author author, Instant sendAt,
            boolean cancelIfCustomerWrites) {}

    /** What to change; what is empty stays. Only a text can be said otherwise. */
    public record Change(Optional<Instant> sendAt, Optional<String> text, Optional<Boolean> cancelIfCustomerWrites) {}

    /** More than anybody tells one customer in advance. */
    private static final int MOST_IN_A_CHAT = 100;
    /** Numbers that are written to for the first time: a campaign has better means. */
    private static final int MOST_TO_NUMBERS = 10_000;

    private final Chats chats;
    private final ChannelProfiles channels;
    private final ScheduledMessages scheduled;
    private final Answers answers;

    ScheduleMessages(Chats chats, ChannelProfiles channels, ScheduledMessages scheduled, Answers answers) {
        this.answers = answers;
        this.chats = chats;
        this.channels = channels;
        this.scheduled = scheduled;
    }

    @Transactional
    public ScheduledMessageId schedule(New wanted) {
        var place = switch (wanted.to()) {
            case SendMessage.To.Chat(var id) -> {
                var chat = chats.lock(id).orElseThrow(() -> Refusal.notFound("chat"));
                wanted.replyTo().ifPresent(target -> answers.to(target, wanted.content(), chat));
                yield new Place(wanted.to(), chat.channel, chat.project);
            }
            case SendMessage.To.Phone(var id, _) -> channels.find(id).map(channel -> new Place(wanted.to(), id, channel.project()))
                    .orElseThrow(() -> Refusal.notFound("channel"));
        };
        if (scheduled.waiting(place) >= (place.chat().isPresent() ? MOST_IN_A_CHAT : MOST_TO_NUMBERS)) {
            throw Refusal.conflict("scheduled_messages_too_many", "Too many messages wait there already.");
        }
        var message = ScheduledMessage.write(place, wanted.author(),
                new Plan(wanted.content(), wanted.replyTo(), micros(wanted.sendAt()), wanted.cancelIfCustomerWrites()), now());
        scheduled.add(message, Cause.current());
        return message.id;
    }

    /** {@code version} refuses unless it is the one that the person had before their eyes. */
    @Transactional
    public void change(ScheduledMessageId id, Change wanted, LongConsumer version) {
        var message = locked(id);
        version.accept(message.storedVersion);
        var old = message.plan();
        wanted.text().filter(_ -> old.content().content.type() != MessageType.TEXT).ifPresent(_ -> {
            throw Refusal.invalid("text", "not_supported", "Only a text can be said otherwise.");
        });
        var next = new Plan(wanted.text().map(Outgoing::text).orElse(old.content()), old.replyTo(),
                wanted.sendAt().map(ScheduleMessages::micros).orElse(old.sendAt()),
                wanted.cancelIfCustomerWrites().orElse(old.cancelIfCustomerWrites()));
        message.change(next, now());
        scheduled.save(message, now(), Cause.current());
    }

    @Transactional
    public void cancel(ScheduledMessageId id) {
        var message = locked(id);
        message.cancel(ScheduledMessage.Reason.PERSON, now());
        scheduled.save(message, now(), Cause.current());
    }

    private ScheduledMessage locked(ScheduledMessageId id) {
        return scheduled.findForUpdate(id).orElseThrow(() -> Refusal.notFound("scheduled_message"));
    }

    private static Instant now() {
        return micros(Instant.now());
    }

    private static Instant micros(Instant at) {
        return at.truncatedTo(ChronoUnit.MICROS);
    }
}
