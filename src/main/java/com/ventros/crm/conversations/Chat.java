package com.ventros.crm.conversations;

import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.kernel.Aggregate;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Text;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** All that is said with one person, or in one group, on one channel. */
final class Chat extends Aggregate<ChatEvent> {

    /** The newest message: the later one, of two sent at one time the one with the greater key. */
    record Last(UUID message, Instant at, String key) {

        boolean isAfter(Last other) {
            int byTime = at.compareTo(other.at);
            return byTime > 0 || byTime == 0 && Text.BY_CODE_POINTS.compare(key, other.key) > 0;
        }
    }

    /** Something that was told at a time; of two the later counts, of two told at one time the greater. */
    record Told(String text, Instant at) {

        static Optional<Told> newer(Optional<Told> known, Told other) {
            if (known.isEmpty()) return Optional.of(other);
            int byTime = other.at.compareTo(known.get().at);
            return byTime > 0 || byTime == 0 && Text.BY_CODE_POINTS.compare(other.text, known.get().text) > 0
                    ? Optional.of(other)
                    : known;
        }
    }

    final ChatId id;
    final ProjectId project;
    final ChannelId channel;
    final ChatAddress.Kind kind;
    final long storedVersion;
    private Optional<ContactId> contact;
    private Optional<Told> address;
    private Optional<Told> title;
    private Optional<Instant> readAt;
    private final Optional<Instant> readBefore;
    private int unread;
    private Last last;
    private boolean recount;
    private boolean changed;

    Chat(ChatId id, ProjectId project, ChannelId channel, ChatAddress.Kind kind, Optional<ContactId> contact,
            Optional<Told> address, Optional<Told> title, Optional<Instant> readAt, int unread, Last last,
            long storedVersion) {
        this.id = id;
        this.project = project;
        this.channel = channel;
        this.kind = kind;
        this.contact = contact;
        this.address = address;
        this.title = title;
        this.readAt = readAt;
        this.readBefore = readAt;
        this.unread = unread;
        this.last = last;
        this.storedVersion = storedVersion;
    }

    static Chat with(ContactId contact, ProjectId project, ChannelId channel) {
        return new Chat(ChatId.create(), project, channel, ChatAddress.Kind.DIRECT, Optional.of(contact),
                Optional.empty(), Optional.empty(), Optional.empty(), 0, null, 0);
    }

    static Chat ofGroup(String address, ProjectId project, ChannelId channel) {
        return new Chat(ChatId.create(), project, channel, ChatAddress.Kind.GROUP, Optional.empty(),
                Optional.of(new Told(address, Instant.EPOCH)), Optional.empty(), Optional.empty(), 0, null, 0);
    }

    /** The chat was met under this address, a group perhaps under this name. */
    void met(ChatAddress at, Instant when) {
        var before = address;
        address = Told.newer(address, new Told(at.address(), when));
        var titleBefore = title;
        at.title().filter(name -> !name.isBlank())
                .ifPresent(name -> title = Told.newer(title, new Told(name, when)));
        changed |= !before.equals(address) || !titleBefore.equals(title);
    }

    /** The channel told where a number that a person typed is reached. */
    void reachedAt(String found, Instant when) {
        if (address.isPresent()) return;
        address = Optional.of(new Told(found, when));
        changed = true;
    }

    void hear(UUID message, Instant at, String key, boolean inbound) {
        var candidate = new Last(message, at, key);
        if (last == null || candidate.isAfter(last)) last = candidate;
        if (inbound && readAt.filter(read -> !at.isAfter(read)).isEmpty()) unread++;
        changed = true;
    }

    /** Everything sent until then counts as read; the repository counts anew what is left. */
    void readUntil(Instant at) {
        if (readAt.filter(read -> !at.isAfter(read)).isPresent()) return;
        readAt = Optional.of(at);
        changed = true;
    }

    /** The other chat was with the same person all along. */
    void absorb(Chat other) {
        if (other.last.isAfter(last)) last = other.last;
        other.address.ifPresent(told -> address = Told.newer(address, told));
        other.readAt.ifPresent(this::readUntil);
        raise(new ChatEvent.ChatMerged(id.value(), other.id.value()));
        recount = true;
        changed = true;
    }

    void belongTo(ContactId person) {
        contact = Optional.of(person);
        changed = true;
    }

    void replaceLast(Last newest) {
        last = newest;
        changed = true;
    }

    /** What is unread, counted anew after {@link #mustRecount()}. */
    void unread(int counted) {
        unread = counted;
        changed = true;
    }

    /** Takes what was counted of its messages in the place of what it kept; whether that was otherwise. */
    boolean recounted(int counted, Last newest) {
        boolean same = counted == unread && newest.message().equals(last.message()) && newest.at().equals(last.at());
        if (same) return false;
        unread = counted;
        last = newest;
        return true;
    }

    /** It or one of its sessions was not what its messages say, and is now. */
    void mended() {
        raise(new ChatEvent.ChatRecounted(id.value(), unread, last.message()));
        changed = true;
    }

    boolean mustRecount() {
        return recount || !readAt.equals(readBefore);
    }

    /** Raises what followed from all that was done; to be called once, before saving. */
    void settle() {
        if (!readAt.equals(readBefore)) raise(new ChatEvent.ChatRead(id.value(), readAt.orElseThrow(), readBefore));
    }

    boolean changed() {
        return changed || storedVersion == 0;
    }

    long version() {
        return storedVersion + (changed() ? 1 : 0);
    }

    Optional<ContactId> contact() {
        return contact;
    }

    Optional<Told> address() {
        return address;
    }

    Optional<Told> title() {
        return title;
    }

    Optional<Instant> readAt() {
        return readAt;
    }

    int unread() {
        return unread;
    }

    Last last() {
        return last;
    }
}
