package com.ventros.crm.conversations;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.tenancy.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps chats; whatever the number of them, the number of statements is the same. */
@Repository
class Chats {

    /** A direct chat by whom it is with. */
    record WithContact(ChannelId channel, ContactId contact) {}

    /** A group by its address. */
    record OfGroup(ChannelId channel, String address) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Row(UUID tenantId, UUID id, UUID projectId, UUID channelId, String kind, String address,
                       Instant addressAt, UUID contactId, String title, Instant titleAt, Instant readAt,
                       int unreadCount, UUID lastMessageId, Instant lastMessageAt, String lastMessageKey,
                       Instant createdAt, long version) {}

    private static final Columns<Row> COLUMNS = Columns.of(Row.class);

    private final JdbcClient db;

    Chats(JdbcClient db) {
        this.db = db;
    }

    /** The chats that exist of these, locked in one order until the transaction ends. */
    List<Chat> lock(Collection<WithContact> direct, Collection<OfGroup> groups, Collection<ChatId> ids) {
        return db.sql("""
                select * from chat
                 where id in (select c.id from chat c
                                join unnest(:channels::uuid[], :contacts::uuid[]) d (channel_id, contact_id)
                               using (channel_id, contact_id)
                                join contact k on k.id = d.contact_id and k.whole_id = c.whole_id where c.kind = 'DIRECT'
                              union
                              select c.id from chat c
                                join unnest(:groupChannels::uuid[], :addresses::text[]) g (channel_id, address)
                               using (channel_id, address) where c.kind = 'GROUP'
                              union
                              select unnest(:ids::uuid[]))
                 order by id for update
                """)
                .param("channels", Rows.uuids(direct, chat -> chat.channel().value()))
                .param("contacts", Rows.uuids(direct, chat -> chat.contact().value()))
                .param("groupChannels", Rows.uuids(groups, chat -> chat.channel().value()))
                .param("addresses", Rows.texts(groups, OfGroup::address))
                .param("ids", Rows.uuids(ids, ChatId::value))
                .query((row, _) -> chat(row)).list();
    }

    Optional<Chat> lock(ChatId id) {
        return lock(List.of(), List.of(), List.of(id)).stream().findFirst();
    }

    /** Chats with any of these contacts, locked in one order. */
    List<Chat> lockOf(Collection<ContactId> contacts) {
        return db.sql("""
                select * from chat where contact_id = any (:contacts)
                   and whole_id in (select k.whole_id from contact k where k.id = any (:contacts)) order by id for update
                """)
                .param("contacts", Rows.uuids(contacts, ContactId::value))
                .query((row, _) -> chat(row)).list();
    }

    /** Ids of the next chats. */
    List<ChatId> after(UUID after, int most) {
        return db.sql("select id from chat where id > :after order by id limit :most").param("after", after).param("most", most)
                .query((row, _) -> new ChatId(Rows.uuid(row, "id"))).list();
    }

    List<Chat> find(Collection<ChatId> ids) {
        return db.sql("select * from chat where id = any (:ids)").param("ids", Rows.uuids(ids, ChatId::value)).query((row, _) -> chat(row)).list();
    }

    /** What the messages of a chat say of it. */
    record Counted(int unread, Chat.Last last) {}

    Map<ChatId, Counted> counted(Collection<ChatId> ids) {
        var counted = new HashMap<ChatId, Counted>();
        db.sql("""
                select c.id, n.*, (select count(*) from message m
                                    where m.chat_id = c.id and m.direction = 'INBOUND' and m.sent_at > coalesce(c.read_at, '-infinity')) as unread
                  from chat c
                  cross join lateral (select m.id as message_id, m.sent_at, coalesce(m.external_id, m.id::text) collate "C" as key from message m
                                       where m.chat_id = c.id order by m.sent_at desc, key desc limit 1) n
                 where c.id = any (:ids)
                """).param("ids", Rows.uuids(ids, ChatId::value)).query((ResultSet row) -> {
                    counted.put(new ChatId(Rows.uuid(row, "id")), new Counted(row.getInt("unread"),
                            new Chat.Last(Rows.uuid(row, "message_id"), Rows.instant(row, "sent_at"), row.getString("key"))));
                });
        return counted;
    }

    /** Before messages refer to them. */
    void insert(Collection<Chat> chats, Instant now) {
        if (chats.isEmpty()) return;
        COLUMNS.bind(db.sql("""
                insert into chat (%s, whole_id)
                select r.*, (select k.whole_id from contact k where k.id = r.contact_id) from %s
                """.formatted(COLUMNS.names(), COLUMNS.table())), chats.stream().map(chat -> row(chat, now)).toList()).update();
    }

    /** After messages are stored, since what is unread may have to be counted. Returns the events to append. */
    List<NewEvent> update(Collection<Chat> chats, Instant now, Function<Chat, Cause> cause) {
        recount(chats.stream().filter(Chat::mustRecount).toList());
        var stored = chats.stream().filter(chat -> chat.storedVersion > 0 && chat.changed()
                || chat.storedVersion == 0 && chat.mustRecount()).toList();
        if (!stored.isEmpty()) {
            COLUMNS.bind(db.sql("""
                    update chat set address = r.address, address_at = r.address_at, contact_id = r.contact_id,
                                    whole_id = case when chat.contact_id = r.contact_id then chat.whole_id
                                                    else (select k.whole_id from contact k where k.id = r.contact_id) end,
                                    title = r.title, title_at = r.title_at, read_at = r.read_at,
                                    unread_count = r.unread_count, last_message_id = r.last_message_id,
                                    last_message_at = r.last_message_at, last_message_key = r.last_message_key,
                                    version = r.version
                      from %s
                     where chat.id = r.id
                    """.formatted(COLUMNS.table())), stored.stream().map(chat -> row(chat, now)).toList()).update();
        }
        var events = new ArrayList<NewEvent>();
        for (var chat : chats) {
            chat.settle();
            for (var event : chat.takeEvents()) {
                events.add(new NewEvent(event, "chat", chat.id.value(), chat.version(), Optional.of(chat.project),
                        now, cause.apply(chat)));
            }
        }
        return events;
    }

    void delete(Collection<ChatId> absorbed) {
        db.sql("delete from chat where id = any (:ids)").param("ids", Rows.uuids(absorbed, ChatId::value)).update();
    }

    private void recount(List<Chat> chats) {
        if (chats.isEmpty()) return;
        Map<UUID, Integer> unread = new HashMap<>();
        db.sql("""
                select r.id, (select count(*) from message m
                               where m.chat_id = r.id and m.direction = 'INBOUND'
                                 and m.sent_at > coalesce(r.read_at, '-infinity')) as unread
                  from unnest(:ids::uuid[], :readAt::timestamptz[]) r (id, read_at)
                """)
                .param("ids", Rows.uuids(chats, chat -> chat.id.value()))
                .param("readAt", Rows.times(chats, chat -> chat.readAt().orElse(null)))
                .query((ResultSet row) -> {
                    unread.put(Rows.uuid(row, "id"), row.getInt("unread"));
                });
        chats.forEach(chat -> chat.unread(unread.get(chat.id.value())));
    }

    private static Row row(Chat chat, Instant now) {
        return new Row(Tenancy.current().value(), chat.id.value(), chat.project.value(), chat.channel.value(),
                chat.kind.name(), chat.address().map(Chat.Told::text).orElse(null),
                chat.address().map(Chat.Told::at).orElse(null), chat.contact().map(ContactId::value).orElse(null),
                chat.title().map(Chat.Told::text).orElse(null), chat.title().map(Chat.Told::at).orElse(null),
                chat.readAt().orElse(null), chat.unread(), chat.last().message(), chat.last().at(), chat.last().key(),
                now, chat.version());
    }

    private static Chat chat(ResultSet row) throws SQLException {
        return new Chat(new ChatId(Rows.uuid(row, "id")), new ProjectId(Rows.uuid(row, "project_id")),
                new ChannelId(Rows.uuid(row, "channel_id")), ChatAddress.Kind.valueOf(row.getString("kind")),
                Optional.ofNullable(Rows.uuid(row, "contact_id")).map(ContactId::new),
                told(row, "address"), told(row, "title"),
                Optional.ofNullable(Rows.instant(row, "read_at")), row.getInt("unread_count"),
                new Chat.Last(Rows.uuid(row, "last_message_id"), Rows.instant(row, "last_message_at"),
                        row.getString("last_message_key")),
                row.getLong("version"));
    }

    private static Optional<Chat.Told> told(ResultSet row, String column) throws SQLException {
        var text = row.getString(column);
        return text == null ? Optional.empty() : Optional.of(new Chat.Told(text, Rows.instant(row, column + "_at")));
    }
}
