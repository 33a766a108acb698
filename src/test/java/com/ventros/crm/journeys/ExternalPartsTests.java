package com.ventros.crm.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.ventros.crm.channels.waha.Samples;
import com.ventros.crm.kernel.Uuids;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The program on servers of somebody else: PostgreSQL, RabbitMQ and Redis by their ordinary settings. */
@Execution(ExecutionMode.CONCURRENT)
class ExternalPartsTests {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void itWorksOnOthersServersAndBringsNeitherADatabaseNorTheDemo() throws Exception {
        var postgres = System.getenv("CRM_TEST_POSTGRES_URL");
        var rabbit = System.getenv("CRM_TEST_RABBITMQ_URL");
        var redis = System.getenv("CRM_TEST_REDIS_URL");
        var all = postgres != null && rabbit != null && redis != null;
        assertThat(all || !"true".equals(System.getenv("CRM_TEST_REQUIRE_SERVICES")))
                .as("CRM_TEST_..._URL name a PostgreSQL, a RabbitMQ and a Redis").isTrue();
        assumeTrue(all, "CRM_TEST_..._URL do not name all three servers");
        var owner = System.getenv("CRM_TEST_POSTGRES_USER");
        var password = System.getenv("CRM_TEST_POSTGRES_PASSWORD");
        var name = "crm_" + Uuids.v7().toString().replace("-", "");
        try (var server = DriverManager.getConnection(postgres, owner, password); var statement = server.createStatement()) {
            statement.execute("create database " + name);
            try (var host = VirtualHost.create(rabbit)) {
                var settings = Stream.concat(Stream.of(host.settings()), Stream.of("--spring.profiles.active=demo",
                        "--spring.datasource.url=" + postgres.replaceFirst("/[^/?]+(\\?|$)", "/" + name + "$1"),
                        "--spring.datasource.username=" + owner, "--spring.datasource.password=" + password,
                        "--crm.secrets.key=" + ReleaseFixture.MASTER_KEY, "--spring.data.redis.url=" + redis)).toArray(String[]::new);
                try (var program = new Program(folder, settings).start()) {
                    await().atMost(SOON).until(() -> program.get("/health").path("status").asString().equals("healthy"));
                    var parts = program.get("/health").path("parts");
                    for (var part : new String[] {"postgres", "rabbitmq", "redis", "temporal"}) {
                        assertThat(parts.path(part).asString()).as(part).isEqualTo("up");
                    }
                    assertThat(folder.resolve("data/postgres")).doesNotExist();
                    assertThat(Files.readString(folder.resolve("program.log"))).contains("The demo is off");
                    takesADelivery(program);
                }
            } finally {
                statement.execute("drop database " + name + " with (force)");
            }
        }
    }

    private static void takesADelivery(Program program) throws Exception {
        var channel = program.post("/api/v1/channels", """
                {"name":"Vendas","type":"waha","waha":{"url":"http://127.0.0.1:9","session":"vendas",
                 "apiKey":"waha-test-key","hmacSecret":"%s"}}""".formatted(Samples.SECRET));
        var name = "message-gows-text.json";
        var answer = program.http().send(HttpRequest.newBuilder(program.uri(channel.path("webhookPath").asString()))
                .header("Content-Type", "application/json").header("X-Webhook-Hmac", Samples.signatures().get(name))
                .POST(BodyPublishers.ofByteArray(Samples.body(name))).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        await().atMost(SOON).until(() -> program.get("/api/v1/chats").path("items").size() == 1);
    }
}
