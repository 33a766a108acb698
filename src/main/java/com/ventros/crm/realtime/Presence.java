package com.ventros.crm.realtime;

import com.ventros.crm.channels.PresenceChanged;
import com.ventros.crm.conversations.TypingChanged;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody is typing, a customer or a colleague: told to all nodes at once, shown to whoever looks, kept nowhere. */
@Component
class Presence {

    /** NOTIFY channel; its payload is a {@link Shown} as JSON, far below PostgreSQL's 8,000 bytes. */
    static final String CHANNEL = "crm_presence";
    /** Nobody who was typing so long ago still is: what an outage held up is not shown any more. */
    static final Duration OF_USE = Duration.ofSeconds(30);

    /** What travels between nodes. */
    record Shown(UUID tenant, String type, Instant at, UUID chat, JsonNode data) {

        LiveEvent event() {
            return new LiveEvent(0, type, at, "chat", chat, data.toString(), Optional.empty());
        }
    }

    /** What screens are told of somebody on the other side. */
    record OfCustomer(UUID chatId, String participant, String state) {}

    /** What screens are told of somebody here; a program has no user id. */
    record OfColleague(UUID chatId, Optional<UUID> userId, String name, boolean typing) {}

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final JsonMapper json;

    Presence(JdbcClient db, TransactionOperations transaction, JsonMapper json) {
        this.db = db;
        this.transaction = transaction;
        this.json = json;
    }

    @EventListener
    void on(PresenceChanged changed) {
        if (changed.at().isBefore(Instant.now().minus(OF_USE))) return;
        Tenancy.run(changed.tenant(), () -> transaction.executeWithoutResult(_ -> db.sql("""
                        select id from chat where channel_id = :channel and address = :address
                        """)
                .param("channel", changed.channel().value()).param("address", changed.chatAddress())
                .query(UUID.class).optional()
                .ifPresent(chat -> tell(changed.tenant(), "presence.changed", changed.at(), chat,
                        new OfCustomer(chat, digits(changed.participant()), changed.state().name().toLowerCase())))));
    }

    @EventListener
    void on(TypingChanged changed) {
        var chat = changed.chat().value();
        transaction.executeWithoutResult(_ -> tell(changed.tenant(), "presence.answering", changed.at(), chat,
                new OfColleague(chat, changed.user(), changed.name(), changed.typing())));
    }

    private void tell(TenantId tenant, String type, Instant at, UUID chat, Object data) {
        db.sql("select pg_notify(:channel, :payload)").param("channel", CHANNEL)
                .param("payload", json.writeValueAsString(new Shown(tenant.value(), type, at, chat, json.valueToTree(data))))
                .query().listOfRows();
    }

    /** An address is data from outside: what is not a plain address is not passed on. */
    private static String digits(String address) {
        return address.matches("[0-9a-zA-Z.:@_-]{1,100}") ? address : "";
    }
}
