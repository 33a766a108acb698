package com.ventros.crm.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.nio.charset.StandardCharsets;
import java.net.Socket;
import java.net.InetAddress;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@DatabaseTest
class DoorTests {

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @LocalServerPort
    int port;

    TenantId tenant = TenantId.create();
    Api anonymous;
    Api reader;

    @BeforeEach
    void callers() {
        anonymous = Api.anonymous(port);
        reader = anonymous.as(TestCallers.token(tenant, Set.of(Permission.INBOX_READ)));
    }

    @Test
    void aCallerIsBoundToTheirTenantAndCause() {
        var request = Uuids.v7().toString();
        var answer = reader.with("X-Request-Id", request).get("/api/v1/probe/who");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("tenant").asString()).isEqualTo(tenant.toString());
        assertThat(answer.json().path("correlation").asString()).isEqualTo(request);
        assertThat(answer.header("X-Request-Id")).contains(request);
    }

    @Test
    void aTraceparentNamesTheRequestWhenNothingElseDoes() {
        var answer = reader.with("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                .get("/api/v1/probe/who");
        assertThat(answer.json().path("correlation").asString()).isEqualTo("4bf92f35-77b3-4da6-a3ce-929d0e0e4736");
    }

    @Test
    void nobodyGetsInWithoutAToken() {
        for (var caller : List.of(anonymous, anonymous.as("test_unknown"), anonymous.as("x".repeat(5_000)))) {
            var answer = caller.get("/api/v1/probe/who");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.code()).isEqualTo("unauthenticated");
            assertThat(answer.header("WWW-Authenticate")).contains("Bearer");
            assertThat(answer.header("Content-Type")).contains("application/problem+json");
        }
    }

    @Test
    void aRouteNeedsItsPermission() {
        var answer = anonymous.as(TestCallers.token(tenant, Set.of())).get("/api/v1/probe/who");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("permission_missing");
    }

    @Test
    void aRouteThatDeclaresNothingIsClosed() {
        assertThat(anonymous.as(TestCallers.mayAll(tenant)).get("/api/v1/probe/undeclared").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"INVALID,422", "UNAUTHENTICATED,401", "FORBIDDEN,403", "NOT_FOUND,404", "CONFLICT,409", "STALE,412",
            "TOO_MANY,429", "UNAVAILABLE,503", "NONSENSE,400"})
    void everyRefusalHasItsStatus(String kind, int status) {
        var answer = reader.get("/api/v1/probe/refused/" + kind);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("traceId").asString()).isNotEmpty();
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        assertThat(answer.json().path("errors").isArray()).isTrue();
        if (status == 429 || status == 503) assertThat(answer.header("Retry-After")).isPresent();
    }

    @Test
    void aFailureTellsNothingAboutItself() {
        var answer = reader.get("/api/v1/probe/broken");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.code()).isEqualTo("internal_error");
        assertThat(answer.text()).doesNotContain("123456").doesNotContain("Exception").doesNotContain("com.ventros");
    }

    @Test
    void aConnectionToTheDatabaseThatIsCutIsNoFaultOfOurs() {
        var answer = reader.get("/api/v1/probe/cut");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().path("code").asString()).isEqualTo("database_unavailable");
    }

    @Test
    void aValueThatTheDatabaseCannotHoldIsTheCallersMistake() {
        assertThat(reader.get("/api/v1/probe/unstorable").status()).isEqualTo(422);
    }

    @Test
    void nobodyWaitsForTheDatabaseForEver() {
        assertThat(reader.get("/api/v1/probe/patience").json().path("statement").asString()).isEqualTo("30s");
        var answer = reader.get("/api/v1/probe/slow");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("timed_out");
        assertThat(answer.header("Retry-After")).isPresent();
        assertThat(reader.get("/api/v1/probe/patience").json().path("lock").asString()).as("across tenants").isEqualTo("30s");
        assertThat(Tenancy.<String, RuntimeException>call(tenant, () -> transaction.execute(_ -> db.sql("show statement_timeout").query(String.class).single())))
                .as("of work that nobody waits for").isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"name":"a"                      | 400 | body_malformed
            [                                | 400 | body_malformed
            "text"                           | 400 | body_malformed
            null                             | 400 | body_malformed
            {"name":"a","surprise":1}        | 400 | field_unknown
            {"name":"a","count":"many"}      | 400 | field_type
            {"name":"a","count":"1"}         | 400 | field_type
            {"name":"a","count":" "}         | 400 | field_type
            {"name":"a","at":""}             | 400 | field_type
            {"name":"a","count":1.5}         | 400 | field_type
            {"name":"a","count":1e-400}      | 400 | field_type
            {"name":"a","at":4102444800}     | 400 | field_type
            {"name":"a\\ud800"}              | 400 | field_type
            {"name":7}                       | 400 | field_type
            {"name":true}                    | 400 | field_type
            {"name":{"a":1}}                 | 400 | field_type
            {"name":"a","name":"b"}          | 400 | body_malformed
            {"name":"a"} {"name":"b"}        | 400 | body_malformed
            {"name":"a\\u0000b"}             | 400 | field_type
            {"name":" "}                     | 422 | validation_failed
            {}                               | 422 | validation_failed
            {"name":"a"}                     | 200 | ''
            """)
    void bodiesAreReadToTheLetter(String body, int status, String code) {
        var answer = reader.with("If-Match", "\"3\"").send("PATCH", "/api/v1/probe/things", body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.code()).as(answer.toString()).isEqualTo(code);
        if (code.startsWith("field_") || status == 422) assertThat(answer.json().path("errors")).isNotEmpty();
    }

    @Test
    void aChangeNamesTheVersionItSaw() {
        var thing = Map.of("name", "a");
        assertThat(reader.patch("/api/v1/probe/things", thing).status()).isEqualTo(428);
        assertThat(reader.with("If-Match", "3").patch("/api/v1/probe/things", thing).status()).isEqualTo(400);
        assertThat(reader.with("If-Match", "\"2\"").patch("/api/v1/probe/things", thing).status()).isEqualTo(412);
        assertThat(reader.with("If-Match", "\"3\"").patch("/api/v1/probe/things", thing).header("ETag"))
                .contains("\"4\"");
    }

    @Test
    void pagesFollowOneAnotherToTheEnd() {
        var first = reader.get("/api/v1/probe/pages?limit=100").json();
        assertThat(first.path("items")).hasSize(100);
        var second = reader.get("/api/v1/probe/pages?limit=100&cursor=" + first.path("nextCursor").asString()).json();
        assertThat(second.path("items")).hasSize(20);
        assertThat(second.path("nextCursor").isNull()).isTrue();
        assertThat(reader.get("/api/v1/probe/pages").json().path("items")).hasSize(50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=101", "limit=-1", "limit=many", "limit=99999999999", "cursor=!!!",
            "cursor=AAAA", "cursor=eA", "cursor=%00", "cursor=_____w"})
    void madeUpPagesAreRefused(String query) {
        assertThat(reader.get("/api/v1/probe/pages?" + query).status()).isEqualTo(400);
    }

    @Test
    void anIdThatIsNoneIsRefused() {
        assertThat(reader.get("/api/v1/probe/things/1").status()).isEqualTo(400);
        assertThat(reader.get("/api/v1/probe/things/" + Uuids.v7()).status()).isEqualTo(200);
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void whatIsNotThereIsAProblemToo(CapturedOutput log) {
        for (var answer : List.of(reader.get("/api/v1/nothing"), reader.post("/api/v1/nothing", Map.of()),
                anonymous.get("/missing.js"), anonymous.get("/webhooks/nothing"), anonymous.get("/actuator/nothing"))) {
            assertThat(answer.status()).as(answer.toString()).isIn(401, 404);
            assertThat(answer.header("Content-Type")).as(answer.toString()).contains("application/problem+json");
        }
        assertThat(log.getAll()).as("nobody fills the log from outside").doesNotContain("Failure in @ExceptionHandler");
        assertThat(reader.delete("/api/v1/probe/who").status()).isEqualTo(405);
        assertThat(reader.with("Content-Type", "text/plain").with("If-Match", "\"3\"")
                .send("PATCH", "/api/v1/probe/things", "hello").status()).isEqualTo(415);
        assertThat(reader.with("Accept", "image/png").get("/api/v1/probe/who").status()).isEqualTo(406);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /api/v1/probe/%00 HTTP/1.1\r\nHost: x", "GET /api/v1/[] HTTP/1.1\r\nHost: x", "GET /%2e%2e/%5c HTTP/1.1\r\nHost: x",
            "GET / HTTP/1.1\r\nHost: x\r\nX-Long: LONG"})
    void whatTheServerRefusesIsAProblemToo(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            var head = request.replace("LONG", "x".repeat(20_000)) + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 4").contains("application/problem+json", "\"code\":\"request_malformed\"").doesNotContain("<html");
        }
    }

    @Test
    void aBodyHasABound() {
        var answer = reader.with("If-Match", "\"3\"")
                .send("PATCH", "/api/v1/probe/things", "{\"name\":\"" + "a".repeat(BodyLimit.MAX_BYTES) + "\"}");
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("body_too_large");
    }

    @Test
    void answersCarryTheHeadersThatKeepABrowserSafe() {
        var answer = anonymous.get("/actuator/health");
        assertThat(answer.header("Content-Security-Policy").orElseThrow())
                .contains("default-src 'self'", "frame-ancestors 'none'", "script-src 'self';");
        assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.header("X-Frame-Options")).contains("DENY");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    @Test
    void figuresAreForOperators() {
        assertThat(anonymous.get("/actuator/prometheus").status()).isEqualTo(401);
        assertThat(reader.get("/actuator/prometheus").status()).isEqualTo(403);
        var operator = anonymous.as(TestCallers.token(tenant, Set.of(Permission.OPERATIONS_READ)));
        assertThat(operator.get("/actuator/prometheus").status()).isEqualTo(200);
    }
}
