package com.ventros.crm.lab;

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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One process of the product, looked after as a supervisor does: it is started again for as long as it does not come up. */
final class Node implements AutoCloseable {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String EMAIL = "dona@loja.example";
    private static final String PASSWORD = "correct horse battery staple";
    /** Any key, the same for all nodes of a run. */
    private static final String SECRETS_KEY = "bGFib3JhdG9yeS1sYWJvcmF0b3J5LWxhYm9yYXRvcnk=";
    /** A start takes ten seconds on a free machine, and minutes on one that builds something else meanwhile. */
    private static final Duration START_WAIT = Duration.ofMinutes(10);
    private static final Duration STOP_WAIT = Duration.ofSeconds(40);
    private static final String MEMORY = "-Xmx512m";
    /** Nodes live for a minute at most: the quick compiler is enough, and leaves the processors to the work. */
    private static final String PROGRAM_OPTIONS = MEMORY + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC";
    private static final Duration REQUEST_WAIT = Duration.ofSeconds(30);
    /** Well before it expires, after a quarter of an hour. */
    private static final Duration TOKEN_USE = Duration.ofMinutes(10);

    final String name;
    private final Path folder;
    private final Optional<Path> program;
    private final int port;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5)).build();
    private final List<String> settings = new ArrayList<>();
    private volatile Process process;
    private volatile Token token;

    /** @param program what starts the packaged program; without it, the classes of this very build run */
    Node(String name, Path folder, Optional<Path> program) throws IOException {
        this.name = name;
        this.folder = folder;
        this.program = program;
        Files.createDirectories(folder);
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        // An interrupted lab takes its nodes along, each in good order, so that its database ends with it.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                close();
            } catch (Exception failed) {
                System.err.println("node " + name + " is left behind: " + failed);
            }
        }));
    }

    Node with(List<String> more) {
        settings.addAll(more);
        return this;
    }

    /** Starts it and waits until it answers; a start that fails is repeated. */
    Node start() throws Exception {
        var deadline = System.nanoTime() + START_WAIT.toNanos();
        launch();
        while (!answers()) {
            if (System.nanoTime() > deadline) throw new IllegalStateException(name + " did not start:\n" + log());
            if (!process.isAlive()) {
                Thread.sleep(500);
                launch();
            }
            Thread.sleep(100);
        }
        return this;
    }

    private void launch() throws IOException {
        var command = command();
        command.addAll(List.of("--server.port=" + port, "--crm.embedded.data-dir=" + folder.resolve("data"),
                "--crm.demo.enabled=false", "--crm.database.app-pool=10", "--crm.database.system-pool=8"));
        command.addAll(settings);
        var builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        builder.environment().put("CRM_ADMIN_EMAIL", EMAIL);
        builder.environment().put("CRM_ADMIN_PASSWORD", PASSWORD);
        builder.environment().put("CRM_ADMIN_COMPANY", "Loja Exemplo");
        builder.environment().put("CRM_SECRETS_KEY", SECRETS_KEY);
        builder.environment().put("JAVA_OPTS", PROGRAM_OPTIONS);
        process = builder.start();
    }

    private List<String> command() {
        return new ArrayList<>(program.map(path -> List.of(path.toString())).orElseGet(() -> ProgramCommand.server(MEMORY)));
    }

    /** {@code kill -9}: no shutdown hook, no goodbye. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Ends it as a deployment does. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_WAIT.toSeconds(), TimeUnit.SECONDS)) kill();
    }

    /** Stands still in the middle of whatever it does, as under a long garbage collection or a moved machine. */
    void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    @Override
    public void close() throws Exception {
        if (isAlive()) {
            resume();
            stop();
        }
        http.shutdownNow();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    HttpClient http() {
        return http;
    }

    Path folder() {
        return folder;
    }

    JsonNode get(String path) throws Exception {
        return answer(HttpRequest.newBuilder(uri(path)).GET());
    }

    JsonNode post(String path, String json) throws Exception {
        return answer(HttpRequest.newBuilder(uri(path)).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    private JsonNode answer(HttpRequest.Builder request) throws Exception {
        var response = http.send(request.header("Authorization", "Bearer " + token()).timeout(REQUEST_WAIT).build(),
                BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) throw new IOException(response.uri() + " " + response.statusCode() + " " + response.body());
        return JSON.readTree(response.body());
    }

    private record Token(String value, Instant until) {}

    /** A token of the administrator; it outlives the node, for it is in the database. */
    String token() throws Exception {
        var known = token;
        if (known != null && Instant.now().isBefore(known.until())) return known.value();
        var response = http.send(HttpRequest.newBuilder(uri("/api/v1/auth/sign-in")).timeout(REQUEST_WAIT)
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString("""
                        {"email":"%s","password":"%s"}""".formatted(EMAIL, PASSWORD))).build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) throw new IOException("sign-in: " + response.statusCode() + " " + response.body());
        var value = JSON.readTree(response.body()).path("accessToken").asString();
        token = new Token(value, Instant.now().plus(TOKEN_USE));
        return value;
    }

    /** The end of its log, for whoever has to find out why. */
    String log() throws IOException {
        var lines = Files.readAllLines(folder.resolve("log"));
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }

    private boolean answers() {
        try {
            HttpResponse<Void> response = http.send(HttpRequest.newBuilder(uri("/actuator/health/readiness"))
                    .timeout(Duration.ofSeconds(2)).build(), BodyHandlers.discarding());
            return response.statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
