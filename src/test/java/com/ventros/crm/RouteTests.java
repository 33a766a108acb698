package com.ventros.crm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.accounts.OpenTenant;
import com.ventros.crm.accounts.Role;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.openapi.OpenApi;
import com.ventros.crm.openapi.Route;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What holds for every route, those of tomorrow included. */
@DatabaseTest
class RouteTests {

    private static final Path DOCUMENT = Path.of("docs/reference/openapi.json");
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

    @LocalServerPort
    int port;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mapping;

    @Autowired
    OpenTenant openTenant;

    @Autowired
    MeterRegistry meters;

    OpenTenant.Opened opened;
    List<Route> routes;

    @BeforeEach
    void theRoutes() {
        opened = openTenant.handle(new OpenTenant.Command(
                "Padaria Sol", "Ana", Uuids.v7() + "@exemplo.com.br", "cavalo bateria grampo"));
        routes = Route.all(mapping);
    }

    @Test
    void everyRouteSaysWhoMayUseIt() {
        assertThat(routes).isNotEmpty();
        assertThat(routes).filteredOn(route -> route.isOpen() == route.isClosed()).isEmpty();
    }

    @Test
    void theDocumentIsThatOfTheProgram() throws IOException {
        var written = OpenApi.written(OpenApi.of(routes));
        if (Boolean.getBoolean("docs.write")) Files.writeString(DOCUMENT, written);
        assertThat(Files.readString(DOCUMENT)).as("A route has changed: write docs/reference/openapi.json anew with "
                + "`./mvnw test -Dtest=RouteTests#theDocumentIsThatOfTheProgram -Ddocs.write=true`.").isEqualTo(written);
    }

    @Test
    void onlyTheApiTheWebhooksTrackingLinksAndTheHealthAreRoutes() {
        assertThat(routes).allSatisfy(route -> assertThat(route.path())
                .matches("/api/v1/.*|/webhooks/.*|/t/.*|/health|/sim.*"));
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
                var may = role.permissions().containsAll(route.permissions());
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
    void theRequestsOfEveryRouteAreCounted() {
        var caller = Api.anonymous(port).as(TestCallers.mayAll(opened.tenant()));
        var used = closed().stream().filter(route -> !route.isStream()).toList();
        for (var route : used) caller.send(route.method(), route.with(Uuids.v7().toString()), "[]");
        await().untilAsserted(() -> assertThat(meters.find("http.server.requests").timers())
                .extracting(timer -> timer.getId().getTag("method") + " " + timer.getId().getTag("uri"))
                .containsAll(used.stream().map(route -> route.method() + " " + route.path()).toList()));
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
        routes.parallelStream().filter(route -> !route.isStream()).forEach(route -> {
            var caller = Api.anonymous(port).as(TestCallers.mayAll(opened.tenant())); // a new one, whom no rate limit stops
            var id = Uuids.v7().toString();
            if (!route.method().equals("GET")) {
                for (var body : HOSTILE_BODIES) {
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
        });
    }

    private static void mustBeRefusedCalmly(Api.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isLessThan(500);
        assertThat(answer.code()).as(answer.toString()).isNotEqualTo("rate_limited");
        assertThat(answer.text()).doesNotContain("Exception").doesNotContain("\tat ");
    }

    private List<Route> closed() {
        return routes.stream().filter(Route::isApi).filter(Route::isClosed).toList();
    }
}
