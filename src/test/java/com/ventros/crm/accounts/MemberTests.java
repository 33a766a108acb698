package com.ventros.crm.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.kernel.Uuids;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@DatabaseTest
class MemberTests {

    private static final String PASSWORD = "cavalo bateria grampo";

    @LocalServerPort
    int port;

    @Autowired
    OpenTenant openTenant;

    Api owner;

    @BeforeEach
    void aCompany() {
        var email = Uuids.v7() + "@exemplo.com.br";
        openTenant.handle(new OpenTenant.Command("Padaria Sol", "Ana", email, PASSWORD));
        owner = signedIn(email);
    }

    @Test
    void whoIsAddedCanSignInAndDoWhatTheirRoleMay() {
        var email = Uuids.v7() + "@exemplo.com.br";
        var added = owner.post("/api/v1/members", member(email, "agent"));
        assertThat(added.status()).as(added.toString()).isEqualTo(201);
        var agent = signedIn(email);
        assertThat(agent.get("/api/v1/me").json().path("user").path("role").asString()).isEqualTo("agent");
        assertThat(agent.get("/api/v1/members").json().path("items")).hasSize(2);
        assertThat(agent.post("/api/v1/members", member("x@y.br", "viewer")).status()).isEqualTo(403);
        assertThat(agent.get("/api/v1/api-keys").status()).isEqualTo(403);
    }

    @Test
    void onlyAnOwnerMakesAnOwner() {
        var admin = Uuids.v7() + "@exemplo.com.br";
        owner.post("/api/v1/members", member(admin, "admin"));
        var refused = signedIn(admin).post("/api/v1/members", member(Uuids.v7() + "@exemplo.com.br", "owner"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("role_too_high");
        assertThat(owner.post("/api/v1/members", member(Uuids.v7() + "@exemplo.com.br", "owner")).status())
                .isEqualTo(201);
    }

    @Test
    void mistakesAreTold() {
        var email = Uuids.v7() + "@exemplo.com.br";
        assertThat(owner.post("/api/v1/members", member(email, "king")).status()).isEqualTo(422);
        assertThat(owner.post("/api/v1/members", member("no address", "agent")).status()).isEqualTo(422);
        assertThat(owner.post("/api/v1/members", member(email, "agent")).status()).isEqualTo(201);
        var taken = owner.post("/api/v1/members", member(email, "agent"));
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.code()).isEqualTo("email_taken");
    }

    private Api signedIn(String email) {
        var session = Api.anonymous(port).post("/api/v1/auth/sign-in", Map.of("email", email, "password", PASSWORD));
        return Api.anonymous(port).as(session.json().path("accessToken").asString());
    }

    private static Map<String, String> member(String email, String role) {
        return Map.of("name", "Beto", "email", email, "password", PASSWORD, "role", role);
    }
}
