package com.ventros.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * What a stretch of time has cost: processor seconds by process, and what PostgreSQL wrote.
 *
 * @param program    processor seconds of the program
 * @param postgres   of PostgreSQL and all its children
 * @param generator  of this process
 * @param others     of everything else on the machine: the broker, and whoever disturbs
 */
record Cost(double program, double postgres, double generator, double others, long walBytes, long walFlushes, long commits,
            long statements) {

    /** The kernel counts in hundredths of a second. */
    private static final double TICKS = 100;

    static Cost now(long programPid, long postgresPid, Database database, boolean countStatements) throws SQLException, IOException {
        double program = processor(programPid, false);
        double postgres = postgresPid > 0 ? processor(postgresPid, true) : 0;
        double generator = processor(ProcessHandle.current().pid(), false);
        var modern = database.number("select current_setting('server_version_num')::int") >= 180_000;
        return new Cost(program, postgres, generator, machine() - program - postgres - generator,
                database.number("select (pg_current_wal_insert_lsn() - '0/0')::bigint"),
                database.number(modern ? "select coalesce(sum(fsyncs), 0)::bigint from pg_stat_io where object = 'wal'"
                        : "select wal_sync from pg_stat_wal"),
                database.number("select xact_commit from pg_stat_database where datname = current_database()"),
                countStatements ? database.number("select coalesce(sum(calls), 0)::bigint from pg_stat_statements") : 0);
    }

    Cost since(Cost before) {
        return new Cost(program - before.program, postgres - before.postgres, generator - before.generator,
                others - before.others, walBytes - before.walBytes, walFlushes - before.walFlushes,
                commits - before.commits, statements - before.statements);
    }

    /** All that ever ran on the processors, waiting for nothing. */
    private static double machine() throws IOException {
        var fields = Files.readAllLines(Path.of("/proc/stat")).getFirst().split("\\s+");
        double busy = 0;
        for (var i : List.of(1, 2, 3, 6, 7)) busy += Double.parseDouble(fields[i]);
        return busy / TICKS;
    }

    private static double processor(long pid, boolean withChildren) throws IOException {
        double sum = 0;
        var own = stat(Path.of("/proc/" + pid));
        if (own == null) return 0;
        sum += ticks(own, withChildren);
        if (withChildren) {
            try (var all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
                for (var process : all) {
                    var child = stat(process);
                    if (child != null && Long.parseLong(child[1]) == pid) sum += ticks(child, true);
                }
            }
        }
        return sum / TICKS;
    }

    /** The fields after the name in brackets, which may hold anything. */
    private static String[] stat(Path process) {
        try {
            var text = Files.readString(process.resolve("stat"));
            return text.substring(text.lastIndexOf(')') + 2).split(" ");
        } catch (IOException ended) {
            return null;
        }
    }

    private static double ticks(String[] stat, boolean withReaped) {
        double own = Double.parseDouble(stat[11]) + Double.parseDouble(stat[12]);
        return withReaped ? own + Double.parseDouble(stat[13]) + Double.parseDouble(stat[14]) : own;
    }
}
