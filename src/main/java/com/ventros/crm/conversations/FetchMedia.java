package com.ventros.crm.conversations;

import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.contacts.RecogniseContacts;
import com.ventros.crm.conversations.SendIntents.Quoted;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.media.MediaFile;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The files of messages that have come. A channel keeps them for minutes, so they are fetched at once, and after a
 * failure again in pauses that grow; whoever fetches says what came of it.
 */
@Component
public class FetchMedia {

    /** A message whose file should be fetched now. */
    public record Due(TenantId tenant, MessageId message) {}

    /**
     * A file to fetch.
     *
     * @param url  where the channel says that it has it: data from outside
     * @param chat the address of the chat, to ask for the file anew
     * @param name the message, as the channel has to name it
     */
    public record Wanted(MessageId message, ChannelId channel, String url, Optional<String> fileName,
            Optional<String> chat, Quoted name, Cause cause) {}

    /** WAHA keeps files for three minutes and may be asked for them anew later; a day on nobody has them. */
    private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(2), Duration.ofSeconds(10),
            Duration.ofSeconds(40), Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofHours(12));
    /** Longer than the longest fetch: whoever claimed it then is gone. */
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Actor FETCHER = Actor.system("media-fetcher");

    private final JdbcClient db;
    private final JdbcClient system;
    private final RecogniseContacts recogniseContacts;
    private final Messages messages;
    private final MessageFiles files;
    private final Outbox outbox;

    FetchMedia(JdbcClient db, @Qualifier("system") JdbcClient system, RecogniseContacts recogniseContacts,
            Messages messages, MessageFiles files, Outbox outbox) {
        this.db = db;
        this.system = system;
        this.recogniseContacts = recogniseContacts;
        this.messages = messages;
        this.files = files;
        this.outbox = outbox;
    }

    /** Across tenants: what has waited longest. */
    public List<Due> due(int limit) {
        return system.sql("""
                select tenant_id, message_id from message_file where state = 'WAITING' and not_before <= now()
                 order by not_before limit :limit
                """).param("limit", limit)
                .query((row, _) -> new Due(new TenantId(Rows.uuid(row, "tenant_id")), new MessageId(Rows.uuid(row, "message_id"))))
                .list();
    }

    /** Empty when somebody else fetches it. */
    @Transactional
    public Optional<Wanted> claim(MessageId message) {
        return db.sql("""
                with mine as (
                    update message_file set attempts = attempts + 1, not_before = now() + :lease::interval
                     where message_id = :message and state = 'WAITING' and not_before <= now() returning *)
                select f.*, m.external_id, m.direction = 'OUTBOUND' as ours, c.address,
                       m.content -> 'media' ->> 'file_name' as file_name,
                       coalesce(m.author_lid || '@lid', ltrim(m.author_phone, '+') || '@c.us') as author
                  from mine f join message m on m.id = f.message_id and m.sent_at = f.message_sent_at
                  join chat c on c.id = m.chat_id
                """)
                .param("message", message.value()).param("lease", LEASE.toString())
                .query((row, _) -> new Wanted(message, new ChannelId(Rows.uuid(row, "channel_id")), row.getString("url"),
                        Optional.ofNullable(row.getString("file_name")), Optional.ofNullable(row.getString("address")),
                        new Quoted(row.getString("external_id"), row.getBoolean("ours"), Optional.ofNullable(row.getString("author"))),
                        new Cause(Rows.uuid(row, "correlation_id"), Rows.uuid(row, "causation_id"), FETCHER, Optional.empty(),
                                Optional.ofNullable(row.getString("traceparent")))))
                .optional();
    }

    /** It is here. */
    @Transactional
    public void stored(MessageId id, MediaFile file) {
        if (!files.stored(id, file.id())) return;
        tell(id, message -> new MessageEvent.MessageMediaStored(message.id.value(), message.place.chat().value(),
                message.place.contact().map(ContactId::value), message.place.channel().value(), file.id().value(),
                file.mimeType(), file.bytes()));
    }

    /** It is not to be had, or not this time. */
    @Transactional
    public void failed(MessageId id, String code, boolean permanent) {
        var attempts = db.sql("select attempts from message_file where message_id = :id").param("id", id.value())
                .query(Integer.class).optional().orElse(0);
        if (!permanent && attempts <= PAUSES.size()) {
            files.again(id, Instant.now().plus(PAUSES.get(Math.max(0, attempts - 1))));
            return;
        }
        if (!files.failed(id, code)) return;
        tell(id, message -> new MessageEvent.MessageMediaFailed(message.id.value(), message.place.chat().value(),
                message.place.contact().map(ContactId::value), message.place.channel().value(), code));
    }

    private void tell(MessageId id, Function<Message, MessageEvent> event) {
        var cause = Cause.current();
        var found = messages.find(id, cause);
        if (found.isEmpty()) return;
        // Whoever receives would otherwise write the message as it was before.
        recogniseContacts.lock(Set.of(found.get().place.project()));
        var key = new Trace.Key(found.get().place.channel(), found.get().state().externalId());
        var entry = messages.open(Map.of(key, cause)).get(key);
        var message = entry.message.orElse(found.get());
        message.discussed(event.apply(message));
        outbox.append(messages.save(List.of(message), List.of(entry), Instant.now().truncatedTo(ChronoUnit.MICROS)));
    }
}
