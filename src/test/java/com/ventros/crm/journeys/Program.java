package com.ventros.crm.journeys;

import com.ventros.crm.ProgramCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The product as a process of its own, with its embedded database in a folder of its own: it can be killed and started
 * again, as happens in life.
 */
final class Program implements AutoCloseable {

    static final String OWNER_EMAIL = "dona@loja.example";
    static final String OWNER_PASSWORD = "correct horse battery staple";
    static final JsonMapper JSON = JsonMapper.builder().build();

    /** Generous: two cores may be busy with others. */
    private static final Duration START_WAIT = Duration.ofMinutes(4);
    private static final Duration REQUEST_WAIT = Duration.ofSeconds(30);
    /** The first to end archives its classes. */
    private static final Duration STOP_WAIT = Duration.ofSeconds(40);

    private final Path folder;
    private final int port;
    private final List<String> settings;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private Process process;
    private String token;

    Program(Path folder, String... settings) throws IOException {
        this.folder = folder;
        this.settings = List.of(settings);
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
    }

    /** Starts it and waits until it answers. */
    Program start() throws Exception {
        var command = ProgramCommand.server("-Xmx768m");
        command.addAll(List.of("--server.port=" + port, "--crm.embedded.data-dir=" + folder.resolve("data")));
        command.addAll(settings);
        var builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("program.log").toFile()));
        builder.environment().put("CRM_ADMIN_EMAIL", OWNER_EMAIL);
        builder.environment().put("CRM_ADMIN_PASSWORD", OWNER_PASSWORD);
        builder.environment().put("CRM_ADMIN_COMPANY", "Loja Exemplo");
        process = builder.start();
        var deadline = System.nanoTime() + START_WAIT.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                close();
                throw new IllegalStateException("The program did not start:\n" + log());
            }
            process.waitFor(200, TimeUnit.MILLISECONDS);
        }
        signIn();
        return this;
    }

    /** {@code kill -9}: no shutdown hook, no goodbye. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(STOP_WAIT.toSeconds(), TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    HttpClient http() {
        return http;
    }

    JsonNode get(String path) throws Exception {
        return answer(HttpRequest.newBuilder(uri(path)).GET());
    }

    JsonNode post(String path, String json) throws Exception {
        return answer(HttpRequest.newBuilder(uri(path)).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    JsonNode delete(String path) throws Exception {
        return answer(HttpRequest.newBuilder(uri(path)).DELETE());
    }

    /** As somebody who saw this version. */
    JsonNode patch(String path, long version, String json) throws Exception {
        return answer(HttpRequest.newBuilder(uri(path)).header("Content-Type", "application/json")
                .header("If-Match", "\"" + version + "\"").method("PATCH", BodyPublishers.ofString(json)));
    }

    private JsonNode answer(HttpRequest.Builder request) throws Exception {
        if (token != null) request.header("Authorization", "Bearer " + token);
        HttpResponse<String> response = http.send(request.timeout(REQUEST_WAIT).build(), BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(response.uri() + " " + response.statusCode() + " " + response.body());
        }
        return response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
    }

    /** The embedded database as its superuser, to count what is really there. */
    Connection database() throws Exception {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + Files.readString(folder.resolve("data/postgres-port")).strip()
                        + "/postgres",
                "postgres", Files.readString(folder.resolve("data/postgres-password")).strip());
    }

    long count(String sql) throws Exception {
        return Long.parseLong(text(sql));
    }

    /** The one value that a query answers. */
    String text(String sql) throws Exception {
        try (var connection = database(); var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
    }

    String log() throws IOException {
        var lines = Files.readAllLines(folder.resolve("program.log"));
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    }

    private void signIn() throws Exception {
        token = null;
        token = post("/api/v1/auth/sign-in", """
                {"email":"%s","password":"%s"}""".formatted(OWNER_EMAIL, OWNER_PASSWORD)).path("accessToken").asString();
    }

    private boolean answers() {
        try {
            return http.send(HttpRequest.newBuilder(uri("/actuator/health/readiness")).timeout(Duration.ofSeconds(2)).build(),
                    BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
