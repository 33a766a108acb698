package com.ventros.bench.peers;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.zaxxer.hikari.HikariDataSource;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.format.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;

/**
 * Debezium's embedded engine with its outbox event router: it reads the outbox from the database's log and hands over
 * batches, which are published to RabbitMQ and confirmed as a whole.
 */
public final class Debezium implements Contestant {

    private static final int PERSISTENT = 2;
    private static final long CONFIRM_MILLIS = 10_000;
    private static final String SLOT = "bench";
    /** The engine takes seconds to begin; after a minute it will not. */
    private static final long SLOT_WAIT_MILLIS = 60_000;
    private static final long LOOK_MILLIS = 100;

    private final HikariDataSource pool = Servers.pool();
    private final PlainConsumer consumer = new PlainConsumer();
    private final Gate gate = new Gate();
    private final Properties settings = new Properties();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Connection connection;
    private final Channel channel;
    private final DebeziumEngine<ChangeEvent<String, String>> engine;

    public Debezium() throws Exception {
        sql("create table outbox (id uuid primary key, aggregatetype text not null, aggregateid text not null,"
                + " type text not null, payload text not null)");
        connection = Servers.rabbit().newConnection("bench-debezium");
        channel = connection.createChannel();
        channel.confirmSelect();
        var url = java.net.URI.create(Servers.postgresUrl().substring("jdbc:".length()));
        set("max.batch.size", "2048");
        set("max.queue.size", "8192");
        set("poll.interval.ms", "5");
        set("plugin.name", "pgoutput");
        set("publication.autocreate.mode", "filtered");
        set("table.include.list", "public.outbox");
        set("snapshot.mode", "no_data");
        set("slot.name", SLOT);
        set("tombstones.on.delete", "false");
        set("transforms", "outbox");
        set("transforms.outbox.type", "io.debezium.transforms.outbox.EventRouter");
        set("key.converter.schemas.enable", "false");
        set("value.converter.schemas.enable", "false");
        set("offset.storage", "org.apache.kafka.connect.storage.MemoryOffsetBackingStore");
        set("offset.flush.interval.ms", "1000");
        var all = new Properties();
        all.putAll(settings);
        all.setProperty("name", "bench");
        all.setProperty("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
        all.setProperty("topic.prefix", "bench");
        all.setProperty("database.hostname", url.getHost());
        all.setProperty("database.port", Integer.toString(url.getPort()));
        all.setProperty("database.dbname", url.getPath().substring(1));
        all.setProperty("database.user", Servers.postgresUser());
        all.setProperty("database.password", Servers.postgresPassword());
        engine = DebeziumEngine.create(Json.class).using(all).notifying(this::publish)
                .using((success, message, error) -> {
                    if (!success) System.err.println("the engine ended: " + message + " " + error);
                }).build();
        thread.submit(engine);
        awaitSlot();
    }

    private void set(String name, String value) {
        settings.setProperty(name, value);
    }

    private void publish(List<ChangeEvent<String, String>> events, DebeziumEngine.RecordCommitter<ChangeEvent<String, String>> committer)
            throws InterruptedException {
        gate.pass();
        try {
            for (var event : events) {
                if (event.value() == null) continue;
                channel.basicPublish("", PlainConsumer.QUEUE, true,
                        new AMQP.BasicProperties.Builder().deliveryMode(PERSISTENT).build(), json(event.value()));
            }
            channel.waitForConfirmsOrDie(CONFIRM_MILLIS);
        } catch (IOException | TimeoutException lost) {
            throw new IllegalStateException("not confirmed", lost);
        }
        for (var event : events) committer.markProcessed(event);
        committer.markBatchFinished();
    }

    /** The router's payload is the text of a JSON string. */
    private static byte[] json(String value) {
        var text = value.startsWith("\"") ? value.substring(1, value.length() - 1).replace("\\\"", "\"") : value;
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void sql(String statement) throws SQLException {
        try (var one = pool.getConnection(); var sql = one.createStatement()) {
            sql.execute(statement);
        }
    }

    private void awaitSlot() throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + SLOT_WAIT_MILLIS * 1_000_000;
        while (System.nanoTime() < deadline) {
            try (var one = pool.getConnection(); var sql = one.createStatement();
                    var rows = sql.executeQuery("select 1 from pg_replication_slots where slot_name = '" + SLOT + "' and active")) {
                if (rows.next()) return;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        throw new IllegalStateException("Debezium does not read its slot");
    }

    /** The row is deleted at once, as Debezium's documentation says: the log has it. */
    @Override
    public void append(List<Event> events) {
        try (var one = pool.getConnection()) {
            one.setAutoCommit(false);
            var ids = new UUID[events.size()];
            try (var insert = one.prepareStatement(
                    "insert into outbox (id, aggregatetype, aggregateid, type, payload) values (?, 'bench', ?, 'measured', ?)")) {
                for (int i = 0; i < ids.length; i++) {
                    ids[i] = UUID.randomUUID();
                    insert.setObject(1, ids[i]);
                    insert.setString(2, events.get(i).key());
                    insert.setString(3, events.get(i).json());
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            try (var delete = one.prepareStatement("delete from outbox where id = any(?)")) {
                delete.setArray(1, one.createArrayOf("uuid", ids));
                delete.executeUpdate();
            }
            one.commit();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
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
        return settings.entrySet().stream().map(one -> one.getKey() + "=" + one.getValue()).sorted().toList();
    }

    /** A slot that is left keeps the database's log and the database itself. */
    @Override
    public void close() {
        gate.open();
        try {
            engine.close();
            thread.shutdown();
            sql("select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = '" + SLOT + "'");
        } catch (IOException | SQLException failed) {
            throw new IllegalStateException(failed);
        } finally {
            connection.abort();
            consumer.close();
            pool.close();
        }
    }
}
