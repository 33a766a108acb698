package com.ventros.crm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.embedded.EmbeddedDatabase;
import com.zaxxer.hikari.HikariDataSource;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * With as many rows as a company has after a while, what people wait for reads no large table from end to end. The database is a
 * fiftieth of that of {@code bench/scale}, filled by the same script; how long each page takes is measured there.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "crm.embedded.shared-buffers=64MB")
@DirtiesContext
@Isolated
class LargeTablesTests {

    private static final Path SCRIPT = Path.of("bench/load/src/main/resources/scale.sql");
    private static final int CONTACTS = 20_000;
    private static final int CHATS = 2_000;
    private static final int SESSIONS = 4_000;
    private static final int DEALS = 2_000;
    /** Smaller tables may well be read from end to end: a page of an index costs as much as four of the table. */
    private static final int LARGE = 5_000;
    /** The driver prepares a statement at its third time, and PostgreSQL keeps one plan for all values after five more. */
    private static final int TIMES = 12;
    private static final Duration SOON = Duration.ofSeconds(30);

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    HikariDataSource pool;

    @Autowired
    EmbeddedDatabase server;

    @Test
    void noPageReadsALargeTableFromEndToEnd() throws Exception {
        var tenant = TestTenant.create(db, transaction);
        var api = Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant()));
        var channel = api.post("/api/v1/channels", Map.of("name", "Vendas", "type", "waha", "waha", Map.of("url", "http://127.0.0.1:9",
                "session", "vendas-0", "apiKey", "key", "hmacSecret", "a secret that only the two of us know"))).json();
        var pipeline = api.post("/api/v1/pipelines", Map.of("name", "Vendas", "isDefault", true, "statuses", List.of(
                Map.of("name", "Novo", "kind", "open", "colour", "#1c7ed6"), Map.of("name", "Ganho", "kind", "won", "colour", "#2f9e44")))).json();
        fill(channel.path("waha").path("session").asString(), pipeline.path("id").asString());
        var before = scans();

        for (var path : pages(api, pipeline.path("id").asString(), pipeline.path("statuses").get(0).path("id").asString())) {
            for (int i = 0; i < TIMES; i++) {
                assertThat(api.get(path).status()).as(path).isEqualTo(200);
            }
        }

        var after = scans();
        after.keySet().retainAll(before.keySet());
        assertThat(after).containsKeys("contact", "contact_identity", "contact_search", "message_ref", "message_search", "timeline_entry");
        after.replaceAll((table, scans) -> scans - before.get(table));
        after.values().removeIf(scans -> scans == 0);
        assertThat(after).isEmpty();
    }

    /** Each twice: as somebody comes to it, and one page further. */
    private static List<String> pages(Api api, String pipeline, String status) {
        // As the script makes them.
        var contact = "/api/v1/contacts/00000004-0000-7000-8000-0000000000aa";
        var first = new ArrayList<>(List.of("/api/v1/chats?limit=30", "/api/v1/chats?limit=30&filter=unread",
                "/api/v1/chats?limit=30&q=" + encoded("Ana Silva"), "/api/v1/chats?limit=30&q=10000123",
                "/api/v1/chats/00000005-0000-7000-8000-0000000000aa/messages?limit=50",
                "/api/v1/contacts?limit=50", "/api/v1/contacts?limit=50&q=" + encoded("José Pereira 1"), "/api/v1/contacts?limit=50&q=10004321",
                "/api/v1/contacts?limit=50&q=" + encoded("ana"), filtered("{\"field\":\"tag\",\"equals\":\"etiqueta 3\"}", "-createdAt"),
                filtered("{\"and\":[{\"field\":\"tag\",\"equals\":\"etiqueta 3\"},{\"field\":\"name\",\"contains\":\"souza\"}]}", "name"),
                filtered("{\"field\":\"phone\",\"equals\":\"+5511910000000\"}", "name"),
                "/api/v1/messages/search?limit=50&q=pedido", "/api/v1/messages/search?limit=50&q=4321", contact, contact + "/timeline?limit=20",
                "/api/v1/sessions?status=open&limit=50", "/api/v1/sessions?limit=50&contactId=00000004-0000-7000-8000-0000000000aa",
                "/api/v1/pipelines/" + pipeline + "/board",
                "/api/v1/pipelines/" + pipeline + "/statuses/" + status + "/cards?limit=50"));
        var all = new ArrayList<>(first);
        for (var path : first) {
            var next = api.get(path).json().path("nextCursor");
            if (next.isString()) all.add(path + "&cursor=" + encoded(next.asString()));
        }
        return all;
    }

    private static String filtered(String filter, String sort) {
        return "/api/v1/contacts/search?limit=50&sort=" + sort + "&filter=" + encoded(filter);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void fill(String session, String pipeline) throws Exception {
        var script = Files.readString(SCRIPT);
        for (var value : Map.of("contacts", CONTACTS, "chats", CHATS, "sessions", SESSIONS, "deals", DEALS, "small", 0,
                "session", session, "pipeline", pipeline).entrySet()) {
            script = script.replace("${" + value.getKey() + "}", value.getValue().toString());
        }
        try (var connection = superuser(); var statement = connection.createStatement()) {
            for (var sql : script.split(";\n")) {
                if (!sql.isBlank()) statement.execute(sql);
            }
        }
    }

    /** How often each large table was read from end to end. A connection tells what it did when it is closed, at the latest. */
    private Map<String, Long> scans() throws SQLException {
        try (var connection = superuser(); var statement = connection.createStatement()) {
            statement.execute("create temp table asked as select clock_timestamp() as at");
            pool.getHikariPoolMXBean().softEvictConnections();
            await().atMost(SOON).until(() -> {
                try (var rows = statement.executeQuery("""
                        select count(*) from pg_stat_activity, asked where application_name = 'ventros-app' and backend_start < asked.at
                        """)) {
                    return rows.next() && rows.getInt(1) == 0;
                }
            });
            var scans = new TreeMap<String, Long>();
            try (var rows = statement.executeQuery("""
                    select s.relname, s.seq_scan from pg_stat_user_tables s join pg_class c on c.oid = s.relid where c.reltuples >= %d
                    """.formatted(LARGE))) {
                while (rows.next()) scans.put(rows.getString(1), rows.getLong(2));
            }
            return scans;
        }
    }

    private Connection superuser() throws SQLException {
        return DriverManager.getConnection(server.url(), server.username(), server.password());
    }
}
