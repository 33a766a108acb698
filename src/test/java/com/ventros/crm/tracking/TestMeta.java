package com.ventros.crm.tracking;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.DynamicPropertyRegistrar;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Stands for Meta's Graph API: takes what is told to each dataset, or answers as it is told to. */
@Configuration(proxyBeanMethods = false)
class TestMeta {

    /** What it was asked. */
    record Heard(String authorization, JsonNode body) {}

    /** What it is to answer, once. */
    record Answer(int status, String body) {}

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Map<String, List<Heard>> HEARD = new ConcurrentHashMap<>();
    private static final Map<String, Queue<Answer>> ANSWERS = new ConcurrentHashMap<>();
    private static final HttpServer SERVER = server();

    private static HttpServer server() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/v1/", exchange -> {
                try (exchange) {
                    var dataset = exchange.getRequestURI().getPath().split("/")[2];
                    HEARD.computeIfAbsent(dataset, _ -> new CopyOnWriteArrayList<>()).add(new Heard(exchange.getRequestHeaders().getFirst("Authorization"),
                            JSON.readTree(exchange.getRequestBody().readAllBytes())));
                    var planned = ANSWERS.getOrDefault(dataset, new ConcurrentLinkedQueue<>()).poll();
                    var answer = planned == null ? new Answer(200, "{\"events_received\":1}") : planned;
                    var body = answer.body().getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(answer.status(), body.length);
                    exchange.getResponseBody().write(body);
                }
            });
            server.start();
            return server;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Bean
    DynamicPropertyRegistrar meta() {
        return properties -> properties.add("crm.tracking.meta-url", () -> "http://127.0.0.1:" + SERVER.getAddress().getPort() + "/v1");
    }

    static List<Heard> heard(String dataset) {
        return HEARD.getOrDefault(dataset, List.of());
    }

    static void answer(String dataset, int status, String body) {
        ANSWERS.computeIfAbsent(dataset, _ -> new ConcurrentLinkedQueue<>()).add(new Answer(status, body));
    }
}
