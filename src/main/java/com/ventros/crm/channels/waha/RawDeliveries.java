package com.ventros.crm.channels.waha;

import com.ventros.crm.channels.DeliveryCounts;
import com.ventros.crm.channels.DeliveryCounts.Account;
import com.ventros.crm.events.Broker;
import com.ventros.crm.events.Broker.BrokerUnavailable;
import com.ventros.crm.events.Broker.Lane;
import com.ventros.crm.events.Broker.Publication;
import jakarta.annotation.PreDestroy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps accepted deliveries durably: in the broker, or while that is away in a table from which they move on later.
 *
 * <p>Acceptances are counted in memory and booked every second, which spares each delivery a statement of its own. A
 * program that is killed forgets to book its last second; the deliveries themselves it has kept, and they tell in whose
 * books they stand when they are applied ({@link DeliveryCounts}).
 */
@Component
public class RawDeliveries {

    /** Where a delivery is kept now. */
    public enum Kept { IN_BROKER, IN_SPOOL }

    private static final Logger log = LoggerFactory.getLogger(RawDeliveries.class);
    /** While the broker is away the door does not wait for it at each delivery, only once in that time. */
    private static final Duration BROKER_REST = Duration.ofSeconds(2);
    /** Publications of one sweep: large enough to empty a long spool, small enough for one transaction. */
    private static final int SWEEP = 200;
    /** The sweeper has time: nobody waits for its answer. */
    private static final Duration SWEEP_TIMEOUT = Duration.ofSeconds(10);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SharedPublisher publisher;
    private final Broker broker;
    private final JdbcClient system;
    private final TransactionTemplate systemTransaction;
    private final DeliveryCounts books;
    /** All that this run has accepted, by account. */
    private final Map<Account, Long> accepted = new ConcurrentHashMap<>();
    private final Map<Account, Long> booked = new ConcurrentHashMap<>();
    private volatile long brokerRestsUntil = System.nanoTime();

    RawDeliveries(SharedPublisher publisher, Broker broker, @Qualifier("system") JdbcClient system,
            @Qualifier("system") PlatformTransactionManager systemTransactions, DeliveryCounts books) {
        this.publisher = publisher;
        this.broker = broker;
        this.system = system;
        this.systemTransaction = new TransactionTemplate(systemTransactions);
        this.books = books;
    }

    /** Returns once the delivery is durable; a {@link DataAccessException} when it is nowhere. */
    public Kept keep(RawDelivery delivery) {
        var publication = delivery.publication();
        var kept = inBroker(publication) ? Kept.IN_BROKER : Kept.IN_SPOOL;
        if (kept == Kept.IN_SPOOL) spool(delivery, publication);
        accepted.merge(delivery.account(), 1L, Long::sum);
        return kept;
    }

    private boolean inBroker(Publication publication) {
        if (brokerRestsUntil - System.nanoTime() > 0) return false;
        var refusal = publisher.refusal(publication);
        if (refusal.isEmpty()) return true;
        log.warn("Deliveries are spooled: {}", refusal.get());
        brokerRestsUntil = System.nanoTime() + BROKER_REST.toNanos();
        return false;
    }

    private void spool(RawDelivery delivery, Publication publication) {
        system.sql("""
                insert into waha_spool (tenant_id, id, headers, body, spooled_at)
                values (:tenant, :id, :headers::jsonb, :body, now())
                """)
                .param("tenant", delivery.tenant().value()).param("id", publication.id())
                .param("headers", JSON.writeValueAsString(publication.headers())).param("body", publication.body())
                .update();
    }

    /** Moves what is spooled into the broker; what the broker does not keep stays. */
    @Scheduled(fixedDelay = 1_000)
    void sweep() {
        try {
            while (sweepOnce() == SWEEP) log.info("Moved {} spooled deliveries into the broker", SWEEP);
        } catch (BrokerUnavailable | DataAccessException | TransactionException stillAway) {
            log.warn("The spool waits: {}", stillAway.getMessage());
        }
    }

    private int sweepOnce() {
        return systemTransaction.execute(_ -> {
            // Two nodes sweep side by side; a delivery that is moved twice is applied once.
            var spooled = system.sql("""
                    select id, headers, body from waha_spool order by spooled_at limit :limit for update skip locked
                    """).param("limit", SWEEP).query((row, _) -> publication(row)).list();
            if (spooled.isEmpty()) return 0;
            var refused = broker.publish(spooled, SWEEP_TIMEOUT).stream()
                    .map(refusal -> refusal.publication().id()).collect(Collectors.toSet());
            var moved = spooled.stream().map(Publication::id).filter(id -> !refused.contains(id)).toArray(UUID[]::new);
            system.sql("delete from waha_spool where id = any(:ids)").param("ids", moved).update();
            return moved.length;
        });
    }

    private static Publication publication(ResultSet row) throws SQLException {
        return new Publication(row.getObject("id", UUID.class), RawDelivery.QUEUE, Lane.INTERACTIVE,
                JSON.readValue(row.getString("headers"), new TypeReference<Map<String, String>>() {}),
                row.getBytes("body"));
    }

    /** Books how many this run has accepted so far. When it is not known whether that was saved, saying it again is right. */
    @Scheduled(fixedDelay = 1_000)
    @PreDestroy
    void book() {
        var news = new HashMap<Account, Long>();
        accepted.forEach((account, count) -> {
            if (!count.equals(booked.get(account))) news.put(account, count);
        });
        try {
            books.accepted(news);
            booked.putAll(news);
        } catch (DataAccessException away) {
            log.debug("The books are written later", away);
        }
        var over = LocalDate.now(ZoneOffset.UTC).minusDays(2);
        for (var account : booked.keySet()) {
            if (!account.day().isBefore(over)) continue;
            accepted.remove(account);
            booked.remove(account);
        }
    }
}
