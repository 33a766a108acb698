package com.ventros.crm.channels.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestTenant;
import com.ventros.crm.channels.DeliveryCounts;
import com.ventros.crm.channels.TestChannels;
import com.ventros.crm.channels.waha.Samples;
import com.ventros.crm.conversations.KeptRows;
import com.ventros.crm.tenancy.Tenancy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** All sample deliveries through the door, shuffled, doubled, four at a time: always the same rows. */
@DatabaseTest
class EveryOrderTests {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int AT_ONCE = 4;
    private static final List<Long> SEEDS = List.of(1L, 2L, 3L);

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    DeliveryCounts books;

    @LocalServerPort
    int port;

    @Test
    void theEndStateDoesNotDependOnOrderOrRepetition() throws Exception {
        var expected = rowsAfter(new ArrayList<>(Samples.signatures().keySet()), 1);
        assertThat(expected).filteredOn(line -> line.startsWith("message ")).hasSizeGreaterThan(60);
        assertThat(expected).filteredOn(line -> line.startsWith("reaction ")).isNotEmpty();
        for (var seed : SEEDS) {
            var doubled = new ArrayList<>(Samples.signatures().keySet());
            doubled.addAll(Samples.signatures().keySet());
            Collections.shuffle(doubled, new Random(seed));
            assertThat(rowsAfter(doubled, AT_ONCE)).as("seed " + seed).isEqualTo(expected);
        }
    }

    /** Posts the samples to a new tenant's channels, so many at a time, and tells what is kept when all is applied. */
    private List<String> rowsAfter(List<String> names, int atOnce) throws Exception {
        var tenant = TestTenant.create(db, transaction);
        var channels = TestChannels.of(tenant, port);
        Map<String, TestChannels.Connected> doors = new LinkedHashMap<>();
        for (var session : List.of("vendas", "suporte", "atendimento")) {
            doors.put(session, channels.connect("http://waha.invalid", session));
        }
        var accepted = new AtomicLong();
        try (var http = HttpClient.newHttpClient(); var senders = Executors.newFixedThreadPool(atOnce)) {
            for (var name : names) {
                senders.submit(() -> {
                    if (post(http, doors, name) == 200) accepted.incrementAndGet();
                    return null;
                });
            }
        }
        await().atMost(SOON).until(() -> Tenancy.call(tenant.tenant(), () ->
                transaction.execute(_ -> books.total())).applied() == accepted.get());
        return new KeptRows(db, transaction).of(tenant.tenant()).stream()
                .map(line -> withSessions(line, doors)).sorted().toList();
    }

    private int post(HttpClient http, Map<String, TestChannels.Connected> doors, String name) throws Exception {
        var body = Samples.body(name);
        var text = new String(body, UTF_8);
        var door = doors.entrySet().stream()
                .filter(entry -> text.contains("\"session\": \"" + entry.getKey() + "\"")).findFirst();
        if (door.isEmpty()) return 0;
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + door.get().getValue().webhookPath()))
                .header("Content-Type", "application/json")
                .header("X-Webhook-Hmac", Samples.signatures().get(name))
                .POST(BodyPublishers.ofByteArray(body)).build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    /** The channels' ids are made up anew each time; their sessions' names are not. */
    private static String withSessions(String line, Map<String, TestChannels.Connected> doors) {
        for (var door : doors.entrySet()) line = line.replace(door.getValue().id().toString(), door.getKey());
        return line;
    }
}
