package com.ventros.crm.conversations;

import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.contacts.Sighting;
import com.ventros.crm.events.Cause;
import com.ventros.crm.kernel.Aggregate;
import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Text;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** One thing said in a chat. */
final class Message extends Aggregate<DomainEvent> {

    /** Who made it: the customer, somebody in the CRM, another program, or somebody at our phone. */
    enum Source { CUSTOMER, CRM, API, PHONE }

    /** Where it was said. */
    record Place(ChatId chat, ChannelId channel, ProjectId project, Optional<ContactId> contact) {}

    /** Who wrote it, as known at that time: a member of a group, or somebody of ours. */
    record Author(Optional<UUID> user, Optional<String> name, Optional<String> phone, Optional<String> lid) {

        static final Author UNNAMED = new Author(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        static Author of(Sighting sighting) {
            return new Author(Optional.empty(), sighting.pushName().map(Text::storable),
                    sighting.phone().map(PhoneNumber::canonical).map(PhoneNumber::e164),
                    sighting.lid().map(Text::storable));
        }
    }

    /** Why it was not delivered. */
    record Failure(String code, String detail) {}

    /** What changes in the life of a message. */
    record State(MessageStatus status, Failure failure, String text, String originalText, Instant deliveredAt,
                 Instant readAt, Instant playedAt, Instant editedAt, Instant revokedAt, Trace.By revokedBy,
                 String externalId) {}

    final MessageId id;
    final Instant sentAt;
    final Place place;
    final long storedVersion;
    Cause cause;
    private final State stored;
    private State state;
    private Source source;
    private Author author;
    private Said said;
    private boolean waiting;
    private boolean filled;
    private boolean discussed;
    private SessionId session;

    private Message(MessageId id, Instant sentAt, Place place, Source source, Author author, Said said,
            boolean waiting, State state, SessionId session, long storedVersion, Cause cause) {
        this.id = id;
        this.sentAt = sentAt;
        this.place = place;
        this.source = source;
        this.author = author;
        this.said = said;
        this.waiting = waiting;
        this.stored = state;
        this.state = state;
        this.session = session;
        this.storedVersion = storedVersion;
        this.cause = cause;
    }

    /** A message as its row tells it, as far as it may still change. */
    static Message stored(MessageId id, Instant sentAt, Place place, Source source, boolean waiting, State state,
            SessionId session, long version, Cause cause) {
        return new Message(id, sentAt, place, source, null, null, waiting, state, session, version, cause);
    }

    /** From the customer, or from us by other means than the CRM. */
    static Message reported(Place place, String externalId, Instant sentAt, Source source, Author author, Said said,
            boolean waiting, Cause cause) {
        var status = source == Source.CUSTOMER ? MessageStatus.RECEIVED : MessageStatus.SENDING;
        return new Message(MessageId.create(), sentAt, place, source, author, said, waiting,
                fresh(status, said, externalId), null, 0, cause);
    }

    /** Written here, to be sent. */
    static Message written(Place place, Instant now, Author author, Said said, Cause cause) {
        return new Message(MessageId.create(), now, place, Source.CRM, author, said, false,
                fresh(MessageStatus.QUEUED, said, null), null, 0, cause);
    }

    private static State fresh(MessageStatus status, Said said, String externalId) {
        return new State(status, null, said.text().orElse(null), null, null, null, null, null, null, null, externalId);
    }

    boolean inbound() {
        return source == Source.CUSTOMER;
    }

    /** The awaited content is here. */
    void fill(Said content, Source from, Author by) {
        said = content;
        source = from;
        author = by;
        waiting = false;
        filled = true;
        state = new State(state.status, state.failure, content.text().orElse(null), null, state.deliveredAt,
                state.readAt, state.playedAt, null, state.revokedAt, state.revokedBy, state.externalId);
    }

    /** Takes over what is known under the provider's id. */
    void follow(Trace trace) {
        var facts = trace.facts();
        var own = state.originalText == null ? state.text : state.originalText;
        boolean edited = facts.editedAt() != null && !waiting;
        var status = inbound() ? MessageStatus.RECEIVED : trace.outgoing().orElse(base());
        state = new State(status, status == MessageStatus.FAILED ? failure() : null,
                edited ? facts.editedText() : own, edited ? Objects.requireNonNullElse(own, "") : null,
                inbound() ? null : facts.deliveredAt(), inbound() ? null : facts.readAt(),
                inbound() ? null : facts.playedAt(), edited ? facts.editedAt() : null, facts.revokedAt(),
                facts.revokedBy(), trace.key.externalId());
    }

    /** What the sender knows, as long as the channel has told nothing. */
    void outcome(MessageStatus status, Failure failure) {
        state = new State(status, failure, state.text, state.originalText, state.deliveredAt, state.readAt,
                state.playedAt, state.editedAt, state.revokedAt, state.revokedBy, state.externalId);
    }

    /** Somebody reacted to it or voted in it. */
    void discussed(MessageEvent event) {
        discussed = true;
        raise(event);
    }

    private MessageStatus base() {
        return switch (state.status) {
            case DELIVERED, READ, PLAYED -> MessageStatus.SENT;
            default -> state.status;
        };
    }

    private Failure failure() {
        return state.failure != null ? state.failure
                : new Failure("channel_error", "The channel reported that the message was not delivered.");
    }

    void belongsTo(SessionId home) {
        session = home;
    }

    /** Raises what the work at hand made of it; to be called once, before saving. */
    void settle(Instant now) {
        var contact = place.contact.map(ContactId::value);
        var chat = place.chat.value();
        var channel = place.channel.value();
        if (storedVersion == 0) {
            raise(new MessageEvent.MessageCreated(id.value(), chat, contact,
                    Optional.ofNullable(session).map(SessionId::value), channel, inbound() ? "INBOUND" : "OUTBOUND",
                    source.name(), said.type().name(), Optional.ofNullable(state.text),
                    Optional.ofNullable(state.externalId), state.status.name(), sentAt, author.name(),
                    said.replyTo().map(Incoming.Reply::targetId), author.user()));
        } else if (filled) {
            raise(new MessageEvent.MessageDecrypted(id.value(), chat, contact, channel, said.type().name(),
                    Optional.ofNullable(state.text)));
        }
        if ((storedVersion == 0 || filled) && inbound() && said.ad().isPresent() && contact.isPresent()) {
            raise(new TrackingEvent.AdClicked(contact.get(), id.value(), channel, sentAt, said.ad().get()));
        }
        if ((storedVersion == 0 || filled) && inbound() && said.code().isPresent() && contact.isPresent()) {
            raise(new MessageEvent.MessageCodeReceived(id.value(), chat, contact, channel, said.code().get(), sentAt));
        }
        if (storedVersion == 0) return;
        if (state.status != stored.status) {
            switch (state.status) {
                case SENT -> raise(new MessageEvent.MessageSent(id.value(), chat, contact, channel, now));
                case DELIVERED -> raise(new MessageEvent.MessageDelivered(id.value(), chat, contact, channel, state.deliveredAt));
                case READ -> raise(new MessageEvent.MessageRead(id.value(), chat, contact, channel, state.readAt));
                case PLAYED -> raise(new MessageEvent.MessagePlayed(id.value(), chat, contact, channel, state.playedAt));
                case FAILED -> raise(new MessageEvent.MessageFailed(id.value(), chat, contact, channel,
                        state.failure.code(), state.failure.detail()));
                case UNKNOWN -> raise(new MessageEvent.MessageOutcomeUnknown(id.value(), chat, contact, channel));
                case RECEIVED, QUEUED, SENDING -> { }
            }
        }
        if (!filled && state.editedAt != null && !state.text.equals(stored.text)) {
            raise(new MessageEvent.MessageEdited(id.value(), chat, contact, channel, state.text, state.editedAt));
        }
        if (state.revokedAt != null && stored.revokedAt == null) {
            raise(new MessageEvent.MessageRevoked(id.value(), chat, contact, channel, state.revokedAt,
                    state.revokedBy.name().toLowerCase(Locale.ROOT)));
        }
    }

    boolean changed() {
        return storedVersion == 0 || filled || discussed || !state.equals(stored);
    }

    long version() {
        return storedVersion + (changed() ? 1 : 0);
    }

    Source source() {
        return source;
    }

    Author author() {
        return author;
    }

    State state() {
        return state;
    }

    Said said() {
        return said;
    }

    boolean waiting() {
        return waiting;
    }

    boolean filled() {
        return filled;
    }

    SessionId session() {
        return session;
    }
}
