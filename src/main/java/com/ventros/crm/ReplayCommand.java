package com.ventros.crm;

import com.ventros.crm.embedded.NobodyThere;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.ReplayClient;
import com.ventros.crm.events.Replays;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.tenancy.Tenancy;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * {@code ventros-crm.jar replay …}: asks for a replay and watches it. The programs that run on the database do the work;
 * when none runs, this one does, as a whole program that nobody can reach, until the replay is over.
 */
final class ReplayCommand {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int REFUSED = 2;
    static final int CANCELLED = 3;

    private static final String USAGE = """
            replay --consumer NAME --tenant ID [--type TYPE]... [--aggregate ID] [--from TIME] [--to TIME]
                   [--rate EVENTS_PER_SECOND] [--dry-run] [--setting=value]...
              TYPE is an event type; * stands for one word, # for any number. TIME is that of recording, such as
              2026-11-20T12:00:00Z. Ends with 0 when the replay is through, 1 when it failed, 2 when it was refused,
              3 when somebody cancelled it.""";
    /** A program counts a beat a second; who has counted none in between is dead. */
    private static final Duration BEATS = Duration.ofMillis(2_500);
    private static final Duration LOOK = Duration.ofMillis(500);

    private record Options(UUID tenant, Replays.Request request, boolean dryRun, List<String> settings) {}

    private final PrintStream out;

    ReplayCommand(PrintStream out) {
        this.out = out;
    }

    /** The exit code. */
    int run(List<String> arguments) {
        try {
            var options = parse(arguments);
            try (var program = open(options.settings())) {
                return Tenancy.call(new TenantId(options.tenant()), () -> Cause.outside(Actor.system("command-line"))
                        .call(() -> work(program, options)));
            }
        } catch (Refusal refused) {
            out.println(refused.code() + ": " + refused.getMessage());
            return REFUSED;
        } catch (IllegalArgumentException | DateTimeParseException wrong) {
            out.println(wrong.getMessage());
            out.println(USAGE);
            return REFUSED;
        } catch (RuntimeException failed) {
            out.println("failed: " + failed.getMessage());
            return FAILED;
        }
    }

    private int work(ConfigurableApplicationContext program, Options options) {
        var replays = program.getBean(Replays.class);
        if (system(program).sql("select count(*) from tenant where tenant_id = :id").param("id", options.tenant())
                .query(Integer.class).single() == 0) {
            throw Refusal.notFound("tenant");
        }
        if (options.dryRun()) {
            var counts = replays.dryRun(options.request());
            counts.forEach(count -> out.printf("%10d  %s  %s%n", count.events(), count.consumer(), count.type()));
            out.printf("%10d  events in all; nothing was delivered%n", counts.stream().mapToLong(Replays.Count::events).sum());
            return DONE;
        }
        if (options.request().consumer().isBlank()) throw new IllegalArgumentException("--consumer is missing");
        return watch(replays, replays.start(options.request()));
    }

    private int watch(Replays replays, Replays.Shown replay) {
        out.println("replay " + replay.id() + " (" + replay.kind() + "); it goes on if this command is stopped");
        var told = "";
        while (replay.finishedAt().isEmpty()) {
            var now = progress(replay)
                    + (replay.failed() == 0 ? "" : ", %d among the failures".formatted(replay.failed()));
            if (!now.equals(told)) out.println(told = now);
            pause(LOOK);
            replay = replays.find(replay.id());
        }
        out.println(progress(replay));
        return replay.state().equals("done") ? DONE : CANCELLED;
    }

    private static String progress(Replays.Shown replay) {
        return replay.mended().map(mended -> "%d of %d rows counted anew, %d of them mended, %s".formatted(replay.applied(), replay.total(), mended, replay.state()))
                .orElseGet(() -> "%d of %d events applied, %s".formatted(replay.applied(), replay.total(), replay.state()));
    }

    /** As a guest beside running programs, or as the program itself when there is none. */
    private ConfigurableApplicationContext open(List<String> settings) {
        try {
            var guest = new SpringApplicationBuilder(ReplayClient.class).web(WebApplicationType.NONE)
                    .bannerMode(Banner.Mode.OFF).logStartupInfo(false)
                    .run(with(settings, "--crm.embedded.guest=true", "--spring.temporal.connection.target=none",
                            "--logging.level.root=off"));
            if (somebodyWorks(system(guest))) return guest;
            guest.close();
        } catch (RuntimeException failed) {
            if (!nobodyThere(failed)) throw failed;
        }
        out.println("no program is running on this database; this one starts and does the work");
        return new SpringApplicationBuilder(VentrosApplication.class).bannerMode(Banner.Mode.OFF)
                .run(with(settings, "--server.port=0", "--crm.roles=relay,worker", "--logging.level.root=warn"));
    }

    private static boolean nobodyThere(Throwable failed) {
        for (var cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof NobodyThere) return true;
        }
        return false;
    }

    private static boolean somebodyWorks(JdbcClient system) {
        try {
            var before = beats(system);
            pause(BEATS);
            return beats(system).entrySet().stream().anyMatch(node -> !node.getValue().equals(before.get(node.getKey())));
        } catch (BadSqlGrammarException emptyDatabase) {
            return false;
        }
    }

    private static Map<Long, Long> beats(JdbcClient system) {
        record Node(long node, long beat) {}
        return system.sql("select node, beat from event_nodes").query(Node.class).list().stream()
                .collect(Collectors.toMap(Node::node, Node::beat));
    }

    private static JdbcClient system(ConfigurableApplicationContext program) {
        return BeanFactoryAnnotationUtils.qualifiedBeanOfType(program.getBeanFactory(), JdbcClient.class, "system");
    }

    private static String[] with(List<String> settings, String... more) {
        var all = new ArrayList<>(settings);
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static Options parse(List<String> arguments) {
        Set<String> types = new LinkedHashSet<>();
        var values = new HashMap<String, String>();
        var settings = new ArrayList<String>();
        var dryRun = false;
        for (var left = arguments.listIterator(); left.hasNext();) {
            var argument = left.next();
            var name = argument.split("=", 2)[0];
            switch (name) {
                case "--dry-run" -> dryRun = true;
                case "--consumer", "--tenant", "--type", "--aggregate", "--from", "--to", "--rate" -> {
                    if (!argument.contains("=") && !left.hasNext()) throw new IllegalArgumentException(name + " needs a value");
                    var value = argument.contains("=") ? argument.substring(name.length() + 1) : left.next();
                    if (name.equals("--type")) types.add(value);
                    else values.put(name, value);
                }
                default -> {
                    if (!argument.matches("--[\\w.-]+=.*")) throw new IllegalArgumentException("what is " + argument + "?");
                    settings.add(argument);
                }
            }
        }
        if (!values.containsKey("--tenant")) throw new IllegalArgumentException("--tenant is missing");
        return new Options(UUID.fromString(values.get("--tenant")),
                new Replays.Request(values.getOrDefault("--consumer", ""), types,
                        Optional.ofNullable(values.get("--aggregate")).map(UUID::fromString),
                        Optional.ofNullable(values.get("--from")).map(Instant::parse),
                        Optional.ofNullable(values.get("--to")).map(Instant::parse),
                        Optional.ofNullable(values.get("--rate")).map(Integer::valueOf)),
                dryRun, settings);
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", stop);
        }
    }
}
