package com.ventros.crm.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.ProgramCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The command line beside a running program, over a {@code kill -9}, and with no program running at all. */
@Execution(ExecutionMode.CONCURRENT)
class ReplayCommandTests {

    private static final int EVENTS = 400;
    private static final Duration SOON = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void aReplayIsAskedForByCommandAndSurvivesAKill() throws Exception {
        try (var program = new Program(folder)) {
            program.start();
            var tenant = history(program);

            assertThat(command(List.of("--tenant", tenant, "--consumer", "timeline", "--dry-run"))).satisfies(dry -> {
                assertThat(dry.exit()).as(dry.text()).isZero();
                assertThat(dry.text()).contains(EVENTS + "  timeline  contact.name_changed", "nothing was delivered");
            });
            assertThat(command(List.of("--tenant", tenant, "--consumer", "realtime"))).satisfies(refused -> {
                assertThat(refused.exit()).isEqualTo(2);
                assertThat(refused.text()).contains("replay_refused");
            });
            assertThat(command(List.of("--tenant", tenant, "--consumer", "timeline"))).satisfies(rebuilt -> {
                assertThat(rebuilt.exit()).as(rebuilt.text()).isZero();
                assertThat(rebuilt.text()).contains("rebuild", "done");
            });
            assertThat(live(program)).isEqualTo(EVENTS);
            assertThat(command(List.of("--tenant", tenant, "--consumer", "contacts"))).satisfies(recounted -> {
                assertThat(recounted.exit()).as(recounted.text()).isZero();
                assertThat(recounted.text()).contains("(recount)", "1 of 1 rows counted anew, 0 of them mended, done");
            });

            var slow = start(List.of("--tenant", tenant, "--consumer", "timeline", "--rate", "40"));
            Awaitility.await().atMost(SOON).until(() -> program.count("select count(*) from event_replay where state = 'RUNNING'"
                    + " and applied > " + EVENTS / 4) == 1);
            program.kill();
            slow.destroyForcibly().waitFor();
            assertThat(applied(program)).as("killed in the middle").isLessThan(EVENTS);
            program.start();
            Awaitility.await().atMost(SOON).until(() ->
                    program.count("select count(*) from event_replay where state = 'DONE' and mended is null") == 2);
            assertThat(applied(program)).isEqualTo(EVENTS);
            assertThat(live(program)).isEqualTo(EVENTS);
            assertThat(program.count("select live from read_model where name = 'timeline'")).isEqualTo(2);

            program.kill();
            assertThat(command(List.of("--tenant", tenant, "--consumer", "timeline"))).satisfies(alone -> {
                assertThat(alone.exit()).as(alone.text()).isZero();
                assertThat(alone.text()).contains("no program is running on this database", "done");
            });
        }
    }

    /** A contact that is renamed again and again: events in the log, and entries in the timeline. */
    private static String history(Program program) throws Exception {
        try (var connection = program.database(); var statement = connection.createStatement()) {
            statement.execute("""
                    insert into contact (tenant_id, id, project_id, created_at, version)
                    select tenant_id, '01980f6e-5c1a-7b3e-9d52-6f0c1e7a4b21', id, now(), 0 from project""");
            statement.execute("""
                    insert into domain_event_logs (tenant_id, id, position, type, version, aggregate_type, aggregate_id,
                            aggregate_version, occurred_at, correlation_id, actor_kind, actor_id, data)
                    select p.tenant_id, gen_random_uuid(), nextval('event_position'), 'contact.name_changed', 1, 'contact', c.id, n,
                           now(), gen_random_uuid(), 'SYSTEM', 'test',
                           jsonb_build_object('contactId', c.id, 'name', 'Ana ' || n, 'by', 'person')
                      from project p, contact c, generate_series(1, %d) n""".formatted(EVENTS));
            try (var rows = statement.executeQuery("select tenant_id from project")) {
                rows.next();
                return rows.getString(1);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static long live(Program program) throws Exception {
        return program.count("""
                select count(*) from timeline_entry t
                 where generation = (select live from read_model where name = 'timeline')""");
    }

    /** Of the newest replay. */
    private static long applied(Program program) throws Exception {
        return program.count("select applied from event_replay order by id desc limit 1");
    }

    private record Ended(int exit, String text) {}

    private Ended command(List<String> arguments) throws Exception {
        var process = start(arguments);
        assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).as("the command ends").isTrue();
        return new Ended(process.exitValue(), Files.readString(folder.resolve("command.log")));
    }

    private Process start(List<String> arguments) throws IOException {
        var command = ProgramCommand.command("-Xmx512m");
        command.add("replay");
        command.addAll(arguments);
        command.add("--crm.embedded.data-dir=" + folder.resolve("data"));
        command.add("--crm.demo.enabled=false");
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve("command.log").toFile()).start();
    }
}
