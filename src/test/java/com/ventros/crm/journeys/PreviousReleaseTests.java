package com.ventros.crm.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.DatabaseTest;
import com.ventros.crm.channels.waha.Samples;
import com.ventros.crm.embedded.EmbeddedDatabase;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** A shop that worked with the previous release starts this one on its database, and finds everything. */
@DatabaseTest
class PreviousReleaseTests {

    private static final String NAME = "previous_release";
    /** What nothing prunes. */
    private static final Set<String> FOR_EVER = Set.of("tenant", "project", "app_user", "membership", "channel", "contact",
            "contact_identity", "timeline_entry", "chat", "session", "message", "message_ref", "message_edit",
            "message_reaction", "message_vote", "call");

    @Autowired
    EmbeddedDatabase server;

    @TempDir
    Path folder;

    @Test
    void whatThePreviousReleaseKeptIsKeptAndServed() throws Exception {
        var release = ReleaseFixture.newest();
        try (var admin = DriverManager.getConnection(server.url(), server.username(), server.password());
                var statement = admin.createStatement()) {
            statement.execute("create database " + NAME);
        }
        var url = server.url().replaceFirst("/postgres$", "/" + NAME);
        Flyway.configure().dataSource(url, server.username(), server.password())
                .target(Integer.toString(release)).load().migrate();
        try (var database = DriverManager.getConnection(url, server.username(), server.password())) {
            ReleaseFixture.load(database, release);
            try (var statement = database.createStatement()) {
                statement.execute("insert into broker_queues (name, bindings) values ('crm.of-nobody', '{}')");
                statement.execute("""
                        insert into broker_messages (queue, lane, message_id, headers, body)
                        select id, 0, gen_random_uuid(), '{}', n::text::bytea from broker_queues, generate_series(1, 3) n where name = 'crm.of-nobody'
                        """);
            }
            somebodyOfAnotherForm(database);
        }
        try (var program = new Program(folder, "--spring.datasource.url=" + url,
                "--spring.datasource.username=" + server.username(), "--spring.datasource.password=" + server.password(),
                "--crm.secrets.key=" + ReleaseFixture.MASTER_KEY).start();
                var database = DriverManager.getConnection(url, server.username(), server.password())) {
            var before = ReleaseFixture.counts(release);
            assertThat(before.keySet()).containsAll(FOR_EVER);
            for (var table : FOR_EVER) {
                assertThat(count(database, table)).as(table).isGreaterThanOrEqualTo(before.get(table));
            }
            var chats = program.get("/api/v1/chats?limit=100").path("items");
            assertThat(chats.size()).isGreaterThanOrEqualTo(5);
            assertThat(chats.toString()).contains("Carla Dias", "Karina");
            for (var chat : chats) {
                assertThat(program.get("/api/v1/chats/" + chat.path("id").asString() + "/messages").path("items").size())
                        .isPositive();
            }
            assertThat(program.get("/api/v1/contacts?q=carla%20d").path("items").toString()).as("looked up in an index that is new").contains("Carla Dias");
            assertThat(number(database, """
                    select string_agg(convert_from(p.bodies[1], 'UTF8'), '' order by m.position)::bigint
                      from broker_messages m join broker_parcels p on p.id = m.parcel
                     where m.queue = (select id from broker_queues where name = 'crm.of-nobody')
                    """)).as("what lay in a queue").isEqualTo(123);
            assertThat(program.get("/api/v1/contacts?q=jo%C3%A3o").path("items").toString()).as("a name that was kept decomposed").contains("Jo\u00e3o Velho");
            assertThat(number(database, """
                    select count(*) from channel c join channel_profile p on p.tenant_id = c.tenant_id and p.channel_id = c.id
                     where p.session_timeout_minutes is not distinct from c.session_timeout_minutes
                    """)).as("channels follow the silence of their project").isEqualTo(count(database, "channel")).isPositive();
            // The channel's sealed secret opens, and a delivery that was applied before is not applied again.
            var channel = program.get("/api/v1/channels").path("items").path(0);
            var messages = count(database, "message");
            var name = "message-gows-text.json";
            var answer = program.http().send(HttpRequest.newBuilder(program.uri(channel.path("webhookPath").asString()))
                    .header("Content-Type", "application/json").header("X-Webhook-Hmac", Samples.signatures().get(name))
                    .POST(BodyPublishers.ofByteArray(Samples.body(name))).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            var applied = "select sum(accepted) - sum(applied) from delivery_count";
            await().atMost(Duration.ofSeconds(60)).until(() -> number(database, applied) == 0);
            assertThat(count(database, "message")).isEqualTo(messages);
            // Nobody asked for it: the figures of what was before are built by themselves.
            await().atMost(Duration.ofSeconds(60)).until(() ->
                    number(database, "select count(*) from event_replay where consumer = 'message-figures' and state = 'DONE'") == 1);
            assertThat(number(database, "select sum(inbound + outbound) from report_volume where generation = 1"))
                    .isEqualTo(number(database, "select count(distinct aggregate_id) from domain_event_logs where type = 'message.created'"));
            assertThat(number(database, "select live from read_model where name = 'message-figures'")).isEqualTo(1);
        }
    }

    @Test
    void figuresAreBuiltAnewOnceAndOnlyWhereSomethingWasBeforeThem() throws Exception {
        try (var admin = DriverManager.getConnection(server.url(), server.username(), server.password());
                var statement = admin.createStatement()) {
            statement.execute("create database figures_of_before");
        }
        var url = server.url().replaceFirst("/postgres$", "/figures_of_before");
        Flyway.configure().dataSource(url, server.username(), server.password()).target("439").load().migrate();
        try (var database = DriverManager.getConnection(url, server.username(), server.password());
                var statement = database.createStatement()) {
            statement.execute("update flyway_schema_history set installed_on = installed_on - interval '7 days' where version = '416'");
            statement.execute("set session_replication_role = replica"); // there is nothing that these rows refer to
            for (var shop : List.of("old", "new", "rebuilt", "silent")) {
                statement.execute("insert into tenant (tenant_id, name, created_at) values (gen_random_uuid(), '%s', now())".formatted(shop));
                statement.execute("""
                        insert into domain_event_logs (tenant_id, id, position, type, version, aggregate_type, aggregate_id, aggregate_version,
                                                       occurred_at, recorded_at, correlation_id, actor_kind, actor_id, data)
                        select tenant_id, gen_random_uuid(), 1, 'tenant.opened', 1, 'tenant', tenant_id, 1, now(), %s, gen_random_uuid(), 'SYSTEM', 'test', '{}'
                          from tenant where name = '%s'
                        """.formatted(shop.equals("new") ? "now()" : "now() - interval '30 days'", shop));
                if (shop.equals("silent")) continue;
                statement.execute("""
                        insert into chat (tenant_id, id, project_id, channel_id, kind, address, last_message_id, last_message_at, last_message_key, created_at, version)
                        select tenant_id, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'GROUP', '1@g.us', gen_random_uuid(), now(), 'x', now(), 1
                          from tenant where name = '%s'
                        """.formatted(shop));
                statement.execute("""
                        insert into session_assignment (tenant_id, id, session_id, at, how, actor_kind, actor_id)
                        select tenant_id, gen_random_uuid(), gen_random_uuid(), now(), 'person', 'SYSTEM', 'test' from tenant where name = '%s'
                        """.formatted(shop));
            }
            statement.execute("""
                    insert into event_replay (tenant_id, id, consumer, types, generation, state, swept, actor_kind, actor_id, correlation_id,
                                              created_at, finished_at, version)
                    select tenant_id, gen_random_uuid(), 'message-figures', '{message.created}', 1, 'DONE', true, 'USER', 'x', gen_random_uuid(),
                           now(), now(), 2 from tenant where name = 'rebuilt'
                    """);
            Flyway.configure().dataSource(url, server.username(), server.password()).load().migrate();
            try (var begun = statement.executeQuery("""
                    select string_agg(t.name || ' ' || r.consumer, ', ' order by t.name, r.consumer)
                      from event_replay r join tenant t on t.tenant_id = r.tenant_id
                      join read_model m on m.tenant_id = r.tenant_id and m.name = r.consumer and m.building = r.generation
                     where r.state = 'RUNNING' and substr(r.id::text, 15, 1) = '7'
                    """)) {
                begun.next();
                assertThat(begun.getString(1)).isEqualTo("old assignment-figures, old message-figures, rebuilt assignment-figures");
            }
            assertThat(number(database, "select count(*) from event_replay")).isEqualTo(4);
        }
    }

    /** As names were kept before they had one Unicode form. */
    private static void somebodyOfAnotherForm(Connection database) throws Exception {
        try (var statement = database.createStatement()) {
            statement.execute("""
                    insert into contact (tenant_id, id, project_id, name, name_set_by, name_at, created_at, version)
                    select tenant_id, gen_random_uuid(), id, 'Joa\u0303o Velho', 'PERSON', now(), now(), 1 from project
                    """);
        }
    }

    private static long count(Connection database, String table) throws Exception {
        return number(database, "select count(*) from " + table);
    }

    private static long number(Connection database, String sql) throws Exception {
        try (var statement = database.createStatement(); var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
