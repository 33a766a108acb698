package com.ventros.crm.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTests {

    @TempDir
    Path folder;

    @Test
    void itKeepsItsDataAndItsPortOverARestart() throws Exception {
        String url;
        try (var first = start()) {
            url = first.url();
            execute(first, "create table kept (n int)", "insert into kept values (7)");
        }
        try (var second = start()) {
            assertThat(second.url()).isEqualTo(url);
            assertThat(query(second, "select n from kept")).isEqualTo("7");
        }
    }

    @Test
    void itIsDurableAndListensOnLoopbackOnly() throws Exception {
        try (var database = start()) {
            assertThat(query(database, "show fsync")).isEqualTo("on");
            assertThat(query(database, "show synchronous_commit")).isEqualTo("on");
            assertThat(query(database, "show full_page_writes")).isEqualTo("on");
            assertThat(query(database, "show listen_addresses")).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void nobodyGetsInWithoutThePassword() throws Exception {
        try (var database = start()) {
            for (var wrong : new String[] {"", "postgres", "wrong"}) {
                assertThatThrownBy(() -> DriverManager.getConnection(database.url(), database.username(), wrong))
                        .isInstanceOf(SQLException.class);
            }
        }
    }

    @Test
    void twoProgramsCannotShareOneFolder() throws Exception {
        try (var database = start()) {
            assertThatThrownBy(this::start).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Another Ventros CRM is running");
        }
    }

    @Test
    void aServerThatAKilledProgramLeftBehindIsStoppedAndNotAdopted() throws Exception {
        var killed = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Holder.class.getName(), folder.toString())
                .redirectErrorStream(true).redirectOutput(folder.resolve("holder.log").toFile()).start();
        var pidFile = folder.resolve("postgres/postmaster.pid");
        var marker = folder.resolve("started");
        org.awaitility.Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> Files.exists(marker));
        var orphan = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        killed.destroyForcibly().waitFor();
        assertThat(ProcessHandle.of(orphan)).as("the server outlives the kill").isPresent();

        try (var database = start()) {
            assertThat(Long.parseLong(Files.readAllLines(pidFile).getFirst().strip())).isNotEqualTo(orphan);
            assertThat(ProcessHandle.of(orphan).filter(ProcessHandle::isAlive)).isEmpty();
            assertThat(query(database, "select n from kept")).isEqualTo("1");
        }
    }

    @Test
    void whatAKilledFirstStartLeftHalfMadeIsMadeAnew() throws Exception {
        var half = Files.createDirectories(folder.resolve("postgres-making"));
        Files.writeString(half.resolve("postgresql.conf"), "");
        Files.createDirectories(folder.resolve("bin/unpacking-1/bin"));
        Files.createFile(folder.resolve("bin/unpacking-1/bin/pg_ctl")).toFile().setExecutable(true);

        try (var database = EmbeddedDatabase.begin(
                new EmbeddedProperties(folder, Optional.empty(), false, "32MB"))) {
            database.awaitServing();
            assertThat(query(database, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aDatabaseThatCannotStartSaysWhyAndGivesItsFolderBack() throws Exception {
        Files.createDirectories(folder.resolve("postgres/not-ours"));
        try (var database = EmbeddedDatabase.begin(settings(folder))) {
            assertThatThrownBy(database::awaitServing).isInstanceOf(CannotStart.class)
                    .hasMessageContaining("did not start in " + folder);
        }
        Files.delete(folder.resolve("postgres/not-ours"));
        start().close();
    }

    @Test
    void aSystemWithoutAPostgresOfOursHearsWhatToDo() {
        EmbeddedDatabase.requirePrograms(System.getProperty("os.name"), System.getProperty("os.arch"));
        assertThatThrownBy(() -> EmbeddedDatabase.requirePrograms("Linux", "riscv64"))
                .hasMessageContaining("no PostgreSQL for Linux riscv64").hasMessageContaining("spring.datasource.url");
        assertThatThrownBy(() -> EmbeddedDatabase.requirePrograms("Linux", "ppc64le"))
                .hasMessageContaining("no PostgreSQL for Linux ppc64le");
        assertThatThrownBy(() -> EmbeddedDatabase.requirePrograms("Windows 11", "amd64"))
                .hasMessageContaining("Subsystem for Linux").hasMessageContaining("spring.datasource.url");
    }

    /** A program of its own that starts the database, writes a row and waits to be killed. */
    public static final class Holder {
        public static void main(String[] arguments) throws Exception {
            var folder = Path.of(arguments[0]);
            var database = EmbeddedDatabase.begin(settings(folder));
            database.awaitServing();
            execute(database, "create table kept (n int)", "insert into kept values (1)");
            Files.createFile(folder.resolve("started"));
            new java.util.concurrent.CountDownLatch(1).await();
        }
    }

    private EmbeddedDatabase start() {
        var database = EmbeddedDatabase.begin(settings(folder));
        database.awaitServing();
        return database;
    }

    private static EmbeddedProperties settings(Path folder) {
        var binaries = Path.of(System.getProperty("java.io.tmpdir"), "ventros-postgres-binaries");
        return new EmbeddedProperties(folder, Optional.of(binaries.toString()), false, "32MB");
    }

    private static void execute(EmbeddedDatabase database, String... statements) throws SQLException {
        try (var connection = DriverManager.getConnection(database.url(), database.username(), database.password());
                var statement = connection.createStatement()) {
            for (var sql : statements) statement.execute(sql);
        }
    }

    private static String query(EmbeddedDatabase database, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(database.url(), database.username(), database.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
