package com.ventros.crm.conversations;

import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Instant;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Somebody here begins to write in a chat, still does, or has stopped: it is passed on and kept nowhere. */
@Component
public class TellTyping {

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final ApplicationEventPublisher listeners;

    TellTyping(JdbcClient db, TransactionOperations transaction, ApplicationEventPublisher listeners) {
        this.db = db;
        this.transaction = transaction;
        this.listeners = listeners;
    }

    /** Whoever hears of it begins after the transaction, so that none waits for them. */
    public void handle(ChatId chat, SendMessage.Author writer, boolean typing) {
        var told = transaction.execute(_ -> db.sql("select channel_id, address from chat where id = :id").param("id", chat.value())
                .query((row, _) -> new TypingChanged(Tenancy.current(), chat, new ChannelId(Rows.uuid(row, "channel_id")),
                        Optional.ofNullable(row.getString("address")), writer.user(), writer.name(), typing, Instant.now())).optional());
        listeners.publishEvent(told.orElseThrow(() -> Refusal.notFound("chat")));
    }
}
