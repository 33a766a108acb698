package com.ventros.crm;

import com.ventros.crm.openapi.Answers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** A client of the API, over real HTTP. */
public final class Api {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final int port;
    private final List<String> headers;

    private Api(int port, List<String> headers) {
        this.port = port;
        this.headers = headers;
    }

    /** Somebody who is not signed in. */
    public static Api anonymous(int port) {
        return new Api(port, List.of());
    }

    /** The same client with a bearer token. */
    public Api as(String token) {
        return with("Authorization", "Bearer " + token);
    }

    /** The same client with one more header on every request. */
    public Api with(String header, String value) {
        var more = new ArrayList<>(headers);
        more.add(header);
        more.add(value);
        return new Api(port, List.copyOf(more));
    }

    public Answer get(String path) {
        return send("GET", path, null);
    }

    public Answer post(String path, Object body) {
        return send("POST", path, JSON.writeValueAsString(body));
    }

    public Answer patch(String path, Object body) {
        return send("PATCH", path, JSON.writeValueAsString(body));
    }

    public Answer put(String path, Object body) {
        return send("PUT", path, JSON.writeValueAsString(body));
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /** Sends a body as it stands, whatever it is; null for none. */
    public Answer send(String method, String path, String body) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        if (body != null && !headers.contains("Content-Type")) request.header("Content-Type", "application/json");
        for (int i = 0; i < headers.size(); i += 2) request.header(headers.get(i), headers.get(i + 1));
        try {
            var answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            Answers.note(answer);
            return new Answer(answer);
        } catch (IOException failed) {
            throw new UncheckedIOException(method + " " + path, failed);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }

    /** What the server answered. */
    public record Answer(HttpResponse<String> raw) {

        public int status() {
            return raw.statusCode();
        }

        public String text() {
            return raw.body();
        }

        /** The body as JSON; a missing node when it is none. */
        public JsonNode json() {
            try {
                return raw.body().isEmpty() ? MissingNode.getInstance() : JSON.readTree(raw.body());
            } catch (JacksonException notJson) {
                return MissingNode.getInstance();
            }
        }

        /** The {@code code} of a problem. */
        public String code() {
            return json().path("code").asString("");
        }

        public Optional<String> header(String name) {
            return raw.headers().firstValue(name);
        }

        @Override
        public String toString() {
            return raw.request().method() + " " + raw.request().uri().getPath() + " -> " + status() + " " + text();
        }
    }
}
