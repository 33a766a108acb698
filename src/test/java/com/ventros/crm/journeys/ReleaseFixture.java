package com.ventros.crm.journeys;

import com.ventros.crm.channels.waha.Samples;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/**
 * The rows of a small shop as a release left them: a line of JSON for each row of each table, and one for each
 * sequence. {@code bench/java com.ventros.crm.journeys.ReleaseFixture} keeps those of the present program
 * (CONTRIBUTING.md says when).
 */
final class ReleaseFixture {

    /** Seals the shop's secrets in every release, so that the next one can open them; it guards nothing else. */
    static final String MASTER_KEY = "cmVsZWFzZS1maXh0dXJlLW1hc3Rlci1rZXktMDAwMSE=";
    private static final Path FOLDER = Path.of("src/test/resources/releases");
    /** What a running program writes about itself, and what migrations fill. */
    private static final Set<String> NOT_KEPT = Set.of("flyway_schema_history", "event_nodes", "relay_leases",
            "broker_queues", "broker_messages", "broker_parcels", "broker_dead_letters");
    private static final List<String> DELIVERIES = List.of("message-gows-text", "message-gows-image-caption",
            "message-gows-location", "message-gows-poll", "message-gows-reply", "message-gows-contacts-two",
            "message-gows-lid-with-phone", "message-gows-group", "message-any-gows-outgoing-phone", "ctwa-gows-text",
            "edited-gows", "reaction-gows-add", "revoked-gows", "poll-vote-gows", "call-received-gows",
            "br-number-without-ninth-digit", "br-number-with-ninth-digit-same-person", "session-working");
    private static final Duration SETTLE = Duration.ofMinutes(2);

    private ReleaseFixture() {}

    /** The newest that is kept, with the migration it stands at. */
    static int newest() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.mapToInt(file -> Integer.parseInt(file.getFileName().toString().replaceAll("\\D", ""))).max()
                    .orElseThrow();
        }
    }

    private static List<JsonNode> lines(int migration) throws IOException {
        return Files.readAllLines(file(migration)).stream().map(line -> Program.JSON.readTree(line)).toList();
    }

    /** Puts the rows into a database at that migration, as its superuser. */
    static void load(Connection database, int migration) throws IOException, SQLException {
        try (var statement = database.createStatement()) {
            statement.execute("set session_replication_role = replica"); // rows come in the order of their tables' names
        }
        for (var line : lines(migration)) {
            var table = line.path("table").asString();
            var columns = line.path("row").propertyNames().stream().map(name -> '"' + name + '"')
                    .collect(Collectors.joining(", "));
            var sql = line.has("sequence") ? "select setval(?::regclass, ?::bigint)"
                    : "insert into %s (%s) overriding system value select %s from jsonb_populate_record(null::%s, ?::jsonb)"
                            .formatted(table, columns, columns, table);
            try (var insert = database.prepareStatement(sql)) {
                insert.setString(1, line.has("sequence") ? line.path("sequence").asString() : line.path("row").toString());
                if (line.has("sequence")) insert.setString(2, line.path("value").asString());
                insert.execute();
            }
        }
        try (var statement = database.createStatement()) {
            statement.execute("set session_replication_role = origin");
        }
    }

    public static void main(String[] arguments) throws Exception {
        var folder = Files.createTempDirectory("release-fixture");
        try (var program = new Program(folder, "--crm.secrets.key=" + MASTER_KEY).start()) {
            var channel = program.post("/api/v1/channels", """
                    {"name":"WhatsApp da loja","type":"waha","waha":{"url":"http://127.0.0.1:9","session":"vendas",
                     "apiKey":"waha-test-key","hmacSecret":"%s"}}""".formatted(Samples.SECRET));
            for (var name : DELIVERIES) deliver(program, channel.path("webhookPath").asString(), name + ".json");
            Awaitility.await().atMost(SETTLE).until(() -> settled(program));
            try (var database = program.database()) {
                keep(database);
            }
        }
    }

    private static void deliver(Program program, String door, String name) throws Exception {
        var answer = program.http().send(HttpRequest.newBuilder(program.uri(door))
                .header("Content-Type", "application/json").header("X-Webhook-Hmac", Samples.signatures().get(name))
                .POST(BodyPublishers.ofByteArray(Samples.body(name))).build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) throw new IllegalStateException(name + ": " + answer.statusCode());
    }

    private static boolean settled(Program program) throws Exception {
        return program.count("select coalesce(sum(applied), 0) from delivery_count") == DELIVERIES.size()
                && program.count("select count(*) from outbox_events") == 0
                && program.count("select count(*) from broker_messages") == 0;
    }

    private static void keep(Connection database) throws IOException, SQLException {
        var lines = new ArrayList<String>();
        var tables = strings(database, """
                select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace
                   and c.relkind in ('r', 'p') and not c.relispartition order by 1""");
        for (var table : tables) {
            if (NOT_KEPT.contains(table)) continue;
            lines.addAll(strings(database, """
                    select jsonb_build_object('table', '%s', 'row', to_jsonb(t))::text from %s t order by 1"""
                    .formatted(table, table)));
        }
        lines.addAll(strings(database, """
                select jsonb_build_object('sequence', sequencename, 'value', last_value)::text
                  from pg_sequences where schemaname = 'public' and last_value is not null order by 1"""));
        var migration = Integer.parseInt(strings(database,
                "select max(version::int)::text from flyway_schema_history").getFirst());
        Files.createDirectories(FOLDER);
        Files.write(file(migration), lines);
    }

    private static List<String> strings(Connection database, String sql) throws SQLException {
        var found = new ArrayList<String>();
        try (var statement = database.createStatement(); var rows = statement.executeQuery(sql)) {
            while (rows.next()) found.add(rows.getString(1));
        }
        return found;
    }

    /** Rows by table. */
    static Map<String, Long> counts(int migration) throws IOException {
        return lines(migration).stream().filter(line -> line.has("table")).collect(Collectors.groupingBy(
                line -> line.path("table").asString(), Collectors.counting()));
    }

    private static Path file(int migration) {
        return FOLDER.resolve("V%03d.jsonl".formatted(migration));
    }
}
