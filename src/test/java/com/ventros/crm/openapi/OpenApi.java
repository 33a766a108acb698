package com.ventros.crm.openapi;

import static com.ventros.crm.openapi.Schemas.reference;
import static com.ventros.crm.openapi.Schemas.schema;

import com.ventros.crm.billing.web.StandingCheck;
import com.ventros.crm.http.IfMatch;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Paging;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Principal;
import com.ventros.crm.openapi.ProblemCodes.Code;
import com.ventros.crm.openapi.Schemas.Way;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.validation.Valid;
import java.io.IOException;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.ValueConstants;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The OpenAPI document of the routes there are. What it says comes from the program: words from the comments of routes
 * and records, permissions from {@code @Requires}, schemas from the records, problems from the compiled code.
 */
public final class OpenApi {

    private static final String PROBLEM = "application/problem+json";
    private static final String JSON = "application/json";
    private static final String TRACE_ID = "0197b0e4-0000-7000-8000-000000000000";

    /** What the door answers before or after a controller: status, code, detail as in {@code http.Problems} and its filters. */
    private static final Map<String, Code> AT_THE_DOOR = List.of(
            new Code(400, "body_malformed", "The body is not the JSON expected here."),
            new Code(400, "field_unknown", "There is no such field."),
            new Code(400, "field_type", "A field does not hold the kind of value it should."),
            new Code(400, "parameter_malformed", "A parameter is not proper URL encoding."),
            new Code(400, "parameter_type", "A parameter does not hold the kind of value it should."),
            new Code(400, "limit_invalid", "limit is a number from 1 to " + Paging.MAX_LIMIT + "."),
            new Code(400, "cursor_invalid", "The cursor is not one that a page of this list gave."),
            new Code(400, "if_match_invalid", "If-Match holds one version, such as \"3\"."),
            new Code(400, "idempotency_key_invalid", "Idempotency-Key has 1 to 200 visible ASCII characters."),
            new Code(401, "unauthenticated", "Sign in, or present a valid API key."),
            new Code(403, "permission_missing", ""),
            new Code(406, "not_acceptable", "None of the media types you accept is available."),
            new Code(409, "idempotency_in_progress", "An equal request is still being worked on."),
            new Code(409, "billing_account_not_active", "The company's account is suspended: until it is active nothing is sent or changed. "
                    + "What is there can be read, exported and erased, and what comes is kept."),
            new Code(412, "version_stale", "It has been changed since you read it; read it again."),
            new Code(413, "body_too_large", "A body has at most 1048576 bytes."),
            new Code(415, "media_type_unsupported", "The body must be application/json."),
            new Code(416, "range_not_satisfiable", "The file has no such part."),
            new Code(422, "idempotency_key_reused", "This Idempotency-Key was used for another request."),
            new Code(422, "validation_failed", "Some fields do not hold what they should."),
            new Code(428, "if_match_required", "Send the version you have read as If-Match."),
            new Code(429, "rate_limited", "Too many requests; slow down."),
            new Code(500, "internal_error", "Something went wrong on our side. The trace id finds it in our logs."),
            new Code(503, "database_unavailable", "The database does not answer at the moment; try again shortly."))
            .stream().collect(Collectors.toMap(Code::code, code -> code));

    /** An example of what is said where it stands elsewhere in the code, or WAHA says it. */
    private static final Map<String, String> SAID_ELSEWHERE = Map.of(
            "permission_missing", "This needs the permission CONTACT_READ.",
            "limit_reached", "The plan allows 3 agents, and there are 3.",
            "waha_key_refused", "WAHA refuses the API key.",
            "waha_refused", "WAHA answers 422: Session status is not as expected.",
            "waha_unclear", "WAHA answers 500.",
            "waha_unreachable", "WAHA cannot be reached at http://waha:3000.");

    private static final String ABOUT = """
            WhatsApp-first CRM. Every route, with what it needs and what it may refuse.

            Sign in for an access token, or make an API key, and send it as `Authorization: Bearer …`. Every id of another
            company is answered like one that never was, 404. Problems are `application/problem+json`; their `code` is
            stable and is what a program looks at. Lists come in pages: `limit`, and `cursor` with the `nextCursor` of the
            page before. What carries an `ETag` is changed with `If-Match`. A POST with an `Idempotency-Key` happens once.
            """;

    private final Javadoc javadoc;
    private final ProblemCodes problems;
    private final Schemas schemas;
    private final Map<String, Object> responses = new TreeMap<>();
    private final Map<String, Object> examples = new TreeMap<>();

    private OpenApi(Javadoc javadoc, ProblemCodes problems) {
        this.javadoc = javadoc;
        this.problems = problems;
        schemas = new Schemas(javadoc);
    }

    /** The document of these routes. */
    public static Map<String, Object> of(List<Route> routes) throws IOException {
        return new OpenApi(Javadoc.read(Path.of("src/main/java")), ProblemCodes.read(Path.of("target/classes"))).document(routes);
    }

    /** The document as it is committed: what fits on a line stands on one, so that a change is a few lines of a diff. */
    public static String written(Map<String, Object> document) {
        return new OpenApi.Writer().write(JsonMapper.builder().build().valueToTree(document), "") + "\n";
    }

    private static final class Writer {

        private static final int LINE = 160;

        String write(JsonNode node, String indent) {
            var line = node.toString();
            if (!node.isContainer() || node.isEmpty() || indent.length() + line.length() <= LINE) return line;
            var deeper = indent + "  ";
            var parts = node.isArray() ? node.valueStream().map(part -> write(part, deeper))
                    : node.propertyStream().map(part -> JsonNodeFactory.instance.stringNode(part.getKey()) + ": " + write(part.getValue(), deeper));
            return (node.isArray() ? "[\n" : "{\n") + parts.map(part -> deeper + part).collect(Collectors.joining(",\n"))
                    + "\n" + indent + (node.isArray() ? "]" : "}");
        }
    }

    private Map<String, Object> document(List<Route> routes) {
        schemas.of(type("com.ventros.crm.http.Problem"), Way.OUT);
        routes.forEach(this::answers); // first, so that the plain name of a record that goes both ways is that of the answer
        var paths = new TreeMap<String, Map<String, Object>>();
        var tags = new TreeMap<String, Object>();
        for (var route : routes) {
            paths.computeIfAbsent(route.path(), _ -> new TreeMap<>()).put(route.method().toLowerCase(), operation(route));
            var owner = route.java().getDeclaringClass();
            tags.put(tag(route), schema("name", tag(route), "description", javadoc.of(owner).map(Javadoc.Words::text)
                    .orElseThrow(() -> new AssertionError("Say in one sentence above " + owner.getSimpleName() + " what it is for."))));
        }
        return schema("openapi", "3.1.0",
                "info", schema("title", "Ventros CRM", "version", "v1", "description", ABOUT.strip(),
                        "license", schema("name", "MIT", "identifier", "MIT")),
                "servers", List.of(schema("url", "/")),
                "tags", List.copyOf(tags.values()),
                "paths", paths,
                "components", schema("schemas", schemas.components(), "responses", responses,
                        "examples", examples, "securitySchemes", schema("bearer", schema("type", "http", "scheme", "bearer",
                                "description", "The access token of a sign-in, or an API key (`vk_…`)."))));
    }

    private Map<String, Object> operation(Route route) {
        var words = javadoc.of(route.java()).orElseThrow(() -> new AssertionError(
                "Say in one sentence above " + route.java().getDeclaringClass().getSimpleName() + "." + route.java().getName()
                        + " what " + route + " does; it becomes the route's summary."));
        var operation = schema("tags", List.of(tag(route)), "summary", words.firstSentence());
        var needs = route.permissions().stream().map(permission -> "`" + permission.code() + "`").collect(Collectors.joining(" and "));
        var description = (words.rest() + (needs.isEmpty() ? "" : "\n\nNeeds " + needs + ".")).strip();
        if (!description.isEmpty()) operation.put("description", description);
        operation.put("operationId", operationId(route));
        operation.put("security", route.isClosed()
                ? List.of(schema("bearer", route.permissions().stream().map(Permission::code).toList())) : List.of());
        var parameters = parameters(route);
        if (!parameters.isEmpty()) operation.put("parameters", parameters);
        route.body().ifPresent(body -> operation.put("requestBody", schema("required", route.needsBody(),
                "content", schema(JSON, body(route, schemas.of(plain(body.getParameterizedType()), Way.IN))))));
        if (route.takesFile()) {
            operation.put("requestBody", schema("required", true, "content", schema("*/*",
                    schema("schema", schema("type", "string", "format", "binary")))));
        }
        var all = new TreeMap<String, Object>(answers(route));
        refusals(route).forEach((status, codes) -> all.put(Integer.toString(status), refusal(status, codes)));
        operation.put("responses", all);
        return operation;
    }

    private static Map<String, Object> body(Route route, Map<String, Object> schema) {
        var body = schema("schema", schema);
        Examples.shown(route).ifPresent(example -> body.put("example", example));
        return body;
    }

    private List<Object> parameters(Route route) {
        var parameters = new ArrayList<Object>();
        for (var parameter : route.java().getParameters()) {
            var type = parameter.getType();
            if (parameter.isAnnotationPresent(PathVariable.class)) {
                parameters.add(schema("name", parameter.getName(), "in", "path", "required", true,
                        "schema", schemas.of(parameter.getParameterizedType(), Way.IN)));
            } else if (parameter.isAnnotationPresent(RequestParam.class)) {
                var said = parameter.getAnnotation(RequestParam.class);
                parameters.add(query(route, parameter.getName(), parameter.getParameterizedType(), said.defaultValue()));
            } else if (parameter.isAnnotationPresent(RequestHeader.class)) {
                parameters.add(schema("name", parameter.getAnnotation(RequestHeader.class).name(), "in", "header",
                        "schema", schemas.of(parameter.getParameterizedType(), Way.IN)));
            } else if (parameter.isAnnotationPresent(CookieValue.class)) {
                parameters.add(schema("name", parameter.getAnnotation(CookieValue.class).name(), "in", "cookie",
                        "schema", schema("type", "string")));
            } else if (type == Paging.class) {
                parameters.add(schema("name", "limit", "in", "query", "description", "How many at most.", "schema", schema(
                        "type", "integer", "minimum", 1, "maximum", Paging.MAX_LIMIT, "default", Paging.DEFAULT_LIMIT)));
                if (isPage(route)) parameters.add(schema("name", "cursor", "in", "query",
                        "description", "The `nextCursor` of the page before.", "schema", schema("type", "string")));
            } else if (type == IfMatch.class) {
                parameters.add(schema("name", "If-Match", "in", "header", "required", true,
                        "description", "The version that was read, as its `ETag`.", "schema", schema("type", "string"), "example", "\"3\""));
            } else if (isQueryRecord(parameter)) {
                for (var part : type.getRecordComponents()) {
                    parameters.add(query(route, part.getName(), part.getGenericType(), ValueConstants.DEFAULT_NONE));
                }
            }
        }
        if (isFile(route)) {
            parameters.add(schema("name", "Range", "in", "header", "description", "The part of the file that is wanted.",
                    "schema", schema("type", "string"), "example", "bytes=0-1023"));
        }
        if (route.isRepeatable()) {
            parameters.add(schema("name", "Idempotency-Key", "in", "header",
                    "description", "The same key with the same body gets the same answer for 24 hours, and happens once.",
                    "schema", schema("type", "string", "minLength", 1, "maxLength", 200)));
        }
        return parameters;
    }

    private Map<String, Object> query(Route route, String name, Type type, String defaultValue) {
        var plain = plain(type);
        var schema = schemas.of(plain, Way.IN);
        if (!defaultValue.equals(ValueConstants.DEFAULT_NONE)) schema.put("default", plain == long.class ? (Object) Long.valueOf(defaultValue) : defaultValue);
        return schema("name", name, "in", "query", "description", Parameters.of(route, name), "schema", schema);
    }

    private static Type plain(Type type) {
        return type instanceof ParameterizedType generic && generic.getRawType() == Optional.class ? generic.getActualTypeArguments()[0] : type;
    }

    /** A record that no annotation explains is filled from the query. */
    private static boolean isQueryRecord(Parameter parameter) {
        return parameter.getType().isRecord() && !parameter.isAnnotationPresent(RequestBody.class)
                && parameter.getType() != Principal.class && parameter.getType() != Paging.class && parameter.getType() != IfMatch.class
                && !ServletRequest.class.isAssignableFrom(parameter.getType()) && !ServletResponse.class.isAssignableFrom(parameter.getType());
    }

    private static boolean isPage(Route route) {
        return route.java().getReturnType() == Page.class;
    }

    /** The answers of one who is not refused. */
    private Map<String, Object> answers(Route route) {
        var method = route.java();
        if (route.isStream()) {
            return Map.of("200", schema("description", "The stream.", "content",
                    schema("text/event-stream", schema("schema", schema("type", "string")))));
        }
        if (!route.produces().isEmpty() && method.getReturnType() == void.class) {
            return Map.of("200", schema("description", "The file.", "content",
                    schema(route.produces().iterator().next().toString(), schema("schema", schema("type", "string", "format", "binary")))));
        }
        var declared = Optional.ofNullable(method.getAnnotation(ResponseStatus.class)).map(ResponseStatus::value);
        var made = problems.mentions(method, "org/springframework/http/ResponseEntity", "created")
                || problems.mentions(method, "org/springframework/http/HttpStatus", "CREATED");
        var empty = method.getGenericReturnType().toString().contains("java.lang.Void");
        var status = declared.orElse(made ? HttpStatus.CREATED : empty ? HttpStatus.NO_CONTENT : HttpStatus.OK);
        var tagged = problems.mentions(method, "com/ventros/crm/http/IfMatch", "ok") || problems.mentions(method, "com/ventros/crm/http/IfMatch", "etag");
        var answers = new LinkedHashMap<String, Object>();
        if (method.getReturnType() == ResponseEntity.class && typeOf(method.getGenericReturnType()).toString().equals("?")) {
            switch (method.getDeclaringClass().getSimpleName()) {
                case "ReplayController" -> {
                    answers.put("200", answer(route, HttpStatus.OK, type("com.ventros.crm.operations.web.ReplayController$Counts"), false));
                    answers.put("201", answer(route, HttpStatus.CREATED, type("com.ventros.crm.events.Replays$Shown"), false));
                }
                case "WahaDoor" -> {
                    answers.put("200", schema("description", "It is kept."));
                    answers.put("default", schema("description", "It is refused; `code` says why.",
                            "content", schema(PROBLEM, schema("schema", reference("Problem")))));
                }
                default -> throw new AssertionError("Say in OpenApi what " + route + " answers, since its type does not.");
            }
            return answers;
        }
        answers.put(Integer.toString(status.value()), answer(route, status, typeOf(method.getGenericReturnType()), tagged));
        if (isFile(route)) answers.put("206", answer(route, HttpStatus.PARTIAL_CONTENT, Resource.class, false));
        if (route.path().equals("/health")) answers.put("503", answer(route, HttpStatus.SERVICE_UNAVAILABLE, typeOf(method.getGenericReturnType()), false));
        return answers;
    }

    private Map<String, Object> answer(Route route, HttpStatus status, Type type, boolean tagged) {
        var answer = schema("description", status.getReasonPhrase() + ".");
        if (tagged) answer.put("headers", schema("ETag", schema("description", "The version of what is shown, for `If-Match`.",
                "schema", schema("type", "string"), "example", "\"3\"")));
        if (type == Resource.class) answer.put("content", schema("*/*", schema("schema", schema("type", "string", "format", "binary"))));
        else if (status != HttpStatus.NO_CONTENT) {
            var body = schema("schema", schemas.of(type, Way.OUT));
            Answers.of(route, status.value()).ifPresent(example -> body.put("example", example));
            answer.put("content", schema(JSON, body));
        }
        return answer;
    }

    /** Whether it answers with a body whose type is known before; a file has its own, whatever is accepted. */
    private static boolean isOfOneType(Route route) {
        return !route.produces().isEmpty() || !Set.of(void.class, Void.class, Resource.class).contains(typeOf(route.java().getGenericReturnType()));
    }

    /** Of which a range may be asked for. */
    private static boolean isFile(Route route) {
        return typeOf(route.java().getGenericReturnType()) == Resource.class;
    }

    private static Type typeOf(Type returned) {
        return returned instanceof ParameterizedType generic && generic.getRawType() == ResponseEntity.class
                ? generic.getActualTypeArguments()[0] : returned;
    }

    private Map<Integer, Map<String, Code>> refusals(Route route) {
        var codes = new TreeMap<>(problems.of(route.java()));
        if (!route.isApi()) {
            return route.path().equals("/health") ? Map.of() : byStatus(codes);
        }
        var door = new ArrayList<>(List.of("parameter_malformed", "internal_error", "database_unavailable"));
        if (route.isClosed()) door.addAll(List.of("unauthenticated", "rate_limited"));
        if (!route.permissions().isEmpty()) door.add("permission_missing");
        if (route.body().isPresent()) door.addAll(List.of("body_malformed", "field_unknown", "field_type", "media_type_unsupported"));
        if (!route.method().equals("GET") && !route.takesFile()) door.add("body_too_large");
        if (route.body().filter(body -> body.isAnnotationPresent(Valid.class)).isPresent()) door.add("validation_failed");
        if (Arrays.stream(route.java().getParameters()).anyMatch(OpenApi::isTyped)) door.add("parameter_type");
        if (isOfOneType(route)) door.add("not_acceptable");
        if (isFile(route)) door.add("range_not_satisfiable");
        if (route.takes(Paging.class)) door.addAll(List.of("limit_invalid", "cursor_invalid"));
        if (route.takes(IfMatch.class)) door.addAll(List.of("if_match_invalid", "if_match_required", "version_stale"));
        if (route.isRepeatable()) {
            door.addAll(List.of("idempotency_key_invalid", "idempotency_in_progress", "idempotency_key_reused"));
        }
        if (route.isClosed() && StandingCheck.guards(route.method(), route.path())) door.add("billing_account_not_active");
        door.forEach(code -> codes.putIfAbsent(code, AT_THE_DOOR.get(code)));
        return byStatus(codes);
    }

    private static boolean isTyped(Parameter parameter) {
        var isGiven = parameter.isAnnotationPresent(PathVariable.class) || parameter.isAnnotationPresent(RequestParam.class)
                || parameter.isAnnotationPresent(RequestHeader.class) || isQueryRecord(parameter);
        return isGiven && !parameter.getParameterizedType().toString().replace("java.util.Optional<java.lang.String>", "String").endsWith("String");
    }

    private static Map<Integer, Map<String, Code>> byStatus(Map<String, Code> codes) {
        var sorted = new TreeMap<Integer, Map<String, Code>>();
        codes.values().forEach(code -> sorted.computeIfAbsent(code.status(), _ -> new TreeMap<>()).put(code.code(), code));
        return sorted;
    }

    /** One response for each set of codes, shared by the routes that may answer with it. */
    private Map<String, Object> refusal(int status, Map<String, Code> codes) {
        var single = codes.size() == 1 && AT_THE_DOOR.containsKey(codes.keySet().iterator().next());
        var response = schema("description", codes.keySet().stream().map(code -> "`" + code + "`").collect(Collectors.joining(", ")),
                "content", schema(PROBLEM, schema(
                        "schema", schema("allOf", List.of(reference("Problem"), schema("properties", schema(
                                "status", schema("const", status), "code", schema("enum", List.copyOf(codes.keySet())))))),
                        "examples", codes.values().stream().collect(Collectors.toMap(Code::code, this::example, (one, _) -> one,
                                LinkedHashMap::new)))));
        if (!single) return response;
        var name = codes.keySet().iterator().next();
        responses.put(name, response);
        return schema("$ref", "#/components/responses/" + name);
    }

    private Map<String, Object> example(Code code) {
        examples.put(code.code(), schema("value", problem(code)));
        return schema("$ref", "#/components/examples/" + code.code());
    }

    private static Map<String, Object> problem(Code code) {
        var detail = code.detail().isEmpty() ? Optional.ofNullable(AT_THE_DOOR.get(code.code())).map(Code::detail).orElse("") : code.detail();
        if (detail.isEmpty()) detail = SAID_ELSEWHERE.getOrDefault(code.code(), "");
        var errors = switch (code.code()) {
            case "validation_failed" -> List.of(schema("field", "name", "code", "required", "detail", "Say a name."));
            case "field_unknown" -> List.of(schema("field", "nam", "code", "field_unknown", "detail", "There is no such field."));
            case "field_type" -> List.of(schema("field", "name", "code", "field_type", "detail", "Not the kind of value expected here."));
            default -> List.of();
        };
        return schema("type", "about:blank", "title", HttpStatus.valueOf(code.status()).getReasonPhrase(), "status", code.status(),
                "detail", detail, "code", code.code(), "errors", errors, "traceId", TRACE_ID);
    }

    /** From the path, so that it stays when a class is renamed: {@code getContactsByIdTimeline}. */
    private static String operationId(Route route) {
        var parts = route.path().replaceFirst("^/api/v1/", "").split("[/\\-._]");
        return route.method().toLowerCase() + Arrays.stream(parts).filter(part -> !part.isEmpty())
                .map(part -> part.startsWith("{") ? "By" + capital(part.substring(1, part.length() - 1)) : capital(part))
                .collect(Collectors.joining());
    }

    private static String tag(Route route) {
        return route.java().getDeclaringClass().getSimpleName().replaceFirst("Controller$", "");
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException gone) {
            throw new AssertionError(gone);
        }
    }
}
