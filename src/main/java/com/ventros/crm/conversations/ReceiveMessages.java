package com.ventros.crm.conversations;

import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.contacts.RecogniseContacts;
import com.ventros.crm.contacts.RecogniseContacts.Person;
import com.ventros.crm.contacts.RecogniseContacts.Seen;
import com.ventros.crm.contacts.Sighting;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Text;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes in what channels report: messages, and what becomes of them.
 *
 * <p>The same facts leave the same rows, in whatever order, however often and in whatever batches they come. What
 * makes that so: a message is kept once under its key; acknowledgements, edits, revocations, reactions, votes and read
 * marks are kept under the key of their target, which need not be here yet; a session follows from the times of
 * messages; a contact from what was ever seen together.
 *
 * <p>A batch takes one transaction and a number of statements that does not depend on its size. Batches of one project
 * go one after the other.
 */
@Component
public class ReceiveMessages {

    /**
     * A fact and the channel that reports it.
     *
     * @param own the channel's own number, which never becomes a contact
     */
    public record Received(
            ChannelId channel,
            ProjectId project,
            int sessionTimeoutMinutes,
            String region,
            Optional<Incoming.OwnNumber> own,
            Incoming incoming,
            Cause cause) {}

    /** What a fact made of what is kept. */
    public enum Effect {
        /** A message is here that was not. */
        STORED,
        /** Something else is known that was not. */
        CHANGED,
        /** All of it was known. */
        NOTHING_NEW,
        /** Not for keeping: presence, notes to ourselves. */
        IGNORED,
        /** Cannot be kept: an id or an address beyond all measure, a time outside of history. */
        UNUSABLE
    }

    /** What became of one fact, and the message it concerns, if that is here. */
    public record Outcome(Effect effect, Optional<MessageId> message) {}

    /** As long as the column; WhatsApp's ids have 18 to 32 characters. */
    private static final int MAX_ID_LENGTH = 200;
    private static final Pattern LID = Pattern.compile("\\d{1,40}");
    /** Times outside are no times of messages, whatever a delivery says. */
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");
    /** How far the provider's clock may be behind ours when an echo is matched with a send. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(2);

    private final RecogniseContacts recogniseContacts;
    private final Chats chats;
    private final Messages messages;
    private final Sessions sessions;
    private final SessionTimeouts timeouts;
    private final Reactions reactions;
    private final MessageFiles files;
    private final Calls calls;
    private final SendQueue queue;
    private final Outbox outbox;

    ReceiveMessages(RecogniseContacts recogniseContacts, Chats chats, Messages messages, Sessions sessions,
            SessionTimeouts timeouts, Reactions reactions, MessageFiles files, Calls calls, SendQueue queue, Outbox outbox) {
        this.recogniseContacts = recogniseContacts;
        this.chats = chats;
        this.messages = messages;
        this.sessions = sessions;
        this.timeouts = timeouts;
        this.reactions = reactions;
        this.files = files;
        this.calls = calls;
        this.queue = queue;
        this.outbox = outbox;
    }

    /** Facts of one tenant, from any of its channels; outcomes in the same order. All are kept, or none. */
    @Transactional
    public List<Outcome> handle(List<Received> received) {
        var items = received.stream().map(Item::new).toList();
        var usable = items.stream().filter(item -> item.effect == null).toList();
        if (!usable.isEmpty()) new Batch(usable).work();
        return items.stream().map(Item::outcome).toList();
    }

    /** One fact on its way in. */
    private static final class Item {
        final Received received;
        final Incoming incoming;
        final Instant at;
        /** Of the message that it is or concerns; null for a call. */
        Trace.Key key;
        Calls.Key call;
        Effect effect;
        Messages.Entry entry;

        Item(Received received) {
            this.received = received;
            this.incoming = received.incoming();
            // The database keeps microseconds; comparing anything finer would find differences that are none.
            this.at = incoming.at().truncatedTo(ChronoUnit.MICROS);
            var id = Text.storable(switch (incoming) {
                case Incoming.Message m -> m.externalId();
                case Incoming.Waiting w -> w.externalId();
                case Incoming.Edited e -> e.targetId();
                case Incoming.Revoked r -> r.targetId();
                case Incoming.Reacted r -> r.targetId();
                case Incoming.Voted v -> v.targetId();
                case Incoming.Acknowledged a -> a.targetId();
                case Incoming.ReadElsewhere r -> r.targetId();
                case Incoming.Call c -> c.callId();
                case Incoming.Presence _ -> "";
            });
            if (incoming instanceof Incoming.Presence || withOurselves()) {
                effect = Effect.IGNORED;
            } else if (id.isBlank() || id.length() > MAX_ID_LENGTH || at.isBefore(EARLIEST) || !at.isBefore(LATEST)
                    || customer().flatMap(Sighting::lid).filter(lid -> !LID.matcher(lid).matches()).isPresent()) {
                effect = Effect.UNUSABLE;
            } else if (incoming instanceof Incoming.Call) {
                call = new Calls.Key(received.channel(), id);
            } else {
                key = new Trace.Key(received.channel(), id);
            }
        }

        private boolean withOurselves() {
            if (received.own().isEmpty() || customer().isEmpty()) return false;
            var us = received.own().get();
            var them = customer().get();
            return them.phone().map(PhoneNumber::canonical).filter(us.phone().canonical()::equals).isPresent()
                    || them.lid().isPresent() && them.lid().equals(us.lid());
        }

        Optional<Sighting> customer() {
            return incoming.chat().customer();
        }

        boolean direct() {
            return incoming.chat().kind() == ChatAddress.Kind.DIRECT;
        }

        /** Whether it is a message itself, or the placeholder of one, and not only about one. */
        boolean isMessage() {
            return incoming instanceof Incoming.Message || incoming instanceof Incoming.Waiting;
        }

        boolean fromMe() {
            return switch (incoming) {
                case Incoming.Message m -> m.fromMe();
                case Incoming.Waiting w -> w.fromMe();
                default -> false;
            };
        }

        Duration timeout() {
            return Duration.ofMinutes(received.sessionTimeoutMinutes());
        }

        /** Who it is with; what somebody calls themselves only counts from their own messages. */
        Seen seen() {
            var sighting = customer().orElseThrow();
            return new Seen(fromMe() ? sighting.nameless() : sighting, at);
        }

        Outcome outcome() {
            return new Outcome(effect, Optional.ofNullable(entry).flatMap(known -> known.message).map(m -> m.id));
        }
    }

    /** The work on one batch. */
    private final class Batch {
        private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        private final List<Item> items;
        private final Map<Trace.Key, List<Item>> byKey = new LinkedHashMap<>();
        private final Map<Object, ContactId> people = new HashMap<>();
        private final Map<Chats.WithContact, Chat> directChats = new HashMap<>();
        private final Map<Chats.OfGroup, Chat> groupChats = new HashMap<>();
        private final Map<ChatId, Chat> allChats = new LinkedHashMap<>();
        private final Map<ChatId, Cause> chatCauses = new HashMap<>();
        private final Map<ChatId, List<NewMessage>> newMessages = new LinkedHashMap<>();
        /** Placeholders that turned out to be a program's, and not a person's. */
        private final Map<ChatId, List<NewMessage>> corrected = new HashMap<>();
        private List<SendQueue.InFlight> inFlight = List.of();
        private Map<MessageId, Message> inFlightMessages = Map.of();
        private final List<Reactions.Reaction> ownReactions = new ArrayList<>();

        private record NewMessage(Message message, Duration timeout) {
            /** What a channel reports names no user of ours. */
            Waits.Heard heard() {
                return new Waits.Heard(message.id, message.sentAt, Waits.Who.of(message.source(), false), Optional.empty());
            }
        }

        Batch(List<Item> items) {
            this.items = items;
            for (var item : items) {
                if (item.key != null) byKey.computeIfAbsent(item.key, _ -> new ArrayList<>()).add(item);
            }
            // Of one message its content comes before its placeholder, so that a placeholder is not filled but left out.
            byKey.values().forEach(same -> same.sort(Comparator.comparing(i -> !(i.incoming instanceof Incoming.Message))));
        }

        void work() {
            recogniseContacts.lock(new LinkedHashSet<>(items.stream().map(item -> item.received.project()).toList()));
            recognise();
            lockChats();
            var causes = new HashMap<Trace.Key, Cause>();
            // What customers write is told by deliveries only, and those of one project come one batch after the other;
            // the key of what we write may at the same time be touched by whoever sends it.
            var customers = new HashSet<Trace.Key>();
            byKey.forEach((key, same) -> {
                causes.put(key, same.getFirst().received.cause());
                if (same.stream().anyMatch(item -> item.isMessage() && !item.fromMe())) customers.add(key);
            });
            var entries = messages.open(causes, customers);
            findSendsInFlight(entries);
            entries.forEach((key, entry) -> byKey.get(key).forEach(item -> apply(item, entry)));
            settleActs(entries);
            save(entries);
        }

        /** Two addresses under which one message, or one call, was reported are one person's. */
        private void recognise() {
            var together = new LinkedHashMap<Object, List<Item>>();
            for (var item : items) {
                if (!item.direct() || !item.isMessage() && item.call == null) continue;
                together.computeIfAbsent(item.call == null ? item.key : item.call, _ -> new ArrayList<>()).add(item);
            }
            if (together.isEmpty()) return;
            var known = new HashMap<Object, ContactId>(
                    calls.contacts(together.keySet().stream().filter(Calls.Key.class::isInstance)
                            .map(Calls.Key.class::cast).toList()));
            messages.whereabouts(together.keySet().stream().filter(Trace.Key.class::isInstance)
                    .map(Trace.Key.class::cast).toList())
                    .forEach((key, where) -> where.contact().ifPresent(contact -> known.put(key, contact)));
            var persons = new ArrayList<Person>();
            together.forEach((key, same) -> persons.add(new Person(same.getFirst().received.project(),
                    same.stream().map(Item::seen).toList(), Optional.ofNullable(known.get(key)).map(Set::of).orElse(Set.of()),
                    same.getFirst().received.cause())));
            var recognised = recogniseContacts.handle(persons).iterator();
            together.keySet().forEach(key -> people.put(key, recognised.next()));
        }

        private void lockChats() {
            var direct = new LinkedHashSet<Chats.WithContact>();
            var groups = new LinkedHashSet<Chats.OfGroup>();
            var readElsewhere = new LinkedHashSet<Trace.Key>();
            for (var item : items) {
                if (item.incoming instanceof Incoming.ReadElsewhere) readElsewhere.add(item.key);
                if (!item.isMessage()) continue;
                if (item.direct()) direct.add(withContact(item));
                else groups.add(group(item));
            }
            var ids = messages.whereabouts(readElsewhere).values().stream().map(Messages.Whereabouts::chat).toList();
            for (var chat : chats.lock(direct, groups, ids)) remember(chat);
        }

        private void remember(Chat chat) {
            allChats.put(chat.id, chat);
            chat.contact().ifPresentOrElse(
                    contact -> directChats.put(new Chats.WithContact(chat.channel, contact), chat),
                    () -> groupChats.put(new Chats.OfGroup(chat.channel, chat.address().orElseThrow().text()), chat));
        }

        private Chats.WithContact withContact(Item item) {
            return new Chats.WithContact(item.received.channel(), people.get(item.key));
        }

        private Chats.OfGroup group(Item item) {
            return new Chats.OfGroup(item.received.channel(), Text.storable(item.incoming.chat().address()));
        }

        private Optional<Chat> chat(Item item) {
            return Optional.ofNullable(item.direct() ? directChats.get(withContact(item)) : groupChats.get(group(item)));
        }

        private Chat chatOrNew(Item item) {
            var known = chat(item);
            if (known.isPresent()) return known.get();
            var chat = item.direct()
                    ? Chat.with(people.get(item.key), item.received.project(), item.received.channel())
                    : Chat.ofGroup(group(item).address(), item.received.project(), item.received.channel());
            remember(chat);
            return chat;
        }

        /** Sends of ours whose id nobody knows yet: an echo may be one of them. */
        private void findSendsInFlight(Map<Trace.Key, Messages.Entry> entries) {
            var concerned = new LinkedHashSet<ChatId>();
            for (var item : items) {
                if (!(item.incoming instanceof Incoming.Message m) || !m.fromMe()) continue;
                if (entries.get(item.key).message.isPresent()) continue;
                chat(item).ifPresent(chat -> concerned.add(chat.id));
            }
            inFlight = queue.inFlight(concerned);
            var ids = new HashMap<MessageId, Instant>();
            inFlight.forEach(send -> ids.put(send.message(), send.messageSentAt()));
            inFlightMessages = messages.find(ids, items.getFirst().received.cause());
        }

        private void apply(Item item, Messages.Entry entry) {
            item.entry = entry;
            var before = entry.trace.facts();
            switch (item.incoming) {
                case Incoming.Message m -> take(item, entry, m);
                case Incoming.Waiting _ -> takePlaceholder(item, entry);
                case Incoming.Edited e -> entry.trace.edited(wording(e), item.at);
                case Incoming.Revoked r ->
                        entry.trace.revoked(r.fromMe() ? Trace.By.US : Trace.By.CUSTOMER, item.at);
                case Incoming.Acknowledged a -> {
                    // What one member of a group received or read says nothing of the others.
                    if (a.member().isEmpty()) entry.trace.acknowledged(a.level(), item.at);
                }
                case Incoming.ReadElsewhere _ -> entry.trace.readElsewhere();
                case Incoming.Reacted _, Incoming.Voted _, Incoming.Call _, Incoming.Presence _ -> { }
            }
            if (item.effect == null) {
                item.effect = entry.trace.facts().equals(before) ? Effect.NOTHING_NEW : Effect.CHANGED;
            }
        }

        private void take(Item item, Messages.Entry entry, Incoming.Message m) {
            var source = !m.fromMe() ? Message.Source.CUSTOMER : m.viaApi() ? Message.Source.API : Message.Source.PHONE;
            var author = m.author().map(Message.Author::of).orElse(Message.Author.UNNAMED);
            if (m.fromMe()) entry.trace.acknowledged(m.ack().orElse(AckLevel.SERVER), item.at);
            if (entry.message.isEmpty() && m.fromMe()) entry.message = chat(item).flatMap(chat -> ourSend(item, m, chat));
            if (entry.message.isEmpty()) {
                create(item, entry, source, author, Said.of(m), false);
            } else if (entry.message.get().waiting()) {
                var placeholder = entry.message.get();
                boolean otherSource = placeholder.source() != source;
                placeholder.fill(Said.of(m), source, author);
                if (otherSource && placeholder.session() != null) {
                    corrected.computeIfAbsent(placeholder.place.chat(), _ -> new ArrayList<>())
                            .add(new NewMessage(placeholder, item.timeout()));
                }
                item.effect = Effect.CHANGED;
            }
            var message = entry.message.get();
            if (message.source() == Message.Source.CRM && m.fromMe() && entry.trace.outgoing().isEmpty()) {
                message.outcome(MessageStatus.SENT, null);
            }
            met(item);
            // Whoever answers at our phone has the chat before their eyes.
            if (message.source() == Message.Source.PHONE) chat(item).ifPresent(chat -> chat.readUntil(message.sentAt));
        }

        private void takePlaceholder(Item item, Messages.Entry entry) {
            if (item.fromMe()) entry.trace.acknowledged(AckLevel.SERVER, item.at);
            if (entry.message.isEmpty()) {
                create(item, entry, item.fromMe() ? Message.Source.PHONE : Message.Source.CUSTOMER,
                        Message.Author.UNNAMED, Said.nothingYet(), true);
            }
            met(item);
        }

        private void met(Item item) {
            chat(item).ifPresent(chat -> {
                chat.met(new ChatAddress(chat.kind, Text.storable(item.incoming.chat().address()), item.customer(),
                        item.incoming.chat().title().map(Text::storable)), item.at);
                chatCauses.putIfAbsent(chat.id, item.received.cause());
            });
        }

        private void create(Item item, Messages.Entry entry, Message.Source source, Message.Author author, Said said,
                boolean waiting) {
            var chat = chatOrNew(item);
            var message = Message.reported(
                    new Message.Place(chat.id, chat.channel, chat.project, chat.contact()), item.key.externalId(),
                    item.at, source, author, said, waiting, item.received.cause());
            entry.message = Optional.of(message);
            item.effect = Effect.STORED;
            chat.hear(message.id.value(), item.at, item.key.externalId(), message.inbound());
            if (chat.contact().isPresent()) {
                newMessages.computeIfAbsent(chat.id, _ -> new ArrayList<>())
                        .add(new NewMessage(message, item.timeout()));
            }
        }

        /** A send in flight that says the same in the same chat is what this echoes; each send has one echo. */
        private Optional<Message> ourSend(Item item, Incoming.Message m, Chat chat) {
            var gist = m.content().gist();
            var send = inFlight.stream().filter(one -> one.chat().equals(chat.id) && one.text().equals(gist)
                    && !item.at.isBefore(one.claimedAt().minus(CLOCK_SKEW))).findFirst();
            send.ifPresent(inFlight::remove);
            var message = send.map(one -> inFlightMessages.get(one.message()));
            // Until now it was only somebody's in this batch; what changes is because of this echo.
            message.ifPresent(ours -> ours.cause = item.received.cause());
            return message;
        }

        /**
         * An echo that comes before the call is answered settles the act, at our time as the answer would: an echo
         * tells whole seconds only, and by its own time the second of two acts could seem the earlier.
         */
        private void settleActs(Map<Trace.Key, Messages.Entry> entries) {
            var done = queue.settleActs(items.stream().flatMap(item -> act(item).stream()).toList());
            if (done.isEmpty()) return;
            var targets = new HashMap<MessageId, Trace>();
            entries.values().forEach(entry -> entry.message.ifPresent(message -> targets.put(message.id, entry.trace)));
            for (var act : done) {
                var trace = targets.get(act.message());
                switch (act.act()) {
                    case EDIT -> trace.edited(act.text(), act.at());
                    case REVOKE -> trace.revoked(Trace.By.US, act.at());
                    case REACT -> ownReactions.add(new Reactions.Reaction(trace.key, Reactions.US, act.text(), act.at()));
                    case SEND -> throw new IllegalStateException("no act: " + act);
                }
            }
        }

        private void save(Map<Trace.Key, Messages.Entry> entries) {
            var present = new LinkedHashSet<Message>();
            for (var entry : entries.values()) {
                if (entry.message.isEmpty()) continue;
                var message = entry.message.get();
                message.follow(entry.trace);
                present.add(message);
                var chat = allChats.get(message.place.chat());
                if (entry.trace.facts().readElsewhere() && message.inbound() && chat != null) {
                    chat.readUntil(message.sentAt);
                    chatCauses.putIfAbsent(chat.id, message.cause);
                }
            }
            var events = new ArrayList<NewEvent>();
            chats.insert(allChats.values().stream().filter(chat -> chat.storedVersion == 0).toList(), now);
            events.addAll(saveSessions());
            discuss(entries);
            events.addAll(messages.save(present, entries.values(), now));
            files.want(present.stream().filter(message -> message.said() != null && (message.storedVersion == 0 || message.filled()))
                    .toList(), now);
            queue.settle(present.stream().filter(message -> message.source() == Message.Source.CRM
                    && message.storedVersion > 0 && message.changed() && settled(message)).toList());
            reactions.edited(items.stream().filter(item -> item.incoming instanceof Incoming.Edited)
                    .map(item -> new Reactions.Edit(item.key, wording((Incoming.Edited) item.incoming), item.at)).toList());
            events.addAll(saveCalls());
            events.addAll(chats.update(allChats.values(), now, chat -> chatCauses.getOrDefault(chat.id,
                    items.getFirst().received.cause())));
            outbox.append(events);
        }

        /** What a customer edits still holds the code that was hidden in it. */
        private static String wording(Incoming.Edited edited) {
            var text = Text.storable(edited.text());
            return edited.fromMe() ? text : InvisibleCode.without(text);
        }

        /** What we did to a message, by the CRM or otherwise. */
        private static Optional<SendQueue.Seen> act(Item item) {
            if (item.entry == null || item.entry.message.isEmpty()) return Optional.empty();
            var message = item.entry.message.get().id;
            return switch (item.incoming) {
                case Incoming.Edited e when e.fromMe() ->
                        Optional.of(new SendQueue.Seen(message, SendQueue.Act.EDIT, Text.storable(e.text())));
                case Incoming.Revoked r when r.fromMe() ->
                        Optional.of(new SendQueue.Seen(message, SendQueue.Act.REVOKE, ""));
                case Incoming.Reacted r when r.reactor().isEmpty() ->
                        Optional.of(new SendQueue.Seen(message, SendQueue.Act.REACT, Text.storable(r.emoji())));
                default -> Optional.empty();
            };
        }

        private static boolean settled(Message message) {
            return switch (message.state().status()) {
                case SENT, DELIVERED, READ, PLAYED, FAILED -> true;
                case RECEIVED, QUEUED, SENDING, UNKNOWN -> false;
            };
        }

        private List<NewEvent> saveSessions() {
            if (newMessages.isEmpty() && corrected.isEmpty()) return List.of();
            followContacts();
            var reaches = new ArrayList<Sessions.Reach>();
            newMessages.forEach((chat, heard) -> {
                var first = heard.stream().map(one -> one.message.sentAt).min(Comparator.naturalOrder()).orElseThrow();
                var last = heard.stream().map(one -> one.message.sentAt).max(Comparator.naturalOrder()).orElseThrow();
                var timeout = heard.stream().map(NewMessage::timeout).max(Comparator.naturalOrder()).orElseThrow();
                reaches.add(new Sessions.Reach(chat, first.minus(timeout), last.plus(timeout)));
            });
            corrected.forEach((chat, some) -> some.forEach(one ->
                    reaches.add(new Sessions.Reach(chat, one.message.sentAt, one.message.sentAt))));
            var known = new HashMap<ChatId, List<Session>>();
            sessions.find(reaches).forEach(session ->
                    known.computeIfAbsent(session.chat(), _ -> new ArrayList<>()).add(session));
            var saved = new ArrayList<Sessions.Saved>();
            var concerned = new LinkedHashSet<>(newMessages.keySet());
            concerned.addAll(corrected.keySet());
            for (var chat : concerned) {
                var heard = newMessages.getOrDefault(chat, List.of());
                var others = corrected.getOrDefault(chat, List.of());
                var sessionsKnown = known.getOrDefault(chat, List.of());
                others.forEach(one -> sessionsKnown.stream().filter(session -> session.id.equals(one.message.session()))
                        .forEach(session -> session.correct(one.heard())));
                var ofChat = new ChatSessions(chat, sessionsKnown);
                var homes = new LinkedHashMap<Message, Session>();
                heard.forEach(one -> homes.put(one.message, ofChat.hear(one.heard(), one.timeout)));
                ofChat.settle(now);
                homes.forEach((message, session) -> message.belongsTo(session.present().id));
                var because = heard.isEmpty() ? others.getFirst().message.cause : heard.getFirst().message.cause;
                saved.add(new Sessions.Saved(allChats.get(chat), because, ofChat.present(), ofChat.absorbed()));
            }
            return sessions.save(saved);
        }

        /** A contact's own time-out outweighs that of the channel it writes on. */
        private void followContacts() {
            var ofContacts = timeouts.ofContacts(newMessages.keySet().stream()
                    .map(chat -> allChats.get(chat).contact().orElseThrow()).distinct().toList());
            if (ofContacts.isEmpty()) return;
            newMessages.forEach((chat, heard) -> {
                var own = ofContacts.get(allChats.get(chat).contact().orElseThrow());
                if (own != null) heard.replaceAll(one -> new NewMessage(one.message, own));
            });
        }

        /** What people think of messages; told to others only once the message itself is here. */
        private void discuss(Map<Trace.Key, Messages.Entry> entries) {
            var reacted = new ArrayList<>(ownReactions);
            var voted = new ArrayList<Reactions.Vote>();
            for (var item : items) {
                switch (item.incoming) {
                    case Incoming.Reacted r -> reacted.add(new Reactions.Reaction(item.key,
                            who(item, r.reactor()), Text.storable(r.emoji()), item.at));
                    case Incoming.Voted v -> voted.add(new Reactions.Vote(item.key, who(item, v.voter()),
                            v.options().stream().map(Text::storable).toList(), v.readable(), item.at));
                    default -> { }
                }
            }
            for (var news : reactions.react(reacted)) {
                mark(news.target(), Incoming.Reacted.class);
                entries.get(news.target()).message.ifPresent(message -> message.discussed(news.event(message)));
            }
            for (var news : reactions.vote(voted)) {
                mark(news.target(), Incoming.Voted.class);
                entries.get(news.target()).message.ifPresent(message -> message.discussed(
                        new MessageEvent.MessageVoted(message.id.value(), message.place.chat().value(),
                                message.place.contact().map(ContactId::value), message.place.channel().value(),
                                news.voter(), news.options(), news.readable())));
            }
        }

        private void mark(Trace.Key target, Class<? extends Incoming> kind) {
            byKey.get(target).stream().filter(item -> kind.isInstance(item.incoming))
                    .forEach(item -> item.effect = Effect.CHANGED);
        }

        /** In a direct chat there is one other person, whatever address they used; in a group the address tells. */
        private static String who(Item item, Optional<Sighting> person) {
            if (person.isEmpty()) return Reactions.US;
            if (item.direct()) return "customer";
            return person.get().phone().map(phone -> phone.canonical().e164())
                    .orElseGet(() -> Text.storable(person.get().lid().orElseThrow()) + "@lid");
        }

        private List<NewEvent> saveCalls() {
            var turns = new ArrayList<Calls.Turn>();
            for (var item : items) {
                if (!(item.incoming instanceof Incoming.Call c)) continue;
                item.effect = Effect.CHANGED;
                turns.add(new Calls.Turn(item.call, c.state(), Optional.ofNullable(people.get(item.call)), c.video(),
                        item.at, item.received.project(), item.received.cause()));
            }
            return calls.turned(turns);
        }
    }
}
