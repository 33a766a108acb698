package com.ventros.crm.embedded;

import com.sun.security.auth.module.UnixSystem;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;

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
    private static final String PASSWORD = "postgres-password";
    /** The folder of its programs, by the digest of what they were packed in. */
    private static final String PROGRAMS = "PG-";
    private static final int OWNER_EXECUTES = 0100;
    /** It answers within a second, or replays the log that it was killed with: longer on a slow disk. */
    private static final Duration START_WAIT = Duration.ofSeconds(60);
    /** PostgreSQL's fast shutdown writes a checkpoint; after that long it is killed, which loses nothing. */
    private static final Duration STOP_WAIT = Duration.ofSeconds(10);
    /** The pools of this program (16 + 8 + Flyway) and some room for an administrator. */
    private static final String MAX_CONNECTIONS = "60";

    private final Path data;
    private final int port;
    private final Optional<FileChannel> lock;
    private final String password;
    private final FutureTask<Void> serving;

    private EmbeddedDatabase(
            Path data, int port, Optional<FileChannel> lock, String password, FutureTask<Void> serving) {
        this.data = data;
        this.port = port;
        this.lock = lock;
        this.password = password;
        this.serving = serving;
    }

    /**
     * Takes the data folder and begins to start the server on it, creating it at the first time. Its address is known
     * at once; {@link #awaitServing()} tells when it answers.
     */
    static EmbeddedDatabase begin(EmbeddedProperties settings) {
        var home = settings.dataDir().toAbsolutePath();
        var binaries = settings.binariesDir().map(Path::of).orElse(home.resolve("bin"));
        var data = home.resolve("postgres");
        try {
            Files.createDirectories(home);
            var lock = lock(home);
            try {
                stop(data);
                var password = password(home);
                var port = port(home);
                var serving = new FutureTask<Void>(() -> {
                    serve(binaries, data, port, settings.sharedBuffers());
                    return null;
                });
                Thread.ofPlatform().name("embedded-postgres").daemon().start(serving);
                return new EmbeddedDatabase(data, port, Optional.of(lock), password, serving);
            } catch (IOException | RuntimeException failed) {
                lock.close();
                throw failed;
            }
        } catch (IOException failed) {
            throw didNotStart(home, failed);
        }
    }

    /** Returns when the server answers. */
    public void awaitServing() {
        try {
            serving.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof CannotStart known) throw known;
            throw didNotStart(data.getParent(), failed.getCause());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PostgreSQL started", stop);
        }
    }

    private static void serve(Path binaries, Path data, int port, String sharedBuffers) throws IOException {
        requirePrograms(System.getProperty("os.name"), System.getProperty("os.arch"));
        if (control(binaries).isEmpty()) unpack(binaries);
        var control = control(binaries).orElseThrow();
        if (!Files.exists(data.resolve(READY))) create(control.resolveSibling("initdb"), data);
        run(control, data, port, sharedBuffers);
    }

    /** Somebody else has started it. */
    private static FutureTask<Void> serves() {
        var task = new FutureTask<Void>(() -> null);
        task.run();
        return task;
    }

    private static CannotStart didNotStart(Path home, Throwable failed) {
        return new CannotStart("The embedded PostgreSQL did not start in " + home + " (" + failed.getMessage() + ").",
                "Where user namespaces are forbidden to root, run as an ordinary user or " + EXTERNAL, failed);
    }

    /** The server that another program runs on the folder; a guest never stops it. */
    static EmbeddedDatabase visit(EmbeddedProperties settings) {
        var home = settings.dataDir().toAbsolutePath();
        try {
            if (!Files.exists(home.resolve("postgres-port"))) throw new NobodyThere(home.toString());
            var port = Integer.parseInt(Files.readString(home.resolve("postgres-port")).strip());
            if (isFree(port)) throw new NobodyThere(home.toString());
            return new EmbeddedDatabase(home.resolve("postgres"), port, Optional.empty(), password(home), serves());
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
        try {
            awaitServing();
        } catch (RuntimeException failed) {
            log.debug("there is no server to stop", failed);
        }
        stop(data);
        lock.get().close();
    }

    /** PostgreSQL's programs are in the jar for the system that built it, and for no other. */
    static void requirePrograms(String system, String machine) {
        if (system.startsWith("Windows")) {
            throw new CannotStart("The embedded PostgreSQL runs on Linux and macOS only.",
                    "Start Ventros CRM in the Windows Subsystem for Linux, or " + EXTERNAL);
        }
        try (var programs = programs(system, machine)) {
            if (programs != null) return;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (IllegalStateException unheardOf) {
            log.debug("a machine that the library of the programs does not know", unheardOf);
        }
        throw new CannotStart("This build has no PostgreSQL for " + system + " " + machine + ".",
                "Build it on this kind of system (Linux or macOS, amd64 or arm64), or " + EXTERNAL);
    }

    private static InputStream programs(String system, String machine) throws IOException {
        return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system.startsWith("Mac") ? "Darwin" : system, machine);
    }

    /** Unpacks PostgreSQL's programs beside their place and moves them there: never half of them, whoever is killed. */
    private static void unpack(Path binaries) throws IOException {
        Files.createDirectories(binaries);
        var unpacked = Files.createTempDirectory(binaries, "unpacking-");
        byte[] packed;
        try (var programs = programs(System.getProperty("os.name"), System.getProperty("os.arch"))) {
            packed = programs.readAllBytes();
        }
        try (var entries = new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(packed)))) {
            for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                var file = unpacked.resolve(entry.getName()).normalize();
                if (!file.startsWith(unpacked)) throw new IOException("outside of its folder: " + entry.getName());
                Files.createDirectories(entry.isDirectory() ? file : file.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else if (entry.isFile()) {
                    Files.copy(entries, file);
                    if ((entry.getMode() & OWNER_EXECUTES) != 0) file.toFile().setExecutable(true, false);
                }
            }
        }
        // Others read it too where user namespaces make root nobody.
        Files.setPosixFilePermissions(unpacked, PosixFilePermissions.fromString("rwxr-xr-x"));
        var place = binaries.resolve(PROGRAMS + digest(packed));
        try {
            Files.move(unpacked, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException taken) {
            if (!Files.exists(place)) throw taken;
            log.debug("another program has just unpacked the same", taken);
            FileSystemUtils.deleteRecursively(unpacked);
        }
    }

    private static String digest(byte[] packed) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(packed));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has MD5", impossible);
        }
    }

    /**
     * Makes a database cluster that nobody enters without the password, beside its place, and moves it there: a start
     * that was killed leaves nothing that looks like one.
     */
    private static void create(Path initdb, Path data) throws IOException {
        var making = data.resolveSibling("postgres-making");
        FileSystemUtils.deleteRecursively(making);
        execute(List.of(initdb.toString(), "-D", making.toString(), "-U", SUPERUSER, "-E", "UTF8",
                "--auth=scram-sha-256", "--pwfile=" + data.resolveSibling(PASSWORD)), data.resolveSibling("initdb.log"));
        Files.writeString(making.resolve("pg_hba.conf"), """
                # written by Ventros CRM: loopback only, and only with a password
                host all all 127.0.0.1/32 scram-sha-256
                host all all ::1/128      scram-sha-256
                """);
        Files.writeString(making.resolve(READY), "");
        Files.move(making, data, StandardCopyOption.ATOMIC_MOVE);
        try (var folder = FileChannel.open(data.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** Starts the server by its own control program, so that it outlives whoever asked and ends when we say. */
    private static void run(Path control, Path data, int port, String sharedBuffers) throws IOException {
        var settings = new StringJoiner(" ").add("-p " + port);
        for (var setting : List.of("listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=on",
                "full_page_writes=on", "synchronous_commit=on", "shared_buffers=" + sharedBuffers,
                "max_connections=" + MAX_CONNECTIONS, "max_wal_size=2GB",
                // Queues leave thousands of dead rows a minute; looking after them oftener costs nothing when there are none.
                "autovacuum_naptime=10s", "timezone=UTC")) {
            settings.add("-c " + setting);
        }
        execute(List.of(control.toString(), "-D", data.toString(), "-l", data.resolveSibling("postgres.log").toString(),
                "-w", "-t", Long.toString(START_WAIT.toSeconds()), "-o", settings.toString(), "start"),
                data.resolveSibling("postgres-start.log"));
    }

    private static void execute(List<String> program, Path output) throws IOException {
        var command = new ArrayList<String>();
        // PostgreSQL refuses to run as root; in a user namespace of its own root is nobody.
        if (new UnixSystem().getUid() == 0) command.addAll(List.of("unshare", "-U"));
        command.addAll(program);
        var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(Path.of(program.getFirst()).getFileName() + ": " + Files.readString(output).strip());
            }
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while PostgreSQL started", stop);
        }
    }

    private static Optional<Path> control(Path binaries) throws IOException {
        if (!Files.isDirectory(binaries)) return Optional.empty();
        try (var versions = Files.list(binaries)) {
            return versions.map(version -> version.resolve("bin/pg_ctl")).filter(Files::isExecutable)
                    .filter(control -> control.getParent().getParent().getFileName().toString().startsWith(PROGRAMS))
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
        var file = home.resolve(PASSWORD);
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
}
