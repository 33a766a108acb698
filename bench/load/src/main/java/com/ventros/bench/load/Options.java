package com.ventros.bench.load;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What to measure.
 *
 * @param rates       deliveries a second of each run, 0 for as fast as the connections go
 * @param rabbit      RabbitMQ for the program; queues in PostgreSQL when empty
 * @param postgres    an external PostgreSQL as a superuser sees it (user and password in the URL); the embedded one when empty
 * @param door        a door of a server that already runs, which needs {@code --postgres} and {@code --session}
 * @param profile     write what the program and PostgreSQL did to this folder
 */
record Options(Path jar, Path folder, List<Double> rates, Duration each, Duration warmUp, int connections, int customers,
               int channels, Optional<String> rabbit, Optional<String> postgres, Optional<URI> door, String session,
               String secret, boolean limits, Optional<Path> profile, List<String> javaOptions, List<String> settings) {

    static final String USAGE = """
            bench/load/run [OPTION]...  measures the way of a delivery from the door to the timeline
              --rates 200,max    runs: deliveries a second each, max for as fast as it goes
              --seconds 30       length of each run
              --warm-up 10       seconds at full speed before the first run
              --connections 64   connections that post
              --customers 2000   people who write, in turn
              --channels 2       WhatsApp numbers they write to
              --rabbit URL       the program uses this RabbitMQ (amqp://user:password@host:port/vhost)
              --postgres URL     and this PostgreSQL, 15 or newer, as a superuser, track_commit_timestamp on
                                 (jdbc:postgresql://host:port/name?user=...&password=...)
              --door URL         a door of a server that runs already, with --postgres, --session and --secret
              --no-limits        leave out what the machine can do at most
              --profile FOLDER   keep a flight recording, and PostgreSQL's statements, of the last run
              --java OPTION      one more option of the program's Java (default -Xmx1g)
              --set NAME=VALUE   one more setting of the program
            """;

    static Options parse(List<String> arguments, Path root) {
        var rates = List.of(200.0, 0.0);
        var each = Duration.ofSeconds(30);
        var warmUp = Duration.ofSeconds(10);
        int connections = 64;
        int customers = 2_000;
        int channels = 2;
        String rabbit = null;
        String postgres = null;
        URI door = null;
        var session = "vendas";
        var secret = Program.SECRET;
        boolean limits = true;
        Path profile = null;
        var java = new ArrayList<String>();
        var settings = new ArrayList<String>();
        for (var i = arguments.listIterator(); i.hasNext(); ) {
            var name = i.next();
            if (name.equals("--no-limits")) {
                limits = false;
                continue;
            }
            if (!i.hasNext()) throw new IllegalArgumentException(name + " needs a value\n\n" + USAGE);
            var value = i.next();
            switch (name) {
                case "--rates" -> rates = List.of(value.split(",")).stream()
                        .map(rate -> rate.equals("max") ? 0 : Double.parseDouble(rate)).toList();
                case "--seconds" -> each = Duration.ofSeconds(Long.parseLong(value));
                case "--warm-up" -> warmUp = Duration.ofSeconds(Long.parseLong(value));
                case "--connections" -> connections = Integer.parseInt(value);
                case "--customers" -> customers = Integer.parseInt(value);
                case "--channels" -> channels = Integer.parseInt(value);
                case "--rabbit" -> rabbit = value;
                case "--postgres" -> postgres = value;
                case "--door" -> door = URI.create(value);
                case "--session" -> session = value;
                case "--secret" -> secret = value;
                case "--profile" -> profile = Path.of(value);
                case "--java" -> java.add(value);
                case "--set" -> settings.add("--" + value);
                default -> throw new IllegalArgumentException(name + "?\n\n" + USAGE);
            }
        }
        if (door != null && postgres == null) throw new IllegalArgumentException("--door needs --postgres, to count");
        return new Options(root.resolve("target/ventros-crm.jar"), root.resolve("target/bench-load"), rates, each, warmUp,
                connections, customers, channels, Optional.ofNullable(rabbit), Optional.ofNullable(postgres),
                Optional.ofNullable(door), session, secret, limits, Optional.ofNullable(profile),
                java.isEmpty() ? List.of("-Xmx1g") : java, settings);
    }
}
