package com.ventros.crm.lab;

import com.ventros.crm.lab.LabRun.Plan;
import com.ventros.crm.lab.LabRun.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** The consistency lab from the command line; {@code lab/run} builds and starts it. Exit code 0: every run was good. */
public final class Lab {

    private static final String USAGE = """
            Usage: lab/run --seed N | --seeds FROM..TO  --broker rabbitmq|postgres  [OPTION]...
              --deliveries N    different deliveries, each handed over one to five times (50000)
              --minutes N       spread them over at least so long (as fast as it goes)
              --faults N        how many (one for 4,000 deliveries, 4 at least, and two a minute)
              --embedded        with the PostgreSQL that comes along; its queues are in it
              --markdown FILE   append a row for each run to this table
              --folder FOLDER   for data and logs, which stay when a run was bad (target/lab)
            """;
    private static final int DELIVERIES_PER_FAULT = 4_000;
    private static final int FEWEST_FAULTS = 4;

    private Lab() {}

    public static void main(String[] arguments) throws Exception {
        Map<String, String> given;
        List<Long> seeds;
        boolean rabbit;
        try {
            given = read(arguments);
            seeds = seeds(given);
            rabbit = switch (given.getOrDefault("broker", "postgres")) {
                case "rabbitmq" -> true;
                case "postgres" -> false;
                default -> throw new IllegalArgumentException("--broker is rabbitmq or postgres");
            };
            if (rabbit && given.containsKey("embedded")) throw new IllegalArgumentException("no RabbitMQ comes along");
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage() + "\n" + USAGE);
            System.exit(2);
            return;
        }
        int deliveries = Integer.parseInt(given.getOrDefault("deliveries", "50000"));
        var atLeast = Duration.ofMinutes(Integer.parseInt(given.getOrDefault("minutes", "0")));
        int faults = Optional.ofNullable(given.get("faults")).map(Integer::valueOf)
                .orElse(Math.max(Math.max(FEWEST_FAULTS, deliveries / DELIVERIES_PER_FAULT), (int) atLeast.toMinutes() * 2));
        var program = Optional.ofNullable(System.getProperty("lab.program")).map(Path::of);
        var home = Path.of(given.getOrDefault("folder", "target/lab")).toAbsolutePath();
        var results = new ArrayList<Result>();
        boolean allGood = true;
        for (var seed : seeds) {
            var plan = new Plan(seed, rabbit, given.containsKey("embedded"), deliveries, faults, atLeast, program,
                    home.resolve("seed-" + seed + "-" + ProcessHandle.current().pid()));
            try {
                var result = new LabRun(plan, System.out::println).run();
                results.add(result);
                allGood &= result.good();
                result.findings().complaints().forEach(complaint -> System.out.println("  WRONG  " + complaint));
                if (!result.good()) System.out.println("  data and logs are in " + plan.folder());
                result.findings().figures().forEach((name, value) -> System.out.printf("  %-32s %,12d%n", name, value));
                System.out.println(Result.head() + "\n" + result.row());
                if (given.containsKey("markdown")) append(Path.of(given.get("markdown")), result.row());
            } catch (Exception broken) {
                allGood = false;
                broken.printStackTrace(System.out);
                if (given.containsKey("markdown")) {
                    append(Path.of(given.get("markdown")), "| %d | %s | the run broke off: %s |".formatted(seed, plan.parts(), broken.getMessage().lines().findFirst().orElse("")));
                }
            }
        }
        if (seeds.size() > 1) {
            System.out.println(Result.head());
            results.forEach(result -> System.out.println(result.row()));
        }
        System.exit(allGood ? 0 : 1);
    }

    private static void append(Path file, String row) throws Exception {
        if (!Files.exists(file)) Files.writeString(file, Result.head() + "\n");
        Files.writeString(file, row + "\n", StandardOpenOption.APPEND);
    }

    private static Map<String, String> read(String[] arguments) {
        var given = new HashMap<String, String>();
        for (int i = 0; i < arguments.length; i++) {
            var name = arguments[i].replaceFirst("^--", "");
            if (!List.of("seed", "seeds", "broker", "deliveries", "minutes", "faults", "embedded", "markdown", "folder").contains(name)) {
                throw new IllegalArgumentException("What is " + arguments[i] + "?");
            }
            if (name.equals("embedded")) {
                given.put(name, "");
            } else if (++i < arguments.length) {
                given.put(name, arguments[i]);
            } else {
                throw new IllegalArgumentException("--" + name + " needs a value");
            }
        }
        return given;
    }

    private static List<Long> seeds(Map<String, String> given) {
        if (given.containsKey("seed")) return List.of(Long.valueOf(given.get("seed")));
        var range = given.getOrDefault("seeds", "").split("\\.\\.");
        if (range.length != 2) throw new IllegalArgumentException("Which seed?");
        return LongStream.rangeClosed(Long.parseLong(range[0]), Long.parseLong(range[1])).boxed().toList();
    }
}
