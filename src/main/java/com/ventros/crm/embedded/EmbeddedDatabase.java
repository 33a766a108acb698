package com.ventros.crm.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
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
import java.util.HexFormat;
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
    /** A first start unpacks 60 MB and runs initdb: 3 s on two cores, longer on a slow disk. */
    private static final Duration START_WAIT = Duration.ofSeconds(60);
    /** PostgreSQL's fast shutdown writes a checkpoint; after that long it is killed, which loses nothing. */
    private static final Duration ORPHAN_WAIT = Duration.ofSeconds(10);
    /** The pools of this program (16 + 8 + Flyway) and some room for an administrator. */
    private static final String MAX_CONNECTIONS = "60";

    private final EmbeddedPostgres server;
    private final FileChannel lock;
    private final String password;

    private EmbeddedDatabase(EmbeddedPostgres server, FileChannel lock, String password) {
        this.server = server;
        this.lock = lock;
        this.password = password;
    }

    /** Starts the server on the data folder, creating it at the first time. */
    static EmbeddedDatabase start(EmbeddedProperties settings) {
        var home = settings.dataDir().toAbsolutePath();
        var data = home.resolve("postgres");
        try {
            Files.createDirectories(home);
            var lock = lock(home);
            try {
                stopOrphan(data);
                var password = password(home);
                var server = EmbeddedPostgres.builder()
                        .setPort(port(home))
                        .setDataDirectory(data)
                        .setCleanDataDirectory(false)
                        .setOverrideWorkingDirectory(settings.binariesDir().map(Path::of).orElse(home.resolve("bin")).toFile())
                        .setServerConfig("listen_addresses", "127.0.0.1")
                        .setServerConfig("fsync", "on")
                        .setServerConfig("full_page_writes", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("shared_buffers", settings.sharedBuffers())
                        .setServerConfig("max_connections", MAX_CONNECTIONS)
                        .setServerConfig("max_wal_size", "2GB")
                        .setServerConfig("timezone", "UTC")
                        .setConnectConfig("password", password)
                        .setPGStartupWait(START_WAIT)
                        .start();
                requirePassword(server, data, password);
                return new EmbeddedDatabase(server, lock, password);
            } catch (IOException | RuntimeException failed) {
                lock.close();
                throw failed;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("The embedded PostgreSQL did not start in " + home
                    + ". Where user namespaces are forbidden to root, run as an ordinary user or set spring.datasource.url"
                    + " to an external PostgreSQL.", failed);
        }
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
    }

    public String username() {
        return SUPERUSER;
    }

    public String password() {
        return password;
    }

    @Override
    public void close() throws IOException {
        server.close();
        lock.close();
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
        throw new IllegalStateException("Another Ventros CRM is running on " + home
                + ". Stop it, or set crm.embedded.data-dir to another folder.");
    }

    private static void stopOrphan(Path data) throws IOException {
        var pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) return;
        var pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        var orphan = ProcessHandle.of(pid)
                .filter(process -> process.info().command().filter(command -> command.contains("postgres")).isPresent());
        if (orphan.isPresent()) {
            log.warn("Stopping PostgreSQL {} that a killed program left behind", pid);
            try {
                // SIGINT is PostgreSQL's fast shutdown; Java's destroy() sends SIGTERM, which waits for its clients.
                new ProcessBuilder("kill", "-INT", Long.toString(pid)).start().waitFor();
                orphan.get().onExit().get(ORPHAN_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while stopping PostgreSQL " + pid, stop);
            } catch (Exception stubborn) {
                log.warn("PostgreSQL {} did not stop in {} s and is killed", pid, ORPHAN_WAIT.toSeconds());
                orphan.get().destroyForcibly();
                orphan.get().onExit().join();
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
