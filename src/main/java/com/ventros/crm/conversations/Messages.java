package com.ventros.crm.conversations;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.media.MediaId;
import com.ventros.crm.tenancy.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps messages, and what is known of them under the provider's ids; a batch takes as many statements as one. */
@Repository
class Messages {

    /** What is known under a key, and the message itself once it is here. */
    static final class Entry {
        final Trace trace;
        Optional<Message> message;
        /** Whether its row is there; otherwise saving makes it. */
        private final boolean stored;

        private Entry(Trace trace, Optional<Message> message, boolean stored) {
            this.trace = trace;
            this.message = message;
            this.stored = stored;
        }
    }

    /** Where a known message is. */
    record Whereabouts(ChatId chat, Optional<ContactId> contact, Message.Source source) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Row(UUID tenantId, UUID id, Instant sentAt, UUID chatId, UUID channelId, UUID sessionId,
                       String externalId, String direction, String source, UUID authorUserId, String authorName,
                       String authorPhone, String authorLid, String type, String text, String originalText,
                       Said.Extras content, String replyToExternalId, String replyText, boolean forwarded, AdClick ad,
                       boolean waiting, String status, String failureCode, String failureDetail, Instant deliveredAt,
                       Instant readAt, Instant playedAt, Instant editedAt, Instant revokedAt, String revokedBy,
                       long version) {}

    private static final Columns<Row> COLUMNS = Columns.of(Row.class);

    private record RefRow(UUID channelId, String externalId, UUID messageId, Instant sentAt, Integer ack,
                          boolean failed, Instant deliveredAt, Instant readAt, Instant playedAt, Instant editedAt,
                          String editedText, Instant revokedAt, String revokedBy, boolean readElsewhere) {}

    private static final Columns<RefRow> REF_COLUMNS = Columns.of(RefRow.class);

    private static final Comparator<Trace.Key> KEY_ORDER = Comparator
            .<Trace.Key, UUID>comparing(key -> key.channel().value()).thenComparing(Trace.Key::externalId);

    /** What of a message may still change, and where it is. */
    private static final String MESSAGE = """
            m.id, m.sent_at, m.chat_id, m.channel_id, m.session_id, m.external_id, m.source, m.waiting, m.status,
            m.failure_code, m.failure_detail, m.text, m.original_text, m.delivered_at, m.read_at, m.played_at,
            m.edited_at, m.revoked_at, m.revoked_by, m.version, c.project_id, c.contact_id
            """;

    private final JdbcClient db;

    Messages(JdbcClient db) {
        this.db = db;
    }

    /** Where messages known under these keys are; nothing is locked. */
    Map<Trace.Key, Whereabouts> whereabouts(Collection<Trace.Key> keys) {
        var found = new HashMap<Trace.Key, Whereabouts>();
        if (keys.isEmpty()) return found;
        db.sql("""
                select r.channel_id, r.external_id, m.chat_id, m.source, c.contact_id
                  from unnest(:channels::uuid[], :externals::text[]) k (channel_id, external_id)
                  join message_ref r using (channel_id, external_id)
                  join message m on m.id = r.message_id and m.sent_at = r.sent_at
                  join chat c on c.id = m.chat_id
                """)
                .param("channels", Rows.uuids(keys, key -> key.channel().value()))
                .param("externals", Rows.texts(keys, Trace.Key::externalId))
                .query((ResultSet row) -> {
                    found.put(key(row), new Whereabouts(new ChatId(Rows.uuid(row, "chat_id")), contact(row),
                            Message.Source.valueOf(row.getString("source"))));
                });
        return found;
    }

    /** What is known under these keys, each touched for a cause, locked in one order until the transaction ends. */
    Map<Trace.Key, Entry> open(Map<Trace.Key, Cause> keys) {
        return open(keys, Set.of());
    }

    /**
     * The same.
     *
     * @param exclusive keys that nobody else can touch meanwhile: what is new of them is written once, when it is saved
     */
    Map<Trace.Key, Entry> open(Map<Trace.Key, Cause> keys, Set<Trace.Key> exclusive) {
        var entries = new LinkedHashMap<Trace.Key, Entry>();
        if (keys.isEmpty()) return entries;
        var ordered = keys.keySet().stream().sorted(KEY_ORDER).toList();
        claim(ordered.stream().filter(key -> !exclusive.contains(key)).toList());
        var channels = Rows.uuids(ordered, key -> key.channel().value());
        var externals = Rows.texts(ordered, Trace.Key::externalId);
        db.sql("""
                select r.channel_id as ref_channel, r.external_id as ref_external, r.ack, r.failed,
                       r.delivered_at as ref_delivered_at, r.read_at as ref_read_at, r.played_at as ref_played_at,
                       r.edited_at as ref_edited_at, r.edited_text, r.revoked_at as ref_revoked_at,
                       r.revoked_by as ref_revoked_by, r.read_elsewhere,
                """ + MESSAGE + """
                  from (select r.* from message_ref r
                          join unnest(:channels::uuid[], :externals::text[]) k (channel_id, external_id)
                         using (channel_id, external_id)
                         order by r.channel_id, r.external_id collate "C" for update of r) r
                  left join message m on m.id = r.message_id and m.sent_at = r.sent_at
                  left join chat c on c.id = m.chat_id
                """)
                .param("channels", channels).param("externals", externals)
                .query((ResultSet row) -> {
                    var trace = trace(row);
                    entries.put(trace.key, new Entry(trace, row.getObject("id") == null ? Optional.empty()
                            : Optional.of(message(row, keys.get(trace.key))), true));
                });
        ordered.forEach(key -> entries.computeIfAbsent(key,
                unknown -> new Entry(new Trace(unknown, Trace.Facts.NONE), Optional.empty(), false)));
        return entries;
    }

    /**
     * Makes the rows that are missing, and locks all before anything is read: a statement that waits for a row gets
     * that row as it is then, but the message beside it as it was when the statement began.
     */
    private void claim(List<Trace.Key> ordered) {
        if (ordered.isEmpty()) return;
        var channels = Rows.uuids(ordered, key -> key.channel().value());
        var externals = Rows.texts(ordered, Trace.Key::externalId);
        db.sql("""
                insert into message_ref (tenant_id, channel_id, external_id)
                select :tenant, k.* from unnest(:channels::uuid[], :externals::text[]) k (channel_id, external_id)
                    on conflict do nothing
                """)
                .param("tenant", Tenancy.current().value()).param("channels", channels).param("externals", externals)
                .update();
        db.sql("""
                select from message_ref r
                  join unnest(:channels::uuid[], :externals::text[]) k (channel_id, external_id)
                 using (channel_id, external_id)
                 order by r.channel_id, r.external_id collate "C" for update of r
                """)
                .param("channels", channels).param("externals", externals).query().listOfRows();
    }

    Optional<Message> find(MessageId id, Cause cause) {
        return db.sql("select " + MESSAGE + " from message m join chat c on c.id = m.chat_id where m.id = :id")
                .param("id", id.value()).query((row, _) -> message(row, cause)).optional();
    }

    /** Which member wrote it here; empty for a program's and for what was written on the phone. */
    Optional<UUID> author(Message message) {
        return db.sql("select author_user_id from message where id = :id and sent_at = :at")
                .param("id", message.id.value()).param("at", Rows.utc(message.sentAt))
                .query(UUID.class).optional();
    }

    /** What was written here, to be said once more. */
    SendMessage.Written written(Message message) {
        return db.sql("""
                select m.type, m.text, m.content, m.reply_to_external_id, m.reply_text, f.file_id
                  from message m left join message_file f on f.message_id = m.id
                 where m.id = :id and m.sent_at = :at
                """).param("id", message.id.value()).param("at", Rows.utc(message.sentAt))
                .query((row, _) -> new SendMessage.Written(
                        new Outgoing(Said.Extras.content(MessageType.valueOf(row.getString("type")), Optional.ofNullable(row.getString("text")),
                                Optional.ofNullable(row.getString("content")).map(json -> Rows.read(json, Said.Extras.class))),
                                Optional.ofNullable(Rows.uuid(row, "file_id")).map(MediaId::new)),
                        replyTo(row))).single();
    }

    private static Optional<Incoming.Reply> replyTo(ResultSet row) throws SQLException {
        var target = row.getString("reply_to_external_id");
        return target == null ? Optional.empty() : Optional.of(new Incoming.Reply(target, Optional.ofNullable(row.getString("reply_text"))));
    }

    /** Messages by id and the time they were sent at. */
    Map<MessageId, Message> find(Map<MessageId, Instant> ids, Cause cause) {
        var found = new HashMap<MessageId, Message>();
        if (ids.isEmpty()) return found;
        var entries = List.copyOf(ids.entrySet());
        db.sql("select " + MESSAGE + """
                  from unnest(:ids::uuid[], :times::timestamptz[]) k (id, sent_at)
                  join message m on m.id = k.id and m.sent_at = k.sent_at
                  join chat c on c.id = m.chat_id
                """)
                .param("ids", Rows.uuids(entries, entry -> entry.getKey().value()))
                .param("times", Rows.times(entries, Map.Entry::getValue))
                .query((ResultSet row) -> {
                    var message = message(row, cause);
                    found.put(message.id, message);
                });
        return found;
    }

    /** Saves messages and what is known of them. Returns the events to append. */
    List<NewEvent> save(Collection<Message> messages, Collection<Entry> entries, Instant now) {
        var distinct = Set.copyOf(messages);
        var events = new ArrayList<NewEvent>();
        for (var message : messages) {
            message.settle(now);
            for (var event : message.takeEvents()) {
                events.add(new NewEvent(event, "message", message.id.value(), message.version(),
                        Optional.of(message.place.project()),
                        event instanceof MessageEvent.MessageCreated ? message.sentAt : now, message.cause));
            }
        }
        insert(distinct.stream().filter(message -> message.storedVersion == 0).toList());
        fill(distinct.stream().filter(message -> message.storedVersion > 0 && message.filled()).toList());
        update(distinct.stream().filter(message -> message.storedVersion > 0 && message.changed()).toList());
        insertRefs(entries.stream().filter(entry -> !entry.stored).toList());
        updateRefs(entries.stream().filter(entry -> entry.stored).toList());
        return events;
    }

    private void insert(List<Message> messages) {
        if (messages.isEmpty()) return;
        COLUMNS.bind(db.sql("insert into message (%s) select * from %s".formatted(COLUMNS.names(), COLUMNS.table())),
                messages.stream().map(Messages::row).toList()).update();
    }

    private void fill(List<Message> messages) {
        if (messages.isEmpty()) return;
        db.sql("""
                update message m set source = r.source, author_name = r.author_name, author_phone = r.author_phone,
                                     author_lid = r.author_lid, type = r.type, content = r.content,
                                     reply_to_external_id = r.reply_to_external_id, reply_text = r.reply_text,
                                     forwarded = r.forwarded, ad = r.ad, waiting = false
                  from jsonb_populate_recordset(null::message, :rows::jsonb) r
                 where m.id = r.id and m.sent_at = r.sent_at
                """).param("rows", Rows.json(messages.stream().map(Messages::row).toList())).update();
    }

    private void update(List<Message> messages) {
        if (messages.isEmpty()) return;
        db.sql("""
                update message m set external_id = r.external_id, text = r.text, original_text = r.original_text,
                                     status = r.status, failure_code = r.failure_code,
                                     failure_detail = r.failure_detail, delivered_at = r.delivered_at,
                                     read_at = r.read_at, played_at = r.played_at, edited_at = r.edited_at,
                                     revoked_at = r.revoked_at, revoked_by = r.revoked_by, version = r.version
                  from jsonb_populate_recordset(null::message, :rows::jsonb) r
                 where m.id = r.id and m.sent_at = r.sent_at
                """).param("rows", Rows.json(messages.stream().map(Messages::changes).toList())).update();
    }

    private void insertRefs(List<Entry> entries) {
        if (entries.isEmpty()) return;
        var inserted = REF_COLUMNS.bind(db.sql("insert into message_ref (tenant_id, %s) select :tenant, r.* from %s on conflict do nothing"
                        .formatted(REF_COLUMNS.names(), REF_COLUMNS.table())), entries.stream().map(Messages::refRow).toList())
                .param("tenant", Tenancy.current().value()).update();
        if (inserted < entries.size()) throw new ConcurrencyFailureException("somebody else told of one of the messages");
    }

    private void updateRefs(Collection<Entry> entries) {
        var rows = entries.stream().filter(entry -> entry.trace.changed() || entry.message.isPresent())
                .map(Messages::refRow).toList();
        if (rows.isEmpty()) return;
        REF_COLUMNS.bind(db.sql("""
                update message_ref t set message_id = r.message_id, sent_at = r.sent_at, ack = r.ack,
                                         failed = r.failed, delivered_at = r.delivered_at, read_at = r.read_at,
                                         played_at = r.played_at, edited_at = r.edited_at,
                                         edited_text = r.edited_text, revoked_at = r.revoked_at,
                                         revoked_by = r.revoked_by, read_elsewhere = r.read_elsewhere
                  from %s
                 where t.channel_id = r.channel_id and t.external_id = r.external_id
                   and (t.message_id, t.ack, t.failed, t.delivered_at, t.read_at, t.played_at, t.edited_at,
                        t.edited_text, t.revoked_at, t.revoked_by, t.read_elsewhere)
                       is distinct from
                       (r.message_id, r.ack, r.failed, r.delivered_at, r.read_at, r.played_at, r.edited_at,
                        r.edited_text, r.revoked_at, r.revoked_by, r.read_elsewhere)
                """.formatted(REF_COLUMNS.table())), rows).update();
    }

    /** The newest message of a chat. */
    Chat.Last last(ChatId chat) {
        return db.sql("""
                select id, sent_at, coalesce(external_id, id::text) collate "C" as key from message
                 where chat_id = :chat order by sent_at desc, key desc limit 1
                """).param("chat", chat.value())
                .query((row, _) -> new Chat.Last(Rows.uuid(row, "id"), Rows.instant(row, "sent_at"), row.getString("key")))
                .single();
    }

    /** Removes a message that turned out to be another one, which stays. */
    void delete(Message twin) {
        db.sql("delete from message where id = :id and sent_at = :at")
                .param("id", twin.id.value()).param("at", Rows.utc(twin.sentAt)).update();
    }

    private static Row row(Message message) {
        var state = message.state();
        var said = message.said();
        var author = message.author();
        return new Row(Tenancy.current().value(), message.id.value(), message.sentAt, message.place.chat().value(),
                message.place.channel().value(), message.session() == null ? null : message.session().value(),
                state.externalId(), message.inbound() ? "INBOUND" : "OUTBOUND", message.source().name(),
                author.user().orElse(null), author.name().orElse(null), author.phone().orElse(null),
                author.lid().orElse(null), said.type().name(), state.text(), state.originalText(),
                said.extras().orElse(null), said.replyTo().map(Incoming.Reply::targetId).orElse(null),
                said.replyTo().flatMap(Incoming.Reply::quotedText).orElse(null), said.forwarded(),
                said.ad().orElse(null), message.waiting(), state.status().name(),
                state.failure() == null ? null : state.failure().code(),
                state.failure() == null ? null : state.failure().detail(), state.deliveredAt(), state.readAt(),
                state.playedAt(), state.editedAt(), state.revokedAt(),
                state.revokedBy() == null ? null : state.revokedBy().name(), message.version());
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Changes(UUID id, Instant sentAt, String externalId, String text, String originalText, String status,
                           String failureCode, String failureDetail, Instant deliveredAt, Instant readAt,
                           Instant playedAt, Instant editedAt, Instant revokedAt, String revokedBy, long version) {}

    private static Changes changes(Message message) {
        var state = message.state();
        return new Changes(message.id.value(), message.sentAt, state.externalId(), state.text(), state.originalText(),
                state.status().name(), state.failure() == null ? null : state.failure().code(),
                state.failure() == null ? null : state.failure().detail(), state.deliveredAt(), state.readAt(),
                state.playedAt(), state.editedAt(), state.revokedAt(),
                state.revokedBy() == null ? null : state.revokedBy().name(), message.version());
    }

    private static RefRow refRow(Entry entry) {
        var key = entry.trace.key;
        var facts = entry.trace.facts();
        return new RefRow(key.channel().value(), key.externalId(), entry.message.map(m -> m.id.value()).orElse(null),
                entry.message.map(m -> m.sentAt).orElse(null), facts.ack(), facts.failed(), facts.deliveredAt(),
                facts.readAt(), facts.playedAt(), facts.editedAt(), facts.editedText(), facts.revokedAt(),
                facts.revokedBy() == null ? null : facts.revokedBy().name(), facts.readElsewhere());
    }

    private static Trace trace(ResultSet row) throws SQLException {
        var revokedBy = row.getString("ref_revoked_by");
        return new Trace(new Trace.Key(new ChannelId(Rows.uuid(row, "ref_channel")), row.getString("ref_external")),
                new Trace.Facts(row.getObject("ack", Integer.class), row.getBoolean("failed"),
                        Rows.instant(row, "ref_delivered_at"), Rows.instant(row, "ref_read_at"),
                        Rows.instant(row, "ref_played_at"), Rows.instant(row, "ref_edited_at"),
                        row.getString("edited_text"), Rows.instant(row, "ref_revoked_at"),
                        revokedBy == null ? null : Trace.By.valueOf(revokedBy), row.getBoolean("read_elsewhere")));
    }

    private static Message message(ResultSet row, Cause cause) throws SQLException {
        var failureCode = row.getString("failure_code");
        var revokedBy = row.getString("revoked_by");
        var session = Rows.uuid(row, "session_id");
        var place = new Message.Place(new ChatId(Rows.uuid(row, "chat_id")),
                new ChannelId(Rows.uuid(row, "channel_id")), new ProjectId(Rows.uuid(row, "project_id")), contact(row));
        return Message.stored(new MessageId(Rows.uuid(row, "id")), Rows.instant(row, "sent_at"), place,
                Message.Source.valueOf(row.getString("source")), row.getBoolean("waiting"),
                new Message.State(MessageStatus.valueOf(row.getString("status")),
                        failureCode == null ? null : new Message.Failure(failureCode, row.getString("failure_detail")),
                        row.getString("text"), row.getString("original_text"), Rows.instant(row, "delivered_at"),
                        Rows.instant(row, "read_at"), Rows.instant(row, "played_at"), Rows.instant(row, "edited_at"),
                        Rows.instant(row, "revoked_at"), revokedBy == null ? null : Trace.By.valueOf(revokedBy),
                        row.getString("external_id")),
                session == null ? null : new SessionId(session), row.getLong("version"), cause);
    }

    private static Optional<ContactId> contact(ResultSet row) throws SQLException {
        return Optional.ofNullable(Rows.uuid(row, "contact_id")).map(ContactId::new);
    }

    private static Trace.Key key(ResultSet row) throws SQLException {
        return new Trace.Key(new ChannelId(Rows.uuid(row, "channel_id")), row.getString("external_id"));
    }
}
