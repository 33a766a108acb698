package com.ventros.crm.lab;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * Hears every domain event at a queue of its own, as any consumer would, and checks the order: the first delivery of an
 * event never comes after that of a later event of the same aggregate.
 */
abstract sealed class Probe implements AutoCloseable {

    private static final String QUEUE = "lab.probe";
    private static final Duration LOOK = Duration.ofMillis(200);

    private final Set<UUID> seen = new HashSet<>();
    private final Map<UUID, Long> last = new HashMap<>();
    private final List<String> violations = new ArrayList<>();

    /** Opens the queue, which from then on hears everything. */
    static Probe open(Servers servers) throws Exception {
        return servers.rabbit().isPresent() ? new AtRabbit(servers.rabbit().get().uri()) : new AtPostgres(servers);
    }

    synchronized Set<UUID> seen() {
        return Set.copyOf(seen);
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    final synchronized void hear(byte[] body) {
        var json = Node.JSON.readTree(body);
        if (!seen.add(UUID.fromString(json.path("id").asString()))) return;
        var aggregate = UUID.fromString(json.path("aggregateId").asString());
        var sequence = json.path("sequence").asLong();
        var before = last.merge(aggregate, sequence, Math::max);
        if (before > sequence) {
            violations.add("%s %s: %d first heard after %d".formatted(json.path("type").asString(), aggregate, sequence, before));
        }
    }

    @Override
    public abstract void close() throws Exception;

    /** A queue bound to both exchanges. */
    private static final class AtRabbit extends Probe {
        private static final int WINDOW = 500;

        private final ConnectionFactory factory = new ConnectionFactory();
        private final Thread thread;
        private volatile boolean open = true;

        AtRabbit(URI uri) throws Exception {
            factory.setUri(uri);
            factory.setAutomaticRecoveryEnabled(false);
            try (var connection = factory.newConnection("lab-probe"); var channel = connection.createChannel()) {
                channel.queueDeclare(QUEUE, true, false, false, Map.of("x-queue-type", "quorum"));
                for (var exchange : List.of("domain.events", "domain.events.bulk")) channel.queueBind(QUEUE, exchange, "#");
            }
            thread = Thread.ofVirtual().name("probe").start(this::run);
        }

        private void run() {
            while (open) {
                try (var connection = factory.newConnection("lab-probe"); var channel = connection.createChannel()) {
                    channel.basicQos(WINDOW);
                    channel.basicConsume(QUEUE, false, new Ear(channel));
                    while (open && channel.isOpen()) LockSupport.parkNanos(LOOK.toNanos());
                } catch (Exception lost) {
                    // Killed with everything else, and back with it.
                    LockSupport.parkNanos(LOOK.toNanos());
                }
            }
        }

        private final class Ear extends DefaultConsumer {
            Ear(Channel channel) {
                super(channel);
            }

            @Override
            public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) throws IOException {
                if (properties.getHeaders().containsKey("crm-parcel")) unpack(body);
                else hear(body);
                getChannel().basicAck(envelope.getDeliveryTag(), false);
            }
        }

        /** What was published together: for each its id, the number of its headers and these, the length of its body and that. */
        private void unpack(byte[] parcel) throws IOException {
            var in = new DataInputStream(new ByteArrayInputStream(parcel));
            while (in.available() > 0) {
                in.skipNBytes(2 * Long.BYTES);
                for (int left = 2 * in.readUnsignedShort(); left > 0; left--) in.readUTF();
                hear(in.readNBytes(in.readInt()));
            }
        }

        @Override
        public void close() throws InterruptedException {
            open = false;
            LockSupport.unpark(thread);
            thread.join();
        }
    }

    /** A queue among the product's own, emptied by the lab. */
    private static final class AtPostgres extends Probe {
        private final Servers servers;
        private final Thread thread;
        private volatile boolean open = true;

        AtPostgres(Servers servers) throws Exception {
            this.servers = servers;
            try (var connection = servers.system(false); var statement = connection.createStatement()) {
                statement.execute("insert into broker_queues (name, bindings) values ('" + QUEUE + "', '{#}')");
            }
            thread = Thread.ofVirtual().name("probe").start(this::run);
        }

        private void run() {
            while (open) {
                try (var connection = servers.system(false); var statement = connection.prepareStatement("""
                        with gone as (delete from broker_messages
                                       where queue = (select id from broker_queues where name = ?)
                                      returning position, parcel, parts)
                        select u.body from gone g join broker_parcels p on p.id = g.parcel, unnest(p.bodies) with ordinality as u(body, part)
                         where g.parts is null or u.part = any(g.parts) order by g.position, u.part
                        """)) {
                    statement.setString(1, QUEUE);
                    while (open) {
                        try (var rows = statement.executeQuery()) {
                            while (rows.next()) hear(rows.getBytes(1));
                        }
                        LockSupport.parkNanos(LOOK.toNanos());
                    }
                } catch (Exception lost) {
                    LockSupport.parkNanos(LOOK.toNanos());
                }
            }
        }

        @Override
        public void close() throws InterruptedException {
            open = false;
            LockSupport.unpark(thread);
            thread.join();
        }
    }
}
