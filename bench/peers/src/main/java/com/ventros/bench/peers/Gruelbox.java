package com.ventros.bench.peers;

import com.gruelbox.transactionoutbox.Dialect;
import com.gruelbox.transactionoutbox.Instantiator;
import com.gruelbox.transactionoutbox.Persistor;
import com.gruelbox.transactionoutbox.Submitter;
import com.gruelbox.transactionoutbox.TransactionManager;
import com.gruelbox.transactionoutbox.TransactionOutbox;
import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/** gruelbox transaction-outbox: each event is a call that is kept and made by a pool of threads after the commit. */
public final class Gruelbox implements Contestant {

    /** A call waits for its confirm and for its commit most of the time, so there are more than processors. */
    private static final int THREADS = 24;
    private static final int FLUSHED_AT_ONCE = 4_096;

    /** What is called. */
    public interface Publisher {
        void publish(String json);
    }

    private final HikariDataSource pool = Servers.pool();
    private final CachingConnectionFactory connections = connections();
    private final PlainConsumer consumer = new PlainConsumer();
    private final Gate gate = new Gate();
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(THREADS, THREADS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>());
    private final TransactionManager transactions = TransactionManager.fromDataSource(pool);
    private final TransactionOutbox outbox;

    public Gruelbox() {
        connections.setPublisherConfirmType(CachingConnectionFactory.ConfirmType.CORRELATED);
        connections.setChannelCacheSize(THREADS);
        var publisher = new ConfirmingPublisher(new RabbitTemplate(connections));
        Publisher toRabbit = json -> {
            gate.pass();
            publisher.send(json);
        };
        outbox = TransactionOutbox.builder()
                .transactionManager(transactions)
                .persistor(Persistor.forDialect(Dialect.POSTGRESQL_9))
                .instantiator(Instantiator.using(_ -> toRabbit))
                .submitter(Submitter.withExecutor(threads))
                .flushBatchSize(FLUSHED_AT_ONCE)
                .build();
    }

    private static CachingConnectionFactory connections() {
        var factory = Servers.rabbit();
        factory.setAutomaticRecoveryEnabled(false);
        return new CachingConnectionFactory(factory);
    }

    @Override
    public void append(List<Event> events) {
        transactions.inTransaction(() -> {
            var publisher = outbox.schedule(Publisher.class);
            events.forEach(event -> publisher.publish(event.json()));
        });
    }

    @Override
    public void deliverTo(Arrivals arrivals) {
        consumer.deliverTo(arrivals);
    }

    @Override
    public void hold() {
        gate.close();
    }

    @Override
    public void release() {
        gate.open();
    }

    @Override
    public List<String> settings() {
        return List.of("executor of " + THREADS + " threads with an unbounded queue", "pool of " + Servers.POOL + " connections",
                "flushBatchSize=" + FLUSHED_AT_ONCE);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        consumer.close();
        connections.destroy();
        pool.close();
    }
}
