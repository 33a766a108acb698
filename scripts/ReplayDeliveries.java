import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Plays WAHA: posts each body of a folder, signed over its bytes, and counts the answers. */
void main(String[] arguments) throws Exception {
    var options = Options.parse(arguments);
    var bodies = options.bodies();
    var deliveries = new ArrayList<Path>();
    for (int i = 0; i < options.times(); i++) deliveries.addAll(bodies.keySet());
    if (options.shuffle() != null) Collections.shuffle(deliveries, new Random(options.shuffle()));

    var answers = new ConcurrentSkipListMap<String, LongAdder>();
    var refused = new ConcurrentSkipListMap<String, String>();
    var inFlight = new Semaphore(options.parallel());
    var start = System.nanoTime();
    try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var file : deliveries) {
            inFlight.acquire();
            threads.submit(() -> {
                try {
                    var status = post(http, options, bodies.get(file));
                    answers.computeIfAbsent(status, _ -> new LongAdder()).increment();
                    if (!status.equals("200")) refused.put(file.getFileName().toString(), status);
                } finally {
                    inFlight.release();
                }
            });
        }
    }
    var seconds = (System.nanoTime() - start) / 1e9;
    answers.forEach((status, count) -> IO.println("%-28s %d".formatted(status, count.sum())));
    if (options.verbose()) refused.forEach((file, status) -> IO.println("  %s  %s".formatted(status, file)));
    IO.println("%d deliveries in %.1f s, %.0f a second".formatted(deliveries.size(), seconds, deliveries.size() / seconds));
}

/** The status, or what went wrong before there was one. */
String post(HttpClient http, Options options, byte[] body) {
    var request = HttpRequest.newBuilder(options.channel()).timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .header("User-Agent", "WAHA/2026.2.2")
            .header("X-Webhook-Request-Id", UUID.randomUUID().toString().replace("-", ""))
            .header("X-Webhook-Timestamp", Long.toString(System.currentTimeMillis()))
            .header("X-Webhook-Hmac", signature(body, options.secret()))
            .header("X-Webhook-Hmac-Algorithm", "sha512")
            .POST(BodyPublishers.ofByteArray(body)).build();
    try {
        return Integer.toString(http.send(request, BodyHandlers.discarding()).statusCode());
    } catch (IOException failed) {
        return failed.getClass().getSimpleName();
    } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        return "interrupted";
    }
}

String signature(byte[] body, String secret) {
    try {
        var mac = Mac.getInstance("HmacSHA512");
        mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA512"));
        return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (java.security.GeneralSecurityException impossible) {
        throw new IllegalStateException("every Java has HMAC-SHA512", impossible);
    }
}

/** What the command line says. */
record Options(Path folder, URI channel, String secret, int times, Long shuffle, int parallel, String session,
        boolean verbose) {

    static final String USAGE = """
            usage: replay-deliveries FOLDER --channel KEY_OR_URL --secret SECRET [options]

            Posts every *.json of FOLDER to the channel's webhook, as WAHA would, and prints the count per status.

              --channel KEY_OR_URL  the webhook's key, its path, or its whole address
              --secret SECRET       the channel's signing secret
              --url BASE            where the CRM is, if only a key is given (default http://localhost:8080)
              --session NAME        only bodies of this session (by a plain search in the text)
              --times N             each body N times (default 1)
              --shuffle SEED        in an order that depends on SEED alone (default: by file name)
              --parallel P          so many at the same time (default 8)
              --verbose             also names each file that was not answered with 200
            """;

    static Options parse(String[] arguments) {
        Path folder = null;
        var values = new TreeMap<String, String>();
        var verbose = false;
        for (int i = 0; i < arguments.length; i++) {
            var argument = arguments[i];
            if (argument.equals("--help") || argument.equals("-h")) end(0, USAGE);
            else if (argument.equals("--verbose")) verbose = true;
            else if (argument.startsWith("--")) {
                if (!List.of("--channel", "--secret", "--url", "--session", "--times", "--shuffle", "--parallel").contains(argument)
                        || i + 1 == arguments.length) end(2, "not understood: " + argument + "\n\n" + USAGE);
                values.put(argument, arguments[++i]);
            } else if (folder == null) folder = Path.of(argument);
            else end(2, "one folder only, please\n\n" + USAGE);
        }
        if (folder == null || !values.containsKey("--channel") || !values.containsKey("--secret")) end(2, USAGE);
        var channel = values.get("--channel");
        var base = values.getOrDefault("--url", "http://localhost:8080");
        var address = channel.contains("://") ? channel
                : base + (channel.startsWith("/") ? channel : "/webhooks/waha/" + channel);
        return new Options(folder, URI.create(address), values.get("--secret"), number(values, "--times", 1),
                values.containsKey("--shuffle") ? Long.valueOf(values.get("--shuffle")) : null,
                number(values, "--parallel", 8), values.get("--session"), verbose);
    }

    /** All bodies in memory, so that reading files does not slow the posting. */
    Map<Path, byte[]> bodies() throws IOException {
        if (!Files.isDirectory(folder)) end(2, "no such folder: " + folder);
        var bodies = new TreeMap<Path, byte[]>();
        try (var files = Files.list(folder)) {
            for (var file : files.filter(file -> file.toString().endsWith(".json")).toList()) {
                var body = Files.readAllBytes(file);
                if (session == null || isOf(body)) bodies.put(file, body);
            }
        }
        if (bodies.isEmpty()) end(2, "no such deliveries in " + folder);
        return bodies;
    }

    private boolean isOf(byte[] body) {
        var text = new String(body, UTF_8);
        return Arrays.asList("\"session\": \"" + session + "\"", "\"session\":\"" + session + "\"").stream()
                .anyMatch(text::contains);
    }

    private static int number(Map<String, String> values, String name, int otherwise) {
        var value = values.get(name);
        if (value == null) return otherwise;
        if (!value.matches("[1-9]\\d{0,6}")) end(2, name + " needs a number from 1");
        return Integer.parseInt(value);
    }

    private static void end(int status, String message) {
        (status == 0 ? System.out : System.err).println(message);
        System.exit(status);
    }
}
