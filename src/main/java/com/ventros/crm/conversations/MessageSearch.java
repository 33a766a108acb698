package com.ventros.crm.conversations;

import com.ventros.crm.contacts.ContactView;
import com.ventros.crm.http.Paging;
import com.ventros.crm.kernel.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds what was said by its words. All of a tenant is searched along an index of words that row security leaves usable
 * (the function {@code search_messages}); the messages of a chat, or of one contact's chats, are few enough to be read.
 */
@Component
@Transactional(readOnly = true)
public class MessageSearch {

    /** What is asked for beside the words; what is empty does not matter. {@code from} counts, {@code to} does not. */
    public record Query(Optional<UUID> contact, Optional<UUID> chat, Optional<UUID> channel, Optional<String> direction,
            Optional<String> type, Optional<Instant> from, Optional<Instant> to) {}

    /** A message with the words in it; {@code matches} are places in its text, in UTF-16 units. */
    public record Found(UUID id, UUID chatId, Optional<UUID> contactId, UUID channelId, String direction, String type, String text,
            Optional<String> authorName, Instant sentAt, List<SearchedText.Match> matches) {}

    /** Nobody waits longer for a list. */
    private static final int LONGEST_SEARCH_SECONDS = 5;
    private static final Map<String, String> DIRECTIONS = Map.of("inbound", "INBOUND", "outbound", "OUTBOUND");
    private static final Map<String, String> TYPES = List.of(MessageType.values()).stream()
            .collect(Collectors.toUnmodifiableMap(type -> type.name().toLowerCase(Locale.ROOT), MessageType::name));

    private static final String EVERYWHERE = """
            select m.*, c.whole_id as contact_id
              from search_messages(:words::tsquery, :channel::uuid, :direction::text, :type::text, :from::timestamptz,
                                   :to::timestamptz, :afterTime::timestamptz, :afterId::uuid, :limit) f
              join message m on m.id = f.message_id and m.sent_at = f.sent_at
              join chat c on c.id = m.chat_id
             order by m.sent_at desc, m.id desc
            """;
    /** Along {@code message_of_chat}, from the newest until the page is full. */
    private static final String IN_CHATS = """
            select m.*, c.whole_id as contact_id
              from chat c join message m on m.chat_id = c.id
             where (:chat::uuid is null or c.id = :chat::uuid) and (:contact::uuid is null or c.whole_id = %s)
               and m.revoked_at is null and message_words(m.text) @@ :words::tsquery
               and (:channel::uuid is null or m.channel_id = :channel::uuid)
               and (:direction::text is null or m.direction = :direction) and (:type::text is null or m.type = :type)
               and (:from::timestamptz is null or m.sent_at >= :from::timestamptz)
               and (:to::timestamptz is null or m.sent_at < :to::timestamptz)
               and (:afterTime::timestamptz is null or (m.sent_at, m.id) < (:afterTime::timestamptz, :afterId::uuid))
             order by m.sent_at desc, m.id desc limit :limit
            """.formatted(ContactView.SHOWN);

    private final JdbcClient db;

    MessageSearch(JdbcClient db) {
        this.db = db;
    }

    /** The newest first. */
    public List<Found> search(SearchedText words, Query query, Paging paging) {
        var params = new HashMap<String, Object>();
        params.put("words", words.tsquery());
        params.put("channel", query.channel().orElse(null));
        params.put("direction", query.direction().map(code -> known("direction", code, DIRECTIONS)).orElse(null));
        params.put("type", query.type().map(code -> known("type", code, TYPES)).orElse(null));
        params.put("from", query.from().map(Instant::toString).orElse(null));
        params.put("to", query.to().map(Instant::toString).orElse(null));
        params.put("afterTime", paging.after().map(after -> after.instant(0).toString()).orElse(null));
        params.put("afterId", paging.after().map(after -> after.uuid(1)).orElse(null));
        params.put("limit", paging.fetch());
        var everywhere = query.chat().isEmpty() && query.contact().isEmpty();
        if (!everywhere) {
            params.put("chat", query.chat().orElse(null));
            params.put("contact", query.contact().orElse(null));
        }
        try {
            return db.sql(everywhere ? EVERYWHERE : IN_CHATS).withQueryTimeout(LONGEST_SEARCH_SECONDS).params(params)
                    .query((row, _) -> found(row, words)).list();
        } catch (QueryTimeoutException tooLong) {
            throw new Refusal(Refusal.Kind.UNAVAILABLE, "search_too_slow",
                    "This search takes too long; look for rarer words, or in a shorter time.");
        }
    }

    private static String known(String field, String code, Map<String, String> all) {
        return Optional.ofNullable(all.get(code)).orElseThrow(() -> Refusal.invalid(field, "invalid",
                "Say one of " + all.keySet().stream().sorted().collect(Collectors.joining(", ")) + "."));
    }

    private static Found found(ResultSet row, SearchedText words) throws SQLException {
        var text = row.getString("text");
        return new Found(Rows.uuid(row, "id"), Rows.uuid(row, "chat_id"), Optional.ofNullable(Rows.uuid(row, "contact_id")),
                Rows.uuid(row, "channel_id"), row.getString("direction").toLowerCase(Locale.ROOT),
                row.getString("type").toLowerCase(Locale.ROOT), text, Optional.ofNullable(row.getString("author_name")),
                Rows.instant(row, "sent_at"), words.in(text));
    }
}
