package com.ventros.crm.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestMail;
import com.ventros.crm.http.Buckets;
import com.ventros.crm.http.TooMany;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@DatabaseTest
class InvitationTests {

    private static final String PASSWORD = "cavalo bateria grampo";
    private static final Duration SOON = Duration.ofSeconds(30);

    @LocalServerPort
    int port;

    @Autowired
    OpenTenant openTenant;

    @Autowired
    @Qualifier("system")
    JdbcClient system;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    String caio = "caio-" + Uuids.v7() + "@exemplo.com.br";
    OpenTenant.Opened opened;
    Api anonymous;
    Api owner;

    @BeforeEach
    void aCompany() {
        var email = Uuids.v7() + "@exemplo.com.br";
        opened = openTenant.handle(new OpenTenant.Command("Padaria São João", "Ana Souza", email, PASSWORD));
        anonymous = Api.anonymous(port);
        owner = signedIn(email);
    }

    @Test
    void whoIsInvitedJoinsWithTheLinkFromTheLetter() throws MessagingException {
        var invited = invite(caio.toUpperCase(), "agent");
        assertThat(invited.status()).as(invited.toString()).isEqualTo(201);
        assertThat(invited.json().path("email").asString()).isEqualTo(caio);
        var letter = TestMail.letters(caio, 1).getFirst();
        assertThat(letter.getSubject()).isEqualTo("Ana Souza convidou você para Padaria São João");
        assertThat(letter.getFrom()[0].toString()).isEqualTo("crm@ventros.example");
        assertThat(TestMail.text(letter)).contains("https://crm.exemplo.com.br/accept-invitation#token=vi_", "Padaria São João");
        await().atMost(SOON).until(() -> invitations().get(0).path("mail").asString().equals("sent"));

        var token = TestMail.token(caio, 1);
        var shown = anonymous.post("/api/v1/auth/invitations/show", Map.of("token", token));
        assertThat(shown.json().path("company").asString()).isEqualTo("Padaria São João");
        assertThat(shown.json().path("email").asString()).isEqualTo(caio);
        assertThat(accept(token, "short").code()).isEqualTo("validation_failed");
        var session = accept(token, PASSWORD);
        assertThat(session.status()).as(session.toString()).isEqualTo(201);
        assertThat(session.header("Set-Cookie").orElseThrow()).contains("crm_refresh=vr_", "HttpOnly");
        var me = anonymous.as(session.json().path("accessToken").asString()).get("/api/v1/me").json();
        assertThat(me.path("user").path("role").asString()).isEqualTo("agent");
        assertThat(me.path("tenant").path("id").asString()).isEqualTo(opened.tenant().toString());

        assertThat(accept(token, PASSWORD).code()).as("once").isEqualTo("invitation_not_found");
        assertThat(invitations()).isEmpty();
        assertThat(signedIn(caio).get("/api/v1/me").status()).isEqualTo(200);
        assertThat(events()).containsSubsequence("invitation.created", "invitation.accepted", "member.added");
    }

    @Test
    void ofManyWhoAcceptAtOnceOneJoins() throws Exception {
        invite(caio, "viewer");
        var token = TestMail.token(caio, 1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var statuses = threads.invokeAll(IntStream.range(0, 6).mapToObj(_ -> (Callable<Integer>) () ->
                    accept(token, PASSWORD).status()).toList()).stream().map(answer -> answer.resultNow()).sorted().toList();
            assertThat(statuses).containsExactly(201, 404, 404, 404, 404, 404);
        }
    }

    @Test
    void anotherLetterReplacesTheFirstAndAWithdrawnOneOpensNothing() {
        var id = invite(caio, "agent").json().path("id").asString();
        var first = TestMail.token(caio, 1);
        assertThat(invite(caio, "agent").code()).isEqualTo("already_invited");
        assertThat(owner.with("Accept-Language", "en-GB").post("/api/v1/invitations/" + id + "/resend", Map.of()).status()).isEqualTo(200);
        var second = TestMail.token(caio, 2);
        assertThat(TestMail.text(TestMail.letters(caio, 2).getLast())).contains("has invited you");
        assertThat(anonymous.post("/api/v1/auth/invitations/show", Map.of("token", first)).code()).isEqualTo("invitation_not_found");
        assertThat(anonymous.post("/api/v1/auth/invitations/show", Map.of("token", second)).status()).isEqualTo(200);

        assertThat(owner.delete("/api/v1/invitations/" + id).status()).isEqualTo(204);
        assertThat(accept(second, PASSWORD).code()).isEqualTo("invitation_not_found");
        assertThat(owner.delete("/api/v1/invitations/" + id).status()).isEqualTo(404);
        assertThat(events()).containsSubsequence("invitation.created", "invitation.resent", "invitation.withdrawn");
    }

    @Test
    void anInvitationEndsByItself() {
        invite(caio, "agent");
        var token = TestMail.token(caio, 1);
        inTenant("update invitation set expires_at = now() - interval '1 second'");
        assertThat(accept(token, PASSWORD).code()).isEqualTo("invitation_not_found");
        assertThat(invitations()).as("and is there to be sent again").hasSize(1);
    }

    @Test
    void whoHasAnAccountIsNotInvitedAndNobodyInvitesAboveThemselves() {
        var elsewhere = Uuids.v7() + "@exemplo.com.br";
        openTenant.handle(new OpenTenant.Command("Outra", "Bia", elsewhere, PASSWORD));
        var taken = invite(elsewhere, "agent");
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.code()).isEqualTo("email_taken");

        invite(caio, "agent");
        var token = TestMail.token(caio, 1);
        openTenant.handle(new OpenTenant.Command("Outra", "Caio", caio, PASSWORD));
        assertThat(accept(token, PASSWORD).code()).as("who got an account meanwhile").isEqualTo("email_taken");

        var admin = Uuids.v7() + "@exemplo.com.br";
        owner.post("/api/v1/members", Map.of("name", "Beto", "email", admin, "password", PASSWORD, "role", "admin"));
        var id = invite(Uuids.v7() + "@exemplo.com.br", "owner").json().path("id").asString();
        var beto = signedIn(admin);
        assertThat(beto.post("/api/v1/invitations", Map.of("email", Uuids.v7() + "@exemplo.com.br", "role", "owner")).code()).isEqualTo("role_too_high");
        assertThat(beto.post("/api/v1/invitations/" + id + "/resend", Map.of()).code()).isEqualTo("role_too_high");
        assertThat(beto.delete("/api/v1/invitations/" + id).code()).isEqualTo("role_too_high");
    }

    @Test
    void whoIsShutOutTakesTheirInvitationsAlong() {
        var admin = Uuids.v7() + "@exemplo.com.br";
        var beto = owner.post("/api/v1/members", Map.of("name", "Beto", "email", admin, "password", PASSWORD, "role", "admin")).json().path("id").asString();
        signedIn(admin).post("/api/v1/invitations", Map.of("email", caio, "role", "agent"));
        invite(Uuids.v7() + "@exemplo.com.br", "agent");
        var token = TestMail.token(caio, 1);
        assertThat(owner.post("/api/v1/members/" + beto + "/deactivate", Map.of()).status()).isEqualTo(200);
        assertThat(accept(token, PASSWORD).code()).isEqualTo("invitation_not_found");
        assertThat(invitations()).as("those of others go on").hasSize(1);
    }

    @Test
    void aRoleThatSomebodyIsInvitedToStays() {
        var role = owner.post("/api/v1/roles", Map.of("name", "Financeiro", "permissions", List.of("report_read"))).json().path("id").asString();
        invite(caio, role);
        assertThat(owner.delete("/api/v1/roles/" + role).code()).isEqualTo("role_in_use");
        var session = accept(TestMail.token(caio, 1), PASSWORD);
        assertThat(session.json().path("user").path("roleName").asString()).isEqualTo("Financeiro");
        assertThat(session.json().path("permissions").valueStream().map(JsonNode::asString)).containsExactly("report_read");
    }

    @Test
    void aLetterOutlivesAMailServerThatIsAway() {
        TestMail.away(() -> {
            invite(caio, "agent");
            await().atMost(SOON).until(() -> inTenantRead("select count(*) from letter where attempts >= 1 and next_attempt_at > now()") == 1);
            assertThat(invitations().get(0).path("mail").asString()).isEqualTo("waiting");
        });
        inTenant("update letter set next_attempt_at = now()"); // nobody waits for the schedule
        assertThat(accept(TestMail.token(caio, 1), PASSWORD).status()).isEqualTo(201);
        await().atMost(SOON).until(() -> inTenantRead("select count(*) from letter") == 0);
        assertThat(TestMail.received(caio)).hasSize(1);
    }

    @Test
    void aLetterThatNoServerWouldTakeIsGivenUpAtOnce() {
        assertThat(invite("caio," + Uuids.v7() + "@exemplo.com.br", "agent").status()).isEqualTo(201);
        await().atMost(SOON).until(() -> invitations().get(0).path("mail").asString().equals("failed"));
        assertThat(invitations().get(0).path("mailError").asString()).isNotBlank();
        assertThat(inTenantRead("select count(*) from letter")).isZero();
    }

    @Test
    void noLinkIsKept() {
        invite(caio, "agent");
        var token = TestMail.token(caio, 1);
        var kept = system.sql("""
                select string_agg(t::text, ' ') from (select row_to_json(i) t from invitation i where tenant_id = :tenant
                 union all select row_to_json(e) from outbox_events e where tenant_id = :tenant
                 union all select row_to_json(e) from domain_event_logs e where tenant_id = :tenant) all_rows
                """).param("tenant", opened.tenant().value()).query(String.class).single();
        assertThat(kept).contains(caio).doesNotContain(token).doesNotContain(token.substring(3));
    }

    @Test
    void companiesOpenThemselvesOnlyWhereThatIsSwitchedOnAndNotByTheDozen() {
        var command = Map.of("company", "Nova", "name", "Nina", "email", caio, "password", PASSWORD);
        assertThat(anonymous.get("/api/v1/setup").json().path("signUp").asBoolean()).isFalse();
        assertThat(anonymous.post("/api/v1/auth/sign-up", command).code()).isEqualTo("sign_up_off");

        var on = new SignUp(openTenant, new SignInThrottle(Buckets.ofThisNode()), new AccountsProperties(true));
        on.handle(new OpenTenant.Command("Nova", "Nina", caio, PASSWORD), "203.0.113.9");
        assertThat(signedIn(caio).get("/api/v1/me").json().path("user").path("role").asString()).isEqualTo("owner");
        IntStream.range(0, 20).forEach(n -> assertThatThrownBy(() -> on.handle(new OpenTenant.Command("Nova", "Nina", "no address", PASSWORD), "203.0.113.9"))
                .as("a slip of the pen is no attempt").isInstanceOf(Refusal.class).isNotInstanceOf(TooMany.class));
        assertThatThrownBy(() -> IntStream.range(0, 20).forEach(n ->
                on.handle(new OpenTenant.Command("Nova " + n, "Nina", n + caio, PASSWORD), "203.0.113.9"))).isInstanceOf(TooMany.class);
    }

    private Api.Answer invite(String email, String role) {
        return owner.post("/api/v1/invitations", Map.of("email", email, "role", role));
    }

    private Api.Answer accept(String token, String password) {
        return anonymous.post("/api/v1/auth/invitations/accept", Map.of("token", token, "name", "Caio", "password", password));
    }

    private JsonNode invitations() {
        return owner.get("/api/v1/invitations").json().path("items");
    }

    private List<String> events() {
        return Tenancy.call(opened.tenant(), () -> transaction.execute(_ ->
                db.sql("select type from domain_event_logs order by position").query(String.class).list()));
    }

    private void inTenant(String change) {
        Tenancy.run(opened.tenant(), () -> transaction.executeWithoutResult(_ -> db.sql(change).update()));
    }

    private long inTenantRead(String question) {
        return Tenancy.call(opened.tenant(), () -> transaction.<Long>execute(_ -> db.sql(question).query(Long.class).single()));
    }

    private Api signedIn(String email) {
        var session = Api.anonymous(port).post("/api/v1/auth/sign-in", Map.of("email", email, "password", PASSWORD));
        return Api.anonymous(port).as(session.json().path("accessToken").asString());
    }
}
