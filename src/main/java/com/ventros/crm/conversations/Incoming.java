package com.ventros.crm.conversations;

import com.ventros.crm.contacts.Sighting;
import com.ventros.crm.kernel.PhoneNumber;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a channel tells us about a conversation, in our words: the only form in which a provider's events enter.
 *
 * <p>{@code externalId} and {@code targetId} are the provider's own id of a message without prefix or chat (WhatsApp's
 * bare id): the key of a message is (channel, external id). All times are the provider's.
 */
public sealed interface Incoming {

    /** The chat it happened in. */
    ChatAddress chat();

    /** When it happened by the provider's clock. */
    Instant at();

    /**
     * A message, from the customer or, when {@code fromMe}, from us: by the CRM, by another program, or typed on the
     * phone. Which of them is known only from our own record of the id.
     *
     * @param author   in a group, who wrote it (empty when we did); in a direct chat always empty
     * @param replyTo  the bare id of the message it answers
     * @param mentions addresses mentioned in the text, as the channel wrote them
     * @param ad       the advertisement it came from; only ever in the customer's own message
     * @param ack      the level an outgoing message had when it was reported
     * @param viaApi   whether the channel says that a program sent it
     */
    record Message(
            ChatAddress chat,
            String externalId,
            Instant at,
            boolean fromMe,
            boolean viaApi,
            Optional<Sighting> author,
            MessageContent content,
            Optional<Reply> replyTo,
            List<String> mentions,
            boolean forwarded,
            Optional<AdClick> ad,
            Optional<AckLevel> ack) implements Incoming {}

    /** What a message answers: bare id, and the quoted text if the delivery carries it. */
    record Reply(String targetId, Optional<String> quotedText) {}

    /** A message whose content is still to be decrypted; the message itself follows under the same id, or never. */
    record Waiting(ChatAddress chat, String externalId, Instant at, boolean fromMe) implements Incoming {}

    /** The text of a message was changed by its writer. */
    record Edited(ChatAddress chat, String targetId, Instant at, boolean fromMe, String text) implements Incoming {}

    /** A message was deleted for everyone. */
    record Revoked(ChatAddress chat, String targetId, Instant at, boolean fromMe) implements Incoming {}

    /**
     * A reaction was put, changed, or (empty emoji) taken back. One person has one reaction to a message.
     *
     * @param reactor who reacted; empty when we did
     */
    record Reacted(ChatAddress chat, String targetId, Instant at, Optional<Sighting> reactor, String emoji)
            implements Incoming {}

    /**
     * The full present choice of one voter in a poll; an empty list takes the vote back.
     *
     * @param voter    who voted; empty when we did
     * @param readable false when the channel could not decrypt the vote
     */
    record Voted(
            ChatAddress chat,
            String targetId,
            Instant at,
            Optional<Sighting> voter,
            List<String> options,
            boolean readable) implements Incoming {}

    /**
     * A message of ours came further.
     *
     * @param member in a group, the address of the one member who received or read it; one member does not make the
     *               message read
     */
    record Acknowledged(ChatAddress chat, String targetId, Instant at, AckLevel level, Optional<String> member)
            implements Incoming {}

    /** The customer's message was read by us on another device: clears unread marks, is no delivery state. */
    record ReadElsewhere(ChatAddress chat, String targetId, Instant at) implements Incoming {}

    /** A call rang, was answered or refused; the call id joins the three. */
    record Call(ChatAddress chat, String callId, Instant at, CallState state, boolean video) implements Incoming {}

    /** What became of a call. */
    enum CallState { RECEIVED, ACCEPTED, REJECTED }

    /** Somebody is typing, recording, online or gone: shown live, never stored. */
    record Presence(ChatAddress chat, Instant at, String participant, PresenceState state) implements Incoming {}

    /** What somebody is doing. */
    enum PresenceState { ONLINE, OFFLINE, TYPING, RECORDING, PAUSED }

    /** Our own number, which must never become a contact. */
    record OwnNumber(PhoneNumber phone, Optional<String> lid) {}
}
