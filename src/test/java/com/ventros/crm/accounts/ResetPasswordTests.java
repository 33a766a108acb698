package com.ventros.crm.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestMail;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@DatabaseTest
class ResetPasswordTests {

    private static final String PASSWORD = "cavalo bateria grampo";
    private static final String OTHER = "grampo bateria cavalo";

    @LocalServerPort
    int port;

    @Autowired
    OpenTenant openTenant;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    String email = "ana-" + Uuids.v7() + "@exemplo.com.br";
    OpenTenant.Opened opened;
    Api anonymous;

    @BeforeEach
    void aCompany() {
        opened = openTenant.handle(new OpenTenant.Command("Padaria Sol", "Ana Souza", email, PASSWORD));
        anonymous = Api.anonymous(port);
    }

    @Test
    void whoForgotThePasswordSetsAnotherAndEverySignInIsOver() throws MessagingException {
        var before = anonymous.as(signIn(PASSWORD).json().path("accessToken").asString());
        assertThat(ask(" " + email.toUpperCase()).status()).isEqualTo(204);
        var letter = TestMail.letters(email, 1).getFirst();
        assertThat(letter.getSubject()).isEqualTo("Uma nova senha para o Ventros CRM");
        assertThat(TestMail.text(letter)).contains("Ana Souza", "https://crm.exemplo.com.br/reset-password#token=vp_");
        assertThat(before.get("/api/v1/me").status()).as("asking changes nothing").isEqualTo(200);

        var token = TestMail.token(email, 1);
        var tooShort = complete(token, "short");
        assertThat(tooShort.status()).isEqualTo(422);
        assertThat(tooShort.json().path("errors").get(0).path("field").asString()).isEqualTo("newPassword");
        assertThat(complete(token, OTHER).status()).isEqualTo(204);
        assertThat(before.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(signIn(PASSWORD).status()).isEqualTo(401);
        assertThat(signIn(OTHER).status()).isEqualTo(200);
        assertThat(complete(token, PASSWORD).code()).as("once").isEqualTo("password_reset_not_found");
        assertThat(Tenancy.call(opened.tenant(), () -> transaction.<String>execute(_ -> db.sql("""
                select data ->> 'reset' from domain_event_logs where type = 'member.password_changed'
                """).query(String.class).single()))).isEqualTo("true");
    }

    @Test
    void nobodyLearnsWhetherAnAddressIsKnown() {
        var unknown = "nobody-" + email;
        var asked = Instant.now();
        var first = ask(email);
        var known = Duration.between(asked, Instant.now());
        asked = Instant.now();
        var second = ask(unknown);
        var not = Duration.between(asked, Instant.now());
        assertThat(first.status()).isEqualTo(second.status()).isEqualTo(204);
        assertThat(first.text()).isEqualTo(second.text()).isEmpty();
        assertThat(first.raw().headers().map().keySet()).isEqualTo(second.raw().headers().map().keySet());
        assertThat(known).as("neither answers before the same time has passed").isGreaterThanOrEqualTo(Duration.ofMillis(200));
        assertThat(not).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        TestMail.letters(email, 1);
        assertThat(TestMail.received(unknown)).isEmpty();
        assertThat(ask("no address").status()).isEqualTo(204);
    }

    @Test
    void askingOftenEndsSoonForKnownAndUnknownAlike() {
        for (var address : new String[] {email, "x" + email}) {
            for (int n = 0; n < 3; n++) assertThat(ask(address).status()).isEqualTo(204);
            var throttled = ask(address);
            assertThat(throttled.status()).isEqualTo(429);
            assertThat(throttled.header("Retry-After")).isPresent();
        }
    }

    @Test
    void onlyTheLastLinkCountsAndForAnHour() {
        ask(email);
        var first = TestMail.token(email, 1);
        ask(email);
        var second = TestMail.token(email, 2);
        assertThat(complete(first, OTHER).status()).isEqualTo(404);
        change("update password_reset set expires_at = now() - interval '1 second'");
        assertThat(complete(second, OTHER).status()).isEqualTo(404);
        assertThat(signIn(PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void aLinkThatWasAskedForDoesNotUndoALaterChange() {
        ask(email);
        var token = TestMail.token(email, 1);
        var me = anonymous.as(signIn(PASSWORD).json().path("accessToken").asString());
        assertThat(me.send("PUT", "/api/v1/me/password", "{\"currentPassword\":\"%s\",\"newPassword\":\"%s\"}".formatted(PASSWORD, OTHER)).status())
                .isEqualTo(200);
        assertThat(complete(token, PASSWORD).code()).isEqualTo("password_reset_not_found");
        assertThat(signIn(OTHER).status()).isEqualTo(200);
    }

    @Test
    void whoTriedInVainTooOftenSignsInWithTheNewPassword() {
        for (int n = 0; n < 10; n++) assertThat(signIn("wrong password " + n).status()).isEqualTo(401);
        assertThat(signIn(PASSWORD).code()).isEqualTo("sign_in_throttled");
        ask(email);
        assertThat(complete(TestMail.token(email, 1), OTHER).status()).isEqualTo(204);
        assertThat(signIn(OTHER).status()).isEqualTo(200);
    }

    @Test
    void ofManyWhoUseTheLinkAtOnceOneDoes() throws Exception {
        ask(email);
        var token = TestMail.token(email, 1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var statuses = threads.invokeAll(IntStream.range(0, 4).mapToObj(n -> (Callable<Integer>) () ->
                    complete(token, OTHER + n).status()).toList()).stream().map(answer -> answer.resultNow()).sorted().toList();
            assertThat(statuses).containsExactly(204, 404, 404, 404);
        }
    }

    private Api.Answer ask(String address) {
        return anonymous.post("/api/v1/auth/password-resets", Map.of("email", address));
    }

    private Api.Answer complete(String token, String password) {
        return anonymous.post("/api/v1/auth/password-resets/complete", Map.of("token", token, "newPassword", password));
    }

    private Api.Answer signIn(String password) {
        return anonymous.post("/api/v1/auth/sign-in", Map.of("email", email, "password", password));
    }

    private void change(String sql) {
        Tenancy.run(opened.tenant(), () -> transaction.executeWithoutResult(_ -> db.sql(sql).update()));
    }
}
