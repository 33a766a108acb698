package com.ventros.crm;

import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.accounts.OpenTenant;
import com.ventros.crm.accounts.Role;
import com.ventros.crm.http.Open;
import com.ventros.crm.http.Requires;
import com.ventros.crm.kernel.Uuids;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What holds for every route, those of tomorrow included. */
@DatabaseTest
class RouteTests {

    /** Answers nobody wrote for: what a scanner, a broken client or a bored visitor sends. */
    private static final List<String> HOSTILE_BODIES = List.of("", "{", "[]", "null", "7", "\"text\"", "{}",
            "{\"a\":{\"b\":[[[[]]]]}}", "[".repeat(20_000), "{\"name\":\"\\u0000\"}", "{\"name\":\"\\ud800\"}",
            "{\"name\":1e999999}", "{\"name\":[],\"email\":{},\"text\":7,\"scopes\":\"x\",\"chatId\":\"1\"}",
            "{\"name\":\"" + "ã".repeat(100_000) + "\"}");
    private static final List<String> HOSTILE_IDS = List.of("1", "0", "-1", "null", "%00", "..%2f..", "%ff", "a%0ab",
            "%F0%9F%98%80", "'%20or%201=1--", "x".repeat(3_000));
    private static final List<String> HOSTILE_QUERIES = List.of("?limit=x", "?limit=-5", "?cursor=x", "?cursor=%ff",
            "?q=%00", "?q=%25%5f%27", "?q=" + "a".repeat(3_000), "?filter=[]", "?channelId=1", "?limit=1&limit=2",
            "?cursor=" + "A".repeat(2_000), "?q=%ed%a0%80", "?from=yesterday&to=%2B99999-01-01");

    private record Route(String method, String path, Set<MediaType> produces, HandlerMethod handler) {
        boolean isApi() {
            return path.startsWith("/api/");
        }

        /** A live stream does not end, so a test that waits for its answer would not either. */
        boolean isStream() {
            return produces.contains(MediaType.TEXT_EVENT_STREAM);
        }

        String with(String id) {
            return path.replaceAll("\\{[^/]+}", java.util.regex.Matcher.quoteReplacement(id));
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    @LocalServerPort
    int port;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mapping;

    @Autowired
    OpenTenant openTenant;

    OpenTenant.Opened opened;
    List<Route> routes;

    @BeforeEach
    void theRoutes() {
        opened = openTenant.handle(new OpenTenant.Command(
                "Padaria Sol", "Ana", Uuids.v7() + "@exemplo.com.br", "cavalo bateria grampo"));
        routes = new ArrayList<>();
        mapping.getHandlerMethods().forEach((info, handler) -> info.getPatternValues().forEach(path ->
                info.getMethodsCondition().getMethods().forEach(method -> {
                    if (isOurs(handler)) routes.add(new Route(
                            method.name(), path, info.getProducesCondition().getProducibleMediaTypes(), handler));
                })));
        routes.sort(Comparator.comparing(Route::toString));
    }

    @Test
    void everyRouteSaysWhoMayUseIt() {
        assertThat(routes).isNotEmpty();
        assertThat(routes).filteredOn(route -> route.handler().hasMethodAnnotation(Open.class)
                == route.handler().hasMethodAnnotation(Requires.class)).isEmpty();
    }

    @Test
    void onlyTheApiTheWebhooksAndTheHealthAreRoutes() {
        assertThat(routes).allSatisfy(route -> assertThat(route.path())
                .matches("/api/v1/.*|/webhooks/.*|/health|/v3/.*|/openapi.*|/swagger.*|/sim.*"));
    }

    @Test
    void nobodyUsesARouteWithoutSigningIn() {
        for (var route : closed()) {
            assertThat(Api.anonymous(port).send(route.method(), route.with(Uuids.v7().toString()), "{}").status())
                    .as(route.toString()).isEqualTo(401);
        }
    }

    @Test
    void aRoleUsesTheRoutesOfItsPermissionsAndNoOther() {
        for (var role : Role.values()) {
            var caller = Api.anonymous(port).as(TestCallers.token(opened.tenant(), role.permissions()));
            for (var route : closed()) {
                var may = role.permissions().containsAll(
                        Arrays.asList(route.handler().getMethodAnnotation(Requires.class).value()));
                if (may && route.isStream()) continue;
                var answer = caller.send(route.method(), route.with(Uuids.v7().toString()), "[]");
                if (may) {
                    assertThat(answer.code()).as(role + " " + answer).isNotEqualTo("permission_missing");
                    assertThat(answer.status()).as(role + " " + answer).isLessThan(500);
                } else {
                    assertThat(answer.status()).as(role + " " + answer).isEqualTo(403);
                }
            }
        }
    }

    @Test
    void anIdThatIsNotOursIsNotThere() {
        var caller = Api.anonymous(port).as(TestCallers.mayAll(opened.tenant()));
        for (var route : closed()) {
            if (!route.path().contains("{") || route.isStream()
                    || !List.of("GET", "DELETE").contains(route.method())) continue;
            assertThat(caller.send(route.method(), route.with(Uuids.v7().toString()), null).status())
                    .as(route.toString()).isEqualTo(404);
        }
    }

    @Test
    void hostileRequestsNeverBreakAnything() {
        var caller = Api.anonymous(port).as(TestCallers.mayAll(opened.tenant()));
        for (var route : routes) {
            if (route.isStream()) continue;
            var id = Uuids.v7().toString();
            if (!route.method().equals("GET")) {
                for (var body : HOSTILE_BODIES) {
                    mustBeRefusedCalmly(caller.send(route.method(), route.with(id), body));
                    mustBeRefusedCalmly(caller.with("If-Match", "\"1\"").with("Idempotency-Key", Uuids.v7().toString())
                            .send(route.method(), route.with(id), body));
                }
                mustBeRefusedCalmly(caller.with("Content-Type", "application/xml")
                        .send(route.method(), route.with(id), "<a/>"));
            }
            if (route.path().contains("{")) {
                for (var hostile : HOSTILE_IDS) {
                    mustBeRefusedCalmly(caller.send(route.method(), route.with(hostile), "{}"));
                }
            }
            if (route.method().equals("GET")) {
                for (var query : HOSTILE_QUERIES) {
                    mustBeRefusedCalmly(caller.send(route.method(), route.with(id) + query, null));
                }
            }
        }
    }

    private static void mustBeRefusedCalmly(Api.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isLessThan(500);
        assertThat(answer.text()).doesNotContain("Exception").doesNotContain("\tat ");
    }

    private List<Route> closed() {
        return routes.stream().filter(Route::isApi)
                .filter(route -> route.handler().hasMethodAnnotation(Requires.class)).toList();
    }

    /** Spring's own and those that tests add beside the product are not the product's. */
    private static boolean isOurs(HandlerMethod handler) {
        var type = handler.getBeanType();
        return type.getName().startsWith("com.ventros.crm.") && !type.getSimpleName().startsWith("Probe")
                && !type.getSimpleName().equals("ErrorPage");
    }
}
