package com.ventros.crm.conversations;

import com.ventros.crm.conversations.SendIntents.Quoted;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What was read in a chat, as its channel may tell those who wrote it. */
@Component
public class ReadMessages {

    /**
     * Messages of customers.
     *
     * @param address of the chat, as the channel gave it
     */
    public record Read(ChannelId channel, String address, List<Quoted> messages) {}

    /** More were not read one by one. */
    private static final int MOST = 100;

    private final JdbcClient db;

    ReadMessages(JdbcClient db) {
        this.db = db;
    }

    /** What customers wrote after a time and until another, the newest of it; empty when it is nothing, or the chat is gone. */
    @Transactional(readOnly = true)
    public Optional<Read> between(Optional<Instant> since, Instant until, ChatId chat) {
        var rows = db.sql("""
                select c.channel_id, c.address, m.external_id,
                       coalesce(m.author_lid || '@lid', ltrim(m.author_phone, '+') || '@c.us') as author
                  from chat c join message m on m.chat_id = c.id
                 where c.id = :chat and c.address is not null and m.direction = 'INBOUND' and m.external_id is not null
                   and m.sent_at > coalesce(:since::timestamptz, '-infinity') and m.sent_at <= :until::timestamptz
                 order by m.sent_at desc, m.id desc limit :most
                """)
                .param("chat", chat.value()).param("since", since.map(Rows::utc).orElse(null)).param("until", Rows.utc(until))
                .param("most", MOST)
                .query((row, _) -> new Read(new ChannelId(Rows.uuid(row, "channel_id")), row.getString("address"), List.of(
                        new Quoted(row.getString("external_id"), false, Optional.ofNullable(row.getString("author")))))).list();
        return rows.stream().reduce((all, one) -> new Read(all.channel(), all.address(),
                Stream.concat(all.messages().stream(), one.messages().stream()).toList()));
    }
}
