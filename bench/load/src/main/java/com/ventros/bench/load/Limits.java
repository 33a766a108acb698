package com.ventros.bench.load;

import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** What this machine can do at most, on the very servers that the program uses. */
final class Limits {

    private static final Duration EACH = Duration.ofSeconds(5);
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    /** Sixteen and sixty-four connections, of which the better counts. */
    private static final int[] CONNECTIONS = {16, 64};
    private static final int CLIENTS = 16;
    private static final int GROUP_CLIENTS = 4;
    private static final int GROUP = 50;
    private static final int CONFIRM_WINDOW = 100;
    private static final int MOST = 1_000_000;
    /** A kilobyte, as a small delivery is. */
    private static final byte[] BODY = ("{\"id\":\"" + UUID.randomUUID() + "\",\"text\":\"" + "x".repeat(960) + "\"}")
            .getBytes(StandardCharsets.UTF_8);

    private final Database database;

    Limits(Database database) {
        this.database = database;
    }

    void prepare() throws SQLException {
        database.execute("drop table if exists " + InsertServer.TABLE,
                "create table " + InsertServer.TABLE + " (id uuid primary key, body jsonb not null)");
    }

    void clear() throws SQLException {
        database.execute("drop table if exists " + InsertServer.TABLE);
    }

    /** Rows a second, each in a commit of its own. */
    double singleRows() throws InterruptedException {
        return rows(CLIENTS, 1);
    }

    /** Rows a second, fifty in a commit. */
    double groupedRows() throws InterruptedException {
        return rows(GROUP_CLIENTS, GROUP);
    }

    private double rows(int clients, int group) throws InterruptedException {
        var inserted = new AtomicLong();
        var start = System.nanoTime();
        var threads = new ArrayList<Thread>();
        for (int c = 0; c < clients; c++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try (var connection = database.connect(); var insert = connection.prepareStatement(
                        "insert into " + InsertServer.TABLE + " select gen_random_uuid(), ?::jsonb from generate_series(1, ?)")) {
                    while (System.nanoTime() - start < EACH.toNanos()) {
                        insert.setString(1, new String(BODY, StandardCharsets.UTF_8));
                        insert.setInt(2, group);
                        inserted.addAndGet(insert.executeUpdate());
                    }
                } catch (SQLException failed) {
                    throw new IllegalStateException(failed);
                }
            }));
        }
        for (var thread : threads) thread.join();
        return inserted.get() / ((System.nanoTime() - start) / 1e9);
    }

    /** Requests a second of {@link InsertServer}, each a row in a commit of its own. */
    double httpRows() throws Exception {
        var builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-cp",
                System.getProperty("java.class.path"), InsertServer.class.getName(), database.url(), database.user())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("PGPASSWORD", database.password());
        var server = builder.start();
        try (var output = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            var port = output.readLine();
            if (port == null) throw new IllegalStateException("the insert server did not start");
            var address = URI.create("http://127.0.0.1:" + port);
            var request = new Posting.Request("/insert", "", BODY);
            new Posting(address, CLIENTS).run(MOST, WARM_UP, 0, _ -> request);
            double best = 0;
            for (var connections : CONNECTIONS) {
                var result = new Posting(address, connections).run(MOST, EACH, 0, _ -> request);
                best = Math.max(best, result.accepted() / result.seconds());
            }
            return best;
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    /** Persistent messages a second that a quorum queue confirms, a hundred in flight on each of two channels. */
    static double confirms(String rabbit) throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(rabbit);
        var confirmed = new AtomicLong();
        try (var connection = factory.newConnection(); var setup = connection.createChannel()) {
            var queue = "bench-" + UUID.randomUUID();
            setup.queueDeclare(queue, true, false, false, Map.of("x-queue-type", "quorum"));
            var start = System.nanoTime();
            var threads = new ArrayList<Thread>();
            for (int c = 0; c < 2; c++) {
                threads.add(Thread.ofPlatform().start(() -> {
                    try (var channel = connection.createChannel()) {
                        channel.confirmSelect();
                        while (System.nanoTime() - start < EACH.toNanos()) {
                            for (int i = 0; i < CONFIRM_WINDOW; i++) {
                                channel.basicPublish("", queue, MessageProperties.PERSISTENT_BASIC, BODY);
                            }
                            channel.waitForConfirmsOrDie(EACH.toMillis());
                            confirmed.addAndGet(CONFIRM_WINDOW);
                        }
                    } catch (Exception failed) {
                        throw new IllegalStateException(failed);
                    }
                }));
            }
            for (var thread : threads) thread.join();
            var rate = confirmed.get() / ((System.nanoTime() - start) / 1e9);
            setup.queueDelete(queue);
            return rate;
        }
    }
}
