package com.ventros.crm.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestTenant;
import com.ventros.crm.events.FragileBottles;
import com.ventros.crm.http.IfMatch;
import com.ventros.crm.http.Paging;
import com.ventros.crm.kernel.Uuids;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What every route does with callers who mean harm or are mistaken, on things that are there. Each request is made from the
 * example of its route, so what is refused is refused for the one thing that was changed.
 */
@DatabaseTest
class EveryRouteTests {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** Longer than the longest that may be typed anywhere, a note. */
    private static final String OVERSIZED = "ã".repeat(20_001);
    private static final List<String> HOSTILE = List.of("", " ", "'; drop table contact; --", "%\\_", "\u0000", "\uFFFF\u202E", "a\r\nSet-Cookie: x=1",
            "<script>alert(1)</script>", "${jndi:ldap://127.0.0.1/a}", "9".repeat(400),
            "+999999999-12-31T23:59:59.999999999Z", "-999999999-01-01T00:00:00Z");
    private static final List<JsonNode> WRONG = Stream.concat(HOSTILE.stream().map(NODES::stringNode), Stream.of(NODES.objectNode(), NODES.arrayNode(),
            NODES.nullNode(), NODES.booleanNode(true), NODES.numberNode(-1), NODES.numberNode(Long.MAX_VALUE), NODES.numberNode(1e300),
            NODES.arrayNode().addNull(), NODES.objectNode().put("a", 1))).map(JsonNode.class::cast).toList();
    /**
     * Routes of a person who has signed in, which a made-up caller has not, those that want a link from a letter or let nobody
     * try often, and the one that works once in an installation's life.
     */
    private static final Set<String> OTHERWISE = Set.of("GET /api/v1/agents/me", "POST /api/v1/agents/me/availability",
            "POST /api/v1/agents/me/seen", "PATCH /api/v1/me", "PUT /api/v1/me/password", "POST /api/v1/auth/sign-in",
            "POST /api/v1/auth/refresh", "POST /api/v1/setup", "POST /api/v1/auth/invitations/show", "POST /api/v1/auth/invitations/accept",
            "POST /api/v1/auth/password-resets", "POST /api/v1/auth/password-resets/complete", "POST /api/v1/auth/sign-up",
            "POST /api/v1/me/second-factor", "POST /api/v1/me/second-factor/confirm", "POST /api/v1/me/second-factor/recovery-codes",
            "POST /api/v1/me/second-factor/disable");
    /** A version that nothing reaches in a test. */
    private static final String NEVER_SEEN = "\"987654\"";
    private static final int AT_ONCE = 50;
    /** More than any test here makes to one thing. */
    private static final int MOST_CHANGES = 60;
    /** Of asking with a version that may be passed meanwhile. */
    private static final int TRIES = 5;

    private static World ours;
    private static World theirs;

    @LocalServerPort
    int port;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mapping;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    FragileBottles bottles;

    private List<Route> routes;

    @BeforeEach
    void twoCompanies() {
        routes = Route.all(mapping).stream().filter(Route::isApi).filter(route -> !route.isStream()).toList();
        if (ours != null) return;
        ours = world();
        theirs = world();
    }

    private World world() {
        return new World(port, TestTenant.create(db, transaction), routes, bottles);
    }

    /** A route without an example would pass by the others here. */
    @Test
    void everyBodyHasAnExample() {
        assertThat(routes.stream().filter(route -> !route.takesFile() && isUnwritten(route))).isEmpty();
    }

    @Test
    void everyExampleIsUnderstoodAndAnsweredAsDocumented() {
        var own = world();
        var gentleFirst = Comparator.comparingInt((Route route) -> switch (route.method()) {
            case "GET" -> 0;
            case "PATCH", "PUT" -> 1;
            case "POST" -> route.path().contains("{") ? 3 : 2;
            default -> 4;
        }).thenComparing(route -> route.method().equals("DELETE") ? -route.path().length() : 0).thenComparing(Route::toString);
        for (var route : routes.stream().sorted(gentleFirst).toList()) {
            if (OTHERWISE.contains(route.toString()) || route.takesFile() || !own.knows(route) || isUnwritten(route)) continue;
            var body = own.body(route).map(JsonNode::toString).orElse(null);
            var answer = withVersion(route, own, version -> own.caller().with("If-Match", version).send(route.method(), own.address(route) + needed(route, own), body));
            Contract.check(answer.raw());
            assertThat(answer.status()).as(answer + " to " + body).isIn(200, 201, 202, 204, 409);
        }
    }

    @Test
    void whatBelongsToAnotherCompanyIsNotThere() {
        for (var route : routes) {
            if (!route.isClosed()) continue;
            if (!route.variables().isEmpty()) {
                var answer = ours.caller().with("If-Match", "\"1\"").send(route.method(), theirs.address(route) + needed(route, ours), body(route, ours));
                if (isUnwritten(route)) assertThat(answer.status()).as(answer.toString()).isIn(400, 404, 415, 422);
                else assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
            }
            idsOf(route).forEach(foreign -> {
                var answer = withVersion(route, ours, version -> ours.caller().with("If-Match", version).send(route.method(), ours.address(route), foreign));
                if (answer.text().contains("\"outcome\":\"refused\"")) return; // of many, each is refused for itself
                assertThat(answer.status()).as(answer + " to " + foreign).isIn(404, 409, 422);
            });
        }
        for (var route : routes) {
            if (!route.isClosed() || !route.method().equals("GET")) continue;
            for (var name : parameters(route)) {
                if (!name.endsWith("Id") || name.equals("externalId")) continue;
                var answer = ours.caller().get(ours.address(route) + "?" + name + "=" + theirs.fill(name.substring(0, name.length() - 2).replace("aggregate", "contact")));
                assertThat(answer.status() == 404 || answer.status() == 422 || answer.json().path("items").isEmpty()).as(answer.toString()).isTrue();
            }
        }
    }

    @Test
    void unknownReadOnlyAndOversizedFieldsAreRefused() {
        var own = world();
        everyBody(own, (route, body) -> {
            var ask = asking(route, own);
            for (var name : List.of("id", "tenantId", "version", "createdAt", "isAdmin")) {
                if (!(body instanceof ObjectNode object) || object.has(name)) continue;
                var more = object.deepCopy().put(name, 1);
                assertThat(ask.apply(more.toString()).code()).as(route + " with " + name).isEqualTo("field_unknown");
            }
            for (var place : places(body)) {
                if (!place.node().isString()) continue;
                var answer = ask.apply(place.with(NODES.stringNode(OVERSIZED)).toString());
                if (OTHERWISE.contains(route.toString())) assertThat(answer.status()).as(place.path() + " of " + answer).isBetween(400, 499);
                else assertThat(answer.status()).as(place.path() + " of " + answer).isIn(400, 413, 422); // for the field, not for a version or a state
                mustBeCalm(answer);
            }
        });
    }

    @Test
    void whateverStandsInAFieldIsAnsweredCalmly() {
        var own = world();
        everyBody(own, (route, body) -> {
            var ask = asking(route, own);
            for (var place : places(body)) {
                for (var wrong : WRONG) mustBeCalm(ask.apply(place.with(wrong).toString()));
            }
            var text = body.toString();
            for (var broken : List.of("", text.substring(0, text.length() - 1), text + text, "[" + text + "]", text.replace(':', '='), "\"" + text)) {
                var answer = ask.apply(broken);
                mustBeCalm(answer);
                if (broken.isEmpty() && !route.needsBody()) continue;
                assertThat(answer.status()).as(route + " with " + broken).isIn(400, 422);
            }
        });
    }

    @Test
    void whateverStandsInAParameterIsAnsweredCalmly() {
        inParallel(routes.stream().<Runnable>map(route -> () -> {
            var caller = ours.caller();
            for (var name : parameters(route)) {
                for (var hostile : HOSTILE) {
                    mustBeCalm(caller.send(route.method(), ours.address(route) + "?" + name + "=" + URLEncoder.encode(hostile, StandardCharsets.UTF_8), null));
                }
            }
        }));
    }

    @Test
    void whoAcceptsNothingThatThereIsIsToldSo() {
        for (var route : routes) {
            if (!route.method().equals("GET") || !ours.knows(route) || OTHERWISE.contains(route.toString())) continue;
            var answer = ours.caller().with("Accept", "model/example").get(ours.address(route) + needed(route, ours));
            Contract.check(answer.raw());
            assertThat(answer.code()).as(answer.toString()).isEqualTo("not_acceptable");
        }
    }

    @Test
    void everyListHasBounds() {
        for (var route : routes) {
            if (!route.takes(Paging.class) || !ours.knows(route) || isUnwritten(route)) continue;
            var caller = ours.caller();
            var body = route.body().isPresent() ? body(route, ours) : null;
            var address = ours.address(route) + (needed(route, ours).isEmpty() ? "?" : needed(route, ours) + "&");
            for (var limit : List.of("0", "-1", "101", "1e2", "2147483648", "x")) {
                assertThat(caller.send(route.method(), address + "limit=" + limit, body).code()).as(route + " " + limit).isEqualTo("limit_invalid");
            }
            assertThat(caller.send(route.method(), address + "cursor=x", body).code()).as(route.toString()).isIn("cursor_invalid");
            var one = caller.send(route.method(), address + "limit=1", body);
            assertThat(one.status()).as(one.toString()).isEqualTo(200);
            assertThat(one.json().path("items").size()).as(one.toString()).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void fiftyEqualPostsHappenOnce() {
        for (var route : routes) {
            if (!route.isRepeatable() || route.takesFile() || !route.variables().isEmpty() || isUnwritten(route) || OTHERWISE.contains(route.toString())) continue;
            var body = body(route, ours);
            var key = Uuids.v7().toString();
            var caller = ours.caller().with("Idempotency-Key", key);
            var answers = together(() -> {
                var answer = caller.send("POST", route.path(), body);
                while (answer.code().equals("idempotency_in_progress")) answer = caller.send("POST", route.path(), body);
                return answer;
            });
            assertThat(answers).as(route.toString()).allSatisfy(answer -> assertThat(answer.status()).as(answer.toString()).isIn(200, 201, 202, 204, 409));
            if (answers.stream().anyMatch(answer -> answer.status() == 409)) continue; // there is one already, which is as good
            assertThat(answers.stream().map(Api.Answer::text).distinct()).as(route.toString()).hasSize(1);
            assertThat(answers.stream().filter(answer -> answer.header("Idempotency-Replayed").isEmpty())).as(route.toString()).hasSize(1);
        }
    }

    /** Some do their work in more transactions than one, some wait for a server outside, and some are for those who are nobody yet. */
    @Test
    void everyPostIsAnsweredCalmlyUnderAKeyAndTheSecondTimeAsTheFirst() {
        var own = world();
        for (var route : routes) {
            if (!route.method().equals("POST")) continue;
            var caller = own.caller().with("Idempotency-Key", Uuids.v7().toString());
            var address = own.address(route) + needed(route, own);
            var body = body(route, own);
            var first = withVersion(route, own, version -> caller.with("If-Match", version).send("POST", address, body));
            mustBeCalm(first);
            if (!route.isRepeatable() || route.takesFile() || !own.knows(route) || isUnwritten(route) || OTHERWISE.contains(route.toString())) continue;
            assertThat(first.status()).as(first.toString()).isIn(200, 201, 202, 204, 409);
            if (first.status() == 409) continue;
            var second = withVersion(route, own, version -> caller.with("If-Match", version).send("POST", address, body));
            assertThat(second.header("Idempotency-Replayed")).as(second.toString()).hasValue("true");
            assertThat(second.text()).as(route.toString()).isEqualTo(first.text());
        }
    }

    @Test
    void aLostUpdateIsRefused() {
        var own = world(); // others take the things of ours through their states
        for (var route : routes) {
            if (!route.takes(IfMatch.class) || isUnwritten(route) || !own.knows(route)) continue;
            var body = body(route, own);
            var unseen = own.caller().send(route.method(), own.address(route), body);
            assertThat(unseen.code()).as(unseen.toString()).isEqualTo("if_match_required");
            var stale = own.caller().with("If-Match", NEVER_SEEN).send(route.method(), own.address(route), body);
            assertThat(stale.status()).as(stale.toString()).isEqualTo(412);
            for (var odd : List.of("*", "1", "W/\"1\"", "\"1\", \"2\"", "\"-1\"", "\"99999999999999999999\"")) {
                assertThat(own.caller().with("If-Match", odd).send(route.method(), own.address(route), body).code())
                        .as(route + " " + odd).isEqualTo("if_match_invalid");
            }
        }
    }

    @Test
    void ofFiftyWhoSawTheSameVersionOneChangesIt() {
        var own = world();
        for (var route : routes) {
            if (!route.takes(IfMatch.class) || !route.method().equals("PATCH") || isUnwritten(route) || !own.knows(route)) continue;
            var seen = new ArrayList<String>();
            var first = withVersion(route, own, version -> {
                seen.add(version);
                return own.caller().with("If-Match", version).send("PATCH", own.address(route), body(route, own));
            });
            assertThat(first.status()).as(first.toString()).isEqualTo(200);
            var before = first.header("ETag").orElseThrow();
            if (before.equals(seen.getLast())) continue; // it was so already
            var answers = together(() -> own.caller().with("If-Match", seen.getLast()).send("PATCH", own.address(route), body(route, own)));
            assertThat(answers).as(route.toString()).allSatisfy(answer -> assertThat(answer.status()).as(answer.toString()).isEqualTo(412));
        }
    }

    /** Asks with the version that is there now: as the thing shows it, or tried out where nothing shows one alone. */
    private Api.Answer withVersion(Route route, World world, Function<String, Api.Answer> ask) {
        if (!route.takes(IfMatch.class)) return ask.apply("\"1\"");
        for (var path = route.path(); path.length() > "/api/v1".length(); path = path.substring(0, path.lastIndexOf('/'))) {
            var shown = path;
            var alone = routes.stream().filter(one -> one.toString().equals("GET " + shown)).findFirst();
            if (alone.isEmpty()) continue;
            var version = world.caller().get(world.address(alone.get())).header("ETag");
            if (version.isPresent()) return ask.apply(version.get());
        }
        return IntStream.range(1, MOST_CHANGES).mapToObj(version -> ask.apply("\"" + version + "\""))
                .filter(answer -> answer.status() != 412).findFirst().orElseThrow();
    }

    private boolean isUnwritten(Route route) {
        return route.body().isPresent() && Examples.shown(route).isEmpty();
    }

    private static String body(Route route, World world) {
        return route.body().isEmpty() ? null : world.body(route).map(JsonNode::toString).orElse("{}");
    }

    /** Routes that answer nothing without a parameter. */
    private static String needed(Route route, World world) {
        return switch (route.toString()) {
            case "GET /api/v1/deals" -> "?contactId=" + world.fill("contact");
            case "GET /api/v1/messages/search" -> "?q=pedido";
            case "GET /api/v1/canned-replies/{id}/preview" -> "?contactId=" + world.fill("contact");
            case "GET /api/v1/contacts/{id}/merges/preview" -> "?contactId=" + world.fill("freshContact");
            case "GET /api/v1/contacts/duplicates" -> "?phone=%2B5511987654321";
            case "DELETE /api/v1/contacts/{id}/identities" -> "?kind=external&value=" + world.fill("externalId");
            case "DELETE /api/v1/contacts/{id}/tags" -> "?tag=vip";
            default -> "";
        };
    }

    /** The bodies of a route in which one id is that of another company. */
    private List<String> idsOf(Route route) {
        if (isUnwritten(route) || route.body().isEmpty() || !ours.knows(route)) return List.of();
        var names = new TreeSet<String>();
        Examples.body(route, name -> {
            names.add(name);
            return "";
        });
        names.remove("unique");
        return names.stream().map(foreign -> Examples.body(route, name -> (name.equals(foreign) ? theirs : ours).fill(name)).orElseThrow().toString()).toList();
    }

    private static List<String> parameters(Route route) {
        return Arrays.stream(route.java().getParameters()).flatMap(parameter ->
                parameter.isAnnotationPresent(RequestParam.class) ? Stream.of(parameter.getName())
                        : parameter.getType() == Paging.class ? Stream.of("limit", "cursor")
                        : parameter.getType().getSimpleName().equals("Query") ? Arrays.stream(parameter.getType().getRecordComponents()).map(part -> part.getName())
                        : Stream.empty()).toList();
    }

    private interface OnBody {
        void test(Route route, JsonNode body);
    }

    private void everyBody(World world, OnBody test) {
        inParallel(routes.stream().filter(route -> route.body().isPresent() && !isUnwritten(route) && world.knows(route))
                .<Runnable>map(route -> () -> test.test(route, world.body(route).orElseThrow())));
    }

    /** Asks with the version that is there, so that a body comes as far as it can; again when another route was faster. */
    private Function<String, Api.Answer> asking(Route route, World world) {
        var caller = world.caller();
        return body -> {
            var answer = withVersion(route, world, version -> caller.with("If-Match", version).send(route.method(), world.address(route), body));
            for (int i = 0; i < TRIES && answer.status() == 412; i++) {
                answer = withVersion(route, world, version -> caller.with("If-Match", version).send(route.method(), world.address(route), body));
            }
            return answer;
        };
    }

    private record Place(JsonNode root, String path, JsonNode node) {
        /** The body with something else here. */
        JsonNode with(JsonNode other) {
            var copy = root.deepCopy();
            var parent = copy.at(path.substring(0, path.lastIndexOf('/')));
            var last = path.substring(path.lastIndexOf('/') + 1);
            if (parent instanceof ObjectNode object) object.set(last, other);
            else ((ArrayNode) parent).set(Integer.parseInt(last), other);
            return copy;
        }
    }

    private static List<Place> places(JsonNode root) {
        var places = new ArrayList<Place>();
        collect(root, root, "", places);
        return places;
    }

    private static void collect(JsonNode root, JsonNode node, String path, List<Place> into) {
        if (!path.isEmpty()) into.add(new Place(root, path, node));
        node.properties().forEach(field -> collect(root, field.getValue(), path + "/" + field.getKey(), into));
        if (node.isArray()) for (int i = 0; i < node.size(); i++) collect(root, node.get(i), path + "/" + i, into);
    }

    private static void mustBeCalm(Api.Answer answer) {
        Contract.check(answer.raw());
        assertThat(answer.status()).as(answer.toString()).isLessThan(500);
        assertThat(answer.code()).as(answer.toString()).isNotEqualTo("rate_limited");
        assertThat(answer.text()).doesNotContain("Exception").doesNotContain("\tat ").doesNotContain("org.postgresql");
    }

    private static void inParallel(Stream<Runnable> tasks) {
        try (var threads = Executors.newFixedThreadPool(4)) {
            collect(tasks.map(task -> (Future<?>) threads.submit(task)).toList());
        }
    }

    private static List<Api.Answer> together(Callable<Api.Answer> ask) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return collect(IntStream.range(0, AT_ONCE).mapToObj(_ -> threads.submit(ask)).toList());
        }
    }

    private static <T> List<T> collect(List<? extends Future<? extends T>> futures) {
        var results = new ArrayList<T>();
        for (var future : futures) {
            try {
                results.add(future.get());
            } catch (InterruptedException stop) {
                throw new IllegalStateException(stop);
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof AssertionError wrong) throw wrong;
                throw new IllegalStateException(failed.getCause());
            }
        }
        return results;
    }
}
