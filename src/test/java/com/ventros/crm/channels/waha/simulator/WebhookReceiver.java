package com.ventros.crm.channels.waha.simulator;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Receives webhooks over real HTTP and keeps them as they came. */
final class WebhookReceiver implements AutoCloseable {

    record Delivery(Map<String, List<String>> headers, byte[] body, long nanoTime) {

        String header(String name) {
            return headers.entrySet().stream().filter(e -> e.getKey().equalsIgnoreCase(name))
                    .map(e -> e.getValue().getFirst()).findFirst().orElse("");
        }

        JsonNode json() {
            return JSON.readTree(body);
        }

        String event() {
            return json().path("event").asString();
        }

        JsonNode payload() {
            return json().path("payload");
        }
    }

    /** What to answer; {@code retryAfter} in seconds, 0 for none. */
    record Reply(int status, int retryAfter) {}

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private volatile Function<Integer, Reply> replies = _ -> new Reply(200, 0);

    WebhookReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                var body = exchange.getRequestBody().readAllBytes();
                int number;
                synchronized (deliveries) {
                    deliveries.add(new Delivery(Map.copyOf(exchange.getRequestHeaders()), body, System.nanoTime()));
                    number = deliveries.size();
                }
                var reply = replies.apply(number);
                if (reply.retryAfter() > 0) {
                    exchange.getResponseHeaders().set("Retry-After", String.valueOf(reply.retryAfter()));
                }
                exchange.sendResponseHeaders(reply.status(), -1);
            }
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    /** Answers by the number of the delivery, counted from 1. */
    void reply(Function<Integer, Reply> replies) {
        this.replies = replies;
    }

    List<Delivery> all() {
        return List.copyOf(deliveries);
    }

    List<Delivery> of(String event) {
        return which(delivery -> delivery.event().equals(event));
    }

    List<Delivery> which(Predicate<Delivery> wanted) {
        return deliveries.stream().filter(wanted).toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
