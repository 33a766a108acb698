package com.ventros.crm.conversations;

import com.ventros.crm.agents.AgentsHere;
import com.ventros.crm.billing.Limits;
import com.ventros.crm.contacts.RecogniseContacts;
import com.ventros.crm.contacts.RecogniseContacts.Person;
import com.ventros.crm.contacts.RecogniseContacts.Seen;
import com.ventros.crm.contacts.Sighting;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.kernel.Refusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Somebody here writes a message: it is in the chat at once, and waits there for its turn to be sent. */
@Component
public class SendMessage {

    /** Whom it is for. */
    public sealed interface To {
        record Chat(ChatId chat) implements To {}

        /** Somebody who perhaps has not written yet. */
        record Phone(ChannelId channel, PhoneNumber phone) implements To {}
    }

    /** Who wrote it; the user is empty for a program. */
    public record Author(Optional<UUID> user, String name) {}

    /** @param replyTo the message it answers, of the same chat */
    public record Command(To to, Outgoing content, Optional<MessageId> replyTo, Author author) {}

    /** What is said, and what it answers as the channel names it. */
    record Written(Outgoing content, Optional<Incoming.Reply> replyTo) {}

    private final RecogniseContacts recogniseContacts;
    private final ChannelProfiles channels;
    private final SessionTimeouts timeouts;
    private final Chats chats;
    private final Messages messages;
    private final Answers answers;
    private final Sessions sessions;
    private final MessageFiles files;
    private final SendQueue queue;
    private final AgentsHere agents;
    private final Outbox outbox;
    private final Limits limits;

    SendMessage(RecogniseContacts recogniseContacts, ChannelProfiles channels, SessionTimeouts timeouts, Chats chats,
            Messages messages, Answers answers, Sessions sessions, MessageFiles files, SendQueue queue, AgentsHere agents, Outbox outbox,
            Limits limits) {
        this.recogniseContacts = recogniseContacts;
        this.channels = channels;
        this.timeouts = timeouts;
        this.chats = chats;
        this.messages = messages;
        this.answers = answers;
        this.sessions = sessions;
        this.files = files;
        this.queue = queue;
        this.agents = agents;
        this.outbox = outbox;
        this.limits = limits;
    }

    @Transactional
    public MessageId handle(Command command) {
        var cause = Cause.current();
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var chat = switch (command.to()) {
            case To.Chat(var id) -> chats.lock(id).orElseThrow(() -> Refusal.notFound("chat"));
            case To.Phone(var channel, var phone) -> chatWith(channel, phone, now, cause);
        };
        var replyTo = command.replyTo().map(id -> answers.to(id, command.content(), chat));
        return write(chat, new Written(command.content(), replyTo), command.author(), now, cause);
    }

    /** Writes in a chat that is locked. */
    MessageId write(Chat chat, Written written, Author author) {
        return write(chat, written, author, Instant.now().truncatedTo(ChronoUnit.MICROS), Cause.current());
    }

    private MessageId write(Chat chat, Written written, Author author, Instant now, Cause cause) {
        var content = written.content().content;
        var message = Message.written(new Message.Place(chat.id, chat.channel, chat.project, chat.contact()), now,
                new Message.Author(author.user(), Optional.of(author.name()), Optional.empty(), Optional.empty()),
                Said.written(content, written.replyTo()), cause);
        chat.hear(message.id.value(), now, message.id.toString(), false);
        // A program reads nothing, and neither does the schedule that sends what somebody wrote earlier.
        if (cause.actor().kind() == Actor.Kind.USER) chat.readUntil(now);
        var events = new ArrayList<NewEvent>();
        if (chat.storedVersion == 0) chats.insert(List.of(chat), now);
        if (chat.contact().isPresent()) events.addAll(continueSession(chat, message, now, cause));
        events.addAll(messages.save(List.of(message), List.of(), now));
        events.addAll(chats.update(List.of(chat), now, _ -> cause));
        written.content().file.ifPresent(file -> files.attach(message, file, cause, now));
        queue.add(SendIntentId.create(), message, SendQueue.Act.SEND, content.gist(), now, cause);
        outbox.append(events);
        limits.sent(now);
        return message.id;
    }

    private Chat chatWith(ChannelId channel, PhoneNumber phone, Instant now, Cause cause) {
        var project = channels.find(channel).orElseThrow(() -> Refusal.notFound("channel")).project();
        var contact = recogniseContacts.handle(List.of(new Person(project, List.of(new Seen(
                new Sighting(Optional.of(phone), Optional.empty(), Optional.empty()), now)), Set.of(), cause)))
                .getFirst();
        return chats.lock(List.of(new Chats.WithContact(channel, contact)), List.of(), List.of()).stream().findFirst()
                .orElseGet(() -> Chat.with(contact, project, channel));
    }

    private List<NewEvent> continueSession(Chat chat, Message message, Instant now, Cause cause) {
        var timeout = timeouts.of(chat);
        var ofChat = new ChatSessions(chat.id,
                sessions.find(List.of(new Sessions.Reach(chat.id, now.minus(timeout), now.plus(timeout)))));
        var member = message.author().user();
        var session = ofChat.hear(new Waits.Heard(message.id, now, Waits.Who.of(message.source(), member.isPresent()), member), timeout);
        ofChat.settle(now);
        var home = session.present();
        message.belongsTo(home.id);
        if (home.storedVersion == 0) {
            // Whoever speaks first has it, at work or not and however much they have.
            message.author().user().flatMap(agents::ofUser).ifPresent(author -> home.assign(Optional.of(author), Optional.empty(),
                    "author", Optional.empty(), now, CareForSessions.place(chat)));
        }
        return sessions.save(List.of(new Sessions.Saved(chat, cause, ofChat.present(), ofChat.absorbed())));
    }
}
