package com.ventros.crm.channels.waha;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A WAHA server that answers as told, and remembers what it was asked. */
final class FakeWaha implements AutoCloseable {

    /** What it was asked. */
    record Call(String method, String uri, Map<String, List<String>> headers, String body) {}

    /** What it does when asked. */
    @FunctionalInterface
    interface Reply {
        void to(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final Map<String, Reply> replies = new ConcurrentHashMap<>();
    final List<Call> calls = new CopyOnWriteArrayList<>();

    FakeWaha() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            calls.add(new Call(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(), new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
            replies.getOrDefault(exchange.getRequestURI().getRawPath(), answer(404, "{\"message\":\"Not Found\",\"statusCode\":404}"))
                    .to(exchange);
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    FakeWaha on(String path, int status, String json) {
        return on(path, answer(status, json));
    }

    FakeWaha on(String path, Reply reply) {
        replies.put(path, reply);
        return this;
    }

    /** Takes the request and hangs up, as a server does that crashes. */
    static Reply hangUp() {
        return HttpExchange::close;
    }

    private static Reply answer(int status, String json) {
        return exchange -> {
            var body = json.getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        };
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
