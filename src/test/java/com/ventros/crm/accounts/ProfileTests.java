package com.ventros.crm.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestMail;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@DatabaseTest
class ProfileTests {

    private static final String PASSWORD = "cavalo bateria grampo";

    @LocalServerPort
    int port;

    @Autowired
    OpenTenant openTenant;

    @Autowired
    SignInThrottle throttle;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    String email = "ana-" + Uuids.v7() + "@exemplo.com.br";
    String other = "lima-" + email;
    OpenTenant.Opened opened;
    Api anonymous;
    Api ana;

    @BeforeEach
    void aCompany() {
        opened = openTenant.handle(new OpenTenant.Command("Padaria Sol", "Ana Souza", email, PASSWORD));
        anonymous = Api.anonymous(port);
        ana = anonymous.as(signIn(email, PASSWORD).json().path("accessToken").asString());
    }

    @Test
    void aMemberHasAnotherNameAtOnce() {
        assertThat(ana.get("/api/v1/me").status()).isEqualTo(200);
        var changed = ana.patch("/api/v1/me", Map.of("name", " Ana Souza Lima "));
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        assertThat(changed.json().path("name").asString()).isEqualTo("Ana Souza Lima");
        assertThat(ana.get("/api/v1/members/" + opened.owner()).json().path("name").asString()).isEqualTo("Ana Souza Lima");
        assertThat(signIn(email, PASSWORD).json().path("user").path("name").asString()).isEqualTo("Ana Souza Lima");
        ana.patch("/api/v1/me", Map.of("name", "Ana Souza Lima"));
        assertThat(events("member.renamed")).as("once").hasSize(1);
        assertThat(field(ana.patch("/api/v1/me", Map.of("name", " ")))).isEqualTo("name");

        var key = ana.post("/api/v1/api-keys", Map.of("name", "Loja", "scopes", List.of("team_read"))).json().path("key").asString();
        assertThat(anonymous.as(key).patch("/api/v1/me", Map.of("name", "Robô")).code()).isEqualTo("not_a_user");
    }

    @Test
    void whoShowsTheirPasswordSignsInWithAnotherAddressAndTheOneBeforeIsTold() throws MessagingException {
        assertThat(anonymous.post("/api/v1/auth/password-resets", Map.of("email", email)).status()).isEqualTo(204);
        var link = TestMail.token(email, 1);
        var changed = ana.with("Accept-Language", "en").patch("/api/v1/me", mail(" " + other.toUpperCase(), PASSWORD));
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        assertThat(changed.json().path("user").path("email").asString()).isEqualTo(other);
        assertThat(ana.get("/api/v1/me").status()).as("no sign-in ends").isEqualTo(200);
        assertThat(signIn(email, PASSWORD).status()).isEqualTo(401);
        assertThat(signIn(other, PASSWORD).status()).isEqualTo(200);

        var letter = TestMail.letters(email, 2).getLast();
        assertThat(letter.getSubject()).isEqualTo("Your e-mail address on Ventros CRM has changed");
        assertThat(TestMail.text(letter)).contains("Hello, Ana Souza!", "Padaria Sol").doesNotContain(other);
        await().atMost(Duration.ofSeconds(30)).until(() -> all("select id::text from email_change").isEmpty());
        assertThat(TestMail.received(other)).isEmpty();
        assertThat(anonymous.post("/api/v1/auth/password-resets/complete", Map.of("token", link, "newPassword", "grampo bateria cavalo")).code())
                .as("a link in a letter to the address before opens nothing").isEqualTo("password_reset_not_found");
        assertThat(events("member.email_changed")).singleElement().asString().contains(email, other);

        ana.patch("/api/v1/me", mail(email, PASSWORD));
        assertThat(TestMail.letters(other, 1).getFirst().getSubject()).isEqualTo("Seu e-mail no Ventros CRM mudou");
    }

    @Test
    void aStolenTokenAloneChangesNoAddress() {
        assertThat(field(ana.patch("/api/v1/me", Map.of("email", other)))).isEqualTo("currentPassword");
        assertThat(field(ana.patch("/api/v1/me", mail(other, "not the password")))).isEqualTo("currentPassword");
        assertThat(field(ana.patch("/api/v1/me", mail("no address", PASSWORD)))).isEqualTo("email");
        assertThat(ana.patch("/api/v1/me", Map.of("email", " " + email.toUpperCase())).status()).as("it is theirs already").isEqualTo(200);
        // From elsewhere: the address of the tests is that of all of them.
        for (int n = 1; n < SignInThrottle.WRONG_PER_EMAIL; n++) throttle.attempt(email, "203.0.113.9");
        assertThat(ana.patch("/api/v1/me", mail(other, PASSWORD)).code()).as("nor may anybody guess for long").isEqualTo("sign_in_throttled");
        assertThat(ana.get("/api/v1/me").json().path("user").path("email").asString()).isEqualTo(email);
        assertThat(all("select id::text from email_change")).isEmpty();
    }

    @Test
    void anAddressNamesOnePersonInTheWholeInstallation() {
        openTenant.handle(new OpenTenant.Command("Padaria Lua", "Bia", other, PASSWORD));
        var body = new HashMap<>(mail(other, PASSWORD));
        body.put("name", "Outra Ana");
        assertThat(ana.patch("/api/v1/me", body).code()).isEqualTo("email_taken");
        assertThat(ana.get("/api/v1/me").json().path("name").asString()).as("all or nothing").isEqualTo("Ana Souza");
        assertThat(all("select id::text from email_change")).isEmpty();
    }

    private static Map<String, String> mail(String address, String password) {
        return Map.of("email", address, "currentPassword", password);
    }

    private static String field(Api.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        return answer.json().path("errors").get(0).path("field").asString();
    }

    private Api.Answer signIn(String address, String password) {
        return anonymous.post("/api/v1/auth/sign-in", Map.of("email", address, "password", password));
    }

    private List<String> events(String type) {
        return all("select data::text from domain_event_logs where type = '" + type + "' order by position");
    }

    private List<String> all(String sql) {
        return Tenancy.call(opened.tenant(), () -> transaction.execute(_ -> db.sql(sql).query(String.class).list()));
    }
}
