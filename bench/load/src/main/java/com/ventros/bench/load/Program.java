package com.ventros.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The packaged program as a process of its own, with its embedded parts in a folder of its own. */
final class Program implements AutoCloseable {

    static final String SECRET = "a secret that only the two of us know";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration START_WAIT = Duration.ofMinutes(5);
    private static final Duration STOP_WAIT = Duration.ofSeconds(30);
    private static final Duration REQUEST_WAIT = Duration.ofMinutes(2);
    private static final String EMAIL = "dona@loja.example";
    private static final String PASSWORD = "correct horse battery staple";

    private final Path jar;
    private final Path folder;
    private final List<String> javaOptions;
    private final List<String> settings;
    private final int port;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private Process process;
    private String token;

    Program(Path jar, Path folder, List<String> javaOptions, List<String> settings) throws IOException {
        this.jar = jar;
        this.folder = folder;
        this.javaOptions = javaOptions;
        this.settings = settings;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
    }

    /** Starts it, waits until it answers, and signs in. */
    void start() throws Exception {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(javaOptions);
        command.addAll(List.of("-jar", jar.toString(), "--server.port=" + port,
                "--crm.embedded.data-dir=" + folder.resolve("data"), "--crm.demo.enabled=false"));
        command.addAll(settings);
        var builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().put("CRM_ADMIN_EMAIL", EMAIL);
        builder.environment().put("CRM_ADMIN_PASSWORD", PASSWORD);
        builder.environment().put("CRM_ADMIN_COMPANY", "Loja Exemplo");
        process = builder.start();
        var started = process;
        // Whoever ends the generator ends what it started, and the program its database.
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(started::destroy));
        var deadline = System.nanoTime() + START_WAIT.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("The program did not start; see " + log());
            }
            process.waitFor(200, TimeUnit.MILLISECONDS);
        }
        token = null;
        token = post("/api/v1/auth/sign-in", """
                {"email":"%s","password":"%s"}""".formatted(EMAIL, PASSWORD)).path("accessToken").asString();
    }

    Path log() {
        return folder.resolve("program.log");
    }

    long pid() {
        return process.pid();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Connects a WAHA session; its door is the answer. */
    String createChannel(String session) throws Exception {
        return post("/api/v1/channels", """
                {"name":"%1$s","type":"waha","waha":{"url":"http://127.0.0.1:9","session":"%1$s","apiKey":"key",\
                "hmacSecret":"%2$s"}}""".formatted(session, SECRET)).path("webhookPath").asString();
    }

    JsonNode post(String path, String json) throws Exception {
        return send(HttpRequest.newBuilder(address().resolve(path)).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    JsonNode get(String path) throws Exception {
        return send(HttpRequest.newBuilder(address().resolve(path)));
    }

    /** Who asks, as a header of a request. */
    String authorization() {
        return "Authorization: Bearer " + token + "\r\n";
    }

    private JsonNode send(HttpRequest.Builder request) throws Exception {
        request.timeout(REQUEST_WAIT);
        if (token != null) request.header("Authorization", "Bearer " + token);
        var response = http.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(response.uri() + " " + response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }

    private boolean answers() throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(address().resolve("/health")).timeout(Duration.ofSeconds(2)).build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The embedded database as its superuser: what is counted is what is really there. */
    Database database() throws IOException {
        var data = folder.resolve("data");
        return new Database("jdbc:postgresql://127.0.0.1:" + Files.readString(data.resolve("postgres-port")).strip()
                + "/postgres", "postgres", Files.readString(data.resolve("postgres-password")).strip());
    }

    @Override
    public void close() throws InterruptedException {
        if (process == null) return;
        process.destroy();
        if (!process.waitFor(STOP_WAIT.toSeconds(), TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
    }
}
