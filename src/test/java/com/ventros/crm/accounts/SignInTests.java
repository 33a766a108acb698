package com.ventros.crm.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.http.Buckets;
import com.ventros.crm.http.TooMany;
import com.ventros.crm.kernel.Uuids;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

@DatabaseTest
class SignInTests {

    private static final String PASSWORD = "cavalo bateria grampo";

    @LocalServerPort
    int port;

    @Autowired
    OpenTenant openTenant;

    @Autowired
    SignIns signIns;

    @Autowired
    @Qualifier("system")
    JdbcClient system;

    String email = Uuids.v7() + "@Exemplo.com.br";
    OpenTenant.Opened opened;
    Api anonymous;

    @BeforeEach
    void aCompany() {
        opened = openTenant.handle(new OpenTenant.Command("Padaria Sol", "Ana Souza", email, PASSWORD));
        anonymous = Api.anonymous(port);
    }

    @Test
    void whoKnowsThePasswordIsLetIn() {
        var session = signIn(" " + email.toUpperCase() + " ", PASSWORD);
        assertThat(session.status()).isEqualTo(200);
        assertThat(session.json().path("expiresInSeconds").asLong()).isEqualTo(900);
        assertThat(session.json().path("user").path("role").asString()).isEqualTo("owner");
        assertThat(session.json().path("user").path("email").asString()).isEqualTo(email.toLowerCase());
        assertThat(session.json().path("tenant").path("name").asString()).isEqualTo("Padaria Sol");
        assertThat(session.json().path("projects").get(0).path("timeZone").asString()).isEqualTo("America/Sao_Paulo");
        assertThat(session.header("Set-Cookie").orElseThrow())
                .contains("crm_refresh=vr_", "HttpOnly", "SameSite=Strict", "Path=/api/v1/auth");
        assertThat(session.header("Cache-Control").orElseThrow()).contains("no-store");

        var me = anonymous.as(session.json().path("accessToken").asString()).get("/api/v1/me");
        assertThat(me.json().path("kind").asString()).isEqualTo("user");
        assertThat(me.json().path("user").path("name").asString()).isEqualTo("Ana Souza");
        assertThat(me.json().path("permissions").valueStream().map(node -> node.asString())).contains("api_key_manage");
    }

    /** Of the company that they leave, say; nothing of it has a part in who comes in. */
    @Test
    void whoeverSignsInIsNobodyWhateverElseIsSent() {
        openTenant.handle(new OpenTenant.Command("Bazar Lua", "Bia Lima", "bia-" + email, PASSWORD));
        var token = signIn("bia-" + email, PASSWORD).json().path("accessToken").asString();
        var stranger = anonymous.as(token).with("Idempotency-Key", "again");
        for (int i = 0; i < 2; i++) {
            var session = stranger.post("/api/v1/auth/sign-in", Map.of("email", email, "password", PASSWORD));
            assertThat(session.status()).as(session.toString()).isEqualTo(200);
            assertThat(session.json().path("tenant").path("name").asString()).isEqualTo("Padaria Sol");
            assertThat(session.header("Idempotency-Replayed")).isEmpty();
        }
        for (var known : List.of(email, "nobody-" + email)) {
            assertThat(stranger.post("/api/v1/auth/password-resets", Map.of("email", known)).status()).isEqualTo(204);
        }
    }

    @Test
    void aWrongPasswordAndAnUnknownAddressLookTheSame() {
        var wrong = signIn(email, "not the password");
        var unknown = signIn("nobody-" + email, PASSWORD);
        for (var answer : List.of(wrong, unknown)) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.code()).isEqualTo("sign_in_failed");
            assertThat(answer.header("Set-Cookie")).isEmpty();
        }
        assertThat(wrong.json().path("detail")).isEqualTo(unknown.json().path("detail"));
    }

    @Test
    void guessingEndsSoonEvenWithTheRightPassword() {
        for (int i = 0; i < SignInThrottle.WRONG_PER_EMAIL; i++) {
            assertThat(signIn(email, "wrong password " + i).status()).isEqualTo(401);
        }
        var throttled = signIn(email, PASSWORD);
        assertThat(throttled.status()).isEqualTo(429);
        assertThat(throttled.header("Retry-After").map(Integer::parseInt).orElseThrow())
                .isBetween(1, (int) SignInThrottle.WINDOW.toSeconds());
    }

    @Test
    void anAddressIsThrottledAcrossManyPeople() {
        var throttle = new SignInThrottle(Buckets.ofThisNode());
        for (int i = 0; i < SignInThrottle.WRONG_PER_ADDRESS; i++) throttle.attempt(i + "@a.br", "203.0.113.9");
        assertThatThrownBy(() -> throttle.attempt("x@a.br", "203.0.113.9")).isInstanceOf(TooMany.class);
        throttle.attempt("x@a.br", "203.0.113.10");
    }

    @Test
    void whoGetsItRightIsNeverThrottled() {
        var throttle = new SignInThrottle(Buckets.ofThisNode());
        for (int i = 0; i < 3 * SignInThrottle.WRONG_PER_ADDRESS; i++) {
            throttle.attempt("ana@a.br", "203.0.113.9");
            throttle.succeeded("ana@a.br", "203.0.113.9");
        }
    }

    @Test
    void eachRefreshGivesNewTokens() {
        var seen = new HashSet<String>();
        var session = signIn(email, PASSWORD);
        for (int i = 0; i < 3; i++) {
            assertThat(seen.add(cookie(session))).isTrue();
            session = refresh(cookie(session));
            assertThat(session.status()).isEqualTo(200);
            assertThat(anonymous.as(access(session)).get("/api/v1/me").status()).isEqualTo(200);
        }
    }

    @Test
    void aRefreshTokenThatComesAgainEndsTheWholeSignIn() {
        var stolen = signIn(email, PASSWORD);
        var owner = refresh(cookie(stolen));
        assertThat(refresh(cookie(stolen)).status()).as("two tabs at the same moment").isEqualTo(200);
        makeItLater(SignIns.REUSE_GRACE.toSeconds() + 1);

        assertThat(refresh(cookie(stolen)).status()).isEqualTo(401);
        assertThat(refresh(cookie(owner)).status()).isEqualTo(401);
        assertThat(anonymous.as(access(owner)).get("/api/v1/me").status()).isEqualTo(401);
    }

    @Test
    void signingOutEndsEveryTokenOfTheBrowserAndNoOther() {
        var here = signIn(email, PASSWORD);
        var elsewhere = signIn(email, PASSWORD);
        assertThat(anonymous.as(access(here)).get("/api/v1/me").status()).isEqualTo(200);
        var out = anonymous.with("Cookie", cookie(here)).send("POST", "/api/v1/auth/sign-out", null);
        assertThat(out.status()).isEqualTo(204);
        assertThat(out.header("Set-Cookie").orElseThrow()).contains("crm_refresh=;", "Max-Age=0");

        assertThat(anonymous.as(access(here)).get("/api/v1/me").status()).isEqualTo(401);
        assertThat(refresh(cookie(here)).status()).isEqualTo(401);
        assertThat(anonymous.as(access(elsewhere)).get("/api/v1/me").status()).isEqualTo(200);
        assertThat(anonymous.send("POST", "/api/v1/auth/sign-out", null).status()).isEqualTo(204);
    }

    @Test
    void expiredTokensOpenNothing() {
        var session = signIn(email, PASSWORD);
        system.sql("""
                update sign_in_token set expires_at = now() - interval '1 second' where tenant_id = :tenant
                """).param("tenant", opened.tenant().value()).update();
        assertThat(anonymous.as(access(session)).get("/api/v1/me").status()).isEqualTo(401);
        assertThat(refresh(cookie(session)).status()).isEqualTo(401);
        assertThat(signIns.forgetExpired()).isPositive();
    }

    @Test
    void anotherSiteCannotUseTheCookie() {
        var session = signIn(email, PASSWORD);
        var browser = anonymous.with("Cookie", cookie(session));
        for (var foreign : List.of(browser.with("Origin", "https://evil.example"),
                browser.with("Origin", "null"), browser.with("Origin", "http://127.0.0.1:1"),
                browser.with("Sec-Fetch-Site", "cross-site"), browser.with("Sec-Fetch-Site", "same-site"))) {
            assertThat(foreign.send("POST", "/api/v1/auth/refresh", null).status()).isEqualTo(403);
            assertThat(foreign.send("POST", "/api/v1/auth/sign-out", null).status()).isEqualTo(403);
        }
        assertThat(browser.with("Origin", "http://127.0.0.1:" + port).with("Sec-Fetch-Site", "same-origin")
                .send("POST", "/api/v1/auth/refresh", null).status()).isEqualTo(200);
    }

    @Test
    void nothingSecretIsKeptInTheClear() {
        var session = signIn(email, PASSWORD);
        var kept = system.sql("""
                select string_agg(t::text, ' ') from (select row_to_json(u) t from app_user u where email = :email
                 union all select row_to_json(s) from sign_in_token s where tenant_id = :tenant) all_rows
                """).param("email", email.toLowerCase()).param("tenant", opened.tenant().value())
                .query(String.class).single();
        assertThat(kept).contains("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain(PASSWORD)
                .doesNotContain(access(session)).doesNotContain(cookie(session).substring(12));
    }

    @Test
    void anEmailAddressNamesOnePersonEverywhere() {
        assertThatThrownBy(() -> openTenant.handle(
                new OpenTenant.Command("Outra", "Bia", email.toLowerCase(), PASSWORD)))
                .hasMessageContaining("already signs in");
    }

    @Test
    void whoSignsInAndOutStandsInTheAuditLog() {
        assertThat(signIn(email, "not the password").status()).isEqualTo(401);
        var session = signIn(email, PASSWORD);
        var me = anonymous.as(access(session));
        assertThat(signIn(email, PASSWORD).status()).isEqualTo(200);
        assertThat(me.delete("/api/v1/me/sign-ins").status()).isEqualTo(204);
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(me.get("/api/v1/audit?actor=" + opened.owner()).json().path("items")
                .valueStream().map(entry -> entry.path("type").asString()).filter(type -> type.contains("sign")).toList())
                .containsExactlyInAnyOrder("member.sign_in_refused", "member.signed_in", "member.signed_in", "member.signed_out"));
        var refused = me.get("/api/v1/audit?type=member.sign_in_refused").json().path("items").get(0).path("data");
        assertThat(refused.path("reason").asString()).isEqualTo("password");
        assertThat(refused.path("address").asString()).isEqualTo("127.0.0.1");
    }

    @Test
    void aNewPasswordSignsOutEveryOtherBrowser() {
        var here = signIn(email, PASSWORD);
        var elsewhere = signIn(email, PASSWORD);
        var me = anonymous.as(access(here));
        var wrong = me.send("PUT", "/api/v1/me/password", passwords("not the password", "outra senha comprida"));
        assertThat(wrong.status()).isEqualTo(422);
        for (var easy : List.of("short", "1-" + email + "-2")) {
            var refused = me.send("PUT", "/api/v1/me/password", passwords(PASSWORD, easy));
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.json().path("errors").get(0).path("field").asString()).isEqualTo("newPassword");
        }

        var changed = me.send("PUT", "/api/v1/me/password", passwords(PASSWORD, "outra senha comprida"));
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        assertThat(anonymous.as(access(changed)).get("/api/v1/me").status()).isEqualTo(200);
        assertThat(me.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(refresh(cookie(elsewhere)).status()).isEqualTo(401);
        assertThat(signIn(email, PASSWORD).status()).isEqualTo(401);
        assertThat(signIn(email, "outra senha comprida").status()).isEqualTo(200);
    }

    @Test
    void aHashFromWeakerTimesIsMadeAnew() {
        var weak = new Argon2PasswordEncoder(16, 32, 1, 4_096, 1).encode(PASSWORD);
        system.sql("update app_user set password_hash = :hash where email = :email")
                .param("hash", weak).param("email", email.toLowerCase()).update();
        assertThat(signIn(email, PASSWORD).status()).isEqualTo(200);
        assertThat(system.sql("select password_hash from app_user where email = :email")
                .param("email", email.toLowerCase()).query(String.class).single()).contains("m=19456,t=2,p=1");
        assertThat(signIn(email, PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void easyPasswordsAreRefused() {
        for (var easy : List.of("", "short", "x".repeat(201), "1-" + email + "-2")) {
            assertThatThrownBy(() -> openTenant.handle(
                    new OpenTenant.Command("Outra", "Bia", email, easy))).hasMessageContaining("password");
        }
    }

    private Api.Answer signIn(String email, String password) {
        return anonymous.post("/api/v1/auth/sign-in", Map.of("email", email, "password", password));
    }

    private static String passwords(String current, String chosen) {
        return "{\"currentPassword\":\"%s\",\"newPassword\":\"%s\"}".formatted(current, chosen);
    }

    private Api.Answer refresh(String cookie) {
        return anonymous.with("Cookie", cookie).send("POST", "/api/v1/auth/refresh", null);
    }

    private void makeItLater(long seconds) {
        system.sql("""
                update sign_in_token set used_at = used_at - make_interval(secs => :seconds)
                 where tenant_id = :tenant and used_at is not null
                """).param("seconds", seconds).param("tenant", opened.tenant().value()).update();
    }

    private static String access(Api.Answer session) {
        return session.json().path("accessToken").asString();
    }

    private static String cookie(Api.Answer session) {
        var header = session.header("Set-Cookie").orElseThrow();
        return header.substring(0, header.indexOf(';'));
    }
}
