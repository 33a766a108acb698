package com.ventros.crm.conversations;

import com.ventros.crm.contacts.ContactAddresses;
import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.media.MediaId;
import com.ventros.crm.tenancy.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What waits to be sent. A sender claims one at a time for a channel, tells before the call under which id it will go
 * out where it can, and records the outcome ({@link RecordSendOutcome}).
 */
@Component
public class SendIntents {

    /** A channel with something to send and nothing on its way. */
    public record Due(TenantId tenant, ChannelId channel) {}

    /**
     * A message to send now, or something to do to one.
     *
     * @param address the chat id as the channel gave it; empty for a number that a person typed and nobody looked up
     * @param phone   the contact's number, if known
     * @param attempt 1 at the first try
     * @param cause   under which the sender works: this send, and behind it the request that wrote the message
     */
    public record Claimed(SendIntentId intent, MessageId message, ChatId chat, ChannelId channel,
            Optional<String> address, Optional<PhoneNumber> phone, Task task, int attempt, Cause cause) {}

    /** What is to be done on the channel. */
    public sealed interface Task {

        record Say(MessageContent content, Optional<MediaId> file, Optional<Quoted> replyTo) implements Task {}

        /** An empty emoji takes the reaction back. */
        record React(Quoted target, String emoji) implements Task {}

        record Edit(Quoted target, String text) implements Task {}

        record Revoke(Quoted target) implements Task {}
    }

    /**
     * A message that is answered, or to which something is done, as a channel has to name it.
     *
     * @param ours   whether we wrote it
     * @param author in a group, the address of the customer who wrote it
     */
    public record Quoted(String externalId, boolean ours, Optional<String> author) {}

    /**
     * A send that may or may not have gone out.
     *
     * @param gist  what it says, as {@link MessageContent#gist()} tells it
     * @param first whether the channel knows of nothing that was said in the chat before
     */
    public record Unsettled(TenantId tenant, ChannelId channel, SendIntentId intent, ChatId chat,
            Optional<String> address, String gist, Optional<String> externalId, Instant claimedAt, boolean first, Cause cause) {}

    /** Twice the longest time that a call to a provider may take, with room: whoever claimed it then is gone. */
    static final Duration LEASE = Duration.ofMinutes(2);
    /** The same where a file goes along. */
    static final Duration FILE_LEASE = Duration.ofMinutes(4);
    private static final Actor RESOLVER = Actor.system("send-resolver");

    private final JdbcClient db;
    private final JdbcClient system;
    private final TransactionTemplate transaction;
    private final Chats chats;
    private final Messages messages;
    private final SendQueue queue;
    private final RecordSendOutcome recordSendOutcome;
    private final ContactAddresses addresses;

    SendIntents(JdbcClient db, @Qualifier("system") JdbcClient system, TransactionTemplate transaction, Chats chats,
            Messages messages, SendQueue queue, RecordSendOutcome recordSendOutcome, ContactAddresses addresses) {
        this.db = db;
        this.system = system;
        this.transaction = transaction;
        this.chats = chats;
        this.messages = messages;
        this.queue = queue;
        this.recordSendOutcome = recordSendOutcome;
        this.addresses = addresses;
    }

    /** Across tenants: where a sender has work. */
    public List<Due> due(int limit) {
        return system.sql("""
                select distinct tenant_id, channel_id from send_intent i
                 where state = 'QUEUED' and not_before <= now()
                   and not exists (select from send_intent f where f.tenant_id = i.tenant_id
                                      and f.channel_id = i.channel_id and f.state = 'SENDING')
                 limit :limit
                """).param("limit", limit)
                .query((row, _) -> new Due(new TenantId(Rows.uuid(row, "tenant_id")),
                        new ChannelId(Rows.uuid(row, "channel_id")))).list();
    }

    /** The next message of the channel, in the order written; empty while another is on its way. */
    public Optional<Claimed> claim(ChannelId channel) {
        try {
            return Optional.ofNullable(transaction.execute(_ -> next(channel)));
        } catch (DuplicateKeyException somebodyElseWasFaster) {
            return Optional.empty();
        }
    }

    private Claimed next(ChannelId channel) {
        var claimed = db.sql("""
                with next as (
                    select i.id from send_intent i
                     where i.channel_id = :channel and i.state = 'QUEUED' and i.not_before <= now()
                       and not exists (select from send_intent f where f.channel_id = :channel and f.state = 'SENDING')
                       -- Within a chat no message overtakes another, and no act another on the same message.
                       and not exists (select from send_intent e where e.chat_id = i.chat_id and e.state = 'QUEUED'
                                          and e.position < i.position
                                          and case when i.act = 'SEND' then e.act = 'SEND'
                                                   else e.act <> 'SEND' and e.message_id = i.message_id end)
                     order by i.position limit 1 for update skip locked)
                update send_intent i set state = 'SENDING', claimed_at = now(), attempts = attempts + 1
                  from next where i.id = next.id
                returning i.id, i.message_id, i.message_sent_at, i.act, i.text, i.attempts, i.correlation_id, i.traceparent
                """).param("channel", channel.value())
                .query((row, _) -> Map.of("intent", Rows.uuid(row, "id"), "message", Rows.uuid(row, "message_id"),
                        "sentAt", Rows.instant(row, "message_sent_at"),
                        "act", SendQueue.Act.valueOf(row.getString("act")), "text", row.getString("text"),
                        "attempts", row.getInt("attempts"),
                        "cause", SendQueue.cause(row, Rows.uuid(row, "id"), actor(channel))))
                .optional();
        if (claimed.isEmpty()) return null;
        var at = claimed.get();
        return db.sql("""
                with sending as (
                    update message set status = 'SENDING', version = version + 1
                     where id = :message and sent_at = :sentAt and :act = 'SEND')
                select m.chat_id, m.type, m.text, m.content, f.file_id, c.address, c.contact_id, q.ours, q.author,
                       case when :act = 'SEND' then m.reply_to_external_id else m.external_id end as named
                  from message m join chat c on c.id = m.chat_id
                  left join message_file f on f.message_id = m.id
                  left join message_ref r on r.channel_id = m.channel_id and r.external_id = m.reply_to_external_id
                  left join lateral (
                      select direction = 'OUTBOUND' as ours,
                             coalesce(author_lid || '@lid', ltrim(author_phone, '+') || '@c.us') as author
                        from message where (id, sent_at) = (case when :act = 'SEND' then r.message_id else m.id end,
                                                            case when :act = 'SEND' then r.sent_at else m.sent_at end)) q
                    on true
                 where m.id = :message and m.sent_at = :sentAt
                """)
                .param("act", ((SendQueue.Act) at.get("act")).name()).param("message", at.get("message")).param("sentAt", Rows.utc((Instant) at.get("sentAt")))
                .query((row, _) -> new Claimed(new SendIntentId((UUID) at.get("intent")),
                        new MessageId((UUID) at.get("message")), new ChatId(Rows.uuid(row, "chat_id")), channel,
                        Optional.ofNullable(row.getString("address")),
                        Optional.ofNullable(Rows.uuid(row, "contact_id")).map(ContactId::new).flatMap(addresses::phone),
                        task(row, (SendQueue.Act) at.get("act"), (String) at.get("text")), (Integer) at.get("attempts"), (Cause) at.get("cause")))
                .single();
    }

    /** Those of these ids of the channel under which other messages went out: this one is none of them. */
    public Set<String> ofOtherSends(Unsettled unsettled, Collection<String> externalIds) {
        if (externalIds.isEmpty()) return Set.of();
        return Tenancy.call(unsettled.tenant(), () -> transaction.execute(_ -> Set.copyOf(db.sql("""
                select r.external_id from message_ref r
                  join message m on m.id = r.message_id and m.sent_at = r.sent_at and m.source = 'CRM'
                 where r.channel_id = :channel and r.external_id = any (:ids)
                   and m.id <> (select message_id from send_intent where id = :intent)
                """)
                .param("channel", unsettled.channel().value()).param("ids", externalIds.toArray(String[]::new))
                .param("intent", unsettled.intent().value()).query(String.class).list())));
    }

    private static Actor actor(ChannelId channel) {
        return new Actor(Actor.Kind.CHANNEL, channel.toString());
    }

    private static Task task(ResultSet row, SendQueue.Act act, String text) throws SQLException {
        var externalId = row.getString("named");
        var named = externalId == null ? Optional.<Quoted>empty() : Optional.of(new Quoted(externalId,
                row.getBoolean("ours"), Optional.ofNullable(row.getString("author"))));
        return switch (act) {
            case SEND -> new Task.Say(Said.Extras.content(MessageType.valueOf(row.getString("type")),
                    Optional.ofNullable(row.getString("text")), Optional.ofNullable(row.getString("content"))
                            .map(json -> Rows.read(json, Said.Extras.class))),
                    Optional.ofNullable(Rows.uuid(row, "file_id")).map(MediaId::new), named);
            case REACT -> new Task.React(named.orElseThrow(), text);
            case EDIT -> new Task.Edit(named.orElseThrow(), text);
            case REVOKE -> new Task.Revoke(named.orElseThrow());
        };
    }

    /** The channel looked a typed number up: from now on answers go there. */
    @Transactional
    public void addressFound(SendIntentId intent, String address) {
        var found = queue.find(intent, false).orElseThrow(() -> Refusal.notFound("send_intent"));
        var chat = chats.lock(found.chat()).orElseThrow(() -> Refusal.notFound("chat"));
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        chat.reachedAt(address, now);
        chats.update(List.of(chat), now, _ -> Cause.current());
    }

    /**
     * The message will go out under this id. Told before the call, so that its echo and its acknowledgements are
     * known for ours whenever they come.
     */
    @Transactional
    public void preIssue(SendIntentId intent, String externalId) {
        var cause = Cause.current();
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var found = queue.find(intent, false).orElseThrow(() -> Refusal.notFound("send_intent"));
        chats.lock(found.chat()).orElseThrow(() -> Refusal.notFound("chat"));
        var locked = queue.find(intent, true).orElseThrow();
        var message = messages.find(Map.of(locked.message(), locked.messageSentAt()), cause).get(locked.message());
        var key = new Trace.Key(locked.channel(), externalId);
        var entry = messages.open(Map.of(key, cause)).get(key);
        entry.message = Optional.of(message);
        message.follow(entry.trace);
        queue.update(intent, locked.state(), locked.attempts(), now, Optional.of(externalId));
        messages.save(List.of(message), List.of(entry), now);
    }

    /** Across tenants: sends whose sender is gone may have gone out or not. Returns how many were found. */
    public int giveUpStale() {
        var stale = system.sql("""
                select tenant_id, id, correlation_id, traceparent from send_intent i
                 where state = 'SENDING' and claimed_at < now() - :lease::interval
                   and (claimed_at < now() - :fileLease::interval or not exists (
                        select from message_file f where f.tenant_id = i.tenant_id and f.message_id = i.message_id))
                """).param("lease", LEASE.toString()).param("fileLease", FILE_LEASE.toString())
                .query((row, _) -> Map.entry(new TenantId(Rows.uuid(row, "tenant_id")),
                        SendQueue.cause(row, Rows.uuid(row, "id"), RESOLVER))).list();
        for (var one : stale) {
            var cause = one.getValue();
            Tenancy.run(one.getKey(), () -> cause.run(() -> recordSendOutcome.handle(
                    new SendIntentId(cause.causationId()), new SendOutcome.Unknown("The sender ended before it told the outcome."))));
        }
        return stale.size();
    }

    /** Across tenants: sends to look up in the channel's history, the newest first; of old ones some are never told of. */
    public List<Unsettled> unsettled(int limit) {
        var found = system.sql("""
                select tenant_id, id from send_intent where state = 'UNKNOWN' and act = 'SEND' order by claimed_at desc limit :limit
                """)
                .param("limit", limit)
                .query((row, _) -> Map.entry(new TenantId(Rows.uuid(row, "tenant_id")), Rows.uuid(row, "id"))).list();
        var unsettled = new ArrayList<Unsettled>();
        for (var one : found) {
            Tenancy.run(one.getKey(), () -> transaction.executeWithoutResult(_ -> db.sql("""
                    select i.*, c.address,
                           not exists (select from message m where m.chat_id = i.chat_id and m.sent_at < i.claimed_at
                                          and m.status not in ('QUEUED', 'SENDING', 'FAILED', 'UNKNOWN')) as first
                      from send_intent i join chat c on c.id = i.chat_id
                     where i.id = :id and i.state = 'UNKNOWN'
                    """).param("id", one.getValue())
                    .query((row, _) -> new Unsettled(one.getKey(), new ChannelId(Rows.uuid(row, "channel_id")),
                            new SendIntentId(one.getValue()), new ChatId(Rows.uuid(row, "chat_id")),
                            Optional.ofNullable(row.getString("address")), row.getString("text"),
                            Optional.ofNullable(row.getString("external_id")), Rows.instant(row, "claimed_at"), row.getBoolean("first"),
                            SendQueue.cause(row, one.getValue(), actor(new ChannelId(Rows.uuid(row, "channel_id"))))))
                    .optional().ifPresent(unsettled::add)));
        }
        return unsettled;
    }
}
