package com.ventros.crm.embedded;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own: durable ({@code fsync} on), on loopback, with a password.
 *
 * <p>A server that a killed program left behind is stopped first and never adopted: it would run with old settings
 * and die with nobody.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final String SUPERUSER = "postgres";
    private static final String EXTERNAL = "set spring.datasource.url to an external PostgreSQL (15 or newer).";
    /** Marks a cluster whose making came to its end. */
    private static final String READY = "ventros-ready";
    /** A first start unpacks 60 MB and runs initdb: 3 s on two cores, longer on a slow disk. */
    private static final Duration START_WAIT = Duration.ofSeconds(60);
    /** PostgreSQL's fast shutdown writes a checkpoint; after that long it is killed, which loses nothing. */
    private static final Duration STOP_WAIT = Duration.ofSeconds(10);
    /** The pools of this program (16 + 8 + Flyway) and some room for an administrator. */
    private static final String MAX_CONNECTIONS = "60";

    private final Path data;
    private final int port;
    private final Optional<FileChannel> lock;
    private final String password;

    private EmbeddedDatabase(Path data, int port, Optional<FileChannel> lock, String password) {
        this.data = data;
        this.port = port;
        this.lock = lock;
        this.password = password;
    }

    /** Starts the server on the data folder, creating it at the first time. */
    static EmbeddedDatabase start(EmbeddedProperties settings) {
        var home = settings.dataDir().toAbsolutePath();
        var binaries = settings.binariesDir().map(Path::of).orElse(home.resolve("bin"));
        var data = home.resolve("postgres");
        requirePrograms(System.getProperty("os.name"), System.getProperty("os.arch"));
        try {
            Files.createDirectories(home);
            var lock = lock(home);
            try {
                stop(data);
                var password = password(home);
                var port = port(home);
                if (!Files.exists(data.resolve(READY)) || control(binaries).isEmpty()) create(binaries, data, password);
                run(control(binaries).orElseThrow(), data, port, settings.sharedBuffers());
                return new EmbeddedDatabase(data, port, Optional.of(lock), password);
            } catch (IOException | RuntimeException failed) {
                lock.close();
                throw failed;
            }
        } catch (IOException failed) {
            throw new CannotStart("The embedded PostgreSQL did not start in " + home + " (" + failed.getMessage() + ").",
                    "Where user namespaces are forbidden to root, run as an ordinary user or " + EXTERNAL, failed);
        }
    }

    /** The server that another program runs on the folder; a guest never stops it. */
    static EmbeddedDatabase visit(EmbeddedProperties settings) {
        var home = settings.dataDir().toAbsolutePath();
        try {
            if (!Files.exists(home.resolve("postgres-port"))) throw new NobodyThere(home.toString());
            var port = Integer.parseInt(Files.readString(home.resolve("postgres-port")).strip());
            if (isFree(port)) throw new NobodyThere(home.toString());
            return new EmbeddedDatabase(home.resolve("postgres"), port, Optional.empty(), password(home));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read " + home, failed);
        }
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    public String username() {
        return SUPERUSER;
    }

    public String password() {
        return password;
    }

    @Override
    public void close() throws IOException {
        if (lock.isEmpty()) return;
        stop(data);
        lock.get().close();
    }

    /** PostgreSQL's programs are in the jar for the system that built it, and for no other. */
    static void requirePrograms(String system, String machine) {
        if (system.startsWith("Windows")) {
            throw new CannotStart("The embedded PostgreSQL runs on Linux and macOS only.",
                    "Start Ventros CRM in the Windows Subsystem for Linux, or " + EXTERNAL);
        }
        try (var programs = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
                system.startsWith("Mac") ? "Darwin" : system, machine)) {
            if (programs != null) return;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (IllegalStateException unheardOf) {
            log.debug("a machine that the library of the programs does not know", unheardOf);
        }
        throw new CannotStart("This build has no PostgreSQL for " + system + " " + machine + ".",
                "Build it on this kind of system (Linux or macOS, amd64 or arm64), or " + EXTERNAL);
    }

    /** Unpacks PostgreSQL, makes a database cluster, and locks it with the password. */
    private static void create(Path binaries, Path data, String password) throws IOException {
        try (var server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(binaries.toFile())
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("fsync", "on")
                .setConnectConfig("password", password)
                .setPGStartupWait(START_WAIT)
                .start()) {
            requirePassword(server, data, password);
        }
        Files.writeString(data.resolve(READY), "");
    }

    /**
     * Starts the server by its own control program. The library that unpacked it would stop it in a shutdown hook of
     * its own, while the program still has work to bring to its end.
     */
    private static void run(Path control, Path data, int port, String sharedBuffers) throws IOException {
        var settings = new StringJoiner(" ").add("-p " + port);
        for (var setting : List.of("listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=on",
                "full_page_writes=on", "synchronous_commit=on", "shared_buffers=" + sharedBuffers,
                "max_connections=" + MAX_CONNECTIONS, "max_wal_size=2GB", "timezone=UTC")) {
            settings.add("-c " + setting);
        }
        var command = new ArrayList<String>();
        // PostgreSQL refuses to run as root; in a user namespace of its own root is nobody.
        if (LinuxUtils.isUnshareAvailable()) command.addAll(List.of("unshare", "-U"));
        var log = data.resolveSibling("postgres.log");
        command.addAll(List.of(control.toString(), "-D", data.toString(), "-l", log.toString(), "-w",
                "-t", Long.toString(START_WAIT.toSeconds()), "-o", settings.toString(), "start"));
        var output = data.resolveSibling("postgres-start.log");
        var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            if (process.waitFor() != 0) throw new IOException("pg_ctl: " + Files.readString(output).strip()
                    + "; see " + log);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while PostgreSQL started", stop);
        }
    }

    private static Optional<Path> control(Path binaries) throws IOException {
        if (!Files.isDirectory(binaries)) return Optional.empty();
        try (var versions = Files.list(binaries)) {
            return versions.map(version -> version.resolve("bin/pg_ctl")).filter(Files::isExecutable)
                    .filter(control -> control.getParent().getParent().getFileName().toString().startsWith("PG-"))
                    .max(Comparator.comparing(control -> control.toFile().lastModified()));
        }
    }

    /** One program per data folder; the system frees the lock even after a hard kill. */
    private static FileChannel lock(Path home) throws IOException {
        var channel = FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) return channel;
        } catch (OverlappingFileLockException sameProgram) {
            log.debug("the folder is in use by this very program", sameProgram);
        }
        channel.close();
        throw new CannotStart("Another Ventros CRM is running on " + home + ".",
                "Stop it, or set crm.embedded.data-dir to another folder.");
    }

    /** Ends the server on the folder, ours or one that a killed program left behind. */
    private static void stop(Path data) throws IOException {
        var pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) return;
        var pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        var server = ProcessHandle.of(pid)
                .filter(process -> process.info().command().filter(command -> command.contains("postgres")).isPresent());
        if (server.isPresent()) {
            log.info("Stopping PostgreSQL {}", pid);
            try {
                // SIGINT is PostgreSQL's fast shutdown; Java's destroy() sends SIGTERM, which waits for its clients.
                new ProcessBuilder("kill", "-INT", Long.toString(pid)).start().waitFor();
                server.get().onExit().get(STOP_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while stopping PostgreSQL " + pid, stop);
            } catch (Exception stubborn) {
                log.warn("PostgreSQL {} did not stop in {} s and is killed", pid, STOP_WAIT.toSeconds());
                server.get().destroyForcibly();
                server.get().onExit().join();
            }
        }
        Files.deleteIfExists(pidFile);
    }

    private static String password(Path home) throws IOException {
        var file = home.resolve("postgres-password");
        if (!Files.exists(file)) {
            var bytes = new byte[24];
            new SecureRandom().nextBytes(bytes);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, HexFormat.of().formatHex(bytes));
        }
        return Files.readString(file).strip();
    }

    /** The same port at every start, so that a tool's bookmark keeps working; another one only when it is taken. */
    private static int port(Path home) throws IOException {
        var file = home.resolve("postgres-port");
        if (Files.exists(file)) {
            var port = Integer.parseInt(Files.readString(file).strip());
            if (isFree(port)) return port;
        }
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(file, Integer.toString(socket.getLocalPort()));
            return socket.getLocalPort();
        }
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** initdb trusts everyone on loopback; from the first start on, nobody gets in without the password. */
    private static void requirePassword(EmbeddedPostgres server, Path data, String password) throws IOException {
        var hba = data.resolve("pg_hba.conf");
        if (Files.readString(hba).contains("scram-sha-256") && !Files.readString(hba).contains("trust")) return;
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("set password_encryption = 'scram-sha-256'");
            statement.execute("alter role " + SUPERUSER + " password '" + password + "'");
            Files.writeString(hba, """
                    # written by Ventros CRM: loopback only, and only with a password
                    host all all 127.0.0.1/32 scram-sha-256
                    host all all ::1/128      scram-sha-256
                    """);
            statement.execute("select pg_reload_conf()");
        } catch (SQLException failed) {
            throw new IOException("could not set the password of the embedded PostgreSQL", failed);
        }
    }
}
