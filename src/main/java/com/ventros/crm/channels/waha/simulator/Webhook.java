package com.ventros.crm.channels.waha.simulator;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;

/** Where and how a session's events are delivered: one entry of {@code config.webhooks}. */
record Webhook(URI url, Set<String> events, Optional<String> hmacKey, Retries retries, Map<String, String> headers) {

    /** {@code "*"} does not mean these two. */
    private static final Set<String> ONLY_BY_NAME = Set.of("state.change", "engine.event");

    /** When a delivery that was not accepted is tried again. */
    record Retries(Policy policy, Duration delay, int attempts) {

        enum Policy {
            CONSTANT, LINEAR, EXPONENTIAL
        }

        /** WAHA's own defaults. */
        static final Retries STANDARD = new Retries(Policy.CONSTANT, Duration.ofSeconds(2), 15);

        /** Exponential delays vary by up to a fifth, so that many deliveries do not come back at once. */
        private static final double JITTER = 0.2;

        /**
         * The pause before the n-th retry.
         *
         * @param chance 0 to 1, for the jitter
         */
        Duration pauseBefore(int retry, double chance) {
            return switch (policy) {
                case CONSTANT -> delay;
                case LINEAR -> delay.multipliedBy(retry);
                case EXPONENTIAL -> Duration.ofNanos(
                        (long) (delay.toNanos() * Math.pow(2, retry) * (1 + JITTER * chance)));
            };
        }

        private static Retries parse(JsonNode json) {
            var policy = json.path("policy").asString("constant");
            return new Retries(
                    switch (policy) {
                        case "constant" -> Policy.CONSTANT;
                        case "linear" -> Policy.LINEAR;
                        case "exponential" -> Policy.EXPONENTIAL;
                        default -> throw WahaRefusal.badRequest("retries.policy must be constant, linear, exponential");
                    },
                    json.path("delaySeconds").isNumber()
                            ? Duration.ofMillis(Math.round(json.path("delaySeconds").asDouble() * 1000))
                            : STANDARD.delay,
                    json.path("attempts").isNumber() ? json.path("attempts").asInt() : STANDARD.attempts);
        }
    }

    static List<Webhook> parseAll(JsonNode config) {
        var all = new ArrayList<Webhook>();
        for (var entry : config.path("webhooks")) all.add(parse(entry));
        return List.copyOf(all);
    }

    private static Webhook parse(JsonNode json) {
        var events = new HashSet<String>();
        for (var event : json.path("events")) events.add(event.asString());
        var headers = new LinkedHashMap<String, String>();
        for (var header : json.path("customHeaders")) {
            headers.put(header.path("name").asString(), header.path("value").asString());
        }
        try {
            var webhook = new Webhook(URI.create(json.path("url").asString("")), Set.copyOf(events),
                    Optional.of(json.path("hmac").path("key").asString("")).filter(key -> !key.isEmpty()),
                    Retries.parse(json.path("retries")), Map.copyOf(headers));
            webhook.request(); // refuses now what could not be sent later
            return webhook;
        } catch (IllegalArgumentException unusable) {
            throw WahaRefusal.badRequest("config.webhooks: " + unusable.getMessage());
        }
    }

    boolean wants(String event) {
        return events.contains(event) || events.contains("*") && !ONLY_BY_NAME.contains(event);
    }

    /** The beginning of a request to it. */
    HttpRequest.Builder request() {
        var request = HttpRequest.newBuilder(url);
        headers.forEach(request::header);
        return request;
    }

    /** {@code X-Webhook-Hmac}: HMAC-SHA512 over exactly these bytes, in lower-case hex. */
    static String hmac(String key, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA512"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has HmacSHA512", impossible);
        }
    }
}
