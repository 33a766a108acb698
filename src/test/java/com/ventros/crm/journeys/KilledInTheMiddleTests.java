package com.ventros.crm.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code kill -9} in the middle of 5,000 deliveries: what was answered 200 is there once, and so is every effect. */
@Execution(ExecutionMode.CONCURRENT)
class KilledInTheMiddleTests {

    private static final int DELIVERIES = 5_000;
    private static final int CONTACTS = 200;
    private static final int SENDERS = 16;
    /** The kill comes when so many were accepted: work is in the queues, in transactions and in the relay. */
    private static final int KILL_AFTER = 2_000;
    private static final String SECRET = "a secret that only the two of us know";
    private static final Duration SETTLE = Duration.ofMinutes(4);

    @TempDir
    Path folder;

    @Test
    void whatWasAcceptedIsThereOnceAndHadEachEffectOnce() throws Exception {
        survive(new Program(folder));
    }

    /** The same with a broker of its own kind: RabbitMQ as production runs it, in a virtual host of this test's own. */
    @Test
    void andSoItIsWithRabbitMq() throws Exception {
        var rabbit = System.getenv("CRM_TEST_RABBITMQ_URL");
        assertThat(rabbit != null || !"true".equals(System.getenv("CRM_TEST_REQUIRE_SERVICES")))
                .as("CRM_TEST_RABBITMQ_URL names a RabbitMQ").isTrue();
        assumeTrue(rabbit != null, "CRM_TEST_RABBITMQ_URL names no RabbitMQ");
        try (var own = VirtualHost.create(rabbit)) {
            survive(new Program(folder, own.settings()));
        }
    }

    private void survive(Program program) throws Exception {
        try (program) {
            try {
                killAndCount(program);
            } catch (AssertionError | ConditionTimeoutException failed) {
                throw new AssertionError(failed.getMessage() + "\n" + books(program) + "\n" + program.log(), failed);
            }
        }
    }

    private static void killAndCount(Program program) throws Exception {
        program.start();
        var channel = program.post("/api/v1/channels", """
                {"name":"Vendas","type":"waha","waha":{"url":"http://127.0.0.1:9","session":"vendas",
                 "apiKey":"key","hmacSecret":"%s"}}""".formatted(SECRET));
        var door = channel.path("webhookPath").asString();
        Set<Integer> accepted = ConcurrentHashMap.newKeySet();
        post(program, door, accepted, true);
        var acceptedBeforeTheKill = accepted.size();

        program.start();
        post(program, door, accepted, false); // WAHA repeats what was not answered, and some that was

        assertThat(acceptedBeforeTheKill).isBetween(KILL_AFTER, DELIVERIES - 1);
        assertThat(accepted).hasSize(DELIVERIES);
        Awaitility.await().atMost(SETTLE).pollInterval(Duration.ofSeconds(1))
                .until(() -> program.count("select count(*) from message") == DELIVERIES
                        && program.count("select count(*) from outbox_events") == 0
                        && program.count("select count(*) from live_event where type = 'message.created'")
                                == DELIVERIES);
        assertThat(program.count("select count(distinct external_id) from message_ref")).isEqualTo(DELIVERIES);
        assertThat(program.count("select count(*) from contact")).isEqualTo(CONTACTS);
        assertThat(program.count("select count(*) from domain_event_logs where type = 'message.created'"))
                .isEqualTo(DELIVERIES);
        assertThat(program.count("""
                select count(*) from domain_event_logs e where e.type = 'message.created'
                   and not exists (select from processed_events p
                                    where p.event_id = e.id and p.consumer_name = 'realtime')""")).isZero();
        assertThat(program.count("select count(*) - count(distinct (tenant_id, data ->> 'messageId'))"
                + " from live_event where type = 'message.created'")).isZero();
        assertThat(program.count("select count(*) from failures")).isZero();
    }

    /** What is there and what is not, for whoever has to find out why. */
    private static String books(Program program) throws Exception {
        var books = new StringBuilder();
        for (var sql : List.of("select count(*) from message", "select count(*) from outbox_events",
                "select count(*) from live_event where type = 'message.created'",
                "select count(*) from domain_event_logs where type = 'message.created'",
                "select count(*) from processed_events", "select count(*) from failures",
                "select coalesce(sum(accepted), 0) from delivery_count",
                "select coalesce(sum(applied), 0) from delivery_count")) {
            books.append(sql).append(": ").append(program.count(sql)).append('\n');
        }
        books.append(program.text("select coalesce(string_agg(concat_ws(' ', source, message_id, code, attempts, first_at, last_at, reason), E'\\n'), '')"
                + " from failures")).append('\n');
        return books.toString();
    }

    private static void post(Program program, String door, Set<Integer> accepted, boolean kill) throws Exception {
        var next = new AtomicInteger();
        var running = new AtomicInteger(1);
        try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int sender = 0; sender < SENDERS; sender++) {
                senders.submit(() -> {
                    for (int i = next.getAndIncrement(); i < DELIVERIES && running.get() == 1; i = next.getAndIncrement()) {
                        var repeated = i % 7 == 0;
                        if (accepted.contains(i) && !repeated) continue;
                        if (status(program, door, body(i)) == 200) accepted.add(i);
                    }
                });
            }
            if (kill) {
                Awaitility.await().atMost(SETTLE).pollInterval(Duration.ofMillis(10))
                        .until(() -> accepted.size() >= KILL_AFTER);
                program.kill();
                running.set(0);
            }
        }
    }

    private static int status(Program program, String door, byte[] body) {
        try {
            var request = HttpRequest.newBuilder(program.uri(door))
                    .header("Content-Type", "application/json")
                    .header("X-Webhook-Hmac", hmac(body)).header("X-Webhook-Hmac-Algorithm", "sha512")
                    .timeout(Duration.ofSeconds(20))
                    .POST(BodyPublishers.ofByteArray(body)).build();
            return program.http().send(request, BodyHandlers.discarding()).statusCode();
        } catch (java.io.IOException killed) {
            return 0;
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** A text of one of the customers, a second apart, as GOWS tells it. */
    private static byte[] body(int i) {
        var customer = 5511990000000L + i % CONTACTS;
        var at = Instant.parse("2026-11-20T12:00:00Z").getEpochSecond() + i / CONTACTS;
        return """
                {"id":"evt_%026d","timestamp":%d,"event":"message","session":"vendas","payload":{\
                "id":"false_%d@c.us_3EB0%018X","timestamp":%d,"from":"%d@c.us","fromMe":false,"source":"app",\
                "body":"mensagem %d","hasMedia":false,"_data":{"Info":{"Chat":"%d@s.whatsapp.net",\
                "Sender":"%d@s.whatsapp.net","IsFromMe":false,"IsGroup":false,"PushName":"Cliente %d"},\
                "Message":{"conversation":"mensagem %d"}}},"engine":"GOWS"}"""
                .formatted(i, at * 1_000, customer, i, at, customer, i, customer, customer, i % CONTACTS, i)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String hmac(byte[] body) throws Exception {
        var mac = Mac.getInstance("HmacSHA512");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA512"));
        return HexFormat.of().formatHex(mac.doFinal(body));
    }
}
