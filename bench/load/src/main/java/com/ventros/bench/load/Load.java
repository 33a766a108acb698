package com.ventros.bench.load;

import com.ventros.bench.load.Posting.Request;
import com.ventros.bench.load.Posting.Result;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Measures the way of a delivery: posts signed deliveries to the program, waits until the last effect of the last one,
 * and reports how long each took, how many a second went through, and whether the database has each of them once.
 */
public final class Load {

    /** No run is longer than that many deliveries: their times are kept in memory. */
    private static final int MOST = 4_000_000;
    /** A program makes none of its own beside a database that is not its own; any will do. */
    private static final String SECRETS_KEY = "bGFib3JhdG9yeS1sYWJvcmF0b3J5LWxhYm9yYXRvcnk=";
    /** Deliveries a second that no machine of today takes here; bounds what a run without a rate may keep. */
    private static final int FASTEST = 20_000;

    private final Options options;
    private final List<String> command;
    private final Path root;
    private final StringBuilder report = new StringBuilder();
    private Database database;
    private long programPid;
    private long postgresPid;

    private Load(Options options, List<String> command, Path root) {
        this.options = options;
        this.command = command;
        this.root = root;
    }

    public static void main(String[] arguments) throws Exception {
        var root = Path.of(System.getProperty("bench.root")).toAbsolutePath().normalize();
        if (List.of(arguments).contains("--help")) {
            IO.print(Options.USAGE);
            return;
        }
        try {
            new Load(Options.parse(List.of(arguments), root), List.of(arguments), root).measure();
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
        }
    }

    private record Door(URI server, String path, String session) {}

    private void measure() throws Exception {
        if (options.door().isPresent()) {
            var door = options.door().get();
            database = external();
            requireCommitTimes();
            measure(List.of(new Door(door, door.getPath(), options.session())), options.secret());
            return;
        }
        if (!Files.exists(options.jar())) throw new IllegalArgumentException("Build the program first: ./mvnw -DskipTests package");
        delete(options.folder());
        Files.createDirectories(options.folder());
        var settings = new ArrayList<>(options.settings());
        options.rabbit().ifPresent(url -> settings.add("--spring.rabbitmq.addresses=" + url));
        options.postgres().ifPresent(_ -> {
            var own = external();
            settings.addAll(List.of("--spring.datasource.url=" + own.url(), "--spring.datasource.username=" + own.user(),
                    "--spring.datasource.password=" + own.password(), "--crm.secrets.key=" + SECRETS_KEY));
        });
        try (var program = new Program(options.jar(), options.folder(), options.javaOptions(), settings)) {
            program.start();
            if (options.postgres().isEmpty()) {
                // Both need a restart of PostgreSQL, which stops and starts with the program.
                program.database().execute("alter system set track_commit_timestamp = on");
                if (options.profile().isPresent()) {
                    program.database().execute("alter system set shared_preload_libraries = 'pg_stat_statements'");
                }
                program.close();
                program.start();
                database = program.database();
                postgresPid = Long.parseLong(Files.readAllLines(options.folder().resolve("data/postgres/postmaster.pid"))
                        .getFirst().strip());
            } else {
                database = external();
            }
            requireCommitTimes();
            if (options.profile().isPresent()) database.execute("create extension if not exists pg_stat_statements");
            programPid = program.pid();
            var doors = new ArrayList<Door>();
            for (int i = 0; i < options.channels(); i++) {
                var session = "vendas-" + i;
                doors.add(new Door(program.address(), program.createChannel(session), session));
            }
            measure(doors, Program.SECRET);
        }
        delete(options.folder());
    }

    private void measure(List<Door> doors, String secret) throws Exception {
        describe();
        if (!options.warmUp().isZero()) run(doors, secret, 0, options.warmUp(), false);
        for (var rate : options.rates()) {
            run(doors, secret, rate, options.each(), options.profile().isPresent() && rate.equals(options.rates().getLast()));
        }
        if (options.limits()) limits();
        IO.println("\n" + report);
    }

    private void run(List<Door> doors, String secret, double rate, Duration duration, boolean profiled) throws Exception {
        var run = "%08X".formatted(ThreadLocalRandom.current().nextInt());
        var deliveries = new Deliveries(root.resolve("src/test/resources/waha/events"), run, options.customers(), secret);
        var most = Math.clamp((long) ((rate == 0 ? FASTEST : rate) * duration.toSeconds()) + 1, 1, MOST);
        var name = rate == 0 ? "as fast as " + options.connections() + " connections go" : "%.0f a second".formatted(rate);
        System.err.println(name + " for " + duration.toSeconds() + " s …");
        if (profiled) {
            database.execute("select pg_stat_statements_reset()");
            jcmd("JFR.start", "name=load", "settings=profile");
        }
        var told = Books.told(database);
        var before = Cost.now(programPid, postgresPid, database, profiled);
        var start = System.currentTimeMillis();
        var result = new Posting(doors.getFirst().server(), options.connections()).run((int) most, duration, rate, i -> {
            // A customer always writes to the same number, as people do.
            var door = doors.get(i % options.customers() % doors.size());
            var delivery = deliveries.delivery(i, door.session(), start + i / options.customers() * 1_000L);
            return new Request(door.path(), "X-Webhook-Hmac-Algorithm: sha512\r\nX-Webhook-Hmac: " + delivery.signature()
                    + "\r\nX-Webhook-Request-Id: " + delivery.requestId() + "\r\n", delivery.body());
        });
        var books = new Books(database, run);
        books.drain(result.accepted(), told);
        var cost = Cost.now(programPid, postgresPid, database, profiled).since(before);
        if (profiled) {
            var folder = options.profile().orElseThrow().toAbsolutePath();
            Files.createDirectories(folder);
            jcmd("JFR.dump", "name=load", "filename=" + folder.resolve("load.jfr"));
            jcmd("JFR.stop", "name=load");
            Files.writeString(folder.resolve("statements.md"), statements(result.accepted()));
        }
        var balance = books.balance(result);
        tell(name, result, balance, cost, profiled);
        System.err.println("  " + (balance.clean() ? "clean" : "NOT CLEAN") + ", %.0f/s end to end".formatted(
                balance.saved() / balance.doneBy()));
    }

    private void tell(String name, Result result, Books.Balance balance, Cost cost, boolean profiled) {
        int n = Math.max(1, balance.saved());
        report.append("\n#### ").append(name).append("\n\n");
        report.append("| | |\n| --- | --- |\n");
        row("posted, accepted, refused", "%,d, %,d, %,d".formatted(result.posted(), result.accepted(), result.refused()));
        row("accepted a second", "%,.0f".formatted(result.accepted() / result.seconds()));
        row("saved a second, until the last was", "%,.0f".formatted(balance.saved() / balance.savedBy()));
        row("**with all effects a second, until the last had**", "**%,.0f**".formatted(balance.saved() / balance.doneBy()));
        row("balance in the database", ("accepted %,d = messages %,d = events %,d = on screens %,d; lost %d, doubled %d, shown twice %d,"
                + " failures %d").formatted(balance.accepted(), balance.saved(), balance.events(), balance.shown(),
                balance.lost(), balance.doubled(), balance.shownTwice(), balance.failures()));
        row("the program's own books", "accepted %,d, applied %,d".formatted(balance.booksAccepted(), balance.booksApplied()));
        row("processor seconds: program, PostgreSQL, generator, others", "%.1f, %.1f, %.1f, %.1f".formatted(
                cost.program(), cost.postgres(), cost.generator(), cost.others()));
        row("per message", "%,d bytes of WAL, %.2f WAL flushes, %.2f commits%s".formatted(cost.walBytes() / n,
                (double) cost.walFlushes() / n, (double) cost.commits() / n,
                profiled ? ", %.2f statements".formatted((double) cost.statements() / n) : ""));
        report.append("\n| milliseconds from the due time | p50 | p90 | p99 | p99.9 | max | n |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        latency("answered 200", result.latency());
        latency("message committed", balance.savedAfter());
        latency("event in the live stream committed", balance.liveAfter());
        latency("timeline row committed (messages that begin a session)", balance.timelineAfter());
    }

    private void row(String name, String value) {
        report.append("| ").append(name).append(" | ").append(value).append(" |\n");
    }

    private void latency(String name, Histogram micros) {
        report.append("| ").append(name);
        for (var percentile : List.of(50.0, 90.0, 99.0, 99.9, 100.0)) {
            report.append(" | %.1f".formatted(micros.getValueAtPercentile(percentile) / 1e3));
        }
        report.append(" | %,d |\n".formatted(micros.getTotalCount()));
    }

    private void limits() throws Exception {
        System.err.println("limits of the machine …");
        var limits = new Limits(database);
        limits.prepare();
        var single = limits.singleRows();
        var grouped = limits.groupedRows();
        var http = limits.httpRows();
        limits.clear();
        report.append("\n#### The machine's limits, the same minute, the same PostgreSQL\n\n| | a second |\n| --- | ---: |\n");
        row("single-row durable inserts, 16 clients", "%,.0f".formatted(single));
        row("rows inserted fifty a commit, 4 clients", "%,.0f".formatted(grouped));
        row("single-row durable HTTP inserts (Tomcat, virtual threads, 1 KB)", "%,.0f".formatted(http));
        row("a third of that", "%,.0f".formatted(http / 3));
        if (options.rabbit().isPresent()) {
            row("persistent messages confirmed by a quorum queue, 1 KB", "%,.0f".formatted(Limits.confirms(options.rabbit().get())));
        }
    }

    private void describe() throws Exception {
        var commit = output(List.of("git", "-C", root.toString(), "rev-parse", "--short", "HEAD"));
        if (!output(List.of("git", "-C", root.toString(), "status", "--porcelain", "--", "src", "pom.xml")).isEmpty()) {
            commit += " with changes";
        }
        var cpu = Files.readAllLines(Path.of("/proc/cpuinfo")).stream().filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2)).findFirst().orElse("?");
        var memory = Files.readAllLines(Path.of("/proc/meminfo")).getFirst().replaceAll("\\D+", "");
        report.append("### ").append(options.rabbit().isPresent() ? "RabbitMQ" : "Queues in PostgreSQL")
                .append(options.postgres().isPresent() ? ", external PostgreSQL " : ", embedded PostgreSQL ")
                .append(database.text("show server_version")).append("\n\n`bench/load/run")
                .append(command.isEmpty() ? "" : " " + String.join(" ", command).replaceAll("://[^@ ]+@", "://…@")
                        .replaceAll("password=[^& ]+", "password=…"))
                .append("`\n\nCommit ").append(commit).append(". ")
                .append(Runtime.getRuntime().availableProcessors()).append(" cores of ").append(cpu).append(", ")
                .append(Long.parseLong(memory) / 1_048_576).append(" GiB; Java ").append(Runtime.version().feature())
                .append("; generator, program and servers on the same cores.\n");
    }

    /** The most expensive statements, with what each costs a message. */
    private String statements(int messages) throws Exception {
        var table = new StringBuilder("| ms | calls | ms/call | rows/call | WAL bytes/message | statement |\n")
                .append("| ---: | ---: | ---: | ---: | ---: | --- |\n");
        try (var connection = database.connect(); var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        select round(total_exec_time) ms, calls, round(mean_exec_time::numeric, 2) each,
                               round(rows / calls::numeric, 1) rows, wal_bytes, regexp_replace(left(query, 160), '\\s+', ' ', 'g') query
                          from pg_stat_statements order by total_exec_time desc limit 60
                        """)) {
            while (rows.next()) {
                table.append("| ").append(rows.getLong(1)).append(" | ").append(rows.getLong(2)).append(" | ")
                        .append(rows.getString(3)).append(" | ").append(rows.getString(4)).append(" | ")
                        .append(rows.getLong(5) / Math.max(1, messages)).append(" | ").append(rows.getString(6)).append(" |\n");
            }
        }
        return table.toString();
    }

    private Database external() {
        var url = options.postgres().orElseThrow();
        var user = parameter(url, "user");
        var password = parameter(url, "password");
        return new Database(url.substring(0, url.indexOf('?')), user, password);
    }

    private static String parameter(String url, String name) {
        var found = java.util.regex.Pattern.compile("[?&]" + name + "=([^&]*)").matcher(url);
        if (!found.find()) throw new IllegalArgumentException("--postgres needs ?user=...&password=...");
        return found.group(1);
    }

    private void requireCommitTimes() throws Exception {
        if (!database.text("show track_commit_timestamp").equals("on")) {
            throw new IllegalArgumentException("PostgreSQL must keep commit times: set track_commit_timestamp = on and restart it");
        }
    }

    private void jcmd(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(programPid)));
        command.addAll(List.of(arguments));
        output(command);
    }

    private static String output(List<String> command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes());
        if (!process.waitFor(60, TimeUnit.SECONDS)) process.destroyForcibly();
        return output.strip();
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (var all = Files.walk(folder)) {
            for (var file : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        }
    }
}
