package com.ventros.crm.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer of each route, as the document shows it: what a test was really answered, with ids, times and secrets that are always the
 * same and lists cut short. With {@code -Ddocs.write=true} whatever a test is answered is taken in here, if there is none for its
 * route yet or the one there is does not fit the document any more.
 */
public final class Answers {

    private static final Path FILE = Path.of("src/test/resources/openapi/answers.json");
    private static final boolean WRITES = Boolean.getBoolean("docs.write");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Map<String, JsonNode> ALL = read();

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})");
    /** One that a test has put up, somewhere. */
    private static final Pattern SERVER = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
    private static final Instant FIRST = Instant.parse("2026-03-02T12:00:00Z");
    /** What opens something, by what it begins with or by the name of its field; an example shows none that ever did. */
    private static final Pattern KEY = Pattern.compile("(v[a-z]_|/webhooks/\\w+/)[A-Za-z0-9_-]{43}");
    private static final String ANY_KEY = "8Jm3cW5nQ0aV7tYx2LkR9sUfHbDpEoZg1iK4wMqSrTc";
    private static final Map<String, String> SECRETS = Map.of("secret", "JBSWY3DPEHPK3PXP",
            "uri", "otpauth://totp/Ventros%20CRM:ana%40exemplo.com.br?secret=JBSWY3DPEHPK3PXP&issuer=Ventros%20CRM",
            "recoveryCodes", "k7mq-2xvd-9trw", "nextCursor", "bmV4dA");
    /** A trace of a failure, for instance, goes on for pages. */
    private static final int LONGEST = 200;
    /** Enough to see that there may be several, where a list is a part of something. */
    private static final int MOST_PARTS = 2;

    private Answers() {}

    /** What a route answers with this status. */
    static Optional<JsonNode> of(Route route, int status) {
        return Optional.ofNullable(ALL.get(route + " " + status));
    }

    /** All, by route and status. */
    static Map<String, JsonNode> all() {
        return ALL;
    }

    /** A test was answered this. */
    public static void note(HttpResponse<String> answer) {
        if (!WRITES || answer.statusCode() >= 300 || !answer.headers().firstValue("Content-Type").orElse("").startsWith("application/json")) return;
        Contract.route(answer).ifPresent(route -> note(route + " " + answer.statusCode(), answer.body()));
    }

    private static synchronized void note(String name, String body) {
        var schema = Contract.answers().get(name);
        var known = ALL.get(name);
        if (schema == null || known != null && Contract.wrong(schema, known).isEmpty() && !isEmpty(known)) return;
        try {
            var shown = shown(JSON.readTree(body));
            if (known != null && isEmpty(shown)) return;
            ALL.put(name, shown);
            Files.writeString(FILE, OpenApi.written(new TreeMap<String, Object>(ALL)));
        } catch (JacksonException notJson) {
            throw new AssertionError(name + " answered " + body, notJson);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** A list with nothing in it shows nothing. */
    private static boolean isEmpty(JsonNode answer) {
        return answer.isArray() ? answer.isEmpty() : answer.path("items").isArray() && answer.path("items").isEmpty();
    }

    private static JsonNode shown(JsonNode answer) {
        var cut = shortened(answer, "");
        var text = KEY.matcher(cut.toString()).replaceAll(found -> Matcher.quoteReplacement(found.group(1) + ANY_KEY));
        text = SERVER.matcher(text).replaceAll("http://127.0.0.1:3000");
        var times = new TreeSet<Instant>();
        TIME.matcher(text).results().forEach(found -> times.add(Instant.parse(found.group())));
        text = TIME.matcher(text).replaceAll(found -> FIRST.plus(Duration.ofMinutes(times.headSet(Instant.parse(found.group())).size())).toString());
        var ids = new HashMap<String, String>();
        text = ID.matcher(text).replaceAll(found -> Matcher.quoteReplacement(
                ids.computeIfAbsent(found.group(), _ -> "0197b0e4-0000-7000-8000-%012x".formatted(ids.size() + 1))));
        return JSON.readTree(text);
    }

    private static JsonNode shortened(JsonNode node, String name) {
        if (node.isString() && SECRETS.containsKey(name)) return JsonNodeFactory.instance.stringNode(SECRETS.get(name));
        if (node.isString() && node.asString().length() > LONGEST) {
            return JsonNodeFactory.instance.stringNode(node.asString().substring(0, LONGEST) + "…");
        }
        if (node instanceof ObjectNode object) {
            var copy = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(field -> copy.set(field.getKey(), shortened(field.getValue(), field.getKey())));
            return copy;
        }
        if (!(node instanceof ArrayNode list)) return node;
        var copy = JsonNodeFactory.instance.arrayNode();
        list.valueStream().limit(name.isEmpty() || name.equals("items") ? 1 : MOST_PARTS).forEach(part -> copy.add(shortened(part, name)));
        return copy;
    }

    private static Map<String, JsonNode> read() {
        try {
            var all = new TreeMap<String, JsonNode>();
            if (Files.exists(FILE)) JSON.readTree(Files.readString(FILE)).properties().forEach(answer -> all.put(answer.getKey(), answer.getValue()));
            return all;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
