package com.ventros.crm.conversations;

import com.ventros.crm.contacts.ContactSearch;
import com.ventros.crm.http.Paging;
import com.ventros.crm.kernel.PhoneNumber;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The inbox: all chats, those with the newest message first. */
@Component
@Transactional(readOnly = true)
public class InboxView {

    /**
     * A chat as the inbox lists it.
     *
     * @param kind  {@code direct} or {@code group}
     * @param title the group's name; the contact's name, else number; empty when neither is known
     */
    public record Shown(UUID id, String kind, Optional<String> title, Optional<UUID> contactId, UUID channelId,
            Optional<String> channelName, int unreadCount, Optional<LastMessage> lastMessage, Instant lastActivityAt,
            Optional<ShownSession> session, List<ShownLabel> labels) {}

    /** The newest message, its text cut. */
    public record LastMessage(UUID id, String direction, String type, Optional<String> preview, Instant sentAt,
            String status, Optional<String> authorName) {}

    /** The newest session: {@code open} or {@code ended}. */
    public record ShownSession(UUID id, String status, Instant startedAt, Instant deadline) {}

    /** A label that the chat has on its channel; its colour is {@code #rrggbb}. */
    public record ShownLabel(UUID id, String name, @Nullable String colour) {}

    /** What is asked for. */
    public record Query(boolean unreadOnly, Optional<String> search, Optional<ChannelId> channel, Optional<UUID> label) {}

    /** Where a chat stands in the list, and the newest message that puts it there. */
    private record Place(UUID id, OffsetDateTime at, UUID message) {}

    /**
     * All that is shown of some chats. Which ones a page has is asked before: then this is one statement, planned once, that
     * joins only what is shown, and opens only the months of the messages.
     */
    private static final String CHATS = """
            select c.id, c.kind, c.title, c.whole_id as contact_id, c.channel_id, c.unread_count, place.at as last_message_at,
                   p.name as contact_name, n.phone, cp.name as channel_name,
                   m.id as message_id, m.direction, m.type, left(m.text, 200) as preview, m.sent_at, m.status,
                   m.author_name, m.revoked_at,
                   s.id as session_id, s.status as session_status, s.started_at, s.deadline, l.labels
              from unnest(:ids::uuid[], :times::timestamptz[], :messages::uuid[]) place (id, at, message)
              join chat c on c.id = place.id
              left join contact p on p.id = c.whole_id
              left join channel_profile cp on cp.channel_id = c.channel_id
              left join lateral (select min(i.value) as phone from contact_identity i
                                  where i.whole_id = c.whole_id and i.contact_id = c.contact_id
                                    and i.kind = 'PHONE') n on true
              left join message m on m.id = place.message and m.sent_at = place.at
                                     and m.sent_at between :oldest::timestamptz and :newest::timestamptz
              left join lateral (select * from session s where s.chat_id = c.id
                                  order by s.started_at desc, s.id desc limit 1) s on true
              left join lateral (
                    select jsonb_agg(jsonb_build_object('id', l.id, 'name', l.name, 'colour', l.colour) order by l.name, l.id) as labels
                      from (select distinct on (k.label_id) k.label_id, k.put from %s k order by k.label_id, k.at desc, k.put) k
                      join channel_label l on l.id = k.label_id and l.channel_id = c.channel_id
                     -- Where no channel has any, nothing is looked up for a chat.
                     where k.put and not l.deleted and (select exists (select from channel_label))) l on true
             order by place.at desc, place.id desc
            """.formatted(Labels.OF_CHAT);
    /** Of the chats that were ever told to have it, those that have it now. */
    private static final String LABELLED = """
             and c.channel_id = (select channel_id from channel_label where id = :label and not deleted)
             and c.id in (select o.id from chat_label k join contact_identity i on i.kind = k.kind and i.value = k.value
                            join chat o on o.whole_id = i.whole_id where k.label_id = :label
                           union all
                          select o.id from chat_label k join chat o on o.kind = 'GROUP' and o.address = k.value
                           where k.label_id = :label and k.kind = 'GROUP')
            """ + " and " + Labels.HAS_LABEL;

    private static final String PLACES = "select c.id, c.last_message_at as at, c.last_message_id as message from %s";
    private static final String TITLES = "c.kind = 'GROUP' and " + ContactSearch.NAMES.formatted("folded(c.title)");
    private static final String FEW = " and c.id in (select id from chat where whole_id = any (:few) union all select c.id from chat c where "
            + TITLES + ")";
    private static final String MANY = " and (%s or %s or %s)".formatted(ContactSearch.NAMES.formatted("p.sort_name"),
            ContactSearch.NUMBERS.formatted("c.whole_id"), TITLES);

    private final JdbcClient db;
    private final ContactSearch contactSearch;

    InboxView(JdbcClient db, ContactSearch contactSearch) {
        this.db = db;
        this.contactSearch = contactSearch;
    }

    public List<Shown> list(Query query, Paging paging) {
        var from = "chat c";
        var where = new StringBuilder(" where true");
        var params = new HashMap<String, Object>();
        if (query.unreadOnly()) where.append(" and c.unread_count > 0");
        query.channel().ifPresent(channel -> {
            where.append(" and c.channel_id = :channel");
            params.put("channel", channel.value());
        });
        query.label().ifPresent(label -> {
            where.append(' ').append(LABELLED);
            params.put("label", label);
        });
        var search = query.search().filter(text -> !text.isBlank());
        if (search.isPresent()) {
            var found = contactSearch.find(search.get());
            params.putAll(found.params());
            found.few().ifPresent(few -> params.put("few", few.toArray(UUID[]::new)));
            if (found.few().isEmpty()) from += " left join contact p on p.id = c.whole_id";
            where.append(found.few().isPresent() ? FEW : MANY);
        }
        paging.after().ifPresent(after -> {
            where.append(" and (c.last_message_at, c.id) < (:afterTime::timestamptz, :afterId)");
            params.put("afterTime", after.instant(0).toString());
            params.put("afterId", after.uuid(1));
        });
        return shown(db.sql(PLACES.formatted(from) + where + " order by c.last_message_at desc, c.id desc" + paging.rows())
                .params(params).query(Place.class).list());
    }

    public Optional<Shown> find(ChatId id) {
        return shown(db.sql(PLACES.formatted("chat c") + " where c.id = :id").param("id", id.value()).query(Place.class).list()).stream().findFirst();
    }

    /** From one page of the list, in its order. */
    private List<Shown> shown(List<Place> chats) {
        if (chats.isEmpty()) return List.of();
        return db.sql(CHATS).param("ids", Rows.uuids(chats, Place::id)).param("messages", Rows.uuids(chats, Place::message))
                .param("times", Rows.times(chats, place -> place.at().toInstant()))
                .param("newest", chats.getFirst().at()).param("oldest", chats.getLast().at()).query((row, _) -> shown(row)).list();
    }

    private static Shown shown(ResultSet row) throws SQLException {
        var phone = Optional.ofNullable(row.getString("phone"));
        var name = Optional.ofNullable(row.getString("contact_name"));
        var title = Optional.ofNullable(row.getString("title")).or(() -> name).or(() -> phone.map(PhoneNumber::new).map(PhoneNumber::international));
        var last = row.getObject("message_id") == null ? Optional.<LastMessage>empty() : Optional.of(new LastMessage(
                Rows.uuid(row, "message_id"), lower(row.getString("direction")), lower(row.getString("type")),
                row.getObject("revoked_at") == null ? Optional.ofNullable(row.getString("preview")) : Optional.empty(),
                Rows.instant(row, "sent_at"), lower(row.getString("status")),
                Optional.ofNullable(row.getString("author_name"))));
        var session = row.getObject("session_id") == null ? Optional.<ShownSession>empty() : Optional.of(
                new ShownSession(Rows.uuid(row, "session_id"), lower(row.getString("session_status")),
                        Rows.instant(row, "started_at"), Rows.instant(row, "deadline")));
        return new Shown(Rows.uuid(row, "id"), lower(row.getString("kind")), title,
                Optional.ofNullable(Rows.uuid(row, "contact_id")), Rows.uuid(row, "channel_id"),
                Optional.ofNullable(row.getString("channel_name")), row.getInt("unread_count"), last,
                Rows.instant(row, "last_message_at"), session, labels(row.getString("labels")));
    }

    private static List<ShownLabel> labels(String json) {
        return json == null ? List.of() : List.of(Rows.read(json, ShownLabel[].class));
    }

    private static String lower(String constant) {
        return constant.toLowerCase(Locale.ROOT);
    }
}
