package com.ventros.bench.load;

import com.ventros.bench.load.Posting.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import tools.jackson.databind.JsonNode;

/**
 * Measures what people wait for in a database as it is after a year: fills one company and a hundred small ones beside it,
 * has users ask for each page at once, and takes in deliveries before and after.
 */
public final class Scale {

    static final String USAGE = """
            Usage: bench/scale [--factor 1] [--folder target/scale] [--users 20] [--seconds 8] [--ingest 20] [--jar target/ventros-crm.jar]
              --factor   1: 1,000,000 contacts, 200,000 sessions, 5,000,000 messages and their events in one company
              --folder   data are kept there, and used again where they are filled already
            """;

    private static final int CONTACTS = 1_000_000;
    private static final int CHATS = 100_000;
    private static final int SESSIONS = 200_000;
    private static final int DEALS = 50_000;
    private static final int SMALL = 100;
    private static final int CUSTOMERS = 5_000;
    private static final int POSTERS = 16;
    private static final int MOST = 1_000_000;
    private static final int PAGES_DEEP = 100;
    /** Smaller tables may well be read from end to end. */
    private static final int LARGE = 10_000;
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration DRAIN = Duration.ofMinutes(5);
    private static final long LOOK_MILLIS = 200;
    private static final String SESSION = "vendas-0";
    /** All users here are one caller, who would be told to wait. */
    private static final List<String> NO_LIMITS = List.of("--crm.http.rate-limit.per-second=100000", "--crm.http.rate-limit.burst=1000000",
            "--crm.http.rate-limit.tenant-per-second=100000", "--crm.http.rate-limit.tenant-burst=1000000");

    private final Path root;
    private final Path folder;
    private final Path jar;
    private final double factor;
    private final int users;
    private final Duration each;
    private final Duration ingest;

    private Scale(Path root, Map<String, String> options) {
        this.root = root;
        this.folder = Path.of(options.getOrDefault("--folder", root.resolve("target/scale").toString())).toAbsolutePath();
        this.jar = Path.of(options.getOrDefault("--jar", root.resolve("target/ventros-crm.jar").toString())).toAbsolutePath();
        this.factor = Double.parseDouble(options.getOrDefault("--factor", "1"));
        this.users = Integer.parseInt(options.getOrDefault("--users", "20"));
        this.each = Duration.ofSeconds(Long.parseLong(options.getOrDefault("--seconds", "8")));
        this.ingest = Duration.ofSeconds(Long.parseLong(options.getOrDefault("--ingest", "20")));
    }

    public static void main(String[] arguments) throws Exception {
        var options = new LinkedHashMap<String, String>();
        for (int i = 0; i + 1 < arguments.length; i += 2) options.put(arguments[i], arguments[i + 1]);
        if (arguments.length % 2 != 0 || !List.of("--factor", "--folder", "--users", "--seconds", "--ingest", "--jar").containsAll(options.keySet())) {
            IO.print(USAGE);
            System.exit(2);
        }
        new Scale(Path.of(System.getProperty("bench.root")).toAbsolutePath().normalize(), options).measure();
    }

    private int scaled(int whole) {
        return (int) Math.round(whole * factor);
    }

    private void measure() throws Exception {
        Files.createDirectories(folder);
        var filled = folder.resolve("filled");
        try (var program = new Program(jar, folder, List.of("-Xmx1g"), NO_LIMITS)) {
            program.start();
            if (!Files.exists(filled)) {
                var door = program.createChannel(SESSION);
                ingest(program, door, WARM_UP.multipliedBy(5));
                IO.println("| deliveries a second with all effects, empty database | %,.0f |".formatted(ingest(program, door, ingest)));
                var pipeline = program.post("/api/v1/pipelines", """
                        {"name": "Vendas", "isDefault": false, "statuses": [{"name": "Novo", "kind": "open", "colour": "#1c7ed6"},
                         {"name": "Proposta", "kind": "open", "colour": "#f59f00"}, {"name": "Ganho", "kind": "won", "colour": "#2f9e44"}]}""");
                fill(program.database(), pipeline.path("id").asString());
                Files.writeString(filled, pipeline.path("id").asString() + "\n" + door);
                // What was read of the empty database is forgotten.
                program.close();
                program.start();
            }
            var kept = Files.readAllLines(filled);
            size(program.database());
            // Nobody answers at the address of the deliveries' files; looking for them again and again is no work of a page.
            program.database().execute("delete from message_file where state = 'WAITING'");
            ask(program, kept.getFirst());
            ingest(program, kept.getLast(), WARM_UP);
            IO.println("| deliveries a second with all effects, full database | %,.0f |".formatted(ingest(program, kept.getLast(), ingest)));
        }
    }

    private void fill(Database database, String pipeline) throws Exception {
        var values = Map.of("contacts", scaled(CONTACTS), "chats", scaled(CHATS), "sessions", scaled(SESSIONS), "deals", scaled(DEALS),
                "small", SMALL, "session", SESSION, "pipeline", pipeline);
        String script;
        try (var in = Scale.class.getResourceAsStream("/scale.sql")) {
            script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        for (var value : values.entrySet()) script = script.replace("${" + value.getKey() + "}", value.getValue().toString());
        try (var connection = database.connect(); var statement = connection.createStatement()) {
            for (var sql : script.split(";\n")) {
                if (sql.isBlank()) continue;
                long start = System.nanoTime();
                statement.execute(sql);
                long seconds = (System.nanoTime() - start) / 1_000_000_000;
                var lines = sql.strip().lines().filter(line -> !line.startsWith("--")).findFirst().orElse("");
                if (seconds > 0) System.err.println(seconds + " s  " + lines);
            }
        }
    }

    private static void size(Database database) throws Exception {
        IO.println("| database | %s, %s contacts, %s messages, %s events |".formatted(
                database.text("select pg_size_pretty(pg_database_size(current_database()))"),
                database.text("select to_char(sum(reltuples), 'FM999,999,999') from pg_class where relname = 'contact'"),
                database.text("select to_char(sum(reltuples), 'FM999,999,999') from pg_class where relname ~ '^message_(20|default)' and relkind = 'r'"),
                database.text("select to_char(sum(reltuples), 'FM999,999,999') from pg_class where relname ~ '^domain_event_logs_' and relkind = 'r'")));
    }

    private void ask(Program program, String pipeline) throws Exception {
        var database = program.database();
        var status = program.get("/api/v1/pipelines/" + pipeline).path("statuses").get(0).path("id").asString();
        var deepContacts = deep(program, "/api/v1/contacts");
        var deepChats = deep(program, "/api/v1/chats");
        var pages = new LinkedHashMap<String, IntFunction<String>>();
        pages.put("inbox", _ -> "/api/v1/chats?limit=30");
        pages.put("inbox, %d pages down".formatted(PAGES_DEEP), _ -> deepChats);
        pages.put("inbox, unread", _ -> "/api/v1/chats?limit=30&filter=unread");
        pages.put("inbox, by a name", _ -> "/api/v1/chats?limit=30&q=" + encoded(name()));
        pages.put("conversation", _ -> "/api/v1/chats/" + id(5, CHATS) + "/messages?limit=50");
        pages.put("contacts", _ -> "/api/v1/contacts?limit=50");
        pages.put("contacts, %d pages down".formatted(PAGES_DEEP), _ -> deepContacts);
        pages.put("contacts, by a full name", _ -> "/api/v1/contacts?limit=50&q=" + encoded(name()));
        pages.put("contacts, by a number", _ -> "/api/v1/contacts?limit=50&q=" + (10_000_000 + random(CONTACTS)));
        pages.put("contacts, filtered by tag", _ -> "/api/v1/contacts/search?limit=50&filter="
                + encoded("{\"field\":\"tag\",\"equals\":\"etiqueta " + random(10_000_000) % 10 + "\"}"));
        pages.put("contacts, by tag and name, sorted by name", _ -> "/api/v1/contacts/search?limit=50&sort=name&filter="
                + encoded("{\"and\":[{\"field\":\"tag\",\"equals\":\"etiqueta 3\"},{\"field\":\"name\",\"contains\":\"souza\"}]}"));
        pages.put("messages, by a frequent word", _ -> "/api/v1/messages/search?limit=50&q=tem");
        pages.put("messages, by a word that the newest have not", _ -> "/api/v1/messages/search?limit=50&q=pedido");
        pages.put("messages, by a rare word", _ -> "/api/v1/messages/search?limit=50&q=" + random(SESSIONS * 25));
        pages.put("contact", _ -> "/api/v1/contacts/" + id(4, CONTACTS));
        pages.put("timeline", _ -> "/api/v1/contacts/" + id(4, CHATS) + "/timeline?limit=50");
        pages.put("sessions, open", _ -> "/api/v1/sessions?status=open&limit=50");
        pages.put("sessions of a contact", _ -> "/api/v1/sessions?limit=50&contactId=" + id(4, CHATS));
        pages.put("board", _ -> "/api/v1/pipelines/" + pipeline + "/board");
        pages.put("cards of a column", _ -> "/api/v1/pipelines/" + pipeline + "/statuses/" + status + "/cards?limit=50");
        var before = scans(database);
        IO.println("\n| page, %d users at once | p50, ms | p95 | p99 | a second | not 200 |\n| --- | ---: | ---: | ---: | ---: | ---: |".formatted(users));
        var authorization = program.authorization();
        // All of them first: whoever came first would be measured with a cold Java.
        var posting = new Posting(program.address(), users);
        for (var path : pages.values()) posting.run(MOST, WARM_UP, 0, i -> Request.get(path.apply(i), authorization));
        for (var page : pages.entrySet()) {
            var result = posting.run(MOST, each, 0, i -> Request.get(page.getValue().apply(i), authorization));
            var latency = result.latency();
            IO.println("| %s | %.1f | %.1f | %.1f | %,.0f | %d |".formatted(page.getKey(), latency.getValueAtPercentile(50) / 1e3,
                    latency.getValueAtPercentile(95) / 1e3, latency.getValueAtPercentile(99) / 1e3,
                    result.accepted() / result.seconds(), result.refused()));
        }
        var after = scans(database);
        after.replaceAll((table, scans) -> scans - before.getOrDefault(table, 0L));
        after.values().removeIf(scans -> scans == 0);
        IO.println("\n| large tables read from end to end meanwhile | " + (after.isEmpty() ? "none" : after) + " |");
    }

    /** How often each large table was read from end to end. */
    private static Map<String, Long> scans(Database database) throws Exception {
        var scans = new TreeMap<String, Long>();
        try (var connection = database.connect(); var statement = connection.createStatement();
                var rows = statement.executeQuery("select relname, seq_scan from pg_stat_user_tables where n_live_tup >= " + LARGE)) {
            while (rows.next()) scans.put(rows.getString(1), rows.getLong(2));
        }
        return scans;
    }

    private static String deep(Program program, String path) throws Exception {
        JsonNode page = program.get(path + "?limit=50");
        for (int i = 1; i < PAGES_DEEP && page.path("nextCursor").isString(); i++) {
            page = program.get(path + "?limit=50&cursor=" + encoded(page.path("nextCursor").asString()));
        }
        return path + "?limit=50&cursor=" + encoded(page.path("nextCursor").asString());
    }

    private int random(int whole) {
        return ThreadLocalRandom.current().nextInt(Math.max(1, scaled(whole)));
    }

    /** As scale.sql makes them. */
    private String id(int kind, int whole) {
        return "%08x-0000-7000-8000-%012x".formatted(kind, random(whole));
    }

    private String name() {
        return List.of("Ana Silva", "Juliana Rocha", "Rafael Lima", "Mariana Costa", "André Moura").get(ThreadLocalRandom.current().nextInt(5))
                + " " + random(CONTACTS) / 1_000;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Posts as fast as it is answered, and waits until nothing is on its way: deliveries a second from first to last. */
    private double ingest(Program program, String door, Duration duration) throws Exception {
        var deliveries = new Deliveries(root.resolve("src/test/resources/waha/events"), "%08X".formatted(ThreadLocalRandom.current().nextInt()),
                CUSTOMERS, Program.SECRET);
        var database = program.database();
        long start = System.nanoTime();
        long now = System.currentTimeMillis();
        var result = new Posting(program.address(), POSTERS).run(MOST, duration, 0, i -> {
            var delivery = deliveries.delivery(i, SESSION, now + i / CUSTOMERS * 1_000L);
            return new Request(door, "X-Webhook-Hmac-Algorithm: sha512\r\nX-Webhook-Hmac: " + delivery.signature()
                    + "\r\nX-Webhook-Request-Id: " + delivery.requestId() + "\r\n", delivery.body());
        });
        var deadline = System.nanoTime() + DRAIN.toNanos();
        while (database.number("select (exists(select from outbox_events) or exists(select from broker_messages))::int") > 0) {
            if (System.nanoTime() > deadline) throw new IllegalStateException("Not everything was worked off within " + DRAIN);
            Thread.sleep(LOOK_MILLIS);
        }
        return result.accepted() / ((System.nanoTime() - start) / 1e9);
    }
}
