package com.ventros.crm.openapi;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds answers to the committed document: whatever a test is answered, the document said that it might be. */
public final class Contract {

    /** Of any path: what the server answers before it knows the route. */
    private static final Set<String> ANYWHERE = Set.of("not_found", "method_not_allowed", "request_malformed",
            "request_refused", "rate_limited");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Contract COMMITTED = read(Path.of("docs/reference/openapi.json"));

    private record Operation(String name, Pattern path, int variables, String method, JsonNode said) {}

    private final JsonNode document;
    private final List<Operation> operations = new ArrayList<>();

    private Contract(JsonNode document) {
        this.document = document;
        document.path("paths").properties().forEach(path -> path.getValue().properties().forEach(operation -> {
            var variables = path.getKey().split("\\{", -1).length - 1;
            operations.add(new Operation(operation.getKey().toUpperCase() + " " + path.getKey(),
                    Pattern.compile(path.getKey().replace(".", "\\.").replaceAll("\\{[^}]+}", "[^/]+")), variables,
                    operation.getKey().toUpperCase(), operation.getValue()));
        }));
        operations.sort(Comparator.comparingInt(Operation::variables));
    }

    private static Contract read(Path file) {
        try {
            return new Contract(JSON.readTree(Files.readString(file)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Fails when the document does not say that this may be answered. Routes that it does not know are not its business. */
    public static void check(HttpResponse<String> answer) {
        COMMITTED.operation(answer).ifPresent(one -> COMMITTED.check(answer, one.said()));
    }

    /** The route, as the document names it, that gave an answer. */
    static Optional<String> route(HttpResponse<String> answer) {
        return COMMITTED.operation(answer).map(Operation::name);
    }

    /** Every answer in JSON of one who is not refused, by route and status, as {@code GET /api/v1/contacts 200}. */
    static Map<String, JsonNode> answers() {
        var answers = new TreeMap<String, JsonNode>();
        COMMITTED.operations.forEach(one -> one.said().path("responses").properties().forEach(answer -> {
            var schema = answer.getValue().path("content").path("application/json").path("schema");
            if (answer.getKey().startsWith("2") && !schema.isMissingNode()) answers.put(one.name() + " " + answer.getKey(), schema);
        }));
        return answers;
    }

    /** What in this does not fit the schema, which is one of {@link #answers()}. */
    static List<String> wrong(JsonNode schema, JsonNode value) {
        var wrong = new ArrayList<String>();
        COMMITTED.compare(schema, value, "", wrong);
        return wrong;
    }

    private Optional<Operation> operation(HttpResponse<String> answer) {
        var path = answer.uri().getRawPath();
        return operations.stream().filter(one -> one.method().equals(answer.request().method()) && one.path().matcher(path).matches()).findFirst();
    }

    private void check(HttpResponse<String> answer, JsonNode operation) {
        var type = answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        var body = json(answer.body());
        if (type.equals("text/html") && answer.statusCode() == 400) return; // an address that the server cannot even read
        if (type.equals("application/problem+json") && ANYWHERE.contains(body.path("code").asString(""))) return;
        var said = operation.path("responses").path(Integer.toString(answer.statusCode()));
        if (said.isMissingNode()) said = operation.path("responses").path("default");
        if (said.isMissingNode()) fail("The document does not know " + answer.statusCode() + " of " + described(answer));
        said = resolved(said);
        var content = said.path("content");
        if (content.isEmpty()) return;
        if (content.has("*/*")) return; // a file, of whatever type
        var schema = content.path(type).path("schema");
        if (schema.isMissingNode()) fail("The document does not know the type " + type + " of " + described(answer));
        if (type.equals("text/event-stream") || schema.path("format").asString("").equals("binary")) return;
        var wrong = new ArrayList<String>();
        compare(schema, body, "", wrong);
        if (!wrong.isEmpty()) fail(wrong + " in " + described(answer));
    }

    private static String described(HttpResponse<String> answer) {
        return answer.request().method() + " " + answer.uri().getPath() + ": " + answer.statusCode() + " " + answer.body();
    }

    private void compare(JsonNode given, JsonNode value, String at, List<String> wrong) {
        var schema = resolved(given);
        schema.path("allOf").forEach(part -> compare(part, value, at, wrong));
        if (schema.has("anyOf") && schema.path("anyOf").valueStream().noneMatch(part -> fits(part, value))) wrong.add(at + " fits nothing");
        if (schema.has("type") && !isOf(schema.get("type"), value)) {
            wrong.add(at + " is " + value.getNodeType() + " and not " + schema.get("type"));
            return;
        }
        if (schema.has("const") && !schema.get("const").equals(value)) wrong.add(at + " is not " + schema.get("const"));
        if (schema.has("enum") && schema.get("enum").valueStream().noneMatch(value::equals)) wrong.add(at + " " + value + " is none of " + schema.get("enum"));
        if (value.isArray() && schema.has("items")) {
            for (int i = 0; i < value.size(); i++) compare(schema.get("items"), value.get(i), at + "/" + i, wrong);
        }
        if (!value.isObject()) return;
        schema.path("required").forEach(name -> {
            if (!value.has(name.asString())) wrong.add(at + "/" + name.asString() + " is missing");
        });
        var properties = schema.path("properties");
        value.properties().forEach(field -> {
            if (properties.has(field.getKey())) {
                compare(properties.get(field.getKey()), field.getValue(), at + "/" + field.getKey(), wrong);
            } else if (schema.path("additionalProperties").isObject()) {
                compare(schema.get("additionalProperties"), field.getValue(), at + "/" + field.getKey(), wrong);
            } else if (schema.has("required") && schema.has("properties")) {
                wrong.add(at + "/" + field.getKey() + " is not described");
            }
        });
    }

    private boolean fits(JsonNode schema, JsonNode value) {
        var wrong = new ArrayList<String>();
        compare(schema, value, "", wrong);
        return wrong.isEmpty();
    }

    private static boolean isOf(JsonNode types, JsonNode value) {
        return (types.isArray() ? types.valueStream() : Stream.of(types)).map(JsonNode::asString).anyMatch(type -> switch (type) {
            case "null" -> value.isNull();
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            default -> value.isObject();
        });
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asString().substring(1)) : node;
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException notJson) {
            return JSON.missingNode();
        }
    }
}
