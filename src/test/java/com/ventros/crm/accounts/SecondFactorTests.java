package com.ventros.crm.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import com.ventros.crm.vault.Secrets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
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
class SecondFactorTests {

    private static final String PASSWORD = "cavalo bateria grampo";

    @LocalServerPort
    int port;

    @Autowired
    OpenTenant openTenant;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Secrets secrets;

    long began = Totp.step(Instant.now());
    String email = Uuids.v7() + "@exemplo.com.br";
    OpenTenant.Opened opened;
    Api anonymous;
    Api ana;

    @BeforeEach
    void aCompany() {
        opened = openTenant.handle(new OpenTenant.Command("Padaria Sol", "Ana Souza", email, PASSWORD));
        anonymous = Api.anonymous(port);
        ana = with(signIn(email, null));
    }

    @Test
    void signingInTakesTwoStepsOnceTheAppIsConfirmed() {
        assertThat(ana.post("/api/v1/me/second-factor", Map.of("password", "not the password")).status()).isEqualTo(422);
        var enrolment = ana.post("/api/v1/me/second-factor", Map.of("password", PASSWORD));
        assertThat(enrolment.status()).as(enrolment.toString()).isEqualTo(201);
        assertThat(enrolment.json().path("uri").asString()).isEqualTo("otpauth://totp/Ventros%20CRM%3A" + email.replace("@", "%40")
                + "?secret=" + enrolment.json().path("secret").asString() + "&issuer=Ventros%20CRM");
        assertThat(signIn(email, null).status()).as("nothing is asked for before it is confirmed").isEqualTo(200);
        assertThat(ana.post("/api/v1/me/second-factor/confirm", Map.of("code", "000000")).status()).isEqualTo(422);
        var codes = ana.post("/api/v1/me/second-factor/confirm", Map.of("code", code(0)));
        assertThat(codes.json().path("recoveryCodes")).as(codes.toString()).hasSize(10);
        assertThat(ana.post("/api/v1/me/second-factor", Map.of("password", PASSWORD)).code()).isEqualTo("second_factor_on");
        assertThat(ana.get("/api/v1/me/second-factor").json().path("on").asBoolean()).isTrue();

        var first = signIn(email, null);
        assertThat(first.status()).isEqualTo(401);
        assertThat(first.code()).isEqualTo("second_factor_required");
        assertThat(first.header("Set-Cookie")).isEmpty();
        assertThat(signIn(email, code(0)).code()).as("the code that confirmed it was used").isEqualTo("second_factor_wrong");
        var next = code(1);
        assertThat(signIn(email, next).status()).isEqualTo(200);
        assertThat(signIn(email, next).code()).as("each code once").isEqualTo("second_factor_wrong");
        assertThat(events()).contains("member.second_factor_enabled");
    }

    @Test
    void aCodeIsTakenOnceHoweverManyShowItAtTheSameTime() throws Exception {
        switchOn();
        var next = code(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var statuses = threads.invokeAll(IntStream.range(0, 4).mapToObj(_ -> (Callable<Integer>) () -> signIn(email, next).status())
                    .toList()).stream().map(answer -> answer.resultNow()).sorted().toList();
            assertThat(statuses).containsExactly(200, 401, 401, 401);
        }
    }

    @Test
    void whoLostThePhoneUsesAPaperCodeOnce() {
        var codes = switchOn();
        assertThat(signIn(email, codes.get(3).toLowerCase().replace("-", " ")).status()).isEqualTo(200);
        assertThat(signIn(email, codes.get(3)).code()).isEqualTo("second_factor_wrong");
        assertThat(ana.get("/api/v1/me/second-factor").json().path("recoveryCodesLeft").asInt()).isEqualTo(9);

        var renewed = ana.post("/api/v1/me/second-factor/recovery-codes", Map.of("password", PASSWORD, "code", codes.get(4)));
        assertThat(renewed.json().path("recoveryCodes")).as(renewed.toString()).hasSize(10);
        assertThat(signIn(email, codes.get(5)).code()).as("those from before are void").isEqualTo("second_factor_wrong");
        assertThat(signIn(email, renewed.json().path("recoveryCodes").get(0).asString()).status()).isEqualTo(200);
        assertThat(events()).contains("member.recovery_code_used", "member.recovery_codes_renewed");
    }

    @Test
    void whoKnowsThePasswordCannotGuessCodesWithoutEnd() {
        switchOn();
        for (int n = 0; n < 10; n++) {
            assertThat(signIn(email, "%06d".formatted(n)).status()).isEqualTo(401);
            assertThat(signIn(email, null).code()).as("the right password alone begins no count anew").isEqualTo("second_factor_required");
        }
        var throttled = signIn(email, code(1));
        assertThat(throttled.status()).isEqualTo(429);
        assertThat(throttled.code()).isEqualTo("throttled");
    }

    @Test
    void switchingItOffTakesBothProofs() {
        var codes = switchOn();
        assertThat(disable("not the password", codes.get(0)).status()).isEqualTo(422);
        assertThat(disable(PASSWORD, "000000").status()).isEqualTo(422);
        assertThat(disable(PASSWORD, code(1)).status()).isEqualTo(204);
        assertThat(signIn(email, null).status()).isEqualTo(200);
        assertThat(disable(PASSWORD, codes.get(0)).code()).isEqualTo("second_factor_off");
        assertThat(events()).contains("member.second_factor_disabled");
    }

    @Test
    void anotherAddressTakesBothProofs() {
        switchOn();
        var other = "lima-" + email;
        var body = new HashMap<>(Map.of("email", other, "currentPassword", PASSWORD));
        assertThat(ana.patch("/api/v1/me", body).json().path("errors").get(0).path("field").asString()).isEqualTo("code");
        body.put("code", "000000");
        assertThat(ana.patch("/api/v1/me", body).json().path("errors").get(0).path("code").asString()).isEqualTo("wrong");
        body.put("code", code(1));
        assertThat(ana.patch("/api/v1/me", body).status()).isEqualTo(200);
        assertThat(signIn(other, null).code()).isEqualTo("second_factor_required");
        assertThat(ana.patch("/api/v1/me", Map.of("name", "Ana")).status()).as("a name takes none").isEqualTo(200);
    }

    @Test
    void anAdministratorSwitchesItOffForSomebodyAndThatIsOnRecord() {
        switchOn();
        var me = ana.get("/api/v1/me").json().path("id").asString();
        var admin = member("admin");
        assertThat(admin.delete("/api/v1/members/" + me + "/second-factor").code()).as("not for an owner").isEqualTo("role_too_high");
        var other = member("owner");
        assertThat(other.get("/api/v1/members/" + me).json().path("secondFactor").asBoolean()).isTrue();
        assertThat(other.delete("/api/v1/members/" + me + "/second-factor").status()).isEqualTo(204);
        assertThat(other.delete("/api/v1/members/" + me + "/second-factor").code()).isEqualTo("second_factor_off");
        assertThat(ana.get("/api/v1/me").status()).as("all sign-ins are over").isEqualTo(401);
        assertThat(signIn(email, null).status()).isEqualTo(200);
        assertThat(Tenancy.call(opened.tenant(), () -> transaction.<String>execute(_ -> db.sql("""
                select actor_id from domain_event_logs where type = 'member.second_factor_reset'
                """).query(String.class).single()))).isEqualTo(other.get("/api/v1/me").json().path("id").asString());
    }

    @Test
    void whatIsKeptComputesNoCodesAndOpensNothing() {
        var codes = switchOn();
        var kept = Tenancy.call(opened.tenant(), () -> transaction.<String>execute(_ -> db.sql("""
                select string_agg(t::text, ' ') from (select row_to_json(f) t from second_factor f
                 union all select row_to_json(c) from recovery_code c
                 union all select row_to_json(e) from domain_event_logs e) all_rows
                """).query(String.class).single()));
        assertThat(kept).doesNotContain(HexFormat.of().formatHex(secret()));
        for (var code : codes) assertThat(kept).doesNotContain(code).doesNotContain(code.replace("-", ""));
        var key = ana.post("/api/v1/api-keys", Map.of("name", "Loja", "scopes", List.of("team_read"))).json().path("key").asString();
        assertThat(anonymous.as(key).get("/api/v1/me/second-factor").code()).isEqualTo("not_a_user");
    }

    private List<String> switchOn() {
        ana.post("/api/v1/me/second-factor", Map.of("password", PASSWORD));
        return ana.post("/api/v1/me/second-factor/confirm", Map.of("code", code(0))).json().path("recoveryCodes").valueStream()
                .map(JsonNode::asString).toList();
    }

    /** What the app shows so many steps after the test began. */
    private String code(int ahead) {
        return Totp.code(secret(), began + ahead);
    }

    private byte[] secret() {
        var sealed = Tenancy.call(opened.tenant(), () -> transaction.<byte[]>execute(_ ->
                db.sql("select secret from second_factor").query(byte[].class).single()));
        return secrets.decrypt(sealed, "second-factor:" + opened.owner());
    }

    private Api.Answer disable(String password, String code) {
        return ana.post("/api/v1/me/second-factor/disable", Map.of("password", password, "code", code));
    }

    private Api member(String role) {
        var address = Uuids.v7() + "@exemplo.com.br";
        assertThat(ana.post("/api/v1/members", Map.of("name", "Beto", "email", address, "password", PASSWORD, "role", role)).status())
                .isEqualTo(201);
        return with(signIn(address, null));
    }

    private Api with(Api.Answer session) {
        return anonymous.as(session.json().path("accessToken").asString());
    }

    private Api.Answer signIn(String address, String code) {
        var body = new HashMap<>(Map.of("email", address, "password", PASSWORD));
        if (code != null) body.put("code", code);
        return anonymous.post("/api/v1/auth/sign-in", body);
    }

    private List<String> events() {
        return Tenancy.call(opened.tenant(), () -> transaction.execute(_ ->
                db.sql("select type from domain_event_logs order by position").query(String.class).list()));
    }
}
