package com.ventros.crm.channels.waha.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A person with WhatsApp who talks to the shop. What the person writes is answered with its bare WhatsApp id, which is
 * also in the {@link Ledger}.
 */
public final class Customer {

    /** What the shop answered, as it reached the customer's phone. */
    public record Answer(String id, String text, Instant at) {}

    private final SimulatedSession session;
    private final String name;
    private final String phone;
    private final Optional<String> lid;
    private boolean byLid;
    private final Deque<Answer> unheard = new ArrayDeque<>();

    Customer(SimulatedSession session, String name, String phoneDigits, Optional<String> lidDigits) {
        this.session = session;
        this.name = name;
        this.phone = phoneDigits;
        this.lid = lidDigits;
    }

    public String name() {
        return name;
    }

    /** The digits as WhatsApp spells them, with or without the ninth. */
    public String phone() {
        return phone;
    }

    /** The digits of the private id, if the person has one. */
    public Optional<String> lid() {
        return lid;
    }

    /** From now on WhatsApp shows this person's chat under the private id. */
    public Customer addressedByLid() {
        synchronized (session.world()) {
            if (lid.isEmpty()) throw new IllegalStateException(name + " has no LID");
            byLid = true;
        }
        return this;
    }

    /** The address WhatsApp uses for the chat: {@code …@c.us} or {@code …@lid}. */
    public String address() {
        synchronized (session.world()) {
            return byLid ? lid.orElseThrow() + "@lid" : phoneAddress();
        }
    }

    String phoneAddress() {
        return phone + "@c.us";
    }

    Optional<String> lidAddress() {
        return lid.map(digits -> digits + "@lid");
    }

    List<String> addresses() {
        return lidAddress().map(address -> List.of(phoneAddress(), address)).orElseGet(() -> List.of(phoneAddress()));
    }

    Optional<String> otherAddress(String address) {
        return address.endsWith("@lid") ? Optional.of(phoneAddress()) : lidAddress();
    }

    // Writing

    /** Writes a text; the answer is its bare id. */
    public String writes(String text) {
        return session.hear(this, Optional.empty(), Content.text(text), Optional.empty(), Optional.empty());
    }

    /** Answers one message in particular, theirs or ours. */
    public String writesInReplyTo(String messageId, String text) {
        return session.hear(this, Optional.empty(), Content.text(text), Optional.of(messageId), Optional.empty());
    }

    public String sends(Content content) {
        return session.hear(this, Optional.empty(), content, Optional.empty(), Optional.empty());
    }

    /** Clicks an advertisement and writes the message that WhatsApp connects with it. */
    public String clicksAdAndWrites(Ad ad, String text) {
        return session.hear(this, Optional.empty(), Content.text(text), Optional.empty(), Optional.of(ad));
    }

    public String writesIn(Group group, String text) {
        return session.hear(this, Optional.of(group), Content.text(text), Optional.empty(), Optional.empty());
    }

    public void edits(String messageId, String text) {
        session.edit(messageId, text);
    }

    /** Deletes a message for everyone. */
    public void deletes(String messageId) {
        session.revoke(messageId);
    }

    /** Puts an emoji to a message; {@code ""} takes it away. */
    public void reactsTo(String messageId, String emoji) {
        session.react(messageId, Optional.of(this), emoji);
    }

    /** Chooses in a poll; what was chosen before counts no longer. */
    public void votesIn(String pollId, String... chosen) {
        session.vote(pollId, this, List.of(chosen));
    }

    // Reading

    /** Opens the chat: the message of ours, which must have been sent, is read. */
    public void reads(String messageId) {
        session.acknowledge(messageId, Said.Ack.READ, Optional.of(this));
    }

    /** Listens to a voice note of ours. */
    public void plays(String messageId) {
        session.acknowledge(messageId, Said.Ack.PLAYED, Optional.of(this));
    }

    /** Waits for the next answer of the shop; empty when none came in time. */
    public Optional<Answer> awaitsAnswer(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        var world = session.world();
        synchronized (world) {
            while (unheard.isEmpty()) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) return Optional.empty();
                world.wait(left);
            }
            return Optional.of(unheard.poll());
        }
    }

    /** Called with the world locked. */
    void receives(Said said, int keep) {
        unheard.add(new Answer(said.id, said.content.words().orElse(""), said.at));
        if (unheard.size() > keep) unheard.poll();
    }

    // Being seen

    public void isTyping() {
        session.showPresence(this, "typing");
    }

    public void isRecording() {
        session.showPresence(this, "recording");
    }

    public void stopsTyping() {
        session.showPresence(this, "paused");
    }

    @Override
    public String toString() {
        return name + " +" + phone;
    }
}
