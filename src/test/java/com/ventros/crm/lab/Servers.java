package com.ventros.crm.lab;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The database and the broker of a run, which can be killed and brought back. */
sealed interface Servers extends AutoCloseable {

    /** What the lab logs in with, beside the product's own two logins. */
    record Owner(String user, String password) {}

    String APP_PASSWORD = "lab-app-password";
    String SYSTEM_PASSWORD = "lab-system-password";
    /** Where the same deliveries are applied once, in order, without faults. */
    String REFERENCE = "lab_reference";

    /** Settings of a node beside these servers; the first node may own the database. */
    List<String> settings(boolean first) throws Exception;

    /** Settings of a node on the reference database, with queues in PostgreSQL. */
    List<String> referenceSettings() throws Exception;

    /** JDBC address of a database: the product's own, or the reference. */
    String url(boolean reference) throws Exception;

    Owner owner() throws Exception;

    /** {@code kill -9} of PostgreSQL. */
    void killDatabase() throws Exception;

    /** PostgreSQL is started again; returns when it answers. */
    void restartDatabase() throws Exception;

    /** RabbitMQ, where the run has one. */
    Optional<Rabbit> rabbit();

    /** Of a run whose end was good, nobody looks at the data again. */
    void deleteData() throws Exception;

    /** A sentence for whoever looks into a run whose end was bad. */
    String whereDataAre() throws Exception;

    @Override
    void close() throws Exception;

    default List<String> logins() {
        return List.of("--crm.database.app-password=" + APP_PASSWORD, "--crm.database.system-password=" + SYSTEM_PASSWORD);
    }

    default Connection system(boolean reference) throws Exception {
        return DriverManager.getConnection(url(reference), "crm_system", SYSTEM_PASSWORD);
    }

    default Connection app(boolean reference) throws Exception {
        return DriverManager.getConnection(url(reference), "crm_app", APP_PASSWORD);
    }

    /** A fresh database for the reference. */
    default void createReference() throws Exception {
        var owner = owner();
        try (var connection = DriverManager.getConnection(url(false), owner.user(), owner.password());
                var statement = connection.createStatement()) {
            statement.execute("drop database if exists " + REFERENCE);
            statement.execute("create database " + REFERENCE);
        }
    }

    /** Ends every connection of the product's two logins, as a failing network does. */
    default void cutDatabaseConnections() throws Exception {
        for (var login : List.of("crm_system", "crm_app")) {
            try (var connection = login.equals("crm_app") ? app(false) : system(false);
                    var statement = connection.createStatement()) {
                statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = '" + login
                        + "' and pid <> pg_backend_pid()");
            }
        }
    }

    /** RabbitMQ and its faults. */
    interface Rabbit {
        URI uri();

        void kill() throws Exception;

        void restart() throws Exception;

        /** The memory alarm: whoever publishes is blocked. */
        void alarm(boolean on) throws Exception;

        void cutConnections() throws Exception;

        /** Its process, where it is one of ours that can be made to stand still. */
        Optional<Long> pid() throws Exception;

        /** Queues and the patterns of event types that they are bound to. */
        Map<String, List<String>> bindings() throws Exception;
    }

    /** PostgreSQL, and RabbitMQ if wanted, from {@code scripts/services}, that nobody else uses. */
    record Real(Path scripts, String name, Map<String, String> environment) implements Servers {

        static Real start(String name, boolean rabbit) throws Exception {
            var scripts = Path.of("scripts/services").toAbsolutePath();
            var up = new ArrayList<>(List.of("up", "--own", "--postgres"));
            var env = new ArrayList<>(List.of("env", "--own", "--postgres"));
            if (rabbit) {
                up.add("--rabbitmq");
                env.add("--rabbitmq");
            }
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    services(scripts, name, List.of("down"));
                } catch (Exception failed) {
                    System.err.println("the servers " + name + " are left behind: " + failed);
                }
            }));
            services(scripts, name, up);
            var environment = new HashMap<String, String>();
            for (var line : services(scripts, name, env).split("\n")) {
                if (!line.startsWith("export ")) continue;
                var pair = line.substring("export ".length()).split("=", 2);
                environment.put(pair[0], pair[1].replaceAll("\\\\(.)", "$1"));
            }
            var servers = new Real(scripts, name, Map.copyOf(environment));
            if (rabbit) servers.cluster().alarm(false);
            return servers;
        }

        private static String services(Path scripts, String name, List<String> arguments) throws Exception {
            var command = new ArrayList<>(List.of(scripts.toString(), arguments.getFirst(), "--name", name));
            command.addAll(arguments.subList(1, arguments.size()));
            return run(command);
        }

        private static String run(List<String> command) throws IOException, InterruptedException {
            var errors = Files.createTempFile("lab-services", ".log");
            try {
                var process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
                var said = new String(process.getInputStream().readAllBytes());
                if (process.waitFor() != 0) throw new IllegalStateException(command + ": " + said + Files.readString(errors));
                return said;
            } finally {
                Files.delete(errors);
            }
        }

        @Override
        public List<String> settings(boolean first) throws Exception {
            var settings = new ArrayList<>(datasource(false));
            rabbit().ifPresent(rabbit -> {
                var user = rabbit.uri().getUserInfo().split(":");
                settings.addAll(List.of("--spring.rabbitmq.host=" + rabbit.uri().getHost(),
                        "--spring.rabbitmq.port=" + rabbit.uri().getPort(),
                        "--spring.rabbitmq.username=" + user[0], "--spring.rabbitmq.password=" + user[1]));
            });
            return settings;
        }

        @Override
        public List<String> referenceSettings() throws Exception {
            return datasource(true);
        }

        private List<String> datasource(boolean reference) {
            var settings = new ArrayList<>(logins());
            settings.addAll(List.of("--spring.datasource.url=" + url(reference),
                    "--spring.datasource.username=" + owner().user(), "--spring.datasource.password=" + owner().password()));
            return settings;
        }

        @Override
        public String url(boolean reference) {
            var own = environment.get("CRM_TEST_POSTGRES_URL");
            return reference ? own.substring(0, own.lastIndexOf('/') + 1) + REFERENCE : own;
        }

        @Override
        public Owner owner() {
            return new Owner(environment.get("CRM_TEST_POSTGRES_USER"), environment.get("CRM_TEST_POSTGRES_PASSWORD"));
        }

        @Override
        public void killDatabase() throws Exception {
            services(scripts, name, List.of("kill", "postgres"));
        }

        @Override
        public void restartDatabase() throws Exception {
            services(scripts, name, List.of("restart", "postgres"));
        }

        @Override
        public Optional<Rabbit> rabbit() {
            return environment.containsKey("CRM_TEST_RABBITMQ_URL") ? Optional.of(cluster()) : Optional.empty();
        }

        private Rabbit cluster() {
            return new Rabbit() {
                @Override
                public URI uri() {
                    return URI.create(environment.get("CRM_TEST_RABBITMQ_URL"));
                }

                @Override
                public void kill() throws Exception {
                    services(scripts, name, List.of("kill", "rabbitmq"));
                }

                @Override
                public void restart() throws Exception {
                    services(scripts, name, List.of("restart", "rabbitmq"));
                }

                @Override
                public void alarm(boolean on) throws Exception {
                    rabbitmqctl("set_vm_memory_high_watermark", on ? "0" : "0.6");
                }

                @Override
                public void cutConnections() throws Exception {
                    rabbitmqctl("close_all_connections", "the lab");
                }

                @Override
                public Optional<Long> pid() throws Exception {
                    var status = services(scripts, name, List.of("status", "--rabbitmq"));
                    var found = Pattern.compile("pid (\\d+)").matcher(status);
                    return found.find() ? Optional.of(Long.valueOf(found.group(1))) : Optional.empty();
                }

                @Override
                public Map<String, List<String>> bindings() throws Exception {
                    var found = new HashMap<String, List<String>>();
                    for (var line : rabbitmqctl("-q", "list_bindings", "source_name", "destination_name", "routing_key").split("\n")) {
                        var columns = line.split("\t");
                        if (columns.length < 3 || !columns[0].equals("domain.events")) continue;
                        found.computeIfAbsent(columns[1], _ -> new ArrayList<>())
                                .add(columns[2].substring("domain.events.".length()));
                    }
                    return found;
                }
            };
        }

        private String rabbitmqctl(String... arguments) throws Exception {
            var command = new ArrayList<>(List.of(scripts.toString(), "rabbitmqctl", "--name", name));
            // What follows is the tool's: the script stops reading its own options at the first stranger.
            command.addAll(List.of(arguments));
            return run(command);
        }

        @Override
        public void deleteData() throws Exception {
            services(scripts, name, List.of("down", "--delete-data"));
        }

        @Override
        public String whereDataAre() throws Exception {
            return "the servers' data and logs are in " + services(scripts, name, List.of("home")).strip();
        }

        @Override
        public void close() throws Exception {
            services(scripts, name, List.of("down"));
        }
    }

    /** The PostgreSQL that comes along, which belongs to the first node, with its queues. */
    record Embedded(Node first) implements Servers {

        @Override
        public List<String> settings(boolean isFirst) throws Exception {
            var settings = new ArrayList<>(logins());
            if (!isFirst) settings.addAll(datasource(false));
            return settings;
        }

        @Override
        public List<String> referenceSettings() throws Exception {
            var settings = new ArrayList<>(logins());
            settings.addAll(datasource(true));
            return settings;
        }

        private List<String> datasource(boolean reference) throws Exception {
            return List.of("--spring.datasource.url=" + url(reference), "--spring.datasource.username=" + owner().user(),
                    "--spring.datasource.password=" + owner().password());
        }

        @Override
        public String url(boolean reference) throws Exception {
            return "jdbc:postgresql://127.0.0.1:" + kept("postgres-port") + "/" + (reference ? REFERENCE : "postgres");
        }

        @Override
        public Owner owner() throws Exception {
            return new Owner("postgres", kept("postgres-password"));
        }

        private String kept(String file) throws IOException {
            return Files.readString(first.folder().resolve("data").resolve(file)).strip();
        }

        /** The first node goes with it: nobody else would start it again, as after a power cut. */
        @Override
        public void killDatabase() throws Exception {
            var pid = Long.parseLong(Files.readAllLines(first.folder().resolve("data/postgres/postmaster.pid")).getFirst().strip());
            first.kill();
            var server = ProcessHandle.of(pid);
            server.ifPresent(ProcessHandle::destroyForcibly);
            if (server.isPresent()) server.get().onExit().get(10, TimeUnit.SECONDS);
        }

        @Override
        public void restartDatabase() throws Exception {
            first.start();
        }

        @Override
        public Optional<Rabbit> rabbit() {
            return Optional.empty();
        }

        @Override
        public void deleteData() {
            // They are in its node's folder.
        }

        @Override
        public String whereDataAre() {
            return "the database's data and log are in the folder of node " + first.name;
        }

        @Override
        public void close() {
            // Its node stops it.
        }
    }
}
