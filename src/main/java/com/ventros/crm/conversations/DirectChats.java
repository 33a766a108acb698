package com.ventros.crm.conversations;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Where the other side of a conversation is. */
@Component
public class DirectChats {

    /** @param address as the channel gave it */
    public record Place(ChannelId channel, String address) {}

    private final JdbcClient db;

    DirectChats(JdbcClient db) {
        this.db = db;
    }

    /** Empty for a group, and while the channel has not told where a typed number is. */
    @Transactional(readOnly = true)
    public Optional<Place> place(ChatId chat) {
        return db.sql("select channel_id, address from chat where id = :id and kind = 'DIRECT' and address is not null").param("id", chat.value())
                .query((row, _) -> new Place(new ChannelId(Rows.uuid(row, "channel_id")), row.getString("address"))).optional();
    }
}
